@smoke
Feature: A deployment at a glance
  Whoever has deployed the service sees within seconds that it is up, can be watched and can be seeded.
  Customers see the same on the status page, and reach the team.

  Scenario: The deployment is up and can be watched
    When a visitor asks whether the service is healthy
    Then the service should call itself "healthy"
    When a visitor asks whether the service is ready
    Then the service should call itself "ready"
    When a visitor reads the metrics
    Then the metrics should count all of these
      | counter           |
      | jwt_signings      |
      | jwt_verifications |
      | activity_events   |
      | signup_attempts   |
    When a visitor fetches the signing keys
    Then Alice's access should be signed with one of them

  @storage
  Scenario: The deployment has an object store
    When a visitor asks whether the object store is healthy
    Then the service should call itself "healthy"

  @status
  Scenario: A customer looks whether the platform has a problem
    When a visitor looks at the status page
    Then the page should tell how the platform, its services and its figures are
    And the incidents should stand there once each, the newest first
    When a visitor reads the status feed
    Then the feed should carry the incidents of the page
    And the status feed's other name should bring the same

  @contact
  Scenario: A customer writes to the team
    Given another visitor has written to the team
    When a visitor writes "Do you offer invoices in euros?" to the team
    Then the message should be accepted under a reference of its own

  @status_subscriptions
  Scenario: Olga looks after those who hear of incidents
    Given Olga manages the status page
    When Olga subscribes "ops" to all incidents
    Then the subscription of "ops" should be Olga's and still to be confirmed
    When Olga lists the status subscriptions
    Then the subscription of "ops" should be listed as it was made
    When Olga tells an incident again
    Then "ops" should have got no incident
    When Olga ends the subscription of "ops"
    Then Olga should find the subscription of "ops" ended

  Scenario: Seeding the run again brings back the same people
    When the run is seeded again
    Then everybody should be who they were
