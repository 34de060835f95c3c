"""The hooks of every `environment.py`: a fresh scenario, gates before it, cleanup and evidence after it.

from acceptance.run.hooks import after_scenario, after_step, before_scenario
"""

from typing import Any

from behave.model_type import Status

from acceptance.calls.evidence import narrative
from acceptance.errors import NotOfferedError, NotServedError, OutOfReachError
from acceptance.reports.allure import attach


def before_scenario(context: Any, scenario: Any) -> None:
    """Skip behind a closed gate; otherwise let the session begin the scenario, as `context.world`."""
    if reason := context.session.gates.closed_reason(scenario.effective_tags):
        scenario.skip(reason)
        return
    location = f"{scenario.location.basename()}:{scenario.location.line}"
    context.world = context.session.begin(scenario.name, location)
    context.add_cleanup(context.world.clean_up)


def after_step(context: Any, step: Any) -> None:
    """Turn what the target does not offer into a skip that names it.

    The embedded one offers everything but limits that were set out of reach.
    """
    error = step.exception
    if isinstance(error, OutOfReachError if context.session.settings.embedded else NotOfferedError):
        unserved = isinstance(error, NotServedError) and context.session.unserved.note(error.operation)
        context.scenario.skip(unserved or str(error))
        step.status, step.exception, step.error_message = Status.skipped, None, None


def after_scenario(context: Any, scenario: Any) -> None:
    """Keep what the scenario knew and what went over the wire; an answer nobody looked at may fail it."""
    if "world" not in context:
        return
    scenario.things = list(context.world.state.rows())
    attach("What went over the wire", narrative(context.world.exchanges), "text")
    if scenario.status is Status.passed:
        context.world.finish()
    context.config.stop |= context.session.is_lost()
