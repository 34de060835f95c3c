"""JSON by RFC 8259: what Python's reader takes besides is named, and nothing of it breaks who reads on."""

import json
import time

import pytest

from acceptance.calls import strict_json
from acceptance.checks.answer_check import AnswerCheck
from acceptance.checks.deviations import Deviation, Deviations
from acceptance.contract.document import Contract
from tests.acceptance.test_api import CONTRACT, answered

DEEP = strict_json.MOST_LEVELS


@pytest.mark.parametrize(
    ("sent", "value", "fault"),
    [
        (b'{"n": NaN}', {"n": "NaN"}, "NaN is no JSON number"),
        (b'{"n": -Infinity}', {"n": "-Infinity"}, "-Infinity is no JSON number"),
        (b'{"n": 1e400}', {"n": "1e400"}, "the number 1e400 is more"),
        (b'{"n": ' + b"7" * 5000 + b"}", {"n": "7" * 20}, "an integer of 5000 digits"),
        (b'\xef\xbb\xbf{"n": 1}', {"n": 1}, "byte order mark"),
        ('{"n": 1}'.encode("utf-16"), {"n": 1}, "encoded in utf-16"),
        ('{"n": 1}'.encode("utf-16-le"), {"n": 1}, "encoded in utf-16-le"),
        ('{"n": 1}'.encode("utf-32-be"), {"n": 1}, "encoded in utf-32-be"),
        (b'{"n": 1, "m": 2, "n": 3}', {"n": 3, "m": 2}, 'has the name "n" twice'),
        (b'{"n": "a\\ud800b"}', {"n": "a\ufffdb"}, "half a surrogate pair"),
        (b'{"a\\uDFFF": ["\\uDFFF"]}', {"a\ufffd": ["\ufffd"]}, "half a surrogate pair"),
    ],
)
def test_what_is_no_json_by_the_standard_is_named_and_made_harmless(sent, value, fault):
    read, faults = strict_json.read(sent)
    assert read == value
    (said,) = faults
    assert fault in said
    json.dumps([read, said], ensure_ascii=False).encode()


@pytest.mark.parametrize(
    "sent",
    [
        b'{"n": [1, -2.5, 1e300, 12345678901234567890, null, true], "m": {"n": 1}}',
        b'{"pair": "\\ud83d\\ude00", "text": "NaN, \\\\ud800"}',
        b"[" * DEEP + b"]" * DEEP,
        b'"text"',
    ],
)
def test_what_is_json_is_read_as_it_is(sent):
    assert strict_json.read(sent) == (json.loads(sent), [])


@pytest.mark.parametrize(
    "sent", [b"", b"<html>", b'{"n": 1', b'{"n": 1}\0', b"\xff\xfe", b'"\xe9"', b"{} {}"]
)
def test_what_is_no_json_at_all_is_refused(sent):
    with pytest.raises(ValueError, match=r"."):
        strict_json.read(sent)


@pytest.mark.parametrize(
    "sent",
    [
        b"[" * (DEEP + 1) + b"]" * (DEEP + 1),
        b'{"a":' * 900 + b"1" + b"}" * 900,
        b"[" * 100_000,
        b"[" + b"{}," * 1_000_000 + b"{}]",
    ],
    ids=["a level too deep", "900 levels", "100,000 levels", "a million entries"],
)
def test_what_is_too_large_is_refused_at_once(sent):
    started = time.monotonic()
    with pytest.raises(strict_json.TooLargeError):
        strict_json.read(sent)
    assert time.monotonic() - started < 1


def test_a_fault_is_a_finding_that_can_be_declared():
    exchange = answered(b'{"n": NaN}')
    assert [str(finding) for finding in exchange.findings] == [
        "strict JSON at the answer: NaN is no JSON number"
    ]
    AnswerCheck(CONTRACT, Deviations([Deviation("strict JSON", "known")]))(exchange)
    assert exchange.findings == []


def test_an_answer_with_thousands_of_faults_has_a_hundred_findings():
    schema = {"type": "array", "items": {"type": "string"}}
    contract = Contract(
        {
            "paths": {
                "/things": {
                    "get": {"responses": {"200": {"content": {"application/json": {"schema": schema}}}}}
                }
            }
        }
    )
    exchange = answered(json.dumps([1] * 5_000).encode())
    exchange.operation = contract.operation("GET", "/things")
    AnswerCheck(contract, Deviations())(exchange)
    assert len(exchange.findings) == 100
