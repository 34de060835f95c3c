@auth_signup
Feature: Invitations to the platform
  Operators invite whom they want to found a tenant. An invitation is shown once, ends by
  itself, and can be taken back before that.

  Scenario: An invitation is shown once
    When Olga invites Ida to the platform
    Then the request should succeed
    And the invitation should show its token and be good for Ida
    And Olga should find the active invitation of Ida

  Scenario: An invitation that is taken back is worth nothing
    Given Olga has invited Ida to the platform
    When Olga takes the invitation of Ida back
    Then the request should succeed
    And Olga should find the revoked invitation of Ida

  @contract
  Scenario: Invitations to the platform come page by page
    Given Olga has invited Ida to the platform
    And Olga has invited Ivo to the platform
    When Olga lists the invitations to the platform, one a page, and turns to the second page
    Then the request should succeed
    And Olga should find the active invitation of Ida

  Scenario: An invitation that nobody issued cannot be taken back
    When Olga tries to take the invitation of nobody back
    Then the request should be refused as not found

  Scenario: An invitation does not answer a request that nobody made
    When Olga tries to invite Ida to the platform for a request that nobody made
    Then the request should be refused as not found
    But Olga should find no invitation of Ida

  @contract
  Scenario Outline: Nobody is invited <how>
    When Olga tries to invite Ida to the platform <how>
    Then the request should be refused as invalid
    But Olga should find no invitation of Ida

    Examples: Beyond what an invitation may be
      | how                     |
      | for more than two weeks |
      | for no time at all      |
      | for a crowd             |
      | with a very long note   |

  Scenario: An owner of a tenant cannot invite to the platform
    When Alice tries to invite Ida to the platform
    Then the request should be refused as not allowed
    But Olga should find no invitation of Ida

  Scenario: An owner of a tenant cannot take an invitation back
    Given Olga has invited Ida to the platform
    When Alice tries to take the invitation of Ida back
    Then the request should be refused as not allowed
    But Olga should find the active invitation of Ida
