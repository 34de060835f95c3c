"""Authenticator apps: their secrets, the codes they show, and the challenges that ask for a code."""

from dataclasses import dataclass, field
from datetime import UTC, datetime

import pyotp

from acceptance.calls.exchange import Exchange
from api_service.people.accounts import TOKEN, VISITOR
from api_service.subjects.identity.sign_in import credentials
from api_service.world import World

METHODS = "/api/v1/auth/mfa"
LABEL = "Phone"
# The status of a sign-in that is not complete without a code.
CHALLENGED = 202


@dataclass
class AuthenticatorApp:
    """The authenticator app of a scenario: its id with the service, and the secret that they share.

    `challenge` is the token of the last sign-in that asked for a code, `last_code` the code sent last, and
    `recovery_codes` has every set of them that was handed out, the newest last.
    """

    id: str
    secret: str
    challenge: str = ""
    last_code: str = ""
    recovery_codes: list[list[str]] = field(default_factory=list)

    def code(self) -> str:
        """Return the code that the app shows now (RFC 6238: SHA-1, six digits, thirty seconds)."""
        return pyotp.TOTP(self.secret).now()

    def wrong_code(self) -> str:
        """Return a code that the app shows neither now nor a step before or after."""
        totp, now = pyotp.TOTP(self.secret), datetime.now(UTC)
        shown = {totp.at(now, counter_offset=step) for step in range(-2, 3)}
        return next(code for code in map("{:06}".format, range(10)) if code not in shown)


def the_app(world: World) -> AuthenticatorApp:
    """Return the app that was set up in this scenario; raises LookupError when there is none."""
    return world.state.find(AuthenticatorApp, LABEL)


def set_up(world: World, person: str) -> Exchange:
    """Enrol an app for a person."""
    exchange = world.act(person, "POST", f"{METHODS}/totp/enroll", query={"label": LABEL})
    if exchange.succeeded:
        world.state.keep(LABEL, AuthenticatorApp(exchange.body["method_id"], exchange.body["secret"]))
    return exchange


def confirm(world: World, person: str, code: str = "") -> Exchange:
    """Confirm the app as this person, with the code it shows or another one."""
    app = the_app(world)
    body = {"method_id": app.id, "code": code or app.code()}
    return world.act(person, "POST", f"{METHODS}/totp/verify", json=body)


def ask_for_challenge(world: World, person: str) -> Exchange:
    """Sign in with the password alone and keep the challenge if there is one; the caller judges it."""
    exchange = world.look(VISITOR, "POST", TOKEN, json=credentials(world.person(person)))
    keep_challenge(world, exchange)
    return exchange


def keep_challenge(world: World, exchange: Exchange) -> None:
    """Keep the challenge of a sign-in that asks for a code of the app."""
    if exchange.status == CHALLENGED:
        for app in world.state.all_of(AuthenticatorApp).values():
            app.challenge = exchange.body["challenge_token"]


def answer_challenge(world: World, code: str, challenge: str = "", method_id: str = "") -> Exchange:
    """Complete a sign-in with a code of the app, for the challenge that was asked last, or of another one."""
    app = the_app(world)
    app.last_code = code
    body = {"challenge_token": challenge or app.challenge, "method_id": method_id or app.id, "code": code}
    return world.act(VISITOR, "POST", f"{METHODS}/complete", json=body)


def renew_recovery_codes(world: World, person: str) -> Exchange:
    """Ask for new recovery codes."""
    exchange = world.act(person, "POST", f"{METHODS}/recovery/regenerate")
    if exchange.succeeded:
        the_app(world).recovery_codes.append(exchange.body["codes"])
    return exchange


def remove(world: World, person: str) -> Exchange:
    """Remove the app as this person."""
    return world.act(person, "DELETE", f"{METHODS}/{{method_id}}", method_id=the_app(world).id)
