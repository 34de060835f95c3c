"""The service under test: an external one, or the embedded reference service as a process of ours."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from acceptance.errors import TargetError
from acceptance.processes import Process
from acceptance.redaction import learn
from acceptance.reports.coverage import EMBEDDED
from api_service import doubles
from api_service.doubles import MAIL, OIDC, OPENAI, OTLP, WEBHOOKS
from api_service.people.forged_tokens import new_signing_key
from api_service.settings import Settings

START_SECONDS = 60.0
LOG = "reference-service.log"
DOUBLES_LOG = "provider-doubles.log"


@dataclass
class Target:
    """Where the service is, where the doubles are that it sends to, and the processes that are ours."""

    base_url: str
    name: str
    doubles: Mapping[str, str] = field(default_factory=dict)
    processes: list[Process] = field(default_factory=list)

    def stop(self) -> None:
        """Stop what was started for the run; an external service is left alone."""
        for process in self.processes:
            process.end()
        while self.processes:
            self.processes.pop().stop()


def start(settings: Settings, reports: Path) -> tuple[Target, Settings]:
    """Return the target and the settings that go with it: the embedded one brings its own secrets.

    Raises TargetError when a process of ours does not start in time.
    """
    if settings.embedded:
        return _embedded(settings, reports)
    given = {MAIL: settings.mailbox_url, OPENAI: settings.openai_url}
    target = Target(settings.base_url, settings.base_url, given)
    if OTLP in settings.gates:
        _receive_logs(target, settings.otlp_port, reports / DOUBLES_LOG)
    return target, settings


def _receive_logs(target: Target, port: int, log: Path) -> None:
    urls = doubles.listening(OTLP, "/received", port)
    if not urls:
        process, urls = doubles.start([OTLP], port, log)
        target.processes.append(process)
    target.doubles = {**target.doubles, **urls}


def _embedded(settings: Settings, reports: Path) -> tuple[Target, Settings]:
    settings = _with_secrets(settings)
    process, urls = doubles.start([MAIL, OIDC, OTLP, WEBHOOKS], 0, reports / DOUBLES_LOG)
    target = Target("", EMBEDDED, urls, [process])
    try:
        target.base_url = _launch(target, _environment(settings, urls), reports / LOG)
    except BaseException:
        target.stop()
        raise
    target.doubles = {**urls, OPENAI: f"{target.base_url}/provider/v1"}
    return target, settings


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
    return {
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


def _launch(target: Target, environ: Mapping[str, str], log: Path) -> str:
    process = Process(["reference_service", "--port", "0", "--announce"], log, environ)
    target.processes.append(process)
    url = process.announced("listening on ", START_SECONDS)
    if url is None:
        target.stop()
        raise TargetError(f"the embedded reference service did not start ({process.last_words()}); see {log}")
    return url
