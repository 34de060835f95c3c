"""What is wrong with features before they run: scenarios that would pass, or vanish, doing nothing."""

from collections.abc import Iterable
from typing import Any

from acceptance.errors import ConfigurationError


def check_features(features: Iterable[Any]) -> None:
    """Raise ConfigurationError for a scenario without steps and for an outline without examples."""
    for feature in features:
        for item in feature.walk_scenarios(with_outlines=True):
            place = f"{feature.filename}:{item.line}"
            if item.type == "scenario_outline" and not item.scenarios:
                raise ConfigurationError(
                    f'{place}: the outline "{item.name}" has no examples; add a row or remove it'
                )
            if not item.steps:
                raise ConfigurationError(f'{place}: the scenario "{item.name}" has no steps{_suspect(item)}')


def _suspect(scenario: Any) -> str:
    if not scenario.description:
        return "; write some or remove it"
    return f'; is "{scenario.description[0].strip()}" meant to be one?'
