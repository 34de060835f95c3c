"""Settings: read once from the environment and `.env`, typed and frozen; unknown names are refused.

An API's own settings are a subclass of `Settings` with a `prefix` and further fields made by `setting`.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from difflib import get_close_matches
from pathlib import Path
from typing import Any, ClassVar, Self
from urllib.parse import unquote, urlsplit

import httpx
from dotenv.parser import parse_stream

from acceptance.errors import ConfigurationError
from acceptance.redaction import learn
from acceptance.settings.gates import Gate
from acceptance.settings.limits import Limit, Limits

OPEN_WORDS = frozenset({"1", "true", "yes", "on"})
CLOSED_WORDS = frozenset({"0", "false", "no", "off", ""})
AN_HOUR, A_DAY = 3600, 86400
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


def setting(name: str, default: object, about: str, *, secret: bool = False, written_to: bool = False) -> Any:
    """Return a dataclass field for one setting.

    A name that starts with `_` follows the class's prefix. The value of a `secret` is hidden everywhere;
    a URL that is `written_to` must name loopback or an allowed host.
    """
    metadata = {"name": name, "meaning": about, "secret": secret, "written_to": written_to}
    return field(default=default, metadata=metadata)


@dataclass(frozen=True)
class Settings:
    """What every suite is configured with. Times are in seconds; an empty URL means that nothing was set."""

    prefix: ClassVar[str] = ""
    further_prefixes: ClassVar[tuple[str, ...]] = ()
    gate_table: ClassVar[Mapping[str, Gate]] = {}
    limit_table: ClassVar[Mapping[str, Limit]] = {}

    base_url: str = setting(
        "_BASE_URL", "", "the service under test; empty starts the embedded one", written_to=True
    )
    http_timeout: float = setting("_HTTP_TIMEOUT", 10.0, "seconds that a call may take")
    stream_timeout: float = setting("_STREAM_TIMEOUT", 20.0, "seconds that reading a stream may take")
    run_timeout: float = setting("_RUN_TIMEOUT", 1800.0, "seconds that a whole run may take")
    budget: float = setting("_BUDGET", 0.0, "seconds that a run should take; 0 for no budget")
    allowed_hosts: tuple[str, ...] = setting(
        "_ALLOWED_HOSTS",
        (),
        "hosts beside loopback that may be written to, object stores included",
    )
    known_issues: str = setting("_KNOWN_ISSUES", "", "file of known issues and declared deviations")
    backend: str = setting("_BACKEND", "", "the target's database, for known issues of one backend")
    gates: frozenset[str] = frozenset()
    given_limits: Mapping[str, int] = field(default_factory=dict, hash=False)

    @property
    def limits(self) -> Limits:
        """How much the deployment allows of what scenarios count."""
        return Limits(self.limit_table, self.given_limits, self.prefix)

    @property
    def embedded(self) -> bool:
        """Whether the suite starts its own reference service."""
        return not self.base_url

    @property
    def host(self) -> str:
        """The host of the service under test; the embedded one is on loopback."""
        return _host(self.base_url) or "127.0.0.1"

    def allowing(self, host: str) -> str:
        """Return the assignment that allows one more host."""
        return f"{self.name_of('allowed_hosts')}={','.join((*self.allowed_hosts, host))}"

    def permits(self, url: httpx.URL) -> bool:
        """Whether an address that the service named may be asked: its own host, an allowed one, or loopback
        where the service itself is there."""
        near = LOOPBACK if self.host in LOOPBACK else frozenset()
        return url.host in {self.host, *self.allowed_hosts, *near}

    @classmethod
    def name_of(cls, attribute: str) -> str:
        """Return the name of the environment variable that sets an attribute."""
        name: str = cls.__dataclass_fields__[attribute].metadata["name"]
        return cls.prefix + name if name.startswith("_") else name

    @classmethod
    def declared(cls) -> list[tuple[str, str, str]]:
        """Return name, default and meaning of every setting, for the documentation."""
        return [(cls.name_of(one.name), _written(one.default), one.metadata["meaning"]) for one in _own(cls)]

    @classmethod
    def load(cls, environ: Mapping[str, str] | None = None, env_file: Path | None = None) -> Self:
        """Return the settings; the process environment wins over the `.env` file.

        Raises ConfigurationError for an unknown name, a wrong value, a forbidden host or an unreadable file.
        """
        merged = _from_file(env_file or Path(".env")) | dict(os.environ if environ is None else environ)
        prefixes = (f"{cls.prefix}_", *cls.further_prefixes)
        given = {name: value.strip() for name, value in merged.items() if name.startswith(prefixes)}
        cls._refuse_unknown(given)
        values: dict[str, Any] = {
            one.name: cls.parse(cls.name_of(one.name), given[cls.name_of(one.name)], one.default)
            for one in _own(cls)
            if given.get(cls.name_of(one.name))
        }
        limits = Limits(cls.limit_table, {}, cls.prefix).parse(given)
        settings = cls(**values, gates=cls._gates(given), given_limits=limits)
        settings._check_hosts()
        learn(*(getattr(settings, one.name) for one in _own(cls) if one.metadata["secret"]))
        return settings

    @classmethod
    def parse(cls, name: str, text: str, default: object) -> object:
        """Return a setting's value, typed as its default; raises ConfigurationError for what does not fit."""
        if isinstance(default, float):
            return _seconds(name, text)
        if isinstance(default, int):
            return _port(name, text)
        if isinstance(default, tuple):
            return tuple(part.strip().lower() for part in text.split(",") if part.strip())
        if name.endswith("_URL"):
            return _url(name, text)
        if name.endswith("_EMAIL") and "@" not in text:
            raise ConfigurationError(f'{name} is "{text}", no e-mail address such as anna@example.com')
        return text

    @classmethod
    def _refuse_unknown(cls, given: Mapping[str, str]) -> None:
        known = [name for name, _, _ in cls.declared()] + [gate.setting for gate in cls.gate_table.values()]
        known += [setting for setting, _ in Limits(cls.limit_table, {}, cls.prefix).rows()]
        for name in given:
            if name in known:
                continue
            near = get_close_matches(name, known, n=1, cutoff=0.6)
            hint = f"did you mean {near[0]}?" if near else "see .env.example for every setting"
            raise ConfigurationError(f"{name} is not a setting of this suite; {hint}")

    @classmethod
    def _gates(cls, given: Mapping[str, str]) -> frozenset[str]:
        embedded = not given.get(cls.name_of("base_url"))
        opened = {gate.tag for gate in cls.gate_table.values() if embedded or gate.open_by_default}
        for gate in cls.gate_table.values():
            if gate.setting not in given:
                continue
            word = given[gate.setting]
            if word.lower() in CLOSED_WORDS:
                opened.discard(gate.tag)
            elif gate.opened_by_any_value or word.lower() in OPEN_WORDS:
                opened.add(gate.tag)
            else:
                raise ConfigurationError(f'{gate.setting} is "{word}"; write 1 to open, 0 to close the gate')
        return frozenset(opened)

    def _check_hosts(self) -> None:
        for one in _own(type(self)):
            if not one.metadata["written_to"]:
                continue
            host = _host(getattr(self, one.name))
            if host and host not in LOOPBACK and host not in self.allowed_hosts:
                raise ConfigurationError(
                    f'{self.name_of(one.name)} names the host "{host}", which this suite would write to; '
                    f"if that is meant, add it to {self.allowing(host)}"
                )


def _host(url: str) -> str:
    return (urlsplit(url).hostname or "").lower()


def _own(cls: type[Settings]) -> list[Any]:
    return [one for one in fields(cls) if one.metadata]


def _written(default: object) -> str:
    if isinstance(default, tuple):
        return ",".join(default)
    return f"{default:g}" if isinstance(default, float) else str(default)


def _from_file(path: Path) -> dict[str, str]:
    if not path.exists() or path.is_dir():
        return {}
    try:
        with path.open(encoding="utf-8") as file:
            lines = list(parse_stream(file))
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"{path} cannot be read ({error}); save it in UTF-8 or remove it") from None
    for line in lines:
        # dotenv itself would leave such a line out, and the run would go to another service than meant.
        if line.error:
            place = f"{path}:{line.original.line}"
            raise ConfigurationError(f"{place} is no assignment; write NAME=value, and close every quote")
    return {line.key: line.value or "" for line in lines if line.key}


def _seconds(name: str, text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = -1.0
    most = A_DAY if name.endswith(("_RUN_TIMEOUT", "_BUDGET")) else AN_HOUR
    is_none = seconds == 0 and name.endswith("_BUDGET")
    if not (0 < seconds <= most or is_none):
        raise ConfigurationError(f'{name} is "{text}"; write a number of seconds above 0, up to {most}')
    return seconds


def _port(name: str, text: str) -> int:
    port = int(text) if text.isascii() and text.isdigit() else 0
    if not 0 < port < 65536:
        raise ConfigurationError(f'{name} is "{text}"; write a port from 1 to 65535, such as 9012')
    return port


def _url(name: str, text: str) -> str:
    # First of all: every other refusal shows the URL. The two others are read as the sign itself (UTS 46).
    if set("@\uff20\ufe6b") & set(unquote(text)):
        raise ConfigurationError(f"{name} carries a user name or password; leave them out of the URL")
    try:
        parts = urlsplit(text)
        # Looking up such a host is no httpx.HTTPError but an error of the codec.
        has_host = text.split() == [text] and bool(httpx.URL(text).host.encode("idna"))
        valid = parts.scheme in {"http", "https"} and has_host and (parts.port or 1) > 0
    except (ValueError, httpx.InvalidURL):
        valid = False
    if not valid or parts.query or parts.fragment:
        example = "https://staging.example.com"
        raise ConfigurationError(f'{name} is "{text}"; write a URL with scheme and host, such as {example}')
    return text.rstrip("/")
