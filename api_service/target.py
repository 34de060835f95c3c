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

SERVICE = ("reference_service", "--port", "0", "--announce")
LOG = "reference-service.log"
DOUBLES_LOG = "provider-doubles.log"


@dataclass(kw_only=True)
class Target(run_target.Target):
    """Where the service is, and where the doubles are that it sends to."""

    doubles: Mapping[str, str] = field(default_factory=dict)


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
    process, urls = doubles.start([MAIL, OIDC, OTLP, WEBHOOKS], 0, reports / DOUBLES_LOG)
    target = Target(base_url="", name=EMBEDDED, doubles=urls, processes=[process])
    try:
        target.launch(SERVICE, reports / LOG, _environment(settings, urls))
    except BaseException:
        target.stop()
        raise
    target.doubles = {**urls, OPENAI: f"{target.base_url}/provider/v1"}
    return target, settings


def beside(where: Target, settings: Settings, reports: Path, **environ: str) -> Target:
    """Start another embedded service, set up by other `REFERENCE_*`; it ends with the one that runs.

    Both share the doubles and the secrets. Raises TargetError.
    """
    reports.mkdir(parents=True, exist_ok=True)
    other = Target(base_url="", name=EMBEDDED, doubles=where.doubles)
    other.launch(SERVICE, reports / LOG, {**_environment(settings, where.doubles), **environ})
    where.processes += other.processes
    other.doubles = {**where.doubles, OPENAI: f"{other.base_url}/provider/v1"}
    return other


def _with_secrets(settings: Settings) -> Settings:
    stripe, logs, signing_key = f"whsec_{secrets.token_hex(16)}", secrets.token_hex(16), new_signing_key()
    learn(stripe, logs, signing_key)
    return replace(
        settings,
        stripe_webhook_secret=settings.stripe_webhook_secret or stripe,
        log_secret=settings.log_secret or logs,
        signing_key=signing_key,
    )


def _environment(settings: Settings, urls: Mapping[str, str]) -> dict[str, str]:
    limits = {f"REFERENCE_LIMIT_{name.upper()}": str(most) for name, most in settings.given_limits.items()}
    return {
        **limits,
        # Nobody should wait a quarter of a minute for a sign of life.
        "REFERENCE_HEARTBEAT_SECONDS": "1",
        **os.environ,
        "REFERENCE_STRIPE_WEBHOOK_SECRET": settings.stripe_webhook_secret,
        "REFERENCE_LOG_SECRET": settings.log_secret,
        "REFERENCE_SIGNING_KEY": settings.signing_key,
        "REFERENCE_SSO_ISSUER_URL": urls[OIDC],
        "REFERENCE_SSO_TENANT": settings.tenant_slug,
        "REFERENCE_SSO_DOMAINS": f"{settings.tenant_slug}.example.com",
        "REFERENCE_MAIL_URL": urls[MAIL],
        "REFERENCE_OTLP_URL": urls[OTLP],
        "REFERENCE_WEBHOOK_RELAY_URL": f"{urls[WEBHOOKS]}/deliveries",
    }
