"""Limits: how much of something a deployment allows, and how far a scenario counts up to it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from acceptance.errors import ConfigurationError, OutOfReachError

OFF_WORDS = frozenset({"0", "none", "off"})


@dataclass(frozen=True)
class Limit:
    """How much of one thing a deployment allows, unless a setting says otherwise: `default`.

    `meaning` stands behind a number ("wrong passwords before an account locks"), `own_setting` is the
    service's name of it. A scenario counts to `most` of them (0 where nothing is counted), the others need
    `least`. `within` names limits that count the same tries. One that `can_be_off` is 0 where it is off.
    """

    name: str
    default: int
    meaning: str
    own_setting: str = ""
    most: int = 0
    least: int = 1
    can_be_off: bool = False
    within: tuple[str, ...] = ()


@dataclass(frozen=True)
class Limits(Mapping[str, int]):
    """The limits of one deployment by their names: what was set, else the default."""

    table: Mapping[str, Limit]
    given: Mapping[str, int]
    prefix: str

    def __getitem__(self, name: str) -> int:
        """Return how many are allowed, 0 for a limit that is off."""
        return self.given.get(name, self.table[name].default)

    def __iter__(self) -> Iterator[str]:
        """Yield the name of every limit."""
        return iter(self.table)

    def __len__(self) -> int:
        """Return how many limits there are."""
        return len(self.table)

    def setting(self, name: str) -> str:
        """Return the name of the environment variable that sets a limit."""
        return f"{self.prefix}_LIMIT_{name.upper()}"

    def count_to(self, name: str, further: int = 1) -> int:
        """Return how many are allowed, for a scenario that uses them all and tries `further` ones.

        Raises OutOfReachError when it is off, is more than a scenario counts to, or comes behind another.
        """
        limit, allowed = self.table[name], self[name]
        self.require(name)
        if allowed > limit.most:
            raise OutOfReachError(f"{self._said(name)}; a scenario counts to {limit.most} at most")
        for other in limit.within:
            if 0 < self[other] < allowed + further:
                raise OutOfReachError(f"{self._said(name)}, but {self._said(other)}, which comes first")
        return allowed

    def require(self, name: str, tries: int = 0) -> None:
        """Raise OutOfReachError when the limit is off or, if `tries` are given, allows fewer than these."""
        if not tries and not self[name]:
            raise OutOfReachError(f"the deployment sets no limit to {self._what(name)}")
        if 0 < self[name] < tries:
            raise OutOfReachError(f"{self._said(name)}; the scenario needs {tries}")

    def require_off(self, name: str) -> None:
        """Raise OutOfReachError where there is such a limit, so that a scenario would have to wait for it."""
        if self[name]:
            raise OutOfReachError(f"the deployment asks for {self[name]} {self._what(name)}")

    def parse(self, environ: Mapping[str, str]) -> dict[str, int]:
        """Return the limits that an environment sets; raises ConfigurationError for what is no limit."""
        texts = {name: environ.get(self.setting(name), "") for name in self.table}
        return {name: self._number(name, text) for name, text in texts.items() if text}

    def rows(self) -> list[tuple[str, Limit]]:
        """Return setting and limit, for the documentation."""
        return [(self.setting(name), limit) for name, limit in self.table.items()]

    def _said(self, name: str) -> str:
        return f"the deployment allows {self[name]} {self._what(name)}"

    def _what(self, name: str) -> str:
        return f"{self.table[name].meaning} ({self.setting(name)}={self[name]})"

    def _number(self, name: str, text: str) -> int:
        limit = self.table[name]
        if limit.can_be_off and text.lower() in OFF_WORDS:
            return 0
        number = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1
        if number < limit.least:
            off = ", or 0 where the limit is off" if limit.can_be_off else ""
            setting = self.setting(name)
            least = f"write a whole number from {limit.least} on{off}"
            raise ConfigurationError(f'{setting} is "{text[:40]}"; {least}')
        return number


def markdown_table(limits: Limits) -> str:
    """Return the README's table of limits."""
    headings = ("Setting", "Published", "How many", "The service's own setting", "Counted to")
    lines = [f"| {' | '.join(headings)} |", "|---|---|---|---|---|"]
    for setting, limit in limits.rows():
        off = ", 0 for no limit" if limit.can_be_off else ""
        own, most = f"`{limit.own_setting}`" if limit.own_setting else "none", limit.most or ""
        lines.append(f"| `{setting}` | `{limit.default}` | {limit.meaning}{off} | {own} | {most} |")
    return "\n".join(lines) + "\n"
