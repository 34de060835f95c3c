"""A hollow deployment is red: what it lacks is named once, unless a gate or a declaration says so."""

import pytest

from acceptance.checks.deviations import Deviation, Deviations
from acceptance.contract.document import Contract
from acceptance.settings.gates import Gate, GateBook
from acceptance.target.unserved import Unserved
from provider_doubles.serving import running
from tests.acceptance.hollow_service import ROUTERS, Hollow
from tests.acceptance.suite_copy import SuiteCopy

ZOO = Contract(
    {
        "paths": {
            "/lions": {
                "get": {"tags": ["lions"], "responses": {}},
                "post": {"tags": ["lions"], "responses": {}},
            },
            "/lions/{id}": {"get": {"tags": ["lions"], "responses": {}}},
            "/mice": {"get": {"tags": ["mice"], "responses": {}}},
        }
    }
)
GATES = {"mice": Gate("mice", "ZOO_MICE", "mice", operations=("* /mice*",))}


def unserved(*patterns: str, open_tags: tuple[str, ...] = ()) -> Unserved:
    declared = [Deviation("not served", "the lions sleep", operation=pattern) for pattern in patterns]
    return Unserved(ZOO, GateBook(GATES, frozenset(open_tags)), Deviations(declared))


@pytest.mark.parametrize(
    ("patterns", "open_tags", "asked", "others", "listed"),
    [
        ([], [], ["GET /lions"], [], ["  lions: GET /lions"]),
        ([], [], [], ["GET /lions"], ["  lions: GET /lions"]),
        ([], [], ["POST /lions", "GET /lions"], [], ["  lions: GET /lions, POST /lions"]),
        ([], ["mice"], ["GET /mice"], ["GET /lions"], ["  lions: GET /lions", "  mice: GET /mice"]),
        ([], [], ["GET /mice"], ["GET /mice"], []),
        (["GET /lions"], [], ["GET /lions"], ["GET /lions"], []),
        (["GET /lions"], [], ["GET /lions", "POST /lions"], [], ["  lions: POST /lions"]),
        (["* /lions*"], [], ["GET /lions", "POST /lions"], ["GET /lions/{id}"], []),
        ([], [], [], [], []),
    ],
)
def test_what_is_lacking_is_listed_by_area_without_what_is_excused_or_declared(
    patterns, open_tags, asked, others, listed
):
    run = unserved(*patterns, open_tags=open_tags)
    for operation in asked:
        run.note(operation)
    head, *lines = run.lacking("ZOO_KNOWN_ISSUES", others).splitlines() or [""]
    assert lines == listed
    count = sum(line.count("/") for line in listed)
    assert head.startswith(f"the target does not serve {count} operation(s)") if listed else head == ""


@pytest.mark.parametrize(
    ("patterns", "open_tags", "operation", "reason"),
    [
        ([], [], "GET /lions", "the target does not serve what is needed\nGET /lions"),
        ([], [], "GET /mice", "the target does not serve GET /mice"),
        ([], ["mice"], "GET /mice", "the target does not serve what is needed\nGET /mice"),
        (
            ["GET /lions"],
            [],
            "GET /lions",
            "the target is declared not to serve what is needed: the lions sleep\nGET /lions",
        ),
    ],
)
def test_a_skip_says_why(patterns, open_tags, operation, reason):
    assert unserved(*patterns, open_tags=open_tags).note(operation) == reason


@pytest.mark.parametrize(
    ("pattern", "served", "told"),
    [
        ("GET /lions", [], ""),
        ("GET /lions", ["POST /lions", "GET /lions/{id}"], ""),
        ("GET /lions", ["GET /lions"], "the target serves GET /lions; remove the entry"),
        ("* /lions*", ["GET /lions/{id}", "GET /lions"], "serves GET /lions, GET /lions/{id}; remove"),
        ("GET /tigers", [], "names no operation of the contract"),
    ],
)
def test_a_declaration_that_does_not_hold_is_told(pattern, served, told):
    sentences = unserved(pattern).outdated(served)
    assert [told in sentence for sentence in sentences] == [True] * bool(told)


AREAS = ("features/assistants/agents.feature", "features/assistants/guardrails.feature")
NAMES = ("--name=The agent who answers first", "--name=The guardrail(s| presets) are listed")
LISTED = "      agents: GET /api/v1/agents\n"


@pytest.mark.parametrize(
    ("declared", "code", "said"),
    [
        ("", 3, LISTED),
        ("GET /api/v1/agents*", 0, "deviation: the agents sleep (not served, 1 times)"),
        (
            "GET /api/v1/*s",
            1,
            "and the target serves GET /api/v1/guardrails, GET /api/v1/guardrails/presets;",
        ),
    ],
)
def test_a_selected_run_is_red_for_what_its_scenarios_need_and_nobody_declared(
    tmp_path, declared, code, said
):
    known = tmp_path / "known.toml"
    entry = f'[[deviation]]\nrule = "not served"\noperation = "{declared}"\nreason = "the agents sleep"\n'
    known.write_text(entry if declared else "", encoding="utf-8")
    with running(Hollow(ROUTERS["agents"], published=True)) as url:
        suite = SuiteCopy(tmp_path / "suite", url, SMOKE_KNOWN_ISSUES=str(known))
        ended, out = suite.run(*NAMES, *AREAS)
    assert (ended, said in out, LISTED in out) == (code, True, code == 3), out
    junit = (suite.reports / "junit" / "acceptance.xml").read_text(encoding="utf-8")
    assert ('<failure message="the target does not serve 1 operation(s)' in junit) == (code == 3)
