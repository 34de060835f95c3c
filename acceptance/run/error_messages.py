"""Whatever keeps a run from being made, as one sentence."""

import sys
from pathlib import Path
from typing import NoReturn

from behave.exception import ConfigError, InvalidFileLocationError, InvalidFilenameError
from behave.exception import FileNotFoundError as FeatureNotFoundError
from behave.parser import ParserError

from acceptance.verdicts.verdict import describe

# What behave says about wrong arguments and features.
BEHAVE_ERRORS: dict[type[Exception], str] = {
    ParserError: "{}",
    ConfigError: "{}",
    FeatureNotFoundError: "{} does not exist",
    InvalidFileLocationError: "{} is no place in a feature file",
    InvalidFilenameError: "{} is no feature file, and no folder that exists",
}


def about_behave(error: Exception) -> str:
    """Return what one of the BEHAVE_ERRORS means."""
    return next(text for kind, text in BEHAVE_ERRORS.items() if isinstance(error, kind)).format(error)


def about_loading(error: BaseException) -> str:
    """Return which of the suite's own files cannot be loaded, and why."""
    return f"the suite's own code cannot be loaded: {_place(error)}{describe(error)}"


def say(sentence: str) -> None:
    """Print the sentence on stderr, with relative paths; the lines of its evidence stay lines."""
    print("error: " + sentence.strip().replace(f"{Path.cwd()}/", ""), file=sys.stderr)


def end(sentence: str, exit_code: int) -> NoReturn:
    """Say the sentence after everything that was printed, and end with the exit code."""
    sys.stdout.flush()
    say(sentence)
    raise SystemExit(exit_code)


def _place(error: BaseException) -> str:
    if isinstance(error, SyntaxError):
        return f"{error.filename}:{error.lineno}: "
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    return f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}: " if trace else ""
