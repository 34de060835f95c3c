"""How the members of a tenant are asked for, and what the service lists for a person with a role."""

from typing import Any
from uuid import uuid4

from acceptance.calls.exchange import Exchange
from api_service.world import World

MEMBERS = "/api/v1/tenants/members"
MEMBER = f"{MEMBERS}/{{user_id}}"
ROLE = f"{MEMBER}/role"
NOBODY = "nobody"


def email(world: World, name: str) -> str:
    """Return the person's e-mail address; for "nobody" one that no account has."""
    return f"{world.unique(NOBODY)}@example.com" if name == NOBODY else world.person(name).email


def user_id(world: World, name: str) -> str:
    """Return the person's user id; for "nobody" a random UUID, which no account has."""
    return str(uuid4()) if name == NOBODY else world.person(name).user_id


def entry(world: World, tenant_id: str | None, name: str, role: str) -> dict[str, Any]:
    """Return the fields with which a tenant's list of members shows a person who has this role."""
    return {
        "user_id": user_id(world, name),
        "tenant_id": tenant_id,
        "email": world.person(name).email,
        "display_name": name,
        "role": role,
        "status": "active",
        "email_verified": True,
    }


def read_pages(world: World, person: str, size: int) -> list[Exchange]:
    """Read the members page by page, as the scenario's subject, until a page is not full; at most ten."""
    pages: list[Exchange] = []
    while len(pages) < 10:
        query = {"limit": size, "offset": size * len(pages)}
        pages.append(world.act(person, "GET", MEMBERS, query=query))
        if pages[-1].went_wrong or len(pages[-1].body["members"]) < size:
            break
    return pages
