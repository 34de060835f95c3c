Feature: Suspended tenants
  Operators shut a tenant out, let it in again, or take it down for good, and say why.
  The people of a suspended tenant keep their accounts; its data is for operators to read.

  Background:
    Given the tenant "Nimbus" has these people
      | person | role  |
      | Nina   | owner |

  Scenario: A suspended tenant is closed
    When Olga suspends "Nimbus"
    Then the request should succeed
    And Olga should find "Nimbus" suspended by her own deed
    And "Nimbus" should be closed to Nina as "Tenant account is suspended."

  Scenario: A tenant that is let in again is open
    Given Olga has left "Nimbus" suspended
    When Olga reactivates "Nimbus"
    Then the request should succeed
    And Olga should find "Nimbus" active again by her own deed
    And "Nimbus" should be open to Nina

  Scenario: A tenant that is taken down is closed for good
    When Olga takes down "Nimbus"
    Then the request should succeed
    And Olga should find "Nimbus" taken down by her own deed
    And "Nimbus" should be closed to Nina as "Tenant account is deprovisioned."

  Scenario: A tenant that is taken down cannot be let in again
    Given Olga has left "Nimbus" taken down
    When Olga tries to reactivate "Nimbus"
    Then the request should be refused as conflicting
    And Olga should find "Nimbus" taken down

  Scenario Outline: A tenant that is <state> already stays so
    Given Olga has left "Nimbus" <state>
    When Olga <does> "Nimbus"
    Then the request should succeed
    And Olga should find "Nimbus" <state> by her own deed

    Examples: Deeds that were done
      | state        | does        |
      | suspended    | suspends    |
      | active again | reactivates |
      | taken down   | takes down  |

  @contract
  Scenario Outline: An operator cannot <deed> a tenant with <reason>
    Given Nora owns the new tenant "Cirrus"
    When Olga tries to <deed> "Cirrus" with <reason>
    Then the request should be refused as invalid
    And Olga should find "Cirrus" untouched
    And "Cirrus" should be open to Nora

    Examples: Reasons that are none
      | deed      | reason                    |
      | suspend   | no reason                 |
      | suspend   | two letters as the reason |
      | suspend   | a very long reason        |
      | take down | no reason                 |

  Scenario: People of a suspended tenant keep their accounts
    Given Olga has left "Nimbus" suspended
    When Nina opens the profile
    Then the request should succeed
    And the profile should be Nina's
    And Nina should still be able to sign in

  Rule: Operators may read what is suspended

    Background:
      Given Oscar is an operator who is an admin of "Nimbus" too
      And Olga has left "Nimbus" suspended

    Scenario Outline: An operator may <action> of a suspended tenant
      When Oscar <acts> of the tenant as an operator with a reason
      Then the request should succeed
      And it should be the <part> of "Nimbus"

      Examples: Reading
        | action           | acts              | part     |
        | open the account | opens the account | account  |
        | list the members | lists the members | members  |
        | see the features | sees the features | features |

    Scenario Outline: Nobody may <attempt> of a suspended tenant <way>
      When Oscar tries to <attempt> of the tenant <way>
      Then the request should be refused as <outcome>

      Examples: What the exception does not cover
        | attempt            | way                             | outcome     |
        | open the account   | without a word                  | not allowed |
        | open the account   | as an operator without a reason | malformed   |
        | rename the account | as an operator with a reason    | not allowed |

    Scenario: Nobody else may read what is suspended
      When Nina tries to open the account of the tenant as an operator with a reason
      Then the request should be refused as not allowed
