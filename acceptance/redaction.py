"""The one choke point for secrets: everything that is written anywhere passes through here.

Two nets: known values (every token, password and code that the run met is learnt) and known keys
(a value under a key that names a secret is masked even if nobody learnt it).
"""

import json
import re
from bisect import insort
from collections.abc import Mapping
from functools import cache
from typing import Any

MASK = "«hidden»"
# Names of the trade; which other fields of an API are secret, or are not, is declared in its semantics.
SECRET_KEY = re.compile(
    r"(?:^|_|-)(?:password|secret|token|authorization|api[_-]?key|code|codes|signature|"
    r"challenge|state|nonce|cookie|credential|verifier)s?$",
    re.IGNORECASE,
)
PLAIN_KEYS = frozenset({"status_code", "currency_code", "error_code", "country_code"})
# The code of a plan or of an error is a plain word; a code that somebody proves themselves with never is.
PLAIN_CODE = re.compile(r"[a-z]+(?:_[a-z]+)*")
JSON_WEB_TOKEN = re.compile(r"\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*")
BEARER = re.compile(r"(?i)\bbearer\s+[\w.~+/=:-]{6,}")
QUERY_SECRET = re.compile(
    r"(?i)([?&;](?:[\w-]*(?:token|signature|secret|password|code|state)|sig)=)[^&\s\"'#]+"
)
SHORTEST = 6
# A shorter value is a secret only as a whole word: six digits stand in many an id by chance.
LONG = 12

_declared: dict[str, bool] = dict.fromkeys(PLAIN_KEYS, False)
_known: set[str] = set()
# The values to look for in a text, the longest first: one that holds another goes before it.
_searched: list[str] = []


def declare(secret: Mapping[str, bool]) -> None:
    """Overrule what the names of fields suggest: true hides the values under a name, false shows them."""
    _declared.update({name.lower(): said for name, said in secret.items()})
    is_secret_key.cache_clear()


def learn(*values: str | None) -> None:
    """Remember values that must never be written; shorter than six characters are left to the keys."""
    for value in values:
        if value and len(value) >= SHORTEST and value not in _known:
            _known.add(value)
            # A JSON Web Token is found by its form, however many there are.
            if not JSON_WEB_TOKEN.fullmatch(value):
                insort(_searched, value, key=lambda secret: -len(secret))


def learn_from(data: Any) -> None:
    """Remember every string that stands under a secret key anywhere in a JSON value."""
    if isinstance(data, dict):
        for key, value in data.items():
            if _hides(key, value):
                learn(*_strings(value))
            else:
                learn_from(value)
    elif isinstance(data, list):
        for item in data:
            learn_from(item)


@cache
def is_secret_key(key: object) -> bool:
    """Return whether a value under this key must be hidden."""
    return isinstance(key, str) and _declared.get(key.lower(), bool(SECRET_KEY.search(key)))


def mask_text(text: str) -> str:
    """Return the text with every known secret, bearer token and secret query value hidden."""
    for secret in _searched:
        if secret in text:
            text = text.replace(secret, MASK) if len(secret) >= LONG else _whole(secret).sub(MASK, text)
    text = JSON_WEB_TOKEN.sub(MASK, text)
    text = BEARER.sub(f"Bearer {MASK}", text)
    return QUERY_SECRET.sub(rf"\g<1>{MASK}", text)


def mask_data(data: Any) -> Any:
    """Return a JSON value with secrets hidden, by key and by known value."""
    hidden = _by_key(data)
    text = json.dumps(hidden, ensure_ascii=False, default=str)
    masked = mask_text(text)
    if masked == text:
        return hidden
    try:
        return json.loads(masked)
    except ValueError:
        # A secret that looks like a number was hidden outside of quotes.
        return _by_value(hidden)


@cache
def _whole(secret: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![A-Za-z0-9]){re.escape(secret)}(?![A-Za-z0-9])")


def _by_key(data: Any) -> Any:
    if isinstance(data, dict):
        return {str(key): MASK if _hides(key, value) else _by_key(value) for key, value in data.items()}
    return [_by_key(item) for item in data] if isinstance(data, list | tuple) else data


def _hides(key: object, value: object) -> bool:
    if not value or isinstance(value, bool | int | float) or not is_secret_key(key):
        return False
    return not (key == "code" and isinstance(value, str) and PLAIN_CODE.fullmatch(value))


def _by_value(data: Any) -> Any:
    if isinstance(data, dict):
        return {mask_text(key): _by_value(value) for key, value in data.items()}
    if isinstance(data, list):
        return [_by_value(item) for item in data]
    return mask_text(data) if isinstance(data, str) else data


def _strings(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [text for item in value.values() for text in _strings(item)]
    if isinstance(value, list):
        return [text for item in value for text in _strings(item)]
    return []
