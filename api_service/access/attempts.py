"""Calls that have to be refused: by visitors, by lower roles, by people of another tenant."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from acceptance.calls.exchange import Exchange
from acceptance.contract.document import Operation
from api_service.access import operations, thing_parameter
from api_service.access.things import THINGS, OwnedThing
from api_service.people.accounts import VISITOR
from api_service.world import World

# The people of the shared tenant whose role is lower than the one that an operation needs.
LOWER_ROLES: Mapping[str, tuple[str, ...]] = {
    "a member": ("Vera",),
    "an admin": ("Vera", "Dave"),
    "an operator": ("Vera", "Dave", "Adam", "Alice"),
}
ALL = "all"


@dataclass(frozen=True)
class Attempts:
    """The answers to all attempts of a scenario that makes several."""

    answers: list[Exchange]


def attempt(world: World, person: str, phrase: str, **request: Any) -> Exchange:
    """Call an operation by its phrase; ids are random but for the tenant's, which is the person's own."""
    operation = operations()[phrase]
    values = {name: str(uuid4()) for name in operation.parameters}
    if "tenant_id" in values and person != VISITOR:
        values["tenant_id"] = world.person(person).tenant_id
    sent = {**values, **operation.meaning.attempt, **request}
    return world.act(person, operation.method, operation.path, **sent)


def attempt_in_tenant_of(world: World, person: str, host: str, phrase: str) -> Exchange:
    """Call an operation with another person's tenant in `X-Tenant-Id`, and in the path if it has one."""
    tenant_id = world.person(host).tenant_id
    values = {"tenant_id": tenant_id} if "tenant_id" in operations()[phrase].parameters else {}
    return attempt(world, person, phrase, headers={"X-Tenant-Id": tenant_id}, **values)


def attempt_everything(world: World, person: str, kind: str) -> None:
    """Call every operation on things of this kind with the ids of the owner's one, and keep the answers."""
    values = world.state.find(OwnedThing, kind).values
    answers = []
    for operation in operations_on(kind):
        sent = {name: values.get(name, str(uuid4())) for name in operation.parameters}
        sent |= operation.meaning.attempt
        answers.append(world.act(person, operation.method, operation.path, **sent))
    world.state.keep(ALL, Attempts(answers))


def operations_on(kind: str) -> list[Operation]:
    """Return the operations that a tenant's people may call on things of this kind; reading comes first."""
    parameter = THINGS[kind].parameter
    found = [
        operation
        for operation in operations().values()
        if operation.minimum_role != "operator" and thing_parameter(operation) == parameter
    ]
    return sorted(found, key=lambda operation: (operation.is_write, operation.name))
