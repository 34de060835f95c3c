"""The events of one reply, in order, before they are numbered and sent."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

from reference_service.catalog.agents import Agent
from reference_service.models.assistants.stream_ends import ErrorPayload
from reference_service.models.assistants.stream_items import (
    Citation,
    MessageCitationEvent,
    MessageDeltaEvent,
    OutputItemAddedEvent,
    OutputItemDoneEvent,
)
from reference_service.models.assistants.stream_tools import ToolStatusEvent
from reference_service.models.assistants.streams import StreamEvent, StreamPart


class Item:
    """One item of the output; what is added to it carries its place."""

    def __init__(self, draft: "Draft", item_id: str, output_index: int) -> None:
        self.id = item_id
        self._draft, self._index = draft, output_index

    def add(self, kind: type[StreamEvent], **content: Any) -> None:
        """Add an event about the item."""
        self._draft.add(kind, output_index=self._index, item_id=self.id, **content)

    def tool(self, kind: Callable[..., StreamPart], status: str, notices: Any = None, **fields: Any) -> None:
        """Add how far the call of a tool is; the item is the call."""
        tool = kind(tool_call_id=self.id, status=status, **fields)
        self.add(ToolStatusEvent, tool=tool, notices=notices)


class Draft:
    """What an agent does in reply to one message, and what that comes to.

    `text` is the reply, unless `refusal` says why there is none; `failure` ends the run instead of either.
    `pause` is the seconds between the pieces of a text.
    """

    def __init__(self, agent: Agent) -> None:
        self.agent = agent
        self.events: list[tuple[type[StreamEvent], dict[str, Any]]] = []
        self.text = ""
        self.refusal: str | None = None
        self.reasoning: str | None = None
        self.failure: ErrorPayload | None = None
        self.pause = 0.0
        self._citations: list[Citation] = []
        self._items = 0

    def add(self, kind: type[StreamEvent], **content: Any) -> None:
        """Add an event; it names the agent who is speaking."""
        self.events.append((kind, {"agent": self.agent.name, **content}))

    @contextmanager
    def item(self, prefix: str, item_type: str, role: str | None = None) -> Iterator[Item]:
        """An item of the output: added before, done after what happens inside."""
        item = Item(self, f"{prefix}_{uuid4().hex[:12]}", self._items)
        self._items += 1
        item.add(OutputItemAddedEvent, item_type=item_type, role=role, status="in_progress")
        yield item
        item.add(OutputItemDoneEvent, item_type=item_type, role=role, status="completed")

    @contextmanager
    def message(self, text: str) -> Iterator[Item]:
        """A message in pieces; more can be added to it before it is done."""
        with self.item("msg", "message", role="assistant") as item:
            for piece in pieces(text):
                item.add(MessageDeltaEvent, content_index=0, delta=piece)
            yield item

    def cite(self, citation: Citation) -> None:
        """Have the reply name a source."""
        self._citations.append(citation)

    def conclude(self) -> None:
        """Say the text, with its sources."""
        with self.message(self.text) as item:
            for citation in self._citations:
                item.add(MessageCitationEvent, content_index=0, citation=citation)

    def quote(self, other: "Draft", **context: Any) -> None:
        """Add another agent's events inside a context, such as the scope of a call."""
        self.events += [(kind, {**content, **context}) for kind, content in other.events]


def pieces(text: str) -> list[str]:
    """A text word by word; joined they are the text."""
    return re.findall(r"\S+\s*|\s+", text)
