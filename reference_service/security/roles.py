"""Tenant roles, platform roles and the scopes that they grant."""

from typing import Literal

TenantRole = Literal["owner", "admin", "member", "viewer"]
PlatformRole = Literal["platform_operator"]

RANK: dict[TenantRole, int] = {"viewer": 0, "member": 1, "admin": 2, "owner": 3}

_VIEWER = ("conversations:read", "tools:read")
_MEMBER = (*_VIEWER, "conversations:write")
_ADMIN = (
    *_MEMBER,
    "conversations:delete",
    "workflows:delete",
    "billing:read",
    "billing:manage",
    "support:read",
    "activity:read",
)
_SCOPES: dict[TenantRole, tuple[str, ...]] = {
    "viewer": _VIEWER,
    "member": _MEMBER,
    "admin": _ADMIN,
    "owner": _ADMIN,
}
_OPERATOR = (
    "platform:operator",
    "auth:invites",
    "auth:signup_requests",
    "status:manage",
    "support:read",
    "activity:read",
)


def granted_scopes(role: TenantRole, platform_role: PlatformRole | None) -> list[str]:
    """The scopes of a member, sorted."""
    return sorted({*_SCOPES[role], *(_OPERATOR if platform_role else ())})


def least_role(role: TenantRole, scope: str | None) -> TenantRole | Literal["operator"]:
    """The lowest role from `role` upwards that holds the scope; `operator` if no tenant's role does."""
    for known, rank in RANK.items():
        if rank >= RANK[role] and (scope is None or scope in granted_scopes(known, None)):
            return known
    return "operator"


def satisfies(granted: frozenset[str], wanted: str) -> bool:
    """Whether the wanted scope is covered; `ns:*` covers its namespace, `support:*` everything."""
    return bool(granted & {wanted, wanted.split(":", maxsplit=1)[0] + ":*", "support:*"})
