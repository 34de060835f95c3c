"""What GitHub Actions shows: an annotation at the line of each failure, and the summary of the job."""

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from acceptance.reports.terminal_progress import duration
from acceptance.redaction import mask_own, mask_text
from acceptance.reports.terminal_summary import skip_reasons
from acceptance.verdicts.verdict import Status, Verdict


def annotations(verdicts: Sequence[Verdict]) -> Iterator[str]:
    """Yield one workflow command for each failure."""
    for verdict in verdicts:
        if verdict.red:
            place = f"file={_property(verdict.file)},line={verdict.line},title={_property(verdict.title)}"
            yield f"::error {place}::{_data(_explanation(verdict))}"


def write_job_summary(path: Path, verdicts: Sequence[Verdict], wall_seconds: float) -> None:
    """Append the run to the job's summary. Raises OSError when the file cannot be written."""
    counts = Counter(verdict.status for verdict in verdicts)
    totals = [*(str(counts[status]) for status in Status), duration(wall_seconds)]
    table = ([*Status, "wall time"], ["---"] * len(totals), totals)
    lines = ["## Acceptance", "", *(f"| {' | '.join(row)} |" for row in table)]
    for verdict in verdicts:
        if verdict.red:
            lines += ["", f"### {verdict.status}: {mask_own(verdict.title)}", f"`{verdict.location}`", ""]
            lines += [f"    {line}" for line in _explanation(verdict).splitlines()]
    if reasons := skip_reasons(verdicts):
        lines += ["", "### Skipped", ""] + [f"* {count} x {reason}" for reason, count in reasons]
    with path.open("a", encoding="utf-8") as summary:
        summary.write("\n".join(lines) + "\n")


def _explanation(verdict: Verdict) -> str:
    return "\n".join(filter(None, [mask_own(verdict.step), mask_text(verdict.message)]))


def _data(text: str) -> str:
    return mask_own(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
