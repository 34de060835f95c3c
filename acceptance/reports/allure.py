"""Allure results that tell the truth about hooks, cleanups, skips, rules and namesakes."""

import hashlib
import json
import os
import platform
from collections import Counter
from collections.abc import Iterable, Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any
from uuid import uuid4

import allure_commons
from allure_behave.utils import step_table
from allure_commons.model2 import (
    Attachment,
    GlobalAttachment,
    Globals,
    Label,
    Link,
    Parameter,
    StatusDetails,
    TestResult,
    TestStepResult,
)
from attr import asdict

from acceptance.reports.recorder import Attached, Recording, Span
from acceptance.reports.state_table import state_table
from acceptance.redaction import mask_data, mask_text
from acceptance.verdicts.verdict import Status, Verdict, describe, title_of

MEDIA_TYPES = {
    "json": ("application/json", "json"),
    "text": ("text/plain", "txt"),
    "markdown": ("text/markdown", "md"),
}
ISSUE_TAG = "issue-"
STEP_STATUS = {
    "passed": Status.PASSED,
    "failed": Status.FAILED,
    "skipped": Status.SKIPPED,
    "untested": Status.SKIPPED,
}
# As for a test that is expected to fail: shown apart, by its message and category.
RESULT_STATUS = {Status.KNOWN: Status.SKIPPED}
UNREACHABLE = (
    r"(?s).*(ConnectError|ConnectTimeout|ReadTimeout|RemoteProtocolError|TargetError|no answer within).*"
)
CATEGORIES = [
    {"name": "Known issue", "messageRegex": r"(?si).*known issue.*"},
    {"name": "Environment", "matchedStatuses": ["broken", "failed"], "messageRegex": UNREACHABLE},
    {"name": "Product defect", "matchedStatuses": ["failed"]},
    {"name": "Suite defect", "matchedStatuses": ["broken"]},
]


def attach(name: str, text: str, kind: str = "text") -> None:
    """Attach evidence to the running step, else the scenario. `kind`: json, text or markdown."""
    media_type, extension = MEDIA_TYPES[kind]
    allure_commons.plugin_manager.hook.attach_data(
        body=text, name=name, attachment_type=media_type, extension=extension
    )


class AllureWriter:
    """Writes one result for each verdict into a folder, secrets hidden. Every method may raise OSError."""

    def __init__(self, folder: Path, issue_pattern: str | None = None) -> None:
        self._folder = folder
        self._issue_pattern = issue_pattern or _github_issues()
        self._namesakes: Counter[tuple[str, str]] = Counter()
        self._ordinals: dict[int, int] = {}

    def number_namesakes(self, scenarios: Iterable[Any]) -> None:
        """Tell scenarios of one name apart. Takes every scenario of a feature, whether it is run or not."""
        for scenario in scenarios:
            key = (str(scenario.filename), title_of(scenario))
            self._namesakes[key] += 1
            self._ordinals[id(scenario)] = self._namesakes[key]

    def add(self, verdict: Verdict, recording: Recording) -> None:
        """Write the result of one scenario, or of a hook or cleanup around scenarios."""
        ordinal = self._ordinals.get(id(verdict.scenario), 1)
        identity = _identity(verdict.file, verdict.title, ordinal)
        result = TestResult(
            uuid=str(uuid4()),
            historyId=identity,
            testCaseId=identity,
            name=verdict.title,
            fullName=f"{verdict.file}: {verdict.title}" + (f" ({ordinal})" if ordinal > 1 else ""),
            titlePath=[*Path(verdict.file).parts[:-1], verdict.feature],
            status=RESULT_STATUS.get(verdict.status, verdict.status).value,
            statusDetails=_details(verdict.message, verdict.trace),
            labels=_labels(verdict),
            links=self._links(verdict),
            start=_milliseconds(verdict.start),
            stop=_milliseconds(verdict.stop),
            attachments=[self._attachment(item) for item in recording.attachments],
        )
        if verdict.scenario:
            result.description = "\n".join(verdict.scenario.description)
            result.parameters = _parameters(verdict.scenario)
            result.steps = self._steps(verdict, recording)
            self._attach_of_failure(result, verdict)
        self._write(f"{result.uuid}-result.json", result)

    def close(self, environment: Mapping[str, str], attachments: Iterable[Attached]) -> None:
        """Write what Allure shows about the run as a whole."""
        lines = [f"{name} = {value}".replace("\\", "\\\\") for name, value in environment.items()]
        self._text("environment.properties", "\n".join(lines) + "\n")
        self._text("executor.json", json.dumps(mask_data(_executor())))
        self._text("categories.json", json.dumps(CATEGORIES))
        whole_run = [GlobalAttachment(**asdict(self._attachment(item))) for item in attachments]
        if whole_run:
            self._write(f"{uuid4()}-globals.json", Globals(attachments=whole_run))

    def _steps(self, verdict: Verdict, recording: Recording) -> list[TestStepResult]:
        spans = iter(recording.steps)
        return [self._step(step, next(spans, None), verdict.stop) for step in verdict.scenario.all_steps]

    def _step(self, step: Any, span: Span | None, end: float) -> TestStepResult:
        span = span or Span(end, end)
        result = TestStepResult(
            name=f"{step.keyword} {step.name}",
            status=STEP_STATUS.get(step.status.name, Status.BROKEN).value,
            start=_milliseconds(span.start),
            stop=_milliseconds(span.stop or end),
        )
        if step.exception:
            result.statusDetails = _details(describe(step.exception), "")
        if step.text:
            result.attachments.append(self._attachment(Attached("text", str(step.text), "text/plain", "txt")))
        if step.table:
            result.attachments.append(
                self._attachment(Attached("table", step_table(step), "text/csv", "csv"))
            )
        result.attachments.extend(self._attachment(item) for item in span.attachments)
        return result

    def _attach_of_failure(self, result: TestResult, verdict: Verdict) -> None:
        captured = verdict.scenario.captured.make_report()
        texts = {"captured output": captured, "what the scenario knew": "\n".join(state_table(verdict))}
        for name, text in texts.items():
            if verdict.red and text:
                result.attachments.append(self._attachment(Attached(name, text, "text/plain", "txt")))

    def _attachment(self, item: Attached) -> Attachment:
        source = f"{uuid4()}-attachment.{item.extension}"
        if isinstance(item.body, bytes):
            (self._folder / source).write_bytes(_masked_bytes(item.body))
        else:
            self._text(source, _masked_json(item.body) if item.extension == "json" else item.body)
        return Attachment(name=item.name, source=source, type=item.media_type)

    def _links(self, verdict: Verdict) -> list[Link]:
        if not self._issue_pattern:
            return []
        numbers = [tag.removeprefix(ISSUE_TAG) for tag in verdict.tags if tag.startswith(ISSUE_TAG)]
        return [Link("issue", self._issue_pattern.format(number), f"#{number}") for number in numbers]

    def _write(self, name: str, item: Any) -> None:
        data = asdict(item, filter=lambda _, value: bool(value) or value is False)
        self._text(name, json.dumps(mask_data(data), ensure_ascii=False))

    def _text(self, name: str, text: str) -> None:
        (self._folder / name).write_text(mask_text(text), encoding="utf-8", errors="replace")


def _identity(file: str, title: str, ordinal: int) -> str:
    # Allure merges results of one identity as retries; the feature's name alone is not unique.
    return hashlib.sha256(f"{file}\n{title}\n{ordinal}".encode()).hexdigest()


def _labels(verdict: Verdict) -> list[Label]:
    folder = Path(verdict.file).parent.name.replace("_", " ").capitalize()
    labels = {
        "epic": folder or "Run",
        "feature": verdict.feature,
        "story": verdict.rule,
        "severity": "critical" if "smoke" in verdict.tags else "normal",
        "framework": "behave",
        "language": f"python{platform.python_version_tuple()[0]}",
    }
    named = [Label(name, value) for name, value in labels.items() if value]
    return named + [Label("tag", str(tag)) for tag in verdict.tags]


def _parameters(scenario: Any) -> list[Parameter]:
    row = scenario._row
    cells = mask_data(dict(zip(row.headings, row.cells, strict=True))) if row else {}
    return [Parameter(name, value) for name, value in cells.items()]


def _details(message: str, trace: str) -> StatusDetails | None:
    return StatusDetails(message=message, trace=trace or None) if message else None


def _executor() -> dict[str, str]:
    if os.environ.get("GITHUB_ACTIONS") != "true":
        return {"name": "local", "type": "local"}
    run = f"{_github_repository()}/actions/runs/{os.environ.get('GITHUB_RUN_ID', '')}"
    number = os.environ.get("GITHUB_RUN_NUMBER", "")
    return {"name": "GitHub Actions", "type": "github", "buildName": f"run {number}", "buildUrl": run}


def _github_repository() -> str:
    return f"{os.environ.get('GITHUB_SERVER_URL', '')}/{os.environ.get('GITHUB_REPOSITORY', '')}"


def _github_issues() -> str | None:
    return f"{_github_repository()}/issues/{{}}" if os.environ.get("GITHUB_REPOSITORY") else None


def suite_versions() -> dict[str, str]:
    """Return the versions that a reader of a report may ask for."""
    return {name: version(name) for name in ("behave", "httpx", "api-acceptance")} | {
        "python": platform.python_version()
    }


def _masked_json(text: str) -> str:
    try:
        return json.dumps(mask_data(json.loads(text)), indent=2, ensure_ascii=False)
    except ValueError:
        return text


def _masked_bytes(body: bytes) -> bytes:
    # Latin-1 maps every byte to one character and back, so that binary content survives.
    return mask_text(body.decode("latin-1")).encode("latin-1", errors="replace")


def _milliseconds(seconds: float) -> int:
    return round(seconds * 1000)
