#!/bin/sh
# Prints the story of two neighbours' talks in the autumn of 2019, as a secretariat in Seoul types it: rounds without a
# date, answers, a meeting that hangs on another. In rehearsal, in a temporary directory, with a journal of its own.
#
# usage: story.sh BUILT
set -eu
[ $# -eq 1 ] || { sed -n 's/^# usage: /usage: /p' "$0" >&2; exit 2; }

script=$(cd "$(dirname "$0")" && pwd)/story.txt
PATH=$(cd "$1" && pwd):$PATH
LC_ALL=C.UTF-8
TZ=Asia/Seoul
COLUMNS=80
export PATH LC_ALL TZ COLUMNS
unset CONVENE_SOCKET CONVENE_JOURNAL_SOCKET CONVENE_JOURNAL_DIRECTORY STATE_DIRECTORY NOTIFY_SOCKET LISTEN_FDS

place=$(mktemp -d /tmp/convene-story.XXXXXX)
cd "$place"
daemon=
journald=
finish() {
    status=$?
    trap - EXIT
    for process in $daemon $journald; do
        kill "$process" 2>/dev/null || :
        wait "$process" 2>/dev/null || :
    done
    cd /
    rm -rf "$place"
    exit "$status"
}
trap finish EXIT
trap 'exit 130' INT TERM

wait_for() {
    tries=100
    until "$@" >/dev/null 2>&1; do
        tries=$((tries - 1))
        [ "$tries" -gt 0 ] || { echo "story.sh: it did not come: $*" >&2; exit 1; }
        sleep 0.1
    done
}

mkdir -p run journal
RUNTIME_DIRECTORY=$place/run LOGS_DIRECTORY=$place/journal \
    /lib/systemd/systemd-journald "convene-story-$$" >journald.log 2>&1 &
journald=$!
wait_for test -S run/socket
export CONVENE_JOURNAL_SOCKET="$place/run/socket" CONVENE_JOURNAL_DIRECTORY="$place/journal"
export CONVENE_SOCKET="$place/socket"
convened --rehearse "2019-09-11 09:00 Seoul" --socket "$place/socket" >daemon.log 2>&1 &
daemon=$!
wait_for convene status

while read -r line; do
    case $line in
    '#'*) printf '\n%s\n' "$line" ;;
    *)
        printf '$ %s\n' "$line"
        eval "$line" 2>&1 || :
        ;;
    esac
done <"$script"

printf '\n# What the journal says\n$ journalctl -t convened\n'
journalctl -q -D journal -t convened -o cat
