"""Counters and durations, kept in memory and rendered in the Prometheus text format."""

import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager

Labels = tuple[tuple[str, str], ...]

FAMILIES = {
    "jwks_requests_total": "counter",
    "jwks_not_modified_total": "counter",
    "jwt_signings_total": "counter",
    "jwt_signing_duration_seconds": "summary",
    "jwt_verifications_total": "counter",
    "jwt_verification_duration_seconds": "summary",
    "service_account_issuance_total": "counter",
    "rate_limit_hits_total": "counter",
    "signup_attempts_total": "counter",
    "signup_blocked_total": "counter",
    "email_delivery_attempts_total": "counter",
    "activity_events_total": "counter",
    "activity_stream_publish_total": "counter",
    "storage_operations_total": "counter",
    "vector_store_operations_total": "counter",
    "container_operations_total": "counter",
    "workflow_run_deletes_total": "counter",
    "stripe_webhook_events_total": "counter",
    "usage_guardrail_decisions_total": "counter",
    "usage_limit_hits_total": "counter",
}


class Metrics:
    """What happened since the service started; families are declared above, samples appear on first use."""

    def __init__(self) -> None:
        self._samples: defaultdict[str, defaultdict[Labels, float]] = defaultdict(lambda: defaultdict(float))

    def count(self, family: str, **labels: str) -> None:
        """Add one to a counter."""
        self._samples[family][tuple(sorted(labels.items()))] += 1

    @contextmanager
    def timed(self, family: str, **labels: str) -> Iterator[None]:
        """Add the duration of the block, in seconds, to a summary."""
        started = time.perf_counter()
        try:
            yield
        finally:
            key = tuple(sorted(labels.items()))
            self._samples[f"{family}_sum"][key] += time.perf_counter() - started
            self._samples[f"{family}_count"][key] += 1

    def render(self) -> str:
        """All families in the Prometheus text format, version 0.0.4."""
        lines: list[str] = []
        for family, kind in FAMILIES.items():
            lines.append(f"# TYPE {family} {kind}")
            names = [family] if kind == "counter" else [f"{family}_sum", f"{family}_count"]
            for name in names:
                for labels, value in sorted(self._samples[name].items()):
                    text = ",".join(f'{label}="{content}"' for label, content in labels)
                    lines.append(f"{name}{{{text}}} {value}" if text else f"{name} {value}")
        return "\n".join(lines) + "\n"
