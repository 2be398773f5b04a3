#!/bin/sh
# Shows convene at work: first the story of two neighbours' talks in rehearsal, then a reminder on the real clock.
# Everything happens in a temporary directory, and everything that is started is stopped.
#
# usage: demo.sh BUILT
set -eu
[ $# -eq 1 ] || { sed -n 's/^# usage: /usage: /p' "$0" >&2; exit 2; }

PATH=$(cd "$1" && pwd):$PATH
LC_ALL=C.UTF-8
export PATH LC_ALL
# A daemon or a journal of the user's own is not meant.
unset CONVENE_SOCKET CONVENE_JOURNAL_SOCKET CONVENE_JOURNAL_DIRECTORY STATE_DIRECTORY NOTIFY_SOCKET LISTEN_FDS

place=$(mktemp -d /tmp/convene-demo.XXXXXX)
cd "$place"
daemon=
journald=
doing='start'

finish() {
    status=$?
    trap - EXIT
    # Those that are gone already are forgotten; the journal goes last.
    for process in $daemon $journald; do stop "$process"; done
    cd /
    rm -rf "$place"
    if [ "$status" -eq 0 ]; then
        step 'The daemons are stopped, and their files are removed.'
    else
        printf '\nThe demo failed at: %s\n' "$doing" >&2
        status=1
    fi
    exit "$status"
}
trap finish EXIT
trap 'exit 130' INT TERM

step() {
    echo
    printf '# %s\n' "$@"
}

# Stops a process that this script started, and waits for its end.
stop() {
    kill "$1" 2>/dev/null || return 0
    wait_for 10 is_gone "$1" || kill -KILL "$1"
    wait "$1" 2>/dev/null || :
}
# An ended process of our own stays as a zombie until it is waited for.
is_gone() { ! grep -q '^State:[[:space:]]*[^Z]' "/proc/$1/status" 2>/dev/null; }

# Prints a command as one types it, and runs it.
run() {
    doing=
    for word in "$@"; do
        case $word in
        '' | *[!A-Za-z0-9_./:@=+,-]*) doing="$doing \"$word\"" ;;
        *) doing="$doing $word" ;;
        esac
    done
    doing=${doing# }
    printf '\n$ %s\n' "$doing"
    "$@"
}

# Runs a check until it holds, for so many seconds at most.
wait_for() {
    tries=$(($1 * 10))
    shift
    until "$@"; do
        tries=$((tries - 1))
        [ "$tries" -gt 0 ] || return 1
        sleep 0.1
    done
}

probe_is_read() { timeout 5 journalctl -q -n 1 -t "convene-demo-$$" 2>/dev/null | grep -q .; }

# Does an entry get into the machine's journal, and back?
machine_has_journal() {
    [ -S /run/systemd/journal/stdout ] || return 1
    echo 'The demo of convene looks for the journal.' |
        timeout 5 systemd-cat -t "convene-demo-$$" 2>/dev/null || return 1
    wait_for 2 probe_is_read
}

journald_listens() { [ -S run/socket ]; }

# A private journald ends by itself when it was idle for half a minute.
start_journald() {
    if [ -n "$journald" ] && kill -0 "$journald" 2>/dev/null; then return; fi
    rm -rf run
    mkdir -p run journal
    RUNTIME_DIRECTORY=$place/run LOGS_DIRECTORY=$place/journal \
        /lib/systemd/systemd-journald "convene-demo-$$" >journald.log 2>&1 &
    journald=$!
    doing='systemd-journald'
    wait_for 10 journald_listens
}

# Starts a daemon behind 'run', and waits until it answers.
start_daemon() {
    printf '\n$ convened'
    printf ' "%s"' "$@" | sed 's/"\([A-Za-z0-9.-]*\)"/\1/g'
    printf ' &\n'
    doing="convened $*"
    convened "$@" >daemon.log 2>&1 &
    daemon=$!
    wait_for 10 daemon_answers || { cat daemon.log >&2; exit 1; }
    cat daemon.log
}
daemon_answers() {
    kill -0 "$daemon" 2>/dev/null || { cat daemon.log >&2; exit 1; }
    convene status >/dev/null 2>&1
}

# What tells this daemon's entries from another's.
database() { echo "CONVENE_DATABASE=$(convene status --json | sed 's/.*"databaseId":"\([^"]*\)".*/\1/')"; }

if machine_has_journal; then
    step "Reminders go to this machine's journal."
    start_journald() { :; }
    journal=
else
    step 'No journal runs here that this user can write to and read: starting a private one.'
    start_journald
    journal="-D journal"
    export CONVENE_JOURNAL_SOCKET="$place/run/socket" CONVENE_JOURNAL_DIRECTORY="$place/journal"
fi

step 'A rehearsal: convene as it is, but on a temporary schedule, and on a clock that moves only when told.' \
    'The secretariat in Seoul plans the talks of September 2019; "here" is Seoul.'
export TZ=Asia/Seoul CONVENE_SOCKET=rehearsal
start_daemon --rehearse "2019-09-16 09:00 Seoul" --socket rehearsal
machine_only=
[ -n "$journal" ] || machine_only=$(database)

step 'Talks of the directors-general in Tokyo: the day is proposed, the hour still open.'
run convene add "ROK–Japan DG talks" fri --in Tokyo --status proposed
step 'Then the general debate in New York, perhaps with a meeting of the foreign ministers at its side.'
run convene add "UNGA 74, general debate" "24–30 sep" --in "New York"
run convene add "ROK–Japan FM meeting" "some day 24–30 sep" --in "New York" --status possible
step 'Wednesday: Tokyo agrees, at 11:00. Lunch comes after.'
run convene rehearse --to "wed 14:05"
run convene confirm dg --at 11:00 --for 90m
run convene add Lunch "fri 12:30" --for 90m --in Tokyo
run convene list

step 'The clock moves to the morning of the talks: what is due on the way is said.'
run convene rehearse --to "fri 10:45"
run convene
step 'The talks are held. On Monday the ministers find their hour; in Seoul it will be the night to Friday.'
run convene rehearse --to "mon 10:00"
run convene held dg "Views exchanged; contacts go on."
run convene fix fm "thu 15:30" --for 50m
run convene list
run convene rehearse --to "fri 05:30"
run convene held fm

step "What the journal says, with the rehearsal's time (of Seoul) before each line."
# shellcheck disable=SC2086 # options and matches, a word each or none
run journalctl -q $journal -t convened $machine_only -o cat --output-fields=CONVENE_REHEARSAL,MESSAGE |
    # journalctl prints the two fields of an entry in the order in which it has them.
    while read -r first; do
        # The command itself, and the line before it.
        case $first in '' | '$ '*) printf '%s\n' "$first" && continue ;; esac
        read -r second
        case $first in
        20??-??-??T*) time=$first text=$second ;;
        *) time=$second text=$first ;;
        esac
        printf '%s  %s\n' "$(date -d "$time" '+%a %d %b %Y %H:%M')" "$text"
    done
stop "$daemon"
daemon=

step 'Now for real: a schedule of its own on the real clock, and a meeting some seconds from now.'
unset TZ
export CONVENE_SOCKET=schedule
start_journald
start_daemon --database schedule.db --socket schedule
run convene add "A first meeting" "in 10 seconds" --for 15m --remind 5s
match="-t convened CONVENE_KIND=reminder $(database)"
# shellcheck disable=SC2086
reminders() { journalctl -q $journal $match -o cat --output-fields=CONVENE_NUMBER | grep -c '^1$' || :; }
reminder_is_read() { [ "$(reminders)" -gt 0 ]; }
step 'Its reminder is due in some seconds ...'
doing="the wait for the reminder: its entry did not come into the journal within 30 seconds"
wait_for 30 reminder_is_read
# shellcheck disable=SC2086
run journalctl -q $journal $match -o verbose --no-pager
run convene status
doing="the count of the reminder's entries, which is not one but $(reminders)"
[ "$(reminders)" -eq 1 ]
step 'The journal holds the reminder, once.'
