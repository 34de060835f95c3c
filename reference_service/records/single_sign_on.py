"""Single sign-on: attempts on their way through a provider, and identities known from it."""

import secrets
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID, uuid4


def _secret() -> str:
    return secrets.token_urlsafe(32)


@dataclass
class SsoAttempt:
    """A person who was sent to the provider and is expected back with this state."""

    tenant_id: UUID
    provider: str
    expires_at: datetime
    state: str = field(default_factory=_secret)
    nonce: str = field(default_factory=_secret)
    verifier: str = field(default_factory=_secret)
    id: UUID = field(default_factory=uuid4)


@dataclass
class SsoIdentity:
    """Who a provider's subject is here."""

    issuer: str
    subject: str
    user_id: UUID
    id: UUID = field(default_factory=uuid4)
