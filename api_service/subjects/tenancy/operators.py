"""Tenants in the hands of operators: founded, found, changed, suspended, taken down."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any
from uuid import uuid4

from hamcrest import contains_exactly, contains_inanyorder, equal_to, has_entries, none, not_none

from acceptance.calls.exchange import Exchange
from acceptance.checks.assertions import check, field
from api_service.people.accounts import with_ids
from api_service.people.new_tenants import deprovision_afterwards, newcomer
from api_service.people.seed import apply, tenant_specification
from api_service.world import World

Ask = Callable[..., Exchange]
TENANTS = "/api/v1/platform/tenants"
TENANT = f"{TENANTS}/{{tenant_id}}"
ACCOUNT = "/api/v1/tenants/account"
FEATURES = "/api/v1/features"
DEEDS: Mapping[str, str] = {"suspend": "suspend", "reactivate": "reactivate", "take down": "deprovision"}
# The states that the deeds lead to, and what the account then tells.
STATES: Mapping[str, Mapping[str, Any]] = {
    "untouched": {"status": "active", "suspended_at": none(), "deprovisioned_at": none()},
    "suspended": {"status": "suspended", "suspended_at": not_none(), "deprovisioned_at": none()},
    "active again": {"status": "active", "suspended_at": not_none(), "deprovisioned_at": none()},
    "taken down": {"status": "deprovisioned", "deprovisioned_at": not_none()},
}
REASON = "The acceptance scenario wants it."
REASONS: Mapping[str, dict[str, str]] = {
    "no reason": {},
    "two letters as the reason": {"reason": "no"},
    "a very long reason": {"reason": "x" * 257},
}
WISHES: Mapping[str, dict[str, Any]] = {
    "a name of one letter": {"name": "N"},
    "a name that is too long": {"name": "N" * 129},
    "a short name with blanks": {"slug": "nim bus"},
    "a short name that is too long": {"slug": "n" * 65},
    "an unknown part": {"colour": "green"},
    "nothing": {},
}
OVERRIDE = "X-Operator-Override"
WAYS: Mapping[str, dict[str, str]] = {
    "without a word": {},
    "as an operator with a reason": {OVERRIDE: "true", "X-Operator-Reason": "A support case."},
    "as an operator without a reason": {OVERRIDE: "true"},
}
OWN_DEEDS: Mapping[str, tuple[str, str, Any]] = {
    "open the account": ("GET", ACCOUNT, None),
    "rename the account": ("PATCH", ACCOUNT, {"name": "Cumulus"}),
    "list the members": ("GET", "/api/v1/tenants/members", None),
    "see the features": ("GET", FEATURES, None),
}


def _account(world: World, title: str) -> Any:
    return has_entries(id=world.recall("tenant", title), status="suspended")


def _members(world: World, title: str) -> Any:
    slug = world.recall("tenant slug", title)
    people = [one for one in world.persons.values() if one.tenant_slug == slug]
    shown: list[Any] = [has_entries(user_id=one.user_id, role=one.role) for one in people]
    return has_entries(members=contains_inanyorder(*shown))


def _features(world: World, _: str) -> Any:
    # Nothing was decided for the tenant, so that it has what every tenant has.
    return equal_to(world.must("Alice", "GET", FEATURES).body)


# What an operator may read of a suspended tenant, as it should then be shown.
PARTS: Mapping[str, Callable[[World, str], Any]] = {
    "account": _account,
    "members": _members,
    "features": _features,
}


def found(world: World, ask: Ask, person: str, title: str, **wanted: Any) -> Exchange:
    """Found a tenant under a name that no other scenario uses; it is taken down when the scenario ends."""
    exchange = ask(person, "POST", TENANTS, json={"name": name_of(world, title), **wanted})
    if exchange.succeeded:
        remember(world, title, exchange.body)
    return exchange


def remember(world: World, title: str, account: Mapping[str, Any]) -> None:
    """Remember a tenant that was just founded, and let the ledger take it down."""
    world.remember("tenant", title, account["id"])
    world.remember("tenant slug", title, account["slug"])
    deprovision_afterwards(world, title, account["id"])


def name_of(world: World, title: str) -> str:
    """Return the name under which a title's tenant is founded; as a short name it is the same in small."""
    return world.unique(title)


def short_name_of(world: World, title: str) -> str:
    """Return the short name that follows from the name of a title's tenant."""
    return name_of(world, title).lower()


def tenant_id(world: World, title: str) -> str:
    """Return the id of a tenant; one that there is not for nobody's."""
    return str(uuid4()) if title == "Nowhere" else str(world.recall("tenant", title))


def change(world: World, ask: Ask, person: str, title: str, **wanted: Any) -> Exchange:
    """Change a tenant's name or short name."""
    return ask(person, "PATCH", TENANT, json=wanted, tenant_id=tenant_id(world, title))


def move(world: World, ask: Ask, person: str, deed: str, title: str, body: Any = None) -> Exchange:
    """Suspend, reactivate or take down a tenant, for a reason."""
    path = f"{TENANT}/{DEEDS[deed]}"
    body = {"reason": REASON} if body is None else body
    return ask(person, "POST", path, json=body, tenant_id=tenant_id(world, title))


def should_be(world: World, person: str, title: str, state: str, **told: Any) -> None:
    """Assert by reading the tenant and by finding it in the list that it is in this state."""
    expected: Any = has_entries({**STATES[state], **told, "id": world.recall("tenant", title)})
    exchange = world.must(person, "GET", TENANT, tenant_id=world.recall("tenant", title))
    check(exchange, exchange.body, expected)
    query = {"q": exchange.body["slug"], "status": exchange.body["status"]}
    listed = world.must(person, "GET", TENANTS, query=query)
    check(listed, field(listed, "accounts"), contains_exactly(expected))


def by_deed(world: World, person: str) -> dict[str, Any]:
    """Return what an account tells of the last deed of this person."""
    return {
        "status_reason": REASON,
        "status_updated_by": world.person(person).user_id,
        "status_updated_at": not_none(),
    }


def introduce_operator(world: World, name: str, title: str) -> None:
    """Seed an operator who is an admin of a tenant of the scenario's own as well."""
    slug = world.recall("tenant slug", title)
    person = replace(newcomer(world, name, "admin", slug), platform_role="platform_operator")
    seeded = apply(world.suite.api, [tenant_specification(slug, f"{title} {slug}", [person])])[slug]
    world.introduce(with_ids(person, seeded))


def act_in_tenant(world: World, person: str, deed: str, way: str) -> None:
    """Do something in the person's own tenant, with or without the operators' override."""
    method, path, body = OWN_DEEDS[deed]
    world.act(person, method, path, json=body, headers=WAYS[way])
