"""Rate limits: fixed windows and concurrency slots, counted in memory per quota name and key parts."""

import math
import time
from collections import Counter
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass

from starlette.requests import Request

from reference_service.errors import ApiError
from reference_service.metrics import Metrics

MINUTE, HOUR, DAY = 60, 3600, 86400


@dataclass(frozen=True)
class Quota:
    """How many hits a window of that many seconds allows; a limit of 0 lifts the quota."""

    limit: int
    seconds: int


DEFAULT_QUOTAS: Mapping[str, Quota] = {
    "login_failures_user": Quota(5, HOUR),
    "login_failures_ip": Quota(50, 10 * MINUTE),
    "register_ip_hour": Quota(20, HOUR),
    "register_ip_day": Quota(100, DAY),
    "register_email_day": Quota(3, DAY),
    "register_domain_day": Quota(20, DAY),
    "request_access_ip_hour": Quota(20, HOUR),
    "request_access_ip_day": Quota(100, DAY),
    "request_access_email_day": Quota(3, DAY),
    "request_access_domain_day": Quota(20, DAY),
    "pending_access_requests_ip": Quota(3, DAY),
    "password_forgot_email": Quota(5, HOUR),
    "password_forgot_ip": Quota(20, HOUR),
    "email_verification_user": Quota(3, HOUR),
    "email_verification_ip": Quota(10, HOUR),
    "mfa_verify_user": Quota(10, HOUR),
    "mfa_verify_ip": Quota(20, HOUR),
    "sso_start_tenant": Quota(30, MINUTE),
    "sso_start_ip": Quota(60, MINUTE),
    "sso_callback_ip": Quota(30, MINUTE),
    "contact_email": Quota(3, HOUR),
    "contact_ip": Quota(20, HOUR),
    "status_subscription_email": Quota(5, HOUR),
    "status_subscription_webhook": Quota(20, HOUR),
    "chat": Quota(60, MINUTE),
    "chat_stream": Quota(30, MINUTE),
    "chat_stream_concurrency": Quota(5, 5 * MINUTE),
    "billing_stream": Quota(20, MINUTE),
    "billing_stream_concurrency": Quota(3, 5 * MINUTE),
    "service_account_issue": Quota(5, MINUTE),
    "service_account_issue_ip": Quota(30, MINUTE),
}


class RateLimits:
    """Counts hits and open slots against the configured quotas."""

    def __init__(self, quotas: Mapping[str, Quota], metrics: Metrics) -> None:
        self._quotas = quotas
        self._metrics = metrics
        self._windows: dict[Hashable, tuple[float, int]] = {}
        self._slots: Counter[Hashable] = Counter()

    def hit(self, name: str, *parts: Hashable) -> None:
        """Count one use for these key parts; raises a 429 with `Retry-After` beyond the quota's limit."""
        retry_after = self.exceeded(name, *parts)
        if retry_after is not None:
            self._refuse(name, retry_after)
        ends, used = self._window(name, parts)
        self._windows[name, parts] = (ends, used + 1)

    def exceeded(self, name: str, *parts: Hashable) -> int | None:
        """Seconds until the window ends if its quota is used up, else None."""
        quota = self._quotas[name]
        ends, used = self._window(name, parts)
        return math.ceil(ends - time.monotonic()) if quota.limit and used >= quota.limit else None

    def clear(self, name: str, *parts: Hashable) -> None:
        """Forget what was counted for these key parts."""
        self._windows.pop((name, parts), None)

    def hold_slot(self, name: str, *parts: Hashable) -> Callable[[], None]:
        """Take one of the quota's concurrent slots; call the result to free it. 429 when all are taken."""
        quota, key = self._quotas[name], (name, parts)
        if quota.limit and self._slots[key] >= quota.limit:
            self._refuse(name, quota.seconds)
        self._slots[key] += 1

        def release() -> None:
            self._slots[key] -= 1

        return release

    def _window(self, name: str, parts: tuple[Hashable, ...]) -> tuple[float, int]:
        now = time.monotonic()
        ends, used = self._windows.get((name, parts), (0.0, 0))
        return (ends, used) if ends > now else (now + self._quotas[name].seconds, 0)

    def _refuse(self, name: str, retry_after: int) -> None:
        self._metrics.count("rate_limit_hits_total", quota=name)
        raise ApiError(
            429,
            f"Rate limit exceeded ({name}). Retry after {retry_after}s.",
            headers={"Retry-After": str(retry_after)},
        )


def client_ip(request: Request) -> str:
    """The caller's address: the first entry of `X-Forwarded-For`, else the peer."""
    forwarded = request.headers.get("x-forwarded-for", "").split(",")[0].strip()
    return forwarded or (request.client.host if request.client else "unknown")
