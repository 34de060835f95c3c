"""The example's service: to-do lists of two people, kept in memory, behind bearer tokens."""

import secrets
from datetime import UTC, datetime
from typing import Annotated, Literal
from uuid import UUID, uuid4

from fastapi import Body, Depends, FastAPI, HTTPException
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from pydantic import AwareDatetime, BaseModel

PEOPLE = {"Alice": "lemon-river-42", "Brian": "lemon-river-42"}


class Todo(BaseModel):
    """A to-do as its owner sees it."""

    id: UUID
    owner: str
    title: str
    done: bool
    created_at: AwareDatetime
    remind_at: AwareDatetime | None


tokens, todos = dict[str, str](), dict[UUID, Todo]()
app = FastAPI(title="To-do lists", responses={401: {"model": dict[str, str]}, 404: {"model": dict[str, str]}})


def who(sent: Annotated[HTTPAuthorizationCredentials | None, Depends(HTTPBearer(auto_error=False))]) -> str:
    """Return the person who calls."""
    if sent is None or sent.credentials not in tokens:
        raise HTTPException(401, "sign in first", {"WWW-Authenticate": "Bearer"})
    return tokens[sent.credentials]


def own_todo(todo_id: UUID, person: Annotated[str, Depends(who)]) -> Todo:
    """Return a to-do of the caller's own."""
    if todo_id not in todos or todos[todo_id].owner != person:
        raise HTTPException(404, "no such to-do")
    return todos[todo_id]


Caller = Annotated[str, Depends(who)]
Own = Annotated[Todo, Depends(own_todo)]


@app.post("/tokens", status_code=201)
def sign_in(person: Annotated[str, Body()], password: Annotated[str, Body()]) -> dict[Literal["token"], str]:
    """Give a bearer token to a person with the right password."""
    if PEOPLE.get(person) != password:
        raise HTTPException(401, "wrong name or password", {"WWW-Authenticate": "Bearer"})
    token = secrets.token_urlsafe()
    tokens[token] = person
    return {"token": token}


@app.get("/todos")
def list_todos(person: Caller) -> list[Todo]:
    """List the caller's to-dos, the newest first."""
    return [todo for todo in reversed(todos.values()) if todo.owner == person]


@app.post("/todos", status_code=201)
def create(person: Caller, title: Annotated[str, Body(min_length=1, embed=True)]) -> Todo:
    """Write down a to-do."""
    todo = Todo(
        id=uuid4(), owner=person, title=title, done=False, created_at=datetime.now(UTC), remind_at=None
    )
    return todos.setdefault(todo.id, todo)


@app.get("/todos/{todo_id}")
def read(todo: Own) -> Todo:
    """Show a to-do."""
    return todo


@app.patch("/todos/{todo_id}")
def update(todo: Own, done: Annotated[bool, Body(embed=True)]) -> Todo:
    """Say that a to-do is done, or that it is not."""
    todo.done = done
    return todo


@app.delete("/todos/{todo_id}", status_code=204)
def delete(todo: Own) -> None:
    """Delete a to-do."""
    del todos[todo.id]


@app.put("/todos/{todo_id}/reminder")
def remind(todo: Own, remind_at: Annotated[AwareDatetime, Body(embed=True)]) -> Todo:
    """Set when the owner is reminded."""
    todo.remind_at = remind_at
    return todo
