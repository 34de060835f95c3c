"""Status subscriptions: where they point, and the tokens that their mails and webhooks carry."""

import hashlib
import hmac
import json
import re
from typing import Any

from acceptance.calls.exchange import Exchange
from acceptance.redaction import learn
from api_service.people.new_tenants import OPERATOR
from api_service.world import World

SUBSCRIPTIONS = "/api/v1/status/subscriptions"
ONE = "/api/v1/status/subscriptions/{subscription_id}"
VERIFY = "/api/v1/status/subscriptions/verify"
CHALLENGE = "/api/v1/status/subscriptions/challenge"
RESEND = "/api/v1/status/incidents/{incident_id}/resend"
MADE_UP = "made-up-token"
MAIL_SECONDS = 5.0
CONFIRMATION = re.compile(r"[?&]token=([\w-]+)")
UNSUBSCRIPTION = re.compile(r"[?&]unsubscribe_token=([\w-]+)")
WRONG_PLACES = {
    "the insecure webhook": ("webhook", "http://hooks.example.com/alerts"),
    "the webhook within the network": ("webhook", "https://127.0.0.1/alerts"),
}
REDEMPTIONS = {
    "confirm the subscription of": VERIFY,
    "confirm the webhook of": CHALLENGE,
    "unsubscribe": ONE,
}


SEVERITIES = ("all", "major", "maintenance")
# Somewhere to send incidents to: a person's address, a webhook, or no such thing.
PLACES = r'(?:the webhook |the address )?"[^"]*"|' + "|".join(WRONG_PLACES)


def title_of(where: str) -> str:
    """Return the title of a place, without what kind of place it is."""
    return where.partition('"')[2].rstrip('"') or where


def channel_and_target(world: World, where: str) -> tuple[str, str]:
    """Return the channel and the target of a place; titles become addresses of this scenario's own."""
    if where in WRONG_PLACES:
        return WRONG_PLACES[where]
    title = title_of(where)
    if where.startswith("the address"):
        return "email", title
    if where.startswith("the webhook"):
        return "webhook", f"https://hooks.example.com/{world.unique(title)}"
    return "email", f"{world.unique(title)}@{world.suite.settings.tenant_slug}.example.com"


def body(world: World, where: str, severity: str) -> dict[str, Any]:
    """Return the request that subscribes a place to incidents."""
    channel, target = channel_and_target(world, where)
    return {"channel": channel, "target": target, "severity_filter": severity}


def keep(world: World, where: str, exchange: Exchange) -> None:
    """Remember a subscription under its title and let the operator end it when the scenario ends."""
    title = title_of(where)
    world.remember("subscription", title, exchange.body)
    world.remember("target", title, exchange.sent["target"])
    world.undo(
        OPERATOR,
        "DELETE",
        ONE,
        what=f'the status subscription of "{title}"',
        # Where nobody may manage subscriptions it stays; one that is not confirmed is told nothing.
        accept=(403, 404, 410),
        subscription_id=exchange.body["id"],
    )


def redeem(world: World, title: str, purpose: str, token: str) -> dict[str, Any]:
    """Return the request (method, path and more) that redeems a token for a purpose."""
    path = REDEMPTIONS[purpose]
    if path == ONE:
        subscription_id = world.recall("subscription", title)["id"]
        return {
            "method": "DELETE",
            "path": path,
            "query": {"token": token},
            "subscription_id": subscription_id,
        }
    return {"method": "POST", "path": path, "json": {"token": token}}


def sent_token(world: World, title: str, purpose: str) -> str:
    """Return the token that was sent for a purpose; raises NotOfferedError without a mailbox."""
    if REDEMPTIONS[purpose] == CHALLENGE:
        token = str(challenge(world, title)[0]["challenge"])
    else:
        pattern = CONFIRMATION if REDEMPTIONS[purpose] == VERIFY else UNSUBSCRIPTION
        token = _last_match(pattern, mails(world, title))
    learn(token)
    return token


def mails(world: World, title: str) -> list[str]:
    """Return the texts of the mails to a subscribed address, oldest first."""
    target = world.recall("target", title)
    return [f"{mail['text']}\n{mail['html']}" for mail in world.suite.doubles.mails(target, MAIL_SECONDS)]


def challenge(world: World, title: str) -> tuple[dict[str, Any], str, str]:
    """Return the challenge that a webhook got: its content, its signature and its body as it was sent."""
    target = world.recall("target", title)
    delivered = world.suite.doubles.deliveries(target, MAIL_SECONDS)
    if len(delivered) != 1:
        raise AssertionError(f"expected one delivery to {target}, got {len(delivered)}")
    content: dict[str, Any] = json.loads(delivered[0]["body"])
    return content, delivered[0]["signature"], delivered[0]["body"]


def signature(secret: str, text: str) -> str:
    """Return the signature of a webhook's body: HMAC-SHA256 in hexadecimal digits."""
    return hmac.new(secret.encode(), text.encode(), hashlib.sha256).hexdigest()


def _last_match(pattern: re.Pattern[str], texts: list[str]) -> str:
    found = [match for text in texts for match in pattern.findall(text)]
    if not found:
        raise AssertionError(f"none of {len(texts)} mails carries {pattern.pattern}")
    return str(found[-1])
