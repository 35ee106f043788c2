#!/usr/bin/env bash
# Runs clang-tidy with the checks of .clang-tidy.
# usage: tools/lint/tidy.sh --all | --changed [BASE] | FILE…
#   --changed   sources changed since BASE (default: the parent of the last commit), and those that include a
#               changed header directly
set -euo pipefail
cd "$(dirname "$0")/../.."
source deploy/lib.sh

changed_sources() {
  local base=${1:-} file
  if [[ -z $base ]]; then
    # The first commit has no parent: then all of the tree has changed.
    base=$(git rev-parse --quiet --verify 'HEAD~1') || base=$(git hash-object -t tree /dev/null)
  fi
  # A changed header is read through a source that includes it.
  { git diff --name-only --diff-filter=d "$base" -- '*.cpp' '*.hpp'; git ls-files --others --exclude-standard -- '*.cpp' '*.hpp'; } |
    sort -u | while read -r file; do
    if [[ $file == *.cpp ]]; then
      printf '%s\n' "$file"
    else
      grep -rlF --include='*.cpp' "/$(basename "$file")\"" schemas rules hub bridges tools tests 2>/dev/null | head -1 || true
    fi
  done | sort -u
}

case ${1:---changed} in
  --all) mapfile -t files < <(git ls-files -- '*.cpp') ;;
  --changed) mapfile -t files < <(changed_sources "${2:-}") ;;
  *) files=("$@") ;;
esac
((${#files[@]} > 0)) || { say 'No source has changed.'; exit 0; }

configure tidy
# Generated sources must be there before the checker reads what includes them; only those are built.
cmake --build --preset tidy --target gable_wire >&2
database=build-tidy/compile_commands.json
mapfile -t known < <(for file in "${files[@]}"; do ! grep -qF "\"$PWD/$file\"" "$database" || printf '%s\n' "$file"; done)
((${#known[@]} > 0)) || { say 'None of them is part of the build.'; exit 0; }
say "clang-tidy: ${#known[@]} files"
printf '%s\0' "${known[@]}" | xargs -0 -n 1 -P "$(nproc)" clang-tidy-14 --quiet --warnings-as-errors='*' -p build-tidy
say 'clang-tidy has nothing to say.'
