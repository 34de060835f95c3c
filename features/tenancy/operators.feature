Feature: Tenants in the hands of operators
  Operators found tenants, give them their names and find them again.
  A short name belongs to one tenant alone, because addresses are made from it.

  Scenario: An operator founds a tenant
    When Olga founds "Nimbus"
    Then the request should succeed
    And the answer should show "Nimbus" as untouched
    And Olga should find "Nimbus" untouched
    And nothing should be decided for "Nimbus"

  Scenario: An operator chooses the short name
    When Olga founds "Nimbus" with the short name of "Stratus"
    Then the request should succeed
    And "Nimbus" should have the short name of "Stratus"

  Scenario: Two tenants of one name have different short names
    Given Olga has founded "Nimbus"
    When Olga founds "Nimbus" once more
    Then the request should succeed
    And "Nimbus" should have a short name that begins like its name

  Scenario: A short name is given once
    Given Olga has founded "Nimbus"
    When Olga tries to found "Stratus" with the short name of "Nimbus"
    Then the request should be refused as conflicting
    And Olga should find no tenant called like "Stratus"

  @contract
  Scenario Outline: No tenant is founded with <wish>
    When Olga tries to found "Nimbus" with <wish>
    Then the request should be refused as <outcome>
    And Olga should find no tenant called like "Nimbus"

    Examples: What no tenant can have
      | wish                          | outcome   |
      | a name of one letter          | invalid   |
      | a name that is too long       | invalid   |
      | a short name that is too long | invalid   |
      | a short name with blanks      | malformed |
      | an unknown part               | invalid   |

  Scenario: An operator opens a tenant
    Given Nina owns the tenant "Nimbus"
    When Olga opens "Nimbus"
    Then the request should succeed
    And the account should be that of "Nimbus"

  Scenario: A tenant can be given another name and short name
    Given Olga has founded "Nimbus"
    When Olga gives "Nimbus" the name and short name of "Stratus"
    Then the request should succeed
    And Olga should find "Nimbus" under the name and short name of "Stratus"

  Scenario: A tenant cannot be given the short name of another
    Given Olga has founded "Nimbus"
    And Olga has founded "Stratus"
    When Olga tries to give "Nimbus" the name and short name of "Stratus"
    Then the request should be refused as conflicting
    And Olga should find "Nimbus" under the name and short name of "Nimbus"

  @contract
  Scenario Outline: A tenant cannot be given <wish>
    Given Olga has founded "Nimbus"
    When Olga tries to give "Nimbus" <wish>
    Then the request should be refused as <outcome>
    And Olga should find "Nimbus" under the name and short name of "Nimbus"

    Examples: What no tenant can have
      | wish                     | outcome   |
      | nothing                  | malformed |
      | a name of one letter     | invalid   |
      | a short name with blanks | malformed |
      | an unknown part          | invalid   |

  Scenario: A part of the name finds a tenant
    Given Olga has founded "Nimbus"
    And Olga has founded "Stratus"
    When Olga lists the tenants called like "Nimbus"
    Then the request should succeed
    And only "Nimbus" should be among the tenants

  Scenario: Tenants come page by page, the newest first
    Given Olga has founded "Nimbus"
    And Olga has founded "Stratus"
    When Olga lists the tenants, one a page, and turns to the second page
    Then the request should succeed
    And only "Nimbus" should be among the tenants
    And there should be 2 tenants in all

  Scenario Outline: An operator cannot <attempt> a tenant that there is not
    When Olga tries to <attempt> "Nowhere"
    Then the request should be refused as not found

    Examples: What is done with tenants
      | attempt    |
      | open       |
      | suspend    |
      | reactivate |
      | take down  |
