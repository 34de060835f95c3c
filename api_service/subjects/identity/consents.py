"""Consents to policies and notification preferences: what is sent."""

from dataclasses import dataclass
from typing import Any

CONSENTS = "/api/v1/users/consents"
PREFERENCES = "/api/v1/users/notification-preferences"


@dataclass(frozen=True)
class Preference:
    """A notification preference that was set."""

    id: str


def consent(policy: str, version: str) -> dict[str, str]:
    """Return the body of a consent to one version of a policy."""
    return {"policy_key": policy, "version": version}


def preference(category: str, channel: str, **more: Any) -> dict[str, Any]:
    """Return the fields of a preference for messages of a category by a channel."""
    return {"category": category, "channel": channel, **more}
