"""The agents that people can talk to."""

from collections.abc import Iterable
from dataclasses import dataclass, field

DEFAULT_AGENT = "triage"
MODEL = "gpt-5-mini"


@dataclass(frozen=True)
class Agent:
    """An assistant: its key, how it is presented, its hosted tools and whom it may ask."""

    name: str
    display_name: str
    description: str
    tools: frozenset[str] = field(default_factory=frozenset)
    delegates: frozenset[str] = field(default_factory=frozenset)
    model: str = MODEL


def _agent(
    name: str, display_name: str, description: str, *tools: str, delegates: Iterable[str] = ()
) -> Agent:
    return Agent(name, display_name, description, frozenset(tools), frozenset(delegates))


AGENTS = {
    agent.name: agent
    for agent in (
        _agent(
            "triage",
            "Triage",
            "Answers general questions and hands over to specialists.",
            "web_search",
            delegates=("code_assistant", "researcher"),
        ),
        _agent("code_assistant", "Code Assistant", "Writes and runs code.", "code_interpreter"),
        _agent("company_intel", "Company Intelligence", "Finds out about companies.", "web_search"),
        _agent("compliance_reviewer", "Compliance Reviewer", "Checks texts against policies."),
        _agent("image_studio", "Image Studio", "Draws and edits images.", "image_generation"),
        _agent("pdf_designer", "PDF Designer", "Lays out reports.", "code_interpreter"),
        _agent("researcher", "Researcher", "Collects and weighs sources.", "web_search"),
        _agent("retriever", "Retriever", "Searches the tenant's files.", "file_search"),
        _agent(
            "director",
            "Workflow Director",
            "Plans work for several agents.",
            delegates=("retriever", "pdf_designer", "code_assistant", "researcher", "image_studio"),
        ),
    )
}


def resolve(name: str | None) -> Agent:
    """The agent of this name; the default one for a name that is unknown or not given."""
    return AGENTS.get(name or DEFAULT_AGENT, AGENTS[DEFAULT_AGENT])
