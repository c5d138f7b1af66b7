"""Whether Linux' sound library can be used: asked before PortAudio is, which ends the whole process where it cannot."""

from __future__ import annotations

import ctypes
import os
import sys
from typing import Final

from kiosk.errors import AudioError

_LIBRARY: Final = "libasound.so.2"
_VARIABLES: Final = ("ALSA_CONFIG_PATH", "ALSA_CONFIG_DIR")


def check_alsa() -> None:
    """Read ALSA's configuration as PortAudio will. Raises AudioError where that cannot be used.

    PortAudio (19.6, seen) takes for granted that it holds a `pcm` section and aborts otherwise: exit code 134, without
    a word. A machine without ALSA has no use for this.
    """
    if not sys.platform.startswith("linux"):
        return
    try:
        library = ctypes.CDLL(_LIBRARY)
        top = ctypes.c_void_p.in_dll(library, "snd_config")
        update, search = library.snd_config_update, library.snd_config_search
    except (OSError, ValueError, AttributeError):
        return
    search.argtypes = (ctypes.c_void_p, ctypes.c_char_p, ctypes.c_void_p)
    found = ctypes.c_void_p()
    if update() < 0 or not top.value or search(top, b"pcm", ctypes.byref(found)) < 0:
        raise AudioError("La configuration du son de cette machine (ALSA) est absente ou illisible.", _remedy())


def _remedy() -> str:
    if wrong := [name for name in _VARIABLES if name in os.environ]:
        return f"Ôtez la variable {' et '.join(wrong)}, ou corrigez le fichier qu'elle désigne."
    return (
        "Corrigez ou ôtez ~/.asoundrc et /etc/asound.conf s'ils existent ; sinon réinstallez le paquet : "
        "sudo apt install --reinstall libasound2-data."
    )
