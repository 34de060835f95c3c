"""The options of `make fuzz`, and what it tells in numbers."""

import random

import pytest

from tests.fuzz import figures


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--examples", type=int, default=figures.examples, help="requests for each operation")
    parser.addoption("--seed", type=int, default=random.randrange(10**6), help="decides what is generated")


def pytest_configure(config: pytest.Config) -> None:
    figures.examples, figures.seed = config.getoption("--examples"), config.getoption("--seed")


def pytest_report_header() -> str:
    return f"fuzz: --examples {figures.examples} --seed {figures.seed}"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    answered = figures.answered
    never = [name for name, statuses in answered.items() if all(status >= 300 for status in statuses)]
    terminalreporter.section(pytest_report_header())
    terminalreporter.line(f"{len(answered)} operations, {len(answered) - len(never)} of them with success")
    terminalreporter.line(f"refused only: {', '.join(sorted(never)) or 'none'}")
