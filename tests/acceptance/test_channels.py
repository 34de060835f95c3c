"""What a service says cannot give orders: not to a terminal, not to the runner of a CI job."""

import re

import pytest

from acceptance.__main__ import main
from acceptance.errors import ConfigurationError
from acceptance.reports import github
from acceptance.verdicts.verdict import Status, Verdict
from acceptance.visible import visible
from api_service import doctor
from tests.acceptance.test_progress import on_a_terminal

CHARACTERS = (
    *("\x1b]0;title\x07", "\x1b[2J", "\x9b31m", "\x00", "\r", "\x7f", "\b", "\x85", "\ud800"),
    *("\u202e", "\u2066", "\u200f", "\u061c", "\u2028"),
)
COMMANDS = (
    *("::error file=x::y", "  \t::add-mask::x", "\xa0::set-output name=a::b", "mid ##[add-mask]x"),
    *("\u2028::debug::x", "\v::debug::x", "\r::debug::x", "::::"),
)
ORDERS = CHARACTERS + COMMANDS
FORBIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]|##\\["
)
# What rich draws a coloured, live line with.
OWN_CONTROL = re.compile(r"\x1b\[[\d;?]*[a-zA-Z]|\r")
OUR_ANNOTATION = "::error file=features/zoo/lions.feature,"
STEPS = f"""
    import sys
    from behave import then
    ORDERS = {ORDERS!r}

    @then("the service gives orders")
    def gives_orders(context):
        print("\\n".join(ORDERS))
        print("  ", "::debug::in pieces")
        raise AssertionError("\\n".join(ORDERS))

    @then("the service breaks")
    def breaks(context):
        raise ValueError("\\n".join(ORDERS))
"""
SCENARIOS = """
    Scenario: A lion gives orders
      Then the service gives orders
    Scenario: A lion breaks
      Then the service breaks
"""
RUNNER = """
quiet_session = open_session

def open_session(self):
    session = self.quiet_session()
    session.report_lines = lambda: ["deviation of \\x1b[31m a ##[group]", "::warning::line"]
    return session
"""


@pytest.fixture
def zoo(project):
    return project.write("steps/orders.py", STEPS).feature(SCENARIOS).runner(RUNNER)


def obeyed_in(text: str) -> list[str]:
    """The characters and lines of a text that somebody would obey, but for our own annotations."""
    commands = [line for line in re.split(r"[\r\n]", text) if line.strip().startswith("::")]
    foreign = [line for line in commands if not line.startswith(OUR_ANNOTATION)]
    return [*FORBIDDEN.findall(text), *foreign]


@pytest.mark.parametrize("order", ORDERS)
def test_an_order_is_shown_and_everything_else_stays(order):
    assert obeyed_in(visible(order)) == []
    assert visible(order) != order
    # Nothing is lost: JSON, TOML and Python know the escapes.
    shown = visible(f"before\n{order}\tafter: 12::30, a \\ ünd 猫")
    back = re.sub(r"\\u([0-9a-f]{4})", lambda match: chr(int(match[1], 16)), shown)
    assert back == f"before\n{order}\tafter: 12::30, a \\ ünd 猫"


@pytest.mark.parametrize("text", ["a::b", "x ::y", "12:30", "#[x]", "## [x]", "a\tb\nc", "ü猫🦁", "\\u001b"])
def test_what_nobody_obeys_stays_as_it_is(text):
    assert visible(text) == text


@pytest.mark.parametrize("formatter", ["acceptance", "plain", "pretty", "progress3", "json.pretty"])
def test_no_order_reaches_the_log_of_a_job(zoo, tmp_path, formatter):
    summary = tmp_path / "summary.md"
    environ = {"GITHUB_ACTIONS": "true", "GITHUB_STEP_SUMMARY": str(summary)}
    done = zoo.run("-f", formatter, "--no-capture", env=environ)
    assert done.code == 1
    assert done.out.count(OUR_ANNOTATION) == 2
    assert obeyed_in(done.out + done.err) == []
    assert "\\u001b]0;title\\u0007" in done.out
    assert "mid \\u0023#[add-mask]x" in summary.read_text("utf-8")
    assert obeyed_in(summary.read_text("utf-8")) == []


@pytest.mark.parametrize("formatter", ["acceptance", "plain"])
def test_no_order_reaches_a_terminal(zoo, formatter):
    code, shown = on_a_terminal(zoo, "-f", formatter)
    assert code == 1
    # A terminal gets CR LF for the end of a line.
    assert obeyed_in(OWN_CONTROL.sub("", shown)) == []
    assert "\x1b[2J" not in shown
    assert "\\u001b[2J" in shown


def test_no_order_reaches_a_terminal_through_a_command(monkeypatch, capsys):
    def says_no(_):
        print("\n".join(ORDERS))
        raise ConfigurationError("\n".join(ORDERS))

    monkeypatch.setattr(doctor, "run", says_no)
    assert main(["doctor"]) == ConfigurationError.exit_code
    said = capsys.readouterr()
    assert "add-mask" in said.out
    assert "add-mask" in said.err
    assert obeyed_in(said.out + said.err) == []


def test_a_summary_is_cut_at_a_whole_entry_before_github_would_drop_it(tmp_path):
    path = tmp_path / "summary.md"
    message = "\n".join(["ü" * 90] * 20)
    red = [Verdict(f"Number {n}", "Zoo", "zoo.feature", n, Status.FAILED, message) for n in range(400)]
    skipped = Verdict("Closed", "Zoo", "zoo.feature", 500, Status.SKIPPED, "gate @billing is closed")
    path.write_text("from before\n" * 10_000, encoding="utf-8")
    github.write_job_summary(path, [*red, skipped], 1.0)
    text = path.read_text("utf-8")
    assert 880_000 < len(text.encode()) <= 900_000
    entries = text.count("### failed: Number ")
    assert text.count("ü" * 90) == entries * 20
    assert f"{400 - entries} more failure(s) are in the reports." in text
    assert text.endswith("* 1 x gate @billing is closed\n")
    github.write_job_summary(tmp_path / "small.md", red[:3], 1.0)
    assert "more failure(s)" not in (tmp_path / "small.md").read_text("utf-8")
