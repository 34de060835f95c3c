"""The status page and its feed: what both of them say of an incident."""

from collections.abc import Mapping
from datetime import timedelta
from email.utils import parsedate_to_datetime
from typing import Any
from xml.etree import ElementTree

from acceptance.calls.evidence import explain
from acceptance.calls.exchange import Exchange
from acceptance.timestamps import instant

PAGE = "/api/v1/status"
FEEDS = {"status feed": "/api/v1/status/rss", "status feed's other name": "/api/v1/status.rss"}
OF_THE_MOMENT = ("lastBuildDate", "pubDate")


def on_page(page: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the incidents of the page as the feed has to carry them."""
    return [
        {
            "guid": incident["incident_id"],
            "title": f"{incident['service']}: {incident['impact']}",
            "description": incident["impact"],
            "at": instant(incident["occurred_at"]),
        }
        for incident in page["incidents"]
    ]


def in_feed(exchange: Exchange) -> list[dict[str, Any]]:
    """Return the incidents of an RSS 2.0 document; raises AssertionError when it is none."""
    return [
        {
            "guid": item.findtext("guid"),
            "title": item.findtext("title"),
            "description": item.findtext("description"),
            "at": parsedate_to_datetime(item.findtext("pubDate", "")),
        }
        for item in channel(exchange).iter("item")
    ]


def channel(exchange: Exchange) -> ElementTree.Element:
    """Return the channel of an RSS 2.0 document; raises AssertionError when there is none."""
    try:
        # Our own target's feed is read, and the parser loads nothing from elsewhere.
        root = ElementTree.fromstring(exchange.content)  # noqa: S314
    except ElementTree.ParseError as error:
        raise AssertionError(explain(exchange, f"an RSS document ({error})")) from None
    found = root.find("channel")
    if root.tag != "rss" or root.get("version") != "2.0" or found is None:
        raise AssertionError(explain(exchange, "an RSS 2.0 document with a channel"))
    return found


def lasting(exchange: Exchange) -> dict[str, Any]:
    """Return a feed without the moment at which it was made."""
    about = {part.tag: part.text for part in channel(exchange) if part.tag not in (*OF_THE_MOMENT, "item")}
    return {"about": about, "incidents": in_feed(exchange)}


def age(exchange: Exchange) -> timedelta:
    """Return how long before the answer the older part of the page was made."""
    made = (exchange.body["generated_at"], exchange.body["overview"]["updated_at"])
    return max(abs(exchange.answered_at - instant(moment)) for moment in made)


def timeless(page: Mapping[str, Any]) -> dict[str, Any]:
    """Return a page without the moments at which it was made."""
    overview = {key: value for key, value in page["overview"].items() if key != "updated_at"}
    return {**page, "overview": overview, "generated_at": None}
