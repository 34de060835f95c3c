"""Messages of the contact form."""

from typing import Any

from acceptance.calls.exchange import Exchange
from api_service.doubles import MAIL
from api_service.world import World

PATH = "/api/v1/contact"
MAIL_SECONDS = 5.0
QUESTION = "Is there a plan for schools?"
FLAWS: dict[str, dict[str, Any]] = {
    "of 9 letters": {"message": "x" * 9},
    "of 10 letters": {"message": "x" * 10},
    "of 2000 letters": {"message": "x" * 2000},
    "of 2001 letters": {"message": "x" * 2001},
    "without a sender": {"email": None},
    "from an impossible address": {"email": "somebody at home"},
}


def message(world: World, text: str, **more: Any) -> dict[str, Any]:
    """Return a message from an address that nobody else uses, so that limits never meet another scenario."""
    return {
        "email": f"{world.unique('guest')}@visitors.example.com",
        "message": text,
        "name": "Gesa Guest",
        "company": "Guest House",
        "topic": "Invoices",
        **more,
    }


def mails_about(world: World, exchange: Exchange) -> list[dict[str, Any]]:
    """Return the mails to the team that carry the reference of an accepted message."""
    reference = exchange.body["data"]["reference_id"]
    mails = world.suite.doubles.mails(world.suite.settings.contact_email, MAIL_SECONDS)
    return [mail for mail in mails if reference in f"{mail['text']} {mail['html']}"]


def require_mailbox(world: World) -> None:
    """Raise NotOfferedError when the service's mails cannot be read in this run."""
    world.suite.doubles.require(MAIL)
