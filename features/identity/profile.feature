Feature: Profile
  People say how they want to be known. What they do not mention stays as it is, and nobody
  sees or changes the profile of somebody else.

  Scenario: The profile says who somebody is and where
    When Alice opens the profile
    Then the request should succeed
    And the profile should be Alice's

  Scenario Outline: People change their <field>
    Given Nina owns the tenant "Nimbus"
    When Nina changes her <field> to "<value>"
    Then the request should succeed
    And the profile of Nina should differ from before in the <field> "<value>" only

    Examples: What a profile says about somebody
      | field        | value              |
      | display name | Nina of the Nimbus |
      | given name   | Nina               |
      | family name  | Nováková-O'Neill   |
      | picture      | pictures/nina.png  |
      | time zone    | Europe/Vienna      |
      | language     | de-AT              |

  Scenario: What was said can be taken back
    Given Nina owns the tenant "Nimbus"
    And Nina has changed her given name to "Nina"
    When Nina takes her given name back
    Then the request should succeed
    And the profile of Nina should say nothing about the given name

  @contract
  Scenario Outline: A profile is not changed to <what>
    Given Nina owns the tenant "Nimbus"
    And Nina has changed her given name to "Nina"
    When Nina tries to change her profile to <what>
    Then the request should be refused as <outcome>
    But the profile of Nina should be as before

    Examples: What is no change
      | what                        | outcome   |
      | nothing                     | malformed |
      | something nobody asks about | malformed |
      | an empty given name         | invalid   |
      | an endless display name     | invalid   |
