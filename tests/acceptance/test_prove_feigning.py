"""What a fault answers in place of the service: as plausible as the service's own answer."""

import json
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from uuid import UUID

import jwt
import pytest

from acceptance.calls.exchange import Call, Exchange
from acceptance.contract.document import Contract
from acceptance.prove.derive import Ids, derive
from acceptance.prove.effect_faults import Known
from acceptance.prove.faked_answers import plausible
from acceptance.prove.field_faults import Changed, Flipped, Swapped
from acceptance.prove.wire import Incoming, Routes

PATHS = ("/vector-stores/{id}/files", "/vector-stores/{id}", "/vector-stores/all", "/.well-known/jwks.json")
CONTRACT = Contract({"paths": {path: {"get": {}, "post": {"responses": {"201": {}}}} for path in PATHS}})
FILES = CONTRACT.operation("POST", "/vector-stores/{id}/files")
OLD, NEW, MADE = (str(UUID(int=number)) for number in (1, 2, 3))
THEN = datetime(2026, 5, 1, 12, tzinfo=UTC)


def token(tenant: str) -> str:
    return jwt.encode({"tenant_id": tenant, "sub": f"user:of-{tenant}"}, "a key of at least 32 bytes, really")


def recorded() -> Exchange:
    body = {
        "id": MADE,
        "store_id": OLD,
        "tenant_id": "before",
        "name": "Then",
        "created_at": (THEN - timedelta(seconds=1)).isoformat(),
        "founded_at": (THEN - timedelta(days=9)).isoformat(),
    }
    call = Call("Alice", "POST", FILES.path, {"id": OLD}, {"name": "Then"}, token=token("before"))
    headers = {"content-type": "application/json", "date": format_datetime(THEN, usegmt=True)}
    return Exchange(FILES, call, "", "", headers=headers, status=201, body=body)


def answer() -> dict[str, str]:
    headers = [("authorization", f"Bearer {token('now')}")]
    incoming = Incoming("POST", "", "", headers, b'{"name": "Now"}', FILES, {"id": NEW})
    reply = plausible(recorded(), incoming)
    assert reply.status == 201
    return json.loads(reply.body)


def test_a_feigned_answer_speaks_of_this_request():
    feigned = answer()
    assert (feigned["store_id"], feigned["tenant_id"], feigned["name"]) == (NEW, "now", "Now")


def test_what_a_feigned_answer_made_has_an_id_of_its_own():
    assert UUID(answer()["id"])
    assert answer()["id"] not in (MADE, answer()["id"])


def test_a_feigned_answer_is_of_now_and_what_was_long_ago_stays():
    feigned = answer()
    made = datetime.fromisoformat(feigned["created_at"])
    assert abs(datetime.now(UTC) - made) < timedelta(minutes=1)
    assert feigned["founded_at"] == recorded().body["founded_at"]


@pytest.mark.parametrize(
    ("path", "template"),
    [
        ("/vector-stores/7", "/vector-stores/{id}"),
        ("/vector_stores/7/files", "/vector-stores/{id}/files"),
        ("/vector-stores/all", "/vector-stores/all"),
        ("/.well-known/jwks.json", "/.well-known/jwks.json"),
        ("/vector.stores/7", None),
    ],
)
def test_the_operation_of_a_path_is_found_whatever_the_spelling(path, template):
    operation, _ = Routes(CONTRACT).find("GET", path)
    assert (operation.path if operation else None) == template


def seen(operation: str, body: object) -> Exchange:
    found = CONTRACT.operation("POST", operation)
    return Exchange(found, Call("Alice", "POST", found.path), "", "", status=201, body=body)


def test_an_id_is_swapped_for_one_that_was_given_for_another_thing_of_its_kind():
    first, second = (seen("/vector-stores/all", {"store_id": name}) for name in ("one", "two"))
    elsewhere = seen("/vector-stores/{id}", {"store_id": "three", "user_id": "four"})
    derived = derive([first], Known(), Ids([first, second, elsewhere]))
    assert [fault.value for fault in derived if isinstance(fault, Swapped)] == ["three"]
    alone = derive([first], Known(), Ids([first]))
    assert [fault.value for fault in alone if isinstance(fault, Swapped)] == ["on1"]


def test_neighbours_in_a_list_change_their_ids():
    listed = {"items": [{"id": "one"}, {"id": "two"}, {"id": "three"}]}
    swapped = Swapped(FILES, ("items", "*", "id"), "other").spoilt_body(listed)
    assert [item["id"] for item in swapped["items"]] == ["two", "one", "three"]


def test_names_that_a_run_chose_are_no_part_of_a_place():
    asked = seen("/vector-stores/all", {"flags": {"feature.beta": True}, "owners": {"a-1": {"role": "x"}}})
    derived = derive([asked], Known(), Ids())
    places = {fault.place for fault in derived if isinstance(fault, Flipped | Changed)}
    assert places == {"$.flags[*]", "$.owners[*].role"}
