"""What the terminal shows when a run is over; failures come last and short."""

from collections import Counter
from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.text import Text

from acceptance.outcome import Outcome, Status
from acceptance.progress import STYLES, counts_text
from acceptance.redaction import mask_text


def print_summary(
    console: Console, outcomes: Sequence[Outcome], more_lines: Iterable[str], wall_seconds: float
) -> None:
    """Print skips by reason, failures, the given lines, and the totals with the wall time."""
    _print_skips(console, outcomes)
    _print_failures(console, outcomes)
    console.print()
    for line in more_lines:
        console.print(mask_text(line))
    features = len({outcome.file for outcome in outcomes if outcome.scenario})
    totals = counts_text(Counter(outcome.status for outcome in outcomes))
    console.print(
        Text(f"{features} feature{'s' * (features != 1)}: ") + totals + Text(f"  in {duration(wall_seconds)}")
    )


def duration(seconds: float) -> str:
    """Return a wall time as people say it: `4.2 s` or `2 min 05 s`."""
    if seconds < 60:
        return f"{seconds:.1f} s"
    return f"{int(seconds) // 60} min {int(seconds) % 60:02d} s"


def skip_reasons(outcomes: Iterable[Outcome]) -> list[tuple[str, int]]:
    """Return the reasons of all skips with their counts, the most frequent first."""
    reasons = Counter(mask_text(outcome.message) for outcome in outcomes if outcome.status is Status.SKIPPED)
    return reasons.most_common()


def _print_skips(console: Console, outcomes: Sequence[Outcome]) -> None:
    reasons = skip_reasons(outcomes)
    if reasons:
        console.print("\nSkipped", style="bold")
        for reason, count in reasons:
            console.print(f"  {count:4}  {reason}")


def _print_failures(console: Console, outcomes: Sequence[Outcome]) -> None:
    red = [outcome for outcome in outcomes if outcome.red]
    if red:
        console.print("\nFailures", style="bold")
    for outcome in red:
        console.print()
        console.print(
            Text(f"{outcome.status}  ", style=STYLES[outcome.status]) + Text(mask_text(outcome.title))
        )
        console.print(f"  {outcome.location}")
        if outcome.step:
            console.print(f"  {mask_text(outcome.step)}")
        for line in mask_text(outcome.message).splitlines():
            console.print(f"    {line}")
