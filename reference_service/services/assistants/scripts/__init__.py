"""What the deterministic assistant does: it answers every message, and plays a richer part on request.

A script is chosen by a phrase in the message, so that every kind of stream event can be asked for.
"""

from collections.abc import Callable, Mapping

from reference_service.catalog.agents import Agent
from reference_service.models.assistants.stream_items import LifecycleEvent
from reference_service.services.assistants.scripts import hosted_tools, own_tools, turns
from reference_service.services.assistants.scripts.draft import Draft

Script = Callable[[Draft], None]

SCRIPTS: Mapping[str, Script] = {
    "search the web": hosted_tools.search_web,
    "search my files": hosted_tools.search_files,
    "run some code": hosted_tools.run_code,
    "draw a picture": hosted_tools.draw,
    "look up": own_tools.look_up,
    "connected server": own_tools.use_connected_server,
    "ask the researcher": own_tools.ask_researcher,
    "think aloud": turns.think,
    "hand me over": turns.hand_over,
    "everything we ever said": turns.forget,
    "take your time": turns.slow_down,
    "unspeakable": turns.refuse,
    "break down": turns.fail,
}


def draft_of(agent: Agent, message: str) -> Draft:
    """The events and the text with which the agent replies; the same message always gets the same text."""
    draft = Draft(agent)
    draft.text = f"Stub response: {message}" if message else "Stub response."
    draft.add(LifecycleEvent, status="in_progress")
    for phrase, script in SCRIPTS.items():
        if phrase in message.casefold():
            script(draft)
    if not draft.refusal and not draft.failure:
        draft.conclude()
        draft.add(LifecycleEvent, status="completed")
    return draft
