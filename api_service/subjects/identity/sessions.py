"""The devices that people sign in on, and the sessions there."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from hamcrest import contains_exactly, equal_to, has_entries, has_item, is_not, not_none

from acceptance.calls.exchange import Exchange
from acceptance.checks.assertions import check, field, refused, succeeded
from api_service.people.accounts import REFRESH, VISITOR, Person
from api_service.subjects.identity.sign_in import SESSIONS, must_sign_in
from api_service.vocabulary import OUTCOMES
from api_service.world import World

USER_AGENTS: Mapping[str, str] = {
    "phone": "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Mobile/15E148 Safari/604.1",
    "laptop": "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:131.0) Gecko/20100101 Firefox/131.0",
    "tablet": "Mozilla/5.0 (iPad; CPU OS 17_5 like Mac OS X) Version/17.5 Safari/604.1",
    "talkative browser": "Mozilla/5.0 (Linux; Android 14; Pixel 8 Build/UQ1A.240205.002) AppleWebKit/537.36 "
    "(KHTML, like Gecko) Version/4.0 Chrome/124.0.6367.82 Mobile Safari/537.36",
}


@dataclass(frozen=True)
class DeviceSession:
    """The session on a device: whose it is, its id, and the tokens that it has now and had before."""

    owner: str
    id: str
    access: str
    refresh: str
    used_up: str = ""


def sign_in_on(world: World, person: Person, device: str) -> None:
    """Sign in on a device; the person acts from there from now on."""
    body = must_sign_in(world, person, headers={"User-Agent": USER_AGENTS[device]})
    _keep(
        world,
        device,
        DeviceSession(person.name, body["session_id"], body["access_token"], body["refresh_token"]),
    )


def renew(world: World, device: str) -> Exchange:
    """Renew the session on a device beside the scenario's deed; the caller judges the answer."""
    session: DeviceSession = world.recall("session", device)
    exchange = world.look(VISITOR, "POST", REFRESH, json={"refresh_token": session.refresh})
    return take_over(world, device, exchange)


def take_over(world: World, device: str, exchange: Exchange) -> Exchange:
    """Let the device go on with the tokens that a renewal gave, if it did."""
    if exchange.succeeded:
        before: DeviceSession = world.recall("session", device)
        body = exchange.body
        fresh = {"access": body["access_token"], "refresh": body["refresh_token"], "used_up": before.refresh}
        _keep(world, device, replace(before, **fresh))
    return exchange


def check_goes_on(world: World, device: str, exchange: Exchange) -> None:
    """Assert that a renewal kept the session, gave new tokens, and that these renew it again."""
    session: DeviceSession = world.recall("session", device)
    check(exchange, field(exchange, "session_id"), session.id)
    check(exchange, field(exchange, "refresh_token"), is_not(equal_to(session.used_up)), "another token")
    check_open(world, device)


def check_open(world: World, device: str) -> None:
    """Assert that the session on a device can be renewed."""
    succeeded(renew(world, device))


def check_ended(world: World, device: str) -> None:
    """Assert that the session on a device is not renewed, and listed as ended but not among the open ones."""
    session: DeviceSession = world.recall("session", device)
    refused(renew(world, device), *OUTCOMES["not signed in"])
    world.use_token(session.owner, must_sign_in(world, world.person(session.owner))["access_token"])
    ended = world.must(session.owner, "GET", SESSIONS, query={"include_revoked": True})
    check(ended, field(ended, "sessions"), has_item(has_entries(id=session.id, revoked_at=not_none())))
    still_open = world.must(session.owner, "GET", SESSIONS)
    check(still_open, [one["id"] for one in still_open.body["sessions"]], is_not(has_item(session.id)))


def check_listed(world: World, exchange: Exchange, rows: list[Mapping[str, str]]) -> None:
    """Assert that a list shows exactly these sessions in this order, all open, with what is known of each."""
    network = world.suite.api.client_address.rpartition(".")[0] + ".*"
    expected = [
        has_entries(
            id=world.recall("session", row["device"]).id,
            revoked_at=None,
            current=row["current"] == "yes",
            ip_address_masked=network,
            client=has_entries(
                platform=row["platform"],
                browser=row["browser"],
                device=row["kind"],
                user_agent=USER_AGENTS[row["device"]],
            ),
        )
        for row in rows
    ]
    check(exchange, field(exchange, "sessions"), contains_exactly(*expected))
    check(exchange, field(exchange, "total"), len(expected))


def _keep(world: World, device: str, session: DeviceSession) -> None:
    world.remember("session", device, session)
    world.use_token(session.owner, session.access)
