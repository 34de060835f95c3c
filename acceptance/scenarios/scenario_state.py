"""What a scenario knows by name: typed things, each kept under the title that the feature gives it."""

from collections.abc import Iterator
from typing import Any, TypeVar

T = TypeVar("T")


class ScenarioState:
    """Things of one scenario, by their type and title; a title may name things of several types."""

    def __init__(self) -> None:
        self._things: dict[tuple[type, str], Any] = {}

    def keep(self, title: str, thing: T) -> T:
        """Keep a thing under a title in place of the one of its type that had it, and return it."""
        self._things[type(thing), title] = thing
        return thing

    def find(self, kind: type[T], title: str) -> T:
        """Return the thing of a type with a title; raises LookupError when the scenario has none."""
        try:
            found: T = self._things[kind, title]
        except KeyError:
            raise LookupError(f'this scenario has no {words(kind)} "{title}"') from None
        return found

    def all_of(self, kind: type[T]) -> dict[str, T]:
        """Return every thing of a type by its title, the oldest first."""
        return {title: thing for (of, title), thing in self._things.items() if of is kind}

    def rows(self) -> Iterator[tuple[str, str, str]]:
        """Yield title, type in words and id (empty where it has none) of each thing, the oldest first."""
        for (kind, title), thing in self._things.items():
            yield title, words(kind), str(getattr(thing, "id", ""))


def words(kind: type) -> str:
    """Return the name of a class in words: `VectorStore` is "vector store"."""
    return "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in kind.__name__).strip()
