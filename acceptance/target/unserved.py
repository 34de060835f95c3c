"""Operations of the contract that the target does not serve: a hollow deployment is no green run.

A scenario that asks for one is skipped and says so. The run ends with 3 and names them, unless a closed gate
excuses them or a `[[deviation]]` with the rule "not served" declares them.
"""

from collections.abc import Iterable

from acceptance import declared
from acceptance.checks.deviations import Deviation, Deviations
from acceptance.contract.document import Contract
from acceptance.settings.gates import GateBook

RULE = "not served"


class Unserved:
    """What the scenarios of one run asked for in vain. Operations are given by their names."""

    def __init__(self, contract: Contract, gates: GateBook, deviations: Deviations) -> None:
        self._contract, self._gates, self._met = contract, gates, deviations.met
        self._declared = [one for one in deviations.declared if one.rule == RULE]
        self.asked: set[str] = set()

    def note(self, operation: str) -> str:
        """Remember what a scenario asked for in vain; return why it is skipped.

        The terminal counts skips by their first line: what the run is red for stands in one list there.
        """
        self.asked.add(operation)
        if deviation := self._deviation(operation):
            self._met[deviation] += 1
            return f"the target is declared not to serve what is needed: {deviation.reason}\n{operation}"
        if self._gates.excuses(operation):
            return f"the target does not serve {operation}"
        return f"the target does not serve what is needed\n{operation}"

    def lacking(self, mend: str, others: Iterable[str] = ()) -> str:
        """Return a sentence, and below it a line for each area, about what is neither excused nor declared.

        `others` are operations that the target does not serve and that no scenario asked for; `mend` is the
        setting of the file in which deviations are declared. Empty when nothing is lacking.
        """
        missing = {*self.asked, *others}
        areas: dict[str, list[str]] = {}
        for one in self._contract:
            if one.name in missing and not self._deviation(one.name) and not self._gates.excuses(one.name):
                areas.setdefault(one.area, []).append(one.name)
        if not areas:
            return ""
        head = (
            f"the target does not serve {sum(map(len, areas.values()))} operation(s) of the contract whose "
            f'gates are open; serve them, or declare them in the file of {mend} ([[deviation]] "{RULE}")'
        )
        return "\n".join([head, *(f"  {area}: {', '.join(names)}" for area, names in sorted(areas.items()))])

    def outdated(self, served: Iterable[str]) -> list[str]:
        """Return a sentence for each declaration that does not hold; `served` are those that succeeded."""
        served, told = sorted(served), []
        for one in self._declared:
            if not any(declared.fits(operation.name, one.operation) for operation in self._contract):
                told.append(f'"{one.operation}" is declared as {RULE} and names no operation of the contract')
            elif again := [name for name in served if declared.fits(name, one.operation)]:
                what = f'"{one.operation}" is declared as {RULE}, and the target serves {", ".join(again)}'
                told.append(f"{what}; remove the entry, or let it name less ({one.reason})")
        return told

    def _deviation(self, operation: str) -> Deviation | None:
        return declared.first(self._declared, operation=operation)
