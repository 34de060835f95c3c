"""The fixture specification: the tenants, people, conversations and counters that every run starts from.

One call seeds them all for a run of the whole suite, again and again with the same result; ids stay the
same. A filtered run seeds Alice and Olga, and the others when they are first asked for. What a scenario
disturbs, it makes for itself (see `newcomers`), so that two runs at once do not meet.
"""

import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from acceptance.calls.client import Client
from acceptance.calls.evidence import explain
from acceptance.calls.exchange import Call
from acceptance.errors import ConfigurationError, NotOfferedError, TargetError
from api_service.health import no_fixtures
from api_service.people.accounts import Person, with_ids
from api_service.settings import Settings

APPLY = "/api/v1/test-fixtures/apply"
# Who has to do with most scenarios: Olga takes down what they found.
FIRST = frozenset({"Alice", "Olga"})
SAMPLE_MESSAGES = (
    ("user", "What can you help me with?"),
    ("assistant", "I answer questions about your workspace."),
)
USAGE_COUNTER = {
    "period_start": "2026-01-01",
    "granularity": "month",
    "input_tokens": 1200,
    "output_tokens": 340,
    "requests": 17,
    "storage_bytes": 4096,
}


class Seeded(dict[str, Person]):
    """Seeded people by name; whoever is not there yet is seeded when first asked for.

    A service hashes every password slowly, so that a run of a few scenarios starts sooner without the rest.
    """

    def __init__(self, client: Client, settings: Settings, later: Mapping[str, Person]) -> None:
        super().__init__()
        self._client, self._later, self._tenants = client, dict(later), tenant_names(settings)
        self._lock = threading.Lock()
        self._ask: Callable[..., Any] | None = None

    def enter_worker(self, ask: Callable[..., Any]) -> None:
        """Go on in a forked process: `ask` has the first one seed whoever is not there yet."""
        self._ask = ask

    def __contains__(self, name: object) -> bool:
        return super().__contains__(name) or name in self._later

    def __missing__(self, name: str) -> Person:
        with self._lock:
            if not super().__contains__(name):
                self[name] = self._ask("seeded", name) if self._ask else self._seed(self._later[name])
                del self._later[name]
        return self[name]

    def _seed(self, person: Person) -> Person:
        slug = person.tenant_slug
        applied = apply(self._client, [tenant_specification(slug, self._tenants[slug], [person])])
        return with_ids(person, applied[slug])


@dataclass(frozen=True)
class Cast:
    """Everybody and everything the run's seed gave: people by name, the sample conversation's id."""

    people: Seeded
    sample_conversation_id: str

    def named(self, email: str, tenant_id: str) -> Person | None:
        """Return the seeded person of an address in a tenant, if there is one."""
        same = (one for one in tuple(self.people.values()) if one.email == email)
        return next((one for one in same if one.tenant_id == tenant_id), None)


def cast(settings: Settings) -> dict[str, Person]:
    """Return the people of every run by name; their ids are not known yet.

    Raises ConfigurationError when two of them would share an address, and so be one person.
    """
    home, away, platform = tenant_names(settings)

    def person(name: str, role: str, slug: str, email: str = "", **more: Any) -> Person:
        address = email or f"{name.lower()}@{slug}.example.com"
        return Person(name, address.lower(), settings.user_password, role, slug, **more)

    everybody = (
        person("Alice", "owner", home, settings.user_email),
        person("Adam", "admin", home),
        person("Dave", "member", home),
        person("Vera", "viewer", home),
        person("Uma", "member", home, settings.unverified_email, verified=False),
        person("Mia", "member", home, settings.mfa_email),
        person("Rita", "member", home, settings.password_reset_email),
        person("Carl", "member", home, settings.password_change_email),
        person("Brian", "owner", away),
        person("Olga", "owner", platform, settings.operator_email, platform_role="platform_operator"),
    )
    _refuse_shared_addresses(everybody)
    return {person.name: person for person in everybody}


def _refuse_shared_addresses(people: Iterable[Person]) -> None:
    by_address: dict[str, str] = {}
    for person in people:
        other = by_address.setdefault(person.email, person.name)
        if other != person.name:
            raise ConfigurationError(
                f"{other} and {person.name} would share the address {person.email}; give each their own"
            )


def seed(client: Client, settings: Settings, everybody: bool = True) -> Cast:
    """Seed the service and return who and what is there: everybody, or the FIRST and the rest when needed.

    Raises TargetError when the fixture endpoint is missing or refuses.
    """
    people = cast(settings)
    later = {} if everybody else {name: person for name, person in people.items() if name not in FIRST}
    first = {name: person for name, person in people.items() if name not in later}
    spec = specification(settings, first.values())
    try:
        applied = apply(client, spec)
    except NotOfferedError:
        raise TargetError(no_fixtures(client.connection.base_url)) from None
    seeded = Seeded(client, settings, later)
    seeded |= {name: with_ids(person, applied[person.tenant_slug]) for name, person in first.items()}
    conversation = applied[settings.tenant_slug]["conversations"][sample_key(settings)]
    return Cast(seeded, conversation["conversation_id"])


def sample_key(settings: Settings) -> str:
    """Return the sample conversation's key; keys are global, hence the tenant's slug in it."""
    return f"{settings.tenant_slug}-welcome"


def apply(client: Client, spec: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Apply tenants' fixtures and return the service's answer for each tenant by slug.

    Raises TargetError when the service refuses them.
    """
    spec = list(spec)
    exchange = client.send(Call("the suite", "POST", APPLY, json={"tenants": spec}))
    if not exchange.is_as_promised:
        raise TargetError(explain(exchange, "the seed to be accepted"))
    tenants: dict[str, Any] = exchange.body["tenants"]
    for asked in spec:
        given = tenants.get(asked["slug"], {"users": {}})
        missing = {user["email"].casefold() for user in asked.get("users", ())} - {
            *map(str.casefold, given["users"])
        }
        if missing or ("plan_code" in asked and given.get("plan_code") != asked["plan_code"]):
            raise TargetError(explain(exchange, f"the tenant {asked['slug']} as it was asked for"))
    return tenants


def specification(settings: Settings, people: Iterable[Person]) -> list[dict[str, Any]]:
    """Return the fixture specification of these people's tenants, the home of the first with all it has."""
    everybody = list(people)
    names = tenant_names(settings)
    slugs = dict.fromkeys(person.tenant_slug for person in everybody)
    tenants = [
        tenant_specification(
            slug, names[slug], [person for person in everybody if person.tenant_slug == slug]
        )
        for slug in slugs
    ]
    home = tenants[0]
    if "billing" in settings.gates:
        home |= {"plan_code": "pro", "billing_email": settings.user_email}
    home["usage_counters"] = [{**USAGE_COUNTER, "user_email": settings.user_email.lower()}]
    home["conversations"] = [
        {
            "key": sample_key(settings),
            "agent_entrypoint": "triage",
            "status": "active",
            "user_email": settings.user_email.lower(),
            "messages": [{"role": role, "text": text} for role, text in SAMPLE_MESSAGES],
        }
    ]
    return tenants


def tenant_names(settings: Settings) -> dict[str, str]:
    """Return the names of the run's tenants by slug."""
    slug, name = settings.tenant_slug, settings.tenant_name
    others = ("outsiders", "operations")
    return {slug: name, **{f"{slug}-{other}": f"{name} ({other})" for other in others}}


def tenant_specification(slug: str, name: str, people: Iterable[Person]) -> dict[str, Any]:
    """Return the fixture specification of one tenant with its people."""
    return {"slug": slug, "name": name, "users": [_user(person) for person in people]}


def _user(person: Person) -> dict[str, Any]:
    user: dict[str, Any] = {
        "email": person.email,
        "password": person.password,
        "display_name": person.name,
        "role": person.role,
        "verify_email": person.verified,
    }
    if person.platform_role:
        user["platform_role"] = person.platform_role
    return user
