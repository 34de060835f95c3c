"""Lists as the OpenAI API pages them: by the id after which a page begins."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated, Literal, Protocol

from fastapi import Depends, Query

from provider_doubles.openai.state import Wire


class Listed(Protocol):
    """Whatever has a wire form."""

    def wire(self) -> Wire:
        """The object on the wire."""


@dataclass(frozen=True)
class Page:
    """Which part of a list is asked for."""

    limit: int
    after: str | None
    order: str

    def of(self, things: Iterable[Listed]) -> Wire:
        """The list object for this part of the things, which come oldest first."""
        rows = [thing.wire() for thing in things]
        if self.order == "desc":
            rows.reverse()
        if self.after is not None:
            ids = [row["id"] for row in rows]
            rows = rows[ids.index(self.after) + 1 :] if self.after in ids else []
        shown = rows[: self.limit]
        return {
            "object": "list",
            "data": shown,
            "first_id": shown[0]["id"] if shown else None,
            "last_id": shown[-1]["id"] if shown else None,
            "has_more": len(rows) > len(shown),
        }


async def requested_page(
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
    after: str | None = None,
    order: Literal["asc", "desc"] = "desc",
) -> Page:
    """The part of a list that the query names."""
    return Page(limit, after, order)


PageDep = Annotated[Page, Depends(requested_page)]
