"""The service under test: an external one, or the embedded reference service as a process of ours."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from acceptance.redaction import learn
from acceptance.reports.coverage import EMBEDDED
from acceptance.target import target as run_target
from api_service import doubles
from api_service.doubles import MAIL, OIDC, OPENAI, OTLP, WEBHOOKS
from api_service.people.forged_tokens import new_signing_key
from api_service.settings import Settings

# One process, so that it is started once: the service, what it sends to, and beside it a service where only
# those sign up who are invited.
DOUBLES = (MAIL, OIDC, OTLP, WEBHOOKS)
BESIDE = "beside"
SERVICE = (
    *("reference_service", "--announce", "--doubles", *DOUBLES),
    *(f"--{BESIDE}", "REFERENCE_SIGN_UP_POLICY=invite_only"),
)
LOG = "reference-service.log"
DOUBLES_LOG = "provider-doubles.log"


@dataclass(kw_only=True)
class Target(run_target.Target):
    """Where the service is, where the doubles are that it sends to, and where one is by invitation only."""

    doubles: Mapping[str, str] = field(default_factory=dict)
    invitation_url: str = ""


def start(settings: Settings, reports: Path) -> tuple[Target, Settings]:
    """Return the target and its settings (the embedded one has its own secrets); raises TargetError."""
    if settings.embedded:
        return _embedded(settings, reports)
    given = {MAIL: settings.mailbox_url, OPENAI: settings.openai_url}
    target = Target(base_url=settings.base_url, name=settings.base_url, doubles=given)
    if OTLP in settings.gates:
        urls = doubles.listening(OTLP, "/received", settings.otlp_port)
        if not urls:
            process, urls = doubles.start([OTLP], settings.otlp_port, reports / DOUBLES_LOG)
            target.processes.append(process)
        target.doubles = {**given, **urls}
    return target, settings


def _embedded(settings: Settings, reports: Path) -> tuple[Target, Settings]:
    settings = _with_secrets(settings)
    target = Target(base_url="", name=EMBEDDED)
    told = target.launch(SERVICE, reports / LOG, _environment(settings), [*DOUBLES, BESIDE])
    target.invitation_url = told.pop(BESIDE)
    target.doubles = {**told, OPENAI: f"{target.base_url}/provider/v1"}
    return target, settings


def by_invitation(where: Target) -> Target:
    """Return the embedded service where only those sign up who are invited.

    It ends with the one that it is beside, and shares the doubles and the secrets with it.
    """
    url = where.invitation_url
    return Target(base_url=url, name=EMBEDDED, doubles={**where.doubles, OPENAI: f"{url}/provider/v1"})


def _with_secrets(settings: Settings) -> Settings:
    stripe, logs, signing_key = f"whsec_{secrets.token_hex(16)}", secrets.token_hex(16), new_signing_key()
    learn(stripe, logs, signing_key)
    return replace(
        settings,
        stripe_webhook_secret=settings.stripe_webhook_secret or stripe,
        log_secret=settings.log_secret or logs,
        signing_key=signing_key,
    )


def _environment(settings: Settings) -> dict[str, str]:
    limits = {f"REFERENCE_LIMIT_{name.upper()}": str(most) for name, most in settings.given_limits.items()}
    return {
        **limits,
        # Nobody should wait for a sign of life, or for a provider that fails to answer, longer than it takes.
        "REFERENCE_HEARTBEAT_SECONDS": "0.1",
        "REFERENCE_OPENAI_TIMEOUT_SECONDS": "0.3",
        **os.environ,
        "REFERENCE_STRIPE_WEBHOOK_SECRET": settings.stripe_webhook_secret,
        "REFERENCE_LOG_SECRET": settings.log_secret,
        "REFERENCE_SIGNING_KEY": settings.signing_key,
        "REFERENCE_SSO_TENANT": settings.tenant_slug,
        "REFERENCE_SSO_DOMAINS": f"{settings.tenant_slug}.example.com",
    }
