#!/usr/bin/env bash
# Checks that the C++ sources have the form of .clang-format; with --fix brings them into it.
set -euo pipefail
cd "$(dirname "$0")/../.."
mode=(--dry-run --Werror)
[[ ${1:-} != --fix ]] || mode=(-i)
# What is in the tree or about to be, not what lies in build folders.
mapfile -t files < <(git ls-files --cached --others --exclude-standard -- '*.cpp' '*.hpp' | sort -u |
  while read -r file; do [[ ! -f $file ]] || printf '%s\n' "$file"; done)
((${#files[@]} > 0)) || { echo 'no sources found' >&2; exit 1; }
clang-format-14 "${mode[@]}" "${files[@]}"
echo "${#files[@]} files in form"
