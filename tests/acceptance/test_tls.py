"""A peer whose certificate does not hold gets no request: not the token, not even the path."""

import ssl
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from acceptance.calls.client import Client, Connection
from acceptance.calls.deadlines import trusted
from acceptance.calls.exchange import Call
from acceptance.contract.document import Contract
from tests.acceptance.certificates import self_signed

CONTRACT = Contract({"paths": {"/things": {"get": {"responses": {"200": {}}}}}})
HERE = "127.0.0.1"


@contextmanager
def served(certificate=None):
    """Serve on loopback, with a key and its certificate or in the clear; yield the port and what is asked."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_):
            return

    server = ThreadingHTTPServer((HERE, 0), Handler)
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate[1], certificate[0])
        server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    try:
        yield server.server_port, asked
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture
def trusting(monkeypatch):
    """Trust what a file says, or nothing but the machine's own authorities."""

    def trust(certificate):
        monkeypatch.delenv("SSL_CERT_FILE", raising=False)
        if certificate:
            monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        trusted.cache_clear()

    yield trust
    trusted.cache_clear()


@pytest.mark.parametrize(
    ("scheme", "address", "days", "trust", "said"),
    [
        ("https", HERE, (-1, 1), "its own", ""),
        ("https", HERE, (-1, 1), "", "self-signed certificate"),
        ("https", HERE, (-1, 1), "another", "self-signed certificate"),
        ("https", "127.0.0.9", (-1, 1), "its own", "IP address mismatch"),
        ("https", HERE, (-2, -1), "its own", "certificate has expired"),
        ("https", HERE, (1, 2), "its own", "certificate is not yet valid"),
        ("http", HERE, (-1, 1), "its own", "the connection to"),
        ("https", None, None, "its own", "no connection to"),
    ],
)
def test_only_a_certificate_that_holds_is_talked_to(tmp_path, trusting, scheme, address, days, trust, said):
    folders = {name: tmp_path / name for name in ("its own", "another")}
    for folder in folders.values():
        folder.mkdir()
    own = self_signed(folders["its own"], address or HERE, days or (-1, 1))
    other = self_signed(folders["another"])
    trusting({"its own": own[1], "another": other[1], "": None}[trust])
    with served(own if address else None) as (port, asked):
        connection = Connection(f"{scheme}://{HERE}:{port}", CONTRACT, 5.0, 5.0)
        exchange = Client(connection).send(Call("Alice", "GET", "/things", token="a-token"))
        connection.close()
    assert (said in exchange.failure, bool(exchange.failure)) == (True, bool(said))
    assert asked == ([] if said else ["/things"])
