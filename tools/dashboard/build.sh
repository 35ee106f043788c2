#!/usr/bin/env bash
# Builds the page from its sources, if it is not up to date, and prints the folder that it is in.
set -euo pipefail

usage() {
  cat <<'TEXT'
usage: tools/dashboard/build.sh
Installs the locked versions of the libraries with npm (once), builds the page into build/dashboard and prints that
folder. Does nothing when it is up to date.
TEXT
}
case ${1:-} in
  '') ;;
  -h | --help) usage; exit 0 ;;
  *) usage >&2; exit 2 ;;
esac

cd "$(dirname "$0")"
command -v node >/dev/null || { echo 'node is not here: apt-get install nodejs' >&2; exit 1; }
command -v npm >/dev/null || { echo 'npm is not here: apt-get install npm' >&2; exit 1; }
# Two at the same time would build over each other.
exec 9>>.lock
flock 9
# The lock is copied only after the installation: it says what is complete.
if ! cmp -s package-lock.json node_modules/.installed; then
  # No scripts of packages are run: none of these needs one.
  npm ci --ignore-scripts --no-audit --no-fund --no-update-notifier --loglevel=error >&2
  cp package-lock.json node_modules/.installed
fi
# `complete` is made last: a build that was cut short is made again.
out=../../build/dashboard
if [[ ! -e $out/complete || -n $(find . ../../schemas/domains.yaml \( -name node_modules -o -name generated -o -name .lock \) -prune \
  -o -type f -newer "$out/complete" -print -quit) ]]; then
  npm run --silent build >&2
  touch "$out/complete"
fi
printf '%s\n' "$(cd "$out" && pwd)"
