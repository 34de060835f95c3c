"""Prints, after `make attack`, how many attacks of each section were tried and how many were survived."""

from collections import Counter

import pytest

FAILING = ("failed", "error")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    reports = terminalreporter.stats
    survived = Counter(_section(report) for report in reports.get("passed", []))
    lost = Counter(_section(report) for kind in FAILING for report in reports.get(kind, []))
    terminalreporter.section("attacks tried and survived")
    for section in sorted(survived | lost):
        tried = survived[section] + lost[section]
        terminalreporter.line(f"{section:<20} tried {tried:>4}, survived {survived[section]:>4}")


def _section(report: pytest.TestReport) -> str:
    """The module's name in words: tests/attack/test_signals.py is the section "signals"."""
    module = report.nodeid.split("::")[0].rpartition("/")[2]
    return module.removeprefix("test_").removesuffix(".py").replace("_", " ")
