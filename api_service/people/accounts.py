"""The people of a run: who they are, and their bearer tokens, fetched once and refreshed in time."""

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import count
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from acceptance.calls.client import Client
from acceptance.calls.evidence import explain
from acceptance.calls.exchange import Call, Exchange
from acceptance.errors import TargetError
from acceptance.interruption import held
from acceptance.scenarios.undo import Search, Undo
from acceptance.scenarios.undo_ledger import Intent, Undos

VISITOR = "a visitor"
TOKEN = "/api/v1/auth/token"  # noqa: S105 a path
REFRESH = "/api/v1/auth/refresh"
LOGOUT = "/api/v1/auth/logout"
SESSIONS = "/api/v1/auth/sessions"
SESSION = f"{SESSIONS}/{{session_id}}"
KEYS = "/.well-known/jwks.json"
PROGRAM = "api-acceptance"
REFRESH_BEFORE = 60.0


@dataclass(frozen=True)
class Person:
    """Somebody who can sign in; ids are known once the service has seeded them.

    A newcomer is in a tenant beside those of the run: what they make goes with it or before it is lent again.
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

    @property
    def caller(self) -> dict[str, str]:
        """What an undo entry says of them, who sign in anew to undo."""
        return {"email": self.email, "tenant_id": self.tenant_id}


@dataclass
class Tokens:
    """A person's session and its tokens; `good_until` is on the monotonic clock. `intent` ends with it."""

    session_id: str
    access: str
    refresh: str
    good_until: float
    intent: Intent | None = None

    @property
    def expired(self) -> bool:
        """Whether the access token is no longer, or hardly, good."""
        return self.good_until < time.monotonic()


class People:
    """Signs people in against one service, verifies what they get, and signs them out at the end.

    The sessions stand in the undo entries, if such are given, under marks that begin with `name`.
    """

    def __init__(self, client: Client, audience: str, name: str = "", undos: Undos | None = None) -> None:
        self._client, self._audience = client, audience
        self._name, self._undos, self._numbers = name, undos, count(1)
        self._tokens: dict[tuple[str, str], Tokens] = {}
        self.ended: dict[tuple[str, str], Tokens] = {}
        self._keys: jwt.PyJWKSet | None = None
        self._published: Mapping[str, Any] | None = None
        self._ask: Callable[..., Any] | None = None
        self._lock = threading.Lock()

    def token(self, person: Person) -> str:
        """Return a good access token; signs in once per person, refreshes a minute before expiry.

        Raises TargetError when the service refuses a person that the suite has seeded.
        """
        if self._ask and not person.is_newcomer:
            token: str = self._ask("token", person)
            return token
        key = (person.email, person.tenant_id)
        with self._lock, held():
            tokens = self._tokens.get(key)
            if tokens is None:
                tokens = self._tokens[key] = self._sign_in(person)
            elif tokens.expired:
                renewed = self._accept(person, self._renew(person.name, tokens))
                tokens = self._tokens[key] = replace(renewed, intent=tokens.intent)
        return tokens.access

    def signed_in(self, person: Person) -> Tokens | None:
        """Return the session that is kept for a person, or None."""
        return self._tokens.get((person.email, person.tenant_id))

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

    def forget_keys(self) -> None:
        """Ask for the published keys anew, for the next token."""
        self._keys = self._published = None

    def enter_worker(self, ask: Callable[..., Any]) -> None:
        """Go on in a forked process, where newcomers alone sign in: `ask` has the first one do the rest."""
        self._ask = ask
        self._tokens.clear()

    def signing_keys(self) -> Mapping[str, Any]:
        """Return what the service publishes to verify tokens with, asked once. Raises TargetError."""
        if self._published is None:
            exchange = self._client.send(Call("the suite", "GET", KEYS))
            if not exchange.is_as_promised:
                raise TargetError(explain(exchange, "the published signing keys"))
            try:
                self._keys = jwt.PyJWKSet.from_dict(exchange.body)
            except (jwt.PyJWTError, AttributeError, LookupError, TypeError, ValueError) as error:
                raise TargetError(explain(exchange, f"signing keys that can be used ({error})")) from None
            self._published = exchange.body
        return self._published

    def sign_out_all(self) -> list[Exchange]:
        """Sign everybody out, keeping their tokens in `ended`; return the exchanges that failed."""
        failed = []
        self.ended |= self._tokens
        over = {401, 403, 404}
        while self._tokens:
            _, tokens = self._tokens.popitem()
            ended = self._end(tokens)
            if not (ended.is_as_promised or (ended.status in over and ended.is_sound)):
                failed.append(ended)
            elif tokens.intent:
                tokens.intent.dismiss()
        return failed

    def _end(self, tokens: Tokens) -> Exchange:
        """End a session by its id; for a logout the service would have to compare a slow hash."""
        if tokens.expired:
            renewed = self._renew("the suite", tokens)
            if not renewed.is_as_promised:
                return renewed
            tokens = tokens_of(renewed.body)
        call = Call("the suite", "DELETE", SESSION, {"session_id": tokens.session_id}, token=tokens.access)
        return self._client.send(call)

    def _renew(self, name: str, tokens: Tokens) -> Exchange:
        return self._client.send(Call(name, "POST", REFRESH, json={"refresh_token": tokens.refresh}))

    def _key_of(self, token: str) -> jwt.PyJWK:
        kid = jwt.get_unverified_header(token).get("kid")
        for key in self._key_set().keys:
            if key.key_id == kid:
                return key
        raise jwt.InvalidKeyError(f'no published key has the id "{kid}"')

    def _key_set(self) -> jwt.PyJWKSet:
        if self._keys is None:
            published = self._ask("signing_keys") if self._ask else self.signing_keys()
            self._keys = jwt.PyJWKSet.from_dict(dict(published))
        return self._keys

    def _sign_in(self, person: Person) -> Tokens:
        mark = f"{self._name}-{next(self._numbers)}"
        # A newcomer's session ends with their tenant.
        kept = self._undos if not person.is_newcomer else None
        intent = kept.add(end_session(person, mark), anyway=True) if kept else None
        body = {"email": person.email, "password": person.password, "tenant_id": person.tenant_id or None}
        headers = marked(mark) if intent else {}
        exchange = self._client.send(Call(person.name, "POST", TOKEN, json=body, headers=headers))
        if intent:
            intent.settle([exchange], {"session_id": "session_id"})
        return replace(self._accept(person, exchange), intent=intent)

    def _accept(self, person: Person, exchange: Exchange) -> Tokens:
        if not exchange.is_as_promised:
            raise TargetError(explain(exchange, f"{person.name} to be signed in"))
        try:
            tokens = tokens_of(exchange.body)
            claims = self.claims(tokens.access)
        except (ArithmeticError, LookupError, RecursionError, TypeError, ValueError):
            raise TargetError(explain(exchange, f"{person.name}'s bearer tokens and their expiry")) from None
        except jwt.PyJWTError as error:
            problem = f"{person.name}'s access token does not verify against {KEYS}: {error}"
            raise TargetError(problem) from None
        seeded = {"sub": person.user_id and f"user:{person.user_id}", "tenant_id": person.tenant_id}
        if any(value and claims.get(name) != value for name, value in seeded.items()):
            raise TargetError(
                explain(exchange, f"a token of {person.name}, {seeded['sub']}, in their tenant")
            )
        return tokens


def marked(mark: str) -> dict[str, str]:
    """Return the headers of a sign-in by which its session can be found: lists show the client's name."""
    return {"User-Agent": f"{PROGRAM} {mark}"}


def end_session(person: Person, mark: str) -> Undo:
    """Return how a person ends the session that they open under a mark."""
    search = Search(SESSIONS, mark, {"session_id": "id"}, {"limit": 100})
    return Undo(person.caller, "DELETE", SESSION, what=f"a session of {person.name}", search=search)


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
