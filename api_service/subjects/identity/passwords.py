"""New passwords, good and poor, and which one a person then signs in with."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from acceptance.calls.exchange import Exchange
from acceptance.checks.assertions import refused, succeeded
from acceptance.redaction import learn
from api_service.people.accounts import VISITOR, Person
from api_service.subjects.identity.mailed_links import CONFIRM
from api_service.subjects.identity.sign_in import credentials, try_to_sign_in
from api_service.vocabulary import OUTCOMES
from api_service.world import World

FORGOT = "/api/v1/auth/password/forgot"
CHANGE = "/api/v1/auth/password/change"
RESET = "/api/v1/auth/password/reset"
CHOICES: Mapping[str, Callable[[Person], str]] = {
    "a good password": lambda _: "Marble-Quilt-Zephyr-1",
    "another good password": lambda _: "Copper-Lagoon-Thistle-2",
    "a password that is too short": lambda _: "Too-Short-1",
    "a password that is easy to guess": lambda _: "passwordpassword1",
    "a password of small letters only": lambda _: "walnutharbourlantern",
    "the password of before": lambda person: person.password,
}


def set_with(world: World, name: str, token: str, choice: str) -> Exchange:
    """Set a password with the token of a mailed link, as the scenario's deed."""
    password = _chosen(world, name, choice)
    body = {"token": token, "new_password": password}
    return _took(world, name, password, world.act(VISITOR, "POST", CONFIRM, json=body))


def change(world: World, name: str, current: str, choice: str) -> Exchange:
    """Change one's own password, as the scenario's deed."""
    password = _chosen(world, name, choice)
    body = {"current_password": current, "new_password": password}
    return _took(world, name, password, world.act(name, "POST", CHANGE, json=body))


def reset(world: World, name: str, other: str, choice: str) -> Exchange:
    """Give somebody else a password, as the scenario's deed."""
    password = _chosen(world, other, choice)
    body = {"user_id": world.person(other).user_id, "new_password": password}
    return _took(world, other, password, world.act(name, "POST", RESET, json=body))


def check_only_new(world: World, person: Person) -> None:
    """Assert that the new password opens a session and the old one does not."""
    succeeded(try_to_sign_in(world, person))
    _check_useless(world, person, world.recall("old password", person.name))


def check_only_old(world: World, person: Person) -> None:
    """Assert that the old password opens a session and the one that was tried, if another, does not."""
    succeeded(try_to_sign_in(world, person))
    tried = world.recall("tried password", person.name)
    if tried != person.password:
        _check_useless(world, person, tried)


def _chosen(world: World, name: str, choice: str) -> str:
    password = CHOICES[choice](world.person(name))
    learn(password)
    world.remember("tried password", name, password)
    return password


def _took(world: World, name: str, password: str, exchange: Exchange) -> Exchange:
    """Let the person go by the new password if it was taken."""
    if exchange.succeeded:
        person = world.person(name)
        world.remember("old password", name, person.password)
        world.introduce(replace(person, password=password))
    return exchange


def _check_useless(world: World, person: Person, password: str) -> None:
    exchange = try_to_sign_in(world, person, json=credentials(person, password=password))
    refused(exchange, *OUTCOMES["not signed in"])
