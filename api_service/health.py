"""What keeps a run from beginning at the api-service, in words for the run itself and for the doctor."""

from urllib.parse import urlsplit

from acceptance.calls.exchange import Exchange
from acceptance.settings.settings import LOOPBACK


def no_fixtures(base_url: str) -> str:
    """Return what to do about a service without test fixtures; one in production has none."""
    mend = "start the service with USE_TEST_FIXTURES=true"
    if urlsplit(base_url).hostname in LOOPBACK:
        mend += "; if the port is a forwarded one, look where it leads: production has no test fixtures"
    return f"{base_url} offers no test fixtures; {mend}"


def fault(health: Exchange, base_url: str) -> str:
    """Return what is wrong with the answer to `GET /health` and how to mend it; empty when nothing is."""
    if health.failure:
        return f"{health.failure}; start the service, or mend SMOKE_BASE_URL ({base_url})"
    if not health.succeeded or not isinstance(health.body, dict) or "version" not in health.body:
        return (
            f"{base_url} answers /health with status {health.status} and no api-service's health; "
            "is this the right port?"
        )
    if health.findings:
        return f"{base_url} answers /health and breaks the contract: {'; '.join(map(str, health.findings))}"
    return ""
