"""What was configured: `SMOKE_*` and `.env`, read once, typed, frozen; unknown names are refused."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from difflib import get_close_matches
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
from dotenv.parser import parse_stream

from acceptance.errors import ConfigurationError
from acceptance.redaction import learn
from api_service.gates import CLOSED_WORDS, GATES, OPEN_WORDS

SLUG = re.compile("[a-z0-9]+(-[a-z0-9]+)*")
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


def _setting(name: str, default: object, meaning: str, secret: bool = False) -> Any:
    return field(default=default, metadata={"name": name, "meaning": meaning, "secret": secret})


@dataclass(frozen=True)
class Settings:
    """Every setting of a run. Times are in seconds; an empty URL means that nothing was set."""

    base_url: str = _setting("SMOKE_BASE_URL", "", "the service under test; empty starts the embedded one")
    tenant_slug: str = _setting("SMOKE_TENANT_SLUG", "smoke", "slug of the tenant that the suite seeds")
    tenant_name: str = _setting("SMOKE_TENANT_NAME", "Smoke Test Tenant", "its name")
    user_email: str = _setting("SMOKE_USER_EMAIL", "alice@smoke.example.com", "Alice, who owns the tenant")
    user_password: str = _setting(
        "SMOKE_USER_PASSWORD", "Walnut-Harbour-Lantern-7", "password of every seeded person", secret=True
    )
    operator_email: str = _setting(
        "SMOKE_OPERATOR_EMAIL", "olga@smoke.example.com", "Olga, who operates the platform"
    )
    unverified_email: str = _setting(
        "SMOKE_UNVERIFIED_EMAIL", "uma@smoke.example.com", "Uma, not yet verified"
    )
    mfa_email: str = _setting(
        "SMOKE_MFA_EMAIL", "mia@smoke.example.com", "Mia, who signs in with two factors"
    )
    password_reset_email: str = _setting(
        "SMOKE_PASSWORD_RESET_EMAIL", "rita@smoke.example.com", "Rita, who forgot her password"
    )
    password_change_email: str = _setting(
        "SMOKE_PASSWORD_CHANGE_EMAIL", "carl@smoke.example.com", "Carl, who changes his password"
    )
    http_timeout: float = _setting("SMOKE_HTTP_TIMEOUT", 10.0, "seconds that a call may take")
    stream_timeout: float = _setting("SMOKE_STREAM_TIMEOUT", 20.0, "seconds that reading a stream may take")
    allowed_hosts: tuple[str, ...] = _setting(
        "SMOKE_ALLOWED_HOSTS", (), "hosts beside loopback that may be seeded, with commas"
    )
    known_issues: str = _setting("SMOKE_KNOWN_ISSUES", "", "file of known issues and declared deviations")
    backend: str = _setting("SMOKE_BACKEND", "", "the target's database, for known issues of one backend")
    petsage_url: str = _setting("PETSAGE_BASE_URL", "", "the PetSage back end; opens the gate @petsage")
    stripe_webhook_secret: str = _setting(
        "SMOKE_STRIPE_WEBHOOK_SECRET", "", "secret that Stripe events are signed with", secret=True
    )
    log_secret: str = _setting(
        "SMOKE_LOG_SECRET", "", "shared secret of anonymous signed log records", secret=True
    )
    signing_key: str = _setting(
        "SMOKE_SIGNING_KEY",
        "",
        "the service's own private signing key (Ed25519, PEM), to forge tokens that differ in one claim only",
        secret=True,
    )
    token_audience: str = _setting(
        "SMOKE_TOKEN_AUDIENCE", "agent-api", "audience that every access token must name"
    )
    mailbox_url: str = _setting(
        "SMOKE_MAILBOX_URL", "", "mailbox of the mail double; tokens are then taken from mails"
    )
    openai_url: str = _setting(
        "SMOKE_OPENAI_URL", "", "the OpenAI-compatible API that the service uses; the suite puts files there"
    )
    openai_key: str = _setting("SMOKE_OPENAI_API_KEY", "sk-acceptance", "its key", secret=True)
    contact_email: str = _setting(
        "SMOKE_CONTACT_EMAIL", "support@localhost", "where the service sends what the contact form brings"
    )
    otlp_port: int = _setting(
        "SMOKE_OTLP_PORT", 9012, "loopback port on which the suite receives what a deployment exports by OTLP"
    )
    gates: frozenset[str] = frozenset()

    @property
    def embedded(self) -> bool:
        """Whether the suite starts its own reference service."""
        return not self.base_url


def declared() -> list[tuple[str, str, str]]:
    """Return name, default and meaning of every setting, for the documentation."""
    rows = []
    for item in fields(Settings):
        if item.metadata:
            default = (
                ",".join(item.default)
                if isinstance(item.default, tuple)
                else f"{item.default:g}"
                if isinstance(item.default, float)
                else str(item.default)
            )
            rows.append((item.metadata["name"], default, item.metadata["meaning"]))
    return rows


def load(environ: Mapping[str, str] | None = None, env_file: Path | None = None) -> Settings:
    """Return the settings; the process environment wins over the `.env` file.

    Raises ConfigurationError for an unknown name, a value that does not fit, a host that may not be seeded
    or a file that cannot be read.
    """
    merged = _from_file(env_file or Path(".env")) | dict(os.environ if environ is None else environ)
    given = {name: value.strip() for name, value in merged.items() if name.startswith(("SMOKE_", "PETSAGE_"))}
    _refuse_unknown(given)
    values: dict[str, Any] = {
        item.name: _parse(item.metadata["name"], given[item.metadata["name"]], item.default)
        for item in fields(Settings)
        if item.metadata and given.get(item.metadata["name"])
    }
    settings = Settings(**values, gates=_gates(given))
    _check_hosts(settings)
    secrets = (settings.stripe_webhook_secret, settings.log_secret, settings.signing_key, settings.openai_key)
    learn(settings.user_password, *secrets)
    return settings


def _from_file(path: Path) -> dict[str, str]:
    if not path.exists() or path.is_dir():
        return {}
    try:
        with path.open(encoding="utf-8") as file:
            lines = list(parse_stream(file))
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError(
            f"{path} cannot be read ({error}); make it readable text in UTF-8, or remove it"
        ) from None
    for line in lines:
        # dotenv itself would leave such a line out, and the run would go to another service than meant.
        if line.error:
            raise ConfigurationError(
                f"{path}:{line.original.line} is no assignment; write NAME=value, and close every quote"
            )
    return {line.key: line.value or "" for line in lines if line.key}


def _refuse_unknown(given: Mapping[str, str]) -> None:
    known = [name for name, _, _ in declared()] + [gate.setting for gate in GATES.values()]
    for name in given:
        if name in known:
            continue
        near = get_close_matches(name, known, n=1, cutoff=0.6)
        hint = f"did you mean {near[0]}?" if near else "see .env.example for every setting"
        raise ConfigurationError(f"{name} is not a setting of this suite; {hint}")


def _parse(name: str, text: str, default: object) -> object:
    if isinstance(default, float):
        return _seconds(name, text)
    if isinstance(default, int):
        return _port(name, text)
    if isinstance(default, tuple):
        return tuple(part.strip().lower() for part in text.split(",") if part.strip())
    if name.endswith("_URL"):
        return _url(name, text)
    if name == "SMOKE_TENANT_SLUG" and not SLUG.fullmatch(text):
        raise ConfigurationError(f'{name} is "{text}"; write lower-case letters, digits and single hyphens')
    if name.endswith("_EMAIL") and "@" not in text:
        raise ConfigurationError(
            f'{name} is "{text}", which is no e-mail address; write one such as anna@example.com'
        )
    return text


def _seconds(name: str, text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds <= 3600:
        raise ConfigurationError(
            f'{name} is "{text}"; write a number of seconds above 0 and up to 3600, such as 10'
        )
    return seconds


def _port(name: str, text: str) -> int:
    port = int(text) if text.isascii() and text.isdigit() else 0
    if not 0 < port < 65536:
        raise ConfigurationError(f'{name} is "{text}"; write a port from 1 to 65535, such as 9012')
    return port


def _url(name: str, text: str) -> str:
    try:
        parts = urlsplit(text)
        # Looking up such a host is no httpx.HTTPError but an error of the codec.
        has_host = text.split() == [text] and bool(httpx.URL(text).host.encode("idna"))
        valid = parts.scheme in {"http", "https"} and has_host and (parts.port or 1) > 0
    except (ValueError, httpx.InvalidURL):
        valid = False
    if not valid or parts.query or parts.fragment:
        raise ConfigurationError(
            f'{name} is "{text}"; write a URL with scheme and host, such as https://staging.example.com'
        )
    if parts.username or parts.password:
        raise ConfigurationError(f"{name} carries a user name or password; leave them out of the URL")
    return text.rstrip("/")


def _gates(given: Mapping[str, str]) -> frozenset[str]:
    embedded = not given.get("SMOKE_BASE_URL")
    opened = {gate.tag for gate in GATES.values() if embedded or gate.open_by_default}
    for gate in GATES.values():
        if gate.setting not in given:
            continue
        word = given[gate.setting].lower()
        if gate.tag == "petsage":
            (opened.add if word else opened.discard)(gate.tag)
        elif word in OPEN_WORDS:
            opened.add(gate.tag)
        elif word in CLOSED_WORDS:
            opened.discard(gate.tag)
        else:
            raise ConfigurationError(
                f'{gate.setting} is "{given[gate.setting]}"; write 1 to open the gate or 0 to close it'
            )
    return frozenset(opened)


def _check_hosts(settings: Settings) -> None:
    written_to = {
        "SMOKE_BASE_URL": settings.base_url,
        "PETSAGE_BASE_URL": settings.petsage_url,
        "SMOKE_OPENAI_URL": settings.openai_url,
    }
    for name, url in written_to.items():
        host = (urlsplit(url).hostname or "").lower()
        if host and host not in LOOPBACK and host not in settings.allowed_hosts:
            raise ConfigurationError(
                f'{name} names the host "{host}", which this suite would write to; '
                f"if that is meant, add it to SMOKE_ALLOWED_HOSTS={','.join((*settings.allowed_hosts, host))}"
            )
