"""Authenticator apps: their secrets, the codes they show, and the questions that ask for a code."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pyotp
from hamcrest import has_entries, has_item, none, not_none

from acceptance.calls.exchange import Exchange
from acceptance.checks.assertions import check, succeeded
from acceptance.redaction import learn
from api_service.people.accounts import TOKEN, VISITOR
from api_service.subjects.identity.sign_in import credentials
from api_service.world import World

METHODS = "/api/v1/auth/mfa"
ENROL = "/api/v1/auth/mfa/totp/enroll"
VERIFY = "/api/v1/auth/mfa/totp/verify"
COMPLETE = "/api/v1/auth/mfa/complete"
REGENERATE = "/api/v1/auth/mfa/recovery/regenerate"
REMOVE = "/api/v1/auth/mfa/{method_id}"
LABEL = "Phone"
ONLY = "the only one"
ASKS_FOR_CODE = 202
STATES: dict[str, dict[str, Any]] = {
    "unconfirmed": {"verified_at": none(), "revoked_at": none()},
    "confirmed": {"verified_at": not_none(), "revoked_at": none()},
    "removed": {"verified_at": not_none(), "revoked_at": not_none()},
}


@dataclass(frozen=True)
class App:
    """An authenticator app: its id with the service, and the secret that they share."""

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


def check_state(world: World, owner: str, state: str) -> None:
    """Assert that the owner's list shows their app in this state."""
    listed = world.must(owner, "GET", METHODS)
    app = _app(world)
    expected = has_entries(id=app.method_id, label=LABEL, method_type="totp", **STATES[state])
    check(listed, listed.body, has_item(expected))


def _app(world: World) -> App:
    app: App = world.recall("app", ONLY)
    return app


def _set_up(world: World, person: str) -> Exchange:
    exchange = world.act(person, "POST", ENROL, query={"label": LABEL})
    if exchange.succeeded:
        body = exchange.body
        learn(body["secret"])
        world.remember("app", ONLY, App(body["method_id"], body["secret"]))
    return exchange


def _confirm(world: World, person: str, code: str) -> Exchange:
    body = {"method_id": _app(world).method_id, "code": code}
    return world.act(person, "POST", VERIFY, json=body)


def _ask(world: World, person: str) -> None:
    exchange = world.look(VISITOR, "POST", TOKEN, json=credentials(world.person(person)))
    check(exchange, exchange.status, ASKS_FOR_CODE, "to be asked for a code")
    world.remember("question", person, exchange.body["challenge_token"])


def _answer(world: World, person: str, code: str, question: str = "") -> Exchange:
    learn(code)
    world.remember("code", person, code)
    asked = question or world.recall("question", person)
    body = {"challenge_token": asked, "method_id": _app(world).method_id, "code": code}
    return world.act(VISITOR, "POST", COMPLETE, json=body)


def _ask_for_recovery_codes(world: World, person: str) -> Exchange:
    return world.act(person, "POST", REGENERATE)


def _remove(world: World, person: str) -> Exchange:
    return world.act(person, "DELETE", REMOVE, method_id=_app(world).method_id)


def _have_recovery_codes(world: World, person: str) -> None:
    exchange = _ask_for_recovery_codes(world, person)
    succeeded(exchange)
    world.remember("recovery codes", person, exchange.body["codes"])


def _have_confirmed(world: World, person: str) -> None:
    succeeded(_set_up(world, person))
    succeeded(_confirm(world, person, _app(world).code()))


Deed = Callable[[World, str], Exchange]
DEEDS: Mapping[str, Deed] = {
    "set up an authenticator app": _set_up,
    "confirm the app with its code": lambda world, person: _confirm(world, person, _app(world).code()),
    "confirm the app with a wrong code": lambda world, person: _confirm(
        world, person, _app(world).wrong_code()
    ),
    "answer with the code of the app": lambda world, person: _answer(world, person, _app(world).code()),
    "answer with a wrong code": lambda world, person: _answer(world, person, _app(world).wrong_code()),
    "answer a made-up question with the code of the app": lambda world, person: _answer(
        world, person, _app(world).code(), "made-up-question"
    ),
    "answer with the same code again": lambda world, person: _answer(
        world, person, world.recall("code", person)
    ),
    "answer with a recovery code of before": lambda world, person: _answer(
        world, person, world.recall("recovery codes", person)[0]
    ),
    "answer with a recovery code": lambda world, person: _answer(
        world, person, world.recall("recovery codes", person)[0]
    ),
    "ask for recovery codes": _ask_for_recovery_codes,
    "look at the authenticator apps": lambda world, person: world.act(person, "GET", METHODS),
    "remove the app": _remove,
}
DONE: Mapping[str, Callable[[World, str], None]] = {
    "set up an authenticator app": lambda world, person: succeeded(_set_up(world, person)),
    "confirmed an authenticator app": _have_confirmed,
    "removed the app": lambda world, person: succeeded(_remove(world, person)),
    "been asked for a code": _ask,
    "answered with the code of the app": lambda world, person: succeeded(
        DEEDS["answer with the code of the app"](world, person)
    ),
    "recovery codes": _have_recovery_codes,
    "asked for recovery codes again": lambda world, person: succeeded(_ask_for_recovery_codes(world, person)),
}
