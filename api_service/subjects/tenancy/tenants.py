"""A tenant in its own hands: its account, and its settings with their versions."""

from collections.abc import Callable, Mapping
from typing import Any

from hamcrest import has_entries, none, not_none

from acceptance.calls.exchange import Exchange
from acceptance.checks.assertions import check, field
from api_service.people.new_tenants import OPERATOR
from api_service.world import World

ACCOUNT = "/api/v1/tenants/account"
SETTINGS = "/api/v1/tenants/settings"
OPERATED = "/api/v1/platform/tenants/{tenant_id}"
NAMES: Mapping[str, str] = {
    "a single letter": "N",
    "nothing": "",
    "more letters than fit": "N" * 129,
}
NOTHING: Mapping[str, Any] = {
    "billing_contacts": [],
    "billing_webhook_url": None,
    "plan_metadata": {},
    "flags": {},
}
CONTACT: Mapping[str, Any] = {
    "name": "Ann Finch",
    "email": "ann@finch.example.com",
    "role": "controller",
    "phone": "+49 30 1234567",
    "notify_billing": False,
}
_PARTS: Mapping[str, Mapping[str, Any]] = {
    "a contact for bills": {"billing_contacts": [CONTACT]},
    "a place for billing events": {"billing_webhook_url": "https://hooks.example.com/billing"},
    "notes on the plan": {"plan_metadata": {"contract": "C-17", "desk": "north"}},
    "switches of its own": {"flags": {"beta": True, "dark": False}},
}
CONTENTS: Mapping[str, Mapping[str, Any]] = {
    **_PARTS,
    "everything": {key: value for part in _PARTS.values() for key, value in part.items()},
    "nothing": {},
    "a switch of the operators": {"flags": {"feature.billing": False}},
    # What is wrong with these, the words say.
    "a contact without an address": {"billing_contacts": [{"name": "Ann Finch"}]},
    "a contact at a place that is no address": {"billing_contacts": [{**CONTACT, "email": "ann"}]},
    "a contact without a name": {"billing_contacts": [{**CONTACT, "name": ""}]},
    "a place for billing events that is none": {"billing_webhook_url": "over there"},
    "a switch that is neither on nor off": {"flags": {"beta": "perhaps"}},
    "an unknown part": {"colour": "green"},
}
# How a version that was read is named when the settings are saved (RFC 9110, section 13.1.1).
NAMINGS: Mapping[str, Callable[[int], str]] = {
    "the version as it was given": '"{}"'.format,
    "the bare version": "{}".format,
    "the version as a weak one": 'W/"{}"'.format,
    "the version before": lambda version: f'"{version - 1}"',
    "a version to come": lambda version: f'"{version + 1}"',
    "any version": lambda _: "*",
    "a version below zero": lambda _: '"-1"',
    "a version that is a word": lambda _: '"latest"',
}
GIVEN = "the version as it was given"


def account_of(world: World, title: str, name: str | None = None) -> dict[str, Any]:
    """Return what the account of a tenant of the scenario's own says, under its first or another name."""
    slug = world.recall("tenant slug", title)
    first = {"id": world.recall("tenant", title), "slug": slug, "name": f"{title} {slug}", "status": "active"}
    return first | ({"name": name} if name else {})


def should_be_called(world: World, person: str, title: str, name: str | None = None) -> None:
    """Assert that the tenant's people and the operator both read the tenant under this name."""
    expected: Any = has_entries(account_of(world, title, name))
    own = world.must(person, "GET", ACCOUNT)
    check(own, own.body, expected)
    operated = world.must(OPERATOR, "GET", OPERATED, tenant_id=world.recall("tenant", title))
    check(operated, operated.body, expected)


def save(ask: Callable[..., Exchange], person: str, contents: str, naming: str | None, version: int) -> None:
    """Save settings with these contents and nothing else, naming a version or none."""
    headers = {"If-Match": NAMINGS[naming](version)} if naming else {}
    ask(person, "PUT", SETTINGS, json={**NOTHING, **CONTENTS[contents]}, headers=headers)


def version(world: World, person: str) -> int:
    """Return the version of the settings at present."""
    number: int = field(world.must(person, "GET", SETTINGS), "version")
    return number


def should_hold(exchange: Exchange, contents: str, number: int, **changes: Any) -> None:
    """Assert that an answer shows exactly these settings at this version, which is its ETag too."""
    expected = {**NOTHING, **CONTENTS[contents], **changes, "version": number}
    check(exchange, exchange.body, has_entries(expected))
    check(exchange, exchange.headers.get("etag"), f'"{number}"')
    check(exchange, field(exchange, "updated_at"), not_none() if number else none())
