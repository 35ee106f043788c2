# Shell functions shared by deploy/build, deploy/up, tests/run and .ci/run. Source it; it does nothing by itself.
# shellcheck shell=bash

# Debian puts mosquitto into sbin, which users may not have in their PATH.
PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin

# Text for people goes to standard error, coloured only on a terminal.
if [[ -t 2 && -z ${NO_COLOR:-} ]]; then
  bold=$'\e[1m' red=$'\e[31m' plain=$'\e[0m'
else
  bold='' red='' plain=''
fi
quiet=${quiet:-false}

say() { $quiet || printf '%s%s%s\n' "$bold" "$*" "$plain" >&2; }
# hint LINE…: one line each.
hint() { $quiet || printf '  %s\n' "$@" >&2; }
warn() { printf '%s%s%s\n' "$red" "$*" "$plain" >&2; }
# fail TEXT [HINT…]: why it cannot go on and what can be done about it.
fail() {
  warn "$1"
  shift
  (($# == 0)) || printf '  %s\n' "$@" >&2
  exit 1
}

# missing_packages FILE…: packages of the lists that are neither installed nor made unnecessary by a command.
missing_packages() {
  local package command
  sed 's/#.*//' "$@" | while read -r package command; do
    [[ -n $package ]] || continue
    [[ -z $command ]] || ! command -v "$command" >/dev/null || continue
    [[ $(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null) == installed ]] || printf '%s\n' "$package"
  done
}

# install_missing FILE…: installs what is missing, and only that, with apt-get.
install_missing() {
  command -v apt-get >/dev/null || {
    say 'No apt-get here: make sure that the equivalents of these packages are installed:'
    sed 's/#.*//' "$@" | awk 'NF { print "  " $1 }' >&2
    return 0
  }
  local packages as_root=()
  mapfile -t packages < <(missing_packages "$@")
  ((${#packages[@]} > 0)) || return 0
  if ((EUID != 0)); then
    command -v sudo >/dev/null || fail "Packages are missing: ${packages[*]}" \
      'Install them as root: apt-get install '"${packages[*]}" 'or go on without: --no-install'
    as_root=(sudo)
  fi
  say "Installing with apt-get: ${packages[*]}"
  local apt=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -y -q)
  # A fresh machine has no package lists; an old list may name versions that are gone.
  "${apt[@]}" install --no-install-recommends "${packages[@]}" >&2 || {
    say 'That did not work; once more with fresh package lists.'
    "${apt[@]}" update >&2
    "${apt[@]}" install --no-install-recommends "${packages[@]}" >&2
  } || fail 'apt-get could not install them.' 'Install them by hand, then try again with --no-install.'
  # Debian starts a service for a broker that is installed; it came by our doing and would hold port 1883.
  if [[ " ${packages[*]} " == *' mosquitto '* && -d /run/systemd/system ]]; then
    say 'Stopping the mosquitto service that the package has started (systemctl enable --now mosquitto undoes it).'
    "${as_root[@]}" systemctl disable --now --quiet mosquitto.service || true
  fi
}

# configure PRESET [CMAKE OPTION…]: with ccache where there is one.
configure() {
  local launcher=()
  ! command -v ccache >/dev/null || launcher=(-DCMAKE_C_COMPILER_LAUNCHER=ccache -DCMAKE_CXX_COMPILER_LAUNCHER=ccache)
  cmake --preset "$@" "${launcher[@]}" >&2
}
