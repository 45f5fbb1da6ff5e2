# SPDX-License-Identifier: MIT
# Sourced: need_packages NAME… installs the Debian packages that are missing, and says nothing about those that are
# there. Ends the script with 3 where that can not be done.

# What it takes to build the program.
build_packages="gcc libc6-dev meson ninja-build pkg-config python3 libmicrohttpd-dev libjansson-dev libsqlite3-dev
  nettle-dev libdeflate-dev libbrotli-dev libmaxminddb-dev esbuild node-d3-geo node-d3-scale node-d3-axis
  node-d3-selection"

missing_packages() {
  for name in "$@"; do
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$name" 2>/dev/null)" = installed ] || printf '%s ' "$name"
  done
}

need_packages() {
  missing=$(missing_packages "$@")
  [ -n "$missing" ] || return 0
  root=
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || { echo "these packages are missing, and there is no sudo: $missing" >&2; exit 3; }
    root=sudo
  fi
  echo "installing: $missing" >&2
  # shellcheck disable=SC2086
  $root apt-get update -qq >/dev/null &&
    $root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null ||
    { echo "apt-get could not install: $missing" >&2; exit 3; }
}
