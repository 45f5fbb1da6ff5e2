#!/bin/sh
# SPDX-License-Identifier: MIT
# The contract tests: a service on the real dataset (Unix socket, own temporary folder) against api/openapi.json and the
# schemas, by ajv; then others' readers of the contract, and the README's curl lines. Usage: run.sh BUILD_DIR.
# Needs node, npm, python3 and curl.
set -eu
build=$(cd "$1" && pwd)
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
work=$(mktemp -d)
server=
second=
clean() {
    for process in $server $second; do kill "$process" 2>/dev/null || true; done
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
# A small dataset that was published a day before, so that there is a log with something in it.
cp -r "$root/tests/seeds/valid/belgium-2017" "$work/before"
sed -i 's/"date": "[^"]*"/"date": "2020-01-01"/' "$work/before/dataset.json"
"$CYBERATLAS_PROGRAM" build "$work/before" -o "$work/before.db" --no-compress
"$CYBERATLAS_PROGRAM" build "$root/data" -o "$work/atlas.db" --previous "$work/before.db"
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
node exports.mjs || status=1
node intelmq.mjs || status=1
node readers/readers.mjs "$work/readers" || status=1

# The README's lines ask a port, so they get a service of their own.
log=$work/log
: >"$log"
"$CYBERATLAS_PROGRAM" serve "$work/atlas.db" --port 0 --admin-listen "" 2>"$log" &
second=$!
tries=0
until place=$(sed -n 's|.*serving on \(http://.*\)/$|\1|p' "$log") && [ -n "$place" ]; do
    kill -0 "$second" || exit 1
    tries=$((tries + 1))
    [ "$tries" -lt 300 ] || exit 1
    sleep 0.1
done
python3 -B readme.py "$root/README.md" "$place" || status=1
exit "$status"
