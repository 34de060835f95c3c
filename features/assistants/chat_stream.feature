@ai
Feature: Following a reply
  People see a reply while it is being written. It arrives in order, ends once,
  and what was shown is what is kept.

  Scenario: A reply arrives while it is being written
    When Alice follows the reply to "What can you do for me?"
    Then the request should succeed
    And the reply should arrive in order and finish
    And the question and the reply should be kept

  Rule: A followed reply keeps what an awaited one promises

    Background:
      Given Nina owns the tenant "Nimbus"

    Scenario: A followed conversation goes on where it ended
      Given Nina has asked "What is a moon?" in the conversation "Astronomy"
      When Nina follows the reply to "Which planet has most of them?" in the conversation "Astronomy"
      Then the request should succeed
      And the reply should arrive in order and finish
      And the question and the reply should be kept
      And the conversation "Astronomy" should hold 4 messages

    Scenario: The chosen agent's reply can be followed
      When Nina follows the reply to "Who discovered the moons of Mars?" of the agent "researcher"
      Then the request should succeed
      And the reply should arrive in order and finish
      And the reply should come from the agent "researcher"

    @contract
    Scenario: What goes wrong while a reply is written is its last event
      When Nina follows the reply to "What is this?" with an unknown attachment
      Then the request should succeed
      And the reply should end with the error "Attachment not found"
      And the tenant should have 0 conversations

    @contract
    Scenario Outline: A followed question with <flaw> is refused
      When Nina tries to follow the reply to "What is this?" with <flaw>
      Then the request should be refused as invalid
      And the tenant should have 0 conversations

      Examples: What nobody can be asked
        | flaw                      |
        | a store without a name    |
        | an unknown kind of memory |
        | no words                  |

    Scenario: Nobody follows a reply in a conversation of another tenant
      Given Nina has asked "What is a moon?" in the conversation "Astronomy"
      When Brian follows the reply to "And what is a star?" in the conversation "Astronomy"
      Then the request should succeed
      And the reply should end with an error
      And the conversation "Astronomy" should hold 2 messages

    Scenario: A viewer cannot follow a reply
      When Vera tries to follow the reply to "What can you do for me?"
      Then the request should be refused as not allowed

  Rule: There is a limit to asking

    Background:
      Given Nina owns the new tenant "Nimbus"

    Scenario: Whoever leaves a reply early takes nobody's place
      Given Nina has left more replies at their first event than may be followed at once
      When Nina follows the reply to "What can you do for me?"
      Then the request should succeed
      And the reply should arrive in order and finish

    @contract
    Scenario: Nobody follows too many replies at once
      When Nina tries to follow another reply while as many as are allowed are still being written
      Then the request should be refused as too many

    @contract
    Scenario: Nobody follows replies without measure
      Given Nina has asked "What is a moon?" in the conversation "Astronomy"
      When Nina follows replies in the conversation "Astronomy" until that is refused
      Then the request should be refused as too many
      And no question should have been refused before as many as are allowed were followed
      And everything asked before in the conversation "Astronomy" should be kept
