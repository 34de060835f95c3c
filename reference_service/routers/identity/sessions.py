"""The caller's sessions: listing them and ending one, this one or all."""

from typing import Annotated
from uuid import UUID

import jwt
from fastapi import APIRouter, Query, Request

from reference_service.errors import ApiError, not_found
from reference_service.models.base import ActionResponse
from reference_service.models.identity.sessions import (
    SessionLogoutAllData,
    SessionLogoutData,
    UserLogoutRequest,
    UserSessionItem,
    UserSessionListResponse,
)
from reference_service.records.identity import RefreshToken, Session
from reference_service.runtime import Runtime, RuntimeDep
from reference_service.security.callers import Caller, SignedIn
from reference_service.security.tokens import REFRESH
from reference_service.services.activity.feed import record_deed
from reference_service.services.identity import devices
from reference_service.services.identity.sessions import revoke_session, revoke_sessions

router = APIRouter(prefix="/auth", tags=["auth"])


@router.get("/sessions")
async def list_sessions(
    runtime: RuntimeDep,
    caller: SignedIn,
    include_revoked: bool = False,
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
    offset: Annotated[int, Query(ge=0)] = 0,
    tenant_id: UUID | None = None,
) -> UserSessionListResponse:
    """The caller's sessions, newest first."""
    sessions = [
        session
        for session in reversed(runtime.store.sessions.filter(lambda s: s.user_id == caller.user.id))
        if (include_revoked or session.revoked_at is None) and tenant_id in (None, session.tenant_id)
    ]
    page = [_view(session, caller) for session in sessions[offset : offset + limit]]
    return UserSessionListResponse(sessions=page, total=len(sessions), limit=limit, offset=offset)


@router.delete("/sessions/{session_id}")
async def revoke_own_session(
    runtime: RuntimeDep, caller: SignedIn, session_id: UUID
) -> ActionResponse[SessionLogoutData]:
    """End one of the caller's sessions."""
    session = runtime.store.sessions.get(session_id)
    if session is None or session.user_id != caller.user.id or session.revoked_at is not None:
        not_found("Session")
    revoke_session(runtime, session, "revoked")
    return ActionResponse(message="The session has ended.", data=SessionLogoutData(revoked=True))


@router.post("/logout")
async def logout(
    runtime: RuntimeDep, request: Request, caller: SignedIn, body: UserLogoutRequest
) -> ActionResponse[SessionLogoutData]:
    """End the session of a refresh token, which may have expired."""
    token = _own_token(runtime, caller, body.refresh_token)
    if token is None or token.revoked_at is not None:
        return ActionResponse(message="Session already inactive.", data=SessionLogoutData(revoked=False))
    session = runtime.store.sessions.get(token.session_id)
    assert session is not None
    revoke_session(runtime, session, "logout")
    _record(runtime, request, caller)
    return ActionResponse(message="The session has ended.", data=SessionLogoutData(revoked=True))


@router.post("/logout/all")
async def logout_everywhere(
    runtime: RuntimeDep, request: Request, caller: SignedIn
) -> ActionResponse[SessionLogoutAllData]:
    """End every session of the caller."""
    count = revoke_sessions(runtime, lambda session: session.user_id == caller.user.id, "logout")
    _record(runtime, request, caller)
    return ActionResponse(message="Every session has ended.", data=SessionLogoutAllData(revoked=count))


def _own_token(runtime: Runtime, caller: Caller, text: str) -> RefreshToken | None:
    try:
        claims = runtime.tokens.verify(text, audience=None, allow_expired=True)
    except jwt.PyJWTError:
        raise ApiError(403, "Refresh token verification failed.") from None
    if claims["token_use"] != REFRESH or claims["sub"] != f"user:{caller.user.id}":
        raise ApiError(403, "Refresh token does not belong to the authenticated user.")
    return runtime.store.refresh_tokens.get(UUID(claims["jti"]))


def _record(runtime: Runtime, request: Request, caller: Caller) -> None:
    record_deed(runtime, request, caller, "auth.logout", object_type="user", object_id=str(caller.user.id))


def _view(session: Session, caller: Caller) -> UserSessionItem:
    return UserSessionItem(
        id=session.id,
        tenant_id=session.tenant_id,
        created_at=session.created_at,
        last_seen_at=session.last_seen_at,
        revoked_at=session.revoked_at,
        ip_address_masked=devices.masked(session.ip_address),
        fingerprint=devices.fingerprint(session.ip_address, session.user_agent),
        client=devices.describe(session.user_agent),
        location=None,
        current=session.id == caller.session_id,
    )
