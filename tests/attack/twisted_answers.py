"""A runner whose service answers in a twisted way, so that secrets stand where nobody expects them.

`behave --runner tests.attack.twisted_answers:TwistedRunner` with TWIST (a mode), TWIST_RATE, TWIST_SEED, and
TWIST_SECRETS: the file that gets every secret seen on the wire, as a JSON list.
"""

import json
import os
from base64 import b64encode
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import parse_qsl, quote, urlsplit

from acceptance.prove.proxy import Proxy
from acceptance.prove.wire import Incoming, Reply, header
from acceptance.run import project
from acceptance.run.runner import AcceptanceRunner

# What is a secret is said here once more, on purpose: the suite's own opinion is what is attacked.
SECRET_FIELDS = {
    *("password", "current_password", "new_password", "access_token", "refresh_token", "challenge_token"),
    *("client_secret", "code", "codes", "secret", "token", "invite_token", "webhook_secret", "nonce"),
    *("code_challenge", "code_verifier", "state", "signature", "sig"),
}
SECRET_HEADERS = ("authorization", "x-log-signature", "stripe-signature")
LINKS = frozenset({"otpauth_url", "authorize_url", "upload_url", "download_url"})
# Without a token no scenario would come far.
SIGN_IN = "/auth/token"
SIGN_IN_RATE = 0.12
Twist = Callable[[Incoming, Reply, Random], Reply]


def _in_message(reply: Reply, text: str, status: int = 500) -> Reply:
    body = {"success": False, "error": "ServerError", "message": f"It went wrong: {text}", "details": None}
    return replace(reply.with_json(body), status=status)


def _as(reply: Reply, media_type: str) -> Reply:
    return reply.with_header("content-type", media_type)


def _cut(incoming: Incoming, reply: Reply, lot: Random) -> Reply:
    return replace(reply, body=reply.body[: int(len(reply.body) * lot.uniform(0.5, 0.95))])


def _echo(incoming: Incoming, reply: Reply, lot: Random) -> Reply:
    headers = "\n".join(f"{name}: {value}" for name, value in incoming.headers)
    request = (
        f"{incoming.method} {incoming.path}?{incoming.query}\n{headers}\n\n{incoming.body.decode('latin-1')}"
    )
    forms: list[Callable[[str], str]] = [
        str,
        repr,
        lambda text: quote(text, safe=""),
        lambda text: b64encode(text.encode()).decode(),
        lambda text: text.encode().hex(),
    ]
    return _in_message(reply, lot.choice(forms)(request), lot.choice([400, 500]))


def _in_header(incoming: Incoming, reply: Reply, lot: Random) -> Reply:
    known = [*_secrets(incoming, reply)] or ["nothing"]
    secret = quote(lot.choice(known), safe="!#$&'()*+,/:;=?@[]~")
    name, value = lot.choice([("x-correlation-id", secret), ("content-type", f"application/{secret}")])
    return reply.with_header(name, value)


MODES: dict[str, Twist] = {
    "status 500": lambda incoming, reply, lot: replace(reply, status=500),
    "JSON without its end": _cut,
    "in a list": lambda incoming, reply, lot: replace(reply, body=b"[" + reply.body + b"]"),
    "text": lambda incoming, reply, lot: _as(reply, "text/plain"),
    "JSON string": lambda incoming, reply, lot: reply.with_json(reply.body.decode("latin-1")),
    "in a message": lambda incoming, reply, lot: _in_message(reply, reply.body.decode("latin-1")),
    "echo": _echo,
    "header": _in_header,
}


def _secrets(incoming: Incoming, reply: Reply) -> Iterator[str]:
    """Yield every secret of a request and its true answer."""
    for name in SECRET_HEADERS:
        yield from header(incoming.headers, name).removeprefix("Bearer ").split(",")
    for body in (incoming.body, reply.body):
        try:
            yield from _collected(json.loads(body))
        except ValueError:
            continue


def _collected(value: Any, key: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _collected(inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield from _collected(inner, key)
    elif isinstance(value, str) and key in LINKS:
        yield from _collected(dict(parse_qsl(urlsplit(value).query)))
    elif isinstance(value, str) and key in SECRET_FIELDS:
        yield value


class TwistingProxy(Proxy):
    """Twists the answers of a service once it is `twisting`, and keeps every secret that it sees."""

    def __init__(self, upstream: str) -> None:
        super().__init__(upstream)
        self.twisting = False
        self.secrets: set[str] = set()
        self._lot = Random(os.environ["TWIST_SEED"])
        self._twist, self._rate = MODES[os.environ["TWIST"]], float(os.environ["TWIST_RATE"])

    async def _forward(self, incoming: Incoming) -> Reply:
        reply = await super()._forward(incoming)
        if reply.chunks is not None or not incoming.path.startswith("/api/"):
            return reply
        self.secrets.update(_secrets(incoming, reply))
        rate = min(self._rate, SIGN_IN_RATE) if incoming.path.endswith(SIGN_IN) else self._rate
        twisted = self.twisting and reply.body and self._lot.random() < rate
        return self._twist(incoming, reply, self._lot) if twisted else reply


class TwistedRunner(AcceptanceRunner):
    """The suite's runner, with the twisting proxy between the suite and the embedded service."""

    def open_session(self) -> Any:
        session = project.current().open_session(self.reports_folder, through=self._through, everybody=False)
        self._proxy.twisting = True
        return session

    def run(self) -> bool:
        try:
            return super().run()
        finally:
            known = sorted(self._proxy.secrets)
            Path(os.environ["TWIST_SECRETS"]).write_text(json.dumps(known), encoding="utf-8")

    def _through(self, base_url: str) -> str:
        self._proxy = TwistingProxy(base_url).start()
        return self._proxy.base_url
