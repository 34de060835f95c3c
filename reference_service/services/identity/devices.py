"""What a user agent and an address tell about a device, in words for the person who signed in with it."""

import hashlib
import ipaddress

from reference_service.models.identity.sessions import SessionClientInfo

# The first match wins: an iPhone also says "Mac OS X", Android "Linux", Edge "Chrome", and all say "Safari".
_PLATFORMS = {
    "iphone": "iOS",
    "ipad": "iOS",
    "android": "Android",
    "windows": "Windows",
    "mac os x": "macOS",
    "linux": "Linux",
}
_BROWSERS = {"edg/": "Edge", "firefox": "Firefox", "chrome": "Chrome", "safari": "Safari"}
_DEVICES = {"bot": "bot", "ipad": "tablet", "iphone": "mobile", "mobile": "mobile"}


def describe(user_agent: str | None) -> SessionClientInfo:
    """The platform, browser and kind of device behind a user agent, as far as it tells."""
    text = (user_agent or "").lower()
    return SessionClientInfo(
        platform=_first(_PLATFORMS, text),
        browser=_first(_BROWSERS, text),
        device=_first(_DEVICES, text) or ("desktop" if text else None),
        user_agent=user_agent,
    )


def masked(address: str) -> str | None:
    """The network part of an address, or None for what is none."""
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return None
    if known.version == 4:
        return known.exploded.rpartition(".")[0] + ".*"
    return ":".join(known.exploded.split(":")[:4]) + ":*:*:*:*"


def fingerprint(address: str, user_agent: str | None) -> str:
    """The same text for the same device in the same place."""
    return hashlib.sha256(f"{address}:{user_agent}".encode()).hexdigest()[:32]


def _first(known: dict[str, str], text: str) -> str | None:
    return next((name for mark, name in known.items() if mark in text), None)
