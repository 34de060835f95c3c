"""One's own account: the profile, moving to another address, and closing it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from acceptance.calls.exchange import Exchange
from api_service.people.accounts import SESSIONS, Person
from api_service.world import World

PROFILE = "/api/v1/users/me"


@dataclass(frozen=True)
class AccountBefore:
    """Somebody's profile and number of open sessions before their last change, kept under their name."""

    profile: Mapping[str, Any]
    open_sessions: int


def profile_of(world: World, name: str) -> dict[str, Any]:
    """Return somebody's profile as they see it now."""
    profile: dict[str, Any] = world.must(name, "GET", PROFILE).body["data"]
    return profile


def change_profile(world: World, name: str, changes: Mapping[str, Any]) -> Exchange:
    """Send changes to somebody's own profile."""
    _keep_before(world, name)
    return world.act(name, "PATCH", f"{PROFILE}/profile", json=changes)


def change_email(world: World, person: Person, email: str, password: str = "") -> Exchange:
    """Move somebody to an address, with their own password or another; they have it if the service agrees."""
    _keep_before(world, person.name)
    body = {"current_password": password or person.password, "new_email": email}
    exchange = world.act(person.name, "PATCH", f"{PROFILE}/email", json=body)
    if exchange.succeeded and email.lower() != person.email:
        world.introduce(replace(person, email=email.lower(), verified=False))
    return exchange


def close(world: World, person: Person, password: str = "") -> Exchange:
    """Close somebody's account, with their own password or another."""
    _keep_before(world, person.name)
    body = {"current_password": password or person.password}
    return world.act(person.name, "POST", f"{PROFILE}/disable", json=body)


def _keep_before(world: World, name: str) -> None:
    open_sessions = world.must(name, "GET", SESSIONS).body["total"]
    world.state.keep(name, AccountBefore(profile_of(world, name), open_sessions))
