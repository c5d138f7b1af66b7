"""Which official Argos packages can be had: those that the manifest pins, then those of the official index."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import urlsplit

from kiosk.errors import DownloadError
from kiosk.models.download import Downloader, Remote
from kiosk.models.manifest import Manifest
from kiosk.models.record import plausible


@dataclass(frozen=True, slots=True)
class Offered:
    """A package that can be downloaded, for one direction."""

    source: str
    target: str
    version: str
    remote: Remote

    @property
    def version_key(self) -> tuple[int, ...]:
        """The version as something that compares."""
        return tuple(int(number) for number in self.version.split("."))


class Catalogue:
    """The official packages. The index is downloaded once, and only for a pair that the manifest does not pin."""

    def __init__(self, manifest: Manifest, downloader: Downloader) -> None:
        self._manifest = manifest
        self._downloader = downloader

    def find(self, source: str, target: str) -> Offered | None:
        """The package for one direction: the pinned one, else the newest of the index. Raises DownloadError."""
        pin = self._manifest.official(source, target)
        if pin is not None:
            url = self._manifest.sources.argos + pin.file.name
            return Offered(source, target, pin.version, Remote.pinned(url, pin.file))
        listed = [offered for offered in self._index if (offered.source, offered.target) == (source, target)]
        return max(listed, key=lambda offered: offered.version_key, default=None)

    @cached_property
    def _index(self) -> tuple[Offered, ...]:
        address = self._manifest.sources.index
        try:
            entries = json.loads(self._downloader.read(address))
            offered = (_offered(entry, urlsplit(address).scheme) for entry in entries)
            return tuple(one for one in offered if one)
        except (ValueError, TypeError, RecursionError) as error:
            raise DownloadError(
                f"La liste officielle des paquets Argos ({address}) est illisible.", "Réessayez plus tard."
            ) from error


def _offered(entry: Any, scheme: str) -> Offered | None:
    """An entry of the index, or None when it is no translation package or has no link as safe as the index itself.

    Links are tried nowhere but at the first address of that scheme: others are IPFS.
    """
    if not isinstance(entry, dict) or entry.get("type", "translate") != "translate":
        return None
    source, target, version = (str(entry.get(key)) for key in ("from_code", "to_code", "package_version"))
    links = [str(link) for link in entry.get("links") or () if str(link).startswith(f"{scheme}://")]
    if not links or not plausible(source, target, version):
        return None
    name = PurePosixPath(urlsplit(links[0]).path).name
    return Offered(source, target, version, Remote(links[0], name)) if name.endswith(".argosmodel") else None
