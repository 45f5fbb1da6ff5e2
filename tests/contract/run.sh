#!/bin/sh
# SPDX-License-Identifier: MIT
# The contract tests: a service on the real dataset (Unix socket, own temporary folder) against api/openapi.json and the
# schemas, by ajv. Usage: run.sh BUILD_DIR. Needs node and npm.
set -eu
build=$(cd "$1" && pwd)
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
work=$(mktemp -d)
server=
clean() {
    [ -z "$server" ] || kill "$server" 2>/dev/null || true
    rm -rf "$work"
}
trap clean EXIT INT TERM

cd "$here"
for folder in . addresses readers; do
    if ! cmp -s $folder/package-lock.json $folder/node_modules/.installed 2>/dev/null; then
        (cd $folder && npm ci --no-audit --no-fund --silent)
        cp $folder/package-lock.json $folder/node_modules/.installed
    fi
done

CYBERATLAS_PROGRAM=$build/src/cyberatlas
CYBERATLAS_VERDICTS=$build/tests/schema_verdicts
CYBERATLAS_SOCKET=$work/socket
export CYBERATLAS_PROGRAM CYBERATLAS_VERDICTS CYBERATLAS_SOCKET
"$CYBERATLAS_PROGRAM" build "$root/data" -o "$work/atlas.db"
"$CYBERATLAS_PROGRAM" serve "$work/atlas.db" --listen "unix:$CYBERATLAS_SOCKET" --admin-listen "" --log-level error \
    --mmdb addresses/node_modules/@ip-location-db/geo-whois-asn-country-mmdb/geo-whois-asn-country.mmdb &
server=$!
tries=0
until [ -S "$CYBERATLAS_SOCKET" ]; do
    kill -0 "$server" || exit 1
    tries=$((tries + 1))
    [ "$tries" -lt 300 ] || exit 1
    sleep 0.1
done
status=0
node schemas.mjs || status=1
node contract.mjs || status=1
node questions.mjs || status=1
node contacts.mjs || status=1
node formats.mjs || status=1
node readers/readers.mjs "$work/readers" || status=1
exit "$status"
