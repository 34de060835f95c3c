"""Undo calls outside a run, for `sweep`: made as the people who are named in the entries."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from acceptance.calls.client import Client, Connection
from acceptance.calls.exchange import Exchange
from acceptance.calls.undo_ledger import Undo, undo_call
from acceptance.checks.answer_check import AnswerCheck
from acceptance.checks.deviations import WITHOUT_ZONES, declared_in
from acceptance.contract import document
from api_service.people.accounts import People, Person
from api_service.rules import answers
from api_service.settings import Settings


@contextmanager
def undoing(config: Settings) -> Iterator[Callable[[Undo], Exchange]]:
    """Give a function that makes undo calls on the configured target; sign everybody out afterwards."""
    contract, (_, deviations) = document.load(), declared_in(config.known_issues, config.backend)
    deviations.adopt(WITHOUT_ZONES)
    connection = Connection(config.base_url, contract, config.http_timeout, config.stream_timeout)
    client = Client(connection, [AnswerCheck(contract, deviations, answers.findings)])
    people = People(client, config.token_audience)

    def send(undo: Undo) -> Exchange:
        person = Person(
            "the sweep", undo.caller["email"], config.user_password, tenant_id=undo.caller["tenant_id"]
        )
        return client.send(undo_call(undo, people.token(person)))

    try:
        yield send
        people.sign_out_all()
    finally:
        connection.close()
