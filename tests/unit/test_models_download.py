"""Downloads against a real server on loopback that misbehaves as servers and networks do."""

from __future__ import annotations

import dataclasses
import hashlib
import resource
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import httpx2
import pytest

from kiosk.errors import DownloadError, OutputError
from kiosk.models import download
from kiosk.models.download import Downloader, Remote
from tests.file_server import FileServer

CONTENT = bytes(range(256)) * 1_000


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")


@pytest.fixture
def server() -> Iterator[FileServer]:
    with FileServer({"/a.bin": CONTENT}) as running:
        yield running


def pinned(server: FileServer, content: bytes = CONTENT) -> Remote:
    return Remote(f"{server.url}a.bin", "a.bin", len(content), hashlib.sha256(content).hexdigest())


def unpinned(server: FileServer) -> Remote:
    return Remote(f"{server.url}a.bin", "a.bin")


def fetch(remote: Remote, folder: Path) -> Path:
    with Downloader() as downloader:
        return downloader.fetch(remote, folder, lambda done, total: None)


def test_a_file_arrives_whole_and_progress_is_told(server: FileServer, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    with Downloader() as downloader:
        part = downloader.fetch(pinned(server), tmp_path, lambda done, total: told.append((done, total)))
    assert part.read_bytes() == CONTENT
    assert told[-1] == (len(CONTENT), len(CONTENT))
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    assert all(agent.startswith("kiosk/") for agent in server.user_agents)


@pytest.mark.parametrize("proxy", ["socks://proxy:1080/", "http://user:p#secret@proxy:3128", "socks5://proxy:1080"])
def test_a_proxy_that_cannot_be_used_is_told_and_only_where_one_is_needed(
    server: FileServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, proxy: str
) -> None:
    monkeypatch.setenv("ALL_PROXY", proxy)
    remote = pinned(server)
    with pytest.raises(DownloadError) as raised:
        fetch(remote, tmp_path)
    assert "ALL_PROXY" in raised.value.message + raised.value.remedy
    assert "secret" not in str(raised.value)
    with Downloader() as downloader, pytest.raises(DownloadError, match="mandataire"):
        downloader.read(remote.url)
    (tmp_path / remote.part_name).write_bytes(CONTENT)
    assert fetch(remote, tmp_path).read_bytes() == CONTENT


def test_what_an_earlier_run_left_is_resumed(server: FileServer, tmp_path: Path) -> None:
    remote = pinned(server)
    (tmp_path / remote.part_name).write_bytes(CONTENT[:100_000])
    assert fetch(remote, tmp_path).read_bytes() == CONTENT
    assert server.requests == [("/a.bin", "bytes=100000-")]


def test_a_complete_part_is_checked_without_asking_the_server(server: FileServer, tmp_path: Path) -> None:
    remote = pinned(server)
    (tmp_path / remote.part_name).write_bytes(CONTENT)
    assert fetch(remote, tmp_path).read_bytes() == CONTENT
    assert server.requests == []


def test_a_dropped_connection_is_taken_up_again_at_once(server: FileServer, tmp_path: Path) -> None:
    server.cuts = [50_000, 150_000]
    assert fetch(pinned(server), tmp_path).read_bytes() == CONTENT
    assert [wanted for _, wanted in server.requests] == ["", "bytes=50000-", "bytes=150000-"]


def test_a_file_that_stays_truncated_is_kept_for_the_next_run(server: FileServer, tmp_path: Path) -> None:
    remote = pinned(server)
    server.cuts = [50_000] * 2
    with pytest.raises(DownloadError, match=r"s'est interrompu.*reprendra"):
        fetch(remote, tmp_path)
    assert (tmp_path / remote.part_name).read_bytes() == CONTENT[:50_000]

    assert fetch(remote, tmp_path).read_bytes() == CONTENT
    assert server.requests[-1] == ("/a.bin", "bytes=50000-")


def test_a_server_without_ranges_sends_all_of_it_again(server: FileServer, tmp_path: Path) -> None:
    server.ranges = False
    remote = pinned(server)
    (tmp_path / remote.part_name).write_bytes(b"x" * 1_000)
    assert fetch(remote, tmp_path).read_bytes() == CONTENT


def test_a_server_that_answers_another_range_is_not_believed(server: FileServer, tmp_path: Path) -> None:
    server.range_start_shift = -10
    remote = pinned(server)
    (tmp_path / remote.part_name).write_bytes(CONTENT[:1_000])
    assert fetch(remote, tmp_path).read_bytes() == CONTENT


def test_a_wrong_content_is_refused_and_removed(server: FileServer, tmp_path: Path) -> None:
    server.files["/a.bin"] = CONTENT[:-1] + b"!"
    with pytest.raises(DownloadError, match=r"refusé.*SHA-256.*effacé"):
        fetch(pinned(server), tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_resumed_file_whose_beginning_was_another_is_refused_and_removed(server: FileServer, tmp_path: Path) -> None:
    remote = pinned(server)
    (tmp_path / remote.part_name).write_bytes(b"x" * 1_000)
    with pytest.raises(DownloadError, match="SHA-256"):
        fetch(remote, tmp_path)
    assert fetch(remote, tmp_path).read_bytes() == CONTENT


@pytest.mark.parametrize("size", [len(CONTENT) - 7, len(CONTENT) + 7])
def test_a_size_that_is_not_the_pinned_one_is_refused_before_it_is_downloaded(
    server: FileServer, tmp_path: Path, size: int
) -> None:
    server.files["/a.bin"] = bytes(size)
    with pytest.raises(DownloadError, match=f"{size} octets au lieu de {len(CONTENT)}"):
        fetch(pinned(server), tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_part_longer_than_the_file_is_started_afresh(server: FileServer, tmp_path: Path) -> None:
    remote = pinned(server)
    (tmp_path / remote.part_name).write_bytes(CONTENT + b"more")
    assert fetch(remote, tmp_path).read_bytes() == CONTENT


def test_an_unpinned_file_that_shrank_since_is_started_afresh(server: FileServer, tmp_path: Path) -> None:
    """The server answers 416: there is nothing from there on."""
    remote = unpinned(server)
    (tmp_path / remote.part_name).write_bytes(CONTENT + b"of an older version")
    assert fetch(remote, tmp_path).read_bytes() == CONTENT
    assert [wanted for _, wanted in server.requests] == [f"bytes={len(CONTENT) + 19}-", ""]


def test_an_unpinned_file_that_never_ends_is_given_up(
    server: FileServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(download, "MAX_UNPINNED", 10_000)
    with pytest.raises(DownloadError, match="plus que prévu"):
        fetch(unpinned(server), tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("status", [403, 404, 500, 503])
def test_a_refusal_names_the_server_the_file_and_the_remedy(server: FileServer, tmp_path: Path, status: int) -> None:
    server.status = status
    with pytest.raises(DownloadError, match=rf"127\.0\.0\.1.*a\.bin.*{status}.*--from"):
        fetch(pinned(server), tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_server_that_is_gone_is_named_with_a_remedy_and_what_came_is_kept(server: FileServer, tmp_path: Path) -> None:
    remote = pinned(server)
    (tmp_path / remote.part_name).write_bytes(CONTENT[:1_000])
    server.stop()
    with pytest.raises(DownloadError, match=r"127\.0\.0\.1 est injoignable : la connexion est refusée.*--from"):
        fetch(remote, tmp_path)
    assert (tmp_path / remote.part_name).read_bytes() == CONTENT[:1_000]


def test_redirects_are_followed_with_their_range(server: FileServer, tmp_path: Path) -> None:
    server.redirects = {"/moved.bin": "/a.bin"}
    remote = dataclasses.replace(pinned(server), url=f"{server.url}moved.bin")
    (tmp_path / remote.part_name).write_bytes(CONTENT[:5])
    assert fetch(remote, tmp_path).read_bytes() == CONTENT
    assert server.requests[-1] == ("/a.bin", "bytes=5-")


def test_ctrl_c_keeps_what_came(server: FileServer, tmp_path: Path) -> None:
    def interrupt(done: int, total: int) -> None:
        raise KeyboardInterrupt

    remote = pinned(server)
    with Downloader() as downloader, pytest.raises(KeyboardInterrupt):
        downloader.fetch(remote, tmp_path, interrupt)
    kept = (tmp_path / remote.part_name).read_bytes()
    assert kept
    assert CONTENT.startswith(kept)


class DiskUsage(NamedTuple):
    total: int
    used: int
    free: int


def test_a_disk_too_small_is_told_before_anything_is_written(
    server: FileServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: DiskUsage(10_000, 9_000, 1_000))
    with pytest.raises(OutputError, match=f"Pas assez de place dans {tmp_path} : il faut 256 ko, il reste 1 ko"):
        fetch(pinned(server), tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_disk_that_refuses_midway_is_named_and_left_as_it_was(server: FileServer, tmp_path: Path) -> None:
    """The system's own limit on file sizes refuses the write, as a full disk does, to root as well."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, hard))
    try:
        with pytest.raises(OutputError, match=f"Impossible d'écrire dans {tmp_path}"):
            fetch(pinned(server), tmp_path)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written_is_named(server: FileServer, tmp_path: Path) -> None:
    folder = tmp_path / "file"
    folder.write_bytes(b"")
    with pytest.raises(OutputError, match=f"Impossible d'écrire dans {folder}"):
        fetch(pinned(server), folder / "below")


def test_only_a_hash_makes_up_for_a_redirect_to_plain_http() -> None:
    remote = Remote("https://example.org/a.bin", "a.bin")
    arrived = httpx2.Response(200, request=httpx2.Request("GET", "http://example.org/a.bin"))
    with pytest.raises(DownloadError, match="non protégée"):
        download._require_encryption(arrived, remote)
    download._require_encryption(arrived, dataclasses.replace(remote, size=1, sha256="0" * 64))


def test_an_index_is_read_at_once_within_a_limit(server: FileServer) -> None:
    with Downloader() as downloader:
        assert downloader.read(f"{server.url}a.bin") == CONTENT
        with pytest.raises(DownloadError, match="démesurée"):
            downloader.read(f"{server.url}a.bin", limit=1_000)
