"""The people of a tenant: who they are, what they may do, how they come and go."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import uuid4

from hamcrest import contains_exactly, equal_to, has_entries, has_items
from parse import with_pattern

from acceptance.calls.exchange import Exchange
from acceptance.checks.assertions import check, field
from api_service.world import World

MEMBERS = "/api/v1/tenants/members"
MEMBER = f"{MEMBERS}/{{user_id}}"
ROLE = f"{MEMBER}/role"
NOBODY = "nobody"
# A role with its article; there are no kings.
ROLES = {
    "an owner": "owner",
    "an admin": "admin",
    "a member": "member",
    "a viewer": "viewer",
    "a king": "king",
}
role_word: Callable[[str], str] = with_pattern("|".join(ROLES))(lambda text: ROLES[text])


def address(world: World, name: str) -> str:
    """Return somebody's e-mail address; one that no account has for nobody."""
    return f"{world.unique(NOBODY)}@example.com" if name == NOBODY else world.person(name).email


def user_id(world: World, name: str) -> str:
    """Return somebody's id; one that no account has for nobody."""
    return str(uuid4()) if name == NOBODY else world.person(name).user_id


def change(world: World, ask: Any, person: str, name: str, role: str) -> Exchange:
    """Give a member another role."""
    exchange: Exchange = ask(person, "PATCH", ROLE, json={"role": role}, user_id=user_id(world, name))
    return exchange


def listed(world: World, person: str) -> Exchange:
    """Return the answer that lists the members of the person's tenant."""
    return world.must(person, "GET", MEMBERS, query={"limit": 200})


def should_be(world: World, exchange: Exchange, rows: Mapping[str, str]) -> None:
    """Assert that a list shows exactly these people with these roles, by address, and counts them."""
    check(exchange, field(exchange, "members"), contains_exactly(*_entries(world, exchange, rows)))
    check(exchange, field(exchange, "total"), len(rows))
    check(exchange, field(exchange, "owner_count"), list(rows.values()).count("owner"))


def should_include(world: World, exchange: Exchange, rows: Mapping[str, str]) -> None:
    """Assert that a list shows these people with these roles, perhaps among others."""
    check(exchange, field(exchange, "members"), has_items(*_entries(world, exchange, rows)))


def _entries(world: World, exchange: Exchange, rows: Mapping[str, str]) -> list[Any]:
    people = sorted((world.person(name).email, name, role) for name, role in rows.items())
    return [
        has_entries(
            user_id=user_id(world, name),
            tenant_id=exchange.call.tenant_id,
            email=email,
            display_name=name,
            role=role,
            status="active",
            email_verified=True,
        )
        for email, name, role in people
    ]


def should_have_come(exchange: Exchange, name: str, role: str) -> None:
    """Assert that the answer is the membership of this person in the asking person's tenant."""
    expected = {"display_name": name, "role": role, "tenant_id": exchange.call.tenant_id, "status": "active"}
    check(exchange, exchange.body, has_entries(expected))


def pages(world: World, person: str, size: int) -> list[Exchange]:
    """Ask for the members page by page, as the scenario's subject, until a page is not full."""
    found = [world.act(person, "GET", MEMBERS, query={"limit": size, "offset": 0})]
    while len(field(found[-1], "members")) == size and len(found) < 10:
        query = {"limit": size, "offset": size * len(found)}
        found.append(world.act(person, "GET", MEMBERS, query=query))
    return found


def should_be_whole(world: World, person: str, found: list[Exchange]) -> None:
    """Assert that the pages hold what the whole list holds, and that each counts the whole."""
    whole = listed(world, person)
    shown = [member for page in found for member in field(page, "members")]
    check(whole, shown, equal_to(field(whole, "members")))
    for page in found:
        check(page, field(page, "total"), len(shown))
        check(page, field(page, "owner_count"), field(whole, "owner_count"))
