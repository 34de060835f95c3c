"""Wall-clock deadlines on the wire: whatever a peer drips, a call or a stream ends in time.

httpx knows a limit per read only, so a peer that sends a byte now and then could hold a run forever.
Here every read and write gets what is left of the deadline that is in force.
"""

import math
import os
import ssl
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from typing import Any, ClassVar

import httpcore
import httpx

from acceptance.errors import ConfigurationError

# Less than any server waits for the next request (gunicorn: 2 s), so that none hangs up on one.
MOST_IDLE_SECONDS = 1.0
# Bytes of a request that are kept until the answer is read.
MOST_UNSENT = 65_536
# When the time of a run is over: what the call in hand still gets, and what all of the cleanup gets.
UNDER_WAY_SECONDS = 2.0
CLEANUP_SECONDS = 6.0


class Deadline(threading.local):
    """The moment by which the work in hand of a thread must be over, on the monotonic clock.

    `connected` and `received` (bytes) tell what happened on the wire since `begin`.
    """

    # When the run has to be over: a moment of the whole process, as the run is.
    run_ends: ClassVar[float] = math.inf

    connected = False
    received = 0
    _ends: float | None = None

    def begin(self) -> None:
        """Start to watch what happens on the wire."""
        self.connected, self.received = False, 0

    @classmethod
    def run_is_over(cls) -> bool:
        """Whether the run has taken all the time that it was given."""
        return time.monotonic() >= cls.run_ends

    @contextmanager
    def within(self, seconds: float) -> Iterator[None]:
        """Give what happens inside at most this many seconds; an outer, nearer deadline wins."""
        now, outer = time.monotonic(), self._ends
        latest = self.run_ends + (UNDER_WAY_SECONDS if now < self.run_ends else CLEANUP_SECONDS)
        self._ends = min(now + seconds, latest, math.inf if outer is None else outer)
        try:
            yield
        finally:
            self._ends = outer

    def limit(self, timeout: float | None, error: type[Exception]) -> float | None:
        """Return the seconds that one operation may take; raise the given error when none are left."""
        if self._ends is None:
            return timeout
        left = self._ends - time.monotonic()
        if left <= 0:
            raise error("the deadline is over")
        return left if timeout is None else min(timeout, left)


class _Stream(httpcore.NetworkStream):
    """What is written leaves before the next read: head and body of a request wake the peer up once."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._stream, self._deadline = stream, deadline
        self._unsent = b""

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        # As in httpcore: a peer that takes no more may have answered nevertheless.
        with suppress(httpcore.WriteError):
            self._send(timeout)
        content = self._stream.read(max_bytes, self._deadline.limit(timeout, httpcore.ReadTimeout))
        self._deadline.received += len(content)
        return content

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._unsent += buffer
        if len(self._unsent) > MOST_UNSENT:
            self._send(timeout)

    def _send(self, timeout: float | None) -> None:
        unsent, self._unsent = self._unsent, b""
        if unsent:
            self._stream.write(unsent, self._deadline.limit(timeout, httpcore.WriteTimeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        limit = self._deadline.limit(timeout, httpcore.ConnectTimeout)
        return _Stream(self._stream.start_tls(ssl_context, server_hostname, limit), self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


class _Backend(httpcore.NetworkBackend):
    def __init__(self, deadline: Deadline) -> None:
        self._sync, self._deadline = httpcore.SyncBackend(), deadline

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        self._deadline.connected = True
        limit = self._deadline.limit(timeout, httpcore.ConnectTimeout)
        stream = self._sync.connect_tcp(host, port, limit, local_address, socket_options)
        return _Stream(stream, self._deadline)


@cache
def trusted() -> ssl.SSLContext:
    """Return the certificates that are trusted, read once: reading them takes longer than most calls.

    Raises ConfigurationError when the file that SSL_CERT_FILE names cannot be read.
    """
    try:
        return httpx.create_ssl_context()
    except OSError as error:
        named = os.environ.get("SSL_CERT_FILE", "")
        reason = error.strerror or error
        what = f'SSL_CERT_FILE is "{named}", where no certificates can be read ({reason}); mend or unset it'
        raise ConfigurationError(what) from None


def transport(deadline: Deadline, connections: int = 20) -> httpx.HTTPTransport:
    """Return a pooled transport on which every read, write and connect obeys the deadline.

    httpx offers no public way to choose the network backend, hence the private attribute (versions pinned).
    """
    made = httpx.HTTPTransport(verify=trusted(), trust_env=False)
    made._pool = httpcore.ConnectionPool(
        ssl_context=trusted(),
        max_connections=connections,
        keepalive_expiry=MOST_IDLE_SECONDS,
        network_backend=_Backend(deadline),
    )
    return made
