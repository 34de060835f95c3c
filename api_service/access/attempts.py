"""Calls that are to be refused: by visitors, by lower roles, by people of another tenant."""

from collections.abc import Callable, Iterable, Mapping
from http import HTTPStatus
from typing import Any
from uuid import uuid4

from acceptance.calls.evidence import explain
from acceptance.calls.exchange import Exchange
from acceptance.checks import assertions
from acceptance.contract.document import Operation
from api_service.access import thing_parameter
from api_service.access.operations import OPERATIONS, parameters
from api_service.access.things import REQUESTS, THINGS
from api_service.people.accounts import VISITOR
from api_service.vocabulary import OUTCOMES, one_of
from api_service.world import World

# The people of the shared tenant whose role is too low.
BELOW: Mapping[str, tuple[str, ...]] = {
    "a member": ("Vera",),
    "an admin": ("Vera", "Dave"),
    "an operator": ("Vera", "Dave", "Adam", "Alice"),
}
operation_word: Callable[[str], str] = one_of(OPERATIONS)


def attempt(world: World, person: str, phrase: str, **request: Any) -> Exchange:
    """Call an operation by its phrase, as the scenario's subject, with ids that lead nowhere."""
    method, path = OPERATIONS[phrase].split()
    values = {name: _nothing(world, person, name) for name in parameters(path)}
    return world.act(person, method, path, **{**values, **REQUESTS.get(OPERATIONS[phrase], {}), **request})


def as_member_of(world: World, person: str, host: str, phrase: str) -> None:
    """Call an operation and claim to belong to somebody else's tenant."""
    tenant_id = world.person(host).tenant_id
    values = {"tenant_id": tenant_id} if "{tenant_id}" in OPERATIONS[phrase] else {}
    attempt(world, person, phrase, headers={"X-Tenant-Id": tenant_id}, **values)


def everybody_below(world: World, role: str, phrase: str) -> None:
    """Call an operation as everybody whose role is too low."""
    world.remember("attempts", "all", [attempt(world, person, phrase) for person in BELOW[role]])


def everything_with(world: World, person: str, kind: str) -> None:
    """Call every operation that is about things of this kind, on the one that the scenario keeps."""
    values = world.recall("values", kind)
    made = []
    for operation in operations_on(kind, world.suite.contract):
        ids = {name: values.get(name, str(uuid4())) for name in parameters(operation.path)}
        request = REQUESTS.get(operation.name, {})
        made.append(world.act(person, operation.method, operation.path, **ids, **request))
    world.remember("attempts", "all", made)


def operations_on(kind: str, contract: Iterable[Operation]) -> list[Operation]:
    """Return the operations that a tenant's people may call on things of this kind; reading comes first."""
    parameter = THINGS[kind].parameter
    found = [
        operation
        for operation in contract
        if operation.needs_token
        and operation.minimum_role != "operator"
        and thing_parameter(operation) == parameter
    ]
    return sorted(found, key=lambda operation: (operation.is_write, operation.name))


def all_refused(world: World, outcome: str) -> None:
    """Assert that every attempt was refused so."""
    for one in _attempts(world):
        assertions.refused(one, *OUTCOMES[outcome])


def none_reached(world: World) -> None:
    """Assert that every attempt found nothing or was not allowed.

    A removal may also be acknowledged, as that of a thing that never was; it is for a second read to say that
    nothing is gone.
    """
    kinds = dict((OUTCOMES["not found"], OUTCOMES["not allowed"]))
    for one in _attempts(world):
        if one.call.method == "DELETE" and one.status == HTTPStatus.NO_CONTENT:
            assertions.succeeded(one)
        elif one.status in kinds:
            assertions.refused(one, one.status, kinds[one.status])
        else:
            raise AssertionError(explain(one, "a stranger to be refused as not found or not allowed"))


def _attempts(world: World) -> list[Exchange]:
    attempts: list[Exchange] = world.recall("attempts", "all")
    if not attempts:
        raise AssertionError("nothing was attempted")
    return [world.look_at(one) for one in attempts]


def _nothing(world: World, person: str, parameter: str) -> str:
    if parameter == "tenant_id" and person != VISITOR:
        return world.person(person).tenant_id
    return str(uuid4())
