Feature: Health
  Operators and load balancers ask the service how it is.
  The answer comes without signing in and says what it runs.

  Scenario: The service says that it is healthy
    When a visitor asks whether the service is healthy
    Then the request should succeed
    And the service should call itself "healthy"

  Scenario: The service says that it is ready for work
    When a visitor asks whether the service is ready
    Then the request should succeed
    And the service should call itself "ready"

  @storage
  Scenario: The service says that its object store is healthy
    When a visitor asks whether the object store is healthy
    Then the request should succeed
    And the service should call itself "healthy"

  Scenario: The service stays up and names one version whatever is asked
    When a visitor asks whether the service is healthy
    Then the request should succeed
    And every probe should name the same version and no shorter uptime
