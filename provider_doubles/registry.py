"""Which doubles there are, where each listens by default, and the settings that point at it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from fastapi import FastAPI

from provider_doubles import mail, oidc, openai, otlp, s3, webhooks
from provider_doubles.serving import Running, serve


@dataclass(frozen=True)
class Double:
    """One double; `{url}` in its settings stands for where it listens.

    `service` are settings of a service under test, `suite` those of the acceptance suite.
    """

    summary: str
    port: int
    start: Callable[[int], Running]
    service: Mapping[str, str]
    suite: Mapping[str, str]

    def settings(self, url: str) -> tuple[list[str], list[str]]:
        """The lines of an environment file for the service, and those for the suite."""
        texts = [
            [f"{name}={value.replace('{url}', url)}" for name, value in part.items()]
            for part in (self.service, self.suite)
        ]
        return texts[0], texts[1]


def _served(create_app: Callable[[], FastAPI]) -> Callable[[int], Running]:
    return lambda port: serve(create_app(), port)


DOUBLES: Mapping[str, Double] = {
    "openai": Double(
        "files, vector stores and containers of the OpenAI API",
        9009,
        _served(openai.create_app),
        {"OPENAI_BASE_URL": "{url}/v1", "OPENAI_API_KEY": "sk-acceptance"},
        {"SMOKE_OPENAI_URL": "{url}/v1"},
    ),
    "mail": Double(
        "mail by the Resend API, with a mailbox to read",
        9010,
        _served(mail.create_app),
        {
            "RESEND_EMAIL_ENABLED": "true",
            "RESEND_BASE_URL": "{url}",
            "RESEND_API_KEY": "re_acceptance",
            "RESEND_DEFAULT_FROM": "acceptance@example.com",
        },
        {"SMOKE_MAILBOX_URL": "{url}"},
    ),
    "oidc": Double(
        "OpenID Connect provider for single sign-on",
        9011,
        _served(oidc.create_app),
        {"REFERENCE_SSO_ISSUER_URL": "{url}"},
        {"SMOKE_ENABLE_AUTH_SSO": "1"},
    ),
    "otlp": Double(
        "receiver of OTLP/HTTP logs",
        9012,
        _served(otlp.create_app),
        {"LOGGING_SINKS": "stdout,otlp", "LOGGING_OTLP_ENDPOINT": "{url}/v1/logs"},
        {},
    ),
    "s3": Double(
        f"S3 object storage with the bucket {s3.BUCKET}",
        9013,
        s3.start,
        {
            "STORAGE_PROVIDER": "s3",
            "S3_ENDPOINT_URL": "{url}",
            "S3_REGION": s3.REGION,
            "S3_BUCKET": s3.BUCKET,
            "S3_FORCE_PATH_STYLE": "true",
            "AWS_ACCESS_KEY_ID": "acceptance",
            "AWS_SECRET_ACCESS_KEY": "acceptance",
        },
        {},
    ),
    "webhooks": Double(
        "receiver of webhooks, whatever their targets",
        9014,
        _served(webhooks.create_app),
        {"REFERENCE_WEBHOOK_RELAY_URL": "{url}/deliveries"},
        {},
    ),
}
