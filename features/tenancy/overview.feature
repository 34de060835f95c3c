Feature: A tenant at a glance
  Whoever runs a tenant finds out what it is called, who belongs to it and how it is set up.
  A tenant has all of this from its first day.

  Scenario: The account of a tenant is there to be seen
    When Alice opens the account of the tenant
    Then the request should succeed
    And the account should be that of Alice's own tenant

  Scenario: The people of a tenant are listed with their roles
    When Alice lists the members
    Then the request should succeed
    And the members should include these
      | person | role  |
      | Alice  | owner |

  Scenario: A tenant has settings before anybody saved some
    When Alice opens the settings
    Then the request should succeed
    And the settings should hold nothing, never saved

  Scenario: A tenant knows how long its invitations are good for
    When Alice asks how long team invitations are good for
    Then the request should succeed
    And they should be good for a usual time, and for a longest one

  @billing
  Scenario: A tenant sees what it may use
    When Alice looks at the features
    Then the request should succeed
    And billing should be switched on
