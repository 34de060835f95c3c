Feature: Conversations
  People return to earlier conversations. A conversation stays readable to its tenant,
  and goes away when it is deleted.

  Background:
    Given Alice is signed in

  Scenario: An archived conversation keeps its messages
    Given Alice has an archived conversation "Refund policy" with these messages
      | from      | text                     |
      | user      | How do refunds work?     |
      | assistant | Within 30 days, in full. |
    When Alice opens the conversation "Refund policy"
    Then the request should succeed
    And these messages should be shown
      | from      | text                     |
      | user      | How do refunds work?     |
      | assistant | Within 30 days, in full. |

  Scenario: The sample conversation is there from the start
    When Vera opens the sample conversation
    Then the request should succeed
    And the sample messages should be shown

  Scenario: A conversation stands in the list of its tenant
    Given Dave has an active conversation "Holiday plans"
    When Vera lists the conversations
    Then the request should succeed
    And the conversation "Holiday plans" should be listed like this
      | state  | agent  | messages | last message                |
      | active | triage | 2        | At nine, from platform two. |

  Scenario: An archived conversation is listed as archived
    Given Alice has an archived conversation "Refund policy"
    When Alice lists the conversations
    Then the request should succeed
    And the conversation "Refund policy" should be listed like this
      | state    | agent  | messages | last message                |
      | archived | triage | 2        | At nine, from platform two. |

  Scenario: The list shows the last of several messages
    Given Alice has an archived conversation "Refund policy" with these messages
      | from      | text                     |
      | user      | How do refunds work?     |
      | assistant | Within 30 days, in full. |
      | user      | Thank you!               |
    When Alice lists the conversations
    Then the request should succeed
    And the conversation "Refund policy" should be listed like this
      | state    | agent  | messages | last message |
      | archived | triage | 3        | Thank you!   |

  Scenario: The conversations of one agent are listed apart
    Given Alice has a conversation "Market study" with the agent "researcher"
    And Alice has an active conversation "Holiday plans"
    When Alice lists the conversations of the agent "researcher"
    Then the request should succeed
    And the conversation "Market study" should be among them
    But the conversation "Holiday plans" should not be among them

  Scenario: A long list of conversations comes in pages
    Given Nina owns the new tenant "Nimbus" with 5 conversations
    When Nina lists the conversations 2 at a time
    Then the request should succeed
    And 5 conversations should have come
    And every one of the conversations should have come exactly once

  @contract
  Scenario Outline: A page of <size> conversations is refused
    When Alice tries to list the conversations <size> at a time
    Then the request should be refused as invalid

    Examples: Too small and too large
      | size |
      | 0    |
      | 101  |

  @contract
  Scenario: Many matches come in pages
    Given Nina owns the new tenant "Nimbus" with 5 conversations
    When Nina searches the conversations for "platform", 2 at a time
    Then the request should succeed
    And 5 conversations should have come

  Scenario: A word from a message finds the conversation
    Given Alice has an active conversation "Holiday plans" about "marmalade"
    When Alice searches the conversations for "marmalade"
    Then the request should succeed
    And the conversation "Holiday plans" should be among them
    And the match "Holiday plans" should show "Tell me about marmalade, please."

  Scenario: A word that nobody said finds no conversation
    Given Alice has an active conversation "Holiday plans"
    When Alice searches the conversations for "zugzwang"
    Then the request should succeed
    But the conversation "Holiday plans" should not be among them

  Scenario: A search for conversations needs a word
    When Alice tries to search the conversations for ""
    Then the request should be refused as invalid

  @contract
  Scenario: A page of conversations that the service never offered is refused
    When Alice tries to ask for a page of the conversations that does not exist
    Then the request should be refused as malformed

  Scenario: A deleted conversation is gone
    Given Alice has an active conversation "Holiday plans"
    When Alice deletes the conversation "Holiday plans"
    Then the request should succeed
    And the conversation "Holiday plans" should no longer exist

  Scenario: A member cannot delete a conversation
    Given Dave has an active conversation "Holiday plans"
    When Dave tries to delete the conversation "Holiday plans"
    Then the request should be refused as not allowed
    But the conversation "Holiday plans" should still be as it was

  @contract
  Scenario Outline: Nobody can <action> a conversation of another tenant
    Given Alice has an active conversation "Salary review"
    And Brian is signed in
    When Brian tries to <action> the conversation "Salary review"
    Then the request should be refused as not found
    But the conversation "Salary review" should still be as it was

    Examples: What only its tenant may do
      | action                    |
      | open                      |
      | rename                    |
      | change the memory of      |
      | list the messages of      |
      | list the events of        |
      | list the ledger of        |
      | replay the ledger of      |
      | follow the title of       |
      | take back a question from |

  Scenario: Deleting a conversation of another tenant leaves it alone
    Given Alice has an active conversation "Salary review"
    When Brian deletes the conversation "Salary review"
    Then the request should succeed
    But the conversation "Salary review" should still be as it was

  Scenario Outline: A viewer cannot <action> a conversation
    Given Alice has an active conversation "Salary review"
    When Vera tries to <action> the conversation "Salary review"
    Then the request should be refused as not allowed
    But the conversation "Salary review" should still be as it was

    Examples: What needs more than reading
      | action                    |
      | rename                    |
      | delete                    |
      | change the memory of      |
      | take back a question from |
