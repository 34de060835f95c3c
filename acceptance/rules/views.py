"""What was seen of each thing so far; two views of one thing agree until a write may have changed it."""

from collections.abc import Iterator, Mapping
from typing import Any

from acceptance.calls.exchange import Exchange
from acceptance.contract.document import Finding
from acceptance.rules.effects import EVERYTHING, area, touched
from acceptance.rules.things import RECORD, Extra, Identity, nothing_else, sightings, subject
from acceptance.rules.values import agree


class Views:
    """The fields of every thing that the answers of a scenario showed."""

    def __init__(self, extra: Extra = nothing_else) -> None:
        self._extra = extra
        # Each value with the name of the operation that showed it.
        self._fields: dict[Identity, dict[str, tuple[Any, str]]] = {}
        self._areas: dict[Identity, str] = {}

    def compare(self, exchange: Exchange) -> Iterator[Finding]:
        """Yield a finding for each field that differs from what was known, then learn the answer."""
        for sighting in sightings(exchange, self._extra):
            known = self._fields.get(sighting.identity, {})
            for key, value in sighting.fields.items():
                before, source = known.get(key, (value, ""))
                if source and not _agree(exchange, key, before, value):
                    what = f"{value!r}, but {source} gave {before!r}"
                    yield Finding("same everywhere", f"{sighting.where}.{key}", what)
            self._learn(exchange, sighting.identity, sighting.fields)

    def forget(self, exchange: Exchange) -> None:
        """Forget what a write may have changed."""
        changed, lasting = touched(exchange.operation), exchange.operation.semantics.fields_with("lasting")
        if changed == EVERYTHING:
            self._fields.clear()
        for identity, fields in self._fields.items():
            if self._areas[identity] in changed and identity[0] != RECORD:
                self._fields[identity] = {key: known for key, known in fields.items() if key in lasting}

    def drop(self, identity: Identity | None) -> None:
        """Forget a thing that is gone: what comes under its name later is another one."""
        if identity in self._fields:
            del self._fields[identity]

    def learn_sent(self, exchange: Exchange) -> None:
        """Learn what a successful write sent, where its answer does not show it."""
        about = subject(exchange)
        if about is None or not isinstance(exchange.sent, dict):
            return
        shown, names = self._fields.get(about, {}), exchange.operation.meaning.shown_as
        never_echoed = exchange.operation.semantics.fields_with("never_echoed")
        sent = {
            names.get(key, key): value
            for key, value in exchange.sent.items()
            if value is not None and key not in shown and (key in names or key not in never_echoed)
        }
        self._learn(exchange, about, sent)

    def _learn(self, exchange: Exchange, identity: Identity, fields: Mapping[str, Any]) -> None:
        self._areas[identity] = area(exchange.operation)
        known = self._fields.setdefault(identity, {})
        # What a list of everybody's things shows may be somebody else's, who changes it meanwhile.
        shared = exchange.operation.meaning.shared
        lasting, source = exchange.operation.semantics.fields_with("lasting"), exchange.operation.name
        known |= {key: (value, source) for key, value in fields.items() if key in lasting or not shared}


def _agree(exchange: Exchange, key: str, known: Any, shown: Any) -> bool:
    filled_later = exchange.operation.semantics.fields_with("filled_later")
    return agree(exchange, key, known, shown) or (known is None and key in filled_later)
