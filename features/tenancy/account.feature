Feature: The account of a tenant
  A tenant has a name that its admins choose, and a short name that stays.
  Operators and the tenant's own people see the same account.

  Background:
    Given Nina owns the tenant "Nimbus"

  Scenario: An owner sees the account of the tenant
    When Nina opens the account of the tenant
    Then the request should succeed
    And the account should be that of "Nimbus"

  Scenario: A renamed tenant is known by its new name
    When Nina renames the tenant to "Nimbus & Daughters"
    Then the request should succeed
    And the account should be that of "Nimbus" under the name "Nimbus & Daughters"
    And Nina and the operator should find "Nimbus" under the name "Nimbus & Daughters"

  @contract
  Scenario Outline: A tenant cannot be called <name>
    When Nina tries to rename the tenant to <name>
    Then the request should be refused as invalid
    And Nina and the operator should find "Nimbus" under its first name

    Examples: What is no name
      | name                  |
      | a single letter       |
      | nothing               |
      | more letters than fit |

  Scenario: The short name is not for the tenant to change
    When Nina tries to move the tenant to the short name "stratus"
    Then the request should be refused as invalid
    And Nina and the operator should find "Nimbus" under its first name

  Scenario: Another tenant keeps its name when one is renamed
    Given Walter owns the tenant "Stratus"
    When Nina renames the tenant to "Cirrus"
    Then the request should succeed
    And Walter and the operator should find "Stratus" under its first name
