@billing
Feature: Entitlements
  What a tenant may use is configured, and an operator can take it away.
  Applications ask before they show what would be refused.

  Background:
    Given Nina owns the tenant "Nimbus"

  Scenario: Nothing is decided for a new tenant
    When Olga looks at the entitlements of "Nimbus"
    Then the request should succeed
    And nothing should be decided for "Nimbus"

  Scenario: What the operator switches off is gone from the features
    When Olga switches billing off for "Nimbus"
    Then the request should succeed
    And Olga should find billing switched off for "Nimbus"
    And Nina should find her billing switched off

  Scenario: A decision that is taken back leaves no trace
    Given Olga has switched billing off for "Nimbus"
    When Olga takes back what was decided for "Nimbus"
    Then the request should succeed
    And nothing should be decided for "Nimbus"
    And Nina should find her billing switched on

  Scenario: An unknown feature cannot be decided
    When Olga tries to switch teleportation off for "Nimbus"
    Then the request should be refused as invalid
    And nothing should be decided for "Nimbus"

  Scenario: A tenant that does not exist has no entitlements
    When Olga tries to look at the entitlements of a tenant that does not exist
    Then the request should be refused as not found

  Scenario Outline: It is not for <person> to decide about entitlements
    When <person> tries to switch billing off for "Nimbus"
    Then the request should be refused as <outcome>
    And nothing should be decided for "Nimbus"

    Examples: Who decides nothing
      | person    | outcome       |
      | Nina      | not allowed   |
      | a visitor | not signed in |
