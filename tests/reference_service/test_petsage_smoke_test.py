from reference_service.petsage.smoke_test import service
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
