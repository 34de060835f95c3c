"""What the toolkit is told about the api-service: settings, gates, sessions, lint rules, commands."""

from pathlib import Path
from typing import Any

from acceptance.run.project import Identity, Project
from api_service import lint_rules
from api_service.access import lint_rules as access_rules
from api_service.people.accounts import TOKEN
from api_service.people.seed import APPLY
from api_service.settings import Settings
from api_service.undoing import undoing


def open_session(reports: Path, *arguments: Any, **options: Any) -> Any:
    """Start a run; see `acceptance.run.session.Session.open`."""
    # A dry run, and most commands, need none of what a session imports.
    from api_service import session  # noqa: PLC0415

    return session.Session.open(reports, *arguments, **options)


PROJECT = Project(
    settings=Settings,
    open_session=open_session,
    undoing=undoing,
    identity=Identity(boundary_claim="tenant_id", caller_claims=("tenant_id", "sub", "sid")),
    lint_rules=(*access_rules.RULES, *lint_rules.RULES),
    costly_calls={"sign-ins": (f"POST {TOKEN}",), "fixture calls": (f"POST {APPLY}",)},
    far_off={"REFERENCE_LATENCY_SECONDS": "0.1"},
    commands={
        "doctor": (
            "api_service.doctor",
            "say what would run on the configured target, and what keeps the rest from running",
        )
    },
)
