"""The gates of the api-service: optional surfaces, what opens each and what the target must offer.

The README's table is made from this one (`python -m acceptance gates`).
"""

from collections.abc import Mapping

from acceptance.run.gates import Gate


def _gate(tag: str, needs: str, *, provider: bool = False, open_by_default: bool = False) -> Gate:
    return Gate(tag, f"SMOKE_ENABLE_{tag.upper()}", needs, provider, open_by_default)


_TABLE = (
    _gate("ai", "an assistant provider (a real one or a deterministic stub)", provider=True),
    _gate("billing", "billing switched on, with the plans starter and pro", provider=True),
    _gate("billing_stream", "billing and its event stream switched on, with Redis"),
    _gate("vector", "an OpenAI-compatible vector store API", provider=True),
    _gate("containers", "an OpenAI-compatible container API", provider=True),
    _gate("storage", "an object store (memory, S3 or MinIO)", open_by_default=True),
    _gate("assets", "an object store in which test fixtures may place assets"),
    _gate("openai_files", "an OpenAI-compatible file API", provider=True),
    _gate("auth_signup", "public sign-up and an operator who decides access requests"),
    _gate("auth_extended", "test fixtures that issue e-mail and password tokens, or a mailbox"),
    _gate("auth_mfa", "multi-factor sign-in"),
    _gate("auth_sso", "a tenant with an OpenID Connect provider", provider=True),
    _gate("service_accounts", "service-account issuance with test credentials"),
    _gate("contact", "the contact form"),
    _gate("status", "the public status page", open_by_default=True),
    _gate("status_subscriptions", "status subscriptions by e-mail"),
    _gate("activity_stream", "the live activity stream, with Redis"),
    _gate("stripe_replay", "billing, and the webhook secret in SMOKE_STRIPE_WEBHOOK_SECRET"),
    _gate("otlp", "log export over OTLP/HTTP to the receiver that the suite starts"),
    Gate(
        "petsage", "PETSAGE_BASE_URL", "a PetSage back end under PETSAGE_BASE_URL", opened_by_any_value=True
    ),
)

GATES: Mapping[str, Gate] = {gate.tag: gate for gate in _TABLE}
