#!/bin/sh
# Feeds the readers of rules, phrases, zone files and frames with libFuzzer's inputs, each for its part of the time.
# Stops at the first fault: a trap, an answer that contradicts another, 10 seconds without an answer, or 1 GiB.
#
# usage: fuzz.sh SECONDS
set -eu
[ $# -eq 1 ] || { sed -n 's/^# usage: /usage: /p' "$0" >&2; exit 2; }
cd "$(dirname "$0")/../Tests/Fuzz"
vectors=$(cd ../Vectors && pwd)
place=$PWD/.build/fuzz
mkdir -p "$place"

echo 'Building the fuzzer (a minute or two at first)'
swift build -c release -Xswiftc -sanitize=fuzzer -Xswiftc -use-ld=lld --product fuzz >"$place/build.log" 2>&1 ||
    { cat "$place/build.log" >&2; exit 1; }

# Inputs to begin with, a file each; what was found before with new branches is kept beside them.
seed() { # KIND: the lines of standard input
    mkdir -p "$place/$1/seeds" "$place/$1/corpus"
    (cd "$place/$1/seeds" && awk '{ name = "seed" NR; printf "%s", $0 >name; close(name) }')
}
sed -n 's/.*"rrule": "\([^"]*\)".*/1\1/p' "$vectors/rrule-random.jsonl" | head -n 400 | seed rule
seed when <Seeds/when.txt
seed series <Seeds/series.txt
seed frames <Seeds/frames.txt
seed zone </dev/null
for zone in Africa/Casablanca America/New_York America/Nuuk Antarctica/Troll Asia/Gaza Europe/Dublin Pacific/Apia UTC; do
    cp "$vectors/zoneinfo/slim/$zone" "$place/zone/seeds/$(echo $zone | tr / _)"
done

# Swift's backtrace would take the signal before libFuzzer has kept the input.
export SWIFT_BACKTRACE=enable=no
for kind in rule series when zone frames; do
    longest=600
    [ $kind != zone ] || longest=4096
    echo "$kind, for $(($1 / 5)) seconds"
    CONVENE_FUZZ=$kind .build/release/fuzz -max_total_time=$(($1 / 5)) -timeout=10 -rss_limit_mb=1024 \
        -max_len=$longest -artifact_prefix="$place/$kind-" "$place/$kind/corpus" "$place/$kind/seeds" \
        >"$place/$kind.log" 2>&1 ||
        { tail -n 40 "$place/$kind.log" >&2; echo "The fuzzer found a fault in '$kind'; its input is in $place." >&2; exit 1; }
    sed -n 's/^Done /  nothing found in /p' "$place/$kind.log"
done
