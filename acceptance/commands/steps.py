"""The catalogue of steps: every sentence that a scenario can use, with what it means."""

from argparse import ArgumentParser, Namespace
from itertools import groupby
from pathlib import Path

from acceptance.lint.suite import Definition, load_suite

CATALOGUE = Path("docs/steps.md")
HEAD = """# Step catalogue

Every sentence that a scenario can use, by the noun it is about. Written by
`python -m acceptance steps --write` from the step definitions; a test keeps it fresh. Words in braces are
typed: `{person:Person}` is a first name or "a visitor".
"""


def add_arguments(parser: ArgumentParser) -> None:
    """Declare where the catalogue goes."""
    parser.add_argument("--write", action="store_true", help=f"write {CATALOGUE} anew")


def run(options: Namespace) -> int:
    """Print the catalogue, or write it where it is kept."""
    text = catalogue(load_suite(Path.cwd()).definitions)
    if options.write:
        CATALOGUE.parent.mkdir(exist_ok=True)
        CATALOGUE.write_text(text, encoding="utf-8")
    else:
        print(text)
    return 0


def catalogue(definitions: tuple[Definition, ...]) -> str:
    """Return the catalogue as Markdown, in the order of the files and of the lines in them."""
    ordered = sorted(definitions, key=lambda one: (one.path, one.line))
    parts = [HEAD]
    for path, group in groupby(ordered, key=lambda one: one.path):
        parts.append(f"\n## {path.stem.replace('_', ' ').capitalize()}\n\n")
        parts += [_line(one) for one in group]
    return "".join(parts)


def _line(definition: Definition) -> str:
    meaning = (definition.matcher.func.__doc__ or "").strip().splitlines()[0]
    return f"- **{definition.step_type.capitalize()}** {definition.pattern}  \n  {meaning}\n"
