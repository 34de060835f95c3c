"""What a run made and left at the service, although every cleanup said that it is gone."""

import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from acceptance.calls.client import Client
from acceptance.calls.exchange import Call, Exchange
from acceptance.contract.document import Finding, Operation
from acceptance.errors import NotOfferedError, SuiteError
from acceptance.json_values import instant_or_none, is_id, is_uuid, objects
from acceptance.rules.lists import listing
from acceptance.rules.presence import is_marked_gone
from acceptance.scenarios.undo import CLEANUP, Undo

RULE = "nothing is left behind"
PAGE = 100
# A run makes some hundred things; a list that is longer than this has no end.
MOST_PAGES = 20


@dataclass(frozen=True)
class Inventory:
    """A list in which nothing that a run made may stay.

    `what` is a thing of it in words, `named_by` the field with its id. `ask` returns the call that lists
    them, `undo` how one is removed, by its id. The list is asked for when one of the operations `made_by`
    succeeded in a scenario (always, if there are none), where `within` is given only if that named it: the
    id of the account whose things are listed. A status of `closed` says that nothing can be there.
    """

    what: str
    named_by: str
    ask: Callable[[], Call]
    undo: Callable[[str], Undo]
    made_by: frozenset[str]
    within: str = ""
    closed: frozenset[int] = frozenset()


class Origins:
    """Who got each id first, in the answer to a write: a scenario by its title, or the suite itself.

    What other runs make at the same time is in none of our answers. `mark` finds, in texts that scenarios
    chose, the number of the scenario: for things whose making is answered without an id.
    """

    def __init__(self, mark: re.Pattern[str]) -> None:
        self.scenarios: dict[int, str] = {}
        self._mark = mark
        self._first: dict[str, str] = {}
        self._named: defaultdict[str, set[str]] = defaultdict(set)

    def note(self, exchange: Exchange) -> None:
        """Take the ids from the answer to a successful write, streams included."""
        if not exchange.operation.is_write or exchange.status not in exchange.operation.success:
            return
        if exchange.person == CLEANUP:
            return
        named = {*_ids([exchange.body, exchange.events])}
        for one in named:
            self._first.setdefault(one, exchange.scenario)
        if exchange.scenario:
            self._named[exchange.operation.name] |= named | {str(exchange.call.account)}

    def concern(self, inventory: Inventory) -> bool:
        """Whether this list may show something that a scenario made."""
        if not inventory.made_by:
            return True
        made = [self._named[name] for name in inventory.made_by if name in self._named]
        return any(not inventory.within or inventory.within in named for named in made)

    def of(self, identifier: str, item: dict[str, Any]) -> str | None:
        """Return who made the item of a list: a scenario's title, empty for the suite, None for others."""
        if identifier in self._first:
            return self._first[identifier]
        found = self._mark.search(json.dumps(item))
        return self.scenarios.get(int(found[1])) if found else None

    def claim(self, identifier: str, by: str = "") -> None:
        """Say who made a thing from now on; what has been told of is nobody's, as what the suite seeded."""
        self._first[identifier] = by


@dataclass
class Residue:
    """Looks through inventories at the end of a run; `begun` is when it began, by the service's clock.

    `earlier` counts, by what they are, things that were there before, and that the suite did not seed.
    """

    client: Client
    origins: Origins
    begun: datetime
    earlier: dict[str, int] = field(default_factory=dict)

    def look(self, inventory: Inventory) -> Iterator[tuple[Operation, Finding, Undo | None]]:
        """Yield what this run left in a list, each with the list's operation and how to remove it.

        A list that cannot be read is told of, too.
        """
        if not self.origins.concern(inventory):
            return
        try:
            yield from self._look(inventory)
        except NotOfferedError:
            # What is not listed by the service was not made by it either.
            return

    def _look(self, inventory: Inventory) -> Iterator[tuple[Operation, Finding, Undo | None]]:
        for page in self._pages(inventory.ask()):
            if page.status in inventory.closed and page.is_sound:
                return
            if not page.is_as_promised:
                got = page.failure or "; ".join(map(str, page.findings)) or f"status {page.status}"
                what = f"whether a {inventory.what} is left cannot be seen: {got} ({page.request_id})"
                yield page.operation, Finding(RULE, inventory.what, what), None
                return
            for _, item in listing(page) or ():
                identifier = str(item.get(inventory.named_by))
                by = self._maker(inventory, page, identifier, item)
                if by:
                    self.origins.claim(identifier)
                    what = f"the {inventory.what} {identifier} is still there; made by: {by}"
                    yield page.operation, Finding(RULE, inventory.what, what), inventory.undo(identifier)

    def lines(self) -> list[str]:
        """Return a line for the terminal about what was there before this run, if anything was."""
        found = ", ".join(f"{what} ({count})" for what, count in self.earlier.items())
        why = "an earlier run left it (make sweep), or another one is going on"
        return [f"note: not of this run, and there before it: {found}; {why}"] if found else []

    def _maker(self, inventory: Inventory, page: Exchange, identifier: str, item: dict[str, Any]) -> str:
        if is_marked_gone(page.operation.semantics, item):
            return ""
        by = self.origins.of(identifier, item)
        if by is None and not page.operation.meaning.shared and self._is_earlier(page, item):
            self.earlier[inventory.what] = self.earlier.get(inventory.what, 0) + 1
        return by or ""

    def _is_earlier(self, page: Exchange, item: dict[str, Any]) -> bool:
        made = page.operation.semantics.fields_with("created")
        names = [*made, page.operation.meaning.newest_first]
        moment = next(filter(None, (instant_or_none(item.get(name)) for name in names)), None)
        return moment is not None and moment < self.begun

    def _pages(self, call: Call) -> Iterator[Exchange]:
        """Yield the pages of a list; one that begins with the newest, down to the beginning of the run."""
        seen, further = 0, dict[str, Any]()
        for _ in range(MOST_PAGES):
            page = self.client.send(replace(call, query={**call.query, "limit": PAGE, **further}))
            yield page
            items = [item for _, item in listing(page) or ()]
            seen += len(items)
            newest_first = page.operation.meaning.newest_first
            last = instant_or_none(items[-1].get(newest_first)) if items and newest_first else None
            further = _further(page.body if isinstance(page.body, dict) else {}, seen)
            if not items or not further or (last and last < self.begun):
                return


def refuse_residue(left: Sequence[str]) -> None:
    """Raise SuiteError when something is left."""
    if left:
        mend = "`python -m acceptance sweep` removes what this run made"
        raise SuiteError("\n  ".join([f"not everything was left as it was found; {mend}:", *left]))


def _further(body: dict[str, Any], seen: int) -> dict[str, Any]:
    """Return the query of the next page, empty behind the last one."""
    if body.get("next_cursor"):
        return {"cursor": body["next_cursor"]}
    if body.get("next_offset") or (isinstance(body.get("total"), int) and body["total"] > seen):
        return {"offset": seen}
    return {}


def _ids(values: Sequence[Any]) -> Iterator[str]:
    for _, found in objects([*values]):
        yield from (str(value) for key, value in found.items() if is_uuid(value) or (is_id(key) and value))
