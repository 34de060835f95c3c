Feature: Conversations
  People return to earlier conversations. A conversation stays readable to its owner,
  goes away when its owner deletes it, and is never within anyone else's reach.

  Background:
    Given Alice is signed in

  @smoke
  Scenario: An archived conversation keeps its messages
    Given Alice has an archived conversation "Refund policy" with these messages
      | from      | text                     |
      | user      | How do refunds work?     |
      | assistant | Within 30 days, in full. |
    When Alice opens the conversation "Refund policy"
    Then the request should succeed
    And Alice should see these messages
      | from      | text                     |
      | user      | How do refunds work?     |
      | assistant | Within 30 days, in full. |

  Scenario: A conversation stands in the list of its tenant
    Given Alice has an active conversation "Holiday plans"
    When Alice lists the conversations
    Then the request should succeed
    And the conversation "Holiday plans" should be among them

  Scenario: A word from a message finds the conversation
    Given Alice has an active conversation "Holiday plans" about "marmalade"
    When Alice searches the conversations for "marmalade"
    Then the request should succeed
    And the conversation "Holiday plans" should be among them

  Scenario: A deleted conversation is gone
    Given Alice has an active conversation "Holiday plans"
    When Alice deletes the conversation "Holiday plans"
    Then the request should succeed
    And the conversation "Holiday plans" should no longer exist for Alice

  Scenario Outline: Nobody can <action> a conversation of another tenant
    Given Alice has an active conversation "Salary review"
    And Brian is signed in
    When Brian tries to <action> the conversation "Salary review"
    Then the request should be refused as not found
    But the conversation "Salary review" should still exist for Alice

    Examples: What only its tenant may do
      | action                |
      | open                  |
      | rename                |
      | list the events of    |
