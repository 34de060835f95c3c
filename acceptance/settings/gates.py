"""Gates: tags in front of optional surfaces; what opens each and what the target must offer."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from acceptance import declared


@dataclass(frozen=True)
class Gate:
    """One optional surface: `@tag` opens by `setting`; `needs` says what the target must offer.

    A gate `opened_by_any_value` has a setting that is no switch, such as a URL. `operations` are patterns of
    the operations that a service without the surface need not serve.
    """

    tag: str
    setting: str
    needs: str
    provider: bool = False
    open_by_default: bool = False
    opened_by_any_value: bool = False
    operations: tuple[str, ...] = ()

    @property
    def opener(self) -> str:
        """The assignment that opens the gate, or the name of its setting where any value does."""
        return self.setting if self.opened_by_any_value else f"{self.setting}=1"


@dataclass(frozen=True)
class GateBook:
    """Every gate by its tag, and which are open in this run."""

    gates: Mapping[str, Gate]
    open_tags: frozenset[str]

    @property
    def tags(self) -> frozenset[str]:
        """Every gate's tag."""
        return frozenset(self.gates)

    def closed_reason(self, tags: Iterable[str]) -> str | None:
        """Return why a scenario with these tags may not run here, or None when every gate is open."""
        for tag in sorted(set(tags) & self.tags - self.open_tags):
            gate = self.gates[tag]
            return f"gate @{tag} is closed: set {gate.opener}; the service needs {gate.needs}"
        return None

    def excuses(self, operation: str) -> bool:
        """Whether the target need not serve an operation, because a gate in front of it is closed."""
        closed = [gate for tag, gate in self.gates.items() if tag not in self.open_tags]
        return any(declared.fits(operation, pattern) for gate in closed for pattern in gate.operations)

    def rows(self) -> list[dict[str, str]]:
        """Return tag, state and reason of every gate, for the coverage page."""
        return [
            {
                "tag": tag,
                "state": "open" if tag in self.open_tags else "closed",
                "why": self.closed_reason([tag]) or gate.needs,
            }
            for tag, gate in self.gates.items()
        ]


def markdown_table(gates: Mapping[str, Gate]) -> str:
    """Return the README's table of gates."""
    lines = ["| Gate | Opened by | What the service must offer | External provider |", "|---|---|---|---|"]
    for gate in gates.values():
        default = " (open by default)" if gate.open_by_default else ""
        provider = "yes" if gate.provider else "no"
        lines.append(f"| `@{gate.tag}` | `{gate.opener}`{default} | {gate.needs} | {provider} |")
    return "\n".join(lines) + "\n"
