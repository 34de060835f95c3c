"""The people of a run: who they are, and their bearer tokens, fetched once and refreshed in time."""

import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from acceptance.calls.client import Client
from acceptance.calls.evidence import explain
from acceptance.calls.exchange import Call, Exchange
from acceptance.errors import TargetError

VISITOR = "a visitor"
TOKEN = "/api/v1/auth/token"  # noqa: S105 a path
REFRESH = "/api/v1/auth/refresh"
LOGOUT = "/api/v1/auth/logout"
SESSION = "/api/v1/auth/sessions/{session_id}"
KEYS = "/.well-known/jwks.json"
REFRESH_BEFORE = 60.0


@dataclass(frozen=True)
class Person:
    """Somebody who can sign in; ids are known once the service has seeded them.

    A newcomer belongs to one scenario, everybody else to the run.
    """

    name: str
    email: str
    password: str
    role: str = "member"
    tenant_slug: str = ""
    tenant_id: str = ""
    user_id: str = ""
    platform_role: str = ""
    verified: bool = True
    is_newcomer: bool = False


@dataclass
class Tokens:
    """A person's session and its tokens; `good_until` is on the monotonic clock."""

    session_id: str
    access: str
    refresh: str
    good_until: float

    @property
    def expired(self) -> bool:
        """Whether the access token is no longer, or hardly, good."""
        return self.good_until < time.monotonic()


class People:
    """Signs people in against one service, verifies what they get, and signs them out at the end."""

    def __init__(self, client: Client, audience: str) -> None:
        self._client, self._audience = client, audience
        self._tokens: dict[tuple[str, str], Tokens] = {}
        self._keys: jwt.PyJWKSet | None = None
        self._lock = threading.Lock()

    def token(self, person: Person) -> str:
        """Return a good access token; signs in once per person, refreshes a minute before expiry.

        Raises TargetError when the service refuses a person that the suite has seeded.
        """
        key = (person.email, person.tenant_id)
        with self._lock:
            held = self._tokens.get(key)
            if held is None:
                held = self._tokens[key] = self._accept(person, self._sign_in(person))
            elif held.expired:
                held = self._tokens[key] = self._accept(person, self._renew(person.name, held))
        return held.access

    def claims(self, token: str) -> Mapping[str, Any]:
        """Return the verified claims of an access token: signature, key id, audience, expiry (RFC 8725).

        Raises jwt.InvalidTokenError when a check fails.
        """
        return self._verified(token, audience=self._audience)

    def refresh_claims(self, token: str) -> Mapping[str, Any]:
        """Return the verified claims of a refresh token, which names no audience.

        Raises jwt.InvalidTokenError when a check fails.
        """
        return self._verified(token)

    def public_key(self, token: str) -> bytes:
        """Return the raw public key (Ed25519, 32 bytes) that the service publishes for a good token."""
        key: Ed25519PublicKey = self._key_of(token).key
        return key.public_bytes(Encoding.Raw, PublicFormat.Raw)

    def _verified(self, token: str, audience: str | None = None) -> Mapping[str, Any]:
        return jwt.decode(
            token,
            self._key_of(token),
            algorithms=["EdDSA"],
            audience=audience,
            options={"require": ["exp", "iat", "sub"]},
            leeway=60,
        )

    def sign_out_all(self) -> list[Exchange]:
        """Sign everybody out; return the exchanges that failed."""
        ended = [self._end(held) for held in self._tokens.values()]
        self._tokens.clear()
        over = {401, 403, 404}
        return [one for one in ended if not (one.is_as_promised or (one.status in over and one.is_sound))]

    def _end(self, held: Tokens) -> Exchange:
        """End a session by its id; for a logout the service would have to compare a slow hash."""
        if held.expired:
            renewed = self._renew("the suite", held)
            if not renewed.is_as_promised:
                return renewed
            held = tokens_of(renewed.body)
        call = Call("the suite", "DELETE", SESSION, {"session_id": held.session_id}, token=held.access)
        return self._client.send(call)

    def _renew(self, name: str, held: Tokens) -> Exchange:
        return self._client.send(Call(name, "POST", REFRESH, json={"refresh_token": held.refresh}))

    def _key_of(self, token: str) -> jwt.PyJWK:
        kid = jwt.get_unverified_header(token).get("kid")
        for key in self._key_set().keys:
            if key.key_id == kid:
                return key
        raise jwt.InvalidKeyError(f'no published key has the id "{kid}"')

    def _key_set(self) -> jwt.PyJWKSet:
        if self._keys is None:
            exchange = self._client.send(Call("the suite", "GET", KEYS))
            if not exchange.is_as_promised:
                raise TargetError(explain(exchange, "the published signing keys"))
            self._keys = jwt.PyJWKSet.from_dict(exchange.body)
        return self._keys

    def _sign_in(self, person: Person) -> Exchange:
        body = {"email": person.email, "password": person.password, "tenant_id": person.tenant_id or None}
        return self._client.send(Call(person.name, "POST", TOKEN, json=body))

    def _accept(self, person: Person, exchange: Exchange) -> Tokens:
        if not exchange.is_as_promised:
            raise TargetError(explain(exchange, f"{person.name} to be signed in"))
        try:
            tokens = tokens_of(exchange.body)
            self.claims(tokens.access)
        except (KeyError, TypeError, ValueError):
            raise TargetError(explain(exchange, f"{person.name}'s bearer tokens and their expiry")) from None
        except jwt.PyJWTError as error:
            problem = f"{person.name}'s access token does not verify against {KEYS}: {error}"
            raise TargetError(problem) from None
        return tokens


def tokens_of(body: Mapping[str, Any]) -> Tokens:
    """Return the tokens of a sign-in answer; good until a minute before the access token expires."""
    expires = datetime.fromisoformat(body["expires_at"])
    expires = expires if expires.tzinfo else expires.replace(tzinfo=UTC)
    left = (expires - datetime.now(UTC)).total_seconds()
    good_until = time.monotonic() + left - REFRESH_BEFORE
    return Tokens(body["session_id"], body["access_token"], body["refresh_token"], good_until)


def with_ids(person: Person, tenant: Mapping[str, Any]) -> Person:
    """Return the person with the ids of the fixture endpoint's answer for their tenant."""
    user_ids = {email.casefold(): seeded["user_id"] for email, seeded in tenant["users"].items()}
    return replace(person, tenant_id=tenant["tenant_id"], user_id=user_ids.get(person.email.casefold(), ""))
