"""What a worker's session tells is noted by the first one as if it had happened there."""

from collections import Counter
from types import SimpleNamespace
from typing import Any, cast

from acceptance.checks.deviations import Deviation
from acceptance.redaction import MASK, mask_own, mask_text
from acceptance.run.sharing import News, SharedSession

MET, OWN = "Zx81Kp42Lm97Qw35", "own-Rt64Vb28Nc53Hy"
ZONES = Deviation("timestamp zone", "they are read as UTC")


def first_session() -> Any:
    return SimpleNamespace(
        origins=SimpleNamespace(scenarios={1: "A lion"}),
        deviations=SimpleNamespace(met=Counter({ZONES: 2})),
        unserved=SimpleNamespace(asked={"GET /lions"}),
        ledger=SimpleNamespace(problem=""),
        journal=SimpleNamespace(problem="the first word"),
        contract=[],
        lost="",
    )


def test_secrets_deviations_and_problems_come_together():
    session = first_session()
    news = News(
        [], {2: "A tiger"}, {ZONES: 3}, frozenset({"GET /tigers"}), frozenset({OWN}), frozenset({MET}),
        "the ledger cannot be written", ("no space", "no space either"),
    )  # fmt: skip
    assert MET in mask_text(f"said {MET}")
    SharedSession.learn(cast(Any, session), news)
    assert mask_text(f"said {MET}") == f"said {MASK}"
    assert mask_own(f"said {OWN}") == f"said {MASK}"
    assert session.origins.scenarios == {1: "A lion", 2: "A tiger"}
    assert session.deviations.met == {ZONES: 5}
    assert session.unserved.asked == {"GET /lions", "GET /tigers"}
    assert session.lost == "the ledger cannot be written"
    assert (session.ledger.problem, session.journal.problem) == ("no space", "the first word")
