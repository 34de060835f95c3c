"""Redaction: no known secret, and no value under a secret key, passes."""

import base64
import json
import secrets
import time
import timeit
from pathlib import Path
from typing import Any
from urllib.parse import quote, quote_plus

import pytest
from behave.parser import parse_file
from hypothesis import given
from hypothesis import strategies as st

from acceptance import redaction
from acceptance.calls.evidence import curl, explain, narrative, record
from acceptance.calls.exchange import Call, Exchange
from acceptance.contract import document
from acceptance.contract.document import Operation, schema_findings
from acceptance.known_secrets import KnownSecrets
from tests.acceptance.answers import SEMANTICS

SECRET = "hunter2-hunter2"
TOKEN = "4A5A_HEBDMaFh9etkNYXG3ONR7Oq2PK6zIXsVWtt66c"
PASSWORD = 'no quote"in\\this/Pass wörd'
JWT = f"eyJhbGciOiJFZERTQSJ9.eyJzdWIiOiJhbGljZSJ9.{TOKEN}"


@pytest.fixture(autouse=True)
def _nothing_known(monkeypatch):
    monkeypatch.setattr(redaction, "_own", KnownSecrets())
    monkeypatch.setattr(redaction, "_met", KnownSecrets())


def exchange() -> Exchange:
    operation = Operation("POST", "/sign-in", "auth", {"200": {}}, semantics=SEMANTICS)
    call = Call("Alice", "POST", "/sign-in", json={"email": "a@example.com", "password": SECRET})
    headers = {
        "authorization": "Bearer abcdefgh.ijkl",
        "x-log-signature": "feedfacecafe",
        "x-request-id": "r-1",
    }
    made = Exchange(operation, call, f"http://localhost/sign-in?token={SECRET}", "r-1", headers)
    made.status, made.body = 500, {"message": f"bad {SECRET}", "refresh_token": "tok-12345678"}
    return made


def test_no_form_of_evidence_shows_a_secret():
    redaction.learn(SECRET)
    for text in (
        explain(exchange(), "better"),
        narrative([exchange()]),
        json.dumps(record(exchange())),
        curl(exchange()),
    ):
        for secret in (SECRET, "abcdefgh.ijkl", "feedfacecafe", "tok-12345678"):
            assert secret not in text


def test_the_curl_line_leaves_a_place_for_the_token():
    assert '"Authorization: Bearer $TOKEN"' in curl(exchange())


@given(st.text(alphabet=st.characters(codec="utf-8"), min_size=12, max_size=30), st.text(max_size=20))
def test_a_learnt_value_never_passes(secret, around):
    redaction.learn(secret)
    assert secret not in redaction.mask_text(f"{around}{secret}{around}") or secret in redaction.MASK


def test_values_under_secret_keys_are_learnt_and_hidden_everywhere_after():
    redaction.learn_from({"data": {"invite_token": TOKEN}, "codes": ["03c6350043", "482-915"]})
    assert redaction.mask_text(f"{TOKEN} 03c6350043 482-915") == " ".join([redaction.MASK] * 3)


def test_what_is_no_secret_stays_readable():
    redaction.declare({"plan_code": False})
    shown = redaction.mask_data({"plan_code": "starter-plan", "token_type": "bearer", "has_token": True})
    assert shown == {"plan_code": "starter-plan", "token_type": "bearer", "has_token": True}


def test_a_secret_that_looks_like_a_number_hides_no_more_than_it_must():
    redaction.learn("774411")
    shown = redaction.mask_data({"said": "use 774411", "size": 774411, "kept": "yes"})
    assert shown == {"said": f"use {redaction.MASK}", "size": 774411, "kept": "yes"}


def test_a_secret_inside_a_longer_one_does_not_uncover_the_rest():
    redaction.learn("inner-secret", "outer-inner-secret-rest")
    assert redaction.mask_text("outer-inner-secret-rest") == redaction.MASK


def test_what_a_contract_declares_overrules_what_a_name_suggests():
    assert redaction.mask_data({"door_url": "here", "door_code": "4x"}) == {
        "door_url": "here",
        "door_code": redaction.MASK,
    }
    redaction.declare({"door_url": True, "Door_Code": False})
    assert redaction.mask_data({"Door_URL": "here", "door_code": "4x"}) == {
        "Door_URL": redaction.MASK,
        "door_code": "4x",
    }


def test_the_contract_says_which_links_and_codes_are_secret():
    document.load()
    secret = {"upload_url", "download_url", "otpauth_url", "authorize_url", "client_secret", "invite_token"}
    assert all(map(redaction.is_secret_key, secret))
    assert not any(map(redaction.is_secret_key, ("plan_code", "pending_plan_code", "target_plan_code")))


def test_the_code_of_a_plan_is_a_word_and_no_secret():
    redaction.learn_from([{"code": "starter"}, {"code": "482-915"}])
    assert redaction.mask_text("starter 482-915") == f"starter {redaction.MASK}"
    assert redaction.mask_data({"code": "starter"}) == {"code": "starter"}


def test_the_events_of_a_stream_are_a_table_without_secrets():
    redaction.learn(SECRET)
    made = exchange()
    made.events = [{"kind": "final", "schema": "s", "final": {"response_text": SECRET}}, "[DONE]"]
    text = narrative([made])
    assert "2 events" in text
    assert "1  final" in text
    assert "[DONE]" in text
    assert SECRET not in text


def test_a_short_code_is_hidden_as_a_word_and_not_inside_an_id():
    redaction.learn("904418")
    shown = redaction.mask_text("code 904418, id 1f904418-aaaa, tenant 12904418")
    assert shown == f"code {redaction.MASK}, id 1f904418-aaaa, tenant 12904418"
    assert redaction.mask_text("22" + b"904418".hex() + "22") == f"22{redaction.MASK}22"


@pytest.mark.parametrize(
    "word", ["Nimbus", "passed", "historyId", "made-up", "unread", "/api/v1/conversations", "nimbus-b45121-1",
             "alice@example.com", "0b8ddb41-6dd8-4c3b-b8b6-5a13a4e9be9c", "2026-11-21T17:26:23Z", "12"]
)  # fmt: skip
def test_a_service_that_calls_a_word_or_an_id_a_token_hides_it_nowhere_else(word):
    redaction.learn_from([{"token": word, "codes": [word]}, json.dumps({"secret": word})])
    assert redaction.mask_data({"status": word, "token": word}) == {"status": word, "token": redaction.MASK}


def test_no_word_of_a_feature_looks_like_a_secret():
    features = [parse_file(str(path)) for path in Path("features").rglob("*.feature")]
    texts = [
        text
        for feature in features
        for scenario in feature.walk_scenarios()
        for text in (feature.name, scenario.name, *(step.name for step in scenario.all_steps))
    ]
    assert len(texts) > 1000
    redaction.learn_from([{"token": text} for text in texts])
    assert [text for text in texts if redaction.mask_text(text) != text] == []


def test_what_a_service_says_hides_nothing_in_a_title_and_what_the_suite_keeps_secret_does():
    redaction.learn_from({"token": TOKEN})
    redaction.learn(SECRET)
    assert redaction.mask_own(f"{TOKEN} {SECRET}") == f"{TOKEN} {redaction.MASK}"


@pytest.mark.parametrize("before", ["x", "_", "b'\\n", "\\n", "%22", "\\\\n", "", "token:\n"])
def test_a_json_web_token_is_found_wherever_it_stands(before):
    assert redaction.mask_text(f"{before}{JWT}") == f"{before}{redaction.MASK}"
    masked = redaction.mask_data({"message": f"{before}{JWT}"})
    assert masked == {"message": f"{before}{redaction.MASK}"}


@pytest.mark.parametrize("before", ["%22", "\\n", "code ", "="])
def test_a_one_time_code_is_a_whole_word_behind_an_escape(before):
    redaction.learn_from({"code": "904418"})
    assert redaction.mask_text(f'{before}904418"') == f'{before}{redaction.MASK}"'


FORMS: dict[str, Any] = {
    "percent": lambda secret: quote(secret, safe=""),
    "percent in small letters": lambda secret: quote(secret, safe="").lower(),
    "percent but for slashes": quote,
    "form": quote_plus,
    "JSON": lambda secret: json.dumps(secret, ensure_ascii=False)[1:-1],
    "JSON in JSON": lambda secret: json.dumps(json.dumps(secret))[3:-3],
    "hexadecimal": lambda secret: secret.encode().hex(),
    "HEXADECIMAL": lambda secret: secret.encode().hex().upper(),
    "prefix": lambda secret: secret[:12],
    "suffix": lambda secret: secret[-12:],
    "most of it": lambda secret: secret[:-1],
}


@pytest.mark.parametrize("secret", [TOKEN, PASSWORD])
@pytest.mark.parametrize("form", FORMS)
def test_a_known_secret_is_found_in_every_form(form, secret):
    redaction.learn(secret)
    written = FORMS[form](secret)
    if written.lower() != secret.lower() or written == secret:
        assert redaction.mask_text(f"said '{written}'.") == f"said '{redaction.MASK}'."


@pytest.mark.parametrize("before", ["", "a", "ab", "abc"])
@pytest.mark.parametrize("after", ["", "x", "xy"])
@pytest.mark.parametrize("encode", [base64.b64encode, base64.urlsafe_b64encode])
def test_a_known_secret_is_found_in_base64_at_any_alignment(before, after, encode):
    redaction.learn(PASSWORD)
    masked = redaction.mask_text(encode(f"{before}{PASSWORD}{after}".encode()).decode())
    assert len(masked.replace(redaction.MASK, "").rstrip("=")) <= (len(before) + len(after)) * 2 + 4
    assert redaction.MASK in masked


def test_a_key_in_camel_case_is_secret():
    assert all(map(redaction.is_secret_key, ("accessToken", "clientSecret", "apiKey", "X-Log-Signature")))
    assert not any(map(redaction.is_secret_key, ("read_state", "tokenType", "keyboard", "encode")))


@pytest.mark.parametrize(
    "said",
    [
        "text before " + json.dumps({"clientSecret": TOKEN}),
        json.dumps({"secret": TOKEN})[:-5],
        json.dumps(json.dumps({"a": {"token": TOKEN}})),
        {"message": "got {'token': '" + TOKEN + "'}"},
        {"link": f"http://store/a/b?expires=1&signature={TOKEN}"},
        {"upload_url": f"http://store/82bdff27124849aa/b?X-Amz-Signature={TOKEN}"},
        {"set-cookie": f"refresh={TOKEN}; Path=/; HttpOnly"},
    ],
)
def test_a_secret_is_met_in_any_wrapping(said):
    document.load()
    assert TOKEN[:20] not in json.dumps(redaction.mask_data(said))
    redaction.learn_from(said)
    assert redaction.mask_text(f"echo {TOKEN[:30]}") == f"echo {redaction.MASK}"
    assert redaction.mask_text("http://store/82bdff27124849aa/b") == "http://store/82bdff27124849aa/b"


def test_a_list_of_secrets_in_a_text_is_met():
    redaction.learn_from("They are " + json.dumps({"codes": [TOKEN, "03c6350043"]}))
    assert redaction.mask_text(f"{TOKEN} 03c6350043") == f"{redaction.MASK} {redaction.MASK}"


def test_words_about_tokens_and_the_state_of_a_thing_stay():
    for text in (
        "Alice's bearer tokens",
        "A Bearer token of hers",
        "keyJournalEntries",
        "/status?state=open",
    ):
        assert redaction.mask_text(text) == text
    assert redaction.mask_data({"state": "resolved", "read_state": "unread", "code": "starter"}) == {
        "state": "resolved",
        "read_state": "unread",
        "code": "starter",
    }
    assert redaction.mask_data({"state": TOKEN}) == {"state": redaction.MASK}
    assert redaction.mask_text("//bob:Sup3rSecretPw@host") == "//bob:Sup3rSecretPw@host"
    assert redaction.mask_text("http://bob:Sup3rSecretPw@host") == f"http://bob:{redaction.MASK}@host"


def test_the_line_of_an_exchange_hides_an_echoed_token_and_keeps_its_title():
    made = exchange()
    made.scenario = "Somebody reads it"
    made.headers = {"x-correlation-id": f"c-{TOKEN}", "content-type": f"text/{TOKEN}"}
    redaction.learn_from({"token": TOKEN, "secret": made.scenario})
    line = record(made)
    assert (line["correlation_id"], line["scenario"]) == (f"c-{redaction.MASK}", "Somebody reads it")
    assert TOKEN.lower() not in json.dumps(line).lower()


def test_a_finding_of_the_schema_is_masked_before_it_is_cut():
    validator = document.load().validator({"type": "object"})
    body = ["x" * 289, TOKEN]
    redaction.learn_from({"token": TOKEN})
    (finding,) = schema_findings(validator, body)
    assert TOKEN[:6] not in str(finding)


def test_masking_costs_no_more_with_a_thousand_secrets():
    text = json.dumps({f"field_{number}": f"value {number} of it" for number in range(60)})

    def seconds() -> float:
        return min(
            timeit.repeat(lambda: redaction.mask_text(text), number=20, repeat=5, timer=time.process_time)
        )

    redaction.learn(TOKEN)
    one = seconds()
    redaction.learn(*(secrets.token_urlsafe(32) for _ in range(1000)))
    assert seconds() < 3 * one
