"""A double of the Resend API: takes mails as `POST /emails` does, and offers the mailbox to a test suite.

`GET /mailbox?to=ann@example.com&wait=5` answers with that person's mails, oldest first, and waits for the
first one; `DELETE /mailbox?to=...` empties the mailbox.
"""

import re
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import Annotated, Any
from uuid import uuid4

from fastapi import APIRouter, Depends, FastAPI, Header, Query, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field, model_validator

from provider_doubles.faults import install_faults
from provider_doubles.received import Received

router = APIRouter()
KEY_PREFIX = "Bearer re_"
ADDRESS = re.compile(r"<([^<>]+)>\s*$")


class SendRequest(BaseModel):
    """A mail to send; it needs a text or HTML part."""

    sender: str = Field(alias="from", min_length=3)
    to: str | list[str]
    subject: str = Field(min_length=1)
    text: str | None = None
    html: str | None = None
    tags: list[dict[str, str]] = Field(default_factory=list)

    @model_validator(mode="after")
    def _has_content(self) -> "SendRequest":
        if self.text is None and self.html is None:
            raise ValueError("missing `html` or `text` field")
        return self


@dataclass(frozen=True)
class Mail:
    """A mail as it was accepted."""

    sender: str
    to: list[str]
    subject: str
    text: str | None
    html: str | None
    tags: list[dict[str, str]]
    id: str = field(default_factory=lambda: str(uuid4()))
    received_at: str = field(default_factory=lambda: datetime.now(UTC).isoformat())

    def is_for(self, address: str) -> bool:
        """Whether the mail goes to this address; letter case does not matter."""
        return any(address_of(one) == address.lower() for one in self.to)


def address_of(recipient: str) -> str:
    """The bare address of `Ann <ann@example.com>`, in lower case."""
    named = ADDRESS.search(recipient)
    return (named.group(1) if named else recipient).strip().lower()


class _RefusalError(Exception):
    def __init__(self, status: int, name: str, message: str) -> None:
        super().__init__(message)
        self.status, self.name, self.message = status, name, message

    def response(self) -> JSONResponse:
        """The error as Resend words it."""
        body = {"statusCode": self.status, "name": self.name, "message": self.message}
        return JSONResponse(body, self.status)


async def mails_of(request: Request) -> Received[Mail]:
    """The mails of the double that answers this request."""
    mails: Received[Mail] = request.app.state.mails
    return mails


MailsDep = Annotated[Received[Mail], Depends(mails_of)]


@router.post("/emails")
async def send(
    mails: MailsDep, body: SendRequest, authorization: Annotated[str, Header()] = ""
) -> dict[str, str]:
    """Accept a mail."""
    if not authorization.startswith(KEY_PREFIX):
        raise _RefusalError(401, "missing_api_key", "Missing or invalid API key.")
    to = [body.to] if isinstance(body.to, str) else body.to
    for recipient in to:
        if "@" not in address_of(recipient):
            raise _RefusalError(422, "validation_error", "Invalid `to` field.")
    mail = Mail(body.sender, to, body.subject, body.text, body.html, body.tags)
    await mails.add(mail)
    return {"id": mail.id}


@router.get("/mailbox")
async def read(mails: MailsDep, to: str, wait: Annotated[float, Query(ge=0)] = 0.0) -> dict[str, Any]:
    """One address's mails, oldest first."""
    found = await mails.matching(lambda mail: mail.is_for(to), wait)
    return {"mails": [asdict(mail) for mail in found]}


@router.delete("/mailbox")
async def empty(mails: MailsDep, to: str) -> dict[str, int]:
    """Forget one address's mails."""
    return {"deleted": await mails.forget(lambda mail: mail.is_for(to))}


def create_app() -> FastAPI:
    """A double with empty mailboxes; every key that begins with `re_` may send."""
    app = FastAPI(title="Mail double")
    app.state.mails = Received()
    _install_handlers(app)
    install_faults(app)
    app.include_router(router)
    return app


def _install_handlers(app: FastAPI) -> None:
    @app.exception_handler(_RefusalError)
    async def refuse(_request: Request, error: _RefusalError) -> JSONResponse:
        return error.response()

    @app.exception_handler(RequestValidationError)
    async def refuse_input(_request: Request, error: RequestValidationError) -> JSONResponse:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"][1:])
        return _RefusalError(422, "validation_error", f"{where}: {first['msg']}").response()
