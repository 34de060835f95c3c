"""A prover's driver that runs one scenario: it asks the stage whether that is green."""

from typing import Any


class FakeDriver:
    """One scenario, "one", which says `why` when it is red."""

    scenarios = ("one",)

    def __init__(self, why: str) -> None:
        self._why = why

    def use(self, session: Any) -> None:
        self.session = session

    def run(self, title: str) -> bool:
        return bool(self.session.run())

    def why(self, title: str) -> str:
        return self._why

    def place(self, title: str) -> str:
        return "zoo.feature"
