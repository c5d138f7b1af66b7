"""The log: states, timings and counts in a file of bounded size. Never what was said."""

from __future__ import annotations

import logging
from logging.handlers import RotatingFileHandler

from kiosk import __version__
from kiosk.paths import log_file


class _Unheard(RotatingFileHandler):
    """Loses a record that cannot be written, on a disk that is full or gone: told of, it would stain the screen."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's name
        pass


def start_log() -> None:
    """Log the kiosk's own records to `log_file`, 1 MB and one older file at most.

    Other libraries' records are left out: nobody here vouches for what they quote. Without a place to write there is no
    log, which must not keep a consultation from beginning.
    """
    logger = logging.getLogger("kiosk")
    logger.setLevel(logging.INFO)
    logger.propagate = False
    try:
        log_file().parent.mkdir(parents=True, exist_ok=True)
        handler = _Unheard(log_file(), maxBytes=1_000_000, backupCount=1, encoding="utf-8")
    except OSError:
        logger.addHandler(logging.NullHandler())
        return
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logger.addHandler(handler)
    logger.info("kiosk %s", __version__)
