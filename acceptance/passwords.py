"""New passwords, good and poor, and which one a person then signs in with."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from acceptance.exchange import Exchange
from acceptance.outcomes import refused, succeeded
from acceptance.people import Person
from acceptance.redaction import learn
from acceptance.sessions import credentials, try_to_sign_in
from acceptance.vocabulary import OUTCOMES
from acceptance.world import World

GOOD, ANOTHER_GOOD = "Marble-Quilt-Zephyr-1", "Copper-Lagoon-Thistle-2"
POOR: Mapping[str, Callable[[Person], str]] = {
    "too short": lambda _: "Too-Short-1",
    "easy to guess": lambda _: "passwordpassword1",
    "of small letters only": lambda _: "walnutharbourlantern",
    "the old one": lambda person: person.password,
}


def took(world: World, person: Person, password: str, exchange: Exchange) -> None:
    """Remember which password was tried for a person; they go by it from now on if it was taken."""
    learn(password)
    world.remember("tried password", person.name, password)
    if exchange.succeeded:
        world.remember("old password", person.name, person.password)
        world.introduce(replace(person, password=password))


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


def _check_useless(world: World, person: Person, password: str) -> None:
    exchange = try_to_sign_in(world, person, json=credentials(person, password=password))
    refused(exchange, *OUTCOMES["not signed in"])
