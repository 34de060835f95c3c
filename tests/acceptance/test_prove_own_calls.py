"""Faults of the suite's own calls: whom they meet, which there are, and how a campaign notices them."""

import asyncio
from typing import Any, cast

import pytest

from acceptance.calls.client import RUN
from acceptance.calls.exchange import Call, Exchange
from acceptance.errors import SuiteError
from acceptance.prove.baseline import Baseline
from acceptance.prove.campaign import Campaign
from acceptance.prove.derive import Ids
from acceptance.prove.faults import Fault, ServerError
from acceptance.prove.own_calls import DOCUMENT, Cleanup, Harness, Page, Residue, derive_own, document_faults
from acceptance.prove.wire import SCENARIO, Incoming, Reply
from acceptance.scenarios.undo import CLEANUP
from tests.acceptance.fake_driver import FakeDriver
from tests.acceptance.small_service import CONTRACT

GET, DELETE = (CONTRACT.operation(method, "/things/{id}") for method in ("GET", "DELETE"))


def incoming(request_id: str, operation=DELETE) -> Incoming:
    return Incoming(operation.method, "/things/1", "", [("x-request-id", request_id)], b"", operation, {})


def exchange(operation=DELETE, person: str = "Alice", scenario: str = "", **more: Any) -> Exchange:
    call = Call(person, operation.method, operation.path, token="token")
    return Exchange(operation, call, "", "", status=operation.success[0], scenario=scenario, **more)


@pytest.mark.parametrize(
    ("request_id", "operation", "part"),
    [
        ("run-1", DELETE, RUN),
        ("things.feature:3-2", DELETE, SCENARIO),
        ("things.feature:3-cleanup-4", DELETE, CLEANUP),
        ("", DELETE, SCENARIO),
        ("", DOCUMENT, RUN),
    ],
)
def test_a_fault_meets_the_calls_of_its_own_part_alone(request_id, operation, part):
    request = incoming(request_id, operation)
    inner = ServerError(operation)
    faults: list[Fault] = [inner, Harness.around(inner), Cleanup.around(inner), Residue.around(inner)]
    assert request.part == part
    assert [fault.part for fault in faults if fault.meets(request)] == [part] * (2 if part == CLEANUP else 1)


def test_every_fault_of_own_calls_says_which_it_is():
    signed_out = exchange(body={"revoked": True}, content=b"{}")
    undone = exchange(person=CLEANUP)
    derived = [*document_faults(), *derive_own([signed_out], [undone], Ids())]
    found = {fault.words for fault in derived}
    name = "DELETE /things/{id}"
    assert found >= {
        "GET /openapi.json: harness (a gateway's page)",
        "GET /openapi.json: harness (wrong success status)",
        "GET /openapi.json: harness (nothing documented)",
        f"{name}: harness (field lost at $.revoked)",
        f"{name}: residue (delete acknowledged but not done)",
        f"{name}: cleanup (a gateway's page)",
        f"{name}: cleanup (wrong success status)",
    }
    assert not [words for words in found if "harness (delete" in words or "cleanup (delete" in words]


def test_a_gateways_page_is_a_success_of_another_status():
    async def forward(_: Incoming) -> Reply:
        return Reply(204, [])

    fault = Cleanup.around(Page(DELETE))
    reply = asyncio.run(fault.apply(incoming("things.feature:3-cleanup-4"), forward))
    assert (reply.status, fault.times_met) == (200, 1)


class FakeStage:
    """A run that notices the faults that it should; `left` is what its residue says once."""

    def __init__(self, notices: bool) -> None:
        self.notices, self.armed, self.calls = notices, cast(Any, None), list[str]()
        self.proxy = self.session = self
        self.left = list[str]()

    def prepare(self, everybody: bool) -> None:
        self._serve("prepare", RUN)

    def end(self) -> None:
        self.calls.append("end")

    def run(self) -> bool:
        return not self._serve("scenario", CLEANUP)

    def _serve(self, what: str, part: str) -> bool:
        self.calls.append(what)
        if self.armed is None or self.armed.part != part:
            return False
        self.armed.served += 1
        if self.notices and part == RUN:
            raise SuiteError("the seed was refused")
        if self.notices and isinstance(self.armed, Residue):
            self.left = ["the thing 1 is still there"]
            return False
        return self.notices

    def inventories(self) -> list[Any]:
        return []

    def left_behind(self, _: list[Any]) -> list[str]:
        told, self.left = self.left, []
        return told

    def close(self) -> None:
        pass


@pytest.mark.parametrize("notices", [True, False])
@pytest.mark.parametrize(
    ("kind", "why"),
    [
        (Harness, "the seed was refused"),
        (Cleanup, "cleanup failed"),
        (Residue, "the thing 1 is still there"),
    ],
)
def test_a_fault_is_noticed_by_the_part_that_meets_it(kind, why, notices):
    campaign = Campaign(cast(Any, FakeDriver("cleanup failed")), lambda _: cast(Any, FakeStage(notices)))
    campaign.baseline = Baseline(current="one", seconds={"one": 1.0})
    campaign.baseline.note(exchange(GET, scenario="one", body={"id": "1"}))
    campaign.baseline.note(exchange(person=CLEANUP))
    result = campaign.prove(kind.around(ServerError(DELETE)))
    assert (result.killed_by, result.why) == (("one", why) if notices else ("", ""))
    assert result.served
