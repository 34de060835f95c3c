"""Allure shows each scenario once, under its own name, with what was attached to it, and no secret."""

import json

import pytest

STEPS = """
    from acceptance.reports.allure import attach
    import allure

    @given("a note {text}")
    def note(context, text):
        attach("note", text)

    @given("an answer")
    def answer(context):
        attach("answer", '{"name": "Leo", "password": "Savannah-Grass-9"}', "json")
        allure.attach("by the library", name="plain", attachment_type=allure.attachment_type.TEXT)

    @given("these lions")
    @given("this story")
    def lions(context):
        pass
"""
ATTACHING = """
    from acceptance.reports.allure import attach

    def before_all(context):
        attach("run", "for the run")

    def before_scenario(context, scenario):
        attach("before", scenario.name)
        context.add_cleanup(attach, "cleanup", scenario.name, "markdown")

    def after_scenario(context, scenario):
        attach("after", scenario.name)

    def after_feature(context, feature):
        attach("feature", "for the feature")
"""
LEAKING = """
    from acceptance.redaction import learn

    def before_all(context):
        learn("Key-Of-The-Zoo-1")

    def after_scenario(context, scenario):
        print("Key-Of-The-Zoo-1")
        raise ValueError("Key-Of-The-Zoo-1 does not fit")
"""


@pytest.fixture
def zoo(project):
    return project.write("steps/notes.py", STEPS)


def labels(result, name):
    return [label["value"] for label in result["labels"] if label["name"] == name]


def attachments(done, item):
    return {attached["name"]: done.attachment(attached) for attached in item.get("attachments", [])}


def test_labels_come_from_folder_feature_rule_and_tags(zoo):
    done = zoo.feature(
        """
        @smoke @billing
        Scenario: Fed
          Given all is well
        Rule: Quiet hours
          @contract
          Scenario: Asleep
            Given all is well
    """,
        folder="big_cats",
    ).run()
    fed, asleep = done.allure()["Fed"], done.allure()["Asleep"]
    assert labels(fed, "epic") == ["Big cats"]
    assert labels(fed, "feature") == ["Lions"]
    assert labels(fed, "severity") == ["critical"]
    assert labels(fed, "story") == []
    assert labels(asleep, "story") == ["Quiet hours"]
    assert labels(asleep, "severity") == ["normal"]
    assert sorted(labels(fed, "tag")) == ["billing", "smoke"]
    # Allure's timeline is empty without them.
    assert labels(fed, "host") == ["local"]
    assert labels(fed, "thread") == ["main"]


def test_the_tags_of_a_rule_are_those_of_its_scenarios(zoo):
    done = zoo.feature("""
        @billing
        Rule: Quiet hours
          @smoke
          Scenario: Asleep
            Given all is well
    """).run()
    assert labels(done.allure()["Asleep"], "tag") == ["billing", "smoke"]


def test_steps_keep_their_order_status_and_time(zoo):
    done = zoo.feature("""
        Background:
          Given all is well
        Rule: Roaring
          Scenario: Roars
            Given all is well
            Then it fails
            And it breaks
    """).run()
    result = done.allure()["Roars"]
    assert [(step["name"], step["status"]) for step in result["steps"]] == [
        ("Given all is well", "passed"),
        ("Given all is well", "passed"),
        ("Then it fails", "failed"),
        ("And it breaks", "skipped"),
    ]
    assert all(result["start"] <= step["start"] <= step["stop"] <= result["stop"] for step in result["steps"])
    assert result["statusDetails"]["message"] == "expected a lion, got a mouse"
    assert "acceptance" not in result["statusDetails"]["trace"]
    assert "steps/common.py" in result["statusDetails"]["trace"]


def test_namesakes_are_not_merged_and_keep_their_identity(zoo):
    scenarios = """
        Scenario: Same
          Given all is well
        Scenario: Same
          Given all is well
        Scenario Outline: Same <cat>
          Given all is well
          Examples:
            | cat  |
            | lion |
            | lion |
    """
    zoo.feature(scenarios).feature(scenarios, "Lions", folder="other")
    first = {(one["fullName"], one["testCaseId"]) for one in zoo.run().allure_results()}
    assert len({identity for _, identity in first}) == len(first) == 8
    again = {(one["fullName"], one["testCaseId"]) for one in zoo.run("--tags=not @ai").allure_results()}
    assert again == first
    only = zoo.run("features/zoo/lions.feature:4").allure_results()
    assert {(one["fullName"], one["testCaseId"]) for one in only} < first


def test_a_skip_names_its_reason_and_leaks_no_step(zoo):
    zoo.write("environment.py", "def before_scenario(context, s): s.name == 'Closed' and s.skip('gate shut')")
    zoo.write("steps/skip.py", "@given('it skips')\ndef skip(context): context.scenario.skip('no lions')\n")
    done = zoo.feature("""
        Scenario: Closed
          Given a note one
        Scenario: Half
          Given it skips
          And a note two
        Scenario: Open
          Given a note three
    """).run()
    results = done.allure()
    assert results["Closed"]["statusDetails"]["message"] == "gate shut"
    assert results["Half"]["statusDetails"]["message"] == "no lions"
    assert (results["Closed"]["status"], results["Half"]["status"]) == ("skipped", "skipped")
    assert [step["name"] for step in results["Open"]["steps"]] == ["Given a note three"]


def test_a_scenario_that_the_run_did_not_reach_shows_its_steps(zoo):
    zoo.write("environment.py", "def before_feature(context, feature): raise ValueError('hungry')")
    result = zoo.feature("Scenario: Fed\n Given all is well\n Then it fails").run().allure()["Fed"]
    assert [(step["name"], step["status"]) for step in result["steps"]] == [
        ("Given all is well", "skipped"),
        ("Then it fails", "skipped"),
    ]


def test_another_listener_of_allure_is_refused(zoo):
    done = zoo.feature("Scenario: Fed\n Given all is well").run(
        "-f", "allure_behave.formatter:AllureFormatter", "-o", "elsewhere"
    )
    assert done.code == 2
    assert done.sentence.endswith("leave out the formatter of allure-behave")


def test_attachments_stay_with_their_step_and_scenario(zoo):
    zoo.write("environment.py", ATTACHING)
    done = zoo.feature("""
        Scenario: One
          Given a note first
          And an answer
        Rule: Inner
          Scenario: Two
            Given a note second
    """).run()
    for name, text in (("One", "first"), ("Two", "second")):
        result = done.allure()[name]
        assert attachments(done, result) == {"before": name, "after": name, "cleanup": name}
        assert attachments(done, result["steps"][0]) == {"note": text}
    answer = attachments(done, done.allure()["One"]["steps"][1])
    assert json.loads(answer["answer"])["name"] == "Leo"
    assert answer["plain"] == "by the library"
    (whole_run,) = (done.reports / "allure-results").glob("*-globals.json")
    assert attachments(done, json.loads(whole_run.read_text())) == {
        "run": "for the run",
        "feature": "for the feature",
    }


def test_tables_texts_and_rows_are_shown(zoo):
    done = zoo.feature('''
        Scenario Outline: A <size> lion
          Given these lions
            | name | size   |
            | Leo  | <size> |
          And this story
            """
            Once a <size> lion
            """
          Examples: Sizes
            | size |
            | big  |
    ''').run()
    result = done.allure()["A big lion"]
    assert result["parameters"] == [{"name": "size", "value": "big"}]
    assert attachments(done, result["steps"][0])["table"].split() == ["name,size", "Leo,big"]
    assert attachments(done, result["steps"][1])["text"] == "Once a big lion"


def test_links_lead_to_the_issue(zoo):
    done = zoo.feature("@issue-12\nScenario: Known\n Given all is well").run(
        "-D", "AllureFormatter.issue_pattern=https://issues.example/{}"
    )
    (link,) = done.allure()["Known"]["links"]
    assert link == {"type": "issue", "url": "https://issues.example/12", "name": "#12"}


@pytest.mark.parametrize("pattern", ["https://issues.example/", "https://{host}/{}", "https://{}/{}", "{"])
def test_a_pattern_that_takes_no_number_is_refused(zoo, pattern):
    done = zoo.feature("@issue-12\nScenario: Known\n Given all is well").run(
        "-D", f"AllureFormatter.issue_pattern={pattern}"
    )
    assert done.code == 2
    assert done.sentence == f"{pattern}: put {{}} once, where an issue's number goes"


@pytest.mark.parametrize(
    "arguments", [[], ["-f", "plain"], ["-f", "json", "-o", "reports/lions.json", "-f", "pretty", "--junit"]]
)
def test_no_secret_reaches_any_report_or_the_terminal(zoo, arguments):
    zoo.write("environment.py", LEAKING)
    done = zoo.feature("""
        Scenario Outline: A visitor shows <key>
          Given an answer
          And a note <key>
          And these lions
            | <key> |
            | Leo   |
          Then it fails
          Examples: <key>
            | key              | password |
            | Key-Of-The-Zoo-1 | hunter   |
    """).run(*arguments)
    assert done.code == 1
    written = {file: file.read_bytes() for file in done.reports.rglob("*") if file.is_file()}
    assert any(file.name.endswith("-attachment.json") for file in written)
    texts = [done.out.encode(), done.err.encode(), *written.values()]
    for secret in (b"Key-Of-The-Zoo-1", b"Savannah-Grass-9", b"hunter"):
        assert not [text for text in texts if secret in text]


def test_the_run_describes_itself(zoo):
    github = {
        "GITHUB_ACTIONS": "true",
        "GITHUB_SERVER_URL": "https://hub.example",
        "GITHUB_REPOSITORY": "zoo/api",
        "GITHUB_RUN_ID": "77",
        "GITHUB_RUN_NUMBER": "5",
    }
    zoo.runner('open_tags = frozenset({"billing"})')
    done = zoo.feature("@billing\nScenario: Fed\n Given all is well").run("-t", "@billing", env=github)
    folder = done.reports / "allure-results"
    environment = (folder / "environment.properties").read_text()
    assert "target = the zoo\n" in environment
    assert "gates_open = billing\n" in environment
    assert "gates_closed = ai\n" in environment
    assert "tags = @billing\n" in environment
    executor = json.loads((folder / "executor.json").read_text())
    assert executor["buildUrl"] == "https://hub.example/zoo/api/actions/runs/77"
    categories = json.loads((folder / "categories.json").read_text())
    assert [one["name"] for one in categories] == [
        "Known issue",
        "Environment",
        "Product defect",
        "Suite defect",
    ]
