"""To-dos: what people plan."""

from behave import given, then, when
from hamcrest import has_entries

from acceptance.checks import assertions

TODOS, TODO, MAY = "/todos", "/todos/{todo_id}", "2030-05-17T09:00:00Z"
ACTIONS = {
    "guess the password for": ("POST", "/tokens", {"person": "Alice", "password": "guess"}),
    "look for": ("GET", TODOS, None),
    "copy": ("POST", TODOS, {"title": "Buy milk"}),
    "read": ("GET", TODO, None),
    "finish": ("PATCH", TODO, {"done": True}),
    "delete": ("DELETE", TODO, None),
    "schedule": ("PUT", f"{TODO}/reminder", {"remind_at": MAY}),
}
STATES = {
    "open": {"title": "Buy milk", "done": False, "remind_at": None},
    "done": {"title": "Buy milk", "done": True},
    "due in May": {"title": "Buy milk", "remind_at": MAY},
    "gone": {"detail": "no such to-do"},
}


@given('{person} has the to-do "{title}"')
def have(context, person, title):
    """The person has added the to-do; it is deleted again after the scenario."""
    todo = context.world.must(person, "POST", TODOS, json={"title": title}).body
    context.world.undo(person, "DELETE", TODO, what=f"the to-do {title}", todo_id=todo["id"])
    context.world.state.keep(title, todo["id"])


@when('{person} attempts to {action} the to-do "{title}"')
@when('{person} goes on to {action} the to-do "{title}"')
def act(context, person, action, title):
    """The person does with the to-do what `ACTIONS` says."""
    method, path, json = ACTIONS[action]
    context.world.act(person, method, path, json=json, todo_id=context.world.state.find(str, title))


@then("the request should succeed")
@then("the request should be refused as {reason}")
def end(context, reason=""):
    """The answer has the success status of its operation, or is a refusal that gives this reason."""
    answer, status = context.world.answer, 404 if "such" in reason else 401
    assertions.refused(answer, status, reason) if reason else assertions.succeeded(answer)


@then('the to-do "{title}" should be {state}')
def be(context, title, state):
    """Alice is shown the to-do as `STATES` says."""
    seen = context.world.look("Alice", "GET", TODO, todo_id=context.world.state.find(str, title))
    assertions.check(seen, seen.body, has_entries(STATES[state]))


@then('the to-dos of {person} should begin with "{first}" and hide "{other}"')
def begin_with(context, person, first, other):
    """The list of the person shows the one to-do first, and not that of somebody else."""
    seen = context.world.look(person, "GET", TODOS)
    ids = [todo["id"] for todo in seen.body]
    first, other = (context.world.state.find(str, title) for title in (first, other))
    assertions.check(seen, ids[:1] == [first] and other not in ids, True)
