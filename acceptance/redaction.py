"""The one choke point for secrets: whatever comes from outside passes through here before it is written.

Three nets: known values (what stands under a secret key and is random, in every common encoding, also cut
off), keys (in JSON, also inside a text, and in queries), and forms (JSON Web Tokens, passwords of URLs).
Words of the suite are not masked: a title never depends on what a service answers.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from typing import Any

from acceptance.known_secrets import KnownSecrets

MASK = "«hidden»"
# Names of the trade; which other fields of an API are secret, or are not, is declared in its semantics.
SECRET_KEY = re.compile(
    r"(?:^|_|-)(?:password|secret|token|authorization|api[_-]?key|code|sig|signature|"
    r"challenge|nonce|cookie|credential|verifier)s?$|^state$",
    re.IGNORECASE,
)
CAMEL_CASE = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
PLAIN_KEYS = frozenset({"status_code", "currency_code", "error_code", "country_code"})
# The code of a plan and the state of a thing are plain words; those of a sign-in never are.
WORD_OR_SECRET = frozenset({"code", "state"})
WORDS = re.compile(r"(?:[A-Z]?[a-z]+|[A-Z]+)(?:[ _-](?:[A-Z]?[a-z]+|[A-Z]+))*")
# Three parts, the first of which ends with `eyJ` and more; what stands before that is another word's end.
THREE_PARTS = re.compile(r"(?<![\w-])([\w-]{11,})(?=(\.[\w-]{8,}\.[\w-]*))")
TOKEN_BEGIN = re.compile(r"eyJ(?=[\w-]{8})")
BEARER = re.compile(r"[Bb](?:earer|EARER)\s+([\w.~+/=:-]{6,})")
URL_PASSWORD = re.compile(r"://[^/\s:@]*:([^/\s@]+)@")
QUERY = re.compile(r"(?:[?&;]|%3[Ff]|%26)([\w-]{2,64})(?:=|%3[Dd])((?:(?!%26)[^&\s\"'#<>\\])+)")
SEPARATED = re.compile(r"[^\s;,=]+")
BRACKET = re.compile(r"[\[{]")
QUOTED_KEY = re.compile(r"([\"'])([\w-]{2,64})(\\{0,15}\1)\s*:\s*\3")
ONE_TIME_CODE = re.compile(r"\d{3,4}-?\d{3,4}|\d{6,10}")
UUID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
SWITCH = re.compile(r"(?<=\d)(?=[A-Za-z])|(?<=[A-Za-z])(?=\d)")
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d)?")
# What a text has that JSON or a link with a secret stands in.
COMPOUND = re.compile(r"[\[{=\"']|%3[Dd]")
HEXADECIMAL = re.compile(r"(?=.*\d)(?=.*[a-f])[0-9a-f]{8,}")
# Of the titles and labels of a run the same ones are written again and again.
LAST_TEXTS = 4096

_declared: dict[str, bool] = dict.fromkeys(PLAIN_KEYS, False)
# What the suite itself keeps secret, and what it took from answers and requests.
_own, _met = KnownSecrets(), KnownSecrets()


def declare(secret: Mapping[str, bool]) -> None:
    """Overrule what the names of fields suggest: true hides the values under a name, false shows them."""
    _declared.update({name.lower(): said for name, said in secret.items()})
    is_secret_key.cache_clear()


def learn(*values: str | None) -> None:
    """Remember secrets of the suite's own, whatever they look like, to be hidden in every text.

    What a service says belongs into `learn_from`: it might name any word a token.
    """
    for value in filter(None, values):
        _own.add(value)
    mask_own.cache_clear()


def learnt() -> tuple[frozenset[str], frozenset[str]]:
    """Return the secrets of the suite's own and those that were met: for another process of the run only."""
    return _own.values, _met.values


def learn_met(values: Iterable[str]) -> None:
    """Remember secrets that another process of the run has met."""
    for value in values:
        _met.add(value)


def learn_from(data: Any) -> None:
    """Remember every string of a JSON value that stands under a secret key and is random or a one-time code.

    JSON inside a string is looked into; of a link its secret parameters are remembered.
    """
    todo = [(False, data)]
    while todo:
        secret, value = todo.pop()
        if isinstance(value, str):
            if secret and "://" not in value:
                for word in SEPARATED.findall(value):
                    if word not in _met and is_random(word):
                        _met.add(word)
            elif COMPOUND.search(value):
                todo += [(True, value[start:end]) for start, end in (*_keyed(value), *_queried(value))]
                todo.append((False, _embedded(value)))
        elif isinstance(value, Mapping):
            todo += [(secret or is_secret_key(key), item) for key, item in value.items()]
        elif isinstance(value, list | tuple):
            todo += [(secret, item) for item in value]


def is_random(value: str) -> bool:
    """Return whether a value looks like a token, key, signature or one-time code, not like words or an id."""
    if ONE_TIME_CODE.fullmatch(value):
        return True
    if UUID.fullmatch(value) or MOMENT.fullmatch(value):
        return False
    longest = max(re.findall(r"[A-Za-z0-9]+", value), key=len, default="")
    switches = len(SWITCH.findall(longest))
    if len(longest) >= 8 and (switches > 1 or (switches and sum(map(str.isdigit, longest)) >= 4)):
        return True
    # Letters of one case and digits: hexadecimal, base32. Of both cases: base64.
    if HEXADECIMAL.fullmatch(longest) or (len(longest) >= 16 and longest.isupper()):
        return True
    both = not value.islower() and not value.isupper()
    return both and len(value) >= 16 and len(CAMEL_CASE.findall(value)) + len(SWITCH.findall(value)) >= 3


@cache
def is_secret_key(key: object) -> bool:
    """Return whether a value under this key must be hidden."""
    if not isinstance(key, str):
        return False
    return _declared.get(key.lower(), bool(SECRET_KEY.search(CAMEL_CASE.sub("_", key))))


def mask_text(text: str) -> str:
    """Return the text with every secret hidden that is known, stands under a secret key or has its form."""
    return _masked(text, _own, _met)


@lru_cache(LAST_TEXTS)
def mask_own(text: str) -> str:
    """Return a title or another text of the suite's own, in which nothing is hidden that a service said."""
    return _masked(text, _own)


def _masked(text: str, *known: KnownSecrets) -> str:
    if not text:
        return text
    spans = [*(span for secrets in known for span in secrets.spans(text)), *_formed(text)]
    if COMPOUND.search(text):
        spans += [*_queried(text), *_keyed(text)]
    if any(secrets.full for secrets in known):
        spans += [match.span() for match in SEPARATED.finditer(text) if is_random(match[0])]
    if not spans:
        return text
    parts, done = [], 0
    for start, end in sorted(spans):
        if start >= done:
            parts += [text[done:start], MASK]
        done = max(done, end)
    return "".join([*parts, text[done:]])


def mask_data(data: Any) -> Any:
    """Return a JSON value with secrets hidden, by key and by known value."""
    hidden = mask_keys(data)
    text = json.dumps(hidden, ensure_ascii=False, default=str)
    masked = mask_text(text)
    if masked == text:
        return hidden
    try:
        return json.loads(masked)
    except ValueError:
        # A secret that looks like a number was hidden outside of quotes.
        return _by_value(hidden)


def mask_keys(data: Any) -> Any:
    """Return a JSON value with everything hidden that stands under a secret key."""
    if isinstance(data, dict):
        return {str(key): MASK if _hides(key, value) else mask_keys(value) for key, value in data.items()}
    return [mask_keys(item) for item in data] if isinstance(data, list | tuple) else data


def _hides(key: object, value: object) -> bool:
    if not value or isinstance(value, bool | int | float) or not is_secret_key(key):
        return False
    return not (key in WORD_OR_SECRET and isinstance(value, str) and WORDS.fullmatch(value))


def _by_value(data: Any) -> Any:
    if isinstance(data, dict):
        return {mask_text(key): _by_value(value) for key, value in data.items()}
    if isinstance(data, list):
        return [_by_value(item) for item in data]
    return mask_text(data) if isinstance(data, str) else data


def _keyed(text: str) -> Iterator[tuple[int, int]]:
    """Yield where the values of secret keys stand in the JSON of a text, escaped or not, whole or cut off."""
    for match in QUOTED_KEY.finditer(text):
        value = is_secret_key(match[2]) and _until(match[3]).match(text, match.end())
        if value and _hides(match[2], value[0]):
            yield value.span()


def _formed(text: str) -> Iterator[tuple[int, int]]:
    """Yield where a text has what is told by its form; a plain search is quicker than patterns in vain."""
    if "eyJ" in text:
        yield from _tokens(text)
    if "earer" in text or "EARER" in text:
        yield from (match.span(1) for match in BEARER.finditer(text) if is_random(match[1]))
    if "://" in text:
        yield from (match.span(1) for match in URL_PASSWORD.finditer(text))


def _tokens(text: str) -> Iterator[tuple[int, int]]:
    """Yield where JSON Web Tokens stand in a text, also behind a letter or an escape."""
    for match in THREE_PARTS.finditer(text):
        if begin := TOKEN_BEGIN.search(text, match.start(), match.end()):
            yield begin.start(), match.end(2)


def _queried(text: str) -> Iterator[tuple[int, int]]:
    """Yield where the values of secret parameters stand in the links of a text."""
    return (match.span(2) for match in QUERY.finditer(text) if _hides(match[1], match[2]))


def _embedded(text: str) -> Any:
    """Return the JSON value that begins with the first bracket of a text, or None."""
    bracket = BRACKET.search(text)
    try:
        return json.JSONDecoder().raw_decode(text, bracket.start())[0] if bracket else None
    except (ValueError, RecursionError):
        return None


@cache
def _until(quotes: str) -> re.Pattern[str]:
    return re.compile(rf"(?:(?!{re.escape(quotes)})(?:\\.|[^\\]))+", re.DOTALL)
