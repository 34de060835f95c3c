"""Redaction: no known secret, and no value under a secret key, passes."""

import json

from hypothesis import given
from hypothesis import strategies as st

from acceptance import redaction
from acceptance.calls.evidence import curl, explain, narrative, record
from acceptance.calls.exchange import Call, Exchange
from acceptance.contract import document
from acceptance.contract.document import Operation
from tests.acceptance.answers import SEMANTICS

SECRET = "hunter2-hunter2"


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
    redaction.learn_from({"data": {"invite_token": "tok-abcdef-1"}, "codes": ["code-111", "code-222"]})
    assert redaction.mask_text("tok-abcdef-1 code-222") == f"{redaction.MASK} {redaction.MASK}"


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
