"""Limits: read from settings, counted to where a scenario can, told in one sentence where it cannot."""

import pytest

from acceptance.errors import ConfigurationError, OutOfReachError
from acceptance.settings.limits import Limit, Limits, markdown_table

TABLE = {
    limit.name: limit
    for limit in (
        Limit("guesses", 5, "wrong guesses", "MAX_GUESSES", most=20, least=2, within=("visits",)),
        Limit("visits", 50, "visits", can_be_off=True),
        Limit("mails", 3, "mails", most=20, can_be_off=True),
    )
}


def limits(**given: int) -> Limits:
    return Limits(TABLE, given, "SHOP")


@pytest.mark.parametrize(
    ("environ", "expected"),
    [
        ({}, {"guesses": 5, "visits": 50, "mails": 3}),
        ({"SHOP_LIMIT_GUESSES": "2", "SHOP_LIMIT_MAILS": "30"}, {"guesses": 2, "visits": 50, "mails": 30}),
        ({"SHOP_LIMIT_MAILS": "0", "SHOP_LIMIT_VISITS": "none"}, {"guesses": 5, "visits": 0, "mails": 0}),
        ({"SHOP_LIMIT_MAILS": "Off", "SHOP_LIMIT_GUESSES": ""}, {"guesses": 5, "visits": 50, "mails": 0}),
    ],
)
def test_what_is_set_stands_in_place_of_the_default(environ, expected):
    assert dict(limits(**limits().parse(environ))) == expected


@pytest.mark.parametrize("text", ["-1", "1", "0", "none", "2.5", "five", "\u0665", "1e3", "9" * 5000])
def test_what_is_no_limit_is_refused_in_one_sentence(text):
    with pytest.raises(ConfigurationError) as refused:
        limits().parse({"SHOP_LIMIT_GUESSES": text})
    assert str(refused.value) == f'SHOP_LIMIT_GUESSES is "{text[:40]}"; write a whole number from 2 on'
    assert refused.value.exit_code == 2


def test_a_limit_that_can_be_off_says_how():
    with pytest.raises(ConfigurationError, match=r"from 1 on, or 0 where the limit is off$"):
        limits().parse({"SHOP_LIMIT_MAILS": "many"})


@pytest.mark.parametrize("allowed", [2, 5, 20])
def test_a_scenario_counts_to_what_is_allowed(allowed):
    assert limits(guesses=allowed).count_to("guesses") == allowed


@pytest.mark.parametrize(
    ("given", "name", "said"),
    [
        ({"mails": 0}, "mails", "the deployment sets no limit to mails (SHOP_LIMIT_MAILS=0)"),
        (
            {"mails": 21},
            "mails",
            "the deployment allows 21 mails (SHOP_LIMIT_MAILS=21); a scenario counts to 20 at most",
        ),
        (
            {"visits": 5},
            "guesses",
            "the deployment allows 5 wrong guesses (SHOP_LIMIT_GUESSES=5), but "
            "the deployment allows 5 visits (SHOP_LIMIT_VISITS=5), which comes first",
        ),
    ],
)
def test_a_limit_that_no_scenario_reaches_says_why(given, name, said):
    with pytest.raises(OutOfReachError) as skipped:
        limits(**given).count_to(name)
    assert str(skipped.value) == said


@pytest.mark.parametrize("visits", [0, 6])
def test_a_limit_within_another_that_is_off_or_not_met_is_counted(visits):
    assert limits(visits=visits).count_to("guesses") == 5


def test_a_scenario_that_needs_more_than_is_allowed_is_skipped():
    limits(mails=2).require("mails", tries=2)
    limits(mails=0).require("mails", tries=2)
    with pytest.raises(OutOfReachError, match=r"allows 1 mails .*; the scenario needs 2$"):
        limits(mails=1).require("mails", tries=2)


def test_what_has_to_be_waited_for_is_skipped():
    limits(mails=0).require_off("mails")
    with pytest.raises(OutOfReachError, match=r"^the deployment asks for 3 mails \(SHOP_LIMIT_MAILS=3\)$"):
        limits().require_off("mails")


def test_the_table_tells_each_limit_with_its_setting_and_default():
    assert "| `SHOP_LIMIT_GUESSES` | `5` | wrong guesses | `MAX_GUESSES` | 20 |" in markdown_table(limits())
    assert "| `SHOP_LIMIT_VISITS` | `50` | visits, 0 for no limit | none |  |" in markdown_table(limits())
