"""Log records of front ends."""

from reference_service.routers.observability import logs

ROUTERS = [logs.router]
