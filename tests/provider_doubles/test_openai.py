"""The OpenAI double as the official client sees it."""

from collections.abc import Iterator

import openai
import pytest

from provider_doubles.openai import create_app
from provider_doubles.serving import running

TEXT = b"Refunds take thirty days.\n\nBananas are yellow."


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with running(create_app()) as url:
        yield f"{url}/v1"


@pytest.fixture
def client(url: str) -> Iterator[openai.OpenAI]:
    with openai.OpenAI(base_url=url, api_key="sk-test", max_retries=0) as client:
        yield client


def upload(client: openai.OpenAI, name: str = "terms.txt", data: bytes = TEXT) -> str:
    return client.files.create(file=(name, data), purpose="assistants").id


def test_an_uploaded_file_can_be_read_until_it_is_deleted(client):
    file = client.files.create(file=("terms.txt", TEXT), purpose="assistants")
    assert (file.filename, file.bytes, file.purpose, file.status) == (
        "terms.txt",
        len(TEXT),
        "assistants",
        "processed",
    )
    assert client.files.retrieve(file.id) == file
    assert client.files.content(file.id).read() == TEXT
    assert file.id in [one.id for one in client.files.list()]
    assert client.files.delete(file.id).deleted
    with pytest.raises(openai.NotFoundError):
        client.files.retrieve(file.id)


def test_lists_are_paged_by_the_client_itself(client):
    ids = [upload(client, f"{number}.txt") for number in range(3)]
    listed = [one.id for one in client.files.list(limit=2, order="asc")]
    assert [one for one in listed if one in ids] == ids


def test_a_vector_store_counts_its_files(client):
    store = client.vector_stores.create(
        name="Handbook", metadata={"team": "support"}, expires_after={"anchor": "last_active_at", "days": 2}
    )
    assert (store.name, store.metadata, store.usage_bytes) == ("Handbook", {"team": "support"}, 0)
    assert store.expires_at == store.created_at + 2 * 86400
    file_id = upload(client)
    attached = client.vector_stores.files.create(vector_store_id=store.id, file_id=file_id)
    assert attached.status == "in_progress"
    assert client.vector_stores.files.poll(file_id, vector_store_id=store.id).status == "completed"
    read = client.vector_stores.retrieve(store.id)
    assert (read.usage_bytes, read.file_counts.completed, read.status) == (len(TEXT), 1, "completed")
    assert client.vector_stores.update(store.id, name="Manual").name == "Manual"
    assert client.vector_stores.delete(store.id).deleted
    with pytest.raises(openai.NotFoundError):
        client.vector_stores.retrieve(store.id)
    assert client.files.retrieve(file_id).id == file_id


def test_a_removed_file_is_found_no_more(client):
    file_id = upload(client)
    store = client.vector_stores.create(name="Terms", file_ids=[file_id])
    assert len(client.vector_stores.search(store.id, query="refunds").data) == 1
    client.vector_stores.files.delete(file_id, vector_store_id=store.id)
    assert client.vector_stores.search(store.id, query="refunds").data == []
    with pytest.raises(openai.NotFoundError):
        client.vector_stores.files.retrieve(file_id, vector_store_id=store.id)


def test_a_deleted_file_leaves_every_store(client):
    file_id = upload(client)
    store = client.vector_stores.create(name="Terms", file_ids=[file_id])
    client.files.delete(file_id)
    assert client.vector_stores.files.list(store.id).data == []


def test_search_finds_passages_best_first(client):
    store = client.vector_stores.create(
        name="Terms", file_ids=[upload(client), upload(client, "days.txt", b"Thirty minutes.")]
    )
    results = client.vector_stores.search(store.id, query="refunds after thirty days").data
    assert [result.content[0].text for result in results] == ["Refunds take thirty days.", "Thirty minutes."]
    assert [result.filename for result in results] == ["terms.txt", "days.txt"]
    assert results[0].score == 0.75
    assert client.vector_stores.search(store.id, query="zebra").data == []
    assert len(client.vector_stores.search(store.id, query="thirty", max_num_results=1).data) == 1


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({"type": "eq", "key": "year", "value": 2025}, True),
        ({"type": "gt", "key": "year", "value": 2025}, False),
        ({"type": "ne", "key": "absent", "value": 1}, False),
        (
            {
                "type": "or",
                "filters": [
                    {"type": "lt", "key": "year", "value": 2000},
                    {"type": "gte", "key": "year", "value": 2025},
                ],
            },
            True,
        ),
    ],
)
def test_search_keeps_to_its_filters(client, filters, found):
    store = client.vector_stores.create(name="Terms")
    client.vector_stores.files.create(
        vector_store_id=store.id, file_id=upload(client), attributes={"year": 2025}
    )
    assert bool(client.vector_stores.search(store.id, query="refunds", filters=filters).data) is found


def test_a_container_holds_files(client):
    container = client.containers.create(name="Sandbox", memory_limit="4g", file_ids=[upload(client)])
    assert (container.name, container.memory_limit, container.status) == ("Sandbox", "4g", "running")
    added = client.containers.files.create(container.id, file=("chart.csv", b"a,b"))
    assert client.containers.files.content.retrieve(added.id, container_id=container.id).read() == b"a,b"
    paths = [file.path for file in client.containers.files.list(container.id, order="asc")]
    assert paths == ["/mnt/data/terms.txt", "/mnt/data/chart.csv"]
    client.containers.files.delete(added.id, container_id=container.id)
    with pytest.raises(openai.NotFoundError):
        client.containers.files.retrieve(added.id, container_id=container.id)
    client.containers.delete(container.id)
    with pytest.raises(openai.NotFoundError):
        client.containers.retrieve(container.id)


@pytest.mark.parametrize(
    "ask",
    [
        lambda client: client.files.content("file-unknown"),
        lambda client: client.files.delete("file-unknown"),
        lambda client: client.vector_stores.create(name="Terms", file_ids=["file-unknown"]),
        lambda client: client.vector_stores.search("vs_unknown", query="refunds"),
        lambda client: client.vector_stores.files.create("vs_unknown", file_id="file-unknown"),
        lambda client: client.containers.create(name="Sandbox", file_ids=["file-unknown"]),
        lambda client: client.containers.files.content.retrieve("cfile_unknown", container_id="cntr_unknown"),
    ],
)
def test_what_does_not_exist_is_refused(client, ask):
    with pytest.raises(openai.NotFoundError, match=r"No .* found"):
        ask(client)


@pytest.mark.parametrize(
    "ask",
    [
        lambda client: client.containers.create(name="Sandbox", memory_limit="3g"),
        lambda client: client.containers.create(name=""),
        lambda client: client.vector_stores.create(expires_after={"anchor": "created_at", "days": 2}),
        lambda client: client.vector_stores.search("vs_unknown", query="refunds", max_num_results=51),
    ],
)
def test_invalid_input_is_refused(client, ask):
    with pytest.raises(openai.BadRequestError, match="Invalid"):
        ask(client)


@pytest.mark.parametrize(
    "filters",
    [
        {"type": "like", "key": "year"},
        {"type": "and", "filters": 5},
        {"type": "and", "filters": [5]},
        {"type": "eq", "key": [], "value": 1},
    ],
)
def test_a_bad_filter_is_refused(client, filters):
    store = client.vector_stores.create(name="Terms", file_ids=[upload(client)])
    with pytest.raises(openai.BadRequestError, match="filter"):
        client.vector_stores.search(store.id, query="refunds", filters=filters)


@pytest.mark.parametrize("threshold", ["high", None, [1], 2])
def test_a_bad_threshold_is_refused(client, threshold):
    store = client.vector_stores.create(name="Terms", file_ids=[upload(client)])
    with pytest.raises(openai.BadRequestError, match="score_threshold"):
        client.vector_stores.search(store.id, query="refunds", ranking_options={"score_threshold": threshold})


def test_a_bad_key_is_refused(url):
    with (
        openai.OpenAI(base_url=url, api_key="nonsense", max_retries=0) as client,
        pytest.raises(openai.AuthenticationError),
    ):
        client.files.list()
