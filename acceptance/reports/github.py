"""What GitHub Actions shows: an annotation at the line of each failure, and the summary of the job."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from pathlib import Path

from acceptance.reports.terminal_progress import duration
from acceptance.redaction import mask_own
from acceptance.reports.terminal_summary import skip_reasons
from acceptance.verdicts.verdict import Status, Verdict
from acceptance.visible import shown

# In bytes. GitHub drops a summary of more than 1,048,576 as a whole.
LARGEST_SUMMARY = 900_000


def annotations(verdicts: Sequence[Verdict]) -> Iterator[str]:
    """Yield one workflow command for each failure."""
    for verdict in verdicts:
        if verdict.red:
            place = f"file={_property(verdict.file)},line={verdict.line},title={_property(verdict.title)}"
            yield f"::error {place}::{_data(_explanation(verdict))}"


def write_job_summary(path: Path, verdicts: Sequence[Verdict], wall_seconds: float) -> None:
    """Append the run to the job's summary, cut where GitHub would take none of it.

    Raises OSError when the file cannot be written.
    """
    counts = Counter(verdict.status for verdict in verdicts)
    totals = [*(str(counts[status]) for status in Status), duration(wall_seconds)]
    table = ([*Status, "wall time"], ["---"] * len(totals), totals)
    head = "\n".join(["## Acceptance", "", *(f"| {' | '.join(row)} |" for row in table), ""])
    skips = "".join(f"* {count} x {reason}\n" for reason, count in skip_reasons(verdicts))
    end = f"\n### Skipped\n\n{skips}" if skips else ""
    with path.open("ab") as summary:
        room = LARGEST_SUMMARY - summary.tell() - len((head + end).encode())
        summary.write((head + _failures(verdicts, room) + end).encode())


def _failures(verdicts: Iterable[Verdict], room: int) -> str:
    """Return the entries of failures that fit into so many bytes, and how many did not."""
    entries = [_entry(verdict) for verdict in verdicts if verdict.red]
    ends = accumulate(len(entry.encode()) for entry in entries)
    kept = sum(end <= room for end in ends)
    left_out = len(entries) - kept
    return "".join(entries[:kept]) + f"\n{left_out} more failure(s) are in the reports.\n" * bool(left_out)


def _entry(verdict: Verdict) -> str:
    explanation = "".join(f"    {line}\n" for line in _explanation(verdict).split("\n"))
    return f"\n### {verdict.status}: {mask_own(verdict.title)}\n`{verdict.location}`\n\n{explanation}"


def _explanation(verdict: Verdict) -> str:
    return "\n".join(filter(None, [mask_own(verdict.step), shown(verdict.message)]))


def _data(text: str) -> str:
    return mask_own(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
