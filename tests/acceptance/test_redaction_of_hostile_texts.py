"""Redaction of what a machine makes: tokens of every alphabet, more than fit, texts made to take long."""

import string
import time
from random import Random

import pytest

from acceptance import redaction
from acceptance.calls.evidence import record
from acceptance.known_secrets import LONGEST, KnownSecrets
from tests.acceptance.test_redaction import TOKEN, _nothing_known, exchange  # noqa: F401 - a fixture

BASE64 = string.ascii_letters + string.digits
BASE32 = string.ascii_uppercase + "234567"
HEXADECIMAL = "0123456789abcdef"


def letters(lot: Random, alphabet: str, length: int) -> str:
    return "".join(lot.choices(alphabet, k=length))


@pytest.mark.parametrize(
    "alphabet, length",
    [
        *((BASE64 + "-_", 22), (BASE64 + "-_", 32), (BASE64 + "+/", 43), (BASE32, 16), (BASE32, 32)),
        *((HEXADECIMAL, 10), (HEXADECIMAL, 64)),
    ],
)
def test_what_a_generator_makes_is_random(alphabet, length):
    lot = Random(1)
    made = [letters(lot, alphabet, length) for _ in range(1000)]
    assert sum(not redaction.is_random(one) for one in made) <= 5


def test_a_code_of_letters_alone_is_hidden():
    for code in ("U_NmcTeqbIbPeWy-YjjllMYJWyNZMxYd", "KwMBbpjSzHYOREANeGEjsx"):
        hidden = redaction.mask_data({"code": code, "state": code})
        assert set(hidden.values()) == {redaction.MASK}


def test_a_secret_in_the_media_type_of_bytes_is_hidden():
    made = exchange()
    made.headers, made.body, made.content = {"content-type": f"application/{TOKEN}"}, None, b"\0\0"
    redaction.learn_from({"token": TOKEN})
    assert record(made)["body"] == f"2 bytes of application/{redaction.MASK}"


def test_what_is_more_than_can_be_learnt_is_hidden_all_the_same(monkeypatch):
    monkeypatch.setattr(redaction, "_met", KnownSecrets(most=100))
    lot = Random(2)
    many = [letters(lot, BASE64, 24) for _ in range(101)]
    redaction.learn_from({"codes": many})
    text = "2 passed, 1 failed in features/zoo/lions.feature: {} and {} , nimbus-b45121-1"
    assert redaction.mask_text(text.format(many[-1], TOKEN)) == text.format(redaction.MASK, redaction.MASK)


def test_a_secret_of_any_length_is_found_in_its_middle():
    long = letters(Random(3), BASE64, 50_000)
    redaction.learn_from({"token": long})
    assert redaction.mask_text(f"it is {long}!") == f"it is {redaction.MASK}!"
    # Of a piece out of its middle, at most the ends stay that are no whole piece of those kept.
    assert len(redaction.mask_text(long[20_000:40_000])) < 2 * LONGEST


@pytest.mark.parametrize(
    "piece",
    [
        *("eyJ", "a", '"token":"', '\\"token\\":\\"x ', "\\", "://a:", "?aa", '"token"   ', "bearer ", "["),
        *("%22", "ab12", "ab12ab12ab12 "),
    ],
)
def test_no_text_takes_long(piece):
    redaction.learn_from({"token": "ab12" * 2000})
    text = piece * (300_000 // len(piece))
    started = time.process_time()
    redaction.learn_from({"message": text})
    redaction.mask_text(text)
    assert time.process_time() - started < 3
