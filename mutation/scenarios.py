"""Which scenarios have a line of the reference service executed, from one run under coverage.py."""

import ast
import shutil
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

from coverage import Coverage, CoverageData

from acceptance.errors import SuiteError
from mutation.workplace import SURVIVED, Workplace

ENTRY_POINT = Path("reference_service/__main__.py")
CONFIGURATION = """[run]
source = reference_service
plugins = mutation.contexts
data_file = {data}
relative_files = true
parallel = true
sigterm = true
core = ctrace
"""
# What is executed as the service starts concerns every scenario.
START = ""
# The calls of the run itself, such as its seed.
RUN = "run"


def measured(workplace: Workplace, kept: Path) -> Path:
    """Return a file that says which scenario had which line executed, made by a run of the whole suite.

    One that was made of the same code is used again. Raises SuiteError when that run is red.
    """
    done = kept / f"{workplace.fingerprint[:12]}.coverage"
    data, settings = workplace.folder / "coverage.data", workplace.folder / "coverage.ini"
    if done.exists():
        return done
    settings.write_text(CONFIGURATION.format(data=data), encoding="utf-8")
    begin = f"import coverage\ncoverage.Coverage(config_file={str(settings)!r}, auto_data=True).start()\n"
    with workplace.changed(ENTRY_POINT, begin + ENTRY_POINT.read_text(encoding="utf-8")):
        outcome = workplace.run([])
    if outcome.kind != SURVIVED:
        raise SuiteError(f"without any mutant the suite is {outcome}")
    # A run may start more than one service; each has written what it executed.
    every = Coverage(config_file=str(settings))
    every.combine()
    every.save()
    return Path(shutil.move(data, done))


class Scenarios:
    """The scenarios of a measured run, by the lines that they had executed."""

    def __init__(self, measured: Path, everybody: bool) -> None:
        """Read a measured run; `everybody` lets all scenarios look at each line."""
        data = CoverageData(str(measured))
        data.read()
        self._all = everybody
        self._lines = {path: data.contexts_by_lineno(path) for path in data.measured_files()}
        self._places: dict[str, list[Path]] = defaultdict(list)
        for place in Path("features").rglob("*.feature"):
            self._places[place.name].append(place)
        self._every = data.measured_contexts() - {START, RUN}

    def touching(self, path: Path, line: int, keen: Mapping[str, int]) -> list[str]:
        """Return where the scenarios are that could notice a change of a line, the most likely ones first.

        They are those that had it executed, and all of them when it is executed as the service starts.
        `keen` says how often scenarios have noticed something.
        """
        lines = self._lines.get(str(path), {})
        statement = _statement(path.read_text(encoding="utf-8"), line)
        contexts = {one for number in statement for one in lines.get(number, ())}
        if START in contexts or contexts == {RUN} or self._all:
            contexts = self._every
        near = set(path.with_suffix("").parts)
        weights: dict[str, int] = {}
        for one in contexts - {RUN}:
            executed = sum(one in found for found in lines.values())
            for place in self._places.get(one.partition(":")[0], ()):
                akin = len(near.intersection(place.with_suffix("").parts))
                location = f"{place}:{one.partition(':')[2]}"
                weights[location] = 1000 * (akin + keen.get(location, 0)) + executed
        return _by_feature(weights)


def _by_feature(weights: dict[str, int]) -> list[str]:
    """Sort places by weight, and keep those of a feature together: behave runs a file once."""
    best: dict[str, int] = {}
    for place, weight in weights.items():
        feature = place.partition(":")[0]
        best[feature] = max(best.get(feature, 0), weight)
    return sorted(weights, key=lambda one: (-best[one.partition(":")[0]], one.partition(":")[0], one))


def _statement(code: str, line: int) -> range:
    """Return the lines of the innermost statement that has this line; of a compound one only its head."""
    found = range(line, line + 1)
    # An outer statement comes before those in it.
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.stmt):
            first = min([node.lineno, *(one.lineno for one in getattr(node, "decorator_list", ()))])
            body = getattr(node, "body", ())
            lines = range(first, body[0].lineno if body else (node.end_lineno or first) + 1)
            found = lines if line in lines else found
    return found
