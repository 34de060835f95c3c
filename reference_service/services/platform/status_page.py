"""The status page: a fixed history, as of now, and the same as an RSS feed."""

from datetime import UTC, datetime
from email.utils import format_datetime
from xml.etree import ElementTree

from reference_service.models.platform.status import (
    IncidentSchema,
    PlatformStatusResponse,
    ServiceStatusSchema,
    StatusOverviewSchema,
    UptimeMetricSchema,
)
from reference_service.runtime import Runtime

INCIDENTS = [
    IncidentSchema(
        incident_id="redis-maintenance-2025-11-08",
        service="Event streams",
        occurred_at=datetime(2025, 11, 8, 13, 0, tzinfo=UTC),
        impact="Events arrived late while the message store was maintained.",
        state="resolved",
    ),
    IncidentSchema(
        incident_id="postgres-upgrade-2025-10-31",
        service="API",
        occurred_at=datetime(2025, 10, 31, 22, 0, tzinfo=UTC),
        impact="Some requests were refused during a database upgrade.",
        state="resolved",
    ),
    IncidentSchema(
        incident_id="cdn-miss-2025-10-18",
        service="Web application",
        occurred_at=datetime(2025, 10, 18, 16, 30, tzinfo=UTC),
        impact="Pages loaded slowly.",
        state="resolved",
    ),
]


def _service(name: str, description: str, owner: str) -> ServiceStatusSchema:
    last = max((one.occurred_at for one in INCIDENTS if one.service == name), default=None)
    return ServiceStatusSchema(
        name=name, status="operational", description=description, owner=owner, last_incident_at=last
    )


SERVICES = [
    _service("API", "Sign-in, tenants, conversations, billing.", "Platform"),
    _service("Web application", "The application in the browser.", "Product"),
    _service("Event streams", "Live billing and activity events.", "Platform"),
    _service("Assistants", "Chat and workflows.", "Assistants"),
]
UPTIME_METRICS = [
    UptimeMetricSchema(
        label="API uptime, 30 days",
        value="99.98%",
        helper_text="Share of minutes without a failed probe.",
        trend_value="stable",
        trend_tone="neutral",
    )
]


def snapshot(runtime: Runtime) -> PlatformStatusResponse:
    """The status page as of now."""
    now = runtime.clock.now()
    overview = StatusOverviewSchema(
        state="All systems operational", description="Every service answers as it should.", updated_at=now
    )
    return PlatformStatusResponse(
        generated_at=now,
        overview=overview,
        services=SERVICES,
        incidents=INCIDENTS,
        uptime_metrics=UPTIME_METRICS,
    )


def feed(runtime: Runtime) -> str:
    """The incidents as an RSS 2.0 document; an item's guid is the incident's identifier."""
    page, link = snapshot(runtime), f"{runtime.config.public_url}/status"
    root = ElementTree.Element("rss", version="2.0")
    channel = ElementTree.SubElement(root, "channel")
    built = {"lastBuildDate": format_datetime(page.generated_at)}
    _describe(channel, title="Platform status", link=link, description=page.overview.description, **built)
    for incident in page.incidents:
        item = ElementTree.SubElement(channel, "item")
        _describe(
            item,
            title=f"{incident.service}: {incident.impact}",
            link=link,
            guid=incident.incident_id,
            pubDate=format_datetime(incident.occurred_at),
            description=incident.impact,
        )
    return ElementTree.tostring(root, encoding="unicode")


def _describe(element: ElementTree.Element, **texts: str) -> None:
    for name, text in texts.items():
        ElementTree.SubElement(element, name).text = text
