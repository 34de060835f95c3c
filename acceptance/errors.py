"""What ends a run with one sentence instead of a traceback."""

import errno
import os
from pathlib import Path

# What begins the evidence below a message: the request and its answer, which may hold anything.
EVIDENCE = "\n  request: "


class SuiteError(Exception):
    """Ends the run: its text is one sentence that says what, where and how to mend it."""

    exit_code = 1


class ConfigurationError(SuiteError):
    """A setting, tag, gate or file of the suite is wrong (exit code 2)."""

    exit_code = 2


class NothingRanError(SuiteError):
    """No scenario ran, an open gate ran none, or the target lacks operations (exit code 3)."""

    exit_code = 3


class TargetError(SuiteError):
    """The service is unreachable or cannot be seeded (exit code 4)."""

    exit_code = 4


class NotOfferedError(Exception):
    """The target does not offer what a scenario needs; the scenario is skipped with this text as reason."""


class NotServedError(NotOfferedError):
    """The target does not route an operation of the contract, of which `operation` is the name."""

    def __init__(self, operation: str) -> None:
        super().__init__(f"the target does not serve {operation}")
        self.operation = operation

    def __reduce__(self) -> tuple[type[Exception], tuple[str]]:
        return type(self), (self.operation,)


class OutOfReachError(NotOfferedError):
    """A limit that was set is off, or further than a scenario goes: on the embedded target, too."""


def unwritable(folder: Path, error: OSError) -> ConfigurationError:
    """Return the error of a run that has nowhere to write its reports."""
    return ConfigurationError(
        f"the reports folder {folder} cannot be written ({error.strerror}: {error.filename or folder}); "
        "make it writable and leave it some space"
    )


def unprepared(folder: Path, error: OSError) -> SuiteError:
    """Return the error of a run that the operating system keeps from beginning, wherever that is."""
    named = Path(os.fsdecode(error.filename)) if isinstance(error.filename, str | bytes) else None
    if error.errno in {errno.ENOSPC, errno.EDQUOT} or (named and named.is_relative_to(folder)):
        return unwritable(folder, error)
    where = f": {named}" if named else ""
    return SuiteError(f"the run cannot be prepared ({error.strerror or error}{where})")
