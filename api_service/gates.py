"""Gates: optional surfaces, what opens each and what the target must offer. The one table.

The README's table is made from it (`python -m acceptance gates`) and a test compares them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

OPEN_WORDS = frozenset({"1", "true", "yes", "on"})
CLOSED_WORDS = frozenset({"0", "false", "no", "off", ""})


@dataclass(frozen=True)
class Gate:
    """One optional surface: `@tag` opens by `setting`; `needs` says what the target must offer."""

    tag: str
    setting: str
    needs: str
    provider: bool = False
    open_by_default: bool = False


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
    Gate("petsage", "PETSAGE_BASE_URL", "a PetSage back end under PETSAGE_BASE_URL"),
)

GATES: Mapping[str, Gate] = {gate.tag: gate for gate in _TABLE}


@dataclass(frozen=True)
class GateBook:
    """Which gates are open in this run."""

    open_tags: frozenset[str]

    @property
    def tags(self) -> frozenset[str]:
        """Every gate tag there is."""
        return frozenset(GATES)

    def closed_reason(self, tags: Iterable[str]) -> str | None:
        """Return why a scenario with these tags may not run here, or None when every gate is open."""
        for tag in sorted(set(tags) & self.tags - self.open_tags):
            gate = GATES[tag]
            mend = f"set {gate.setting}" + ("" if tag == "petsage" else "=1")
            return f"gate @{tag} is closed: {mend}; the service needs {gate.needs}"
        return None


def markdown_table() -> str:
    """Return the README's table of gates."""
    lines = ["| Gate | Opened by | What the service must offer | External provider |", "|---|---|---|---|"]
    for gate in GATES.values():
        opened = f"`{gate.setting}`" if gate.tag == "petsage" else f"`{gate.setting}=1`"
        default = " (open by default)" if gate.open_by_default else ""
        lines.append(
            f"| `@{gate.tag}` | {opened}{default} | {gate.needs} | {'yes' if gate.provider else 'no'} |"
        )
    return "\n".join(lines) + "\n"
