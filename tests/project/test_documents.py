"""Documents that are written from the code are fresh."""

from pathlib import Path

from acceptance.commands.steps import CATALOGUE, catalogue
from acceptance.lint.suite import load_suite


def test_the_step_catalogue_is_fresh():
    fresh = catalogue(load_suite(Path.cwd()).definitions)
    assert CATALOGUE.read_text(encoding="utf-8") == fresh, "stale: python -m acceptance steps --write"
