"""The workflows that people can run."""

from dataclasses import dataclass
from typing import Literal

StageMode = Literal["sequential", "parallel"]


@dataclass(frozen=True)
class Step:
    """One agent's turn."""

    name: str
    agent_key: str


@dataclass(frozen=True)
class Stage:
    """Steps one after the other, or side by side with a reducer that joins what they answered."""

    name: str
    mode: StageMode
    steps: tuple[Step, ...]
    reducer: str | None = None


@dataclass(frozen=True)
class Workflow:
    """A chain of stages; each one works on what the one before it answered."""

    key: str
    display_name: str
    description: str
    stages: tuple[Stage, ...]
    default: bool = False

    @property
    def step_count(self) -> int:
        """How many steps all stages have."""
        return sum(len(stage.steps) for stage in self.stages)

    @property
    def agents(self) -> set[str]:
        """The agents that answer in its steps."""
        return {step.agent_key for stage in self.stages for step in stage.steps}


WORKFLOWS = {
    workflow.key: workflow
    for workflow in (
        Workflow(
            "analysis_code",
            "Analysis and Code",
            "Analyses a question, then writes the code that answers it.",
            (
                Stage(
                    "main",
                    "sequential",
                    (Step("analysis", "researcher"), Step("code", "code_assistant")),
                ),
            ),
            default=True,
        ),
        Workflow(
            "analysis_parallel",
            "Parallel Analysis",
            "Looks at a question from two sides at once and brings the findings together.",
            (
                Stage(
                    "fanout",
                    "parallel",
                    (Step("research", "researcher"), Step("code", "code_assistant")),
                    reducer="join_lines",
                ),
                Stage("synthesis", "sequential", (Step("synthesis", "triage"),)),
            ),
        ),
        Workflow(
            "research_report_pdf",
            "Research Report",
            "Researches a subject and lays the findings out as a report.",
            (
                Stage(
                    "main",
                    "sequential",
                    (Step("research", "researcher"), Step("layout", "pdf_designer")),
                ),
            ),
        ),
    )
}
