"""Tenants that fixtures seed, and people who belong to one of them only."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from acceptance.scenarios.undo import Search, Undo
from api_service.people.accounts import Person

OPERATOR = "Olga"
TENANTS = "/api/v1/platform/tenants"
DEPROVISION = f"{TENANTS}/{{tenant_id}}/deprovision"


@dataclass
class Tenant:
    """A tenant beside those of the run, kept under its title in the feature.

    `people` are its seeded people by name; `fixtures` is what the fixture endpoint answered for it, empty for
    a tenant that was not seeded (one of a sign-up, say).
    """

    id: str
    slug: str
    people: Mapping[str, Person] = field(default_factory=dict)
    fixtures: Mapping[str, Any] = field(default_factory=dict)

    @property
    def owner(self) -> str:
        """The name of the first person who was seeded as an owner."""
        return next(name for name, person in self.people.items() if person.role == "owner")


def take_down(caller: Mapping[str, str], title: str, name: str) -> Undo:
    """Return how an operator (`caller`) takes down the tenant that is made next, by its name or slug."""
    search = Search(TENANTS, name, {"tenant_id": "id"}, {"q": name, "limit": 200})
    reason = {"reason": "The acceptance scenario is over."}
    return Undo(caller, "POST", DEPROVISION, json=reason, what=f'the tenant "{title}"', search=search)


def belonging(name: str, role: str, slug: str, password: str, **more: Any) -> Person:
    """Return somebody whose address is within a tenant's own domain; nobody seeds them here."""
    email = f"{name.lower()}@{slug}.example.com"
    return Person(name, email, password, role, slug, is_newcomer=True, **more)
