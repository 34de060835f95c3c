"""What an engineer needs to see of an exchange: summary, redacted bodies, a curl line to repeat it."""

import json
import shlex
from collections.abc import Iterable
from typing import Any

from acceptance.calls.exchange import Exchange
from acceptance.redaction import is_secret_key, mask_data, mask_keys, mask_own, mask_text

LONGEST_BODY = 2000
LONGEST_EVENT = 160
OWN_HEADERS = frozenset({"accept", "accept-encoding", "connection", "user-agent", "host", "content-length"})


def explain(exchange: Exchange, expected: str) -> str:
    """Return why an exchange is not what was expected, with all that is needed to look further."""
    got = exchange.failure or f"status {exchange.status}"
    lines = [
        f"expected {expected}, got {got}",
        *(f"  {finding}" for finding in exchange.findings),
        f"  request: {exchange.operation.method} {exchange.url} as {exchange.person}",
        f"  request id: {exchange.request_id}  correlation id: {exchange.correlation_id or 'none'}",
        f"  answer: {body_text(exchange)}",
        f"  repeat: {curl(exchange)}",
    ]
    return mask_text("\n".join(lines))


def body_text(exchange: Exchange) -> str:
    """Return the answer's body, redacted and at most 2,000 characters long.

    It is masked once; whoever shows it later masks all of the text for what was learnt since.
    """
    if exchange.shown_answer is None:
        exchange.shown_answer = _body_text(exchange)
    return exchange.shown_answer


def _sent(exchange: Exchange) -> Any:
    """Return the JSON value that was sent, redacted as `body_text` is."""
    if exchange.sent is not None and exchange.shown_sent is None:
        exchange.shown_sent = mask_data(exchange.sent)
    return exchange.shown_sent


def _body_text(exchange: Exchange) -> str:
    if exchange.events:
        return f"{len(exchange.events)} events"
    if exchange.body is not None:
        text = json.dumps(mask_keys(exchange.body), ensure_ascii=False)
    elif exchange.media_type.startswith("text/"):
        text = exchange.content.decode("utf-8", "replace")
    else:
        text = f"{len(exchange.content)} bytes of {exchange.media_type or 'nothing'}"
    # Masked before it is cut, and no more of it than can be shown: a megabyte takes a second.
    shown = mask_text(text[: 10 * LONGEST_BODY])
    return cut(shown, LONGEST_BODY, len(text))


def cut(text: str, longest: int, length: int = 0) -> str:
    """Return the text, or its beginning and how long it was; `length` of the whole it is part of."""
    return text if len(text) <= longest else f"{text[:longest]}… ({length or len(text)} characters)"


def curl(exchange: Exchange) -> str:
    """Return a command line that repeats the request; secrets are left for the reader to fill in."""
    words = ["curl", "-sS", "-i", "-X", exchange.operation.method, mask_text(exchange.url)]
    for name, value in exchange.request_headers.items():
        if name.lower() == "authorization":
            words += ["-H", "Authorization: Bearer $TOKEN"]
        elif name.lower() not in OWN_HEADERS:
            words += ["-H", f"{name}: {'$SECRET' if is_secret_key(name) else mask_text(value)}"]
    if exchange.sent is not None:
        words += ["--data", json.dumps(_sent(exchange), ensure_ascii=False)]
    return " ".join(word if word.startswith("-") else _quote(word) for word in words)


def _events(exchange: Exchange) -> str:
    """Return a stream's events as a table: number, kind, and what the event says beside its frame."""
    lines = []
    for number, event in enumerate(exchange.events, 1):
        kind, said = "", event
        if isinstance(event, dict):
            kind = next((str(event[key]) for key in exchange.wire.event_kinds if event.get(key)), "")
            frame = exchange.wire.event_frame
            said = {key: value for key, value in event.items() if value is not None and key not in frame}
        text = said if isinstance(said, str) else json.dumps(mask_data(said), ensure_ascii=False)
        lines.append(f"\n   {number:5}  {kind:24} {cut(mask_text(text), LONGEST_EVENT)}")
    return "".join(lines)


def _quote(word: str) -> str:
    # Double quotes let the shell fill in $TOKEN and $SECRET.
    return f'"{word}"' if "$TOKEN" in word or "$SECRET" in word else shlex.quote(word)


def record(exchange: Exchange) -> dict[str, Any]:
    """Return the redacted line of `reports/exchanges.jsonl` for an exchange."""
    return {
        "scenario": mask_own(exchange.scenario),
        "person": exchange.person,
        "method": exchange.operation.method,
        "path": exchange.operation.path,
        "url": mask_text(exchange.url),
        "request_id": exchange.request_id,
        "correlation_id": mask_text(exchange.correlation_id),
        "sent": _sent(exchange),
        "status": exchange.status,
        "media_type": mask_text(exchange.media_type),
        "body": body_text(exchange),
        "seconds": round(exchange.seconds, 4),
        "service_seconds": round(exchange.service_seconds, 4),
        "failure": mask_text(exchange.failure),
        "lost": mask_text(exchange.lost),
        "findings": [mask_text(str(finding)) for finding in exchange.findings],
    }


def narrative(exchanges: Iterable[Exchange]) -> str:
    """Return a scenario's exchanges as a text that can be read from top to bottom."""
    parts = []
    for number, exchange in enumerate(exchanges, 1):
        body = json.dumps(_sent(exchange), ensure_ascii=False)
        sent = f"\n   sent    {body}" if exchange.sent is not None else ""
        parts.append(
            f"{number}. {exchange.operation.name} as {exchange.person}: "
            f"{exchange.failure or exchange.status} in {exchange.seconds * 1000:.0f} ms"
            f"{sent}\n   answer  {body_text(exchange)}{_events(exchange)}"
            + "".join(f"\n   BROKEN  {finding}" for finding in exchange.findings)
            + f"\n   repeat  {curl(exchange)}"
        )
    return mask_text("\n\n".join(parts))
