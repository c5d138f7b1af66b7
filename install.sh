#!/usr/bin/env bash
# Installs the kiosk into its own folder, then starts what was asked for. Each step does only what is missing, so that
# running it again, after an interruption too, costs nothing and needs no network.
# Kept to what bash 3.2 understands, since that is what macOS ships.
set -euo pipefail

CALLER=$PWD
ROOT=$(cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
readonly CALLER ROOT
cd -- "$ROOT"
# Packages from elsewhere must not shadow the locked ones.
unset PYTHONPATH PYTHONHOME
# What root installs is for every account: neither root's own mask nor a Python in root's own folder.
[ "$(id -u)" != 0 ] || umask 022
export UV_PYTHON_INSTALL_DIR="$ROOT/.uv/python"

usage() {
    cat <<'AIDE'
Installe et lance le kiosque de sous-titres bilingues. Peut être relancé sans risque à tout moment.

  ./install.sh                 installe : paquets du système, environnement Python, modèles
  ./install.sh demo            installe ce qui manque, puis joue la consultation d'exemple
                               (sans terminal : affiche les sous-titres bilingues)
  ./install.sh run [OPTIONS]   installe ce qui manque, puis ouvre le kiosque ; OPTIONS : voir « kiosk run --help »
  ./install.sh test [OPTIONS]  installe ce qu'il faut aux tests et les lance ; OPTIONS : celles de pytest
  ./install.sh check           vérifie la forme du code : ruff, mypy, import-linter, shellcheck
  ./install.sh bundle DOSSIER  prépare un dossier pour installer sans réseau des machines semblables : programme,
                               bibliothèques, modèles et paquets du système
  ./install.sh --kiosk         (root) fait de cette machine un kiosque : plein écran dès le démarrage, sans autre accès
      --screen cage|console    l'écran : cage (toutes les écritures), ou la console (langues latines)
      --code CODE|-            le code d'équipe ; « - » le lit sur l'entrée ; sans lui, il est demandé une fois
      --no-start               n'ouvre pas le kiosque avant le prochain démarrage
      --dry-run                montre ce qui serait fait et écrit, sans rien changer
      --uninstall [--purge]    défait tout cela ; garde les réglages et les phrases signées, sauf avec --purge
  ./install.sh --help          affiche cette aide

  --from DOSSIER, placé en premier : prend tout dans un dossier préparé par « bundle », sans réseau.
  Exemple : ./install.sh --from /media/cle/kiosque run
AIDE
}

# wrong_usage MESSAGE
wrong_usage() {
    printf '%s\n\n' "$1" >&2
    usage >&2
    exit 2
}

# shellcheck source=setup/progress.sh
. setup/progress.sh
# shellcheck source=setup/system.sh
. setup/system.sh
# shellcheck source=setup/environment.sh
. setup/environment.sh
# shellcheck source=setup/service.sh
. setup/service.sh
# shellcheck source=setup/removal.sh
. setup/removal.sh

install_parts() {
    chmod a+x install.sh setup/service/session 2>/dev/null || true # a stick in FAT, as a desktop mounts it, keeps no such bit
    look_around
    system_packages
    python_and_uv
    python_environment
    if [ "$verb" != check ]; then models; fi
    say "Tout est en place ($SECONDS s)."
}

demo() {
    local recording=assets/demo/consultation.flac
    if [ -t 0 ] && [ -t 1 ]; then exec .venv/bin/kiosk run --input "$recording" --languages fr,en; fi
    exec .venv/bin/kiosk caption "$recording" --languages fr,en --format text
}

# Every check runs, so that one round shows all that is wrong.
check() {
    local wrong=0
    if command -v shellcheck >/dev/null; then shellcheck -x -a install.sh .ci/run || wrong=1; fi
    .venv/bin/ruff check || wrong=1
    .venv/bin/ruff format --check || wrong=1
    .venv/bin/mypy || wrong=1
    .venv/bin/lint-imports --no-logo || wrong=1
    return "$wrong"
}

# bundle FOLDER: fills it with what `--from` reads on a machine of the same kind (processor, system, Python).
bundle() {
    step "Dossier à emporter"
    mkdir -p "$1/wheels" 2>/dev/null || fail "le dossier $1 ne peut pas être créé." "choisissez-en un autre."
    quietly "bibliothèques Python" .venv/bin/python -m pip download --disable-pip-version-check --no-deps \
        --only-binary :all: --require-hashes -r requirements.lock -r requirements-uv.lock -d "$1/wheels" ||
        fail_as_logged "les bibliothèques Python n'ont pas pu être copiées."
    .venv/bin/kiosk models bundle "$1/models" >&2 ||
        fail "les modèles n'ont pas pu être copiés (raison ci-dessus)." "corrigez, puis relancez."
    bundle_system "$1"
    bundle_program "$1/programme"
    # One fingerprint for all of it, to be compared with what was noted where it was made.
    (cd -- "$1" && find . -type f ! -path ./SHA256SUMS -print0 | LC_ALL=C sort -z | xargs -0 sha256sum >SHA256SUMS)
    step_done "prêt${gaps:+, mais INCOMPLET (voir plus bas)}. Empreinte du dossier (celle de son fichier SHA256SUMS) :
    $(sha256sum <"$1/SHA256SUMS" | cut -d' ' -f1)
  Sur l'autre machine : copiez DOSSIER/programme, par exemple en /opt/kiosk, puis là : bash ./install.sh --from DOSSIER"
    [ -z "$gaps" ] || { say "  Manquent :$gaps"; return 1; }
}

# bundle_program FOLDER: this project, without what a machine makes for itself.
bundle_program() {
    rm -rf "$1"
    mkdir -p "$1"
    tar -c --exclude='./.[!c]*' --exclude=__pycache__ --exclude='*.egg-info' --exclude=./kiosk.toml --exclude=./logs \
        --exclude=./models/whisper --exclude=./models/argos --exclude=./models/firefox --exclude=./models/downloads . |
        tar -x --no-same-owner -C "$1" # a stick keeps no owner, and as root tar would stop at that
}

# A machine for the kiosk alone: see setup/service.sh.
kiosk_mode() {
    local whole=yes
    if [ -n "$dry$uninstall" ]; then whole=""; fi
    steps=4
    if [ -n "$whole" ]; then steps=8; fi
    if [ -n "$uninstall" ]; then steps=2; fi
    check_machine
    if [ -n "$uninstall" ]; then
        uninstall_service
        return 0
    fi
    ask_code
    if [ -n "$whole" ]; then
        # What another account runs must be readable by it: no Python of root's own.
        export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
        install_parts
    fi
    choose_screen
    account
    settings
    service
    if [ -z "$dry" ]; then say "Pour vérifier : sudo kiosk-admin doctor. Pour tout défaire : sudo ./install.sh --kiosk --uninstall."; fi
}

# Prints a path given by the caller so that it holds from here.
absolute() { case $1 in /*) printf '%s' "$1" ;; *) printf '%s/%s' "$CALLER" "$1" ;; esac }

# really FOLDER: its path without links; of one that is not there yet, that of the nearest folder above it.
really() {
    local place=$1
    while [ ! -d "$place" ]; do place=$(dirname -- "$place"); done
    (cd -P -- "$place" && pwd)
}

# bundle_target FOLDER: refuses one in this project, which would be copied into itself, or whose « programme » is or
# holds this project, which would be deleted before it is copied.
bundle_target() {
    local target part
    target=$(absolute "$1")
    for part in "" /wheels /models /debs /programme; do
        case $(really "$target$part")/ in
            "$ROOT"/*) wrong_usage "« $1 » est dans le dossier du programme, qui se copierait en lui-même.
Donnez un dossier ailleurs, par exemple sur une clé : ./install.sh bundle /media/cle/kiosque" ;;
        esac
    done
    [ -d "$target/programme" ] || return 0
    case $ROOT/ in
        "$(really "$target/programme")"/*) wrong_usage "« $1/programme » serait remplacé, et ce programme est dedans.
Donnez un autre dossier, par exemple sur une clé : ./install.sh bundle /media/cle/kiosque" ;;
    esac
}

# install_from FOLDER: lets uv and pip see nothing but it.
install_from() {
    from=$(absolute "$1")
    if [ ! -d "$from/wheels" ] || [ ! -d "$from/models" ]; then
        wrong_usage "« $1 » n'est pas un dossier préparé par « ./install.sh bundle »."
    fi
    local wheels="file://${from// /%20}/wheels" # an address, because pip cuts a list of folders at its spaces
    export UV_OFFLINE=1 UV_FIND_LINKS="$wheels" PIP_NO_INDEX=1 PIP_FIND_LINKS="$wheels"
}

from=""
if [ "${1:-}" = --from ]; then
    [ $# -ge 2 ] || wrong_usage "« --from » attend un dossier."
    install_from "$2"
    shift 2
fi
verb=${1:-install}
[ $# = 0 ] || shift

case $verb in
    install | demo | check)
        [ $# = 0 ] || wrong_usage "« $verb » ne prend pas d'option : « $* »." ;;
    bundle)
        [ $# = 1 ] || wrong_usage "« bundle » attend un dossier."
        bundle_target "$1" ;;
    run | test) ;;
    --kiosk) service_options "$@" ;;
    -h | --help | help)
        usage
        exit 0 ;;
    *) wrong_usage "Demande inconnue : « $verb »." ;;
esac

case $verb in
    install)
        install_parts
        say "Pour essayer : ./install.sh demo. Pour ouvrir le kiosque : ./install.sh run." ;;
    demo)
        install_parts
        demo ;;
    run)
        install_parts
        cd -- "$CALLER" # recordings are named from where the person stands
        exec "$ROOT/.venv/bin/kiosk" run "$@" ;;
    test)
        install_parts
        exec .venv/bin/python -m pytest "$@" ;;
    check)
        steps=3
        install_parts
        check ;;
    --kiosk) kiosk_mode ;;
    bundle)
        steps=5
        install_parts
        bundle "$(absolute "$1")" ;;
esac
