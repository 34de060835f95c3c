"""Who may do what: the access rules of the contract as one table."""

from acceptance.contract import document
from acceptance.contract.document import Operation
from api_service.access.operations import AREAS, parameters

ROLES = ("viewer", "member", "admin", "owner", "operator")
ALLOWED, REFUSED = "may", "refused"
# Whatever these name is the same for every tenant.
SHARED = frozenset({"agent_key", "agent_name", "guardrail_key", "preset_key", "workflow_key"})


def matrix() -> list[dict[str, str]]:
    """Return one row for each operation that needs a token; the lint sees to it that features prove them."""
    known = {operation.name: operation for operation in document.load()}
    return [
        {
            "area": area,
            "operation": phrase,
            "call": name,
            "visitor": REFUSED,
            "other tenant": stranger(known[name]),
            **{role: allowance(known[name], role) for role in ROLES},
        }
        for area, phrases in AREAS.items()
        for phrase, name in phrases.items()
    ]


def allowance(operation: Operation, role: str) -> str:
    """Whether somebody of this role may call the operation, in a word."""
    least = operation.minimum_role or ROLES[0]
    return ALLOWED if ROLES.index(role) >= ROLES.index(least) else REFUSED


def stranger(operation: Operation) -> str:
    """What becomes of somebody of another tenant, in words."""
    if operation.minimum_role == "operator" or operation.in_tenant or thing_parameter(operation):
        return REFUSED
    return "the same for all" if operation.minimum_role else "only their own"


def thing_parameter(operation: Operation) -> str | None:
    """The path parameter that names the tenant's or person's thing that the operation is about, if any."""
    first = next(iter(parameters(operation.path)), None)
    return None if first in SHARED else first
