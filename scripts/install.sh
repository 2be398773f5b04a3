#!/bin/sh
# Installs what was built.
#
# usage: install.sh BUILT DESTDIR PREFIX
set -eu
[ $# -eq 3 ] || { sed -n 's/^# usage: /usage: /p' "$0" >&2; exit 2; }
built=$1
prefix=$3
root=$2$3
here=$(cd "$(dirname "$0")/.." && pwd)

put() { # MODE DIRECTORY FILE...
    mode=$1 directory=$root/$2
    shift 2
    install -d "$directory"
    install -m "$mode" "$@" "$directory"
}

put 755 bin "$built/convene" "$built/convened"
cd "$here"
put 644 lib/sysusers.d systemd/convene.conf
put 644 lib/systemd/catalog systemd/convene.catalog
put 644 lib/systemd/system systemd/convened.socket
put 644 lib/systemd/user systemd/user/convened.socket
for unit in system user; do
    source=systemd/convened.service
    [ $unit = system ] || source=systemd/user/convened.service
    sed "s|@bindir@|$prefix/bin|" "$source" >"$root/lib/systemd/$unit/convened.service"
    chmod 644 "$root/lib/systemd/$unit/convened.service"
done

# zsh looks into vendor-completions only for what a distribution installed.
zsh=share/zsh/site-functions
[ "$prefix" != /usr ] || zsh=share/zsh/vendor-completions
install -d "$root/share/bash-completion/completions" "$root/$zsh" "$root/share/fish/vendor_completions.d"
"$built/convene" completion bash >"$root/share/bash-completion/completions/convene"
"$built/convene" completion zsh >"$root/$zsh/_convene"
"$built/convene" completion fish >"$root/share/fish/vendor_completions.d/convene.fish"

put 644 share/doc/convene README.md CHANGELOG.md LICENSE docs/*.md

echo "convene is installed below $root."
[ -z "$2" ] || exit 0
cat <<'NEXT'
For yourself:     systemctl --user daemon-reload && systemctl --user enable --now convened.socket convened.service
For the machine:  systemd-sysusers && systemctl daemon-reload && systemctl enable --now convened.socket convened.service
                  (members of the group 'convene' may use it)
Journal texts:    journalctl --update-catalog, as root
NEXT
