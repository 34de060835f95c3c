"""Run again what failed last time, on the same target."""

import json
import os
import subprocess
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from acceptance.errors import ConfigurationError
from acceptance.reports.coverage import EMBEDDED
from acceptance.run import project

REPORTS = Path("reports")


def add_arguments(parser: ArgumentParser) -> None:
    """Further arguments, options included, go to behave."""
    # Nothing begins an option of this command.
    parser.prefix_chars = "\0"
    parser.add_argument("behave_arguments", nargs="*", help="arguments for behave, such as --stop")


def run(options: Namespace) -> int:
    """Run what was red and return behave's exit code, else 0; raises ConfigurationError without a run."""
    coverage = REPORTS / "coverage.json"
    if not coverage.exists():
        raise ConfigurationError("there is no run to repeat; `make smoke` makes one")
    failed = REPORTS / "rerun.txt"
    if not failed.exists():
        print("nothing failed last time")
        return 0
    target = json.loads(coverage.read_text(encoding="utf-8"))["target"]
    setting = project.current().settings.name_of("base_url")
    environ = {**os.environ, setting: "" if target == EMBEDDED else target}
    command = [sys.executable, "-m", "behave", f"@{failed}", *options.behave_arguments]
    return subprocess.run(command, env=environ, check=False).returncode  # noqa: S603 our own arguments
