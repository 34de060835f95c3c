"""Agents, chat, conversations, guardrails, tools and workflows."""

from reference_service.routers.assistants import (
    agents,
    chat,
    conversations,
    guardrails,
    ledger,
    tools,
    workflow_replay,
    workflow_runs,
    workflows,
)

# A fixed path stands before one with a parameter in the same place: first match wins.
ROUTERS = [
    agents.router,
    tools.router,
    guardrails.router,
    chat.router,
    conversations.router,
    ledger.router,
    workflow_runs.router,
    workflow_replay.router,
    workflows.router,
]
