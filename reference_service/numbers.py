"""Numbers that stand in texts: cursors, versions, identifiers, times."""

import re


def whole_number(text: str) -> int | None:
    """The number that up to 18 ASCII digits write (it fits into 64 bits), or None for any other text."""
    return int(text) if re.fullmatch("[0-9]{1,18}", text) else None
