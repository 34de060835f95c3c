"""JUnit as GitLab, Jenkins and GitHub read it."""

from xml.etree import ElementTree as ET

from acceptance.reports import junit
from acceptance.verdicts.verdict import Status, Verdict


def verdict(title="A lion sleeps", status=Status.PASSED, feature="Lions", **more):
    return Verdict(title, feature, f"features/zoo/{feature.lower()}.feature", 7, status, **more)


def written(tmp_path, *verdicts, **properties):
    path = tmp_path / "new" / "acceptance.xml"
    junit.write(path, verdicts, properties)
    return ET.fromstring(path.read_bytes())


def test_one_suite_for_each_feature_with_counts_that_add_up(tmp_path):
    root = written(
        tmp_path,
        verdict(start=100.0, stop=100.5),
        verdict(status=Status.FAILED, start=100.5, stop=101.0),
        verdict(feature="Tigers", status=Status.BROKEN),
        verdict(feature="Tigers", status=Status.SKIPPED, message="closed"),
    )
    assert root.tag == "testsuites"
    counts = [
        (suite.get("name"), *(suite.get(count) for count in ("tests", "failures", "errors", "skipped")))
        for suite in [root, *root.findall("testsuite")]
    ]
    assert counts == [
        ("acceptance", "4", "1", "1", "1"),
        ("Lions", "2", "1", "0", "0"),
        ("Tigers", "2", "0", "1", "1"),
    ]
    lions = root.find("testsuite")
    assert lions.get("time") == "1.000"
    assert lions.get("timestamp") == "1970-01-01T00:01:40+00:00"
    assert lions.get("hostname") is None


def test_a_failure_names_step_message_and_place(tmp_path):
    root = written(
        tmp_path,
        verdict(
            status=Status.FAILED,
            step="Then it sleeps",
            message="expected sleep, got roar",
            trace="Traceback: steps/lions.py",
        ),
    )
    case = root.find(".//testcase")
    assert (case.get("classname"), case.get("name")) == ("Lions", "A lion sleeps")
    assert (case.get("file"), case.get("line")) == ("features/zoo/lions.feature", "7")
    failure = case.find("failure")
    assert failure.get("message") == "expected sleep, got roar"
    assert failure.text.splitlines() == [
        "Then it sleeps",
        "expected sleep, got roar",
        "Traceback: steps/lions.py",
    ]


def test_a_skip_carries_its_reason_only(tmp_path):
    skipped = written(tmp_path, verdict(status=Status.SKIPPED, message="gate @ai is closed")).find(
        ".//skipped"
    )
    assert (skipped.get("message"), skipped.text) == ("gate @ai is closed", None)


def test_properties_of_the_run_and_tags_of_the_case(tmp_path):
    root = written(tmp_path, verdict(tags=("billing", "smoke")), target="embedded")
    suite = {one.get("name"): one.get("value") for one in root.findall("testsuite/properties/property")}
    assert suite == {"target": "embedded"}
    (tags,) = root.findall(".//testcase/properties/property")
    assert (tags.get("name"), tags.get("value")) == ("tags", "billing smoke")


def test_characters_that_xml_forbids_are_replaced(tmp_path):
    text = 'bell \x07, null \0, lone \ud800, fine: ü 猫 🦁 <&">'
    root = written(tmp_path, verdict(title=text, status=Status.BROKEN, message=text, trace=text))
    expected = 'bell \ufffd, null \ufffd, lone \ufffd, fine: ü 猫 🦁 <&">'
    assert root.find(".//testcase").get("name") == expected
    assert root.find(".//error").get("message") == expected


def test_secrets_are_hidden_in_every_place(tmp_path):
    text = "Bearer eyJhbGciOiJFZERTQSJ9.eyJzdWIiOiJhbGljZSJ9.c2lnbmF0dXJl"
    junit.write(
        tmp_path / "acceptance.xml",
        [verdict(title=text, feature=text, status=Status.FAILED, message=text, step=text, trace=text)],
        {"target": text},
    )
    assert b"eyJ" not in (tmp_path / "acceptance.xml").read_bytes()
