"""What the terminal shows while a run goes on: one live line on a terminal, one line a feature elsewhere."""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from behave.formatter.base import Formatter
from rich.console import Console
from rich.live import Live
from rich.text import Text

from acceptance.reports.junit import Seconds
from acceptance.reports.masked_output import obeyed
from acceptance.verdicts.verdict import Status, Verdict, title_of

STYLES = {
    Status.PASSED: "green",
    Status.FAILED: "red",
    Status.BROKEN: "magenta",
    Status.SKIPPED: "yellow",
    Status.KNOWN: "cyan",
    Status.NOT_RUN: "red",
}


class ProgressFormatter(Formatter):  # type: ignore[misc]  # behave is untyped
    """behave's default formatter in this suite (`-f acceptance`)."""

    name = "acceptance"
    description = "A live line on a terminal, one line a feature elsewhere"

    def __init__(self, stream_opener: Any, config: Any) -> None:
        super().__init__(stream_opener, config)
        self._console = Console(file=obeyed(self.open()), highlight=False, markup=False, soft_wrap=True)
        self._live = Live(
            console=self._console,
            auto_refresh=False,
            transient=True,
            redirect_stdout=False,  # behave captures by replacing sys.stdout itself
            redirect_stderr=False,
        )
        self._judge: Callable[[Any], Verdict] | None = None
        self._total = 0
        self._seconds: Seconds = {}
        self._left = 0.0
        self._counts: Counter[Status] = Counter()
        self._feature_counts: Counter[Status] = Counter()
        self._feature: Any = None
        self._scenario: Any = None
        self._counted: set[int] = set()
        self._in_hand: Sequence[Any] = ()

    def expect(self, selected: Sequence[Any], judge: Callable[[Any], Verdict], seconds: Seconds) -> None:
        """Learn what will run, how to judge what has ended, and how long each took in the last run."""
        self._total = len(selected)
        self._judge = judge
        self._seconds = seconds
        self._left = sum(self._seconds_of(scenario) for scenario in selected)
        if self._console.is_terminal:
            self._live.start()

    def at_work(self, in_hand: Sequence[Any], ended: Any = None) -> None:
        """Show what the workers have in hand; count the scenario that has ended, if one has."""
        self._in_hand = in_hand
        if ended:
            self._tally(ended)
        self._show()

    def feature(self, feature: Any) -> None:
        """Begin a feature."""
        self._feature = feature
        self._feature_counts.clear()

    def scenario(self, scenario: Any) -> None:
        """Count the scenario before and show this one."""
        self._count()
        self._scenario = scenario
        self._show()

    def rule_finished(self) -> None:
        """Count the last scenario of a rule."""
        self._count()

    def eof(self) -> None:
        """Count the last scenario; print the feature where nothing is live."""
        self._count()
        if self._judge and not self._live.is_started:
            red = self._feature_counts[Status.FAILED] + self._feature_counts[Status.BROKEN]
            mark = ("FAIL  ", "red") if red else ("ok    ", "green")
            place = f"{self._feature.name}  ({self._feature.filename})  "
            self._console.print(Text.assemble(mark, place, counts_text(self._feature_counts)))

    def close(self) -> None:
        """Remove the live line."""
        self._live.stop()
        super().close()

    def _count(self) -> None:
        if self._scenario and self._judge:
            self._feature_counts[self._tally(self._scenario)] += 1
        self._scenario = None

    def _tally(self, scenario: Any) -> Status:
        """Count a scenario once, though it may have ended in a worker before its feature is shown."""
        assert self._judge
        status = self._judge(scenario).status
        if id(scenario) not in self._counted:
            self._counted.add(id(scenario))
            self._counts[status] += 1
            self._left -= self._seconds_of(scenario)
        return status

    def _seconds_of(self, scenario: Any) -> float:
        return self._seconds.get((str(scenario.filename), title_of(scenario)), 0.0)

    def _show(self) -> None:
        running = self._in_hand or [one for one in [self._scenario] if one]
        if self._live.is_started and running:
            left = self._left / len(running)
            line = Text(f"{self._counts.total() + len(running)}/{self._total}  ")
            if left >= 1:
                line.append(f"{duration(left)} left  ")
            line += counts_text(self._counts)
            if len(running) > 1:
                line.append(f"  {len(running)} workers")
            line.append("  " + " | ".join(f"{one.feature.name}: {title_of(one)}" for one in running))
            self._live.update(line, refresh=True)


def duration(seconds: float) -> str:
    """Return a wall time as people say it: `4.2 s` or `2 min 05 s`."""
    if seconds < 60:
        return f"{seconds:.1f} s"
    return f"{int(seconds) // 60} min {int(seconds) % 60:02d} s"


def counts_text(counts: Counter[Status]) -> Text:
    """Return `3 passed, 1 failed`, coloured; only what is not zero."""
    named = [(f"{counts[status]} {status}", style) for status, style in STYLES.items() if counts[status]]
    return Text(", ").join(Text(text, style=style) for text, style in named or [("nothing", "yellow")])
