"""What a write may have changed: the areas of the service that it touches."""

from acceptance.contract.document import Operation

PREFIX = "/api/v1/"
PEOPLE = frozenset({"auth", "users", "tenants", "platform", "features"})
CONTENT = frozenset(
    {
        "chat",
        "conversations",
        "workflows",
        "assets",
        "storage",
        "uploads",
        "vector-stores",
        "containers",
        "openai",
        "agents",
        "usage",
    }
)
BILLING = frozenset({"billing", "webhooks"})
# A conversation uses up what a plan grants; a plan decides which features there are.
AREAS = ((PEOPLE, PEOPLE), (CONTENT, CONTENT | BILLING), (BILLING, BILLING | {"features"}))
EVERYTHING = frozenset({"*"})

# These are asked with POST and change no thing that anybody can read, though they may add one.
NO_EFFECT = frozenset(
    {
        "/api/v1/auth/token",
        "/api/v1/auth/mfa/complete",
        "/api/v1/auth/email/send",
        "/api/v1/auth/password/forgot",
        "/api/v1/auth/request-access",
        "/api/v1/assets/thumbnail-urls",
        "/api/v1/vector-stores/{vector_store_id}/search",
        "/api/v1/billing/tenants/{tenant_id}/upcoming-invoice",
        "/api/v1/billing/tenants/{tenant_id}/portal",
        "/api/v1/billing/tenants/{tenant_id}/payment-methods/setup-intent",
        "/api/v1/test-fixtures/email-verification-token",
        "/api/v1/test-fixtures/password-reset-token",
    }
)

# A used token that is shown once more ends its session: the refusal is the effect.
EFFECT_WHEN_REFUSED = frozenset({"/api/v1/auth/refresh"})
# Anybody on the service adds to these lists, and changes what is in them, at any time.
SHARED_BY_ALL = frozenset(
    {"/api/v1/platform/tenants", "/api/v1/auth/invites", "/api/v1/auth/signup-requests"}
)


def area(path: str) -> str:
    """Return the area that a path template belongs to: its first word, with `-` for `_`."""
    return path.removeprefix(PREFIX).lstrip("/").partition("/")[0].replace("_", "-")


def touched(operation: Operation) -> frozenset[str]:
    """Return the areas that the operation may change; `*` stands for all of them."""
    own = area(operation.path)
    if not operation.is_write or operation.path in NO_EFFECT:
        return frozenset()
    if own == "test-fixtures":
        return EVERYTHING
    return next((changed for areas, changed in AREAS if own in areas), frozenset({own}))


def moved(operation: Operation) -> frozenset[str]:
    """Return the areas whose lists the operation may have made longer or shorter."""
    if not operation.is_write:
        return frozenset()
    return touched(operation) | {area(operation.path), "activity"}
