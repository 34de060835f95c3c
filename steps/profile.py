"""The profile: who somebody is, as the service tells them."""

from behave import register_type, then, when
from hamcrest import has_entries

from acceptance.outcomes import check, field
from acceptance.vocabulary import verbs

ACTIONS = {"open": ("GET", "/api/v1/users/me", None)}
register_type(DoesProfile=verbs(ACTIONS))


@when("{person:Person} {action:DoesProfile} the profile")
def act_on_profile(context, person, action):
    """Open one's own profile."""
    method, path, body = ACTIONS[action]
    context.world.act(person, method, path, json=body)


@then("the profile should be {person:Person}'s")
def be_their_profile(context, person):
    """The profile names the person, their tenant and role."""
    somebody = context.world.person(person)
    expected = {"user_id": somebody.user_id, "tenant_id": somebody.tenant_id, "role": somebody.role}
    check(context.world.answer, field(context.world.answer, "data"), has_entries(expected))
