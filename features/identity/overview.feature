Feature: One's own account at a glance
  Everybody finds out where they are signed in, what they have agreed to and what protects them.
  Nothing of it is made up: what nobody did is not there.

  Scenario: People see where they are signed in
    When Alice lists the sessions
    Then the request should succeed
    And the session that Alice acts from should be marked as the current one

  Scenario: Whoever agreed to nothing finds no consent
    When Alice looks at her consents
    Then the request should succeed
    And the list should be empty

  Scenario: Whoever refused nothing finds no refusal
    When Alice looks at her preferences
    Then the request should succeed
    And the list should be empty

  @auth_mfa
  Scenario: Whoever set up no authenticator app finds none
    When Alice looks at the authenticator apps
    Then the request should succeed
    And the list should be empty

  @service_accounts
  Scenario: A tenant without machines has no tokens of machines
    When Brian looks through the tokens
    Then the request should succeed
    And Brian should find no token of a machine
