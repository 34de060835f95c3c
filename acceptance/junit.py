"""The JUnit report: one file, one suite for each feature."""

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path
from xml.etree import ElementTree as ET

from acceptance.outcome import Outcome, Status
from acceptance.redaction import mask_text

NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
ELEMENT = {Status.FAILED: "failure", Status.BROKEN: "error", Status.SKIPPED: "skipped"}
TOTALS = {"failures": Status.FAILED, "errors": Status.BROKEN, "skipped": Status.SKIPPED}


def write(path: Path, outcomes: Iterable[Outcome], properties: Mapping[str, str]) -> None:
    """Write the report, secrets hidden. Raises OSError when the file cannot be written."""
    outcomes = list(outcomes)
    root = ET.Element("testsuites", {"name": "acceptance", **_totals(outcomes)})
    for (file, feature), group in groupby(outcomes, lambda outcome: (outcome.file, outcome.feature)):
        _add_suite(root, file, feature, list(group), properties)
    ET.indent(root)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True))


def _add_suite(
    root: ET.Element, file: str, feature: str, outcomes: list[Outcome], properties: Mapping[str, str]
) -> None:
    start = min(outcome.start for outcome in outcomes)
    names = {"name": _clean(feature), "file": _clean(file)}
    suite = ET.SubElement(root, "testsuite", {**names, **_totals(outcomes)})
    suite.set("timestamp", datetime.fromtimestamp(start, UTC).isoformat(timespec="seconds"))
    listed = ET.SubElement(suite, "properties")
    for name, value in properties.items():
        ET.SubElement(listed, "property", name=name, value=_clean(value))
    for outcome in outcomes:
        _add_case(suite, outcome)


def _add_case(suite: ET.Element, outcome: Outcome) -> None:
    case = ET.SubElement(
        suite,
        "testcase",
        classname=_clean(outcome.feature),
        name=_clean(outcome.title),
        file=_clean(outcome.file),
        line=str(outcome.line),
        time=f"{outcome.stop - outcome.start:.3f}",
    )
    if outcome.tags:
        listed = ET.SubElement(case, "properties")
        ET.SubElement(listed, "property", name="tags", value=_clean(" ".join(outcome.tags)))
    if outcome.status is Status.PASSED:
        return
    detail = ET.SubElement(case, ELEMENT[outcome.status], message=_clean(outcome.message))
    if outcome.red:
        detail.set("type", outcome.status.value)
        detail.text = _clean("\n".join(filter(None, [outcome.step, outcome.message, outcome.trace])))


def _totals(outcomes: list[Outcome]) -> dict[str, str]:
    statuses = [outcome.status for outcome in outcomes]
    totals = {name: str(statuses.count(status)) for name, status in TOTALS.items()}
    seconds = sum(outcome.stop - outcome.start for outcome in outcomes)
    return {"tests": str(len(outcomes)), **totals, "time": f"{seconds:.3f}"}


def _clean(text: str) -> str:
    """Return the text without secrets and without characters that XML forbids."""
    return NOT_XML.sub("\N{REPLACEMENT CHARACTER}", mask_text(text))
