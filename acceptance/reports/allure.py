"""What Allure reads: attachments, results and the description of the run, secrets hidden in all of it."""

import json
import os
import platform
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any
from uuid import uuid4

import allure_commons
from allure_commons.logger import AllureFileLogger
from allure_commons.model2 import StatusDetails
from attr import asdict

from acceptance.redaction import mask_data, mask_own, mask_text

MEDIA_TYPES = {
    "json": ("application/json", "json"),
    "text": ("text/plain", "txt"),
    "markdown": ("text/markdown", "md"),
}
UNREACHABLE = r"(?s).*(Connect(Error|Timeout)|ReadTimeout|RemoteProtocolError|TargetError|no answer within).*"
CATEGORIES = [
    {"name": "Known issue", "messageRegex": r"(?si).*known issue.*"},
    {"name": "Environment", "matchedStatuses": ["broken", "failed"], "messageRegex": UNREACHABLE},
    {"name": "Product defect", "matchedStatuses": ["failed"]},
    {"name": "Suite defect", "matchedStatuses": ["broken"]},
]


def attach(name: str, text: str, kind: str = "text") -> None:
    """Attach evidence to the running step, else the scenario. `kind`: json, text or markdown."""
    media_type, extension = MEDIA_TYPES[kind]
    hook = allure_commons.plugin_manager.hook
    hook.attach_data(body=text, name=name, attachment_type=media_type, extension=extension)


class MaskedFiles(AllureFileLogger):
    """The files of the results folder, kept until `write`: a full disk cannot disturb a scenario."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)  # type: ignore[no-untyped-call]
        self._unwritten: dict[str, Callable[[], bytes]] = {}

    def _report_item(self, item: Any) -> None:
        filled = asdict(item, filter=lambda _, it: bool(it) or it is False, value_serializer=_without_secrets)
        self._unwritten[item.file_pattern.format(prefix=uuid4())] = json.dumps(filled).encode

    @allure_commons.hookimpl
    def report_attached_data(self, body: str | bytes, file_name: str) -> None:
        """Keep the content of a file."""
        self._unwritten[file_name] = partial(_masked, file_name, body)

    @allure_commons.hookimpl
    def report_attached_file(self, source: str, file_name: str) -> None:
        """Keep a copy of a file. Raises OSError when it cannot be read."""
        self.report_attached_data(Path(source).read_bytes(), file_name)

    def take(self) -> dict[str, bytes]:
        """Return what is kept by file name, secrets hidden, and keep it no longer."""
        taken, self._unwritten = self._unwritten, {}
        return {name: content() for name, content in taken.items()}

    def add(self, files: Mapping[str, bytes]) -> None:
        """Keep what another process of the run has taken."""
        self._unwritten |= {name: partial(bytes, content) for name, content in files.items()}

    def describe_run(self, environment: Mapping[str, str]) -> None:
        """Keep what Allure shows about the run as a whole."""
        lines = [f"{name} = {value}\n".replace("\\", "\\\\") for name, value in environment.items()]
        self.report_attached_data("".join(lines), "environment.properties")
        self.report_attached_data(json.dumps(_executor()), "executor.json")
        self.report_attached_data(json.dumps(CATEGORIES), "categories.json")

    def write(self) -> None:
        """Write what is kept, secrets hidden. Raises OSError; the file that failed is given up."""
        while self._unwritten:
            name, content = self._unwritten.popitem()
            (self._report_dir / name).write_bytes(content())


def suite_versions() -> dict[str, str]:
    """Return the versions that a reader of a report may ask for."""
    packages = ("behave", "httpx", "api-acceptance")
    return {name: version(name) for name in packages} | {"python": platform.python_version()}


def github_issues() -> str | None:
    """Return the address of an issue, `{}` for its number, where GitHub runs the suite."""
    return f"{_github_repository()}/issues/{{}}" if os.environ.get("GITHUB_REPOSITORY") else None


def _executor() -> dict[str, str]:
    if os.environ.get("GITHUB_ACTIONS") != "true":
        return {"name": "local", "type": "local"}
    run = f"{_github_repository()}/actions/runs/{os.environ.get('GITHUB_RUN_ID', '')}"
    number = os.environ.get("GITHUB_RUN_NUMBER", "")
    return {"name": "GitHub Actions", "type": "github", "buildName": f"run {number}", "buildUrl": run}


def _github_repository() -> str:
    return f"{os.environ.get('GITHUB_SERVER_URL', '')}/{os.environ.get('GITHUB_REPOSITORY', '')}"


def _without_secrets(item: Any, _: object, value: Any) -> Any:
    if not isinstance(value, str):
        return value
    return mask_text(value) if isinstance(item, StatusDetails) else mask_own(value)


def _masked(name: str, body: str | bytes) -> bytes:
    if isinstance(body, bytes):
        # Latin-1 maps every byte to one character and back, so that binary content survives.
        return mask_text(body.decode("latin-1")).encode("latin-1", errors="replace")
    if name.endswith(".json"):
        with suppress(ValueError):
            body = json.dumps(mask_data(json.loads(body)), indent=2, ensure_ascii=False)
    return mask_text(body).encode(errors="replace")
