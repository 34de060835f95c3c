"""Service accounts: what each may be granted, and the tokens that were issued."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from uuid import UUID

DAY_MINUTES = 24 * 60


@dataclass(frozen=True)
class ServiceAccount:
    """What tokens of this account may carry; lifetimes in minutes."""

    scopes: frozenset[str]
    needs_tenant: bool = True
    longest_minutes: int = 30 * DAY_MINUTES


CATALOG: Mapping[str, ServiceAccount] = MappingProxyType(
    {
        "analytics-batch": ServiceAccount(frozenset({"conversations:read"})),
        "billing-worker": ServiceAccount(frozenset({"billing:read", "billing:manage", "activity:read"})),
        "support-console": ServiceAccount(
            frozenset({"support:*", "activity:read"}), needs_tenant=False, longest_minutes=7 * DAY_MINUTES
        ),
        "synthetic-monitor": ServiceAccount(
            frozenset({"conversations:write", "tools:read", "billing:read"}), longest_minutes=DAY_MINUTES
        ),
        "demo-bot": ServiceAccount(frozenset({"chat:write", "conversations:read"}), needs_tenant=False),
    }
)


@dataclass
class ServiceAccountToken:
    """An issued token; its identifier is the token's `jti`."""

    id: UUID
    account: str
    tenant_id: UUID | None
    scopes: list[str]
    text: str
    issued_at: datetime
    expires_at: datetime
    signing_kid: str
    fingerprint: str | None = None
    revoked_at: datetime | None = None
    revoked_reason: str | None = None
