"""The devices that people sign in on, and the session on each."""

from collections.abc import Mapping
from dataclasses import dataclass

from acceptance.calls.exchange import Exchange
from api_service.people.accounts import REFRESH, VISITOR, Person
from api_service.subjects.identity.sign_in import sign_in
from api_service.world import Ask, World

USER_AGENTS: Mapping[str, str] = {
    "phone": "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Mobile/15E148 Safari/604.1",
    "laptop": "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:131.0) Gecko/20100101 Firefox/131.0",
    "tablet": "Mozilla/5.0 (iPad; CPU OS 17_5 like Mac OS X) Version/17.5 Safari/604.1",
    "talkative browser": "Mozilla/5.0 (Linux; Android 14; Pixel 8 Build/UQ1A.240205.002) AppleWebKit/537.36 "
    "(KHTML, like Gecko) Version/4.0 Chrome/124.0.6367.82 Mobile Safari/537.36",
}


@dataclass
class DeviceSession:
    """The session on a device: its owner, its tokens, and the refresh token that the last renewal used up."""

    id: str
    owner: str
    access: str
    refresh: str
    used_up: str = ""


def session_on(world: World, device: str) -> DeviceSession:
    """Return the session on a device; raises LookupError when nobody signed in there."""
    return world.state.find(DeviceSession, device)


def sign_in_on(world: World, person: Person, device: str) -> None:
    """Sign in on a device; the person acts with that session's access token from now on."""
    headers = {"User-Agent": USER_AGENTS[device]}
    body = sign_in(world, person, world.must, headers=headers).body
    session = DeviceSession(body["session_id"], person.name, body["access_token"], body["refresh_token"])
    world.state.keep(device, session)
    world.use_token(person.name, session.access)


def renew(world: World, device: str, ask: Ask, token: str = "") -> Exchange:
    """Renew the session on a device with its refresh token, or with another one.

    `ask` is the world's act, must or look. If the service agrees, the device has the new tokens afterwards.
    """
    session = session_on(world, device)
    exchange = ask(VISITOR, "POST", REFRESH, json={"refresh_token": token or session.refresh})
    if exchange.succeeded:
        session.used_up = session.refresh
        session.access, session.refresh = exchange.body["access_token"], exchange.body["refresh_token"]
        world.use_token(session.owner, session.access)
    return exchange
