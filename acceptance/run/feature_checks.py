"""What is wrong with features before they run: scenarios that would pass, or vanish, doing nothing."""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from behave.i18n import languages

from acceptance.errors import ConfigurationError

LANGUAGE = re.compile(r"^\s*#\s*language:\s*([\w-]+)", re.MULTILINE)


def check_files(files: Iterable[str]) -> None:
    """Raise ConfigurationError for a file that behave's parser would leave out or break on."""
    for file in files:
        try:
            text = Path(file).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise ConfigurationError(f"{file} cannot be read ({error}); save it as text in UTF-8") from None
        if not text.strip():
            raise ConfigurationError(f"{file} is empty; write a feature or remove it")
        for language in LANGUAGE.findall(text):
            if language not in languages:
                raise ConfigurationError(f'{file}: "{language}" is no language of Gherkin; write "en"')


def check_features(features: Iterable[Any]) -> None:
    """Raise ConfigurationError for a feature without scenarios, and for a scenario that would do nothing."""
    for feature in features:
        if not any(feature.walk_scenarios(with_outlines=True)):
            raise ConfigurationError(
                f'{feature.filename}:{feature.line}: the feature "{feature.name}" has no scenario; '
                "write one or remove it"
            )
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
