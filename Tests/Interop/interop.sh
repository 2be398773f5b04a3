#!/bin/sh
# Proves a Varlink service with the clients that others wrote.
#
# usage: interop.sh SOCKET CERTIFICATION-SERVER
#
# SOCKET is the path of the service's socket, CERTIFICATION-SERVER the program from Tests/CertificationServer.
# varlinkctl is newer than this Debian, so it comes from a box: a small tree of the next Debian, made once
# (about a minute, as root) in $VARLINK_BOX, or in the user's cache directory. The Python clients live beside it.
set -eu

[ $# -eq 2 ] || { sed -n 's/^# usage: /usage: /p' "$0" >&2; exit 2; }
socket=$1
certification_server=$2
here=$(cd "$(dirname "$0")" && pwd)
cache=${XDG_CACHE_HOME:-$HOME/.cache}/varlink-interop
box=${VARLINK_BOX:-$cache/trixie}
python=$cache/python

# Debian's packages that are needed only to make what is missing.
need() {
    command -v "$1" >/dev/null || apt-get install -y -qq "$2" >/dev/null
}

make_box() {
    need debootstrap debootstrap
    # From where apt takes this Debian, it takes the next one too.
    mirror=$(apt-get indextargets --format '$(LABEL) $(REPO_URI)' 'Created-By: Packages' |
        sed -n '/^Debian http/{s/^Debian //p;q}')
    rm -rf "$box"
    mkdir -p "$(dirname "$box")"
    debootstrap --variant=minbase --include=systemd trixie "$box" ${mirror:+"$mirror"} >"$box.log" 2>&1 ||
        { tail -5 "$box.log" >&2; exit 1; }
}

[ -x "$box/usr/bin/varlinkctl" ] || make_box
[ -x "$python/bin/python3" ] || { mkdir -p "$cache"; python3 -m venv "$python"; }
"$python/bin/python3" -c 'import varlink, asyncvarlink' 2>/dev/null ||
    "$python/bin/pip" install -q varlink asyncvarlink
need varlink-go-certification varlink-go

scratch=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server"; rm -rf "$scratch"' EXIT
certification=$scratch/certification
"$certification_server" "$certification" &
server=$!
tries=0
until [ -S "$certification" ]; do
    tries=$((tries + 1))
    [ $tries -le 100 ] || { echo "the certification server does not start" >&2; exit 1; }
    sleep 0.1
done

varlink-go-certification -client -varlink "unix:$certification" >"$scratch/go.log" ||
    { cat "$scratch/go.log" >&2; exit 1; }
echo "varlink-go: agrees"

# Not in a chroot: varlinkctl reaches the socket through /proc. So the box's programs run on its own libraries.
libraries=$box/usr/lib/$(uname -m)-linux-gnu
loader=$(find "$libraries" -maxdepth 1 -name 'ld-linux-*.so.*' | head -n 1)
"$python/bin/python3" "$here/clients.py" "$socket" "$certification" \
    "$loader" --library-path "$libraries:$libraries/systemd" "$box/usr/bin/varlinkctl"
