# shellcheck shell=bash
# Python, uv, the locked environment and the models for install.sh. Reads $verb and $from; sets $lock, $environment
# ("right" or empty), $python and $uv (paths, or empty where there is none).

# What the environment was made from; written last, so that its presence means that nothing is missing.
readonly STAMP=.venv/kiosk-install
readonly NEEDED_MB=2000

# Trust what the system trusts, as pip does here: some networks put a certificate of their own before every server.
export UV_SYSTEM_CERTS="${UV_SYSTEM_CERTS:-1}" UV_NATIVE_TLS="${UV_NATIVE_TLS:-1}" # the second name is for uv before 0.10

# Prints the Pythons that suit, the best first: a bundle's libraries are for one.
python_names() { if [ -n "$from" ] && [ -f "$from/python" ]; then cat "$from/python"; else echo python3.13 python3.12 python3.11; fi; }

python_suits() {
    local name
    name=$("$1" -c 'import sys; print("python%d.%d" % sys.version_info[:2])' 2>/dev/null) || return 1
    case " $(python_names) " in *" $name "*) ;; *) return 1 ;; esac
}

# Prints the path of the interpreter itself, not of a shim or of an activated environment.
find_python() {
    local name
    for name in $(python_names) python3; do
        if python_suits "$name"; then
            "$name" -c 'import sys; print(getattr(sys, "_base_executable", None) or sys.executable)'
            return 0
        fi
    done
}

# Prints a uv that can build this project: what [build-system] in pyproject.toml asks for.
find_uv() {
    local name version
    for name in .uv/bin/uv uv; do
        version=$("$name" --version 2>/dev/null) || continue
        case ${version#uv } in
            0.[0-8].*) ;;
            0.*)
                printf '%s' "$name"
                return 0 ;;
        esac
    done
}

fingerprint() {
    printf '%s\n%s\n' "$ROOT" "$lock"
    cat "$lock" pyproject.toml
}

look_around() {
    environment="" python="" uv=""
    lock=requirements.lock
    # Development tools, once there, are kept.
    case $verb:$(sed -n 2p "$STAMP" 2>/dev/null) in
        test:* | check:* | *:requirements-dev.lock) lock=requirements-dev.lock ;;
    esac
    if python_suits .venv/bin/python && fingerprint | cmp -s - "$STAMP"; then
        environment=right
    else
        python=$(find_python)
        uv=$(find_uv)
    fi
}

python_and_uv() {
    step "Python et uv"
    if [ -n "$environment" ]; then
        step_done "déjà là"
        return 0
    fi
    if [ -z "$uv" ]; then
        rm -rf .uv
        quietly "installation de uv" "${python:-python3}" -m venv .uv ||
            fail_as_logged "un environnement Python n'a pas pu être créé."
        quietly "installation de uv" .uv/bin/python -m pip install --disable-pip-version-check --no-deps \
            --only-binary :all: --require-hashes -r requirements-uv.lock || fail_as_logged "uv n'a pas pu être installé."
        uv=.uv/bin/uv
    fi
    if [ -z "$python" ] && [ -n "$from" ] && [ -f "$from/python.tar.gz" ]; then
        mkdir -p .uv/python
        quietly "Python du dossier" tar -xzf "$from/python.tar.gz" --no-same-owner -C .uv/python ||
            fail_as_logged "Python n'a pas pu être pris dans le dossier."
        python=$(printf '%s\n' "$ROOT"/.uv/python/*/bin/"$(python_names)" | tail -n 1)
    fi
    step_done "${python:-Python 3.12 (que uv va chercher)}, $("$uv" --version | sed "s/ (.*//")"
}

# Refuses to begin what the disk cannot hold.
check_space() {
    local free
    free=$(df -Pk . | awk 'NR == 2 { print int($4 / 1024) }')
    if [ "$free" -lt "$NEEDED_MB" ]; then
        fail "il reste $free Mo sur ce disque ; il en faut $NEEDED_MB." \
            "libérez de la place, ou déplacez ce dossier sur un autre disque, puis relancez."
    fi
}

# False for an environment whose Python has gone, or that was moved: its scripts hold its path.
environment_stands() {
    python_suits .venv/bin/python || return 1
    [ ! -f "$STAMP" ] || [ "$(sed -n 1p "$STAMP")" = "$ROOT" ]
}

python_environment() {
    step "Environnement Python"
    if [ -n "$environment" ]; then
        step_done "déjà là"
        return 0
    fi
    if ! environment_stands; then
        check_space
        quietly "création" "$uv" venv --clear --prompt kiosk --python "${python:-3.12}" .venv ||
            fail_as_logged "l'environnement n'a pas pu être créé avec ${python:-Python 3.12 à télécharger}." \
                "${from:+refaites le dossier sur une machine de la même version du système, puis relancez.}"
    fi
    rm -f "$STAMP" 2>/dev/null || fail "l'environnement $ROOT/.venv appartient à un autre compte." \
        "relancez avec ce compte, ou supprimez ce dossier avec ses droits, puis relancez."
    quietly "bibliothèques (environ 500 Mo)" \
        "$uv" pip sync --python .venv --only-binary :all: --require-hashes "$lock" ||
        fail_as_logged "les bibliothèques Python n'ont pas pu être installées."
    quietly "kiosque" "$uv" pip install --python .venv --no-deps --editable . ||
        fail_as_logged "le kiosque n'a pas pu être installé dans son environnement."
    fingerprint >"$STAMP.new" && mv "$STAMP.new" "$STAMP"
    step_done "prêt"
}

models() {
    local status=0
    step "Modèles"
    if [ ! -w models ]; then
        step_done "dans un dossier d'un autre compte, qui les a installés"
        return 0
    fi
    say "$heading :"
    if [ -n "$from" ]; then
        .venv/bin/kiosk models pull --from "$from/models" >&2 || status=$?
    else
        .venv/bin/kiosk models pull >&2 || status=$?
    fi
    if [ "$verb:$status" = test:0 ]; then
        # The tests try both translation engines with real weights.
        .venv/bin/kiosk models pull firefox:en-pt >&2 || status=$?
    fi
    if [ "$status" = 130 ]; then interrupted 130; fi
    if [ "$status" != 0 ]; then
        fail "les modèles n'ont pas pu être installés (raison ci-dessus)." \
            "corrigez, puis relancez : ce qui est déjà reçu est gardé. Sans réseau : « ./install.sh --help », option --from."
    fi
}
