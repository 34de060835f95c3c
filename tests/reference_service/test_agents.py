"""The catalog of agents."""

from tests.reference_service.support import Api, refused

VIEWER = "viewer@acme.example.com"


def test_the_catalog_is_ordered_and_paged(api: Api, acme: dict) -> None:
    everything = api.call(VIEWER, "GET", "/agents").json()
    names = [agent["display_name"] for agent in everything["items"]]
    assert names == sorted(names)
    assert everything["total"] == len(names) == 9
    first = api.call(VIEWER, "GET", "/agents?limit=5").json()
    rest = api.call(VIEWER, "GET", f"/agents?limit=5&cursor={first['next_cursor']}").json()
    assert [agent["display_name"] for agent in first["items"] + rest["items"]] == names
    assert rest["next_cursor"] is None


def test_the_catalog_is_searched(api: Api, acme: dict) -> None:
    found = api.call(VIEWER, "GET", "/agents?search=IMAGES").json()
    assert [agent["name"] for agent in found["items"]] == ["image_studio"]
    assert found["items"][0]["tooling"]["supports_image_generation"] is True
    assert api.call(VIEWER, "GET", "/agents?search=nobody").json()["total"] == 0


def test_an_unused_agent_says_so_and_an_unknown_one_does_not_exist(api: Api, acme: dict) -> None:
    status = api.call(VIEWER, "GET", "/agents/triage/status").json()
    assert (status["last_used"], status["total_conversations"]) == (None, 0)
    refused(api.call(VIEWER, "GET", "/agents/nobody/status"), 404, "Agent 'nobody' not found")


def test_the_catalog_is_for_signed_in_people(api: Api) -> None:
    refused(api.call(None, "GET", "/agents"), 401)
    refused(api.call(None, "GET", "/agents/triage/status"), 401)
