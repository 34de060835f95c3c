"""Throw-away behave projects that run in a process of their own, with a made-up session."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent
from xml.etree import ElementTree as ET

CONFIG = """
[tool.behave]
paths = ["features"]
runner = "project_runner:ProjectRunner"
default_format = "acceptance"
show_skipped = false

[tool.behave.formatters]
acceptance = "acceptance.reports.terminal_progress:ProgressFormatter"
"""
RUNNER = """
from types import SimpleNamespace
from acceptance.errors import *
from acceptance.verdicts.known_issues import KnownIssue, KnownIssues
from acceptance.run.runner import AcceptanceRunner

class ProjectRunner(AcceptanceRunner):
    open_tags = frozenset()
    issues = KnownIssues(())
    seconds = 1800
    budget_seconds = 0.0

    def gate_tags(self):
        return {"billing", "ai"}

    def run_timeout(self):
        return self.seconds, "ZOO_RUN_TIMEOUT"

    def budget(self):
        return self.budget_seconds, "ZOO_BUDGET"

    def open_session(self):
        print("SESSION OPENED", flush=True)
        gates = SimpleNamespace(tags=frozenset({"billing", "ai"}), open_tags=self.open_tags)
        return SimpleNamespace(
            target=SimpleNamespace(name="the zoo"),
            gates=gates,
            known_issues=self.issues,
            lost=False,
            facts=dict,
            complaints=dict,
            report_lines=lambda: ["coverage: 3/4 operations"],
            lacking=lambda whole: "",
            outdated=list,
            close=self.close_session,
            is_lost=lambda: False,
            enter_worker=self.worker_begins,
            end_worker=self.worker_ends,
            news=lambda: None,
            learn=lambda news: None,
            take_over=self.worker_died,
        )

    def worker_begins(self, worker, ask):
        pass

    def worker_died(self, worker, scenario, place):
        pass

    def worker_ends(self):
        pass

    def close_session(self):
        print("SESSION CLOSED", flush=True)
"""
STEPS = """
import sys
from behave import given, when, then

@given("all is well")
def all_is_well(context):
    pass

@then("it fails")
def it_fails(context):
    assert False, "expected a lion, got a mouse"

@then("it breaks")
def it_breaks(context):
    {}["lion"]

@given("a cleanup that says {text}")
def cleanup_says(context, text):
    context.add_cleanup(lambda: print(text, file=sys.__stdout__, flush=True))

@given("a cleanup that breaks")
def cleanup_breaks(context):
    def remove_lion():
        raise RuntimeError("the lion stays")
    context.add_cleanup(remove_lion)
"""


@dataclass(frozen=True)
class Finished:
    """A run that has ended, and the reports that it left."""

    code: int
    out: str
    err: str
    reports: Path

    @property
    def sentence(self) -> str:
        """The one sentence that a run which could not be made ends with."""
        assert "Traceback" not in self.out + self.err
        sentences = [line for line in self.err.splitlines() if line.startswith("error: ")]
        assert len(sentences) == 1, self.err
        return sentences[0].removeprefix("error: ")

    def junit(self) -> dict[str, ET.Element]:
        """Every test case by its name."""
        root = ET.parse(self.reports / "junit" / "acceptance.xml").getroot()
        return {case.get("name", ""): case for case in root.iter("testcase")}

    def junit_statuses(self) -> dict[str, str]:
        """How JUnit says that each scenario ended."""
        named = {"failure": "failed", "error": "broken", "skipped": "skipped"}
        return {
            name: next((named[child.tag] for child in case if child.tag in named), "passed")
            for name, case in self.junit().items()
        }

    def allure_results(self) -> list[dict]:
        """Every Allure result, the earliest first."""
        files = (self.reports / "allure-results").glob("*-result.json")
        return sorted((json.loads(file.read_text("utf-8")) for file in files), key=lambda one: one["start"])

    def allure(self) -> dict[str, dict]:
        """Every Allure result by its name."""
        return {result["name"]: result for result in self.allure_results()}

    def attachment(self, attached: dict) -> str:
        """The content of one attachment of a result."""
        return (self.reports / "allure-results" / attached["source"]).read_text("utf-8")


class BehaveProject:
    """A small suite in a folder: add features, steps and hooks, then run it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.write("pyproject.toml", CONFIG)
        self.write("project_runner.py", RUNNER)
        self.write("steps/common.py", STEPS)

    def write(self, name: str, text: str) -> "BehaveProject":
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dedent(text), encoding="utf-8")
        return self

    def feature(self, scenarios: str, name: str = "Lions", folder: str = "zoo") -> "BehaveProject":
        text = f"Feature: {name}\n" + dedent(scenarios)
        return self.write(f"features/{folder}/{name.lower()}.feature", text)

    def runner(self, body: str) -> "BehaveProject":
        """Override methods and attributes of the runner."""
        methods = "\n".join(f"    {line}" for line in dedent(body).splitlines())
        return self.write("project_runner.py", f"{RUNNER}\n{methods}\n")

    def start(self, *arguments: str, **options) -> subprocess.Popen[str]:
        """Start a run without waiting for it."""
        environ = {name: value for name, value in os.environ.items() if not name.startswith("GITHUB_")}
        options = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True} | options
        options["env"] = environ | options.pop("env", {})
        return subprocess.Popen([sys.executable, "-m", "behave", *arguments], cwd=self.root, **options)

    def run(self, *arguments: str, **options) -> Finished:
        """Run to the end."""
        return self.finish(self.start(*arguments, **options))

    def finish(self, process: subprocess.Popen[str]) -> Finished:
        """Wait for the end of a started run."""
        try:
            out, err = process.communicate(timeout=30)
        finally:
            process.kill()
        return Finished(process.returncode, out or "", err or "", self.root / "reports")
