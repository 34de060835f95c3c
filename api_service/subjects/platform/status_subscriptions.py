"""Status subscriptions: where they point, and the tokens that their mails and webhooks carry."""

import hashlib
import hmac
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from acceptance.calls.exchange import Exchange
from acceptance.redaction import learn_from
from acceptance.scenarios.undo import GONE, Search
from api_service.people.accounts import VISITOR
from api_service.people.tenants import OPERATOR
from api_service.world import Ask, World

MANAGE = "status:manage"
SUBSCRIPTIONS = "/api/v1/status/subscriptions"
SUBSCRIPTION = f"{SUBSCRIPTIONS}/{{subscription_id}}"
RESEND = "/api/v1/status/incidents/{incident_id}/resend"
DELIVERY_SECONDS = 5.0
SEVERITIES = ("all", "major", "maintenance")
INVALID_WEBHOOKS = {
    "the insecure webhook": "http://hooks.example.com/alerts",
    "the webhook within the network": "https://127.0.0.1/alerts",
}
CONFIRM, CONFIRM_WEBHOOK = "confirm the subscription of", "confirm the webhook of"
# What a token is for: where it is redeemed, and how it stands in the mail or delivery that carries it.
REDEMPTIONS = {
    CONFIRM: (f"{SUBSCRIPTIONS}/verify", r"[?&]token=([\w-]+)"),
    CONFIRM_WEBHOOK: (f"{SUBSCRIPTIONS}/challenge", r'"challenge": *"([^"]+)"'),
    "unsubscribe": (SUBSCRIPTION, r"[?&]unsubscribe_token=([\w-]+)"),
}


@dataclass
class StatusSubscription:
    """A subscription: its id, the address or URL it points to, and the answer that it was made with."""

    id: str
    target: str
    made: Mapping[str, Any]


def title_of(target: str) -> str:
    """Return the quoted title in the words for a target, or the words themselves when nothing is quoted."""
    return target.partition('"')[2].rstrip('"') or target


def channel_and_url(world: World, target: str) -> tuple[str, str]:
    """Return the channel and the address or URL of a target in words; a title becomes the scenario's own."""
    title = title_of(target)
    if target in INVALID_WEBHOOKS:
        return "webhook", INVALID_WEBHOOKS[target]
    if target.startswith("the address"):
        return "email", title
    if target.startswith("the webhook"):
        return "webhook", f"https://hooks.example.com/{world.unique(title)}"
    return "email", f"{title}@{world.unique('mail')}.example.com"


def subscribe(world: World, ask: Ask, person: str, target: str, severity: str) -> None:
    """Subscribe a target to incidents; the operator ends the subscription when the scenario ends."""
    title, (channel, url) = title_of(target), channel_and_url(world, target)
    body = {"channel": channel, "target": url, "severity_filter": severity}
    # Each from another place: few are allowed from one.
    address = {"X-Forwarded-For": world.elsewhere(1 + len(world.state.all_of(StatusSubscription)))}
    # Lists hide an address but for its domain, and a URL altogether.
    own = world.unique("hook") if person == VISITOR else world.person(person).user_id
    mark = url.partition("@")[2] or own
    search = Search(SUBSCRIPTIONS, mark, {"subscription_id": "id"}, {"all": True, "limit": 100})
    what = f'the status subscription of "{title}"'
    # Where nobody may manage subscriptions it stays; one that is not confirmed gets no incidents.
    undo = {"what": what, "search": search, "accept": (403, *GONE)}
    with world.making(OPERATOR, "DELETE", SUBSCRIPTION, {"subscription_id": "id"}, **undo):
        exchange = ask(person, "POST", SUBSCRIPTIONS, json=body, headers=address)
    if exchange.succeeded:
        world.state.keep(title, StatusSubscription(exchange.body["id"], url, exchange.body))


def redeem(world: World, ask: Ask, person: str, title: str, purpose: str, token: str) -> Exchange:
    """Redeem a token that confirms or ends a subscription."""
    path, _ = REDEMPTIONS[purpose]
    if path == SUBSCRIPTION:
        subscription_id = world.state.find(StatusSubscription, title).id
        return ask(person, "DELETE", path, query={"token": token}, subscription_id=subscription_id)
    return ask(person, "POST", path, json={"token": token})


def sent_token(world: World, title: str, purpose: str) -> str:
    """Return the last token that was sent for a purpose, or an empty string."""
    if purpose == CONFIRM_WEBHOOK:
        texts = [delivery["body"] for delivery in deliveries(world, title)]
    else:
        texts = mails(world, title)
    found = re.findall(REDEMPTIONS[purpose][1], "\n".join(texts))
    learn_from({"token": found})
    return str(found[-1]) if found else ""


def mails(world: World, title: str) -> list[str]:
    """Return the texts of the mails to a subscribed address, oldest first."""
    target = world.state.find(StatusSubscription, title).target
    sent = world.suite.doubles.mails(target, DELIVERY_SECONDS)
    return [f"{mail['text']}\n{mail['html']}" for mail in sent]


def deliveries(world: World, title: str) -> list[dict[str, Any]]:
    """Return what was posted to a subscribed webhook, oldest first: `body` and `signature`."""
    target = world.state.find(StatusSubscription, title).target
    return world.suite.doubles.deliveries(target, DELIVERY_SECONDS)


def signature(secret: str, text: str) -> str:
    """Return the signature of a webhook's body: HMAC-SHA256 in hexadecimal digits."""
    return hmac.new(secret.encode(), text.encode(), hashlib.sha256).hexdigest()
