"""The certificates that are trusted where the service calls others."""

import ssl
from functools import cache

import httpx


@cache
def trusted() -> ssl.SSLContext:
    """The context for TLS, made once: reading the certificates takes longer than most calls."""
    return httpx.create_ssl_context()
