"""Downloads that resume, and are checked before anyone sees them. The only httpx2 import."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from functools import cached_property
from http import HTTPStatus
from pathlib import Path
from types import TracebackType
from typing import Final
from urllib.parse import urlsplit

import httpx2

from kiosk import __version__
from kiosk.disk import writing_to
from kiosk.errors import DownloadError
from kiosk.models.files import FilePin, require_space
from kiosk.models.report import Progress

# Short to connect, so that a mirror is tried soon; longer between two chunks, for slow networks.
_TIMEOUT: Final = httpx2.Timeout(30.0, connect=5.0)

MAX_UNPINNED: Final = 1_000_000_000
"""Bytes after which a file of unknown size is given up: the largest official package is 285 MB."""

_AGAIN: Final = "Relancez la même commande : le téléchargement reprendra où il s'est arrêté."
_LATER: Final = (
    "Vérifiez le réseau et réessayez plus tard ; sans réseau, installez un lot : kiosk models pull --from DOSSIER."
)


@dataclass(frozen=True, slots=True)
class Remote:
    """A file to download. `size` and `sha256` are None where nobody pinned them."""

    url: str
    name: str
    size: int | None = None
    sha256: str | None = None

    @classmethod
    def pinned(cls, url: str, file: FilePin) -> Remote:
        """A file whose content is known."""
        return cls(url, file.name, file.size, file.sha256)

    @property
    def part_name(self) -> str:
        """The unfinished file's name; the hash tells apart files of one name, such as two models' config.json."""
        return f"{self.sha256[:16]}-{self.name}.part" if self.sha256 else f"{self.name}.part"

    @property
    def host(self) -> str:
        """Who serves it, for messages."""
        return urlsplit(self.url).hostname or self.url


class Downloader:
    """Downloads files that resume; a context manager, which ends its connections."""

    def __init__(self) -> None:
        self._held = ExitStack()

    def __enter__(self) -> Downloader:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._held.close()

    @cached_property
    def _client(self) -> httpx2.Client:
        """Opened at the first use: what needs no network needs no proxy either. Raises DownloadError."""
        # Compressed transfers would make ranges and sizes count something else than the file's bytes.
        headers = {"User-Agent": f"kiosk/{__version__}", "Accept-Encoding": "identity"}
        try:
            client = httpx2.Client(timeout=_TIMEOUT, follow_redirects=True, headers=headers)
        except (ValueError, httpx2.InvalidURL, ImportError) as error:
            # All that a proxy's address can end in. It may hold a password: none of it is quoted.
            raise DownloadError(
                "L'adresse d'un mandataire (proxy) donnée par une variable de cette machine ne convient pas.",
                "Corrigez ALL_PROXY, HTTPS_PROXY ou HTTP_PROXY (http://NOM:PORT, pas de SOCKS), puis relancez.",
            ) from error
        return self._held.enter_context(client)

    def fetch(self, remote: Remote, folder: Path, progress: Progress) -> Path:
        """Download a file into `folder`, resuming what an earlier run left: a complete, checked *.part file.

        A connection that drops is taken up again for as long as that brings more bytes. Raises DownloadError: what came
        is kept for the next run, unless it is known to be wrong. Raises OutputError when the disk refuses.
        """
        part = folder / remote.part_name
        furthest = -1
        while not self._attempt(remote, part, progress):
            reached = _size(part)
            if reached <= furthest:
                raise DownloadError(f"Le téléchargement de {remote.name} ({remote.host}) s'est interrompu.", _AGAIN)
            furthest = reached
        if remote.size is not None and remote.sha256 is not None:
            with writing_to(part.parent):
                difference = FilePin(remote.name, remote.size, remote.sha256).difference(part)
                if difference:
                    part.unlink()
            if difference:
                raise DownloadError(
                    f"Le fichier {remote.name} reçu de {remote.host} est refusé : {difference}. Il a été effacé.",
                    "Relancez la commande ; si cela se répète, ce réseau ou ce serveur ne convient pas.",
                )
        return part

    def read(self, url: str, limit: int = 10_000_000) -> bytes:
        """A small file such as an index, at once. Raises DownloadError."""
        remote = Remote(url, urlsplit(url).path.rpartition("/")[2])
        try:
            with self._client.stream("GET", url) as response:
                _require_success(response, remote)
                content = b""
                for chunk in response.iter_bytes():
                    content += chunk
                    if len(content) > limit:
                        raise DownloadError(f"La réponse de {remote.host} est démesurée.", _LATER)
        except (httpx2.RequestError, httpx2.InvalidURL) as error:
            raise _unreachable(remote, error) from error
        return content

    def _attempt(self, remote: Remote, part: Path, progress: Progress) -> bool:
        """One request, from where the partial file ends. Whether all of it came."""
        offset = _size(part)
        if remote.size is not None and offset >= remote.size:
            if offset == remote.size:
                return True
            with writing_to(part.parent):
                part.unlink()
            offset = 0
        headers = {"Range": f"bytes={offset}-"} if offset else {}
        try:
            with self._client.stream("GET", remote.url, headers=headers) as response:
                if offset and not _continues(response, offset):
                    # What is here is not the beginning of what is there: start afresh.
                    with writing_to(part.parent):
                        part.unlink()
                    return False
                _require_success(response, remote)
                _require_encryption(response, remote)
                return self._receive(response, remote, part, progress)
        except (httpx2.RequestError, httpx2.InvalidURL) as error:
            raise _unreachable(remote, error) from error

    def _receive(self, response: httpx2.Response, remote: Remote, part: Path, progress: Progress) -> bool:
        """Append what comes. Whether it came to its end."""
        # A server that ignores the range answers 200 with the whole file.
        received = _size(part) if response.status_code == HTTPStatus.PARTIAL_CONTENT else 0
        announced = int(response.headers.get("Content-Length", 0))
        total = received + announced if announced else 0
        if remote.size is not None and total not in (0, remote.size):
            raise DownloadError(
                f"{remote.host} donne pour {remote.name} {total} octets au lieu de {remote.size}.",
                _LATER,
            )
        limit = remote.size or MAX_UNPINNED
        require_space(part.parent, (remote.size or total) - received)
        with writing_to(part.parent), _removed_when_unwritable(part), part.open("ab" if received else "wb") as stream:
            try:
                for chunk in response.iter_raw():
                    received += len(chunk)
                    if received > limit:
                        part.unlink()
                        raise DownloadError(f"{remote.host} envoie plus que prévu pour {remote.name}.", _LATER)
                    stream.write(chunk)
                    progress(received, remote.size or total)
            except httpx2.TransportError:
                return False
        return remote.size is None or received == remote.size


@contextmanager
def _removed_when_unwritable(part: Path) -> Iterator[None]:
    """A full disk is not left full of a file that cannot be finished."""
    try:
        yield
    except OSError:
        with suppress(OSError):
            part.unlink()
        raise


def _size(part: Path) -> int:
    return part.stat().st_size if part.exists() else 0


def _continues(response: httpx2.Response, offset: int) -> bool:
    """Whether the answer to a ranged request is the rest from `offset`, or the whole, or an error to report."""
    if response.status_code == HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE:
        return False
    if response.status_code == HTTPStatus.PARTIAL_CONTENT:
        return response.headers.get("Content-Range", "").startswith(f"bytes {offset}-")
    return True


def _require_success(response: httpx2.Response, remote: Remote) -> None:
    if response.status_code not in (HTTPStatus.OK, HTTPStatus.PARTIAL_CONTENT):
        raise DownloadError(
            f"{remote.host} refuse de donner {remote.name} (réponse HTTP {response.status_code}).", _LATER
        )


def _require_encryption(response: httpx2.Response, remote: Remote) -> None:
    """A file that no hash vouches for must not come over plain HTTP when its address promised HTTPS."""
    hops = [*response.history, response]
    if remote.sha256 is None and remote.url.startswith("https:") and any(hop.url.scheme != "https" for hop in hops):
        raise DownloadError(f"{remote.host} renvoie {remote.name} vers une adresse non protégée.", _LATER)


def _unreachable(remote: Remote, error: Exception) -> DownloadError:
    return DownloadError(f"{remote.host} est injoignable : {_cause(error)}.", _LATER)


def _cause(error: BaseException) -> str:
    """The first error of the chain, in French where it is a usual one."""
    if isinstance(error, httpx2.TimeoutException):
        return "il ne répond pas"
    while error.__context__ is not None:
        error = error.__context__
    match error:
        case socket.gaierror():
            return "son adresse est introuvable, le réseau est peut-être coupé"
        case ConnectionRefusedError():
            return "la connexion est refusée"
        case ssl.SSLError():
            return f"son certificat est refusé ({error.reason})"
        case _:
            return str(error) or type(error).__name__
