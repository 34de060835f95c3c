"""What one scenario learnt of the service: every later answer has to agree with it."""

from collections.abc import Iterator, Mapping
from typing import Any

from acceptance.calls.exchange import Exchange
from acceptance.calls.tokens import opened
from acceptance.rules import memory
from acceptance.rules.things import Sighting, identity_of
from api_service.rules.answers.tokens import as_answered

NAME = "jti"


class Memory(memory.Memory):
    """The answers of one scenario, compared with each other and with the tokens in them."""

    def __init__(self) -> None:
        super().__init__(_issued_token)


def _issued_token(exchange: Exchange, where: str, found: Mapping[str, Any]) -> Iterator[Sighting]:
    """Yield the token that an object hands out, as lists of tokens show it."""
    token = opened(found.get("refresh_token"))
    if not token or not token[1].get(NAME):
        return
    things = exchange.operation.semantics.things
    listed = next((thing.fields for thing in things if thing.named_by == (NAME,)), ())
    said = as_answered("signing_", *token)
    shown = {key: said[key] for key in listed if said.get(key) is not None}
    if "signing_expires_at" in said:
        shown["expires_at"] = said["signing_expires_at"]
    yield Sighting(where, identity_of(exchange, NAME, token[1][NAME]), shown)
