# shellcheck shell=bash
# System packages for install.sh: finds what is missing, installs it where this account may, and otherwise gives the
# command to whoever may. Reads $verb, $from, $environment, $python and $uv; sets $python, and for a bundle $gaps.

readonly TEST_PACKAGES="asterisk-core-sounds-en-g722 asterisk-core-sounds-fr-g722 libasound2-plugins pulseaudio-utils
    shellcheck strace tmux"

# What a machine needs that shows the kiosk alone: a screen, a terminal for every script, sound that can be set.
readonly KIOSK_PACKAGES="cage foot seatd alsa-utils fonts-dejavu-core fonts-noto-core fonts-wqy-microhei kbd console-setup-linux"

gaps="" # what a bundle lacks, a line each

has_debs() { [ -n "$from" ] && [ -f "$from/debs/Packages" ]; }

is_installed() { [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]; }

# By the bundle where there is one: apt's own lists say nothing of what it carries.
is_offered() {
    if has_debs; then
        grep -qx "Package: $1" "$from/debs/Packages"
        return
    fi
    case $(LC_ALL=C apt-cache policy "$1" 2>/dev/null) in
        *"Candidate: (none)"*) return 1 ;;
        *"Candidate: "*) return 0 ;;
        *) return 1 ;;
    esac
}

apt_get() { $sudo env DEBIAN_FRONTEND=noninteractive LC_ALL=C apt-get -y -o DPkg::Lock::Timeout=120 "$@"; }

# Prints the packages that the environment needs: none; what makes the environment that uv lives in; or a whole Python.
python_packages() {
    local name
    [ -z "$environment" ] || return 0
    if [ -n "$python" ]; then
        if [ -z "$uv" ] && ! "$python" -c 'import ensurepip' 2>/dev/null; then
            "$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])'
        fi
        return 0
    fi
    for name in $(python_names); do
        if is_offered "$name-venv"; then
            printf '%s %s-venv' "$name" "$name"
            return 0
        fi
    done
    # Not known yet, or too old or too new here: uv will fetch one, and this one fetches uv.
    [ -n "$uv" ] || printf 'python3 python3-venv'
}

# missing_among PACKAGE...
missing_among() {
    local name
    for name in "$@"; do is_installed "$name" || printf ' %s' "$name"; done
}

# may_install LIST: false where this account may not install packages. Sets $sudo.
may_install() {
    sudo=""
    [ "$(id -u)" != 0 ] || return 0
    command -v sudo >/dev/null || return 1
    sudo=sudo
    if sudo -n true 2>/dev/null; then return 0; fi
    [ -t 0 ] || return 1
    say "$heading : votre mot de passe est demandé pour installer :$1"
    sudo -v
}

# install_packages ESSENTIAL OPTIONAL
install_packages() {
    local name essential offered=""
    if has_debs; then
        # shellcheck disable=SC2046,SC2086  # lists of package names
        install_carried_packages "$from/debs" $(missing_among $1 $2 $(python_packages))
        return 0
    fi
    quietly "liste des paquets" apt_get update || true # one source that is broken must not stop the others
    essential="$1 $(python_packages)" # once more: on a machine just made, the list of what is offered was empty
    # shellcheck disable=SC2086
    for name in $(missing_among $essential $2); do
        if is_offered "$name"; then
            offered="$offered $name"
            continue
        fi
        case " $essential " in *" $name "*) fail_as_logged "apt ne propose pas le paquet $name." \
            "ajoutez la source qui le contient (Ubuntu : « sudo add-apt-repository universe »), puis relancez." ;; esac
        say "  Absent des sources d'apt, facultatif : $name"
    done
    # shellcheck disable=SC2086
    [ -z "$offered" ] || quietly "installation de$offered" apt_get install --no-install-recommends --no-remove $offered ||
        fail_as_logged "apt n'a pas pu installer :$offered"
    if [ -z "$environment" ]; then python=$(find_python); fi
    step_done "installé :${offered:- rien}"
}

# bundle_system FOLDER: what another machine needs besides this program, its libraries and models.
bundle_system() {
    local sudo="" carried=""
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then quietly "liste des paquets" apt_get update || true; fi
    bundle_python "$1"
    # shellcheck disable=SC2086  # a list of package names
    bundle_packages "$1/debs" $carried
}

# bundle_python FOLDER: names the Python that the libraries in it are for, and carries it if uv fetched it. Sets $carried,
# the packages of one of apt's.
bundle_python() {
    local path name
    path=$(readlink -f .venv/bin/python)
    name=${path##*/}
    rm -f "$1/python.tar.gz"
    printf '%s\n' "$name" >"$1/python"
    case $path in
        */cpython-3.*/bin/*) # as one file: a stick in FAT has no links
            path=${path%/bin/*}
            quietly "Python" tar -czf "$1/python.tar.gz" -C "${path%/*}" "${path##*/}" ||
                fail_as_logged "Python n'a pas pu être copié."
            return 0 ;;
    esac
    if is_offered "$name-venv"; then
        carried="$name $name-venv"
    elif command -v apt-get >/dev/null; then
        gaps="$gaps
  - Python : ni apt ni uv n'ont donné $path ; l'autre machine doit avoir son propre $name."
    fi
}

# bundle_packages FOLDER PACKAGE...: these and what apt would install on a machine that has nothing, so that another needs
# no network. What cannot be had leaves what was there before.
bundle_packages() {
    local folder=$1
    shift
    command -v apt-get >/dev/null && command -v sha256sum >/dev/null || return 0
    rm -rf "$folder.new"
    mkdir -p "$folder.new/partial"
    # shellcheck disable=SC2086  # a list of package names
    if ! quietly "paquets du système" apt_get -o Dir::State::status=/dev/null -o Dir::Cache::archives="$folder.new" \
        -o Debug::NoLocking=1 --download-only install --no-install-recommends \
        libportaudio2 ca-certificates python3 python3-venv "$@" $KIOSK_PACKAGES; then
        rm -rf "$folder.new"
        gaps="$gaps
  - paquets du système : apt ne les donne pas (voir $LOG ; avec sudo, ses listes sont d'abord renouvelées) ; l'autre machine
    $(if [ -d "$folder" ]; then echo "prendra ceux du lot d'avant."; else echo "les demandera à apt."; fi)"
        return 0
    fi
    rm -rf "$folder.new/partial" "$folder.new/lock"
    (cd -- "$folder.new" && index_of ./*.deb >Packages)
    rm -rf "$folder"
    mv "$folder.new" "$folder"
}

# index_of DEB...: prints what apt asks of a source, each package's hash among it.
index_of() {
    local deb
    for deb in "$@"; do
        dpkg-deb -f "$deb"
        printf 'Filename: %s\nSize: %s\nSHA256: %s\n\n' "$deb" "$(stat -c %s "$deb")" "$(sha256sum "$deb" | cut -d' ' -f1)"
    done
}

# install_carried_packages FOLDER PACKAGE...: from a bundle, as the only source that apt sees; apt compares the hashes.
install_carried_packages() {
    local folder=$1 lists
    shift
    lists=$(mktemp -d)
    mkdir -p "$lists/received/partial" # apt empties this one of all that it does not know
    printf 'deb [trusted=yes] file:%s ./\n' "${folder// /%20}" >"$lists/carried.list"
    chmod -R go+rX "$lists"
    set -- -o Dir::Etc::SourceList="$lists/carried.list" -o Dir::Etc::SourceParts=/dev/null -o Dir::State::Lists="$lists/received/" \
        -o APT::Sandbox::User=root -- "$@"
    if ! quietly "liste des paquets du dossier" apt_get "${@:1:8}" update ||
        ! quietly "installation des paquets du dossier" apt_get "${@:1:8}" install --no-install-recommends --no-remove \
            "${@:10}"; then
        rm -rf "$lists"
        fail_as_logged "apt n'a pas pu installer les paquets du dossier." \
            "refaites le dossier sur une machine de la même version du système, aussi à jour que celle-ci, puis relancez."
    fi
    rm -rf "$lists"
    if [ -z "$environment" ]; then python=$(find_python); fi
    step_done "installé depuis le dossier :$(printf ' %s' "${@:10}")"
}

# packages_refused MISSING ESSENTIAL: stops only where the rest could not work.
packages_refused() {
    local name stop="" command="sudo apt-get update && sudo apt-get install -y --no-install-recommends$1"
    if [ -z "$environment$uv" ]; then stop=$(python_packages); fi
    for name in $2; do case "$1 " in *" $name "*) stop=$name ;; esac done
    if [ -n "$stop" ]; then
        fail "il manque :$1, et ce compte ne peut pas les installer." "faites lancer cette commande, puis relancez :
    $command"
    fi
    step_done "manquent, sans empêcher la suite :$1. Pour les installer :
    $command"
}

system_packages() {
    local essential="libportaudio2" optional="ca-certificates" missing spared=""
    case $verb in
        demo) essential="" optional="ca-certificates libportaudio2" ;; # a recording needs no microphone
        test)
            optional="$optional $TEST_PACKAGES pulseaudio"
            if is_installed pipewire-alsa; then optional="${optional% pulseaudio}" spared=yes; fi ;;
        check) essential="" optional="ca-certificates shellcheck" ;;
        --kiosk)
            if [ "${screen:-cage}" = cage ]; then optional="$optional $KIOSK_PACKAGES"; else optional="$optional alsa-utils kbd console-setup-linux"; fi ;;
    esac
    step "Paquets du système"
    case $(uname -s) in
        Linux) ;;
        Darwin)
            step_done "macOS, rien à installer : PortAudio vient avec les bibliothèques Python.
  Autorisez le micro pour votre terminal (Réglages > Confidentialité). Python manque ? « brew install python@3.12 ».
  Les tests au micro virtuel ne tournent que sous Linux."
            return 0 ;;
        *) fail "ce système n'est pas pris en charge." "utilisez Debian 12 ou plus, Ubuntu 22.04 ou plus, ou macOS." ;;
    esac
    if ! command -v apt-get >/dev/null || ! command -v dpkg-query >/dev/null; then
        step_done "distribution sans apt, non vérifiée : installez vous-même PortAudio et Python 3.11 à 3.13."
        return 0
    fi
    # The two cannot be installed together, and a desktop must keep its sound.
    [ -z "$spared" ] || say "$heading : PipeWire est gardé, donc pas de pulseaudio : les tests au micro virtuel échoueront ici."
    # shellcheck disable=SC2046,SC2086  # lists of package names
    missing=$(missing_among $essential $optional $(python_packages))
    if [ -z "$missing" ]; then
        step_done "déjà là"
    elif may_install "$missing"; then
        install_packages "$essential" "$optional"
    else
        packages_refused "$missing" "$essential"
    fi
}
