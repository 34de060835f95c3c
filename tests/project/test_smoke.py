"""@smoke passes by every router of the contract: what COVERAGE.md says about it."""

from pathlib import Path

ROOT = Path(__file__).parents[2]


def routers() -> dict[str, bool]:
    """Each router, and whether a smoke scenario passes by one of its operations with success."""
    found: dict[str, bool] = {}
    for line in (ROOT / "COVERAGE.md").read_text(encoding="utf-8").splitlines():
        if line.startswith("| ") and "`" in line:
            router, *_, smoke = (cell.strip() for cell in line.strip("|").split("|"))
            found[router] = found.get(router, False) or smoke == "yes"
    return found


def test_every_router_has_a_happy_path_that_is_smoke():
    known = routers()
    assert len(known) > 25
    assert [router for router, smoke in known.items() if not smoke] == []
