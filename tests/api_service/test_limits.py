"""The suite on deployments with other limits: nothing is red, and what is out of reach says so."""

import re

from api_service.limits import LIMITS
from tests.acceptance.suite_copy import SuiteCopy

COUNTED = [
    "Too many wrong passwords in a row lock the account",
    "The right password makes good for wrong ones before it",
    "Codes cannot be guessed without end",
    "Recovery codes are handed out at once",
    "Verification mails are not sent without end",
    "One place may not pile up requests",
    "An address signs up once",
    "More messages than one address may send in an hour have to stay behind",
    "Nobody follows replies without measure",
    "Nobody follows too many replies at once",
    "A closed stream makes room for another",
    "A tenant has no more vector stores than are allowed",
    "A tenant has no more containers than are allowed",
    "A file one byte too large is not accepted",
    "Announcing a file tells where to put it",
    "A record with as many bytes as are allowed is accepted",
    "A record with more bytes than are allowed is refused as too large",
    "Subscriptions are listed page by page",
]
# Too far away with ten times as many.
OUT_OF_REACH = 11


def run(tmp_path, service: float, told: float) -> tuple[int, str]:
    """Run the scenarios on the embedded service; both factors are times the published limits."""
    factors = {"REFERENCE_LIMIT": service, "SMOKE_LIMIT": told}
    environ = {
        f"{prefix}_{name.upper()}": str(max(min(1, limit.default), int(limit.default * factor)))
        for prefix, factor in factors.items()
        for name, limit in LIMITS.items()
    }
    titles = "|".join(re.escape(title) for title in COUNTED)
    return SuiteCopy(tmp_path / "suite", "", **environ).run("-n", f"^({titles})")


def test_nothing_is_red_with_half_the_limits(tmp_path):
    code, output = run(tmp_path, 0.5, 0.5)
    assert code == 0, output
    # An address that may sign up once a day cannot be refused for what it is.
    assert f"{len(COUNTED) - 1} passed, 1 skipped" in output


def test_nothing_is_red_with_ten_times_the_limits(tmp_path):
    code, output = run(tmp_path, 10, 10)
    assert code == 0, output
    assert f"{len(COUNTED) - OUT_OF_REACH} passed, {OUT_OF_REACH} skipped" in output
    assert "the deployment allows 50 wrong passwords in a row until an account locks" in output
