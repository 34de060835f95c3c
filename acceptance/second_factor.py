"""Authenticator apps: their secrets, the codes they show, and the questions that ask for a code."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pyotp
from hamcrest import has_entries, has_item, none, not_none

from acceptance.exchange import Exchange
from acceptance.outcomes import check
from acceptance.people import TOKEN, VISITOR
from acceptance.redaction import learn
from acceptance.sessions import credentials
from acceptance.world import World

METHODS = "/api/v1/auth/mfa"
ENROL = "/api/v1/auth/mfa/totp/enroll"
VERIFY = "/api/v1/auth/mfa/totp/verify"
COMPLETE = "/api/v1/auth/mfa/complete"
REGENERATE = "/api/v1/auth/mfa/recovery/regenerate"
REMOVE = "/api/v1/auth/mfa/{method_id}"
ASKS_FOR_CODE = 202
STATES: dict[str, dict[str, Any]] = {
    "unconfirmed": {"verified_at": none(), "revoked_at": none()},
    "confirmed": {"verified_at": not_none(), "revoked_at": none()},
    "removed": {"verified_at": not_none(), "revoked_at": not_none()},
}


@dataclass(frozen=True)
class App:
    """An authenticator app: whose it is, its id with the service, and its shared secret."""

    owner: str
    method_id: str
    secret: str

    def code(self) -> str:
        """Return the code that the app shows now (RFC 6238: SHA-1, six digits, thirty seconds)."""
        return pyotp.TOTP(self.secret).now()

    def wrong_code(self) -> str:
        """Return a code that the app shows neither now nor a step before or after."""
        totp, now = pyotp.TOTP(self.secret), datetime.now(UTC)
        shown = {totp.at(now, counter_offset=step) for step in range(-2, 3)}
        return next(code for code in map("{:06}".format, range(10)) if code not in shown)


def set_up(world: World, name: str, label: str, exchange: Exchange) -> None:
    """Remember the app that an enrolment answered with."""
    if exchange.succeeded:
        body = exchange.body
        learn(body["secret"])
        world.remember("app", label, App(name, body["method_id"], body["secret"]))


def confirmation(app: App, code: str) -> dict[str, str]:
    """Return what confirms an app."""
    return {"method_id": app.method_id, "code": code}


def ask(world: World, name: str) -> None:
    """Sign in with the password alone and remember the question; raises AssertionError if there is none."""
    exchange = world.look(VISITOR, "POST", TOKEN, json=credentials(world.person(name)))
    check(exchange, exchange.status, ASKS_FOR_CODE, "to be asked for a code")
    world.remember("question", name, exchange.body["challenge_token"])


def answer(world: World, name: str, app: App, code: str) -> Exchange:
    """Answer the question that somebody was asked, as the scenario's deed; the code is remembered."""
    learn(code)
    world.remember("code", name, code)
    body = {"challenge_token": world.recall("question", name), "method_id": app.method_id, "code": code}
    return world.act(VISITOR, "POST", COMPLETE, json=body)


def check_state(world: World, app: App, label: str, state: str) -> None:
    """Assert that the owner's list shows the app in this state."""
    listed = world.must(app.owner, "GET", METHODS)
    expected = has_entries(id=app.method_id, label=label, method_type="totp", **STATES[state])
    check(listed, listed.body, has_item(expected))
