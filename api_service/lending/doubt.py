"""Which calls of a scenario leave doubt whether its tenant is as it was, and where one looks to be sure."""

from collections.abc import Collection
from functools import cache

from acceptance.calls.exchange import Exchange
from api_service.lending.things import OF_TENANTS, SEED, SESSIONS, TEAM_INVITES, Kind
from api_service.lending.values import VALUES, Value
from api_service.people.accounts import TOKEN
from api_service.people.tenants import Tenant

# What is not within a tenant, or changes nothing there.
OUTSIDE = ("/api/v1/status", "/api/v1/contact", "/api/v1/logs", "/api/v1/auth/request-access")
HARMLESS = frozenset(
    {
        "POST /api/v1/assets/thumbnail-urls",
        "POST /api/v1/billing/tenants/{tenant_id}/portal",
        "POST /api/v1/billing/tenants/{tenant_id}/upcoming-invoice",
        "POST /api/v1/vector-stores/{vector_store_id}/search",
    }
)
# What opens a session, if it succeeds.
SIGN_INS = frozenset({f"POST {TOKEN}", "POST /api/v1/auth/mfa/complete"})
# What a seed places in a tenant, and lists show.
PLACED = {"slug", "name", "users", "conversations", "assets"}
JOIN = f"{TEAM_INVITES}/accept/current"
# What ends or renews sessions.
ON_SESSIONS = (SESSIONS.path, "/api/v1/auth/refresh", "/api/v1/auth/logout")
# The service counts tries of these and shows the count nowhere: of codes and mails all, of the others those
# with a wrong password. The published one also keeps the name of a removed app from being given again.
COUNTED = ("/api/v1/auth/mfa", "/api/v1/auth/email")
GUESSED = (TOKEN, "/api/v1/auth/password", "/api/v1/users/me")
WRONG = frozenset({401, 423, 429})


def _is_hidden(exchange: Exchange, tenant: Tenant) -> bool:
    """Whether a call did what no list of a tenant shows.

    Somebody came to belong to another tenant too, or a seed did more than to place things, such as to move
    the clock of a subscription.
    """
    if exchange.operation.name == SEED:
        specs = exchange.sent["tenants"]
        seeded = {one["email"] for spec in specs for one in spec.get("users", ())}
        meets = seeded & {one.email for one in tenant.people.values()}
        return bool(meets) or any(spec["slug"] == tenant.slug and spec.keys() - PLACED for spec in specs)
    return exchange.operation.path == JOIN and exchange.person in tenant.people


@cache
def views_of(operation: str, path: str) -> tuple[Kind | Value, ...]:
    """Return what an operation, with its path, may change in a tenant."""
    if operation.startswith("GET "):
        return ()
    kinds = (kind for kind in OF_TENANTS if _changes(kind, operation, path))
    return (*kinds, *(value for value in VALUES if operation in value.changed_by))


def _changes(kind: Kind, operation: str, path: str) -> bool:
    # Scenarios seed things into their tenant, never people.
    seeds_people = kind.what == "member" and operation == SEED
    return path.startswith(kind.path) or (operation in kind.made_by and not seeds_people)


def leaves_doubt(exchange: Exchange, tenant: Tenant, there_before: Collection[str]) -> bool:
    """Whether a call may have changed in a tenant what nobody looks at.

    `there_before` are the ids of things that the tenant was seeded with: a list does not show all of them.
    """
    operation = exchange.operation
    if not operation.is_write or operation.name in HARMLESS or operation.path.startswith(OUTSIDE):
        return False
    if exchange.call.values.get("tenant_id", tenant.id) != tenant.id:
        return False
    guessed = operation.path.startswith(GUESSED) and exchange.status in WRONG
    if guessed or operation.path.startswith(COUNTED) or not exchange.is_sound:
        return True
    # Sessions are looked at by themselves.
    if operation.name in SIGN_INS or operation.path.startswith(ON_SESSIONS) or 400 <= exchange.status < 500:
        return False
    if _is_hidden(exchange, tenant):
        return True
    meets_seeded = any(str(value) in there_before for value in exchange.call.values.values())
    return meets_seeded or not views_of(operation.name, operation.path)
