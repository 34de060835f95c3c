"""Time-based codes (RFC 6238: SHA-1, six digits, thirty seconds) and recovery codes."""

import hashlib
import secrets
from uuid import UUID

import pyotp

from reference_service.records.identity import MfaMethod, User
from reference_service.runtime import Runtime

STEP_SECONDS, NEIGHBOURS = 30, 1
RECOVERY_CODE_BYTES = 5


def accepts(runtime: Runtime, method: MfaMethod, code: str) -> bool:
    """Whether the app shows this code now, a step ago or a step ahead."""
    return _step(runtime, method, code) is not None


def spend(runtime: Runtime, user: User, method: MfaMethod, code: str) -> bool:
    """Whether the code opens a session; it does so once (RFC 6238, section 5.2), as does a recovery code."""
    step = _step(runtime, method, code)
    if step is not None and step > method.last_code_step:
        method.last_code_step, method.last_used_at = step, runtime.clock.now()
        return True
    hashed = _hash(code)
    spent = hashed in user.recovery_code_hashes
    user.recovery_code_hashes.discard(hashed)
    return spent


def recovery_codes(runtime: Runtime, user: User) -> list[str]:
    """Fresh recovery codes; those of before are worth nothing any more."""
    codes = [secrets.token_hex(RECOVERY_CODE_BYTES) for _ in range(runtime.config.limit_recovery_codes)]
    user.recovery_code_hashes = {_hash(code) for code in codes}
    return codes


def own_method(runtime: Runtime, user_id: UUID, method_id: UUID) -> MfaMethod | None:
    """The method if it is this person's, else None."""
    method = runtime.store.mfa_methods.get(method_id)
    return method if method is not None and method.user_id == user_id else None


def _step(runtime: Runtime, method: MfaMethod, code: str) -> int | None:
    totp, now = pyotp.TOTP(method.secret), int(runtime.clock.now().timestamp()) // STEP_SECONDS
    steps = range(now - NEIGHBOURS, now + NEIGHBOURS + 1)
    given = code.encode()
    return next((s for s in steps if secrets.compare_digest(totp.at(s * STEP_SECONDS).encode(), given)), None)


def _hash(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()
