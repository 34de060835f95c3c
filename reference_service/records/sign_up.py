"""Who asks to be let in, and invitations to found a tenant."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal
from uuid import UUID, uuid4

SignupRequestStatus = Literal["pending", "approved", "rejected"]
SignupInviteStatus = Literal["active", "revoked", "expired", "exhausted"]


@dataclass
class SignupRequest:
    """Somebody's wish to found a tenant, and what an operator decided."""

    email: str
    organization: str
    full_name: str
    ip_address: str
    created_at: datetime
    message: str | None = None
    status: SignupRequestStatus = "pending"
    decision_reason: str | None = None
    invite_token_hint: str | None = None
    id: UUID = field(default_factory=uuid4)


@dataclass
class SignupInvite:
    """A token that lets its bearer found tenants, `max_redemptions` in all."""

    token: str
    created_at: datetime
    expires_at: datetime
    invited_email: str | None = None
    max_redemptions: int = 1
    redeemed_count: int = 0
    signup_request_id: UUID | None = None
    note: str | None = None
    revoked: bool = False
    id: UUID = field(default_factory=uuid4)

    @property
    def token_hint(self) -> str:
        """The part of the token by which people recognise it."""
        return self.token[:8]

    def status(self, now: datetime) -> SignupInviteStatus:
        """What the invitation is good for at this moment."""
        if self.revoked:
            return "revoked"
        if self.redeemed_count >= self.max_redemptions:
            return "exhausted"
        return "expired" if self.expires_at <= now else "active"
