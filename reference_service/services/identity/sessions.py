"""Sessions: opened by every way of signing in, renewed by refresh tokens, revoked as a whole."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from starlette.requests import Request

from reference_service.limits import client_ip
from reference_service.models.identity.sign_in import UserSessionResponse
from reference_service.records.identity import Membership, RefreshToken, Session, User
from reference_service.runtime import Runtime
from reference_service.security.roles import granted_scopes
from reference_service.security.tokens import ACCESS, AUDIENCE, REFRESH

SignedToken = tuple[str, dict[str, Any]]


def open_session(
    runtime: Runtime, request: Request, user: User, member: Membership, session_id: UUID | None = None
) -> UserSessionResponse:
    """A new session of this person in this tenant, with its first pair of tokens."""
    now = runtime.clock.now()
    session = Session(
        member.tenant_id, user.id, now, now, client_ip(request), request.headers.get("user-agent")
    )
    session.id = session_id or session.id
    runtime.store.sessions.insert(session)
    return issue_tokens(runtime, user, member, session)


def issue_tokens(runtime: Runtime, user: User, member: Membership, session: Session) -> UserSessionResponse:
    """A fresh pair of tokens for the session; role and scopes are those of now."""
    scopes = granted_scopes(member.role, user.platform_role)
    (access, access_claims), (refresh, refresh_claims) = _signed_pair(runtime, user, member, session, scopes)
    remembered = _remember(runtime, session, scopes, refresh_claims)
    session.last_seen_at = runtime.clock.now()
    return UserSessionResponse(
        access_token=access,
        refresh_token=refresh,
        token_type="bearer",  # noqa: S106 - the token's type, not a token
        expires_at=datetime.fromtimestamp(access_claims["exp"], UTC),
        refresh_expires_at=remembered.expires_at,
        kid=runtime.tokens.kid,
        refresh_kid=runtime.tokens.kid,
        scopes=scopes,
        tenant_id=member.tenant_id,
        user_id=user.id,
        email_verified=user.email_verified,
        session_id=session.id,
    )


def _signed_pair(
    runtime: Runtime, user: User, member: Membership, session: Session, scopes: list[str]
) -> tuple[SignedToken, SignedToken]:
    subject = f"user:{user.id}"
    common: dict[str, Any] = {
        "sub": subject,
        "tenant_id": str(member.tenant_id),
        "scope": " ".join(scopes),
        "email_verified": user.email_verified,
        "sid": str(session.id),
    }
    access = runtime.tokens.sign(
        {**common, "token_use": ACCESS, "roles": [member.role], "aud": AUDIENCE},
        timedelta(minutes=runtime.config.access_token_minutes),
    )
    refresh = runtime.tokens.sign(
        {**common, "token_use": REFRESH, "account": subject},
        timedelta(minutes=runtime.config.refresh_token_minutes),
    )
    return access, refresh


def _remember(runtime: Runtime, session: Session, scopes: list[str], claims: dict[str, Any]) -> RefreshToken:
    return runtime.store.refresh_tokens.insert(
        RefreshToken(
            id=UUID(claims["jti"]),
            session_id=session.id,
            user_id=session.user_id,
            tenant_id=session.tenant_id,
            scopes=scopes,
            issued_at=datetime.fromtimestamp(claims["iat"], UTC),
            expires_at=datetime.fromtimestamp(claims["exp"], UTC),
            signing_kid=runtime.tokens.kid,
        )
    )


def revoke_refresh_token(runtime: Runtime, token: RefreshToken, reason: str) -> None:
    """Make the refresh token unusable; the first reason stays."""
    if token.revoked_at is None:
        token.revoked_at, token.revoked_reason = runtime.clock.now(), reason


def revoke_session(runtime: Runtime, session: Session, reason: str) -> None:
    """End the session: its refresh tokens and its access tokens are refused from now on."""
    session.revoked_at = runtime.clock.now()
    for token in runtime.store.refresh_tokens.filter(lambda t: t.session_id == session.id):
        revoke_refresh_token(runtime, token, reason)


def revoke_sessions(runtime: Runtime, where: Callable[[Session], bool], reason: str) -> int:
    """End every open session that matches and return how many there were."""
    opened = runtime.store.sessions.filter(lambda s: s.revoked_at is None and where(s))
    for session in opened:
        revoke_session(runtime, session, reason)
    return len(opened)
