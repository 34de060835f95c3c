"""Whether a target is a production deployment by its own word: a port of loopback may be a forwarded one."""

import re

from acceptance import json_values
from acceptance.calls.exchange import Exchange
from acceptance.settings.settings import Settings

WORDS = frozenset({"production", "prod", "live"})
# As in "pre-prod" and "non-production".
DENIALS = frozenset({"pre", "non", "no", "not"})


def refusal(health: Exchange, config: Settings) -> str:
    """Return why the suite writes nothing to the target whose sign of life this is; empty when it may.

    Production needs the consent that a remote host needs: its host among the allowed ones.
    """
    name = health.wire.environment
    said = [one[name] for _, one in json_values.objects(health.body) if name in one] if name else []
    words = [set(re.split("[^a-z]+", value.lower())) for value in said if isinstance(value, str)]
    meant = [one & WORDS for one in words if not one & DENIALS]
    if config.embedded or config.host in config.allowed_hosts or not any(meant):
        return ""
    (word, *_) = sorted(set().union(*meant))
    return (
        f'{config.base_url} says that its {name} is "{word}", and this suite would write to it; does '
        f"the port lead elsewhere? If that is meant, set {config.allowing(config.host)}"
    )
