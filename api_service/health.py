"""Whether the api-service answers at all: what a run and the doctor ask before anything else."""

from acceptance.calls.exchange import Exchange


def fault(health: Exchange, base_url: str) -> str:
    """Return what is wrong with the answer to `GET /health` and how to mend it; empty when nothing is."""
    if health.failure:
        return f"{health.failure}; start the service, or mend SMOKE_BASE_URL ({base_url})"
    if not health.succeeded or not isinstance(health.body, dict) or "version" not in health.body:
        return (
            f"{base_url} answers /health with status {health.status} and no api-service's health; "
            "is this the right port?"
        )
    return ""
