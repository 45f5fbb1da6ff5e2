#!/bin/sh
# SPDX-License-Identifier: MIT
# The dashboard in Chromium: what it promises its users, on the real dataset and on a hostile one, and its TypeScript
# held to the contract. Usage: run.sh BUILD_DIR. Needs node, npm and Debian's chromium; SCREENSHOTS=folder keeps
# pictures.
set -eu
build=$(cd "$1" && pwd)
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
work=$(mktemp -d)
servers=
clean() {
    for server in $servers; do kill "$server" 2>/dev/null || true; done
    rm -rf "$work"
}
trap clean EXIT INT TERM

cd "$here"
if ! cmp -s package-lock.json node_modules/.installed 2>/dev/null; then
    npm ci --no-audit --no-fund --silent
    cp package-lock.json node_modules/.installed
fi
status=0

mkdir "$work/types"
python3 -B "$root/src/web/types.py" "$root/api/openapi.json" >"$work/types/api.d.ts"
cat >"$work/types/tsconfig.json" <<JSON
{"extends": "$root/src/web/tsconfig.json",
 "compilerOptions": {"rootDirs": ["$root/src/web", "$work/types"], "typeRoots": [], "baseUrl": "$here",
   "paths": {"d3-*": ["node_modules/@types/d3-*"], "geojson": ["node_modules/@types/geojson"]}},
 "include": ["$root/src/web/**/*.ts", "$work/types/api.d.ts"]}
JSON
if node_modules/.bin/tsc -p "$work/types/tsconfig.json" >"$work/tsc"; then
    echo 'ok browser: the dashboard asks and reads what the contract gives'
else
    echo 'not ok browser: the dashboard asks and reads what the contract gives'
    sed 's/^/# /' "$work/tsc"
    status=1
fi

# serve DATA NAME: builds a dataset, serves it on a free port, and sets `origin`.
serve() {
    port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
    "$build/src/cyberatlas" build "$1" -o "$work/$2.db" >/dev/null
    "$build/src/cyberatlas" serve "$work/$2.db" --listen 127.0.0.1 --port "$port" --admin-listen "" --log-level error &
    servers="$servers $!"
    origin=http://127.0.0.1:$port
    tries=0
    until curl -fs -o /dev/null "$origin/healthz"; do
        tries=$((tries + 1))
        [ "$tries" -lt 300 ] || exit 1
        sleep 0.1
    done
}
serve "$root/data" real
CYBERATLAS_ORIGIN=$origin
python3 -B hostile.py "$root/data" "$work/hostile"
serve "$work/hostile" hostile
CYBERATLAS_HOSTILE=$origin
export CYBERATLAS_ORIGIN CYBERATLAS_HOSTILE

# What measures time has the machine to itself.
parts=
for part in tasks looks hostile; do
    node "$part.mjs" >"$work/$part.tap" 2>&1 &
    parts="$parts $!"
done
for part in $parts; do wait "$part" || status=1; done
node figures.mjs >"$work/figures.tap" 2>&1 || status=1
cat "$work/tasks.tap" "$work/looks.tap" "$work/hostile.tap" "$work/figures.tap"
exit "$status"
