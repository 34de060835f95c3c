"""The status page and who is told of incidents."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree

import httpx
import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

from provider_doubles import mail, webhooks
from provider_doubles.serving import running
from reference_service.app import create_app
from reference_service.clock import Clock
from reference_service.config import Config
from tests.reference_service.support import Api, refused

SUBSCRIPTIONS = "/status/subscriptions"
OLGA, OWNER = "olga@operators.example.com", "owner@acme.example.com"
ANN = {"channel": "email", "target": "ann@example.com"}
HOOK = {"channel": "webhook", "target": "https://hooks.example.com/alerts"}


@pytest.fixture(scope="module")
def mailbox() -> Iterator[str]:
    with running(mail.create_app()) as url:
        yield url


@pytest.fixture(scope="module")
def relay() -> Iterator[str]:
    with running(webhooks.create_app()) as url:
        yield url


@pytest.fixture
def config(mailbox: str, relay: str) -> Config:
    httpx.delete(f"{mailbox}/mailbox", params={"to": ANN["target"]})
    return Config(mail_url=mailbox, webhook_relay_url=f"{relay}/deliveries")


def tokens(mailbox: str, kind: str) -> list[str]:
    mails = httpx.get(f"{mailbox}/mailbox", params={"to": ANN["target"]}).json()["mails"]
    links = [word for one in mails for word in one["text"].split() if f"&{kind}=" in word]
    return [link.partition(f"&{kind}=")[2] for link in links]


def subscribe(api: Api, person: str | None = None, **body: str) -> dict:
    response = api.call(person, "POST", SUBSCRIPTIONS, json={**ANN, **body})
    assert response.status_code == 201, response.text
    return response.json()


def verify(api: Api, token: str) -> Response:
    return api.call(None, "POST", f"{SUBSCRIPTIONS}/verify", json={"token": token})


def test_page_and_feed_tell_the_same_incidents(api: Api) -> None:
    page = api.call(None, "GET", "/status").json()
    feed = api.call(None, "GET", "/status.rss")
    assert feed.headers["content-type"] == "application/rss+xml; charset=utf-8"
    guids = [item.findtext("guid") for item in ElementTree.fromstring(feed.content).iter("item")]
    assert guids == [incident["incident_id"] for incident in page["incidents"]]


def test_a_subscription_is_confirmed_by_its_mail_once(api: Api, mailbox: str) -> None:
    made = subscribe(api)
    assert (made["status"], made["created_by"]) == ("pending_verification", "public")
    assert made["target_masked"] == "a***@example.com"
    [token] = tokens(mailbox, "token")
    assert verify(api, token).json()["status"] == "active"
    refused(verify(api, token), 404)
    refused(api.call(None, "POST", SUBSCRIPTIONS, json=ANN), 409)


def test_a_late_confirmation_is_refused(config: Config, mailbox: str) -> None:
    now = [datetime(2026, 1, 1, tzinfo=UTC)]
    api = Api(TestClient(create_app(config, Clock(lambda: now[-1]))))
    subscribe(api)
    now.append(now[0] + timedelta(hours=2))
    refused(verify(api, tokens(mailbox, "token")[-1]), 410)


def test_the_link_in_the_mail_ends_a_subscription(api: Api, mailbox: str, operator: dict) -> None:
    made, other = subscribe(api), subscribe(api, severity_filter="all")
    token = tokens(mailbox, "unsubscribe_token")[0]
    wrong = api.call(None, "DELETE", f"{SUBSCRIPTIONS}/{other['id']}", params={"token": token})
    refused(wrong, 400)
    ended = api.call(None, "DELETE", f"{SUBSCRIPTIONS}/{made['id']}", params={"token": token})
    assert ended.status_code == 204
    listed = api.call(OLGA, "GET", SUBSCRIPTIONS, params={"all": "true"}).json()["items"]
    assert [one["status"] for one in listed] == ["pending_verification", "revoked"]


def test_a_webhook_needs_a_manager_and_answers_its_challenge(api: Api, relay: str, operator: dict) -> None:
    refused(api.call(None, "POST", SUBSCRIPTIONS, json=HOOK), 401)
    made = api.call(OLGA, "POST", SUBSCRIPTIONS, json=HOOK).json()
    assert made["webhook_secret"]
    [delivery] = httpx.get(f"{relay}/deliveries", params={"target": HOOK["target"]}).json()["deliveries"]
    challenge = json.loads(delivery["body"])["challenge"]
    confirmed = api.call(None, "POST", f"{SUBSCRIPTIONS}/challenge", json={"token": challenge}).json()
    assert (confirmed["status"], confirmed["webhook_secret"]) == ("active", None)


@pytest.mark.parametrize(
    "target",
    ["http://hooks.example.com", "https://localhost/x", "https://10.0.0.1/x", "https://[::1", "nonsense"],
)
def test_webhooks_go_to_public_https_only(api: Api, operator: dict, target: str) -> None:
    refused(api.call(OLGA, "POST", SUBSCRIPTIONS, json={**HOOK, "target": target}), 400)


def test_an_address_must_be_one(api: Api) -> None:
    refused(api.call(None, "POST", SUBSCRIPTIONS, json={**ANN, "target": "ann"}), 400, "e-mail")


def test_only_managers_see_and_end_subscriptions(api: Api, acme: dict) -> None:
    made = subscribe(api, OWNER)
    assert made["tenant_id"] == acme["tenant_id"]
    refused(api.call(OWNER, "GET", SUBSCRIPTIONS), 403)
    refused(api.call(None, "DELETE", f"{SUBSCRIPTIONS}/{made['id']}"), 401)


def test_a_manager_sees_other_tenants_on_request(api: Api, acme: dict, operator: dict) -> None:
    made, tenant = subscribe(api, OWNER), {"tenant_id": acme["tenant_id"]}
    assert api.call(OLGA, "GET", SUBSCRIPTIONS).json()["items"] == []
    refused(api.call(OLGA, "GET", SUBSCRIPTIONS, params=tenant), 403)
    listed = api.call(OLGA, "GET", SUBSCRIPTIONS, params={**tenant, "all": "true"}).json()
    assert [one["id"] for one in listed["items"]] == [made["id"]]
    refused(api.call(OLGA, "GET", SUBSCRIPTIONS, params={"cursor": "-1"}), 400)


def test_an_incident_goes_to_active_subscribers_of_its_severity(
    api: Api, acme: dict, operator: dict, mailbox: str
) -> None:
    subscribe(api, OWNER, severity_filter="maintenance")
    verify(api, tokens(mailbox, "token")[0])
    incident = api.call(None, "GET", "/status").json()["incidents"][0]["incident_id"]
    told = [
        api.call(
            OLGA,
            "POST",
            f"/status/incidents/{incident}/resend",
            json={"severity": severity, "tenant_id": acme["tenant_id"]},
        ).json()["dispatched"]
        for severity in ("major", "maintenance", "all")
    ]
    assert told == [0, 1, 1]
    assert len(tokens(mailbox, "unsubscribe_token")) == 3


def test_mail_that_cannot_be_sent_is_a_bad_gateway() -> None:
    api = Api(TestClient(create_app(Config(mail_url="http://127.0.0.1:1"))))
    refused(api.call(None, "POST", SUBSCRIPTIONS, json=ANN), 502)
    contact = {"email": "guest@example.com", "message": "Do you deliver?"}
    refused(api.call(None, "POST", "/contact", json=contact), 502)


def test_the_sixth_subscription_of_an_hour_has_to_wait(api: Api) -> None:
    for number in range(5):
        subscribe(api, target=f"ann{number}@example.com")
    refused(api.call(None, "POST", SUBSCRIPTIONS, json=ANN), 429)
