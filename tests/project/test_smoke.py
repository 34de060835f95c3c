"""@smoke touches every router of the contract: what COVERAGE.md, which the last run wrote, says about it."""

from pathlib import Path

from behave.parser import parse_file

ROOT = Path(__file__).parents[2]


def smoke_titles() -> set[str]:
    """Titles of the happy paths; the refusals of features/access stand for no router."""
    files = [path for path in (ROOT / "features").rglob("*.feature") if path.parent.name != "access"]
    scenarios = (one for path in files for one in parse_file(str(path)).walk_scenarios())
    return {one.name for one in scenarios if "smoke" in one.effective_tags}


def routers() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for line in (ROOT / "COVERAGE.md").read_text(encoding="utf-8").splitlines():
        if line.startswith("| ") and "`" in line:
            router, _, _, titles = line.strip("| ").split(" | ")
            found.setdefault(router, set()).update(titles.split("<br>"))
    return found


def test_every_router_has_a_happy_path_that_is_smoke():
    titles, known = smoke_titles(), routers()
    assert len(known) > 25
    assert [router for router, its in known.items() if not its & titles] == []
