"""Contact, entitlements, health, metrics, signing keys and status."""

from reference_service.routers.platform import contact, entitlements, health, metrics, signing_keys, status

ROOT_ROUTERS = [health.router, signing_keys.router, metrics.router]
ROUTERS = [contact.router, entitlements.router, status.router]
