"""Foreign text made harmless for a terminal and for the log of a CI run.

A terminal obeys control characters; GitHub's runner obeys a line that begins with `::` behind any blanks, and
`##[` anywhere (its `ActionCommand.cs`). They are shown as escapes that JSON and TOML know, such as `\\u001b`.
"""

import re

from acceptance.redaction import mask_text

# C0 but for tab and line feed, DEL, C1, line separators, what turns the direction of writing; surrogates.
CONTROL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]|#(?=#\\[)"
)
COMMAND = re.compile(r"^([^\S\n]*):(?=:)", re.MULTILINE)


def visible(text: str) -> str:
    """Return the text with nothing in it that a terminal or a CI runner would obey; the rest is unchanged."""
    return COMMAND.sub(r"\1\\u003a", CONTROL.sub(lambda match: f"\\u{ord(match[0]):04x}", text))


def shown(text: str) -> str:
    """Return a text as a terminal may show it: secrets hidden, and nothing in it that is obeyed."""
    return visible(mask_text(text))
