"""The gates of the api-service: optional surfaces, what opens each and what the target must offer.

The README's table is made from this one (`python -m acceptance gates`).
"""

from collections.abc import Mapping

from acceptance.settings.gates import Gate

API = "* /api/v1"


def _gate(
    tag: str, needs: str, *operations: str, provider: bool = False, open_by_default: bool = False
) -> Gate:
    return Gate(tag, f"SMOKE_ENABLE_{tag.upper()}", needs, provider, open_by_default, operations=operations)


_TABLE = (
    _gate(
        "ai",
        "an assistant provider (a real one or a deterministic stub)",
        f"{API}/chat*",
        f"{API}/workflows/*/run*",
        provider=True,
    ),
    _gate(
        "billing",
        "billing switched on, with the plans starter and pro",
        f"{API}/billing/*",
        "POST /webhooks/stripe",
        provider=True,
    ),
    _gate("billing_stream", "billing and its event stream switched on, with Redis", f"{API}/billing/stream"),
    _gate("vector", "an OpenAI-compatible vector store API", f"{API}/vector-stores*", provider=True),
    _gate("containers", "an OpenAI-compatible container API", f"{API}/containers*", provider=True),
    _gate(
        "storage",
        "an object store (memory, S3 or MinIO)",
        f"{API}/storage/*",
        f"{API}/uploads/*",
        open_by_default=True,
    ),
    _gate("assets", "an object store in which test fixtures may place assets", f"{API}/assets*"),
    _gate("openai_files", "an OpenAI-compatible file API", f"{API}/openai/*", provider=True),
    _gate(
        "auth_signup",
        "public sign-up and an operator who decides access requests",
        f"{API}/auth/signup-*",
        f"{API}/auth/register",
        f"{API}/auth/request-access",
    ),
    _gate(
        "auth_extended",
        "test fixtures that issue e-mail and password tokens, or a mailbox",
        f"{API}/auth/email/verify",
        f"{API}/auth/password/forgot",
        f"{API}/auth/password/confirm",
        f"{API}/test-fixtures/*-token",
    ),
    _gate("auth_mfa", "multi-factor sign-in", f"{API}/auth/mfa*"),
    _gate("auth_sso", "a tenant with an OpenID Connect provider", f"{API}/auth/sso/*", provider=True),
    _gate(
        "service_accounts",
        "service-account issuance with test credentials",
        f"{API}/auth/service-accounts/*",
    ),
    _gate("contact", "the contact form", f"{API}/contact"),
    _gate("status", "the public status page", f"{API}/status*", open_by_default=True),
    _gate("status_subscriptions", "status subscriptions by e-mail", f"{API}/status/subscriptions*"),
    _gate("activity_stream", "the live activity stream, with Redis", f"{API}/activity/stream"),
    _gate(
        "stripe_replay",
        "billing, and the webhook secret in SMOKE_STRIPE_WEBHOOK_SECRET",
        "POST /webhooks/stripe",
    ),
    _gate("otlp", "log export over OTLP/HTTP to the receiver that the suite starts"),
    Gate(
        "petsage",
        "PETSAGE_BASE_URL",
        "a PetSage back end under PETSAGE_BASE_URL",
        opened_by_any_value=True,
        operations=("GET /v1/smoke_test/",),
    ),
)

GATES: Mapping[str, Gate] = {gate.tag: gate for gate in _TABLE}
