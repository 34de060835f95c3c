"""What behave's model does not keep: when scenarios and steps began and ended, and what was attached."""

import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import allure_commons
from behave.formatter.base import Formatter, StreamOpener


@dataclass(frozen=True)
class Attached:
    """Something to show in the report. `media_type` is a MIME type."""

    name: str
    body: str | bytes
    media_type: str
    extension: str


@dataclass
class Span:
    """A stretch of time in epoch seconds, with what was attached in it."""

    start: float = field(default_factory=time.time)
    stop: float = 0.0
    attachments: list[Attached] = field(default_factory=list)


@dataclass
class Recording(Span):
    """One scenario: its span and the spans of the steps that were run, in their order."""

    steps: list[Span] = field(default_factory=list)


class Recorder(Formatter):  # type: ignore[misc]  # behave is untyped
    """A behave formatter without output; it also receives what steps and hooks attach through allure."""

    name = "recorder"

    def __init__(self, config: Any) -> None:
        super().__init__(StreamOpener("recorder"), config)
        self.recordings: dict[int, Recording] = {}
        self.run_attachments: list[Attached] = []
        self._scenario: Recording | None = None
        self._step: Span | None = None
        allure_commons.plugin_manager.register(self)

    def scenario(self, scenario: Any) -> None:
        """Begin a scenario; the one before is over."""
        self._end_scenario()
        self._scenario = self.recordings[id(scenario)] = Recording()

    def match(self, match: Any) -> None:
        """Begin a step."""
        if self._scenario:
            self._step = Span()
            self._scenario.steps.append(self._step)

    def result(self, step: Any) -> None:
        """End a step; later attachments belong to the scenario."""
        if self._step:
            self._step.stop = time.time()
            self._step = None

    def rule_finished(self) -> None:
        """End the last scenario of a rule."""
        self._end_scenario()

    def eof(self) -> None:
        """End the last scenario of a feature."""
        self._end_scenario()

    def close(self) -> None:
        """Receive no more attachments."""
        self._end_scenario()
        if allure_commons.plugin_manager.is_registered(self):
            allure_commons.plugin_manager.unregister(self)

    @allure_commons.hookimpl
    def attach_data(
        self, body: str | bytes, name: str | None, attachment_type: Any, extension: str | None
    ) -> None:
        """Keep an attachment with the running step, else the scenario, else the run."""
        media_type = getattr(attachment_type, "mime_type", attachment_type) or "text/plain"
        extension = getattr(attachment_type, "extension", extension) or "txt"
        attached = Attached(name or "attachment", body, media_type, extension)
        place = self._step or self._scenario
        (place.attachments if place else self.run_attachments).append(attached)

    @allure_commons.hookimpl
    def attach_file(self, source: str, name: str | None, attachment_type: Any, extension: str | None) -> None:
        """Keep the content of a file as an attachment."""
        self.attach_data(Path(source).read_bytes(), name, attachment_type, extension)

    def _end_scenario(self) -> None:
        if self._scenario:
            self._scenario.stop = time.time()
        self._scenario = self._step = None
