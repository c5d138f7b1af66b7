# shellcheck shell=bash
# What the person sees of install.sh: one line a step, and for a failure its cause and its remedy. All of it goes to the
# error output, so that what the demonstration prints can be piped. Sourced from the root of the project.

readonly LOG=logs/install.log

steps=4
step_number=0
step_started=0
heading="Installation"
ticker=""
log_started=""

say() { printf '%s\n' "$*" >&2; }

# step NAME
step() {
    step_number=$((step_number + 1))
    heading="[$step_number/$steps] $1"
    step_started=$SECONDS
}

# step_done RESULT
step_done() {
    local seconds=$((SECONDS - step_started)) lasted=""
    if [ "$seconds" -ge 2 ]; then lasted=" ($seconds s)"; fi
    say "$heading : $1$lasted"
}

# fail CAUSE REMEDY
fail() {
    say "$heading : échec."
    say "  Cause : $1"
    say "  Que faire : $2"
    exit 1
}

# tick DOING
tick() {
    local begun=$SECONDS
    while :; do
        printf '\r%s : %s … %d s ' "$heading" "$1" $((SECONDS - begun)) >&2
        sleep 1
    done
}

stop_ticking() {
    [ -n "$ticker" ] || return 0
    kill "$ticker" 2>/dev/null || true
    wait "$ticker" 2>/dev/null || true
    ticker=""
    printf '\r\033[K' >&2
}

# interrupted STATUS
interrupted() {
    stop_ticking
    say ""
    say "Interrompu. Relancez la même commande : elle reprendra où elle en était."
    exit "$1"
}

trap stop_ticking EXIT
trap 'interrupted 130' INT
trap 'interrupted 143' HUP TERM

start_log() {
    [ -z "$log_started" ] || return 0
    if ! { mkdir -p "${LOG%/*}" && : >"$LOG"; } 2>/dev/null; then
        fail "le dossier $ROOT n'est pas accessible en écriture." \
            "relancez avec le compte qui possède ce dossier, ou copiez-le dans votre dossier personnel."
    fi
    log_started=yes
}

# quietly DOING COMMAND...: runs it with its output in the log, saying meanwhile what is being done.
quietly() {
    local doing=$1 status=0
    shift
    start_log
    if [ -t 2 ]; then
        tick "$doing" &
        ticker=$!
    else
        say "$heading : $doing …"
    fi
    printf '\n$ %s\n' "$*" >>"$LOG"
    "$@" </dev/null >>"$LOG" 2>&1 || status=$?
    stop_ticking
    return "$status"
}

# fail_as_logged CAUSE [REMEDY]: finds the remedy in what the last command wrote; REMEDY is for what is not known there.
fail_as_logged() {
    local remedy
    tail -n 12 "$LOG" | sed 's/^/  | /' >&2
    case $(tail -n 30 "$LOG") in
        *"No space left"*) remedy="libérez de la place sur le disque, puis relancez." ;;
        *"Could not get lock"* | *"is another process using it"* | *"Unable to acquire"*)
            remedy="une autre installation est en cours (mises à jour ?) : attendez sa fin, puis relancez." ;;
        *"remove is disabled"*)
            remedy="ces paquets en chasseraient d'autres, ce qui n'est pas fait sans vous : installez-les vous-même, puis relancez." ;;
        *"unmet dependencies"*)
            remedy="ces paquets ne vont pas avec ceux de cette machine : mettez-la à jour (« sudo apt-get upgrade ») ou, avec
    --from, refaites le dossier sur une machine de la même version, aussi à jour qu'elle ; puis relancez." ;;
        *"dpkg was interrupted"*) remedy="lancez « sudo dpkg --configure -a », puis relancez." ;;
        *"ash mismatch"* | *"DO NOT MATCH THE HASHES"*)
            remedy="un fichier reçu n'est pas celui attendu : vérifiez d'où viennent les paquets, puis relancez." ;;
        *"Permission denied"* | *"Read-only file system"*)
            remedy="relancez avec le compte qui possède le dossier $ROOT." ;;
        *CERTIFICATE_VERIFY_FAILED* | *"invalid peer certificate"* | *UnknownIssuer*)
            remedy="le réseau déchiffre les échanges avec un certificat inconnu de cette machine : ajoutez-le au système
    (/usr/local/share/ca-certificates, puis update-ca-certificates) ou réglez SSL_CERT_FILE, puis relancez." ;;
        *resolv* | *"dns error"* | *onnect* | *"timed out"* | *"error sending request"* | *"No matching distribution"*)
            remedy="vérifiez la connexion au réseau, puis relancez. Sans réseau : « ./install.sh --help », option --from." ;;
        *) remedy=${2:-"lisez la fin du journal $ROOT/$LOG, puis relancez."} ;;
    esac
    fail "$1" "$remedy"
}
