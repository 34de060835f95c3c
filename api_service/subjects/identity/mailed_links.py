"""The tokens of the links that the service mails, taken from test fixtures."""

from dataclasses import dataclass

from acceptance.calls.evidence import explain
from acceptance.errors import TargetError
from api_service.people.accounts import VISITOR
from api_service.world import World

VERIFICATION = "/api/v1/test-fixtures/email-verification-token"
PASSWORD_RESET = "/api/v1/test-fixtures/password-reset-token"  # noqa: S105 a path


@dataclass(frozen=True)
class MailedLink:
    """The token of the link that was mailed last to a person, kept under their name."""

    token: str


def new_token(world: World, name: str, path: str) -> str:
    """Return the token of a fresh link to this person from the fixture endpoint at `path`.

    Raises TargetError when the endpoint answers with another user's token.
    """
    person = world.person(name)
    fixture = world.must(VISITOR, "POST", path, json={"email": person.email})
    if person.user_id and fixture.body["user_id"] != person.user_id:
        raise TargetError(explain(fixture, f"a token of the user {person.user_id}"))
    token: str = fixture.body["token"]
    world.state.keep(name, MailedLink(token))
    return token


def same_token(world: World, name: str) -> str:
    """Return the token of the link that was mailed to this person before."""
    return world.state.find(MailedLink, name).token
