"""Setting, changing and resetting a password, and the passwords that a person has had or tried."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from acceptance.calls.exchange import Exchange
from acceptance.redaction import learn
from api_service.people.accounts import VISITOR, Person
from api_service.world import World

PASSWORD = "/api/v1/auth/password"  # noqa: S105 a path
CHOICES: Mapping[str, Callable[[Person], str]] = {
    "a good password": lambda _: "Marble-Quilt-Zephyr-1",
    "another good password": lambda _: "Copper-Lagoon-Thistle-2",
    "a password that is too short": lambda _: "Too-Short-1",
    "a password that is easy to guess": lambda _: "passwordpassword1",
    "a password of small letters only": lambda _: "walnutharbourlantern",
    "the password of before": lambda person: person.password,
}


@dataclass(frozen=True)
class Passwords:
    """A person's passwords in a scenario, kept under their name: the first, and all that were sent as new."""

    first: str
    tried: frozenset[str]


def set_with(world: World, name: str, token: str, choice: str) -> Exchange:
    """Set a password with the token of a mailed link."""
    return _send(world, VISITOR, name, choice, "confirm", token=token)


def change(world: World, name: str, current: str, choice: str) -> Exchange:
    """Change one's own password, proving it with the current one."""
    return _send(world, name, name, choice, "change", current_password=current)


def reset(world: World, name: str, other: str, choice: str) -> Exchange:
    """Give somebody else a password."""
    return _send(world, name, other, choice, "reset", user_id=world.person(other).user_id)


def _send(world: World, actor: str, name: str, choice: str, action: str, **proof: str) -> Exchange:
    """Send a new password for somebody; they sign in with it from now on if the service agrees."""
    person = world.person(name)
    password = CHOICES[choice](person)
    learn(password)
    known = world.state.all_of(Passwords).get(name, Passwords(person.password, frozenset()))
    world.state.keep(name, replace(known, tried=known.tried | {password}))
    exchange = world.act(actor, "POST", f"{PASSWORD}/{action}", json={**proof, "new_password": password})
    if exchange.succeeded:
        world.introduce(replace(person, password=password))
    return exchange
