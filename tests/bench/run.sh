#!/bin/sh
# SPDX-License-Identifier: MIT
# One table: the hot country document served by cyberatlas and, in the same run, the same bytes from a file by nginx
# (requests a second, processor time of the server for each request), then the start to the first answer, and memory.
# Takes a build folder (default: build); ROUNDS and SECONDS_EACH bound its time. Stops only what it started.
set -eu
cd "$(dirname "$0")/../.."
. deploy/packages.sh
need_packages nginx-light wrk curl python3
build=$(cd "${1:-build}" && pwd)
export PATH="$PATH:/usr/sbin"
exec python3 -B tests/bench/bench.py "$build/src/cyberatlas" data "${ROUNDS:-3}" "${SECONDS_EACH:-5}"
