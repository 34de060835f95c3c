Feature: The published contract
  Clients are written by the document that the service publishes. It has to promise what was
  agreed upon: the same operations, fields and limits.

  @contract
  Scenario: Clients written for the contract get on with the service
    When a visitor asks whether the service is healthy
    Then the request should succeed
    And the service should publish nothing that breaks clients of the contract
