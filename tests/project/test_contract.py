"""The committed contract is the one that the reference service speaks."""

from pathlib import Path

from reference_service.export import contract_text

CONTRACT = Path(__file__).parents[2] / "contract/openapi.json"


def test_the_contract_is_fresh():
    assert CONTRACT.read_text(encoding="utf-8") == contract_text(), "stale: run `make contract` and commit"
