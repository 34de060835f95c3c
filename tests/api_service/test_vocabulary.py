"""Typed words of step texts."""

import pytest
from parse import parse

from api_service.vocabulary import verbs

ACTIONS = verbs(["open", "list the events of", "watch", "carry on", "deploy"])


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("opens", "open"),
        ("tries to open", "open"),
        ("lists the events of", "list the events of"),
        ("watches", "watch"),
        ("carries on", "carry on"),
        ("deploys", "deploy"),
    ],
)
def test_a_verb_is_known_in_both_forms(text: str, phrase: str) -> None:
    found = parse("Alice {action:Action} it", f"Alice {text} it", {"Action": ACTIONS})
    assert found["action"] == phrase


@pytest.mark.parametrize("text", ["open", "closes", "tries to opens"])
def test_nothing_else_is_a_verb(text: str) -> None:
    assert parse("Alice {action:Action} it", f"Alice {text} it", {"Action": ACTIONS}) is None
