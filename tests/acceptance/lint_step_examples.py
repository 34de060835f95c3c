"""For each lint rule about steps, variants of the small good suite that break it."""

from tests.acceptance.lint_examples import GOOD, STEPS, in_feature, in_steps


def acting(body: str, more: str) -> dict[str, str]:
    """Return the good suite with a line in its When, and more text below its steps."""
    return GOOD | {
        "steps/parcels.py": STEPS.replace("    context.done =", f"{body}    context.done =") + more
    }


BAD = {
    "definitions-have-docstrings": [in_steps('    """Pack a parcel."""\n', "")],
    "docstrings-are-sentences": [
        in_steps("Pack a parcel.", "Pack a parcel"),
        in_steps("Pack a parcel.", "the parcel is packed."),
    ],
    "typed-words-are-registered-once": [
        in_steps("then, when\n", "then, when, register_type\n\nregister_type(Parcel=str)\n")
        | {other: "from behave import register_type\n\nregister_type(Parcel=int)\n"}
        for other in ("steps/abroad.py", "steps/post/abroad.py", "environment.py")
    ],
    "definitions-name-their-type": [
        in_steps("from behave import given,", "from behave import given, step,")
        | {
            "steps/parcels.py": STEPS.replace("import given", "import given, step").replace(
                "@then(", "@step("
            )
        }
    ],
    "definitions-are-short": [in_steps("    assert title\n", "    assert title\n" * 11)],
    "when-never-asserts": [
        in_steps("    context.done =", "    assert title\n    context.done ="),
        in_steps("    context.done =", "    assert_that(title, 'Books')\n    context.done ="),
        in_steps("    context.done =", "    raise AssertionError(title)\n    context.done ="),
        acting("    assertions.check(title)\n", "from acceptance.checks import assertions\n"),
        acting("    see(title)\n", "from acceptance.checks.assertions import check as see\n"),
        acting(
            "    look(title)\n",
            "def look(title):\n    see(title)\n\n\ndef see(title):\n    assert title\n",
        ),
    ],
    "then-asserts": [in_steps("    assert context.done[1] == title\n", "    context.done.count(title)\n")],
    "then-changes-nothing": [
        in_steps("    assert context", f"    {change}\n    assert context")
        for change in ("context.seen = title", "context.seen += 1", "context.state.keep(title, 1)")
    ],
    "subjects-never-assert": [
        GOOD | {"api_service/subjects/post/parcels.py": text}
        for text in (
            "assert 1\n",
            "raise AssertionError('late')\n",
            "from acceptance.checks import assertions\n",
            "from acceptance.checks.assertions import check\n",
            "import hamcrest\n",
            "from hamcrest import equal_to\n",
        )
    ],
    "only-when-acts": [
        in_steps("    assert title\n", "    context.world.act(title)\n"),
        in_steps("    assert context", "    context.world.act(title)\n    assert context"),
    ],
    "steps-call-no-steps": [
        in_steps("    context.done =", "    context.execute_steps('Given x')\n    context.done =")
    ],
    "step-files-stand-alone": [
        GOOD | {"steps/people.py": "import parcels\n"},
        GOOD | {"steps/people.py": "from parcels import arrive\n"},
    ],
    "steps-are-defined": [in_feature('Alice sends the parcel "Books"', 'Alice forgets the parcel "Books"')],
    "steps-are-unambiguous": [
        # The general pattern comes last, where behave itself sees no clash.
        GOOD
        | {
            "steps/things.py": 'from behave import given\n\n@given("Alice has {things}")\n'
            'def things(context, things):\n    """Have things."""\n'
        },
        # The narrow pattern comes first; the untyped parameter of the second swallows both titles.
        in_feature('parcel "Books"', 'parcel "Books" and a parcel "Cups"')
        | {
            "steps/abroad.py": "from behave import given\n\n"
            '@given(\'Alice has packed a parcel "{a}" and a parcel "{b}"\')\n'
            'def things(context, a, b):\n    """Have things."""\n'
        },
    ],
    "definitions-are-used": [
        in_steps(
            "@when('Alice sends the parcel \"{title}\"')",
            '@when(\'Alice sends the parcel "{title}"\')\n@when("Alice naps")',
        ),
    ],
}
