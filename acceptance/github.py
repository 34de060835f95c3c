"""What GitHub Actions shows: an annotation at the line of each failure, and the summary of the job."""

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from acceptance.outcome import Outcome, Status
from acceptance.redaction import mask_text
from acceptance.summary import duration, skip_reasons


def annotations(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """Yield one workflow command for each failure."""
    for outcome in outcomes:
        if outcome.red:
            place = f"file={_property(outcome.file)},line={outcome.line},title={_property(outcome.title)}"
            yield f"::error {place}::{_data(_explanation(outcome))}"


def write_job_summary(path: Path, outcomes: Sequence[Outcome], wall_seconds: float) -> None:
    """Append the run to the job's summary. Raises OSError when the file cannot be written."""
    counts = Counter(outcome.status for outcome in outcomes)
    lines = [
        "## Acceptance",
        "",
        "| " + " | ".join(Status) + " | wall time |",
        "|---" * (len(Status) + 1) + "|",
    ]
    lines.append(
        "| " + " | ".join(str(counts[status]) for status in Status) + f" | {duration(wall_seconds)} |"
    )
    for outcome in outcomes:
        if outcome.red:
            lines += ["", f"### {outcome.status}: {mask_text(outcome.title)}", f"`{outcome.location}`", ""]
            lines += [f"    {line}" for line in mask_text(_explanation(outcome)).splitlines()]
    reasons = skip_reasons(outcomes)
    if reasons:
        lines += ["", "### Skipped", ""] + [f"* {count} x {reason}" for reason, count in reasons]
    with path.open("a", encoding="utf-8") as summary:
        summary.write("\n".join(lines) + "\n")


def _explanation(outcome: Outcome) -> str:
    return "\n".join(filter(None, [outcome.step, outcome.message]))


def _data(text: str) -> str:
    return mask_text(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
