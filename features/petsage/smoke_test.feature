@petsage
Feature: PetSage smoke test
  After a deployment somebody asks first whether the back end is up.
  It says so in the same words every time.

  @smoke
  Scenario: The PetSage back end says that it is up
    When a visitor asks PetSage whether it is up
    Then the request should succeed
    And PetSage should say exactly this
      | status | feature    | message                            |
      | ok     | smoke_test | PetSage Backend is up and running! |
