"""Who may do what: the access rules of the contract as one table."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from acceptance.contract import document
from acceptance.contract.document import Operation

ROLES = ("viewer", "member", "admin", "owner", "operator")
ALLOWED, REFUSED = "may", "refused"


@cache
def operations() -> Mapping[str, Operation]:
    """Return the operations that need a token by the phrase for them, such as "list the members"."""
    return {operation.meaning.phrase: operation for operation in document.load() if operation.needs_token}


def matrix() -> list[dict[str, str]]:
    """Return one row for each operation that needs a token; the lint sees to it that features prove them."""
    rows = [
        {
            "area": Path(operation.semantics.source[operation.name]).stem.capitalize(),
            "operation": phrase,
            "call": operation.name,
            "visitor": REFUSED,
            "other tenant": stranger(operation),
            **{role: allowance(operation, role) for role in ROLES},
        }
        for phrase, operation in operations().items()
    ]
    return sorted(rows, key=lambda row: row["area"])


def allowance(operation: Operation, role: str) -> str:
    """Whether somebody of this role may call the operation, in a word."""
    least = operation.minimum_role or ROLES[0]
    return ALLOWED if ROLES.index(role) >= ROLES.index(least) else REFUSED


def stranger(operation: Operation) -> str:
    """What becomes of somebody of another tenant, in words."""
    if operation.minimum_role == "operator" or operation.in_account or thing_parameter(operation):
        return REFUSED
    return "the same for all" if operation.minimum_role else "only their own"


def thing_parameter(operation: Operation) -> str | None:
    """The path parameter that names the tenant's or person's thing that the operation is about, if any."""
    first = next(iter(operation.parameters), "")
    return None if operation.semantics.parameter(first).same_for_all_accounts else first or None
