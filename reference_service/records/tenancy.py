"""Tenants, their settings, and invitations to join them."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal
from uuid import UUID, uuid4

from reference_service.security.roles import TenantRole

TenantStatus = Literal["provisioning", "active", "suspended", "deprovisioning", "deprovisioned"]
TeamInviteStatus = Literal["active", "accepted", "revoked", "expired"]


@dataclass
class BillingContact:
    """Somebody who is to hear of money."""

    name: str
    email: str
    role: str | None
    phone: str | None
    notify_billing: bool


@dataclass
class TenantSettings:
    """What a tenant decides for itself; version 0 was never saved."""

    billing_contacts: list[BillingContact] = field(default_factory=list)
    billing_webhook_url: str | None = None
    plan_metadata: dict[str, str] = field(default_factory=dict)
    flags: dict[str, bool] = field(default_factory=dict)
    version: int = 0
    updated_at: datetime | None = None


@dataclass
class Tenant:
    """A customer's account."""

    slug: str
    name: str
    created_at: datetime
    updated_at: datetime
    status: TenantStatus = "active"
    status_reason: str | None = None
    status_updated_at: datetime | None = None
    status_updated_by: UUID | None = None
    suspended_at: datetime | None = None
    deprovisioned_at: datetime | None = None
    feature_flags: dict[str, bool] = field(default_factory=dict)
    settings: TenantSettings = field(default_factory=TenantSettings)
    id: UUID = field(default_factory=uuid4)

    def save_settings(self, now: datetime) -> None:
        """Count a change of the settings, which show the operators' decisions too."""
        self.settings.version += 1
        self.settings.updated_at = now


@dataclass
class TeamInvite:
    """A token that lets the person with this address join a tenant, once."""

    tenant_id: UUID
    token: str
    invited_email: str
    role: TenantRole
    created_by_user_id: UUID
    created_at: datetime
    expires_at: datetime | None
    accepted_by_user_id: UUID | None = None
    accepted_at: datetime | None = None
    revoked_at: datetime | None = None
    revoked_reason: str | None = None
    id: UUID = field(default_factory=uuid4)

    @property
    def token_hint(self) -> str:
        """The part of the token by which people recognise it."""
        return self.token[:8]

    def status(self, now: datetime) -> TeamInviteStatus:
        """What became of the invitation by this moment."""
        if self.accepted_at:
            return "accepted"
        if self.revoked_at:
            return "revoked"
        return "expired" if self.expires_at and self.expires_at <= now else "active"
