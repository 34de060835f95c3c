"""How an answer is judged: success, refusal, fields. Every failure shows the whole exchange."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from hamcrest import assert_that
from hamcrest.core.base_matcher import BaseMatcher
from hamcrest.core.description import Description
from hamcrest.core.helpers.wrap_matcher import wrap_matcher
from hamcrest.core.string_description import StringDescription

from acceptance.calls.evidence import LONGEST_BODY, cut, explain
from acceptance.calls.exchange import Exchange


def succeeded(exchange: Exchange) -> None:
    """Assert the operation's exact success status and an unbroken contract."""
    if not exchange.is_as_promised:
        status = exchange.operation.success[0]
        raise AssertionError(explain(exchange, f"status {status} and the contract kept"))


def refused(exchange: Exchange, status: int, error: str) -> None:
    """Assert a refusal with this status in the contract's error shape.

    Where the name of the status is expected, a code of the service's own is as good; never the other way.
    """
    if exchange.status != status or exchange.failure or exchange.findings:
        raise AssertionError(explain(exchange, f"a refusal with status {status} and the contract kept"))
    body, wire = exchange.body if isinstance(exchange.body, Mapping) else {}, exchange.wire
    if not wire.refusal.items() <= body.items() or not body.get(wire.message):
        sample = json.dumps({**wire.refusal, wire.error: error})
        raise AssertionError(explain(exchange, f"an error envelope such as {sample}"))
    generic, named = exchange.operation.semantics.errors.names.values(), body[wire.error]
    if named != error and (named in generic or error not in generic):
        raise AssertionError(explain(exchange, f'the error name "{error}"'))


def says(exchange: Exchange, reason: str) -> None:
    """Assert that a refusal's message is exactly this text."""
    message = exchange.body.get(exchange.wire.message) if isinstance(exchange.body, Mapping) else None
    if message != reason:
        raise AssertionError(explain(exchange, f'the reason "{reason}"'))


def field(exchange: Exchange, path: str) -> Any:
    """Return the value under a dotted path of the answer; raises AssertionError when there is none."""
    value = exchange.body
    for part in path.split("."):
        known = value if isinstance(value, Mapping | list) else {}
        key: Any = int(part) if isinstance(known, list) and part.isdigit() else part
        try:
            value = known[key]
        except (KeyError, IndexError, TypeError):
            raise AssertionError(explain(exchange, f'a field "{path}"')) from None
    return value


def _short(describe: Callable[[Description], None]) -> str:
    """What a matcher says, cut like any other evidence: a whole list of a hundred entries helps nobody."""
    text = StringDescription()
    describe(text)
    return cut(str(text), LONGEST_BODY)


class _Shown(BaseMatcher[Any]):
    """A matcher that adds the exchange to whatever its inner matcher says."""

    def __init__(self, exchange: Exchange, inner: Any) -> None:
        self._exchange, self._inner = exchange, wrap_matcher(inner)

    def _matches(self, item: Any) -> bool:
        return bool(self._inner.matches(item))

    def describe_to(self, description: Description) -> None:
        description.append_text(_short(self._inner.describe_to))

    def describe_mismatch(self, item: Any, mismatch_description: Description) -> None:
        mismatch_description.append_text(_short(lambda text: self._inner.describe_mismatch(item, text)))
        mismatch_description.append_text("\n").append_text(explain(self._exchange, "as above"))


def check(exchange: Exchange, actual: Any, matcher: Any, what: str = "") -> None:
    """Assert with a PyHamcrest matcher (or a plain value); a failure shows the exchange as well."""
    assert_that(actual, _Shown(exchange, matcher), what)
