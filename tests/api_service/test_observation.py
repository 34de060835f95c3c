"""Metrics, feeds and signing keys as scenarios look at them."""

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from acceptance.calls.exchange import Call, Exchange
from acceptance.contract.document import Operation
from api_service.subjects.platform import metrics, signing_keys
from api_service.subjects.platform import status as status_page

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
    assert metrics.totals(answered(text)) == {"a": 5.0, "b": 0.0}


def test_text_that_is_no_metrics_is_refused():
    with pytest.raises(AssertionError, match="Prometheus"):
        metrics.totals(answered("<html>\n"))


def test_a_feed_says_what_the_page_says():
    assert status_page.in_feed(answered(FEED)) == status_page.on_page({"incidents": [INCIDENT]})
    assert status_page.lasting(answered(FEED))["about"] == {"title": "Status"}


@pytest.mark.parametrize(
    "text", ["<rss", "<feed/>", "<rss version='2.0'/>", "<rss version='1.0'><channel/></rss>"]
)
def test_what_is_no_rss_is_refused(text):
    with pytest.raises(AssertionError, match="RSS"):
        status_page.in_feed(answered(text))


def test_only_a_published_key_verifies_a_token():
    private, other = Ed25519PrivateKey.generate(), Ed25519PrivateKey.generate()
    jwk = jwt.algorithms.OKPAlgorithm.to_jwk(private.public_key(), as_dict=True)
    keys = {"keys": [{**jwk, "kid": "one", "use": "sig", "alg": "EdDSA"}]}
    claims = {"sub": "user:ann", "aud": "agent-api"}
    signed = jwt.encode(claims, private, "EdDSA", {"kid": "one"})
    assert signing_keys.verify(keys, signed, "agent-api")["sub"] == "user:ann"
    for key, kid in ((other, "one"), (private, "two")):
        with pytest.raises(AssertionError, match="key"):
            signing_keys.verify(keys, jwt.encode(claims, key, "EdDSA", {"kid": kid}), "agent-api")
