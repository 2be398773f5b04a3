#!/bin/sh
# Installs what building and running convene needs and is not there yet: on Debian with apt-get.
# Quiet, and without network, where everything is there.
#
# usage: setup.sh [--tests|--comparison]     with --tests also what only the tests use, with --comparison what the
#                                            recurrence engine is compared with
set -eu
cd "$(dirname "$0")/.."

refuse() {
    printf 'convene: %s\n' "$@" >&2
    exit 1
}

command -v swift >/dev/null ||
    refuse "the Swift toolchain is missing; install Swift 6.3 (swift.org/install/linux) and put 'swift' on the PATH."

# The build, zones, and a journal to write to and to read (journald and journalctl are systemd's).
packages='libsqlite3-dev libsystemd-dev pkg-config systemd tzdata'
# Clients that others wrote, kills at an exact system call, and a hand in the database.
[ "${1:-}" != --tests ] || packages="$packages python3-venv sqlite3 strace"
# Other recurrence engines.
[ "${1:-}" != --comparison ] || packages="$packages python3-venv libical-dev"

if command -v dpkg-query >/dev/null; then
    missing=
    for package in $packages; do
        [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" = installed ] ||
            missing="$missing $package"
    done
    if [ -n "$missing" ]; then
        as_root=
        if [ "$(id -u)" -ne 0 ]; then
            # sudo may ask for a password only where somebody can answer.
            if command -v sudo >/dev/null && { [ -t 0 ] || sudo -n true 2>/dev/null; }; then
                as_root=sudo
            else
                refuse "Debian packages are missing, and this user may not install them." \
                    "As root: apt-get install$missing"
            fi
        fi
        echo "Installing Debian packages:$missing"
        log=$(mktemp)
        # shellcheck disable=SC2086 # a list of words
        { $as_root apt-get update -qq &&
            $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing; } \
            >"$log" 2>&1 || { tail -n 5 "$log" >&2; rm -f "$log"; refuse "apt-get could not install$missing."; }
        rm -f "$log"
    fi
else
    echo "convene: this is no Debian, so nothing is installed; wanted are what Debian calls $packages." >&2
fi

# Installs Python packages into .build-venv, unless a program can do without.
python_packages() { # PROGRAM PACKAGE...
    .build-venv/bin/python3 -c "$1" 2>/dev/null && return
    shift
    echo "Installing Python packages into .build-venv: $*"
    python3 -m venv .build-venv && .build-venv/bin/pip install -q --disable-pip-version-check "$@" ||
        refuse "Python's packages $* could not be installed into .build-venv."
}
case ${1:-} in
--tests) python_packages 'import varlink, asyncvarlink' varlink asyncvarlink ;;
--comparison) python_packages 'import dateutil' python-dateutil ;;
esac
