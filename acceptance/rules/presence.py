"""What exists: what was made is listed, what was deleted is gone, and no page repeats another."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from acceptance.calls.exchange import Exchange
from acceptance.contract.document import Finding, Operation
from acceptance.contract.semantics import Semantics
from acceptance.rules.effects import EVERYTHING, area, moved, touched
from acceptance.rules.lists import identity_of, listing
from acceptance.rules.things import Extra, Identity, named_by_path, nothing_else, sightings, subject

Place = tuple[str, ...]
PAGING = frozenset({"limit", "offset", "cursor"})


class Presence:
    """What a scenario made, deleted and saw in lists."""

    def __init__(self, extra: Extra = nothing_else) -> None:
        self._extra = extra
        self._made: defaultdict[Place, dict[Identity, str]] = defaultdict(dict)
        self._deleted: dict[Identity, Exchange] = {}
        self._listed: dict[Place, frozenset[Identity]] = {}
        self._pages: defaultdict[Place, dict[tuple[str, ...], str]] = defaultdict(dict)

    def wrote(self, exchange: Exchange) -> None:
        """Take from a successful write what exists now and what does not."""
        changed = touched(exchange.operation)
        self._forget(exchange.operation)
        if exchange.operation.method == "DELETE":
            self._take_delete(exchange)
            return
        about, declared = subject(exchange), exchange.operation.semantics
        of_accounts = {thing.named_by[0] for thing in declared.things if thing.in_account}
        for identity, deletion in list(self._deleted.items()):
            # A stream or an acceptance may bring back what its answer does not name.
            named = about in {None, identity} or identity[0] in of_accounts
            if named and area(deletion.operation) in changed:
                del self._deleted[identity]
        meaning = exchange.operation.meaning
        if isinstance(exchange.sent, dict) and exchange.sent.get(meaning.continues):
            # Whoever goes on with a thing by its UUID gives it that name in place of its key.
            self._made.pop(_place(exchange), None)
        if about and meaning.listed and (exchange.status == 201 or meaning.makes):
            self._made[_place(exchange)][about] = exchange.operation.name

    def unsure(self, exchange: Exchange) -> None:
        """Forget what a write without a clear answer may have changed."""
        self._forget(exchange.operation)
        self._made.clear()

    def look(self, exchange: Exchange) -> Iterator[Finding]:
        """Yield what a read shows and should not, and what it should show and does not."""
        yield from self._shown_after_delete(exchange)
        if listing(exchange) is not None:
            yield from self._repeated(exchange)
            if _is_whole(exchange):
                yield from self._missing(exchange)

    def _forget(self, operation: Operation) -> None:
        changed, areas = moved(operation), operation.semantics.areas
        if changed >= EVERYTHING:
            for known in (self._made, self._deleted, self._listed, self._pages):
                known.clear()
        for pages in (self._listed, self._pages):
            for place in [place for place in pages if areas.of(place[0]) in changed]:
                del pages[place]

    def _take_delete(self, exchange: Exchange) -> None:
        gone, (path, owner, *_) = named_by_path(exchange), _place(exchange)
        changed, areas = touched(exchange.operation), exchange.operation.semantics.areas
        if gone is None:
            return
        # To delete what somebody else has succeeds, too, where deleting twice does, and has no effect.
        self._deleted[gone] = exchange
        for place, made in self._made.items():
            if place[:2] == (path.rpartition("/")[0], owner):
                if made.pop(gone, None) is None:
                    # The path named it by another id than its answer did.
                    made.clear()
            elif place[1] == owner and areas.of(place[0]) in changed:
                # What belonged to the deleted thing may be gone with it.
                made.clear()

    def _shown_after_delete(self, exchange: Exchange) -> Iterator[Finding]:
        declared = exchange.operation.semantics
        for sighting in sightings(exchange, self._extra):
            deletion = self._deleted.get(sighting.identity)
            if deletion is None or is_marked_gone(declared, sighting.fields):
                continue
            same_area = area(deletion.operation) == area(exchange.operation)
            if same_area and _owner(deletion) == _owner(exchange):
                what = f"{deletion.operation.name} succeeded, yet here it is"
                yield Finding("deleted is gone", sighting.where, what)

    def _missing(self, exchange: Exchange) -> Iterator[Finding]:
        shown = {sighting.identity for sighting in sightings(exchange, self._extra)}
        made = {} if exchange.call.query.keys() - PAGING else self._made[_place(exchange)]
        for identity, source in made.items():
            if identity not in shown:
                yield Finding("made is listed", "$", f"{' '.join(identity)} of {source} is missing")
        view = _view(exchange)
        for identity in self._listed.get(view, frozenset()) - shown:
            yield Finding("nothing vanishes", "$", f"{' '.join(identity)} was listed before and is missing")
        self._listed[view] = frozenset(shown)

    def _repeated(self, exchange: Exchange) -> Iterator[Finding]:
        if exchange.operation.meaning.shared:
            return
        page = str(exchange.call.query.get("cursor") or exchange.call.query.get("offset") or "")
        # Pages of another size are cut elsewhere.
        seen = self._pages[*_view(exchange), f"limit={exchange.call.query.get('limit')}"]
        if not page:
            seen.clear()
        for where, item in listing(exchange) or ():
            own = identity_of(exchange, item)
            if own and seen.setdefault(own, page) != page:
                yield Finding("pages differ", where, f"{'/'.join(own)} was on another page already")


def is_marked_gone(declared: Semantics, fields: Mapping[str, Any]) -> bool:
    """Whether a thing that is listed says that it is over: some are kept for the record."""
    return any(fields.get(key) is not None for key in declared.fields_with("ended")) or any(
        fields.get(key) in values for key, values in declared.fields_with("ended_by").items()
    )


def _owner(exchange: Exchange) -> str:
    """Return whose things are spoken of: the person's in areas with personal lists, else the account's."""
    personal = area(exchange.operation) in exchange.operation.semantics.areas.personal_lists
    return exchange.person if personal else str(exchange.call.account)


def _place(exchange: Exchange) -> Place:
    path = exchange.operation.meaning.listed_at or exchange.operation.path
    values = (str(value) for name, value in exchange.call.values.items() if f"{{{name}}}" in path)
    return path, _owner(exchange), *values


def _view(exchange: Exchange) -> Place:
    query: dict[str, Any] = {key: value for key, value in exchange.call.query.items() if key not in PAGING}
    return *_place(exchange), exchange.person, *(f"{key}={query[key]}" for key in sorted(query))


def _is_whole(exchange: Exchange) -> bool:
    body, query = exchange.body if isinstance(exchange.body, dict) else {}, exchange.call.query
    if body.get("next_cursor") or body.get("next_offset") or query.get("cursor") or query.get("offset"):
        return False
    return "total" not in body or body["total"] == len(listing(exchange) or ())
