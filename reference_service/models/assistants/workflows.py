"""Workflows, their runs and what the runs answered."""

from datetime import datetime
from typing import Any
from uuid import UUID

from reference_service.catalog.workflows import StageMode
from reference_service.models.assistants.chat import AgentInput
from reference_service.models.assistants.conversations import MessageAttachment
from reference_service.models.base import ResponseModel
from reference_service.records.workflows import RunStatus


class WorkflowSummary(ResponseModel):
    """A workflow in the catalog."""

    key: str
    display_name: str
    description: str
    step_count: int
    default: bool


class WorkflowListResponse(ResponseModel):
    """A page of the catalog, by key; `total` counts all that match."""

    items: list[WorkflowSummary]
    next_cursor: str | None
    total: int


class WorkflowStepDescriptor(ResponseModel):
    """One agent's turn."""

    name: str
    agent_key: str
    guard: str | None = None
    guard_type: str | None = None
    input_mapper: str | None = None
    input_mapper_type: str | None = None
    max_turns: int | None = None
    output_schema: dict[str, Any] | None = None


class WorkflowStageDescriptor(ResponseModel):
    """Steps one after the other or side by side."""

    name: str
    mode: StageMode
    reducer: str | None
    steps: list[WorkflowStepDescriptor]


class WorkflowDescriptorResponse(ResponseModel):
    """A workflow with its stages."""

    key: str
    display_name: str
    description: str
    default: bool
    allow_handoff_agents: bool = False
    step_count: int
    stages: list[WorkflowStageDescriptor]
    output_schema: dict[str, Any] | None = None


class WorkflowRunRequestBody(AgentInput):
    """What the workflow is to work on."""


class WorkflowStepResult(ResponseModel):
    """What one step answered."""

    name: str
    agent_key: str
    response_text: str
    structured_output: Any | None = None
    response_id: str
    stage_name: str
    parallel_group: str | None
    branch_index: int | None
    output_schema: dict[str, Any] | None = None


class WorkflowRunResponse(ResponseModel):
    """A finished run."""

    workflow_key: str
    workflow_run_id: UUID
    conversation_id: str
    steps: list[WorkflowStepResult]
    final_output: Any | None
    output_schema: dict[str, Any] | None = None
    attachments: list[MessageAttachment] | None = None


class WorkflowRunListItem(ResponseModel):
    """A run in a list; the duration is in milliseconds."""

    workflow_run_id: UUID
    workflow_key: str
    status: RunStatus
    started_at: datetime
    ended_at: datetime | None
    user_id: UUID
    conversation_id: str | None
    step_count: int
    duration_ms: int | None
    final_output_text: str | None


class WorkflowRunListResponse(ResponseModel):
    """A page of runs, newest first."""

    items: list[WorkflowRunListItem]
    next_cursor: str | None


class WorkflowRunDetail(ResponseModel):
    """A run with its steps."""

    workflow_key: str
    workflow_run_id: UUID
    tenant_id: UUID
    user_id: UUID
    status: RunStatus
    started_at: datetime
    ended_at: datetime | None
    final_output_text: str | None
    final_output_structured: Any | None = None
    request_message: str
    conversation_id: str | None
    output_schema: dict[str, Any] | None = None
    steps: list[WorkflowStepResult]


class WorkflowRunCancelResponse(ResponseModel):
    """Whether the run was stopped."""

    workflow_run_id: UUID
    success: bool
