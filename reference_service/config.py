"""What was configured: the `REFERENCE_*` environment, read once, typed and frozen."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Literal, get_args

from reference_service.limits import DEFAULT_QUOTAS, Quota

PREFIX = "REFERENCE_"
LIMIT_PREFIX = "REFERENCE_LIMIT_"
SignUpPolicy = Literal["public", "invite_only", "approval"]


class ConfigError(ValueError):
    """A setting that cannot be used; the message is one sentence that names it."""


@dataclass(frozen=True)
class Config:
    """The settings of one service; the defaults leave every optional surface open.

    `signing_key` is an Ed25519 private key in PEM (made anew when empty); people of the tenant `sso_tenant`
    may sign in with the OpenID Connect provider at `sso_issuer_url`, and join it from `sso_domains`.
    """

    sign_up_policy: SignUpPolicy = "public"
    test_fixtures: bool = True
    billing: bool = True
    billing_stream: bool = True
    activity_stream: bool = True
    log_ingestion: bool = True
    access_token_minutes: int = 30
    refresh_token_minutes: int = 43200
    mfa_challenge_minutes: int = 5
    email_token_minutes: int = 60
    password_token_minutes: int = 30
    heartbeat_seconds: float = 15.0
    # How long each request is on its way, as if the service were far off.
    latency_seconds: float = 0.0
    stripe_webhook_secret: str = "whsec_reference"  # noqa: S105 - known to everybody, signs for this service only
    log_secret: str = "reference-log-secret"  # noqa: S105 - likewise
    openai_base_url: str = ""
    openai_api_key: str = "sk-reference"
    openai_timeout_seconds: float = 1.0
    container_memory_tiers: tuple[str, ...] = ("1g", "4g", "16g", "64g")
    public_url: str = "http://localhost:3000"
    # Each is a base URL; empty means that nothing is sent.
    mail_url: str = ""
    mail_key: str = "re_reference"
    otlp_url: str = ""
    webhook_relay_url: str = ""
    signing_key: str = ""
    sso_issuer_url: str = ""
    sso_tenant: str = "smoke"
    sso_domains: tuple[str, ...] = ("smoke.example.com",)
    sso_client_id: str = "api-service"
    sso_client_secret: str = "reference-client-secret"  # noqa: S105 - likewise
    allowed_hosts: tuple[str, ...] = ("localhost", "127.0.0.1", "testserver", "testclient")
    limit_vector_stores: int = 10
    limit_containers: int = 10
    limit_purge_age_hours: int = 0
    limit_upload_megabytes: int = 512
    limit_signed_link_seconds: int = 900
    limit_log_bytes: int = 16_384
    limit_recovery_codes: int = 10
    limit_password_history: int = 5
    quotas: Mapping[str, Quota] = field(default_factory=lambda: dict(DEFAULT_QUOTAS))

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> "Config":
        """The configuration that these variables describe.

        `REFERENCE_<FIELD>` sets a field, `REFERENCE_LIMIT_<QUOTA>` the limit of a quota (0 lifts it).
        Raises ConfigError for an unknown name or a value that its field cannot hold.
        """
        given = {name: text for name, text in environment.items() if name.startswith(PREFIX)}
        known = {PREFIX + item.name.upper(): item for item in fields(cls) if item.name != "quotas"}
        values: dict[str, Any] = {
            "quotas": _quotas({name: text for name, text in given.items() if name not in known})
        }
        for name, text in given.items():
            if name in known:
                values[known[name].name] = _parse(name, text, known[name].type)
            elif not name.startswith(LIMIT_PREFIX):
                raise ConfigError(f"{name} is not a setting of the reference service.")
        return cls(**values)


def _quotas(given: Mapping[str, str]) -> dict[str, Quota]:
    quotas = dict(DEFAULT_QUOTAS)
    for name, text in given.items():
        if not name.startswith(LIMIT_PREFIX):
            continue
        quota = name.removeprefix(LIMIT_PREFIX).lower()
        if quota not in quotas:
            raise ConfigError(f"{name} names no known quota.")
        quotas[quota] = Quota(_parse(name, text, int), quotas[quota].seconds)
    return quotas


def _parse(name: str, text: str, kind: Any) -> Any:
    if kind is bool:
        return _parse_flag(name, text)
    if kind in (int, float):
        return _parse_number(name, text, kind)
    if choices := get_args(kind) if get_args(kind)[1:] != (...,) else ():
        if text not in choices:
            raise ConfigError(f"{name} must be one of {', '.join(choices)}.")
        return text
    return text if kind is str else tuple(part.strip() for part in text.split(",") if part.strip())


def _parse_flag(name: str, text: str) -> bool:
    if text.lower() not in ("true", "false"):
        raise ConfigError(f"{name} must be true or false.")
    return text.lower() == "true"


def _parse_number(name: str, text: str, kind: type[int] | type[float]) -> int | float:
    try:
        value = kind(text)
    except ValueError:
        raise ConfigError(f"{name} must be a number.") from None
    if value < 0:
        raise ConfigError(f"{name} must not be negative.")
    return value
