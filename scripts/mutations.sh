#!/bin/sh
# Takes one safeguard after the other out of a copy of the code, and lets the simulation find out.
# Each patch in Tests/Mutations is one; it fails where a simulation of so many years notices nothing.
#
# usage: mutations.sh SEEDS [NAME…]
set -eu
[ $# -ge 1 ] || { sed -n 's/^# usage: /usage: /p' "$0" >&2; exit 2; }
seeds=$1
shift
cd "$(dirname "$0")/.."
patches=$PWD/Tests/Mutations
place=$PWD/.build/mutations
rm -rf "$place/source"
mkdir -p "$place/source"
# With their times, so that only what differs is built anew.
cp -a Package.swift Sources Tests "$place/source/"
rm -rf "$place/source/Tests/Fuzz"
# The copy is no repository: git only patches.
export GIT_CEILING_DIRECTORIES="$place"

unnoticed=
for patch in "$patches"/*.patch; do
    name=$(basename "$patch" .patch)
    [ $# -eq 0 ] || case " $* " in *" $name "*) ;; *) continue ;; esac
    (cd "$place/source" && git apply "$patch") || { echo "$name: the patch does not fit the code any more" >&2; exit 1; }
    swift build --package-path "$place/source" --scratch-path "$place/build" --product simulate \
        >"$place/$name.log" 2>&1 || { tail -n 20 "$place/$name.log" >&2; exit 1; }
    if "$place/build/debug/simulate" "$seeds" >"$place/$name.log" 2>&1 || ! grep -q '^FAILED seed' "$place/$name.log"; then
        unnoticed="$unnoticed $name"
        printf '%-24s not noticed in %s years\n' "$name" "$seeds"
    else
        printf '%-24s %s\n' "$name" "$(sed -n 's/^FAILED //p' "$place/$name.log" | cut -c1-160)"
    fi
    (cd "$place/source" && git apply -R "$patch")
done
[ -z "$unnoticed" ] || { echo "Not noticed:$unnoticed" >&2; exit 1; }
