"""Password hashes and the policy for new passwords."""

import hashlib
import hmac
import secrets
import string

from reference_service.errors import ApiError
from reference_service.records.identity import User

_CLASSES = (string.ascii_lowercase, string.ascii_uppercase, string.digits, string.punctuation + " ")
_COMMON_WORDS = ("password", "qwerty", "letmein", "welcome", "admin", "123456", "abcdef", "iloveyou")


def hash_password(password: str) -> str:
    """A salted hash; its cost is kept tiny because a double must be quick and guards nothing."""
    salt = secrets.token_bytes(16)
    return f"{salt.hex()}${_digest(password, salt)}"


def matches(password: str, password_hash: str) -> bool:
    """Whether the password is the hashed one."""
    salt, digest = password_hash.split("$")
    return hmac.compare_digest(_digest(password, bytes.fromhex(salt)), digest)


def weakness(password: str) -> str | None:
    """Why the policy refuses a new password, whose length the contract holds; None if it is good enough."""
    lowered = password.lower()
    if sum(any(char in group for char in password) for group in _CLASSES) < 2:
        return "Password must mix at least two character classes."
    if any(word in lowered for word in _COMMON_WORDS) or len(set(lowered)) < 6:
        return "Password is too easy to guess."
    return None


def strong_password(password: str) -> str:
    """The password itself; raises ValueError with the weakness that the policy refuses."""
    weak = weakness(password)
    if weak:
        raise ValueError(weak)
    return password


def require_acceptable(user: User, password: str, history: int) -> None:
    """Refuse a new password with a 400: among the last ones, so many of them (0: none), or weak."""
    if recently_used(user, password, history):
        raise ApiError(400, "Password was recently used.")
    weak = weakness(password)
    if weak:
        raise ApiError(400, weak)


def recently_used(user: User, password: str, history: int) -> bool:
    """Whether the password is among the user's last ones, so many of them."""
    return any(matches(password, old) for old in user.password_history[::-1][:history])


def set_password(user: User, password: str) -> None:
    """Give the user this password and remember it in the history."""
    user.password_hash = hash_password(password)
    user.password_history.append(user.password_hash)


def _digest(password: str, salt: bytes) -> str:
    return hashlib.scrypt(password.encode(), salt=salt, n=2, r=1, p=1).hex()
