"""A proxy that may twist what a service answers into any bytes, for tests of a whole run."""

import http.client
import socketserver
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

HOP_BY_HOP = frozenset({"connection", "keep-alive", "transfer-encoding", "content-length"})


@dataclass(frozen=True)
class Asked:
    """One request, as the proxy received it."""

    method: str
    path: str
    headers: http.client.HTTPMessage
    body: bytes


@dataclass(frozen=True)
class Answer:
    """One answer, as the service gave it."""

    status: int
    headers: list[tuple[str, str]] = field(default_factory=list)
    body: bytes = b""

    def raw(self) -> bytes:
        kept = [(name, value) for name, value in self.headers if name.lower() not in HOP_BY_HOP]
        lines = [f"{name}: {value}\r\n" for name, value in (*kept, ("Content-Length", str(len(self.body))))]
        return f"HTTP/1.1 {self.status} Twisted\r\n{''.join(lines)}\r\n".encode("latin-1") + self.body


# What is sent instead of an answer; None hangs up.
Twist = Callable[[Asked, Callable[[Asked], Answer]], bytes | None]


class _Conversation(socketserver.StreamRequestHandler):
    disable_nagle_algorithm = True
    server: Any

    def handle(self) -> None:
        while line := self.rfile.readline():
            method, path, _ = line.decode("latin-1").split()
            headers = http.client.parse_headers(self.rfile)
            body = self.rfile.read(int(headers.get("Content-Length") or 0))
            sent = self.server.twist(Asked(method, path, headers, body), self.server.forward)
            if sent is None:
                return
            try:
                self.wfile.write(sent)
            except OSError:
                return


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    block_on_close = False

    def __init__(self, upstream: str, twist: Twist) -> None:
        super().__init__(("127.0.0.1", 0), _Conversation)
        self._upstream, self.twist = urlsplit(upstream).netloc, twist

    def forward(self, asked: Asked) -> Answer:
        upstream = http.client.HTTPConnection(self._upstream, timeout=60)
        sent = {name: value for name, value in asked.headers.items() if name.lower() not in HOP_BY_HOP}
        try:
            upstream.request(asked.method, asked.path, asked.body or None, sent)
            answer = upstream.getresponse()
            return Answer(answer.status, answer.getheaders(), answer.read())
        finally:
            upstream.close()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """The suite hung up: what these tests are about."""


@contextmanager
def raw_proxy(upstream: str, twist: Twist) -> Iterator[str]:
    """Serve what `twist` makes of each request; yields the URL."""
    server = _Server(upstream, twist)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
