"""Secrets: whatever a service makes of its answers, none is readable in the terminal or in a report."""

import json
import secrets
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import quote, quote_plus

import pytest

from tests.acceptance.suite_copy import ROOT, SuiteCopy, finished
from tests.attack.twisted_answers import MODES

IDENTITY = (
    "second_factor",
    "single_sign_on",
    "sign_in",
    "sign_up",
    "passwords",
    "service_accounts",
    "tokens",
)
FEATURES = (
    *(f"features/identity/{name}.feature" for name in (*IDENTITY, "invitations")),
    "features/content/stored_files.feature",
    "features/platform/status_subscriptions.feature",
    "features/observability/logs.feature",
    "features/billing/payments.feature",
)
RATES = ("0.12", "0.6")
LONG, SHORTEST = 12, 6
GRAM = 6
STRIDE = LONG - GRAM + 1
SEEN = "secrets.json"
ENTROPY = secrets.token_hex(4)


def forms(secret: str) -> Iterator[tuple[str, str]]:
    """Yield the name and the text of every form in which a secret could still be read."""
    raw = secret.encode()
    yield "raw", secret
    yield "percent", quote(secret, safe="")
    yield "form", quote_plus(secret)
    yield "JSON", json.dumps(secret)[1:-1]
    yield "JSON in JSON", json.dumps(json.dumps(secret))[3:-3]
    yield "hex", raw.hex()
    yield "HEX", raw.hex().upper()
    for before, first in ((0, 0), (1, 2), (2, 3)):
        end = -1 - (len(raw) + before) % 3 if (len(raw) + before) % 3 else None
        for encode in (b64encode, urlsafe_b64encode):
            yield "base64", encode(b"\0" * before + raw).decode().rstrip("=")[first:end]
    most = len(secret) * 6 // 10
    yield "prefix", secret[:most]
    yield "suffix", secret[-most:]


class Scan:
    """Finds every form of many secrets in a text at a cost that does not grow with their number."""

    def __init__(self, known: Iterable[str]) -> None:
        # A needle of LONG characters holds a whole gram that begins at a multiple of the stride.
        self._needles: dict[str, set[tuple[int, str, str, str]]] = {}
        for secret in known:
            for form, needle in forms(secret):
                if len(needle) >= LONG:
                    for start in range(STRIDE):
                        place = (start, needle, secret, form)
                        self._needles.setdefault(needle[start : start + GRAM], set()).add(place)

    def found_in(self, text: str) -> set[tuple[str, str]]:
        """Return each secret that is readable in a text, with the form in which it is."""
        return {
            (secret, form)
            for at in range(0, len(text), STRIDE)
            for start, needle, secret, form in self._needles.get(text[at : at + GRAM], ())
            if at >= start and text.startswith(needle, at - start)
        }


def written(suite: SuiteCopy, out: str) -> Iterator[tuple[str, str]]:
    """Yield the name and the content of everything that a run has written."""
    yield "the terminal", out
    for path in suite.reports.rglob("*"):
        if path.is_file():
            yield str(path.relative_to(suite.reports)), path.read_text(encoding="utf-8", errors="replace")


def public() -> str:
    """What stands in a feature or in code, such as a made-up token, is no secret."""
    folders = (ROOT / "features", ROOT / "steps", ROOT / "api_service", ROOT / "reference_service")
    files = (path for folder in folders for path in folder.rglob("*") if path.suffix in {".feature", ".py"})
    return "".join(path.read_text(encoding="utf-8") for path in files)


@pytest.mark.parametrize("mode", MODES)
def test_no_secret_can_be_read_anywhere(tmp_path, mode):
    seed = f"{ENTROPY} {mode}"
    print(f"seed: {seed}")
    suites = [twisted_suite(tmp_path / rate, mode, rate, seed) for rate in RATES]
    runs = [suite.start("--runner=tests.attack.twisted_answers:TwistedRunner", *FEATURES) for suite in suites]
    for suite, run in zip(suites, runs, strict=True):
        code, out = finished(run)
        assert code == 1, out
        assert leaks(suite, out) == []


def twisted_suite(folder: Path, mode: str, rate: str, seed: str) -> SuiteCopy:
    folder.mkdir()
    twist = {"TWIST": mode, "TWIST_RATE": rate, "TWIST_SEED": seed, "TWIST_SECRETS": str(folder / SEEN)}
    return SuiteCopy(folder, "", PYTHONPATH=str(ROOT), **twist)


def leaks(suite: SuiteCopy, out: str) -> list[str]:
    """Return what can be read of the secrets that a run has met, each with its form and place."""
    said = public()
    seen = json.loads((suite.folder / SEEN).read_text("utf-8"))
    # What is made of one character was made up by the suite, as a signature that must be refused.
    known = [one for one in seen if len(one) >= SHORTEST and len(set(one)) > 2 and one not in said]
    assert len(known) > 100
    scan = Scan(known)
    return sorted(
        f"{form} of {secret[:3]}…{secret[-2:]} ({len(secret)} characters) in {name}"
        for name, text in written(suite, out)
        for secret, form in scan.found_in(text)
    )
