"""Lists that come in pages, read from the first page to the last."""

from typing import Any

from api_service.world import World

# No scenario has a list this long. One without end is judged on every answer: see acceptance/rules/lists.py.
MOST_PAGES = 100


class Pages(list[list[Any]]):
    """The items of each page of a list, in the order in which the pages were asked for."""


def read_pages(world: World, person: str, path: str, size: int, **request: Any) -> Pages:
    """Ask for a list page by page as the scenario's subject, by `next_cursor` or `next_offset`.

    Returns the items of each page; of a page that is refused, none.
    """
    query, pages = {**request.pop("query", {}), "limit": size}, Pages()
    while len(pages) < MOST_PAGES:
        answer = world.act(person, "GET", path, query=dict(query), **request)
        body = answer.body if isinstance(answer.body, dict) else {}
        pages.append(body.get("items", []))
        following = {name: body.get(f"next_{name}") for name in ("cursor", "offset")}
        if all(value in (None, "") for value in following.values()):
            break
        query |= {name: value for name, value in following.items() if value is not None}
    return pages
