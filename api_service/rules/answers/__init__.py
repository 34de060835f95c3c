"""What holds for every answer of the api-service: the toolkit's rules, and those that only this API has."""

from acceptance import rules
from acceptance.calls.exchange import Exchange
from acceptance.contract.document import Finding
from acceptance.rules import Rule
from api_service.rules import streams
from api_service.rules.answers import (
    assistants,
    billing,
    content,
    errors,
    headers,
    identity,
    platform,
    tokens,
)

OWN = (errors, headers, tokens, identity, assistants, content, billing, platform)
RULES: tuple[Rule, ...] = (*rules.RULES, *(rule for module in OWN for rule in module.RULES))


def findings(exchange: Exchange) -> list[Finding]:
    """Return what is wrong with an answer by itself; nothing for a call that got no answer."""
    return [*rules.findings(exchange, RULES), *streams.exchange_findings(exchange)]
