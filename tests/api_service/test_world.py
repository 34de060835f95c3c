"""What a scenario's world does beyond its calls."""

from types import SimpleNamespace
from typing import Any

from acceptance.calls.exchange import Call
from acceptance.scenarios.undo import Undo
from acceptance.scenarios.undo_ledger import Ledger, Undos
from api_service.people.accounts import Person
from api_service.rules.memory import Memory
from api_service.world import World


def test_a_cleanup_counts_for_no_scenario(tmp_path):
    made_for = []

    class Client(SimpleNamespace):
        def send(self, call: Call) -> Any:
            made_for.append(self.scenario)
            return SimpleNamespace(is_as_promised=True)

    alice = Person("Alice", "alice@example.com", "a password")
    suite: Any = SimpleNamespace(
        cast=SimpleNamespace(named=lambda *_: alice),
        people=SimpleNamespace(token=lambda _: "token"),
        settings=SimpleNamespace(user_password=""),
    )
    client: Any = Client(scenario="A parcel arrives", request_name="parcels.feature:3")
    undos = Undos(Ledger(tmp_path / "ledger.jsonl", {}))
    caller = {"email": "alice@example.com", "tenant_id": "tenant-1"}
    undos.add(Undo(caller, "DELETE", "/parcels/{id}", what="a parcel"))
    parts: dict[str, Any] = {"suite": suite, "client": client, "petsage": client, "undos": undos}
    world = World(**parts, persons={}, ordinal=1, memory=Memory())
    world.clean_up()
    assert made_for == [""]
    assert client.request_name == "parcels.feature:3-cleanup"
