"""Whether a run kept within the time that it should take, and whether it is red if it did not."""

from difflib import get_close_matches
from typing import Any

from acceptance.errors import ConfigurationError

STRICT = "strict_budget"


def is_strict(userdata: Any) -> bool:
    """Return whether `-D strict_budget` was given; behave itself takes no options of others.

    Names with a dot are a formatter's, such as `AllureFormatter.issue_pattern`. Raises ConfigurationError for
    any other one, which would be ignored.
    """
    unknown = [name for name in userdata if name != STRICT and "." not in name]
    if unknown:
        near = get_close_matches(unknown[0], [STRICT], cutoff=0.6)
        hint = f"did you mean -D {STRICT}?" if near else f"there is only -D {STRICT}"
        raise ConfigurationError(f"-D {unknown[0]} means nothing to this suite; {hint}")
    try:
        return bool(userdata.getbool(STRICT))
    except ValueError:
        raise ConfigurationError(f'-D {STRICT} is "{userdata[STRICT]}"; write true or false') from None


def exceeded(seconds: float, budget: float, setting: str) -> str:
    """Return in words by how much a run took longer than its budget (both in seconds); "" if it did not.

    A budget of 0 is none.
    """
    if not budget or seconds <= budget:
        return ""
    over = seconds - budget
    return f"the run took {seconds:.1f} s, {over:.1f} s more than its budget of {budget:g} s ({setting})"
