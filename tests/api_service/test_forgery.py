"""Forged tokens differ from the good one in what they say, and nobody else's check would take them."""

from typing import Any, cast

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_private_key
from jwt.types import Options

from acceptance import redaction
from acceptance.errors import ConfigurationError, NotOfferedError
from api_service.people.forged_tokens import ALGORITHM, TOKEN_FLAWS, Forger, forge, new_signing_key

KEY = new_signing_key()
CLAIMS = {"sub": "user:1", "aud": ["here"], "iss": "us", "roles": ["viewer"], "scope": "tools:read"}
TIMES = {"iat": 1_000_000_000, "nbf": 1_000_000_000, "exp": 9_000_000_000}
PUBLIC = cast(Ed25519PublicKey, load_pem_private_key(KEY.encode(), None).public_key())
PUBLIC_KEY = PUBLIC.public_bytes(Encoding.Raw, PublicFormat.Raw)
GOOD = jwt.encode({**CLAIMS, **TIMES}, KEY, ALGORITHM, headers={"kid": "ours"})
FORGER = Forger(GOOD, PUBLIC_KEY, KEY)


def _verified(token: str) -> dict[str, Any]:
    """What a careful service finds in a token."""
    if jwt.get_unverified_header(token)["kid"] != "ours":
        raise jwt.InvalidKeyError("unknown key")
    options: Options = {"require": ["exp", "iat", "nbf"]}
    return jwt.decode(token, PUBLIC, algorithms=[ALGORITHM], audience="here", issuer="us", options=options)


# Only who knows the people of the service and what a token is for finds these out.
SIGNED_WELL = {
    "as good as her own",
    "made out to a machine",
    "made out to nobody",
    "meant to renew a session",
}


@pytest.mark.parametrize("flaw", [name for name in TOKEN_FLAWS if name not in SIGNED_WELL])
def test_a_flawed_token_does_not_verify(flaw: str) -> None:
    token = forge(TOKEN_FLAWS[flaw], FORGER)
    with pytest.raises(jwt.PyJWTError):
        _verified(token)
    redaction.learn_from({"token": token})
    assert (redaction.mask_text(token) == redaction.MASK) is (flaw != "no token at all")


def test_a_token_without_flaw_verifies() -> None:
    assert _verified(forge(TOKEN_FLAWS["as good as her own"], FORGER)) == {**CLAIMS, **TIMES}


def test_a_service_that_mistakes_its_public_key_for_a_secret_would_be_taken_in() -> None:
    token = forge(TOKEN_FLAWS["signed with the public key as a shared secret"], Forger(GOOD, PUBLIC_KEY))
    assert jwt.decode(token, PUBLIC_KEY, algorithms=["HS256"], audience="here") == {**CLAIMS, **TIMES}


def test_the_key_may_stand_in_one_line() -> None:
    assert _verified(Forger(GOOD, PUBLIC_KEY, KEY.replace("\n", "\\n")).genuine())


def test_without_the_key_nothing_is_signed_as_the_service_does() -> None:
    with pytest.raises(NotOfferedError, match="SMOKE_SIGNING_KEY"):
        forge(TOKEN_FLAWS["expired"], Forger(GOOD, PUBLIC_KEY))


def test_what_is_no_key_is_said_in_a_sentence() -> None:
    with pytest.raises(ConfigurationError, match="SMOKE_SIGNING_KEY"):
        forge(TOKEN_FLAWS["expired"], Forger(GOOD, PUBLIC_KEY, "no key"))
