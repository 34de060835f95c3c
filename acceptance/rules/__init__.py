"""What holds for every answer and for all answers of a scenario: an engine over the contract's semantics.

A rule is a function that looks at one exchange and yields `(where, what)` for everything that it refuses;
its name, with blanks, is the rule of the finding.
"""

from collections.abc import Callable, Iterable, Iterator
from textwrap import shorten
from typing import TypeVar

from acceptance.calls.exchange import Exchange
from acceptance.contract.document import Finding
from acceptance.rules import counts, echoes, lists, refusals, times

T = TypeVar("T")
LONGEST = 300
Rule = Callable[[Exchange], Iterator[tuple[str, str]]]
RULES: tuple[Rule, ...] = (*echoes.RULES, *lists.RULES, *times.RULES, *counts.RULES, *refusals.RULES)


def findings(exchange: Exchange, rules: Iterable[Rule] = RULES) -> list[Finding]:
    """Return what is wrong with an answer by itself; nothing for a call that got no answer."""
    if exchange.failure or not exchange.status:
        return []
    return [finding for rule in rules for finding in judged(rule, exchange)]


def judged(rule: Callable[[T], Iterator[tuple[object, str]]], subject: T) -> Iterator[Finding]:
    """Yield as findings what a rule refuses of an exchange or of a part of it."""
    try:
        for where, what in rule(subject):
            yield Finding(_name(rule), str(where), shorten(what, LONGEST, placeholder="…"))
    except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError) as error:
        # The parts that the rule compares are not even there, or of no type that can be compared.
        yield Finding(_name(rule), "", f"cannot be read ({type(error).__name__}: {error})")


def _name(rule: Callable[..., object]) -> str:
    return rule.__name__.replace("_", " ")
