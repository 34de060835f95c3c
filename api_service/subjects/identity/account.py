"""One's own account: the profile, moving to another address, and closing it."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from acceptance.calls.exchange import Exchange
from acceptance.checks.assertions import check, field, refused, says
from api_service.people.accounts import Person
from api_service.subjects.identity.sign_in import SESSIONS, credentials, must_sign_in, try_to_sign_in
from api_service.vocabulary import OUTCOMES
from api_service.world import World

READ_PROFILE = "/api/v1/users/me"
WRONG_PASSWORD = "Not-The-Right-One-1"  # noqa: S105 deliberately nobody's
UPDATE_PROFILE = "/api/v1/users/me/profile"
CHANGE_EMAIL = "/api/v1/users/me/email"
DISABLE = "/api/v1/users/me/disable"
PROFILE_FIELDS: Mapping[str, str] = {
    "display name": "display_name",
    "given name": "given_name",
    "family name": "family_name",
    "picture": "avatar_url",
    "time zone": "timezone",
    "language": "locale",
}
MISFITS: Mapping[str, Mapping[str, Any]] = {
    "nothing": {},
    "something nobody asks about": {"shoe_size": 38},
    "an empty given name": {"given_name": ""},
    "an endless display name": {"display_name": "n" * 129},
}


def profile_of(world: World, name: str) -> dict[str, Any]:
    """Return somebody's profile as they see it now."""
    profile: dict[str, Any] = world.must(name, "GET", READ_PROFILE).body["data"]
    return profile


def _move(world: World, person: Person, email: str, password: str = "") -> Exchange:
    """Move to an address; the person goes by it from now on if it was taken."""
    world.remember("profile", person.name, profile_of(world, person.name))
    body = {"current_password": password or person.password, "new_email": email}
    exchange = world.act(person.name, "PATCH", CHANGE_EMAIL, json=body)
    if exchange.succeeded and email.lower() != person.email:
        world.remember("old address", person.name, person.email)
        world.introduce(replace(person, email=email.lower(), verified=False))
    return exchange


def check_moved(world: World, person: Person) -> None:
    """Assert that the new address opens a session and the old one does not."""
    world.use_token(person.name, must_sign_in(world, person)["access_token"])
    old = world.recall("old address", person.name)
    refused(try_to_sign_in(world, person, json=credentials(person, email=old)), *OUTCOMES["not signed in"])


def check_closed(world: World, person: Person) -> None:
    """Assert that the answer ends every session, and that the right password is refused from now on."""
    ended = world.recall("open sessions", person.name)
    expected = {"user_id": person.user_id, "disabled": True, "revoked_sessions": ended}
    check(world.answer, field(world.answer, "data"), expected)
    exchange = try_to_sign_in(world, person)
    refused(exchange, *OUTCOMES["not allowed"])
    says(exchange, "User is disabled.")


def _close(world: World, person: Person, password: str = "") -> Exchange:
    open_sessions = world.must(person.name, "GET", SESSIONS).body["total"]
    world.remember("open sessions", person.name, open_sessions)
    body = {"current_password": password or person.password}
    return world.act(person.name, "POST", DISABLE, json=body)


DEEDS: Mapping[str, Callable[[World, Person], Exchange]] = {
    "move to another address": lambda world, person: _move(world, person, f"moved-{person.email}"),
    "move to another address without the password": lambda world, person: _move(
        world, person, f"moved-{person.email}", WRONG_PASSWORD
    ),
    "move to the same address in capitals": lambda world, person: _move(world, person, person.email.upper()),
    "move to the address of Nina": lambda world, person: _move(world, person, world.person("Nina").email),
    "move to something that is no address": lambda world, person: _move(world, person, "no-address"),
    "close the account": _close,
    "close the account without the password": lambda world, person: _close(world, person, WRONG_PASSWORD),
}
