"""The access matrix is complete: whatever the contract protects, features show to be protected."""

from collections.abc import Iterator
from pathlib import Path

from acceptance.contract.document import Operation
from acceptance.lint.finding import Finding, Rules
from acceptance.lint.suite import Suite
from api_service.access import ROLES, thing_parameter
from api_service.access.attempts import LOWER_ROLES
from api_service.access.things import THINGS

PLACE = Path("features/access")
RANKS = {rank.split()[1]: rank for rank in LOWER_ROLES}
STEPS_OF_THINGS = {
    **{
        thing.parameter: f"Brian tries everything that can be done with that {kind}"
        for kind, thing in THINGS.items()
    },
    # Needs a file at the provider, as features/content/provider_files.feature has it.
    "file_id": 'Brian tries to download the file "terms.txt"',
}

RULES = Rules()


@RULES.of_suites
def protected_operations_are_in_the_matrix(suite: Suite) -> Iterator[Finding]:
    """Visitors, lower roles and strangers try every operation that the contract keeps from them."""
    steps = {text for step_type, text in suite.step_texts if step_type == "when"}
    for operation in suite.contract or ():
        # The lint of the semantics asks for a phrase where there is none.
        phrase = operation.meaning.phrase if operation.needs_token else ""
        for text in expected_steps(operation, phrase) if phrase else ():
            if text not in steps:
                what = f'{operation.name} is not in the matrix: no row makes "{text}"'
                yield Finding(PLACE, 0, what, "add the row")


def expected_steps(operation: Operation, phrase: str) -> Iterator[str]:
    """Yield the steps that prove who may not call an operation."""
    yield f"a visitor attempts to {phrase}"
    if operation.minimum_role not in {"", ROLES[0]}:
        yield f"everybody below {RANKS[operation.minimum_role]} attempts to {phrase}"
    if operation.in_account:
        yield f"Brian attempts to {phrase} as if of the tenant of Alice"
    parameter = thing_parameter(operation)
    if parameter and operation.minimum_role != "operator":
        yield STEPS_OF_THINGS.get(parameter, f"Brian tries everything that a {{{parameter}}} names")
