"""Where things of the suite's tenants and people are listed, and how what a run left there is removed."""

from collections.abc import Iterator
from dataclasses import replace

from acceptance.calls.exchange import Call
from acceptance.scenarios.undo import Undo
from acceptance.target.residue import Inventory
from api_service.lending.things import OF_TENANTS, SEED, SESSIONS, Kind
from api_service.people.accounts import Person
from api_service.world import Suite

REQUESTS, TENANTS = "/api/v1/auth/signup-requests", "/api/v1/platform/tenants"
INVITES = "/api/v1/auth/invites"
OVER = {"reason": "The acceptance run is over."}
OPERATOR = "Olga"

# What belongs to no tenant, or is one, seen by the operator.
OF_THE_PLATFORM = (
    *(
        Kind(
            "tenant",
            TENANTS,
            (SEED, f"POST {TENANTS}", "POST /api/v1/auth/register"),
            ("POST", f"{TENANTS}/{{tenant_id}}/deprovision"),
            query={"status": status},
            json=OVER,
        )
        for status in ("active", "suspended")
    ),
    Kind(
        "platform invitation",
        INVITES,
        (f"POST {INVITES}", f"POST {REQUESTS}/{{request_id}}/approve"),
        ("POST", f"{INVITES}/{{invite_id}}/revoke"),
        query={"status": "active"},
    ),
    Kind(
        "request for access",
        REQUESTS,
        ("POST /api/v1/auth/request-access",),
        ("POST", f"{REQUESTS}/{{request_id}}/reject"),
        query={"status": "pending"},
        json=OVER,
    ),
    Kind(
        "status subscription",
        "/api/v1/status/subscriptions",
        ("POST /api/v1/status/subscriptions",),
        ("DELETE", "/api/v1/status/subscriptions/{subscription_id}"),
        query={"all": "true"},
    ),
)
# A token of an ended session is refused, or shows that the session is listed no more.
SIGNED_OUT = frozenset({401})


def inventories(suite: Suite) -> Iterator[Inventory]:
    """Yield the lists of everybody who was seeded, and of the platform; people sign in when asked for."""
    for person in [*suite.cast.people.values()]:
        yield _inventory(suite, SESSIONS, person, person.user_id)
        if person.role == "owner":
            yield from (_inventory(suite, kind, person, person.tenant_id) for kind in OF_TENANTS)
    yield from (_inventory(suite, kind, suite.cast.people[OPERATOR]) for kind in OF_THE_PLATFORM)


def ended_sessions(suite: Suite) -> Iterator[Inventory]:
    """Yield the sessions of everybody seeded who was signed out, asked for with their last access token."""
    for person in suite.cast.people.values():
        if ended := suite.people.ended.get((person.email, person.tenant_id)):
            own = _inventory(suite, SESSIONS, person, token=ended.access)
            yield replace(own, made_by=frozenset(), closed=SIGNED_OUT)


def _inventory(suite: Suite, kind: Kind, person: Person, within: str = "", token: str = "") -> Inventory:
    method, path = kind.remove
    parameter = path.partition("{")[2].partition("}")[0]
    caller = {"email": person.email, "tenant_id": person.tenant_id}

    def ask() -> Call:
        return Call(
            "the suite", "GET", kind.path, query=kind.query, token=token or suite.people.token(person)
        )

    def undo(identifier: str) -> Undo:
        what, values = f"the {kind.what} {identifier}", {parameter: identifier}
        return Undo(caller, method, path, values, json=kind.json, query=kind.remove_query, what=what)

    return Inventory(kind.what, kind.named_by, ask, undo, frozenset(kind.made_by), within)
