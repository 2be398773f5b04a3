#!/bin/sh
# Tries a daemon of its own, and a server of org.varlink.certification, with the clients that others wrote.
#
# usage: interop.sh BUILT
set -eu
[ $# -eq 1 ] || { sed -n 's/^# usage: /usage: /p' "$0" >&2; exit 2; }
built=$(cd "$1" && pwd)
tests=$(cd "$(dirname "$0")/../Tests/Interop" && pwd)

place=$(mktemp -d /tmp/convene-interop.XXXXXX)
# Nothing is due, so no journal is needed.
CONVENE_JOURNAL_SOCKET=$place/no-journal CONVENE_JOURNAL_DIRECTORY=$place \
    "$built/convened" --database "$place/schedule.db" --socket "$place/schedule" 2>"$place/daemon.log" &
daemon=$!
trap 'kill "$daemon" 2>/dev/null; wait "$daemon" 2>/dev/null || :; rm -rf "$place"' EXIT
trap 'exit 130' INT TERM
tries=100
until "$built/convene" --socket "$place/schedule" status >/dev/null 2>&1; do
    tries=$((tries - 1))
    [ "$tries" -gt 0 ] || { cat "$place/daemon.log" >&2; echo 'The daemon does not start.' >&2; exit 1; }
    sleep 0.1
done
"$built/convene" --socket "$place/schedule" add 'ROK–Japan DG talks' '2030-09-20 11:00 Tokyo' --quiet

"$tests/interop.sh" "$place/schedule" "$built/VarlinkCertification"
