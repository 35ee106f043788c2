#!/usr/bin/env bash
# Installs what tests/peers/package.json names, at exactly the locked versions, and prints the folder it is in.
set -euo pipefail

usage() {
  cat <<'TEXT'
usage: tests/peers/install.sh
Installs programs of others that tests run (Node-RED, zigbee2mqtt, zwave-js) with npm, once, into
${GABLE_PEERS_DIR:-${XDG_CACHE_HOME:-~/.cache}/gable-peers}, and prints that folder. Does nothing when they are there.
TEXT
}
case ${1:-} in
  '') ;;
  -h | --help) usage; exit 0 ;;
  *) usage >&2; exit 2 ;;
esac

here=$(cd "$(dirname "$0")" && pwd)
target=${GABLE_PEERS_DIR:-${XDG_CACHE_HOME:-$HOME/.cache}/gable-peers}
mkdir -p "$target"
# Two runs at the same time would install over each other.
exec 9>"$target/.lock"
flock 9
# The lock is copied only after the installation: it says what is complete.
if ! cmp -s "$here/package-lock.json" "$target/.installed"; then
  command -v npm >/dev/null || { echo 'npm is not here: apt-get install npm' >&2; exit 1; }
  cp "$here/package.json" "$here/package-lock.json" "$target/"
  # No scripts of packages are run: what they would build are optional extras that no test needs.
  npm ci --prefix "$target" --omit=dev --omit=optional --ignore-scripts --no-audit --no-fund --no-update-notifier \
    --loglevel=error >&2
  cp "$here/package-lock.json" "$target/.installed"
fi
printf '%s\n' "$target"
