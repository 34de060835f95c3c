"""A small suite that keeps every lint rule, and for each rule variants of it that break the rule."""

FEATURE = """\
Feature: Parcels
  People send parcels to each other.
  A parcel is theirs until it is handed over.

  Background:
    Given Alice is signed in

  @smoke
  Scenario: A sent parcel arrives
    Given Alice has packed a parcel "Books"
    When Alice sends the parcel "Books"
    Then the parcel "Books" should arrive

  @billing
  Scenario: An unpaid parcel waits
    Given Alice has packed a parcel "Shoes"
    When Alice sends the parcel "Shoes"
    Then the parcel "Shoes" should arrive

  Rule: A parcel stays with its owner

    Scenario Outline: Nobody can <action> a parcel of another tenant
      Given Alice has packed a parcel "Cups"
      When Alice tries to <action> the parcel "Cups"
      Then the parcel "Cups" should arrive

      @issue-7
      Examples: What only its owner may do
        | action |
        | open   |
        | burn   |

    Scenario: A lost parcel is replaced
      Given Alice has packed a parcel "Plates"
      When Alice sends the parcel "Plates"
      Then the parcel "Plates" should arrive
"""

STEPS = '''\
"""Parcels: pack, send, look."""

from behave import given, then, when


@given("Alice is signed in")
def sign_in(context):
    """Sign Alice in."""


@given('Alice has packed a parcel "{title}"')
def pack(context, title):
    """Pack a parcel."""
    assert title


@when('Alice sends the parcel "{title}"')
@when('Alice tries to {action:w} the parcel "{title}"')
def act(context, title, action="send"):
    """Send a parcel, or try to do something else with it."""
    context.done = action, title


@then('the parcel "{title}" should arrive')
def arrive(context, title):
    """Look for the parcel."""
    assert context.done[1] == title
'''

GOOD = {"features/post/parcels.feature": FEATURE, "steps/parcels.py": STEPS}


def in_feature(old: str, new: str) -> dict[str, str]:
    assert old in FEATURE
    return GOOD | {"features/post/parcels.feature": FEATURE.replace(old, new, 1)}


def in_steps(old: str, new: str) -> dict[str, str]:
    assert old in STEPS
    return GOOD | {"steps/parcels.py": STEPS.replace(old, new, 1)}


def retitled(feature: str) -> str:
    """Return the good feature with scenario titles that a second file may use."""
    for title in ("A sent", "An unpaid", "Nobody can", "A lost"):
        feature = feature.replace(title, f"Abroad {title.lower()}")
    return feature


def scenario(number: int) -> str:
    return (
        f"\n    Scenario: Parcel number {number} arrives\n"
        '      When Alice sends the parcel "Books"\n      Then the parcel "Books" should arrive\n'
    )


def journey(scenarios: str) -> dict[str, str]:
    """Return the good suite with journeys beside it."""
    head = "Feature: Journeys\n  People send parcels all day.\n  Each of them arrives.\n\n"
    return GOOD | {"features/post/journey.feature": head + scenarios}


SENDS = '    When Alice sends the parcel "Books"\n'
ARRIVES = '    Then the parcel "Books" should arrive\n'
FIRST = f"""\
  @smoke
  Scenario: Alice has a busy day
    Given Alice has packed a parcel "Books"
{SENDS}{ARRIVES}"""
ABROAD = retitled(FEATURE)


BAD = {
    "feature-titles-unique": [GOOD | {"features/post/abroad.feature": ABROAD}],
    "scenario-titles-unique": [
        in_feature("An unpaid parcel waits", "A sent parcel arrives"),
        GOOD | {"features/post/abroad.feature": FEATURE.replace("Feature: Parcels", "Feature: Abroad")},
    ],
    "titles-differ-as-they-run": [
        in_feature(
            "        | burn   |",
            "        | burn   |\n\n      Examples: Again\n        | action |\n        | open   |",
        )
    ],
    "titles-state-facts": [
        in_feature("A sent parcel arrives", "Verify that a sent parcel arrives"),
        in_feature("Feature: Parcels", "Feature: Test of parcels"),
        in_feature("A parcel stays with its owner", "Checks the owner"),
        in_feature("Scenario: A sent parcel arrives", "Scenario:"),
    ],
    "features-have-two-description-lines": [
        in_feature("  People send parcels to each other.\n", ""),
        in_feature("  Background:\n", "  Backgroud:\n"),
    ],
    "scenarios-do-something": [
        in_feature("        | open   |\n        | burn   |\n", ""),
        GOOD | {"features/post/parcels.feature": FEATURE.partition("      @issue-7")[0]},
        in_feature("  Scenario: An unpaid", "  Scenario: Nothing happens\n\n  Scenario: An unpaid"),
        GOOD | {"features/post/none.feature": "Feature: None\n  One.\n  Two.\n"},
    ],
    "scenarios-are-short": [in_feature(ARRIVES, ARRIVES * 8)],
    "files-are-short": [
        GOOD | {"features/post/parcels.feature": FEATURE + "".join(map(scenario, range(17)))},
    ],
    "examples-are-named": [in_feature("Examples: What only its owner may do", "Examples:")],
    "examples-are-narrow": [
        in_feature(
            "        | action |\n        | open   |\n        | burn   |",
            "        | action | b | c | d | e | f |\n        | open | 1 | 2 | 3 | 4 | 5 |",
        )
    ],
    "outline-titles-vary": [in_feature("Nobody can <action> a parcel", "Nobody can open a parcel")],
    "examples-rows-unique": [in_feature("| burn   |", "| open   |")],
    "tables-are-aligned": [
        in_feature("| open   |", "| open |"),
        in_feature("        | burn", "       | burn"),
    ],
    "descriptions-hide-no-steps": [
        in_feature(
            '    Given Alice has packed a parcel "Books"', '    Givn Alice has packed a parcel "Books"'
        ),
        in_feature("    Given Alice is signed in", "    Gvien Alice is signed in"),
    ],
    "scenarios-have-one-when": [
        in_feature(SENDS, SENDS + SENDS),
        in_feature(SENDS, SENDS + SENDS.replace("When", "And")),
        in_feature(SENDS, ""),
    ],
    "journeys-are-smoke": [journey(FIRST.replace("  @smoke\n", ""))],
    "journeys-are-short": [journey(FIRST + ARRIVES * 38)],
    "journeys-look-at-each-action": [
        journey(FIRST.replace(SENDS, SENDS + SENDS)),
        journey(FIRST + SENDS),
    ],
    "scenarios-end-in-then": [in_feature(ARRIVES, "")],
    "backgrounds-are-given": [
        in_feature("    Given Alice is signed in\n", "    Given Alice is signed in\n" * 3),
        in_feature("    Given Alice is signed in\n", f"    Given Alice is signed in\n{SENDS}"),
    ],
    "only-then-says-should": [
        GOOD
        | {
            "features/post/parcels.feature": FEATURE.replace("should arrive", "arrives"),
            "steps/parcels.py": STEPS.replace("should arrive", "arrives"),
        },
        GOOD
        | {
            "features/post/parcels.feature": FEATURE.replace("is signed in", "should be signed in"),
            "steps/parcels.py": STEPS.replace("is signed in", "should be signed in"),
        },
    ],
    "refusals-were-tried": [
        in_feature('the parcel "Books" should arrive', "the request should be refused as not found")
    ],
    "steps-have-no-trailing-colon": [
        GOOD
        | {
            "features/post/parcels.feature": FEATURE.replace("signed in", "signed in:"),
            "steps/parcels.py": STEPS.replace("signed in", "signed in:"),
        },
    ],
    "texts-are-not-technical": [
        in_feature("A sent parcel arrives", technical)
        for technical in (
            "A parcel sent to https://example.org arrives",
            "A parcel sent to /api/v1/parcels arrives",
            "A POST arrives",
            "A parcel answered with 404 is lost",
            "A status of 200 is fine",
            "The X-Tenant of a parcel",
            "The Content-Type of a parcel",
            "A parcel without header is lost",
            "A parcel is JSON",
            'A parcel is {"a": 1}',
            "The parcel 123e4567-e89b-12d3-a456-426614174000 is lost",
            "The parcel of 2024-02-29 arrives",
            "Alice waits for 5 seconds",
        )
    ]
    + [
        in_feature("| burn   |", "| DELETE |"),
        in_feature(SENDS, f'{SENDS}      """\n      {{"a": 1}}\n      """\n'),
    ],
    "tags-are-declared": [
        in_feature("@billing", "@biling"),
        in_feature("@billing", "@wip"),
        in_feature("@issue-7", "@issue-seven"),
    ],
    "smoke-stays-small": [in_feature("@billing", "@smoke")],
    "every-area-has-smoke": [
        in_feature("  @smoke\n", ""),
        GOOD
        | {
            "features/abroad/abroad.feature": ABROAD.replace("@smoke", "@serial").replace(
                "Feature: Parcels", "Feature: Abroad"
            )
        },
    ],
    "features-lie-in-an-area": [{"features/parcels.feature": FEATURE, "steps/parcels.py": STEPS}],
}
