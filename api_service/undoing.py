"""Undo calls outside a run, for `sweep`: made as the people who are named in the entries."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from acceptance.calls.client import Client, Connection
from acceptance.calls.evidence import explain
from acceptance.calls.exchange import Exchange
from acceptance.checks.answer_check import AnswerCheck
from acceptance.checks.deviations import WITHOUT_ZONES, declared_in
from acceptance.contract import document
from acceptance.errors import TargetError
from acceptance.scenarios.undo import Undo, undo_call
from api_service.people.accounts import People, Person
from api_service.people.seed import seed
from api_service.rules import answers
from api_service.settings import Settings


@contextmanager
def undoing(config: Settings) -> Iterator[Callable[[Undo], Exchange]]:
    """Give a function that makes undo calls on the configured target; sign everybody out afterwards.

    Raises TargetError when that is refused.
    """
    contract, (_, deviations) = document.load(), declared_in(config.known_issues, config.backend)
    deviations.adopt(WITHOUT_ZONES)
    connection = Connection(config.base_url, contract, config.http_timeout, config.stream_timeout)
    client = Client(connection, [AnswerCheck(contract, deviations, answers.findings)])
    people = Callers(client, config)
    try:
        yield lambda undo: client.send(undo_call(undo, people.token_of(undo)))
    finally:
        failed = people.sign_out_all()
        connection.close()
    if failed:
        raise TargetError(explain(failed[0], "the sweep to be signed out"))


class Callers:
    """The people of undo entries; a refused one is tried once, since services lock out who tries often."""

    def __init__(self, client: Client, config: Settings) -> None:
        self._client, self._config = client, config
        self._people = People(client, config.token_audience, "sweep")
        self._refused: dict[tuple[str, str], TargetError] = {}
        self._seeded = False

    def token_of(self, undo: Undo) -> str:
        """Return a token of the person who is named in an entry; raises TargetError when they are refused.

        What a killed run may have left of the people of every run, such as another password, is seeded anew.
        """
        email, tenant_id = undo.caller["email"], undo.caller["tenant_id"]
        if error := self._refused.get((email, tenant_id)):
            raise error
        person = Person("the sweep", email, self._config.user_password, tenant_id=tenant_id)
        try:
            return self._people.token(person)
        except TargetError as error:
            self._refused[email, tenant_id] = error
            if self._seeded:
                raise
        self._seeded = True
        seed(self._client, self._config)
        del self._refused[email, tenant_id]
        return self.token_of(undo)

    def sign_out_all(self) -> list[Exchange]:
        """End the sessions that were opened here; return the exchanges that failed."""
        return self._people.sign_out_all()
