@activity_stream
Feature: Live activity
  A dashboard shows what happens while it happens.
  Whoever opens it late still sees what came before.

  @smoke
  Scenario: Whoever opens the dashboard is told what happened in the tenant
    Given Alice is signed in
    When Alice follows the activity until she has been told of 1 deed
    Then the request should succeed
    And Alice should have been told of her own tenant alone

  Rule: What happens in a tenant is told to those who may see it

    Background:
      Given the tenant "Nimbus" has these people
        | person | role  |
        | Nina   | owner |
        | Omar   | admin |
      And Nina is signed in

    Scenario: A deed is told while it happens
      When Nina follows the activity while Omar signs in
      Then the request should succeed
      And she should have been told that Omar signed in
      And the feed should hold all that she was told

    Scenario: What came before is told first
      Given Omar is signed in
      When Nina follows the activity until she has been told of 2 deeds
      Then the request should succeed
      And the first deed should be that Nina signed in

    @contract
    Scenario: A quiet feed shows that it is alive
      When Nina follows the activity until it is quiet
      Then the request should succeed
      And the feed should have shown a sign of life

    Scenario: Other tenants are told nothing of it
      When Brian follows the activity while Omar signs in
      Then the request should succeed
      But Brian should have been told of his own tenant alone

    Scenario: Whoever may not see the feed cannot follow it
      When Dave tries to follow the activity
      Then the request should be refused as not allowed
