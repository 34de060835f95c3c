"""0 all well, 1 something failed, 2 configuration, 3 nothing ran, 4 target; one sentence, no traceback."""

import resource

import pytest

GOOD = """
    Scenario: A lion sleeps
      Given all is well
"""
FAILING = """
    Scenario: A lion roars
      Then it fails
"""


def test_all_well(project):
    done = project.feature(GOOD).run()
    assert (done.code, done.err) == (0, "")
    assert "1 feature: 1 passed" in done.out


def test_something_failed(project):
    done = project.feature(GOOD + FAILING).run()
    assert done.code == 1
    assert "1 feature: 1 passed, 1 failed" in done.out


@pytest.mark.parametrize(
    ("scenarios", "sentence"),
    [
        ("@smok\n" + GOOD, "features/zoo/lions.feature:2: @smok is not a declared tag; did you mean @smoke?"),
        ("@wip\n" + GOOD, "features/zoo/lions.feature:2: @wip marks unfinished work"),
        ("Scenario: Empty\n" + GOOD, 'features/zoo/lions.feature:2: the scenario "Empty" has no steps'),
        ("Scenario: Typo\n Givn a lion\n" + GOOD, 'has no steps; is "Givn a lion" meant to be one?'),
        ("Scenario Outline: Rows\n Given all is well\n" + GOOD, 'the outline "Rows" has no examples'),
        ("Scenario Outline: R\n Given all is well\n Examples:\n | a |\n", 'the outline "R" has no examples'),
        ("Scenario: Lion\n Given all is well\n  | a |\n  | b | c |\n", "features/zoo/lions.feature"),
    ],
)
def test_a_wrong_feature_is_refused_before_the_session(project, scenarios, sentence):
    done = project.feature(scenarios).run()
    assert done.code == 2
    assert sentence in done.sentence
    assert str(project.root) not in done.sentence
    assert "SESSION OPENED" not in done.out


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "is empty; write a feature or remove it"),
        (b"Feature: Only words\n  Scenaro: Typo\n", ':1: the feature "Only words" has no scenario'),
        (b"# language: zoo\nFeature: Lions\n", '"zoo" is no language of Gherkin'),
        (b"Feature: L\xf6wen\n", "cannot be read"),
    ],
)
def test_a_file_that_would_vanish_from_the_run_is_refused(project, content, sentence):
    project.feature(GOOD).root.joinpath("features/zoo/tigers.feature").write_bytes(content)
    done = project.run()
    assert done.code == 2
    assert done.sentence.startswith("features/zoo/tigers.feature")
    assert sentence in done.sentence
    assert "SESSION OPENED" not in done.out


MISSPELT = "--tags: @smok is not a declared tag; did you mean @smoke?"


@pytest.mark.parametrize("expression", ["not @smok", "-@smok", "~@ai,@smok"])
def test_a_tag_expression_may_name_declared_tags_only(project, expression):
    done = project.feature(GOOD).run(f"--tags={expression}")
    assert (done.code, done.sentence) == (2, MISSPELT)


@pytest.mark.parametrize("expression", ["@smok", "@smoke and not (not @smok)"])
def test_a_misspelt_tag_that_selects_nothing_is_named_as_the_reason(project, expression):
    done = project.feature(GOOD).run(f"--tags={expression}")
    assert (done.code, done.sentence) == (3, f"no scenario ran: {MISSPELT}")


@pytest.mark.parametrize(
    ("file", "text", "sentence"),
    [
        ("steps/broken.py", "import no_such_lion\n", "steps/broken.py:1: ModuleNotFoundError"),
        ("steps/broken.py", "def lion(:\n", "steps/broken.py:1: SyntaxError"),
        ("steps/broken.py", "raise SystemExit(0)\n", "steps/broken.py:1: SystemExit: 0"),
        ("environment.py", "import no_such_lion\n", "environment.py:1: ModuleNotFoundError"),
    ],
)
def test_code_that_cannot_be_loaded_is_named(project, file, text, sentence):
    done = project.feature(GOOD).write(file, text).run()
    assert done.code == 2
    assert sentence in done.sentence


def test_a_feature_file_that_does_not_exist_is_named(project):
    done = project.feature(GOOD).run("features/zoo/tigers.feature")
    assert (done.code, done.sentence) == (2, "features/zoo/tigers.feature does not exist")


@pytest.mark.parametrize(
    "arguments", [["--tags=@issue-7"], ["--name=tiger"], ["--tags=@smoke and not @smoke"]]
)
def test_a_selection_that_matches_nothing_is_red(project, arguments):
    done = project.feature(GOOD).run(*arguments)
    assert (done.code, done.sentence) == (3, "no scenario ran: nothing matches what was asked for")
    assert "SESSION OPENED" not in done.out


def test_a_run_that_only_skips_is_red(project):
    project.write("environment.py", "def before_scenario(context, scenario): scenario.skip('closed')")
    done = project.feature(GOOD).run()
    assert (done.code, done.sentence) == (3, "no scenario ran: all 1 selected were skipped")
    assert done.junit_statuses() == {"A lion sleeps": "skipped", "The whole run": "broken"}


@pytest.mark.parametrize(
    ("arguments", "code"), [([], 3), (["--tags=not @provider"], 0), (["features/zoo"], 0), (["features"], 3)]
)
def test_an_open_gate_that_ran_nothing_is_red_when_all_was_asked_for(project, arguments, code):
    project.runner('open_tags = frozenset({"billing"})').feature(GOOD)
    done = project.run(*arguments)
    assert done.code == code
    if code:
        assert "no scenario ran for the open gates @billing" in done.sentence
        assert done.junit_statuses()["The whole run"] == "broken"


def test_an_open_gate_that_ran_is_well(project):
    project.runner('open_tags = frozenset({"billing"})')
    assert project.feature("@billing" + GOOD).run().code == 0


def test_a_target_that_cannot_be_reached(project):
    project.runner("""
        def open_session(self):
            raise TargetError("nothing answers on port 1")
    """)
    done = project.feature(GOOD).run()
    assert (done.code, done.sentence) == (4, "nothing answers on port 1")
    assert done.junit_statuses() == {"The start of the run": "broken"}
    assert done.allure()["The start of the run"]["statusDetails"]["message"] == "nothing answers on port 1"


def test_a_session_that_cannot_be_closed_is_red(project):
    project.runner("""
        def close_session(self):
            raise SuiteError("the target does not stop")
    """)
    done = project.feature(GOOD).run()
    assert (done.code, done.sentence) == (1, "the target does not stop")
    assert "1 feature: 1 passed, 1 broken" in done.out
    assert done.junit_statuses() == {"A lion sleeps": "passed", "The end of the run": "broken"}


def test_a_failing_session_end_does_not_hide_the_results(project):
    project.runner("""
        def close_session(self):
            raise OSError(28, "No space left on device", "coverage.json")
    """)
    done = project.feature(GOOD).run()
    assert done.code == 1
    assert "No space left on device" in done.sentence
    assert "1 feature: 1 passed" in done.out


def test_an_unusable_reports_folder_is_named_at_the_start(project):
    done = project.write("reports", "a file in its place").feature(GOOD).run()
    assert done.code == 2
    assert "the reports folder reports cannot be written" in done.sentence
    assert "SESSION OPENED" not in done.out


def test_a_disk_that_fills_up_is_red_and_the_results_are_still_shown(project):
    def no_file_above_200_bytes():
        resource.setrlimit(resource.RLIMIT_FSIZE, (200, 200))

    done = project.feature(GOOD).run(preexec_fn=no_file_above_200_bytes)
    assert done.code == 1
    assert "could not be written (File too large" in done.err
    assert "Traceback" not in done.err + done.out
    assert "1 feature: 1 passed" in done.out


def test_a_run_cleans_what_the_run_before_left(project):
    project.feature(GOOD + FAILING).run()
    done = project.run("--name=sleeps")
    assert [result["name"] for result in done.allure_results()] == ["A lion sleeps"]
    assert not (done.reports / "rerun.txt").exists()


def test_no_result_of_an_earlier_run_outlives_a_run_that_is_killed(project):
    project.feature(GOOD).run()
    project.write("steps/die.py", "import os\n@given('it dies')\ndef die(context): os._exit(9)\n")
    done = project.feature("Scenario: A lion dies\n Given it dies").run()
    assert done.code == 9
    assert not (done.reports / "junit" / "acceptance.xml").exists()
    assert done.allure_results() == []


def test_a_red_run_can_be_run_again(project):
    project.feature(GOOD + FAILING).run()
    done = project.run("@reports/rerun.txt")
    assert done.junit_statuses() == {"A lion roars": "failed"}


@pytest.mark.parametrize(
    "arguments",
    [
        ["--tags=-@provider"],
        ["--tags=not @provider"],
        ["-t", "@smoke"],
        ["features/zoo/lions.feature:4"],
        ["-f", "plain"],
        ["-f", "json", "-o", "lions.json"],
        ["--stop"],
        ["--no-summary"],
    ],
)
def test_behave_s_own_arguments_run_and_report(project, arguments):
    done = project.feature("@smoke" + GOOD).run(*arguments)
    assert done.code == 0, done.err
    assert done.junit_statuses() == {"A lion sleeps": "passed"}


@pytest.mark.parametrize(
    ("arguments", "shown"),
    [
        (["--dry-run"], "1 scenario(s) with 1 step(s), none undefined"),
        (["-f", "steps.usage"], "UNUSED STEP DEFINITIONS"),
        (["--steps-catalog"], "Given all is well"),
        (["-f", "steps.doc"], "all is well"),
    ],
)
def test_catalogues_and_dry_runs_touch_nothing(project, arguments, shown):
    done = project.feature(GOOD).run(*arguments)
    assert done.code == 0, done.err
    assert shown in done.out
    assert "SESSION OPENED" not in done.out
    assert not done.reports.exists()


def test_a_dry_run_finds_an_undefined_step(project):
    done = project.feature("Scenario: Lost\n Given nothing like it").run("--dry-run")
    assert done.code == 1
    assert "features/zoo/lions.feature:3: undefined: Given nothing like it" in done.out
    assert "1 scenario(s) with 1 step(s), 1 undefined" in done.out
