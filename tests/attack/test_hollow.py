"""Deployments that lost routers: each of them is red and named, in unfiltered and in @smoke runs."""

import re

import pytest

from acceptance.contract.document import load
from acceptance.settings.gates import GateBook
from api_service.gates import GATES
from api_service.settings import Settings
from provider_doubles.serving import running
from tests.acceptance.hollow_service import ROUTERS, Hollow
from tests.acceptance.suite_copy import ROOT, SuiteCopy

WHOLE_RUN_SECONDS = 400
LIST_LINE = re.compile(r"^      [\w-]+: ([A-Z]+ /.*)$", re.MULTILINE)
# What is run in place of the whole suite: a feature of the router, beside one that needs none of them.
FEATURES = {
    "agents": "assistants/agents.feature",
    "tools": "assistants/tools.feature",
    "guardrails": "assistants/guardrails.feature",
    "features": "access/signed_out.feature",
    "activity feed": "activity/feed.feature",
    "status": "platform/status.feature",
    "own account": "identity/profile.feature",
}
ALWAYS = "platform/health.feature"


def operations(router):
    """The operations of a router whose gates a deployment has open by default."""
    book = GateBook(GATES, Settings.load({"SMOKE_BASE_URL": "http://localhost"}).gates)
    names = (one.name for one in load() if re.match(ROUTERS[router], one.path))
    return {name for name in names if not book.excuses(name)}


def named(out):
    return {name for line in LIST_LINE.findall(out) for name in line.split(", ")}


def small_suite(folder, url, router):
    suite = SuiteCopy(folder, url)
    (folder / "features").unlink()
    for file in (FEATURES[router], ALWAYS):
        place = folder / "features" / file
        place.parent.mkdir(parents=True, exist_ok=True)
        place.symlink_to(ROOT / "features" / file)
    return suite


@pytest.mark.parametrize("router", ROUTERS)
@pytest.mark.parametrize("published", [True, False], ids=["the document says so", "the document is hidden"])
def test_a_lost_router_is_red_and_named(tmp_path, router, published):
    with running(Hollow(ROUTERS[router], published=published)) as url:
        suite = small_suite(tmp_path / "suite", url, router)
        code, out = suite.run()
        smoke_code, smoke_out = suite.run("-t", "@smoke")
    assert (code, smoke_code) == (3, 3), out + smoke_out
    assert operations(router) >= named(out) >= named(smoke_out) > set()
    assert not published or named(out) == operations(router)


def test_the_whole_suite_names_every_operation_of_every_lost_router(tmp_path):
    with running(Hollow("|".join(ROUTERS.values()), published=False)) as url:
        process = SuiteCopy(tmp_path / "suite", url).start()
        try:
            out, _ = process.communicate(timeout=WHOLE_RUN_SECONDS)
        finally:
            process.kill()
    assert process.returncode == 3, out
    assert named(out) == set().union(*map(operations, ROUTERS))
    assert len(LIST_LINE.findall(out)) <= len(ROUTERS)
