"""What the terminal shows when a run is over; failures come last and short."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from rich.console import Console
from rich.text import Text

from acceptance.reports.state_table import state_table
from acceptance.reports.terminal_progress import STYLES, counts_text, duration
from acceptance.redaction import mask_own
from acceptance.verdicts.verdict import Status, Verdict
from acceptance.visible import shown, visible

# More of them stand in the Allure report alone.
MOST_THINGS = 10


def print_summary(console: Console, verdicts: Sequence[Verdict], more: Iterable[str], seconds: float) -> None:
    """Print skips by reason, failures, the given lines, and the totals with the wall time."""
    _print_skips(console, verdicts)
    _print_known(console, verdicts)
    _print_failures(console, verdicts)
    console.print()
    for line in more:
        console.print(shown(line))
    features = len({verdict.file for verdict in verdicts if verdict.scenario})
    totals = counts_text(Counter(verdict.status for verdict in verdicts))
    noun = "feature" if features == 1 else "features"
    console.print(Text(f"{features} {noun}: ") + totals + Text(f"  in {duration(seconds)}"))


def dry_summary(selected: Sequence[Any], undefined: Iterable[Any]) -> list[str]:
    """Return the lines that end a dry run: every undefined step with its place, and the count of steps."""
    missing = sorted({f"{one.filename}:{one.line}: undefined: {one.keyword} {one.name}" for one in undefined})
    steps = sum(len(list(scenario.all_steps)) for scenario in selected)
    return [*missing, f"{len(selected)} scenario(s) with {steps} step(s), {len(missing) or 'none'} undefined"]


def skip_reasons(verdicts: Iterable[Verdict]) -> list[tuple[str, int]]:
    """Return why scenarios were skipped or not run with their counts, the most frequent first."""
    reasons = Counter(shown(verdict.message).partition("\n")[0] for verdict in verdicts if not verdict.ran)
    return reasons.most_common()


def _print_skips(console: Console, verdicts: Sequence[Verdict]) -> None:
    if reasons := skip_reasons(verdicts):
        console.print("\nSkipped", style="bold")
        for reason, count in reasons:
            console.print(f"  {count:4}  {reason}")


def _print_known(console: Console, verdicts: Sequence[Verdict]) -> None:
    known = [verdict for verdict in verdicts if verdict.status is Status.KNOWN]
    if known:
        console.print("\nKnown issues", style="bold")
    for verdict in known:
        first_line = shown(verdict.message).partition("\n")[0]
        console.print(f"  {mask_own(verdict.title)}: {first_line}")


def _print_failures(console: Console, verdicts: Sequence[Verdict]) -> None:
    red = [verdict for verdict in verdicts if verdict.red]
    if red:
        console.print("\nFailures", style="bold")
    for verdict in red:
        console.print()
        status = (verdict.status.value, STYLES[verdict.status])
        console.print(Text.assemble(status, "  ", mask_own(verdict.title)))
        console.print(f"  {verdict.location}")
        if verdict.step:
            console.print(f"  {mask_own(verdict.step)}")
        for line in shown(verdict.message).split("\n"):
            console.print(f"    {line}")
        if len(verdict.things) <= MOST_THINGS:
            for line in state_table(verdict):
                console.print(f"      {visible(line)}")
