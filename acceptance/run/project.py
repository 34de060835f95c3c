"""What an API's own package tells the toolkit: one `Project`, named in `pyproject.toml`.

[tool.acceptance]
project = "shop_api.project:PROJECT"
"""

import sys
import tomllib
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from acceptance.calls.exchange import Exchange
from acceptance.errors import ConfigurationError
from acceptance.scenarios.undo import Undo
from acceptance.settings.gates import Gate
from acceptance.settings.settings import Settings


@dataclass(frozen=True)
class Identity:
    """What the API's tokens and requests say about the caller, for the prover's faults.

    `boundary_claim` names the account (a tenant, a workspace, a user) behind which things are private;
    `caller_claims` are those that answers repeat.
    """

    boundary_claim: str = ""
    caller_claims: tuple[str, ...] = ("sub",)


def _no_session(reports: Path, **options: Any) -> Any:
    raise ConfigurationError("no API is known: name its project in pyproject.toml under [tool.acceptance]")


@dataclass(frozen=True)
class Project:
    """One API as the toolkit sees it.

    `open_session(reports, config=None, through=None, everybody=True)` starts a run. `undoing(config)` gives
    a function that makes the undo calls of a ledger. `lint_rules` go beside the toolkit's own; `commands`
    name modules as in `acceptance.commands`, by command and help text. For the bench, `costly_calls` name
    operations that cost a service much, and `far_off` is the environment in which the embedded service
    answers 100 ms late.
    """

    settings: type[Settings] = Settings
    open_session: Callable[..., Any] = _no_session
    undoing: Callable[[Any], AbstractContextManager[Callable[[Undo], Exchange]]] | None = None
    identity: Identity = Identity()
    lint_rules: tuple[Callable[..., Any], ...] = ()
    commands: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    costly_calls: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    far_off: Mapping[str, str] = field(default_factory=dict)

    @property
    def gates(self) -> Mapping[str, Gate]:
        """Every gate by its tag."""
        return self.settings.gate_table


def current(root: Path | None = None) -> Project:
    """Return the project named in a folder (or here), else an empty one; raises ConfigurationError."""
    return _load(root or Path.cwd())


@cache
def _load(root: Path) -> Project:
    file = root / "pyproject.toml"
    try:
        document = tomllib.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    except (OSError, ValueError) as error:
        raise ConfigurationError(f"pyproject.toml cannot be read: {error}") from None
    named = document.get("tool", {}).get("acceptance", {}).get("project", "")
    if not named:
        return Project()
    if str(root) not in sys.path:
        sys.path.insert(0, str(root))
    module, _, attribute = named.partition(":")
    try:
        project = getattr(import_module(module), attribute)
    except (ImportError, AttributeError) as error:
        raise ConfigurationError(f'pyproject.toml: the project "{named}" cannot be loaded: {error}') from None
    if not isinstance(project, Project):
        raise ConfigurationError(f'pyproject.toml: "{named}" is no acceptance.run.project.Project')
    return project
