"""Workflow runs."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal
from uuid import UUID, uuid4

RunStatus = Literal["running", "succeeded", "failed", "cancelled"]


@dataclass
class StepResult:
    """What one step answered; a branch index if it ran beside others."""

    name: str
    agent_key: str
    stage_name: str
    response_text: str
    response_id: str
    parallel_group: str | None = None
    branch_index: int | None = None


@dataclass
class WorkflowRun:
    """One run of a workflow; `frames` holds the streamed events as the JSON texts that were sent."""

    tenant_id: UUID
    user_id: UUID
    workflow_key: str
    request_message: str
    conversation_id: str
    started_at: datetime
    status: RunStatus = "running"
    ended_at: datetime | None = None
    final_output_text: str | None = None
    steps: list[StepResult] = field(default_factory=list)
    frames: list[str] = field(default_factory=list)
    deleted_at: datetime | None = None
    id: UUID = field(default_factory=uuid4)

    @property
    def workflow_run_id(self) -> UUID:
        """The identifier as the contract calls it."""
        return self.id

    @property
    def step_count(self) -> int:
        """How many steps have answered."""
        return len(self.steps)

    @property
    def duration_ms(self) -> int | None:
        """How long the run took; None while it runs."""
        return int((self.ended_at - self.started_at).total_seconds() * 1000) if self.ended_at else None
