"""How texts find their steps: each step exactly one definition, each definition at least one step."""

from collections.abc import Iterator

from acceptance.lint.finding import Finding, Rules
from acceptance.lint.suite import Suite

RULES = Rules()


@RULES.of_suites
def steps_are_defined(suite: Suite) -> Iterator[Finding]:
    """Every step text, outlines filled in, matches a definition."""
    for (step_type, text), place in suite.step_texts.items():
        if not suite.matches[step_type, text]:
            what = f"no definition for: {step_type.capitalize()} {text}"
            yield Finding(*place, what, "mend the text or define the step")


@RULES.of_suites
def steps_are_unambiguous(suite: Suite) -> Iterator[Finding]:
    """behave takes the first definition that matches, by order of file names."""
    mend = "narrow one by a typed parameter, such as {title:Quoted}"
    for (step_type, text), place in suite.step_texts.items():
        if len(found := suite.matches[step_type, text]) > 1:
            patterns = " and ".join(f'"{one.pattern}" ({one.path}:{one.line})' for one in found)
            yield Finding(*place, f'"{text}" matches {patterns}', mend)


@RULES.of_suites
def definitions_are_used(suite: Suite) -> Iterator[Finding]:
    """A definition that no feature uses is dead."""
    used = {definition for found in suite.matches.values() for definition in found}
    for one in suite.definitions:
        if one not in used:
            yield Finding(one.path, one.line, f'no step uses "{one.pattern}"', "remove the pattern")
