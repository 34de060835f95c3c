"""What was seen of each thing so far; two views of one thing agree until a write may have changed it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from acceptance.calls.exchange import Exchange
from acceptance.contract.document import Finding
from api_service.rules.answers.echoes import NEVER_ECHOED
from api_service.rules.answers.values import agree
from api_service.rules.memory.effects import EVERYTHING, SHARED_BY_ALL, area, touched
from api_service.rules.memory.entities import FRAME, Identity, sightings, subject

# No write changes these: they say what a thing is, not how it is.
LASTING = frozenset(
    {
        "id",
        "tenant_id",
        "created_at",
        "issued_at",
        "started_at",
        "asset_created_at",
        "storage_created_at",
        "storage_object_id",
        "object_key",
        "bucket",
        "filename",
        "mime_type",
        "size_bytes",
        "openai_id",
        "openai_file_id",
        "vector_store_id",
        "owner_user_id",
        "asset_type",
        "source_tool",
        "content",
        "timestamp",
        "workflow_key",
        "request_message",
        "ended_at",
        "steps",
        "step_count",
        "final_output_text",
        "output_schema",
        "invited_email",
        "account",
        "scopes",
        "event_type",
        "occurred_at",
        "action",
        "actor_id",
        "object_type",
        "object_id",
        "token_hint",
        "channel",
        "target_masked",
        "severity_filter",
    }
)
# A later view shows what was sent under another name.
SHOWN_AS: Mapping[str, Mapping[str, str]] = {
    "/api/v1/workflows/{workflow_key}/run": {"message": "request_message"}
}
# The service makes these up on its own after a while.
FILLED_LATER = frozenset({"display_name", "topic_hint"})


@dataclass(frozen=True)
class Known:
    """A value and the call that showed it."""

    value: Any
    source: str


class Views:
    """The fields of every thing that the answers of a scenario showed."""

    def __init__(self) -> None:
        self._fields: dict[Identity, dict[str, Known]] = {}
        self._areas: dict[Identity, str] = {}

    def compare(self, exchange: Exchange) -> Iterator[Finding]:
        """Yield a finding for each field that differs from what was known, then learn the answer."""
        for sighting in sightings(exchange):
            known = self._fields.get(sighting.identity, {})
            for key, value in sighting.fields.items():
                if key in known and not _agree(key, known[key].value, value):
                    yield Finding(
                        "same everywhere",
                        f"{sighting.where}.{key}",
                        f"{value!r}, but {known[key].source} gave {known[key].value!r}",
                    )
            self._learn(exchange, sighting.identity, sighting.fields)

    def forget(self, exchange: Exchange) -> None:
        """Forget what a write may have changed."""
        changed = touched(exchange.operation)
        if changed == EVERYTHING:
            self._fields.clear()
        for identity, fields in self._fields.items():
            if self._areas[identity] in changed and identity[0] != FRAME:
                self._fields[identity] = {key: known for key, known in fields.items() if key in LASTING}

    def drop(self, identity: Identity | None) -> None:
        """Forget a thing that is gone: what comes under its name later is another one."""
        if identity in self._fields:
            del self._fields[identity]

    def learn_sent(self, exchange: Exchange) -> None:
        """Learn what a successful write sent, where its answer does not show it."""
        about = subject(exchange)
        if about is None or not isinstance(exchange.sent, dict):
            return
        shown, names = self._fields.get(about, {}), SHOWN_AS.get(exchange.operation.path, {})
        sent = {
            names.get(key, key): value
            for key, value in exchange.sent.items()
            if value is not None and key not in shown and (key in names or key not in NEVER_ECHOED)
        }
        self._learn(exchange, about, sent)

    def _learn(self, exchange: Exchange, identity: Identity, fields: Mapping[str, Any]) -> None:
        self._areas[identity] = area(exchange.operation.path)
        known = self._fields.setdefault(identity, {})
        # What a list of everybody's things shows may be somebody else's, who changes it meanwhile.
        shared = exchange.operation.path in SHARED_BY_ALL and exchange.operation.method == "GET"
        kept = {key: value for key, value in fields.items() if key in LASTING or not shared}
        known.update({key: Known(value, exchange.operation.name) for key, value in kept.items()})


def _agree(key: str, known: Any, shown: Any) -> bool:
    return agree(key, known, shown) or (known is None and key in FILLED_LATER)
