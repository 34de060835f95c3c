"""The limits of a deployment of the api-service, with the defaults of the published one.

The README's table is made from this one (`python -m acceptance gates`). The embedded service is started with
those that are set: `SMOKE_LIMIT_CHAT` is its `REFERENCE_LIMIT_CHAT`.
"""

from collections.abc import Mapping

from acceptance.settings.limits import Limit

_TABLE = (
    Limit(
        "login_failures_user",
        5,
        "wrong passwords in a row until an account locks",
        "AUTH_LOCKOUT_THRESHOLD",
        most=20,
        # Other scenarios sign in with a wrong password once, and must not be locked out by it.
        least=2,
        within=("login_failures_ip",),
    ),
    Limit(
        "login_failures_ip",
        50,
        "wrong passwords from one address or its network in ten minutes",
        "AUTH_IP_LOCKOUT_THRESHOLD",
        most=60,
        least=2,
    ),
    Limit(
        "mfa_verify_user",
        10,
        "codes that one person tries in an hour",
        "MFA_VERIFY_RATE_LIMIT_PER_HOUR",
        most=20,
        # Setting up an app, signing in with it and a repeated code are one code each.
        least=3,
        can_be_off=True,
    ),
    Limit("recovery_codes", 10, "recovery codes that are handed out at once"),
    Limit(
        "password_history",
        5,
        "passwords of before that a person may not choose again",
        "AUTH_PASSWORD_HISTORY_COUNT",
        can_be_off=True,
    ),
    Limit(
        "email_verification_user",
        3,
        "verification mails to one person in an hour",
        "EMAIL_VERIFICATION_EMAIL_RATE_LIMIT_PER_HOUR",
        most=20,
        can_be_off=True,
        within=("email_verification_ip",),
    ),
    Limit(
        "email_verification_ip",
        10,
        "verification mails asked for from one address in an hour",
        "EMAIL_VERIFICATION_IP_RATE_LIMIT_PER_HOUR",
        can_be_off=True,
    ),
    Limit(
        "register_email_day",
        3,
        "sign-ups of one e-mail address in a day",
        "SIGNUP_RATE_LIMIT_PER_EMAIL_DAY",
        most=10,
        can_be_off=True,
    ),
    Limit(
        "pending_access_requests_ip",
        3,
        "requests for access that wait from one address",
        "SIGNUP_CONCURRENT_REQUESTS_LIMIT",
        most=20,
        can_be_off=True,
        within=("request_access_ip_hour",),
    ),
    Limit(
        "request_access_ip_hour",
        20,
        "requests for access from one address in an hour",
        "SIGNUP_RATE_LIMIT_PER_HOUR",
        can_be_off=True,
    ),
    Limit(
        "contact_email",
        3,
        "messages to the team from one e-mail address in an hour",
        "CONTACT_EMAIL_EMAIL_RATE_LIMIT_PER_HOUR",
        most=20,
        can_be_off=True,
        within=("contact_ip",),
    ),
    Limit(
        "contact_ip",
        20,
        "messages to the team from one address in an hour",
        "CONTACT_EMAIL_IP_RATE_LIMIT_PER_HOUR",
        least=2,
        can_be_off=True,
    ),
    Limit(
        "chat",
        60,
        "questions of one person in a minute",
        "CHAT_RATE_LIMIT_PER_MINUTE",
        most=60,
        least=2,
        can_be_off=True,
    ),
    Limit(
        "chat_stream",
        30,
        "replies that one person begins to follow in a minute",
        "CHAT_STREAM_RATE_LIMIT_PER_MINUTE",
        most=60,
        least=2,
        can_be_off=True,
    ),
    Limit(
        "chat_stream_concurrency",
        5,
        "replies that one person follows at once",
        "CHAT_STREAM_CONCURRENT_LIMIT",
        most=10,
        can_be_off=True,
        within=("chat_stream",),
    ),
    Limit(
        "billing_stream",
        20,
        "streams of billing events that one tenant opens in a minute",
        "BILLING_STREAM_RATE_LIMIT_PER_MINUTE",
        least=2,
        can_be_off=True,
    ),
    Limit(
        "billing_stream_concurrency",
        3,
        "streams of billing events that one tenant has open at once",
        "BILLING_STREAM_CONCURRENT_LIMIT",
        most=10,
        can_be_off=True,
        within=("billing_stream",),
    ),
    Limit(
        "vector_stores",
        10,
        "vector stores of one tenant",
        "VECTOR_MAX_STORES_PER_TENANT",
        most=30,
        # A scenario about pages has three of them.
        least=3,
    ),
    Limit(
        "containers",
        10,
        "containers of one tenant",
        "CONTAINER_MAX_CONTAINERS_PER_TENANT",
        most=30,
        least=3,
    ),
    Limit(
        "purge_age_hours",
        0,
        "hours that a workflow run has to be old before it is purged",
        "WORKFLOW_MIN_PURGE_AGE_HOURS",
        can_be_off=True,
    ),
    Limit("upload_megabytes", 512, "megabytes of a stored file", "STORAGE_MAX_FILE_MB"),
    Limit(
        "signed_link_seconds",
        900,
        "seconds that the address of a stored file is good for",
        "STORAGE_SIGNED_URL_TTL_SECONDS",
    ),
    Limit("log_bytes", 16_384, "bytes of a client's log record", least=8_192),
)

LIMITS: Mapping[str, Limit] = {limit.name: limit for limit in _TABLE}
