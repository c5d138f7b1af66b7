# shellcheck shell=bash
# `./install.sh --kiosk --uninstall`: undoes what setup/service.sh did, from what it noted. Reads $ROOT, $dry, $purge.

uninstall_service() {
    local what name removed=""
    step "Retrait"
    if systemd_runs; then as_root systemctl --quiet stop kiosk.service 2>/dev/null || true; fi
    as_root systemctl --quiet disable kiosk.service 2>/dev/null || true
    for name in "$UNIT" "$ADMIN" $DROP_INS; do
        [ -n "$dry" ] || [ -e "$name" ] || continue
        as_root rm -f "$name"
        removed="$removed
    retiré : $name"
    done
    while read -r what name; do
        case $what in
            mask)
                as_root systemctl --quiet unmask "$name"
                case $name in getty@*) if systemd_runs; then as_root systemctl --quiet start "$name" || true; fi ;; esac ;;
            enable) as_root systemctl --quiet disable --now "$name" 2>/dev/null || true ;;
            target) as_root systemctl --quiet set-default "$name" ;;
            sysrq) set_sysrq "$name" ;;
        esac
        [ "$what" != sysrq ] || name="touches système (kernel.sysrq = $name)"
        removed="$removed
    rétabli : $name"
    done < <(cat "$UNDO" 2>/dev/null)
    as_root rm -f "$UNDO"
    if systemd_runs; then
        as_root systemctl daemon-reload
        reload_logind
    fi
    remove_account
    remove_folders
    step_done "terminé.$removed
  Restent : $ROOT (supprimez ce dossier pour tout ôter) et les paquets du système (apt-get purge cage foot seatd)."
}

remove_account() {
    [ -n "$dry" ] || getent passwd "$ACCOUNT" >/dev/null || return 0
    as_root chown -R root:root "$STATE" 2>/dev/null || true
    as_root userdel "$ACCOUNT" || fail "le compte $ACCOUNT ne peut pas être supprimé." "arrêtez ce qui l'utilise, puis relancez."
    if [ -z "$dry" ] && getent group "$ACCOUNT" >/dev/null; then groupdel "$ACCOUNT"; fi
    removed="$removed
    retiré : le compte $ACCOUNT"
}

# Phrases that an interpreter signed and settings are somebody's work: only --purge takes them.
remove_folders() {
    if [ -n "$purge" ]; then
        as_root rm -rf "$STATE" "$SETTINGS"
        removed="$removed
    retirés : $SETTINGS et $STATE, réglages et phrases signées compris"
        return 0
    fi
    as_root rm -rf "$STATE/state" "$STATE/cache" "$STATE/config"
    as_root rm -f "$SETTINGS/screen"
    if [ -z "$dry" ] && [ -f "$SETTINGS/kiosk.toml" ]; then chown -R root:root "$SETTINGS"; fi
    removed="$removed
    gardés : $SETTINGS (réglages, code) et $STATE/data (phrases signées) ; « --purge » les retire"
}
