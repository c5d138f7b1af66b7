"""`kiosk report`: how much the kiosk is used, in numbers that tell of no family."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from kiosk import paths
from kiosk.config import Config
from kiosk.errors import KioskError, UsageError
from kiosk.interface import MASTER, Catalogue
from kiosk.languages import LANGUAGES
from kiosk.usage import FEW, OTHER, STEPS, Month, keeping
from kiosk.usage.keeping import Stored

_OFF: Final = 'Rien n\'est compté : [usage] keep = "off". Pour compter, écrivez keep = "on" dans kiosk.toml.'

_KINDS: Final = {"microphone": "micro", "model": "modèle", "other": "fichier ou réglage", "unforeseen": "imprévue"}

_WITHHELD: Final = f"moins de {FEW}"


def configure(parser: argparse.ArgumentParser) -> None:
    """Arguments of `kiosk report`."""
    parser.add_argument("--json", action="store_true", help="une ligne JSON, pour les scripts")
    parser.add_argument("--month", metavar="AAAA-MM", help="ce mois seulement, par exemple 2026-11")
    parser.add_argument("--forget", action="store_true", help="supprimer ce qui a été compté, ou le mois donné")


def run(arguments: argparse.Namespace, config: Config) -> int:
    """Print what was counted, or forget it; 1 when the file made no sense. Raises KioskError."""
    month = arguments.month
    if month is not None and not keeping.is_month(month):
        raise UsageError(f"« {month} » n'est pas un mois.", "Un mois s'écrit AAAA-MM, par exemple 2026-11.")
    if arguments.forget:
        if arguments.json:
            raise UsageError("« --forget » va sans « --json ».")
        return _forget(month)
    stored = keeping.read_file()
    if stored.aside is not None:
        print(
            f"kiosk : le fichier des comptes était illisible : il est mis de côté ({stored.aside}).\n"
            "        Le compte repart de zéro ; pour supprimer aussi ce fichier : kiosk report --forget.",
            file=sys.stderr,
        )
    months = _shown(stored, month, date.today().strftime("%Y-%m"))
    on = config.usage.keep == "on"
    if arguments.json:
        print(json.dumps({"counting": on, "months": {name: _json(each) for name, each in months.items()}}))
    else:
        print(_text(months, counting=on))
    return 1 if stored.aside is not None else 0


def _shown(stored: Stored, month: str | None, this_month: str) -> dict[str, Month]:
    """What may be shown of each month, or of the one asked for."""
    if month is not None and month not in stored.months:
        raise KioskError(f"Rien n'a été compté en {month}.", "« kiosk report » montre les mois qui l'ont été.")
    return {
        name: counts.closed() if name < this_month else counts.current()
        for name, counts in stored.months.items()
        if month in (None, name)
    }


def _forget(month: str | None) -> int:
    what = "tout ce qui avait été compté" if month is None else f"ce qui avait été compté en {month}"
    gone = keeping.forget(month)
    if gone:
        print(f"Supprimé : {what}.")
    if aside := keeping.set_aside():
        print(
            f"kiosk : un fichier de comptes illisible est mis de côté ({aside}) ; ce mois y est peut-être.\n"
            "        Pour tout supprimer, ce fichier compris : kiosk report --forget.",
            file=sys.stderr,
        )
        return 1
    if not gone:
        print("Il n'y avait rien à supprimer.")
    return 0


def _json(month: Month) -> dict[str, Any]:
    """Counts as they are kept, null where withheld, and the latencies in seconds; null above the last step, too."""
    return month.as_json() | {"latency_p50": _seconds(month, 0.5), "latency_p95": _seconds(month, 0.95)}


def _seconds(month: Month, share: float) -> float | None:
    seconds = month.latency(share)
    return None if seconds == float("inf") else seconds


def _text(months: Mapping[str, Month], *, counting: bool) -> str:
    parts = [_month(name, month) for name, month in months.items()]
    if not parts:
        parts.append("Rien n'a encore été compté." if counting else _OFF)
    elif not counting:
        parts.append(_OFF)
    else:
        parts.append(
            f"Un compte de 1 à {FEW - 1} est tu, pour qu'aucune famille ne s'y reconnaisse ; les langues le sont "
            f"jusqu'à la fin du mois.\nGardé dans {paths.usage_file()}."
        )
    return "\n\n".join(parts)


def _month(name: str, month: Month) -> str:
    words = Catalogue.load(paths.INTERFACE).text
    lines = [
        ("Consultations commencées", _count(month.consultations)),
        ("Refus à l'écran d'information", _count(month.refused)),
        ("Interprète demandé", _count(month.interpreter)),
    ]
    if month.languages:
        lines.append(("Langues", ", ".join(_languages(month.languages))))
    if month.captions is not None:
        lines += [
            ("Minutes de conversation", _count(month.minutes)),
            ("Sous-titres", _count(month.captions)),
            ("  avec un doute", _share(month.doubtful, month.captions)),
            *(
                (f"    {words(f'flag.{flag}', MASTER)}", _share(count, month.captions))
                for flag, count in _ranked(month.doubts)
            ),
            ("  corrigés par l'équipe", _count(month.corrections)),
            ("Phrases préparées montrées", _count(month.phrases)),
        ]
    lines += [
        ("Pertes du micro", _count(month.microphone)),
        ("Pannes", ", ".join(f"{_KINDS[kind]} {count}" for kind, count in _ranked(month.failures)) or "0"),
        ("Délai d'un sous-titre", _latencies(month)),
    ]
    return "\n".join([name, *(f"  {label:<32}{value}" for label, value in lines)])


def _count(count: int | None) -> str:
    return _WITHHELD if count is None else str(count)


def _share(count: int | None, total: int) -> str:
    return f"{100 * (count or 0) / total:.1f} %".replace(".", ",") if total else "-"


def _ranked(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda item: -item[1])


def _languages(counts: Mapping[str, int]) -> list[str]:
    ranked = sorted(counts.items(), key=lambda item: (item[0] == OTHER, -item[1]))
    return [f"{'autres' if code == OTHER else LANGUAGES[code].french} {count}" for code, count in ranked]


def _latencies(month: Month) -> str:
    half, most = month.latency(0.5), month.latency(0.95)
    if half is None or most is None:
        return "-"
    return f"la moitié en {_within(half)}, 95 % en {_within(most)}"


def _within(seconds: float) -> str:
    return f"plus de {STEPS[-1]:g} s" if seconds == float("inf") else f"{seconds:g} s au plus".replace(".", ",")
