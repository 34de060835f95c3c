"""Journeys: smoke scenarios in which a person passes by many operations of an area."""

from collections.abc import Iterator
from itertools import pairwise

from behave.model import Scenario, Step

from acceptance.lint.finding import Rules
from acceptance.lint.suite import FeatureFile

MOST_STEPS = 40
RULES = Rules()


def _journeys(file: FeatureFile) -> list[Scenario]:
    return file.written if file.is_journey else []


@RULES.of_features(_journeys, "tag it @smoke, or move it into the file of its subject and give it one When")
def journeys_are_smoke(scenario: Scenario) -> str:
    """Only the smoke tier has scenarios with more than one action."""
    return "" if "smoke" in scenario.effective_tags else f'"{scenario.name}" is a journey and not @smoke'


@RULES.of_features(_journeys, f"{MOST_STEPS} are the most: let another person go on, or split it by gate")
def journeys_are_short(scenario: Scenario) -> str:
    """A journey has at most forty steps."""
    count = len(scenario.steps)
    return f'"{scenario.name}" has {count} steps' if count > MOST_STEPS else ""


def _unanswered(file: FeatureFile) -> Iterator[Step]:
    for scenario in _journeys(file):
        for step, after in pairwise((*scenario.steps, None)):
            if step.step_type == "when" and (after is None or after.step_type != "then"):
                yield step


@RULES.of_features(_unanswered, "say what comes of it in a Then, before anything else happens")
def journeys_look_at_each_action(step: Step) -> str:
    """Each When of a journey is followed by a Then of its own."""
    return f'nothing is said to come of "{step.name}"'
