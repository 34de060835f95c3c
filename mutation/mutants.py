"""Mutants of the reference service, drawn by a seed: cosmic-ray's, and one that drops a statement."""

import re
import warnings
from collections.abc import Iterable, Iterator, Sequence
from difflib import unified_diff
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Any

from cosmic_ray import plugins
from cosmic_ray.commands import init
from cosmic_ray.mutating import mutate_code
from cosmic_ray.operators.operator import Operator
from cosmic_ray.work_db import use_db
from cosmic_ray.work_item import MutationSpec, WorkItem

ROOT = Path("reference_service")
LEFT_OUT = {"__main__.py", "config.py", "export.py"}
# `|` stands in types and `**` in calls; a mutant of either is no mutant of what the service does.
# Whether two equal values are one object is Python's affair, and no promise either.
NO_OPERATORS = re.compile(
    r"core/Replace(BinaryOperator_(BitOr|Pow)_\w+|ComparisonOperator_(Eq_Is|NotEq_IsNot|Is_Eq|IsNot_NotEq))"
)
EFFECTS = {"atom_expr", "del_stmt", "raise_stmt"}


class DropStatement(Operator):  # type: ignore[misc]  # cosmic-ray is untyped
    """Has `pass` in place of a call, a raise, a deletion or an assignment to a field or an entry."""

    def mutation_positions(self, node: Any) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
        """Yield where the statement stands, if the node is one."""
        if node.parent is not None and node.parent.type == "simple_stmt" and _has_effect(node):
            yield node.start_pos, node.end_pos

    def mutate(self, node: Any, index: int) -> Any:
        """Return what stands in its place."""
        first = node.get_first_leaf()
        first.value = "pass"
        return first

    @classmethod
    def examples(cls) -> Sequence[Any]:
        """Cosmic-ray's own tests ask for examples; we have ours in `tests/`."""
        return ()


def _has_effect(statement: Any) -> bool:
    if statement.type != "expr_stmt":
        return statement.type in EFFECTS
    target, sign = statement.children[:2]
    # Without the assignment of a plain name, the next line would merely raise a NameError.
    return bool(sign.type == "operator" and (sign.value != "=" or target.type == "atom_expr"))


plugins.OPERATOR_PROVIDERS["statement"] = {DropStatement.__name__: DropStatement}


def modules(paths: Iterable[str]) -> list[Path]:
    """Return the modules below these files and folders; all of the service when none is named."""
    places = [Path(path) for path in paths] or [ROOT]
    found = {module for place in places for module in [place, *place.rglob("*.py")]}
    return sorted(module for module in found if module.suffix == ".py" and module.name not in LEFT_OUT)


def draw(paths: Iterable[str], seed: int, sample: int) -> list[WorkItem]:
    """Return a sample of the mutants of some modules, at most one for each place of the code; 0 takes all."""
    lots: dict[tuple[Path, tuple[int, int]], tuple[bytes, WorkItem]] = {}
    with use_db(":memory:") as every:
        init(modules(paths), every, {})
        items = list(every.work_items)
    for item in items:
        spec = item.mutations[0]
        lot = sha256(f"{seed} {spec.module_path} {spec.operator_name} {spec.occurrence}".encode()).digest()
        place = spec.module_path, spec.start_pos
        if NO_OPERATORS.fullmatch(spec.operator_name):
            continue
        if place not in lots or lot < lots[place][0]:
            lots[place] = lot, item
    drawn = (item for _, item in sorted(lots.values(), key=lambda lot: lot[0]) if _compiles(item))
    return list(islice(drawn, sample or None))


def _compiles(item: WorkItem) -> bool:
    try:
        with warnings.catch_warnings(action="error"):
            compile(mutated(item.mutations[0])[1], "mutant", "exec")
    except (SyntaxError, SyntaxWarning, AttributeError):
        # The last is cosmic-ray's own, about an exception with a dotted name in a tuple.
        return False
    return True


def mutated(spec: MutationSpec) -> tuple[str, str]:
    """Return the code of a module as it is and as the mutant has it."""
    code = spec.module_path.read_text(encoding="utf-8")
    return code, mutate_code(code, plugins.get_operator(spec.operator_name)(), spec.occurrence) or code


def change(code: str, mutant: str) -> str:
    """Return the code that was changed, and on a second line what the mutant has in its place."""
    lines = [*unified_diff(code.splitlines(), mutant.splitlines(), n=0)][2:]
    sides = ((line[1:].strip() for line in lines if line[0] == sign) for sign in "-+")
    return "\n".join(" ".join(filter(None, side)) for side in sides)
