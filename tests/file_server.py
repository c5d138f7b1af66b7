"""A real HTTP server on loopback that serves bytes, and can misbehave as servers and networks do."""

from __future__ import annotations

import socket
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType


@dataclass
class FileServer:
    """Serves `files` by path, such as "/a.bin".

    Paths that end with a slash are HTML pages.

    `cuts`: for each coming request, the position in the file where the connection drops; no more, no drop.
    `ranges`: whether it honours a Range header, and `range_start_shift` how far off. `status`: what it answers
    instead of a file. `redirects`: path -> address.
    """

    files: dict[str, bytes] = field(default_factory=dict)
    redirects: dict[str, str] = field(default_factory=dict)
    cuts: list[int] = field(default_factory=list)
    ranges: bool = True
    range_start_shift: int = 0
    status: int = 0
    requests: list[tuple[str, str]] = field(default_factory=list)
    """Path and Range header of each request that came."""
    user_agents: set[str] = field(default_factory=set)

    def __enter__(self) -> FileServer:
        files = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                _answer(files, self)

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002
                """Tests print nothing."""

        self._http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.01,), name="file-server")
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.stop()

    @property
    def url(self) -> str:
        """The server's address, ending with a slash."""
        return f"http://127.0.0.1:{self._http.server_port}/"

    def stop(self) -> None:
        """From now on, connections are refused. Safe to call twice."""
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()


def _answer(files: FileServer, handler: BaseHTTPRequestHandler) -> None:
    wanted = handler.headers.get("Range", "")
    files.requests.append((handler.path, wanted))
    files.user_agents.add(handler.headers.get("User-Agent", ""))
    if handler.path in files.redirects:
        handler.send_response(302)
        handler.send_header("Location", files.redirects[handler.path])
        handler.end_headers()
        return
    content = files.files.get(handler.path)
    if content is None or files.status:
        handler.send_error(files.status or 404)
        return
    start = int(wanted.removeprefix("bytes=").rstrip("-")) if wanted and files.ranges else 0
    if start and start >= len(content):
        handler.send_error(416)
        return
    if start:
        start += files.range_start_shift
    handler.send_response(206 if start else 200)
    if start:
        handler.send_header("Content-Range", f"bytes {start}-{len(content) - 1}/{len(content)}")
    handler.send_header("Content-Length", str(len(content) - start))
    handler.send_header("Content-Type", "text/html" if handler.path.endswith("/") else "application/octet-stream")
    handler.end_headers()
    end = files.cuts.pop(0) if files.cuts else len(content)
    handler.wfile.write(content[start:end])
    if end < len(content):
        handler.wfile.flush()
        handler.connection.shutdown(socket.SHUT_RDWR)
