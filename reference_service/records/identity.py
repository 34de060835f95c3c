"""People, their memberships, sessions and credentials."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal
from uuid import UUID, uuid4

from reference_service.security.roles import PlatformRole, TenantRole

UserStatus = Literal["active", "pending", "disabled", "locked"]
TokenPurpose = Literal["email_verification", "password_reset"]


@dataclass
class User:
    """A person; one e-mail address, any number of tenants."""

    email: str
    created_at: datetime
    password_hash: str = ""
    password_history: list[str] = field(default_factory=list)
    status: UserStatus = "active"
    locked_until: datetime | None = None
    email_verified: bool = False
    platform_role: PlatformRole | None = None
    display_name: str | None = None
    given_name: str | None = None
    family_name: str | None = None
    avatar_url: str | None = None
    timezone: str | None = None
    locale: str | None = None
    recovery_code_hashes: set[str] = field(default_factory=set)
    id: UUID = field(default_factory=uuid4)


@dataclass
class Membership:
    """A person's role in a tenant."""

    tenant_id: UUID
    user_id: UUID
    role: TenantRole
    joined_at: datetime
    id: UUID = field(default_factory=uuid4)


@dataclass
class Session:
    """One signed-in device."""

    tenant_id: UUID
    user_id: UUID
    created_at: datetime
    last_seen_at: datetime
    ip_address: str
    user_agent: str | None
    revoked_at: datetime | None = None
    id: UUID = field(default_factory=uuid4)


@dataclass
class RefreshToken:
    """What is remembered of a refresh token; its identifier is the token's `jti`."""

    id: UUID
    session_id: UUID
    user_id: UUID
    tenant_id: UUID
    scopes: list[str]
    issued_at: datetime
    expires_at: datetime
    signing_kid: str
    revoked_at: datetime | None = None
    revoked_reason: str | None = None


@dataclass
class OneTimeToken:
    """A secret sent by e-mail: `<id as 32 hex digits>.<64 hex digits>`."""

    user_id: UUID
    purpose: TokenPurpose
    secret: str
    expires_at: datetime
    used_at: datetime | None = None
    id: UUID = field(default_factory=uuid4)

    @property
    def text(self) -> str:
        """The token as it is sent."""
        return f"{self.id.hex}.{self.secret}"


@dataclass
class MfaMethod:
    """An authenticator app that a person enrolled."""

    user_id: UUID
    secret: str
    label: str | None
    created_at: datetime
    method_type: Literal["totp"] = "totp"
    verified_at: datetime | None = None
    last_used_at: datetime | None = None
    revoked_at: datetime | None = None
    last_code_step: int = 0
    id: UUID = field(default_factory=uuid4)
