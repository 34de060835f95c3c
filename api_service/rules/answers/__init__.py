"""What holds for every answer of the service, whatever scenario asked for it.

A rule is a function that looks at one exchange and yields `(where, what)` for everything that it refuses;
its name, with blanks, is the rule of the finding. Exceptions are declared in tables beside the rules.
"""

from collections.abc import Callable, Iterator
from textwrap import shorten

from acceptance.calls.exchange import Exchange
from acceptance.contract.document import Finding
from api_service.rules.answers.agreement import RULES as AGREEMENT
from api_service.rules.answers.counts import RULES as COUNTS
from api_service.rules.answers.echoes import RULES as ECHOES
from api_service.rules.answers.envelopes import RULES as ENVELOPES
from api_service.rules.answers.frames import RULES as FRAMES
from api_service.rules.answers.headers import RULES as HEADERS
from api_service.rules.answers.listings import RULES as LISTINGS
from api_service.rules.answers.moments import RULES as MOMENTS
from api_service.rules.answers.promises import RULES as PROMISES
from api_service.rules.answers.tokens import RULES as TOKENS

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
