"""What an answer may cost: bytes, also once decompressed, and never time beyond the deadline.

httpx decompresses whatever the network gave at once, so that 5 kB became 6 GB and no deadline looked. Calls
ask for an answer that is not compressed; one that is nevertheless is decompressed here, piece by piece.
"""

import zlib
from collections.abc import Iterable, Iterator
from typing import Any

import httpx

from acceptance.calls.deadlines import Deadline, transport

SAFE_TO_REPEAT = frozenset({"GET", "HEAD", "OPTIONS"})
LOST = "lost"
# Twice the longest that a service has answered: its own document.
MOST_BYTES = 2_000_000
PIECE = 65_536
UNPACKED = frozenset({"", "identity"})
# zlib tells the formats of both apart (RFC 9110, section 8.4.1).
PACKED = frozenset({"gzip", "x-gzip", "deflate"})
EITHER_FORMAT = zlib.MAX_WBITS | 32


class RefusedAnswerError(httpx.DecodingError):
    """An answer is larger than the suite reads, or packed in a way that was not asked for."""


class _NoCookies(httpx.Cookies):
    def extract_cookies(self, response: httpx.Response) -> None:
        """Keep none."""


class BoundedClient:
    """One pool of connections; whatever is asked ends in time, and no answer is larger than MOST_BYTES.

    No cookie is kept and no proxy asked: of one call nothing goes into another but the connection.
    """

    def __init__(self, deadline: Deadline, timeout: float) -> None:
        self.deadline, self.timeout = deadline, timeout
        self._client = httpx.Client(
            transport=transport(deadline),
            timeout=timeout,
            trust_env=False,
            follow_redirects=False,
            headers={"User-Agent": "api-acceptance", "Accept-Encoding": "identity"},
        )
        # httpx copies given cookies into a jar of its own, which looks at each answer for what nobody keeps.
        self._client._cookies = _NoCookies()

    def build(self, method: str, url: str, **parts: Any) -> httpx.Request:
        """Return a request; raises httpx.HTTPError when these parts make none."""
        try:
            return self._client.build_request(method, url, **parts)
        except (httpx.InvalidURL, UnicodeError) as error:
            # Parts of it are what a service answered before: an id of a megabyte, a token with an umlaut.
            raise httpx.UnsupportedProtocol(f"no request can be made of it ({error})") from None

    def send(self, request: httpx.Request) -> tuple[httpx.Response, bytes]:
        """Return the answer and its body, unpacked; raises httpx.HTTPError when there is none in time.

        A kept connection may turn out to be dropped by the peer. A request that cannot have had an effect is
        then sent once more, if nothing of an answer came; the request's extension LOST says that and why.
        """
        with self.deadline.within(self.timeout):
            self.deadline.begin()
            try:
                return self._answer(request)
            except (httpx.ReadError, httpx.WriteError, httpx.RemoteProtocolError) as error:
                kept = not self.deadline.connected and not self.deadline.received
                if not kept or request.method not in SAFE_TO_REPEAT:
                    raise
                request.extensions[LOST] = str(error) or type(error).__name__
            return self._answer(request)

    def open(self, request: httpx.Request) -> httpx.Response:
        """Return the answer with its head read, to be read and closed. Raises httpx.HTTPError."""
        with self.deadline.within(self.timeout):
            return self._client.send(request, stream=True)

    def read(self, response: httpx.Response) -> bytes:
        """Return the rest of an answer and close it; raises httpx.HTTPError."""
        content = bytearray()
        try:
            for piece in pieces(response, self.deadline):
                content += piece
        finally:
            response.close()
        return bytes(content)

    def close(self) -> None:
        """Close every connection of the pool."""
        self._client.close()

    def _answer(self, request: httpx.Request) -> tuple[httpx.Response, bytes]:
        response = self._client.send(request, stream=True)
        return response, self.read(response)


def pieces(response: httpx.Response, deadline: Deadline) -> Iterator[bytes]:
    """Yield the body of an open answer, unpacked, until MOST_BYTES; raises httpx.HTTPError."""
    packing, total = response.headers.get("content-encoding", "").strip().lower(), 0
    if packing not in UNPACKED | PACKED:
        raise RefusedAnswerError(f'the answer is encoded as "{packing[:80]}", which nobody asked for')
    raw = response.iter_raw()
    for piece in _unpacked(raw) if packing in PACKED else raw:
        total += len(piece)
        if total > MOST_BYTES:
            raise RefusedAnswerError(f"the answer is longer than {MOST_BYTES:,} bytes")
        yield piece
        deadline.limit(None, httpx.ReadTimeout)


def _unpacked(packed: Iterable[bytes]) -> Iterator[bytes]:
    unpacking = zlib.decompressobj(EITHER_FORMAT)
    try:
        for piece in packed:
            while piece:
                yield unpacking.decompress(piece, PIECE)
                piece = unpacking.unconsumed_tail  # noqa: PLW2901 what is left of it
        yield unpacking.flush()
    except zlib.error as error:
        raise RefusedAnswerError(f"the answer says it is compressed and is not ({error})") from None
    if not unpacking.eof or unpacking.unused_data:
        raise RefusedAnswerError("the compressed answer does not end where it says")
