"""What holds for every answer of the service, whatever scenario asked for it.

A rule is a function that looks at one exchange and yields `(where, what)` for everything that it refuses;
its name, with blanks, is the rule of the finding. Exceptions are declared in tables beside the rules.
"""

from collections.abc import Callable, Iterator
from textwrap import shorten

from acceptance.contract import Finding
from acceptance.exchange import Exchange
from acceptance.invariants.agreement import RULES as AGREEMENT
from acceptance.invariants.counts import RULES as COUNTS
from acceptance.invariants.echoes import RULES as ECHOES
from acceptance.invariants.envelopes import RULES as ENVELOPES
from acceptance.invariants.frames import RULES as FRAMES
from acceptance.invariants.headers import RULES as HEADERS
from acceptance.invariants.listings import RULES as LISTINGS
from acceptance.invariants.moments import RULES as MOMENTS
from acceptance.invariants.promises import RULES as PROMISES
from acceptance.invariants.tokens import RULES as TOKENS

LONGEST = 300
Rule = Callable[[Exchange], Iterator[tuple[str, str]]]
RULES: tuple[Rule, ...] = (
    *ENVELOPES,
    *HEADERS,
    *ECHOES,
    *LISTINGS,
    *FRAMES,
    *MOMENTS,
    *COUNTS,
    *TOKENS,
    *PROMISES,
    *AGREEMENT,
)


def findings(exchange: Exchange) -> list[Finding]:
    """Return what is wrong with an answer by itself; nothing for a call that got no answer."""
    if exchange.failure or not exchange.status:
        return []
    return [finding for rule in RULES for finding in _judge(rule, exchange)]


def _judge(rule: Rule, exchange: Exchange) -> Iterator[Finding]:
    name = rule.__name__.replace("_", " ")
    try:
        for where, what in rule(exchange):
            yield Finding(name, where, shorten(what, LONGEST, placeholder="…"))
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        # The parts that the rule compares are not even there, or of no type that can be compared.
        yield Finding(name, "", f"cannot be read ({type(error).__name__}: {error})")
