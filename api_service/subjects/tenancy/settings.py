"""The settings of a tenant: what may be saved in them, and how a version of them is named."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from api_service.world import Ask, World

SETTINGS = "/api/v1/tenants/settings"
AS_GIVEN, OPERATORS_SWITCH = "the version as it was given", "a switch of the operators"
EMPTY: Any = {"billing_contacts": [], "billing_webhook_url": None, "plan_metadata": {}, "flags": {}}
CONTACT: Mapping[str, Any] = {
    "name": "Ann Finch",
    "email": "ann@finch.example.com",
    "role": "controller",
    "phone": "+49 30 1234567",
    "notify_billing": False,
}
FIELDS: Mapping[str, Mapping[str, Any]] = {
    "a contact for bills": {"billing_contacts": [CONTACT]},
    "a place for billing events": {"billing_webhook_url": "https://hooks.example.com/billing"},
    "notes on the plan": {"plan_metadata": {"contract": "C-17", "desk": "north"}},
    "switches of its own": {"flags": {"beta": True, "dark": False}},
}
CONTENTS: Mapping[str, Mapping[str, Any]] = {
    **FIELDS,
    "everything": {key: value for fields in FIELDS.values() for key, value in fields.items()},
    "nothing": {},
    OPERATORS_SWITCH: {"flags": {"feature.billing": False}},
    # The service accepts none of these.
    "a contact without an address": {"billing_contacts": [{"name": "Ann Finch"}]},
    "a contact at a place that is no address": {"billing_contacts": [{**CONTACT, "email": "ann"}]},
    "a contact without a name": {"billing_contacts": [{**CONTACT, "name": ""}]},
    "a place for billing events that is none": {"billing_webhook_url": "over there"},
    "a switch that is neither on nor off": {"flags": {"beta": "perhaps"}},
    "an unknown part": {"colour": "green"},
}
# The If-Match header (RFC 9110, section 13.1.1) for the version that was read.
IF_MATCH: Mapping[str, Callable[[int], str]] = {
    AS_GIVEN: '"{}"'.format,
    "the bare version": "{}".format,
    "the version as a weak one": 'W/"{}"'.format,
    "the version before": lambda version: f'"{version - 1}"',
    "a version to come": lambda version: f'"{version + 1}"',
    "any version": lambda _: "*",
    "a version below zero": lambda _: '"-1"',
    "a version that is a word": lambda _: '"latest"',
}


@dataclass(frozen=True)
class FirstVersion:
    """The version of the settings before the scenario's first save."""

    number: int


def first_version(world: World, tenant_id: str) -> int:
    """Return the version of a tenant's settings before the scenario's first save, 0 if there was none."""
    return world.state.all_of(FirstVersion).get(tenant_id, FirstVersion(0)).number


def save(world: World, ask: Ask, person: str, contents: str, naming: str) -> None:
    """Replace the settings by these contents; the If-Match header names the present version in this way."""
    found = world.must(person, "GET", SETTINGS).body
    version, tenant = found["version"], found["tenant_id"]
    if tenant not in world.state.all_of(FirstVersion):
        world.state.keep(tenant, FirstVersion(version))
    headers = {"If-Match": IF_MATCH[naming](version)}
    ask(person, "PUT", SETTINGS, json={**EMPTY, **CONTENTS[contents]}, headers=headers)
