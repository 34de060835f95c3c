"""Vector stores and the files in them."""

from typing import Any

from fastapi import APIRouter
from pydantic import BaseModel, Field

from provider_doubles.openai import search
from provider_doubles.openai.errors import no_such
from provider_doubles.openai.paging import PageDep
from provider_doubles.openai.state import (
    DEFAULT_CHUNKING,
    Account,
    AccountDep,
    StoreFile,
    VectorStore,
    Wire,
)

router = APIRouter(prefix="/vector_stores", tags=["vector stores"])


class ExpiresAfter(BaseModel):
    """When a vector store expires: days after it was last active."""

    anchor: str = Field(pattern="^last_active_at$")
    days: int = Field(ge=1, le=365)


class StoreRequest(BaseModel):
    """A vector store to create or change."""

    name: str | None = None
    file_ids: list[str] = Field(default_factory=list, max_length=500)
    expires_after: ExpiresAfter | None = None
    metadata: dict[str, str] | None = Field(default=None, max_length=16)


class AttachRequest(BaseModel):
    """A file to index in a vector store."""

    file_id: str
    attributes: dict[str, str | bool | int | float] | None = Field(default=None, max_length=16)
    chunking_strategy: dict[str, Any] | None = None


class RankingOptions(BaseModel):
    """Which results are good enough."""

    score_threshold: float = Field(default=0, ge=0, le=1)


class SearchRequest(BaseModel):
    """What to look for."""

    query: str | list[str]
    filters: dict[str, Any] | None = None
    max_num_results: int = Field(10, ge=1, le=50)
    ranking_options: RankingOptions = RankingOptions()


@router.post("")
async def create_store(account: AccountDep, body: StoreRequest) -> Wire:
    """A new vector store, with files if the request names some."""
    store = VectorStore(body.name, _expiry(body), body.metadata or {})
    for file_id in body.file_ids:
        _attach(account, store, AttachRequest(file_id=file_id))
    account.stores[store.id] = store
    return store.wire()


@router.get("")
async def list_stores(account: AccountDep, page: PageDep) -> Wire:
    """The vector stores."""
    return page.of(account.stores.values())


@router.get("/{store_id}")
async def get_store(account: AccountDep, store_id: str) -> Wire:
    """One vector store."""
    return account.store(store_id).wire()


@router.post("/{store_id}")
async def change_store(account: AccountDep, store_id: str, body: StoreRequest) -> Wire:
    """Change what the request names."""
    store = account.store(store_id)
    for name in body.model_fields_set & {"name", "metadata"}:
        setattr(store, name, getattr(body, name))
    if "expires_after" in body.model_fields_set:
        store.expires_after = _expiry(body)
    return store.wire()


@router.delete("/{store_id}")
async def delete_store(account: AccountDep, store_id: str) -> Wire:
    """Forget a vector store; its files stay."""
    del account.stores[account.store(store_id).id]
    return {"id": store_id, "object": "vector_store.deleted", "deleted": True}


@router.post("/{store_id}/files")
async def attach_file(account: AccountDep, store_id: str, body: AttachRequest) -> Wire:
    """Index a file in a vector store."""
    return _attach(account, account.store(store_id), body).wire()


@router.get("/{store_id}/files")
async def list_store_files(account: AccountDep, store_id: str, page: PageDep) -> Wire:
    """The files of a vector store."""
    return page.of(_indexed(account.store(store_id)))


@router.get("/{store_id}/files/{file_id}")
async def get_store_file(account: AccountDep, store_id: str, file_id: str) -> Wire:
    """One file of a vector store; whoever asks finds it indexed."""
    store = account.store(store_id)
    _indexed(store)
    return _member(store, file_id).wire()


@router.delete("/{store_id}/files/{file_id}")
async def detach_file(account: AccountDep, store_id: str, file_id: str) -> Wire:
    """Take a file out of a vector store; the file itself stays."""
    store = account.store(store_id)
    del store.files[_member(store, file_id).file.id]
    return {"id": file_id, "object": "vector_store.file.deleted", "deleted": True}


@router.post("/{store_id}/search")
async def search_store(account: AccountDep, store_id: str, body: SearchRequest) -> Wire:
    """The best passages for a query."""
    queries = [body.query] if isinstance(body.query, str) else body.query
    results = search.search(_indexed(account.store(store_id)), " ".join(queries), body.filters)
    kept = [result for result in results if result["score"] >= body.ranking_options.score_threshold]
    return {
        "object": "vector_store.search_results.page",
        "search_query": queries,
        "data": kept[: body.max_num_results],
        "has_more": len(kept) > body.max_num_results,
        "next_page": None,
    }


def _expiry(body: StoreRequest) -> dict[str, Any] | None:
    return body.expires_after.model_dump() if body.expires_after else None


def _attach(account: Account, store: VectorStore, body: AttachRequest) -> StoreFile:
    chunking = body.chunking_strategy
    if not chunking or chunking.get("type") == "auto":
        chunking = dict(DEFAULT_CHUNKING)
    file = StoreFile(account.file(body.file_id), store.id, body.attributes or {}, chunking)
    store.files[file.file.id] = file
    return file


def _indexed(store: VectorStore) -> list[StoreFile]:
    for file in store.files.values():
        file.status = "completed"
    return list(store.files.values())


def _member(store: VectorStore, file_id: str) -> StoreFile:
    return store.files.get(file_id) or no_such("file", file_id)
