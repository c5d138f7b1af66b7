"""Where settings come from: kiosk.toml, then the environment, then command-line options, in rising order of authority.

Each key of a section may also be given as `KIOSK_<SECTION>_<KEY>` in the environment. An error names where the value
came from, the key and what is allowed.
"""

from __future__ import annotations

import dataclasses
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kiosk import paths
from kiosk.config import SECTIONS, Config, Rule
from kiosk.disk import reason
from kiosk.errors import SettingsError

_PLACE: Final = re.compile(r"line (\d+), column (\d+)")
"""How tomllib says where, in English, Python 3.11 to 3.13."""


@dataclass(frozen=True, slots=True)
class _Given:
    """A value and where it came from, for the error message."""

    value: object
    origin: str


def load_config(
    file: Path | None = None,
    environment: Mapping[str, str] | None = None,
    options: Mapping[str, object] | None = None,
) -> Config:
    """Read and check all settings.

    `file`: a kiosk.toml that must exist, or None for the one beside the program, which need not. `environment`: usually
    os.environ. `options`: `{"speech.model": "tiny"}`, None values ignored. Raises SettingsError.
    """
    given: dict[str, _Given] = {}
    given.update(_from_file(file))
    given.update(_from_environment(environment or {}))
    for key, value in (options or {}).items():
        if value is not None:
            given[key] = _Given(value, "ligne de commande")
    return _build(given)


def _from_file(file: Path | None) -> dict[str, _Given]:
    path = file or paths.SETTINGS
    if file is None and not path.exists():
        return {}
    try:
        with path.open("rb") as stream:
            tables = tomllib.load(stream)
    except OSError as error:
        raise SettingsError(f"Le fichier de réglages {path} ne peut pas être lu : {reason(error)}.") from error
    except UnicodeDecodeError as error:
        raise SettingsError(f"{path} n'est pas un texte en UTF-8.", "Enregistrez-le en UTF-8.") from error
    except tomllib.TOMLDecodeError as error:
        place = _PLACE.search(str(error))
        where = f"ligne {place[1]}, colonne {place[2]}" if place else "à la fin"
        raise SettingsError(
            f"{path} n'est pas un fichier TOML correct : {where}.", "Comparez cette ligne avec kiosk.example.toml."
        ) from error
    given = {}
    for section, table in tables.items():
        if section not in SECTIONS or not isinstance(table, dict):
            raise SettingsError(
                f"{path} : section inconnue « {section} ».", f"Sections possibles : {', '.join(SECTIONS)}."
            )
        for key, value in table.items():
            given[f"{section}.{key}"] = _Given(value, str(path))
    return given


def _from_environment(environment: Mapping[str, str]) -> dict[str, _Given]:
    """A variable that begins as a section does must be a key of it: on forty machines a slip would go unnoticed."""
    given = {}
    for name, value in environment.items():
        for section in SECTIONS:
            if name.startswith(start := f"KIOSK_{section}_".upper()):
                given[f"{section}.{name.removeprefix(start).lower()}"] = _Given(value, f"variable {name}")
    return given


def _build(given: Mapping[str, _Given]) -> Config:
    values: dict[str, dict[str, object]] = {section: {} for section in SECTIONS}
    for key, item in given.items():
        section, _, name = key.partition(".")
        rules = {f.name: f.metadata["rule"] for f in dataclasses.fields(SECTIONS[section])}
        if name not in rules:
            raise SettingsError(
                f"{item.origin} : clé inconnue « {name} » dans [{section}].", f"Clés possibles : {', '.join(rules)}."
            )
        values[section][name] = _checked(key, item, rules[name])
    return Config(**{section: SECTIONS[section](**values[section]) for section in SECTIONS})


def _checked(key: str, item: _Given, rule: Rule) -> object:
    value = item.value
    try:
        # A string from the environment is read as the kind expected; TOML and options come typed.
        if isinstance(value, str) or (rule.kind is float and type(value) is int):
            value = rule.kind(value)
        if type(value) is rule.kind and rule.test(value):
            return value
    except ValueError:
        pass
    quoted = "" if rule.secret else f" ({item.value!r})"
    raise SettingsError(
        f"{item.origin} : la valeur de {key} ne convient pas{quoted}.", f"Est attendu : {rule.allowed}."
    )
