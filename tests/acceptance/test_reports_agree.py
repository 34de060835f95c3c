"""One red run of every kind: terminal, JUnit and Allure tell the same story."""

import re

HOOKS = """
    def before_scenario(context, scenario):
        if "billing" in scenario.effective_tags:
            scenario.skip("gate @billing is closed: set SMOKE_ENABLE_BILLING=1")
        if scenario.name == "A hook breaks":
            raise ValueError("no lion to begin with")

    def after_feature(context, feature):
        raise OSError("the cage stays open")
"""
SEED = """
    from behave import given

    @given("a seed that is refused")
    def refuse_seed(context):
        raise AssertionError("expected the seed to be accepted, got status 400")
"""
KNOWN = ("The target is known for this", "it fails", "got a mouse", "defect", "the lion sleeps")
ISSUES = f"issues = KnownIssues([KnownIssue(*{KNOWN!r}, defect='D7')])"
SCENARIOS = """
    Scenario: All is well
      Given all is well
    Scenario: The product fails
      Then it fails
    Scenario: A step breaks
      Then it breaks
    Scenario: A cleanup breaks
      Given a cleanup that breaks
    Scenario: A hook breaks
      Given all is well
    Scenario: A step is missing
      Given nothing like it
    Scenario: A seed is refused
      Given a seed that is refused
      Then it fails
    Scenario: The target is known for this
      Then it fails
    @billing
    Scenario: A gate is closed
      Given all is well
    Rule: Inside
      Scenario: A rule fails
        Then it fails
      @billing
      Scenario Outline: A gate is closed to <who>
        Given all is well
        Examples:
          | who  |
          | Leo  |
          | Lena |
"""
EXPECTED = {
    "All is well": "passed",
    "The product fails": "failed",
    "A step breaks": "broken",
    "A cleanup breaks": "broken",
    "A hook breaks": "broken",
    "A step is missing": "broken",
    "A seed is refused": "failed",
    # Neither JUnit nor Allure has a word for it: a skip that says why.
    "The target is known for this": "skipped",
    "A gate is closed": "skipped",
    "A rule fails": "failed",
    "A gate is closed to Leo": "skipped",
    "A gate is closed to Lena": "skipped",
    "after_feature of the feature": "broken",
}


def messages_of_junit(done):
    return {name: case[-1].get("message") for name, case in done.junit().items() if len(case)}


def messages_of_allure(done):
    return {
        name: result["statusDetails"]["message"]
        for name, result in done.allure().items()
        if "statusDetails" in result
    }


def messages_of_terminal(done):
    """The message of each failure as the terminal shows it, below the title, the place and the step."""
    blocks = done.out.split("\nFailures\n")[1].split("\ncoverage:")[0].strip().split("\n\n")
    found = [
        re.fullmatch(r"(?:failed|broken)  (.*)\n  .*\n(?:  \w.*\n)?((?:    .*\n?)+)", block)
        for block in blocks
    ]
    return {match[1]: match[2].replace("    ", "").strip() for match in found if match}


def test_terminal_junit_and_allure_tell_the_same(project):
    project.write("environment.py", HOOKS).write("steps/seed.py", SEED).runner(ISSUES)
    done = project.feature(SCENARIOS).run()
    assert done.code == 1
    assert done.junit_statuses() == EXPECTED
    assert {name: result["status"] for name, result in done.allure().items()} == EXPECTED

    assert messages_of_junit(done) == messages_of_allure(done)
    red = {name for name, status in EXPECTED.items() if status in {"failed", "broken"}}
    told = messages_of_terminal(done)
    assert told.keys() == red
    assert told == {name: text for name, text in messages_of_junit(done).items() if name in red}

    assert "CAPTURED" not in done.out
    assert "     3  gate @billing is closed: set SMOKE_ENABLE_BILLING=1\n" in done.out
    assert "  The target is known for this: known issue D7 (defect): the lion sleeps\n" in done.out
    assert "1 feature: 1 passed, 3 failed, 5 broken, 3 skipped, 1 known" in done.out
