"""The activity feed and usage counters."""

from reference_service.routers.activity import feed, usage

ROUTERS = [feed.router, usage.router]
