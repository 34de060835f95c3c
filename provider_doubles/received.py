"""What a double has received, for whoever asks; a question may wait for its answer."""

import asyncio
from collections import deque
from collections.abc import Callable
from typing import Generic, TypeVar

MOST_KEPT = 10_000
LONGEST_WAIT = 30.0
T = TypeVar("T")


class Received(Generic[T]):
    """The last things received, oldest first."""

    def __init__(self) -> None:
        self._things: deque[T] = deque(maxlen=MOST_KEPT)
        self._changed = asyncio.Condition()

    async def add(self, thing: T) -> None:
        """Keep a thing and wake up those who wait for it."""
        async with self._changed:
            self._things.append(thing)
            self._changed.notify_all()

    async def matching(self, where: Callable[[T], bool], wait: float = 0.0) -> list[T]:
        """The things that match, oldest first; waits up to so many seconds for the first one."""

        def found() -> list[T]:
            return [thing for thing in self._things if where(thing)]

        async with self._changed:
            try:
                return await asyncio.wait_for(self._changed.wait_for(found), min(wait, LONGEST_WAIT))
            except TimeoutError:
                return found()

    async def forget(self, where: Callable[[T], bool]) -> int:
        """Forget the things that match and return how many they were."""
        async with self._changed:
            kept = [thing for thing in self._things if not where(thing)]
            gone = len(self._things) - len(kept)
            self._things.clear()
            self._things.extend(kept)
            return gone
