"""Signing in and staying signed in."""

from typing import Any
from uuid import UUID

import jwt
from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse

from reference_service.errors import ApiError
from reference_service.models.base import ActionResponse
from reference_service.models.identity.sign_in import (
    CurrentUserInfo,
    MfaChallengeResponse,
    UserLoginRequest,
    UserRefreshRequest,
    UserSessionResponse,
)
from reference_service.runtime import Runtime, RuntimeDep
from reference_service.security.callers import SignedIn
from reference_service.security.tokens import REFRESH
from reference_service.services.identity import sign_in
from reference_service.services.identity.sessions import issue_tokens, revoke_refresh_token, revoke_session

router = APIRouter(prefix="/auth", tags=["auth"])


@router.post("/token", response_model=UserSessionResponse, responses={202: {"model": MfaChallengeResponse}})
async def login(
    runtime: RuntimeDep, request: Request, body: UserLoginRequest
) -> UserSessionResponse | JSONResponse:
    """Sign in with a password; 202 asks for the second factor."""
    outcome = sign_in.with_password(runtime, request, body)
    if isinstance(outcome, MfaChallengeResponse):
        return JSONResponse(outcome.model_dump(mode="json"), 202)
    return outcome


@router.post("/refresh")
async def refresh(runtime: RuntimeDep, body: UserRefreshRequest) -> UserSessionResponse:
    """Trade a refresh token in for a new pair; a second use ends the session."""
    claims = _refresh_claims(runtime, body.refresh_token)
    token = runtime.store.refresh_tokens.get(UUID(claims["jti"]))
    session = runtime.store.sessions.get(token.session_id) if token else None
    if token is None or session is None:
        raise ApiError(401, "Refresh token has been revoked or expired.")
    if token.revoked_at is not None:
        # A rotated token that comes back was copied: nobody who holds one of this family is trusted.
        revoke_session(runtime, session, "reused")
        raise ApiError(401, "Refresh token has been revoked or expired.")
    revoke_refresh_token(runtime, token, "rotated")
    user = runtime.store.users.get(token.user_id)
    assert user is not None
    sign_in.require_able(runtime, user)
    return issue_tokens(runtime, user, sign_in.membership(runtime, user, token.tenant_id), session)


def _refresh_claims(runtime: Runtime, token: str) -> dict[str, Any]:
    try:
        claims = runtime.tokens.verify(token, audience=None)
    except jwt.PyJWTError:
        raise ApiError(401, "Refresh token verification failed.") from None
    if claims["token_use"] != REFRESH:
        raise ApiError(401, "Token is not a refresh token.")
    if not claims["sub"].startswith("user:"):
        raise ApiError(401, "Refresh token subject is malformed.")
    return claims


@router.get("/me")
async def current_user_info(caller: SignedIn) -> ActionResponse[CurrentUserInfo]:
    """Who the token says its bearer is."""
    data = CurrentUserInfo(user_id=caller.user.id, token_payload=caller.claims)
    return ActionResponse(message="Current user.", data=data)
