"""What the toolkit is told about the to-do service."""

from dataclasses import dataclass
from types import MappingProxyType

from acceptance.calls.exchange import Call
from acceptance.run import session
from acceptance.run.project import Project
from acceptance.scenarios.scenario import Scenario
from acceptance.settings import gates, settings


@dataclass(frozen=True)
class Settings(settings.Settings):
    """Every setting of a run."""

    prefix = "TODO"
    gate_table = MappingProxyType({"reminders": gates.Gate("reminders", "TODO_REMINDERS", "reminders")})
    password: str = settings.setting("_PASSWORD", "lemon-river-42", "of Alice and Brian", secret=True)


class Session(session.Session):
    """A run in which Alice and Brian have accounts; everybody else is a visitor."""

    settings: Settings
    sign_of_life = Call("the suite", "GET", "/todos")
    service = ("acceptance.serving", "todo_service:app")

    def sign_in(self, world: Scenario, person: str) -> str | None:
        """Return a token of Alice or Brian, and none of a visitor."""
        if person not in {"Alice", "Brian"}:
            return None
        account = {"person": person, "password": self.settings.password}
        return str(world.must("nobody", "POST", "/tokens", json=account).body["token"])


PROJECT = Project(settings=Settings, open_session=Session.open)
