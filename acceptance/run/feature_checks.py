"""What is wrong with features before they run: scenarios that would pass, or vanish, doing nothing."""

import re
from collections.abc import Iterable, Iterator
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
        for line, what, mend in idle_parts(feature):
            raise ConfigurationError(f"{feature.filename}:{line}: {what}; {mend}")


def idle_parts(feature: Any) -> Iterator[tuple[int, str, str]]:
    """Yield what of a feature would do nothing: its line, what it lacks, and how to mend it."""
    scenarios = list(feature.walk_scenarios(with_outlines=True))
    if not scenarios:
        yield feature.line, f'the feature "{feature.name}" has no scenario', "write one or remove it"
    for item in scenarios:
        if item.type == "scenario_outline" and not item.scenarios:
            yield item.line, f'the outline "{item.name}" has no examples', "add a row or remove it"
        elif not item.steps:
            first = item.description[0].strip() if item.description else ""
            mend = f'is "{first}" meant to be one?' if first else "write some or remove it"
            yield item.line, f'the scenario "{item.name}" has no steps', mend
