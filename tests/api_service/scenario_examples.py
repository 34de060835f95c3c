"""Answers as they come one after the other in a scenario, and what contradicts them."""

from typing import Any

from acceptance.calls.exchange import Exchange
from acceptance.contract.document import Finding
from api_service.rules.memory import Memory
from tests.acceptance.answers import NOW, OTHER, TENANT, answer

CONVERSATION = "/conversations/{conversation_id}"
STORE = {"id": OTHER, "name": "Papers", "tenant_id": TENANT, "created_at": NOW}
PATH = {"conversation_id": OTHER}


def contradictions(*exchanges: Exchange) -> list[Finding]:
    """Return the findings of the last exchange after all the others were fine."""
    memory = Memory()
    *before, last = exchanges
    assert [finding for exchange in before for finding in memory.findings(exchange)] == []
    return memory.findings(last)


def rules(*exchanges: Exchange) -> set[str]:
    return {finding.rule for finding in contradictions(*exchanges)}


def titled(title: str | None, operation: str = f"GET {CONVERSATION}", **more: Any) -> Exchange:
    return answer(operation, {"conversation_id": OTHER, "display_name": title}, values=PATH, **more)


def stores(*shown: dict[str, Any], **more: Any) -> Exchange:
    return answer("GET /vector-stores", {"items": list(shown), "total": len(shown)}, **more)


def made(**fields: Any) -> Exchange:
    return answer("POST /vector-stores", {**STORE, **fields}, 201, sent={"name": "Papers"})


def deleted(operation: str = "DELETE /vector-stores/{vector_store_id}", **values: str) -> Exchange:
    return answer(operation, None, 204, values=values or {"vector_store_id": OTHER})


def page(cursor: str | None, *ids: str, limit: int = 2) -> Exchange:
    query = {"limit": limit, **({"cursor": cursor} if cursor else {})}
    body = {"items": [{"id": one} for one in ids], "next_cursor": f"after-{ids[-1]}"}
    return answer("GET /activity", body, query=query)
