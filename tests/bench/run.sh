#!/bin/sh
# SPDX-License-Identifier: MIT
# Three tables: the hot country document served by cyberatlas and, in the same run, the same bytes from a file by nginx
# (requests a second, processor time of the server for each request); scores for weights that nobody asked before,
# beside the same job in fastify and better-sqlite3; and what a hostile mix of questions costs in time and memory. Takes
# a build folder (default: build); ROUNDS and SECONDS_EACH bound its time. Stops only what it started.
set -eu
cd "$(dirname "$0")/../.."
. deploy/packages.sh
need_packages nginx-light wrk curl python3
command -v node >/dev/null || need_packages nodejs
command -v npm >/dev/null || need_packages npm
build=$(cd "${1:-build}" && pwd)
export PATH="$PATH:/usr/sbin"

# better-sqlite3 is compiled where there is no ready one: that takes a compiler and the headers of the Node at hand.
peer=tests/bench/fastify
if ! cmp -s "$peer/package-lock.json" "$peer/node_modules/.installed" 2>/dev/null; then
  headers=$(node -p 'path.resolve(process.execPath, "../..")')
  [ ! -f "$headers/include/node/node.h" ] || export npm_config_nodedir="$headers"
  (cd "$peer" && npm ci --no-audit --no-fund --silent)
  cp "$peer/package-lock.json" "$peer/node_modules/.installed"
fi
exec python3 -B tests/bench/bench.py "$build/src/cyberatlas" data "${ROUNDS:-3}" "${SECONDS_EACH:-5}"
