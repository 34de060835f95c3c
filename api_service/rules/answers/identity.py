"""Signing keys, second factors, invitations and sign-up: the parts of an answer fit each other."""

from collections.abc import Iterator
from urllib.parse import parse_qs, unquote, urlsplit

from acceptance.calls.exchange import Exchange
from acceptance.json_values import objects
from acceptance.rules.values import heads

SIGNING_KEY = {"kty": "OKP", "crv": "Ed25519", "use": "sig", "alg": "EdDSA"}
KEY_LENGTH = 43  # 32 bytes in base64url without padding (RFC 8037, section 2)


def signing_keys(exchange: Exchange) -> Iterator[tuple[str, str]]:
    """The published keys are Ed25519 keys for signatures, each with an id of its own."""
    if exchange.operation.path != "/.well-known/jwks.json" or exchange.status != 200:
        return
    keys = [found for _, found in objects(exchange.body) if "kid" in found]
    if not keys or len({key["kid"] for key in keys}) != len(keys):
        yield "$.keys", "no keys, or two with one id"
    for key in keys:
        broken = [name for name, value in SIGNING_KEY.items() if key.get(name) != value]
        if broken or len(str(key.get("x"))) != KEY_LENGTH:
            yield "$.keys", f"{key!r} is no Ed25519 key for signatures"


def sign_up_policy(exchange: Exchange) -> Iterator[tuple[str, str]]:
    """Whether an invitation is needed, and can be asked for, follows from the policy."""
    for where, found in heads(exchange):
        if {"policy", "invite_required", "request_access_enabled"} <= found.keys():
            closed = found["policy"] != "public"
            for key in ("invite_required", "request_access_enabled"):
                if found[key] is not closed:
                    yield f"{where}.{key}", f"{found[key]!r} under the policy {found['policy']!r}"


def authenticator(exchange: Exchange) -> Iterator[tuple[str, str]]:
    """The link for an authenticator carries the secret that stands beside it."""
    for where, found in heads(exchange):
        if isinstance(found.get("otpauth_url"), str) and exchange.status < 300:
            link = urlsplit(found["otpauth_url"])
            if (link.scheme, link.netloc) != ("otpauth", "totp"):
                yield f"{where}.otpauth_url", "is no link for an authenticator"
            if parse_qs(link.query).get("issuer") != [unquote(link.path).strip("/").partition(":")[0]]:
                yield f"{where}.otpauth_url", "names two issuers"
            if parse_qs(link.query).get("secret") != [found.get("secret")]:
                yield f"{where}.secret", "differs from the one in otpauth_url"


def recovery_codes(exchange: Exchange) -> Iterator[tuple[str, str]]:
    """There are recovery codes, no two of them the same."""
    codes = exchange.body.get("codes") if isinstance(exchange.body, dict) else None
    if isinstance(codes, list) and not 0 < len(codes) == len(set(map(str, codes))):
        yield "$.codes", f"{len(codes)} codes, {len(set(map(str, codes)))} different ones"


def token_begins_with_its_hint(exchange: Exchange) -> Iterator[tuple[str, str]]:
    """People recognise an invitation by the beginning of its token."""
    for where, found in objects(exchange.body):
        token, hint = found.get("invite_token"), found.get("token_hint")
        if isinstance(token, str) and not token.startswith(str(hint)):
            yield f"{where}.token_hint", "is not how the token begins"


RULES = (signing_keys, sign_up_policy, authenticator, recovery_codes, token_begins_with_its_hint)
