"""What a write may have changed: the areas of the API that it touches."""

from acceptance.contract.document import Operation
from acceptance.contract.semantics import NO_EFFECT

EVERYTHING = frozenset({"*"})


def area(operation: Operation) -> str:
    """Return the area that an operation belongs to: the first word of its path, with `-` for `_`."""
    return operation.semantics.areas.of(operation.path)


def touched(operation: Operation) -> frozenset[str]:
    """Return the areas that the operation may change; `*` stands for all of them."""
    own, areas = area(operation), operation.semantics.areas
    if not operation.is_write or operation.meaning.effect == NO_EFFECT:
        return frozenset()
    return EVERYTHING if own == areas.seeds else areas.changed_by(own)


def moved(operation: Operation) -> frozenset[str]:
    """Return the areas whose lists the operation may have made longer or shorter."""
    if not operation.is_write:
        return frozenset()
    return touched(operation) | {area(operation), *operation.semantics.areas.recorded_in}
