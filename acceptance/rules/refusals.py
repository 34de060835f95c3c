"""Refusals: what a service that asks for credentials has to say (RFC 9110)."""

from collections.abc import Iterator

from acceptance.calls.exchange import Exchange


def challenge(exchange: Exchange) -> Iterator[tuple[str, str]]:
    """A 401 asks for credentials by the scheme that is declared (RFC 9110, section 15.5.2)."""
    scheme, asked = exchange.wire.challenge, exchange.headers.get("www-authenticate", "")
    if scheme and exchange.status == 401 and asked.partition(" ")[0].lower() != scheme.lower():
        yield "header WWW-Authenticate", f"{asked or 'missing'!r} instead of {scheme}"


RULES = (challenge,)
