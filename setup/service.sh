# shellcheck shell=bash
# `./install.sh --kiosk`: a machine that shows the kiosk, full screen, from its start and nothing
# else. Reads $ROOT, $verb; sets $screen, $code, $dry, $start, $purge, $uninstall.

readonly ACCOUNT=kiosk SETTINGS=/etc/kiosk STATE=/var/lib/kiosk
readonly UNIT=/etc/systemd/system/kiosk.service ADMIN=/usr/local/sbin/kiosk-admin
readonly SYSRQ=/proc/sys/kernel/sysrq
readonly DROP_INS="/etc/systemd/system.conf.d/50-kiosk.conf /etc/systemd/logind.conf.d/50-kiosk.conf
    /etc/sysctl.d/50-kiosk.conf"
# What this machine was before, for --uninstall: « mask UNIT », « enable UNIT », « target NAME », « sysrq NUMBER ».
readonly UNDO=$SETTINGS/before
readonly MASKED="getty@tty1.service ctrl-alt-del.target hibernate.target hybrid-sleep.target
    suspend-then-hibernate.target"

screen="" code="" dry="" start=yes purge="" uninstall=""

# service_options OPTION...
service_options() {
    while [ $# -gt 0 ]; do
        case $1 in
            --screen)
                case ${2:-} in cage | console) ;; *) wrong_usage "« --screen » attend cage ou console." ;; esac
                screen=$2
                shift ;;
            --code)
                [ $# -ge 2 ] || wrong_usage "« --code » attend un code, ou - pour le lire sur l'entrée."
                code=$2
                shift ;;
            --uninstall) uninstall=yes ;;
            --purge) purge=yes ;;
            --dry-run) dry=yes ;;
            --no-start) start="" ;;
            *) wrong_usage "Option inconnue de « --kiosk » : « $1 »." ;;
        esac
        shift
    done
    [ -z "$purge" ] || [ -n "$uninstall" ] || wrong_usage "« --purge » va avec « --uninstall »."
    # An update keeps the screen that was chosen, and installs nothing for the other one.
    screen=${screen:-$(cat "$SETTINGS/screen" 2>/dev/null || true)}
}

# as_root COMMAND...: never given a code, since a dry run prints it.
as_root() {
    if [ -n "$dry" ]; then printf '%s\n' "$*"; else "$@"; fi
}

# write MODE OWNER:GROUP PATH: its standard input becomes that file, whole or not at all.
write() {
    if [ -n "$dry" ]; then
        printf '%s (%s, %s) :\n' "$3" "$1" "$2"
        sed 's/^/    /'
        return 0
    fi
    mkdir -p "${3%/*}"
    if ! { cat >"$3.new" && chown "$2" "$3.new" && chmod "$1" "$3.new" && mv "$3.new" "$3"; }; then
        fail "$3 ne peut pas être écrit." "vérifiez la place sur le disque, puis relancez."
    fi
}

# Fills in a template on the standard input.
filled() { sed "s|@ROOT@|$ROOT|g"; }

# unit SCREEN: prints the service.
unit() { cat setup/service/kiosk.service "setup/service/$1.conf" | filled; }

systemd_runs() { [ -d /run/systemd/system ]; }

# remember WHAT NAME: noted once, before it is changed.
remember() {
    grep -qx "$1 $2" "$UNDO" 2>/dev/null && return 0
    if [ -n "$dry" ]; then printf 'noter dans %s : %s %s\n' "$UNDO" "$1" "$2"; else printf '%s %s\n' "$1" "$2" >>"$UNDO"; fi
}

# -- before anything is changed -------------------------------------------------------------------------------------

check_machine() {
    step "Cette machine"
    case $ROOT in *[!A-Za-z0-9/._-]*) fail "le chemin $ROOT contient un caractère que systemd ne prend pas tel quel." \
        "déplacez ce dossier, par exemple dans /opt/kiosk, puis relancez." ;; esac
    [ -z "$dry" ] || { step_done "essai à blanc, rien n'est changé"; return 0; }
    [ "$(id -u)" = 0 ] || fail "« --kiosk » change le système et demande les droits de root." \
        "relancez : sudo bash $ROOT/install.sh --kiosk"
    command -v systemctl >/dev/null || fail "systemd n'est pas là." "ce mode demande Debian 12, Ubuntu 22.04 ou plus récents."
    if [ -n "$uninstall" ]; then
        step_done "systemd est là"
        return 0
    fi
    check_place
    check_account
    step_done "systemd est là, le dossier convient"
}

# What the service runs must be where it can read it and where nobody but root can change it.
check_place() {
    local folder=$ROOT remedy="déplacez ce dossier dans /opt/kiosk (sudo mv $ROOT /opt/kiosk), puis relancez de là."
    case $ROOT/ in /home/* | ~root/* | /tmp/* | /var/tmp/* | /run/*)
        fail "le service ne voit pas $ROOT : les dossiers personnels et temporaires lui sont fermés." "$remedy" ;; esac
    while [ "$folder" != "" ]; do
        folder=${folder%/*}
        case $(stat -c '%u %A' "${folder:-/}") in
            "0 d"????-??-*) ;;
            *) fail "d'autres que root peuvent changer ${folder:-/}, donc le programme." "$remedy" ;;
        esac
    done
}

check_account() {
    local shell
    getent passwd "$ACCOUNT" >/dev/null || return 0
    shell=$(getent passwd "$ACCOUNT" | cut -d: -f7)
    case $shell in
        */nologin | */false) ;;
        *) fail "un compte « $ACCOUNT » existe déjà et peut ouvrir une session ($shell)." \
            "renommez ou supprimez ce compte (userdel $ACCOUNT) s'il ne sert pas, puis relancez." ;;
    esac
}

code_is_set() {
    sed -n '/^\[waiting\]/,/^\[[^w]/p' "$SETTINGS/kiosk.toml" 2>/dev/null |
        grep -Eq "^[[:blank:]]*code[[:blank:]]*=[[:blank:]]*(\"[^\"]|'[^'])"
}

# Asked for before the long steps. What is typed is neither shown nor logged nor given to another program as an argument.
ask_code() {
    local again
    if [ "$code" = - ]; then IFS= read -r code || true; fi
    if [ -z "$code" ]; then
        if [ -n "$dry" ] || code_is_set; then return 0; fi
        [ -t 0 ] || fail "aucun code d'équipe n'est réglé : sans lui, personne ne peut fermer la salle d'attente." \
            "donnez-le sur l'entrée : sudo bash ./install.sh --kiosk --code - <FICHIER"
        printf 'Code de l%séquipe, 4 à 64 caractères (rien ne s%saffiche) : ' "'" "'" >&2
        IFS= read -rs code
        printf '\nLe même, une seconde fois : ' >&2
        IFS= read -rs again
        say ""
        [ "$code" = "$again" ] || fail "les deux codes diffèrent." "relancez et tapez deux fois le même."
    fi
    if [ "${#code}" -lt 4 ] || [ "${#code}" -gt 64 ]; then
        fail "le code doit avoir 4 à 64 caractères." "choisissez-en un autre, puis relancez."
    fi
    case $code in *[!A-Za-z0-9._+-]*) fail "le code contient autre chose que des lettres sans accent, des chiffres et . _ + -" \
        "choisissez-en un que tout clavier tape, puis relancez." ;; esac
}

# -- the parts ------------------------------------------------------------------------------------------------------

choose_screen() {
    if [ -z "$screen" ] && cage_stands_still; then
        say "  cage 0.1.4, celui de cette machine, fige l'image : la console est prise, qui n'écrit que les langues latines.
  Pour l'essayer malgré cela : --screen cage."
        screen=console
    fi
    screen=${screen:-cage}
    [ -z "$dry" ] || return 0
    if [ "$screen" = cage ] && ! { command -v cage && command -v foot && command -v seatd; } >/dev/null; then
        fail "cage, foot ou seatd manque." "installez-les (apt-get install cage foot seatd), puis relancez ; ou prenez la
    console, pour les langues latines seulement : sudo ./install.sh --kiosk --screen console"
    fi
}

# A caption that stays on the screen while people go on speaking is worse than none.
cage_stands_still() { is_installed cage && dpkg --compare-versions "$(dpkg-query -W -f '${Version}' cage)" lt 0.1.5; }

account() {
    step "Compte et fichiers"
    if [ -n "$dry" ] || ! getent passwd "$ACCOUNT" >/dev/null; then
        as_root useradd --system --user-group --home-dir "$STATE" --no-create-home --shell /usr/sbin/nologin "$ACCOUNT" ||
            fail "le compte $ACCOUNT ne peut pas être créé." "lisez la raison ci-dessus, puis relancez."
    fi
    as_root chown -R root:root "$ROOT"
    as_root chmod -R u+rwX,go+rX,go-w "$ROOT"
    as_root install -d -m 0700 -o "$ACCOUNT" -g "$ACCOUNT" "$STATE" "$STATE/data"
    as_root chown -R "$ACCOUNT:$ACCOUNT" "$STATE"
    if [ -z "$dry" ] && ! as_account "$ROOT/.venv/bin/kiosk" --version >/dev/null 2>&1; then
        fail "le compte $ACCOUNT ne peut pas lancer le programme : le Python de $ROOT/.venv ($(readlink -f .venv/bin/python))
    est dans un dossier qu'il ne peut pas lire." "supprimez $ROOT/.venv, installez python3 et python3-venv, puis relancez."
    fi
    step_done "$ACCOUNT, sans shell ni mot de passe ; $ROOT appartient à root"
}

as_account() {
    (cd / && setpriv --reuid="$ACCOUNT" --regid="$ACCOUNT" --init-groups --inh-caps=-all --no-new-privs \
        env -i PATH=/usr/bin:/bin HOME="$STATE" LANG=C.UTF-8 "$@")
}

settings() {
    step "Réglages"
    as_root install -d -m 0750 -o root -g "$ACCOUNT" "$SETTINGS"
    if [ -n "$dry" ] || [ ! -f "$SETTINGS/kiosk.toml" ]; then
        as_root install -m 0640 -o root -g "$ACCOUNT" kiosk.example.toml "$SETTINGS/kiosk.toml"
    fi
    # A removal that kept them gave them to root alone.
    as_root chown "root:$ACCOUNT" "$SETTINGS/kiosk.toml"
    as_root chmod 0640 "$SETTINGS/kiosk.toml"
    if [ -n "$code" ] && [ -z "$dry" ]; then set_code; fi
    if [ -n "$dry" ] || [ ! -f "$SETTINGS/foot.ini" ]; then
        as_root install -m 0644 setup/service/foot.ini "$SETTINGS/foot.ini"
    fi
    if [ -n "$dry" ] || [ ! -f "$SETTINGS/service.env" ]; then
        printf '# Clavier du kiosque (XKB) et variables KIOSK_… du service.\nXKB_DEFAULT_LAYOUT=%s\n' "$(keyboard)" |
            write 0644 root:root "$SETTINGS/service.env"
    fi
    printf '%s\n' "$screen" | write 0644 root:root "$SETTINGS/screen"
    filled <setup/service/kiosk-admin | write 0755 root:root "$ADMIN"
    step_done "$SETTINGS (ce qui y était est gardé)"
}

keyboard() { sed -n 's/^XKBLAYOUT="\{0,1\}\([a-z,]*\)"\{0,1\}$/\1/p' /etc/default/keyboard 2>/dev/null | grep . || echo fr; }

# Makes the code the only one in [waiting] of kiosk.toml, in the place of the first line of one, commented or not; given to
# awk through its environment, which other accounts cannot read.
set_code() {
    CODE=$code awk '
        /^\[/ { waiting = ($0 ~ /^\[waiting\]/) }
        waiting && /^[ \t]*#?code[ \t]*=/ { if (!done++) print "code = \"" ENVIRON["CODE"] "\""; next }
        { print }
        END { if (!done) exit 3 }' "$SETTINGS/kiosk.toml" | write 0640 "root:$ACCOUNT" "$SETTINGS/kiosk.toml" ||
        fail "$SETTINGS/kiosk.toml n'a pas de ligne « code » dans [waiting]." "ajoutez-la (voir kiosk.example.toml), puis relancez."
}

# set_sysrq NUMBER: now; from the next start on, what stands in /etc/sysctl.d does.
set_sysrq() { [ -n "$dry" ] || [ -z "$1" ] || ! [ -w "$SYSRQ" ] || printf '%s\n' "$1" >"$SYSRQ" 2>/dev/null || true; }

service() {
    local name was
    step "Service"
    for name in $MASKED; do
        if [ -n "$dry" ] || [ "$(systemctl is-enabled "$name" 2>/dev/null)" != masked ]; then
            remember mask "$name"
            as_root systemctl --quiet mask "$name"
        fi
    done
    was=$(systemctl get-default 2>/dev/null || true)
    if [ "$was" = graphical.target ]; then
        remember target "$was" # the desktop would take the same screen
        as_root systemctl --quiet set-default multi-user.target
    fi
    printf '# Written by install.sh --kiosk.\n[Manager]\nCtrlAltDelBurstAction=none\n' |
        write 0644 root:root /etc/systemd/system.conf.d/50-kiosk.conf
    printf '# Written by install.sh --kiosk: no login on another console.\n[Login]\nNAutoVTs=0\nReserveVT=0\n' |
        write 0644 root:root /etc/systemd/logind.conf.d/50-kiosk.conf
    # Debian has 438: Alt+Print+R took the keyboard back from cage, and Ctrl+Alt+F3 showed an empty console.
    grep -qs "^sysrq " "$UNDO" || remember sysrq "$(cat "$SYSRQ" 2>/dev/null)"
    printf '# Written by install.sh --kiosk: no system key (Alt+Print).\nkernel.sysrq = 0\n' |
        write 0644 root:root /etc/sysctl.d/50-kiosk.conf
    set_sysrq 0
    unit "$screen" | write 0644 root:root "$UNIT"
    if [ "$screen" = cage ] && [ "$(systemctl is-enabled seatd.service 2>/dev/null)" != enabled ]; then
        remember enable seatd.service
        as_root systemctl --quiet enable seatd.service
    fi
    if systemd_runs; then as_root systemctl daemon-reload; fi
    as_root systemctl --quiet enable kiosk.service || fail "systemd refuse le service." "lisez la raison ci-dessus, puis relancez."
    if [ -z "$start" ] || ! systemd_runs; then
        step_done "installé ; il s'ouvrira au prochain démarrage"
        return 0
    fi
    close_consoles # before: who installs on tty1 loses it to the kiosk, and this script with it
    if [ "$screen" = cage ]; then as_root systemctl start seatd.service; fi
    as_root systemctl restart kiosk.service || fail "le service ne s'ouvre pas." "lisez « journalctl -u kiosk -n 30 », puis relancez."
    stays_open || fail "le service s'est fermé aussitôt ouvert ; il réessaie." \
        "lisez « journalctl -u kiosk -n 30 » et « sudo kiosk-admin doctor », corrigez, puis relancez."
    step_done "installé, et ouvert sur l'écran$still"
}

# False where it ended, or was started again, within five seconds of its start.
stays_open() {
    local before
    before=$(restarts)
    sleep 5
    systemctl is-active --quiet kiosk.service && [ "$(restarts)" = "$before" ]
}

restarts() { systemctl show --property=NRestarts --value kiosk.service; }

reload_logind() { as_root systemctl kill -s HUP systemd-logind.service || true; }

# The other consoles give a login until logind has read that they must not, and then where one is open. Sets $still.
close_consoles() {
    local number
    still=""
    reload_logind
    for number in 2 3 4 5 6; do
        if loginctl list-sessions --no-legend 2>/dev/null | grep -qw "tty$number"; then
            still="$still
  Quelqu'un est connecté sur la console $number : elle n'est fermée qu'au prochain démarrage."
        else
            as_root systemctl --quiet stop "getty@tty$number.service" 2>/dev/null || true
        fi
    done
}
