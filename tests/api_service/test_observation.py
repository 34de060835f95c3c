"""Metrics, feeds and signing keys as scenarios look at them."""

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from acceptance.calls.exchange import Call, Exchange
from acceptance.contract.document import Operation
from api_service.subjects.platform import metrics, signing_keys, status

FEED = """<rss version="2.0"><channel><title>Status</title><lastBuildDate>now</lastBuildDate><item>
<guid>one</guid><title>API: slow</title><description>slow</description>
<pubDate>Sat, 08 Nov 2025 13:00:00 +0000</pubDate></item></channel></rss>"""
INCIDENT = {
    "incident_id": "one",
    "service": "API",
    "impact": "slow",
    "occurred_at": "2025-11-08T13:00:00Z",
    "state": "resolved",
}


def answered(content: str) -> Exchange:
    operation = Operation("GET", "/", "other", {"200": {}})
    return Exchange(operation, Call("a visitor", "GET", "/"), "", "", status=200, content=content.encode())


def test_counters_are_summed_over_their_labels():
    text = '# TYPE a_total counter\na_total{x="1"} 2\na_total{x="2"} 3\n# TYPE b_total counter\n'
    assert metrics.counters(text) == {"a": 5.0, "b": 0.0}


def test_text_that_is_no_metrics_is_refused():
    with pytest.raises(ValueError, match="html"):
        metrics.counters("<html>\n")


def test_a_feed_says_what_the_page_says():
    channel = status.channel(answered(FEED))
    assert channel is not None
    assert status.feed_incidents(channel) == status.page_incidents({"incidents": [INCIDENT]})
    assert status.lasting(channel)["about"] == {"title": "Status"}


@pytest.mark.parametrize("written", ["", "yesterday"])
def test_an_item_without_a_date_is_not_what_the_page_says(written):
    channel = status.channel(answered(FEED.replace("Sat, 08 Nov 2025 13:00:00 +0000", written)))
    assert channel is not None
    assert [incident["at"] for incident in status.feed_incidents(channel)] == [None]


@pytest.mark.parametrize(
    "text", ["<rss", "<feed/>", "<rss version='2.0'/>", "<rss version='1.0'><channel/></rss>"]
)
def test_what_is_no_rss_is_refused(text):
    assert status.channel(answered(text)) is None


def test_only_a_published_key_verifies_a_token():
    private, other = Ed25519PrivateKey.generate(), Ed25519PrivateKey.generate()
    jwk = jwt.algorithms.OKPAlgorithm.to_jwk(private.public_key(), as_dict=True)
    keys = {"keys": [{**jwk, "kid": "one", "use": "sig", "alg": "EdDSA"}]}
    claims = {"sub": "user:ann", "aud": "agent-api"}
    signed = jwt.encode(claims, private, "EdDSA", {"kid": "one"})
    assert signing_keys.verified_claims(keys, signed, "agent-api") == claims
    for key, kid, problem in ((other, "one", "does not verify"), (private, "two", "names the key two")):
        forged = jwt.encode(claims, key, "EdDSA", {"kid": kid})
        assert problem in signing_keys.verified_claims(keys, forged, "agent-api")
