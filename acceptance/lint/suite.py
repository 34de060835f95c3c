"""Everything the rules look at: features by behave's own parser, steps by behave's own loader."""

import ast
import traceback
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from behave.matchers import ParseMatcher
from behave.model import Examples, Feature, Rule, Scenario, ScenarioOutline, Step
from behave.parser import ParserError, parse_file
from behave.runner_util import exec_file, load_step_modules
from behave.step_registry import registry

from acceptance.contract import document
from acceptance.contract.document import Contract
from acceptance.errors import ConfigurationError
from acceptance.run import project
from acceptance.run.project import Project
from acceptance.run.step_files import area_folders

StepText = tuple[str, str]
FUNCTION = (ast.FunctionDef, ast.AsyncFunctionDef)
# The files whose scenarios may have more than one When; see `journey_rules`.
JOURNEY = "journey"
STEP_DECORATORS = frozenset({"given", "when", "then", "step"})


@dataclass(frozen=True)
class FeatureFile:
    """One feature, parsed and as it is written; paths are relative to the project's root."""

    path: Path
    feature: Feature
    lines: tuple[str, ...]

    @property
    def line(self) -> int:
        """The line of the title."""
        return int(self.feature.line)

    @property
    def area(self) -> str:
        """The folder below `features/`."""
        return self.path.parts[1] if len(self.path.parts) > 2 else ""

    @property
    def is_journey(self) -> bool:
        """Whether the file tells journeys through its area."""
        return self.path.stem == JOURNEY

    @property
    def single(self) -> list[Scenario]:
        """Scenarios and outlines with one promise each: all that are no journey."""
        return [] if self.is_journey else self.written

    @property
    def rules(self) -> list[Rule]:
        """The `Rule:` groups of the file."""
        return list(self.feature.rules)

    @property
    def written(self) -> list[Scenario]:
        """Scenarios and outlines as they stand in the file, not expanded."""
        every = self.feature.walk_scenarios(with_outlines=True)
        return [scenario for scenario in every if not isinstance(scenario.parent, ScenarioOutline)]

    @property
    def outlines(self) -> list[ScenarioOutline]:
        """The outlines of the file."""
        return [scenario for scenario in self.written if isinstance(scenario, ScenarioOutline)]

    @property
    def backgrounds(self) -> list[Any]:
        """The backgrounds of the feature and of its rules."""
        return [part.background for part in (self.feature, *self.rules) if part.background]

    @property
    def examples(self) -> list[Examples]:
        """The Examples tables of every outline."""
        return [examples for outline in self.outlines for examples in outline.examples]

    @property
    def written_steps(self) -> list[Step]:
        """Steps as they stand in the file, each once, backgrounds first."""
        return [step for part in (*self.backgrounds, *self.written) for step in part.steps]

    @property
    def run_steps(self) -> list[Step]:
        """Steps as they run: outlines filled in, backgrounds first."""
        expanded = [scenario for scenario in self.feature.walk_scenarios() if scenario.steps]
        return [step for part in (*self.backgrounds, *expanded) for step in part.steps]


@dataclass(frozen=True, eq=False)
class Definition:
    """One pattern of a step definition; a function may carry several."""

    path: Path
    line: int
    step_type: str
    pattern: str
    matcher: Any

    def matches(self, step_type: str, text: str) -> bool:
        """Say whether a step of this type and text would run this definition."""
        return self.step_type in (step_type, "step") and bool(self.matcher.match(text))


@dataclass(frozen=True)
class StepFunction:
    """The source of one step definition."""

    file: "StepFile"
    node: ast.FunctionDef | ast.AsyncFunctionDef

    @property
    def line(self) -> int:
        """The line of its `def`."""
        return self.node.lineno

    @property
    def decorators(self) -> set[str]:
        """Which of given, when, then and step it is decorated with."""
        calls = (node.func for node in self.node.decorator_list if isinstance(node, ast.Call))
        return {node.id for node in calls if isinstance(node, ast.Name)} & STEP_DECORATORS


@dataclass(frozen=True)
class StepFile:
    """The source of one file below `steps/`."""

    path: Path
    tree: ast.Module

    @property
    def functions(self) -> list[StepFunction]:
        """The step definitions of the file."""
        found = (StepFunction(self, node) for node in self.tree.body if isinstance(node, FUNCTION))
        return [function for function in found if function.decorators]


@dataclass(frozen=True)
class Suite:
    """Features, step definitions, the sources of the step files, and the contract if there is one.

    `shared_words` are the typed words that `environment.py` registers for the steps of every file.
    """

    root: Path
    features: tuple[FeatureFile, ...]
    definitions: tuple[Definition, ...]
    step_files: tuple[StepFile, ...]
    shared_words: frozenset[str] = frozenset()
    contract: Contract | None = None
    project: Project = field(default_factory=Project)

    @property
    def scenarios(self) -> list[Scenario]:
        """Every scenario and outline of the suite as written."""
        return [scenario for file in self.features for scenario in file.written]

    @cached_property
    def step_texts(self) -> dict[StepText, tuple[Path, int]]:
        """Every step as it runs, with the first place that says it."""
        texts: dict[StepText, tuple[Path, int]] = {}
        for file in self.features:
            for step in file.run_steps:
                texts.setdefault((step.step_type, step.name), (file.path, step.line))
        return texts

    @cached_property
    def matches(self) -> dict[StepText, tuple[Definition, ...]]:
        """All definitions that a step could run; behave itself stops at the first."""
        every = self.definitions
        return {text: tuple(one for one in every if one.matches(*text)) for text in self.step_texts}


def load_suite(root: Path) -> Suite:
    """Read the suite below `root`; raise ConfigurationError when there is none or behave cannot read it."""
    root = root.resolve()
    if not any((root / "features").rglob("*.feature")):
        raise ConfigurationError("there is no feature file below features/; run this from the project's root")
    shared_words = _run_step_files(root)
    contract = root / "contract" / "openapi.json"
    sources = sorted((root / "steps").rglob("*.py"))
    return Suite(
        root,
        features=tuple(_features(root)),
        definitions=tuple(_definitions(root)),
        step_files=tuple(StepFile(one.relative_to(root), ast.parse(one.read_bytes())) for one in sources),
        shared_words=shared_words,
        contract=document.load(contract) if contract.exists() else None,
        project=project.current(root),
    )


def _features(root: Path) -> Iterator[FeatureFile]:
    for path in sorted((root / "features").rglob("*.feature")):
        name = path.relative_to(root)
        try:
            feature = parse_file(str(path))
        except ParserError as error:
            raise ConfigurationError(f"{name}:{error.line}: {error.args[0]}") from error
        if feature is None:
            raise ConfigurationError(f"{name}: the file holds no feature; write or remove it")
        yield FeatureFile(name, feature, tuple(path.read_text(encoding="utf-8").splitlines()))


def _definitions(root: Path) -> Iterator[Definition]:
    for step_type, matchers in registry.steps.items():
        for matcher in matchers:
            path = Path(matcher.location.filename).resolve().relative_to(root)
            yield Definition(path, matcher.location.line, step_type, matcher.pattern, matcher)


def _run_step_files(root: Path) -> frozenset[str]:
    """Fill behave's registry and return the typed words that are registered before any step file."""
    registry.clear()
    ParseMatcher.clear_registered_types()
    environment = root / "environment.py"
    try:
        if environment.exists():
            exec_file(str(environment), {})
        shared_words = frozenset(ParseMatcher.TYPE_REGISTRY)
        load_step_modules([str(root / "steps"), *area_folders(root)])
    except Exception as error:
        what = f"{_place(error, root)} does not load: {type(error).__name__}: {error}"
        raise ConfigurationError(what) from error
    if bad := registry.error_handler.bad_step_definitions:
        places = ", ".join(str(matcher.location) for matcher in bad)
        raise ConfigurationError(f"behave cannot read the pattern of {places}")
    return shared_words


def _place(error: Exception, root: Path) -> str:
    """Return the line of the suite that raised, as the traceback names it."""
    frames = reversed(traceback.extract_tb(error.__traceback__))
    places = ((Path(frame.filename).resolve(), frame.lineno) for frame in frames)
    own = (root / "steps", root / "environment.py")
    found = (f"{path.relative_to(root)}:{line}" for path, line in places if {path, *path.parents} & {*own})
    return next(found, "steps/")
