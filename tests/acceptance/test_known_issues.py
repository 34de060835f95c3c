"""Known issues: they apply to one target, and an entry that is out of date does not stay."""

import pytest

from acceptance import declared
from acceptance.checks.deviations import declared_in
from acceptance.errors import ConfigurationError
from acceptance.verdicts.known_issues import KnownIssue, KnownIssues, checked

FAILS = {"step": "it should end", "shows": "got status 500", "kind": "defect"}
ENTRY = FAILS | {"scenario": "A", "reason": "r"}
EVERYWHERE = KnownIssue("A page ends", **FAILS, reason="the cursor is lost", defect="D7")
ON_SQLITE = KnownIssue("A token works", **FAILS, reason="dates differ", defect="D4", backend="sqlite")


def test_an_entry_speaks_about_its_scenario_with_defect_and_reason():
    issue = KnownIssues([EVERYWHERE]).about("A page ends")
    assert issue is not None
    assert issue.label == "D7 (defect): the cursor is lost"
    assert KnownIssues([EVERYWHERE]).about("Another page ends") is None


@pytest.mark.parametrize(
    ("backend", "listed", "outdated"), [("sqlite", True, True), ("postgres", False, False), ("", True, False)]
)
def test_an_entry_for_one_backend_is_certain_only_where_the_backend_is_told(backend, listed, outdated):
    issues = KnownIssues([ON_SQLITE], backend)
    assert (issues.about("A token works") is not None) is listed
    assert issues.is_outdated_by_passing("A token works") is outdated


def test_a_listed_scenario_that_does_not_exist_is_found():
    assert KnownIssues([EVERYWHERE, ON_SQLITE]).unmatched(["A page ends"]) == ["A token works"]


def entries(tables: object) -> list[KnownIssue]:
    return checked("known.toml", declared.parse("known.toml", "known", tables, KnownIssue))


@pytest.mark.parametrize(
    ("tables", "said"),
    [
        ([FAILS | {"scenario": "A"}], r"\[\[known\]\] 1 has no reason"),
        ([FAILS | {"scenario": "A", "reason": ""}], r"\[\[known\]\] 1 has no reason"),
        ([{"scenario": "A", "reason": "r"}], "has no step, no shows, no kind"),
        ([ENTRY, FAILS | {"scenario": "B"}], r"\[\[known\]\] 2 has no reason"),
        ([ENTRY | {"when": "x"}], "unknown when"),
        ([ENTRY | {"kind": "whim"}], "kind; write one of defect, design, wish"),
        ([ENTRY | {"version": 1.0}], "no text as version"),
        ([ENTRY, ENTRY], "listed twice"),
        (ENTRY, r"begin every entry with \[\[known\]\]"),
        (["A"], r"begin every entry with \[\[known\]\]"),
        (3, r"begin every entry with \[\[known\]\]"),
    ],
)
def test_a_table_that_does_not_fit_is_refused(tables, said):
    with pytest.raises(ConfigurationError, match=said):
        entries(tables)


def test_one_scenario_may_fail_on_two_targets():
    sqlite, postgres = (ENTRY | {"backend": name} for name in ("sqlite", "postgres"))
    old, new = (ENTRY | {"scenario": "B", "version": name} for name in ("1.0", "1.1"))
    assert len(entries([sqlite, postgres, old, new])) == 4


@pytest.mark.parametrize("text", ["[[known]\n", '[[unknown]]\nx = "y"\n', None])
def test_a_file_that_cannot_be_used_is_one_sentence(tmp_path, text):
    path = tmp_path / "known.toml"
    if text is not None:
        path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigurationError, match=r"known\.toml"):
        declared_in(str(path))


MESSAGE = "expected success, got status 500\n  request: GET /pages\n  answer: got status 418"


@pytest.mark.parametrize(
    ("failures", "said"),
    [
        ([("it should end", MESSAGE)], ""),
        ([("it should end", MESSAGE), ("it should still be there", "gone")], ""),
        ([], "no step failed"),
        ([("it should begin", MESSAGE)], 'it should fail at "it should end"'),
        ([("it should end", MESSAGE.replace("500", "404"))], 'should fail with "got status 500"'),
        ([("it should end", MESSAGE.replace("500", "404").replace("418", "500"))], "should fail with"),
        (
            [("it should end", MESSAGE), ("nothing should be left", "3 left")],
            '"nothing should be left" should hold',
        ),
    ],
)
def test_an_entry_covers_its_own_failure_only(failures, said):
    entry = KnownIssue("A page ends", **FAILS, also="it should still be there", reason="r")
    found = entry.mismatch(failures)
    assert said in found
    assert bool(said) == bool(found)
