"""Tokens that must be refused: somebody's own good token with exactly one thing wrong with it.

What only the service's own key can sign (stale, early or foreign tokens whose signature is good) is signed
with the key in SMOKE_SIGNING_KEY; the embedded service is given a key of the suite's making.
"""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from acceptance.errors import ConfigurationError, NotOfferedError

ALGORITHM = "EdDSA"
HOUR = 3600
Claims = dict[str, Any]


def new_signing_key() -> str:
    """Return a new private signing key (Ed25519, PEM)."""
    key = Ed25519PrivateKey.generate()
    form, plain = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    return key.private_bytes(serialization.Encoding.PEM, form, plain).decode()


@dataclass(frozen=True)
class Forger:
    """Makes tokens like a good one.

    `public_key` is the one that the service publishes for it; `signing_key` is the service's own private one,
    empty when nobody knows it.
    """

    good: str
    public_key: bytes = b""
    signing_key: str = ""

    @property
    def claims(self) -> Claims:
        """The claims of the good token."""
        claims: Claims = jwt.decode(self.good, options={"verify_signature": False})
        return claims

    @property
    def kid(self) -> str:
        """The name of the key that signed the good token."""
        kid: str = jwt.get_unverified_header(self.good)["kid"]
        return kid

    def genuine(self, **changes: Any) -> str:
        """Return the token signed by the service's own key with changed claims; None leaves a claim out.

        Raises NotOfferedError when the key is not known.
        """
        claims = {name: value for name, value in (self.claims | changes).items() if value is not None}
        return jwt.encode(claims, self._own_key(), ALGORITHM, headers={"kid": self.kid})

    def renamed(self, kid: str) -> str:
        """Return the token signed by the service's key under another key's name."""
        return jwt.encode(self.claims, self._own_key(), ALGORITHM, headers={"kid": kid})

    def renewal(self, **changes: Any) -> str:
        """Return a token that would renew a session, with an id that the service never gave."""
        changes |= {"token_use": "refresh", "jti": str(uuid4())}
        return self.genuine(**changes)

    def foreign(self, kid: str) -> str:
        """Return the token signed by a key that is not the service's, under this key name."""
        return jwt.encode(self.claims, Ed25519PrivateKey.generate(), ALGORITHM, headers={"kid": kid})

    def altered(self, **changes: Any) -> str:
        """Return the good token with changed claims under its old signature."""
        header, _, signature = self.good.split(".")
        _, payload, _ = jwt.encode(self.claims | changes, "", "none").split(".")
        return f"{header}.{payload}.{signature}"

    def keyed_with_public_key(self) -> str:
        """Return the token with the published key used as a shared secret (RFC 8725, section 2.1)."""
        return jwt.encode(self.claims, self.public_key, "HS256", headers={"kid": self.kid})

    def _own_key(self) -> Ed25519PrivateKey:
        if not self.signing_key:
            raise NotOfferedError("SMOKE_SIGNING_KEY is not set: no token can be signed as the service does")
        # An environment file may hold the lines of the key as one.
        pem = self.signing_key.replace("\\n", "\n").encode()
        try:
            key = serialization.load_pem_private_key(pem, password=None)
        except ValueError:
            key = None
        if not isinstance(key, Ed25519PrivateKey):
            raise ConfigurationError(
                "SMOKE_SIGNING_KEY is no private Ed25519 key in PEM; write the service's own"
            )
        return key


def _now() -> int:
    return int(time.time())


TOKEN_FLAWS: Mapping[str, Callable[[Forger], str]] = {
    "as good as her own": lambda forger: forger.genuine(),
    "expired": lambda forger: forger.genuine(iat=_now() - 2 * HOUR, nbf=_now() - 2 * HOUR, exp=_now() - HOUR),
    "not valid yet": lambda forger: forger.genuine(nbf=_now() + HOUR, exp=_now() + 2 * HOUR),
    "meant for another audience": lambda forger: forger.genuine(aud=["another-service"]),
    "from another issuer": lambda forger: forger.genuine(iss="another-service"),
    "without an end": lambda forger: forger.genuine(exp=None),
    "named after a key that nobody published": lambda forger: forger.renamed("nobody-published-me"),
    "without a beginning": lambda forger: forger.genuine(iat=None),
    "made out to a machine": lambda forger: forger.genuine(sub="service-account:synthetic-monitor"),
    "made out to nobody": lambda forger: forger.genuine(sub=f"user:{uuid4()}"),
    "meant to renew a session": lambda forger: forger.genuine(token_use="refresh"),  # noqa: S106 its use
    "signed with a key that nobody published": lambda forger: forger.foreign("nobody-published-me"),
    "signed with another key under a published name": lambda forger: forger.foreign(forger.kid),
    "signed with the public key as a shared secret": lambda forger: forger.keyed_with_public_key(),
    "not signed at all": lambda forger: jwt.encode(forger.claims, "", "none", headers={"kid": forger.kid}),
    "promoted by hand": lambda forger: forger.altered(roles=["owner"], scope="support:*"),
    "no token at all": lambda _: "not.a.token",
}
# What renews no session, though the service's key signed it.
RENEWAL_FLAWS: Mapping[str, Callable[[Forger], str]] = {
    "what renews a machine's access": lambda forger: forger.renewal(sub="service-account:synthetic-monitor"),
    "what nobody was given": lambda forger: forger.renewal(),
}


def forge(flaw: Callable[[Forger], str], forger: Forger) -> str:
    """Return a token like the good one with that flaw; raises NotOfferedError when it cannot be signed."""
    return flaw(forger)
