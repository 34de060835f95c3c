"""How texts find their steps: each step exactly one definition, each definition at least one step."""

from collections.abc import Iterator

from acceptance.lint.finding import Finding, Rule
from acceptance.lint.suite import Suite


def steps_are_defined(suite: Suite) -> Iterator[Finding]:
    """Every step text, outlines filled in, matches a definition."""
    for (step_type, text), place in suite.step_texts.items():
        if not suite.matches[step_type, text]:
            yield Finding(
                *place,
                f"no definition for: {step_type.capitalize()} {text}",
                "mend the text or define the step",
            )


def steps_are_unambiguous(suite: Suite) -> Iterator[Finding]:
    """behave takes the first definition that matches, by order of file names."""
    for (step_type, text), place in suite.step_texts.items():
        if len(found := suite.matches[step_type, text]) > 1:
            patterns = " and ".join(f'"{one.pattern}" ({one.path}:{one.line})' for one in found)
            yield Finding(
                *place,
                f'"{text}" matches {patterns}',
                "narrow one by a typed parameter, such as {title:Quoted}",
            )


def definitions_are_used(suite: Suite) -> Iterator[Finding]:
    """A definition that no feature uses is dead."""
    used = {definition for found in suite.matches.values() for definition in found}
    for definition in suite.definitions:
        if definition not in used:
            yield Finding(
                definition.path, definition.line, f'no step uses "{definition.pattern}"', "remove the pattern"
            )


RULES: tuple[Rule, ...] = (steps_are_defined, steps_are_unambiguous, definitions_are_used)
