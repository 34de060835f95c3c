"""The JUnit report: one file, one suite for each feature."""

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path
from xml.etree import ElementTree as ET

from acceptance.redaction import mask_own, mask_text
from acceptance.verdicts.verdict import Status, Verdict

PLACE = Path("junit") / "acceptance.xml"
NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# Seconds by the file and the title of a scenario.
Seconds = dict[tuple[str, str], float]
ELEMENT = {
    Status.FAILED: "failure",
    Status.BROKEN: "error",
    Status.SKIPPED: "skipped",
    Status.NOT_RUN: "skipped",
    # JUnit has no word for a failure that is expected; its readers know skips with a message.
    Status.KNOWN: "skipped",
}


def write(path: Path, verdicts: Iterable[Verdict], properties: Mapping[str, str]) -> None:
    """Write the report, secrets hidden. Raises OSError when the file cannot be written."""
    verdicts = list(verdicts)
    root = ET.Element("testsuites", {"name": "acceptance", **_totals(verdicts)})
    for (file, feature), group in groupby(verdicts, lambda verdict: (verdict.file, verdict.feature)):
        _add_suite(root, file, feature, list(group), properties)
    ET.indent(root)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True))


def seconds_of_last_run(path: Path) -> Seconds:
    """Return how long each scenario took, by file and title; nothing when no report can be read."""
    try:
        cases = ET.parse(path).getroot().iter("testcase")  # noqa: S314 - a report of our own
    except (OSError, ET.ParseError):
        return {}
    return {(case.get("file", ""), case.get("name", "")): float(case.get("time", "0")) for case in cases}


def _add_suite(
    root: ET.Element, file: str, feature: str, verdicts: list[Verdict], properties: Mapping[str, str]
) -> None:
    start = min(verdict.start for verdict in verdicts)
    names = {"name": _clean(feature), "file": _clean(file)}
    suite = ET.SubElement(root, "testsuite", {**names, **_totals(verdicts)})
    suite.set("timestamp", datetime.fromtimestamp(start, UTC).isoformat(timespec="seconds"))
    listed = ET.SubElement(suite, "properties")
    for name, value in properties.items():
        ET.SubElement(listed, "property", name=name, value=_clean(mask_text(value)))
    for verdict in verdicts:
        _add_case(suite, verdict)


def _add_case(suite: ET.Element, verdict: Verdict) -> None:
    case = ET.SubElement(
        suite,
        "testcase",
        classname=_clean(verdict.feature),
        name=_clean(verdict.title),
        file=_clean(verdict.file),
        line=str(verdict.line),
        time=f"{verdict.stop - verdict.start:.3f}",
    )
    if verdict.tags:
        listed = ET.SubElement(case, "properties")
        ET.SubElement(listed, "property", name="tags", value=_clean(" ".join(verdict.tags)))
    if verdict.status is Status.PASSED:
        return
    message = mask_text(verdict.message)
    detail = ET.SubElement(case, ELEMENT[verdict.status], message=_clean(message))
    if verdict.red:
        detail.set("type", verdict.status.value)
        detail.text = _clean("\n".join(filter(None, [verdict.step, message, mask_text(verdict.trace)])))


def _totals(verdicts: list[Verdict]) -> dict[str, str]:
    elements = [ELEMENT.get(verdict.status) for verdict in verdicts]
    names = {"failures": "failure", "errors": "error", "skipped": "skipped"}
    totals = {plural: str(elements.count(name)) for plural, name in names.items()}
    seconds = sum(verdict.stop - verdict.start for verdict in verdicts)
    return {"tests": str(len(verdicts)), **totals, "time": f"{seconds:.3f}"}


def _clean(text: str) -> str:
    """Return the text without the suite's own secrets and without characters that XML forbids."""
    return NOT_XML.sub("\N{REPLACEMENT CHARACTER}", mask_own(text))
