from reference_service.petsage.features.smoke_test.v1 import service
from tests.reference_service.support import Api

EXPECTED = {"status": "ok", "feature": "smoke_test", "message": "PetSage Backend is up and running!"}


def test_the_service_says_that_the_back_end_is_up() -> None:
    assert service.current_status().model_dump() == EXPECTED


def test_anyone_gets_exactly_this_answer(api: Api) -> None:
    response = api.client.get("/v1/smoke_test/")
    assert response.status_code == 200
    assert response.json() == EXPECTED


def test_only_reading_is_offered(api: Api) -> None:
    response = api.client.post("/v1/smoke_test/")
    assert response.status_code == 405
    assert response.json() == {"detail": "Method Not Allowed"}


def test_the_contract_describes_the_operation_and_gives_an_example_of_each_field(api: Api) -> None:
    document = api.client.get("/openapi.json").json()
    operation = document["paths"]["/v1/smoke_test/"]["get"]
    assert operation["tags"] == ["Health & Smoke Tests"]
    assert operation["summary"] and operation["description"]
    fields = document["components"]["schemas"]["SmokeTestStatus"]["properties"]
    assert {name: field["examples"][0] for name, field in fields.items()} == EXPECTED
