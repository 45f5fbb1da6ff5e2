#!/bin/sh
# SPDX-License-Identifier: MIT
# One table: what a request, a start, a reload and memory cost, each beside a peer in the same run: a bare epoll loop
# that sends the same bytes, nginx, h2o, fastify with better-sqlite3, sha256sum. Takes a build folder (default: build);
# ROWS=hot,304 chooses rows, ROUNDS and SECONDS_EACH bound its time. Stops only what it started.
set -eu
cd "$(dirname "$0")/../.."
. deploy/packages.sh
need_packages nginx-light h2o wrk python3 gcc libc6-dev util-linux
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
exec python3 -B tests/bench/bench.py "$build/src/cyberatlas" data "${ROUNDS:-3}" "${SECONDS_EACH:-5}" "${ROWS:-}"
