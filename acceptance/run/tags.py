"""The closed list of tags: a misspelt tag must fail a run, not silently select or gate nothing."""

import re
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from fnmatch import fnmatchcase
from typing import Any

from acceptance.errors import ConfigurationError

PLAIN_TAGS = frozenset({"provider", "contract", "smoke", "serial"})
ISSUE = re.compile(r"issue-\d+")
NAME_IN_EXPRESSION = re.compile(r"@?([\w*?.-]*[\w*?])")
OPERATORS = frozenset({"and", "or", "not"})


def check_tags(features: Iterable[Any], gate_tags: Iterable[str]) -> None:
    """Raise ConfigurationError for a tag in a feature that is not on the list."""
    for feature in features:
        for line, what, mend in undeclared(feature, gate_tags):
            raise ConfigurationError(f"{feature.filename}:{line}: {what}; {mend}")


def undeclared(feature: Any, gate_tags: Iterable[str]) -> Iterator[tuple[int, str, str]]:
    """Yield each tag of a feature that is not on the list: its line, what is wrong, and how to mend it."""
    declared = PLAIN_TAGS | frozenset(gate_tags)
    items = (feature, *feature.walk_scenarios(with_rules=True))
    tags = ((str(tag), getattr(tag, "line", one.line)) for one in items for tag in one.tags)
    for tag, line in dict.fromkeys(tags):
        if tag == "wip":
            yield line, "@wip marks unfinished work", "finish the scenario or remove the tag"
        elif not _is_declared(tag, declared):
            yield line, f"@{tag} is not a declared tag", _hint(tag, declared)


def expressions(config: Any) -> list[str]:
    """Return what behave was given as `--tags`."""
    tags = config.tags or []
    return [tags] if isinstance(tags, str) else list(tags)


def misspelt_tag(asked: Iterable[str], gate_tags: Iterable[str]) -> str | None:
    """Return a sentence about the first tag in `--tags` that is not on the list, or None."""
    declared = PLAIN_TAGS | frozenset(gate_tags)
    for name in _names_in(asked):
        if not _is_declared(name, declared):
            return f"--tags: @{name} is not a declared tag; {_hint(name, declared)}"
    return None


def _is_declared(tag: str, declared: frozenset[str]) -> bool:
    return bool(ISSUE.fullmatch(tag)) or any(fnmatchcase(known, tag) for known in declared)


def _hint(tag: str, declared: frozenset[str]) -> str:
    near = get_close_matches(tag, sorted(declared), n=1, cutoff=0.6)
    return f"did you mean @{near[0]}?" if near else "declared are @" + ", @".join(sorted(declared))


def _names_in(asked: Iterable[str]) -> Iterator[str]:
    for expression in asked:
        for word in re.split(r"[\s(),]+", expression):
            match = NAME_IN_EXPRESSION.fullmatch(word.split(":")[0].lstrip("-~"))
            if match and match[1].lower() not in OPERATORS:
                yield match[1]
