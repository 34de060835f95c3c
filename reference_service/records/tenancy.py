"""Tenants."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal
from uuid import UUID, uuid4

TenantStatus = Literal["provisioning", "active", "suspended", "deprovisioning", "deprovisioned"]


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
    id: UUID = field(default_factory=uuid4)
