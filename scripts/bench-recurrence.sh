#!/bin/sh
# Compares the recurrence engine with libical, python-dateutil and Foundation, in one run.
#
# usage: bench-recurrence.sh PYTHON
set -eu
[ $# -eq 1 ] || { sed -n 's/^# usage: /usage: /p' "$0" >&2; exit 2; }
python=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
cd "$(dirname "$0")/../Benchmarks/Recurrence"

echo 'Building the comparison (some seconds)'
built=.build/comparison
mkdir -p "$built"
swift build -c release --product recurrence-benchmark >"$built/build.log" 2>&1 ||
    { cat "$built/build.log" >&2; exit 1; }
# shellcheck disable=SC2046 # a list of words
cc -O2 -Wall -o "$built/libical" Foreign/libical.c $(pkg-config --cflags --libs libical)
echo 'Measuring (some minutes)'
exec "$python" Foreign/compare.py .build/release/recurrence-benchmark "$built/libical" \
    "${TZDIR:-/usr/share/zoneinfo}/Europe/London"
