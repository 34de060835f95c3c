"""The status page and its RSS feed: what both of them say of the incidents."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any
from xml.etree import ElementTree

from acceptance.calls.exchange import Exchange
from acceptance.timestamps import instant
from api_service.people.accounts import VISITOR
from api_service.world import World

PAGE = "/api/v1/status"
FEEDS = {"status feed": "/api/v1/status/rss", "status feed's other name": "/api/v1/status.rss"}
MADE_AT = ("lastBuildDate", "pubDate")


@dataclass
class Incident:
    """An incident of the status page: its id and what it affects, in words."""

    id: str
    impact: str


def newest_incident(world: World) -> Incident:
    """Return the newest incident of the status page, as a visitor reads it."""
    newest = world.must(VISITOR, "GET", PAGE).body["incidents"][0]
    return Incident(newest["incident_id"], newest["impact"])


def page_incidents(page: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the incidents of the page with the values that the feed has to carry."""
    return [
        {
            "guid": incident["incident_id"],
            "title": f"{incident['service']}: {incident['impact']}",
            "description": incident["impact"],
            "at": instant(incident["occurred_at"]),
        }
        for incident in page["incidents"]
    ]


def feed_incidents(channel: ElementTree.Element) -> list[dict[str, Any]]:
    """Return the items of a feed; the date of an item that has none, or no valid one, is None."""
    return [
        {**{tag: item.findtext(tag) for tag in ("guid", "title", "description")}, "at": _published(item)}
        for item in channel.iter("item")
    ]


def channel(exchange: Exchange) -> ElementTree.Element | None:
    """Return the channel of an RSS 2.0 document, or None when the answer is no such document."""
    try:
        # Our own target's feed is read, and the parser loads nothing from elsewhere.
        root = ElementTree.fromstring(exchange.content)  # noqa: S314
    except ElementTree.ParseError:
        return None
    return root.find("channel") if (root.tag, root.get("version")) == ("rss", "2.0") else None


def lasting(channel: ElementTree.Element) -> dict[str, Any]:
    """Return what a feed says but for the times at which it was made."""
    about = {part.tag: part.text for part in channel if part.tag not in (*MADE_AT, "item")}
    return {"about": about, "incidents": feed_incidents(channel)}


def age(exchange: Exchange) -> timedelta:
    """Return how long before the answer the older part of the page was made."""
    made = (exchange.body["generated_at"], exchange.body["overview"]["updated_at"])
    return max(abs(exchange.answered_at - instant(moment)) for moment in made)


def timeless(page: Mapping[str, Any]) -> dict[str, Any]:
    """Return a page without the times at which it was made."""
    overview = {key: value for key, value in page["overview"].items() if key != "updated_at"}
    return {**page, "overview": overview, "generated_at": None}


def _published(item: ElementTree.Element) -> datetime | None:
    try:
        return parsedate_to_datetime(item.findtext("pubDate", ""))
    except ValueError:
        return None
