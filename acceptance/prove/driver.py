"""Runs single scenarios in this process, again and again, on one open session.

behave knows whole runs only, so its runner is driven from outside here.
"""

import io
from collections.abc import Iterable
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any

from behave.configuration import Configuration
from behave.exception import TagExpressionError
from behave.model_type import Status
from behave.runner import Context, Runner, scoped_context_layer, the_step_registry
from behave.runner_util import parse_features, reset_runtime

from acceptance.errors import ConfigurationError, NothingRanError
from acceptance.run.error_messages import BEHAVE_ERRORS, about_behave
from acceptance.run.feature_checks import check_features, check_files
from acceptance.run.step_files import area_folders

RED = frozenset({Status.failed, Status.error, Status.hook_error, Status.cleanup_error, Status.undefined})


class Driver:
    """Every scenario of the features, by title, each runnable any number of times on the session in `use`.

    Raises ConfigurationError for features that cannot be run, and NothingRanError when none is selected.
    """

    def __init__(self, arguments: Iterable[str] = ()) -> None:
        reset_runtime()
        try:
            config = Configuration([*arguments, "--no-summary", "--no-junit"], load_config=True)
        except TagExpressionError as error:
            raise ConfigurationError(f"--tags: {str(error).splitlines()[0]}") from None
        self._runner = Runner(config)
        try:
            features = self._features(config)
        except tuple(BEHAVE_ERRORS) as error:
            raise ConfigurationError(about_behave(error)) from None
        self._runner.context = Context(self._runner)
        self._runner.context.on_cleanup_error = self._runner.context.ignore_cleanup_error
        self._runner.load_hooks()
        self._runner.load_step_definitions(area_folders(Path(self._runner.base_dir)))
        self._runner.step_registry = the_step_registry
        self._runner.formatters = []
        self.scenarios: dict[str, Any] = {
            scenario.name: scenario
            for feature in features
            for scenario in feature.walk_scenarios()
            if scenario.should_run(config)
        }
        if not self.scenarios:
            raise NothingRanError("no scenario matches what was asked for")

    def _features(self, config: Configuration) -> list[Any]:
        self._runner.setup_paths()
        locations = [one for one in self._runner.feature_locations() if not config.exclude(one)]
        check_files(one.filename for one in locations)
        features: list[Any] = parse_features(locations, language=config.lang)
        check_features(features)
        return features

    def use(self, session: Any) -> None:
        """Run the scenarios on this session from now on."""
        self._runner.context.session = session

    def run(self, title: str) -> bool | None:
        """Run a scenario; return True when green, False when red, None when it was skipped."""
        scenario = self.scenarios[title]
        scenario.reset()
        with scoped_context_layer(self._runner.context, layer="feature") as context:
            context.feature = scenario.feature
            with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
                scenario.run(self._runner)
        if self._runner.aborted:
            # behave takes an interrupt in a step for an error of the step.
            raise KeyboardInterrupt
        return None if scenario.status is Status.skipped else scenario.status not in RED

    def why(self, title: str) -> str:
        """Return the first line of what made a scenario red."""
        scenario = self.scenarios[title]
        texts = [scenario.error_message, *(step.error_message for step in scenario.all_steps)]
        return next(filter(None, texts), "").strip().partition("\n")[0]

    def place(self, title: str) -> str:
        """Return the feature file of a scenario."""
        return str(self.scenarios[title].filename)
