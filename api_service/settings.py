"""What a run against the api-service is configured with: `SMOKE_*`, and `PETSAGE_BASE_URL`."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from acceptance.errors import ConfigurationError
from acceptance.settings import settings
from acceptance.settings.gates import Gate
from acceptance.settings.limits import Limit
from acceptance.settings.settings import setting
from api_service.gates import GATES
from api_service.limits import LIMITS

SLUG = re.compile("[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True)
class Settings(settings.Settings):
    """Every setting of a run. Times are in seconds; an empty URL means that nothing was set."""

    prefix: ClassVar[str] = "SMOKE"
    further_prefixes: ClassVar[tuple[str, ...]] = ("PETSAGE_",)
    gate_table: ClassVar[Mapping[str, Gate]] = GATES
    limit_table: ClassVar[Mapping[str, Limit]] = LIMITS

    tenant_slug: str = setting("_TENANT_SLUG", "smoke", "slug of the tenant that the suite seeds")
    tenant_name: str = setting("_TENANT_NAME", "Smoke Test Tenant", "its name")
    user_email: str = setting("_USER_EMAIL", "alice@smoke.example.com", "Alice, who owns the tenant")
    user_password: str = setting(
        "_USER_PASSWORD", "Walnut-Harbour-Lantern-7", "password of every seeded person", secret=True
    )
    operator_email: str = setting(
        "_OPERATOR_EMAIL", "olga@smoke.example.com", "Olga, who operates the platform"
    )
    unverified_email: str = setting("_UNVERIFIED_EMAIL", "uma@smoke.example.com", "Uma, not yet verified")
    mfa_email: str = setting("_MFA_EMAIL", "mia@smoke.example.com", "Mia, who signs in with two factors")
    password_reset_email: str = setting(
        "_PASSWORD_RESET_EMAIL", "rita@smoke.example.com", "Rita, who forgot her password"
    )
    password_change_email: str = setting(
        "_PASSWORD_CHANGE_EMAIL", "carl@smoke.example.com", "Carl, who changes his password"
    )
    petsage_url: str = setting(
        "PETSAGE_BASE_URL", "", "the PetSage back end; opens the gate @petsage", written_to=True
    )
    stripe_webhook_secret: str = setting(
        "_STRIPE_WEBHOOK_SECRET", "", "secret that Stripe events are signed with", secret=True
    )
    log_secret: str = setting("_LOG_SECRET", "", "shared secret of anonymous signed log records", secret=True)
    signing_key: str = setting(
        "_SIGNING_KEY",
        "",
        "the service's own private signing key (Ed25519, PEM), to forge tokens that differ in one claim only",
        secret=True,
    )
    token_audience: str = setting(
        "_TOKEN_AUDIENCE", "agent-api", "audience that every access token must name"
    )
    mailbox_url: str = setting(
        "_MAILBOX_URL", "", "mailbox of the mail double; tokens are then taken from mails"
    )
    openai_url: str = setting(
        "_OPENAI_URL",
        "",
        "the OpenAI-compatible API that the service uses; the suite puts files there",
        written_to=True,
    )
    openai_key: str = setting("_OPENAI_API_KEY", "sk-acceptance", "its key", secret=True)
    contact_email: str = setting(
        "_CONTACT_EMAIL", "support@localhost", "where the service sends what the contact form brings"
    )
    otlp_port: int = setting(
        "_OTLP_PORT", 9012, "loopback port on which the suite receives what a deployment exports by OTLP"
    )

    @classmethod
    def parse(cls, name: str, text: str, default: object) -> object:
        """Return the value of a setting's text; raises ConfigurationError when it does not fit."""
        if name == cls.name_of("tenant_slug") and not SLUG.fullmatch(text):
            raise ConfigurationError(f'{name} is "{text}"; write lower-case letters, digits, single hyphens')
        return super().parse(name, text, default)
