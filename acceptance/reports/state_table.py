"""What a failed scenario knew by name, as a table under its failure."""

from acceptance.redaction import mask_text
from acceptance.verdicts.verdict import Verdict

HEADINGS = ("title", "kind", "id")


def state_table(verdict: Verdict) -> list[str]:
    """Return the lines of the table, its headings first and secrets hidden; none when nothing was kept."""
    rows = [HEADINGS, *(tuple(map(_cell, row)) for row in verdict.things)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = ["  ".join(map(str.ljust, row, widths)).rstrip() for row in rows]
    return lines if verdict.things else []


def _cell(text: str) -> str:
    # What the service sent may hold anything; a row stays one line.
    masked = mask_text(text)
    return masked if masked.isprintable() else repr(masked)
