Feature: Messages of a conversation
  People read again what was said,
  and take back what they should not have asked.

  Background:
    Given Alice is signed in

  Scenario: A question taken back is gone with everything after it
    Given Alice has begun the conversation "Trip" with these messages
      | from      | text      |
      | user      | Where to? |
      | assistant | To Oslo.  |
      | user      | When?     |
      | assistant | In May.   |
    When Alice takes back "When?" from the conversation "Trip"
    Then the request should succeed
    And the conversation "Trip" should hold these messages
      | from      | text      |
      | user      | Where to? |
      | assistant | To Oslo.  |

  Scenario: An answer of the assistant cannot be taken back
    Given Alice has begun the conversation "Trip"
    When Alice tries to take back "At nine, from platform two." from the conversation "Trip"
    Then the request should be refused as conflicting
    But the conversation "Trip" should still be as it was

  Scenario: A question of somebody else cannot be taken back
    Given Alice has begun the conversation "Trip"
    When Dave tries to take back "When does my train leave?" from the conversation "Trip"
    Then the request should be refused as not allowed
    But the conversation "Trip" should still be as it was

  Scenario Outline: A question <named> cannot be taken back
    Given Alice has begun the conversation "Trip"
    When Alice tries to take back a question <named> from the conversation "Trip"
    Then the request should be refused as <outcome>
    But the conversation "Trip" should still be as it was

    Examples: No message of the conversation
      | named                   | outcome   |
      | that nobody asked       | not found |
      | without a proper number | malformed |

  Scenario: A page of messages that the service never offered is refused
    Given Alice has begun the conversation "Trip"
    When Alice tries to ask for a strange page of the messages of "Trip"
    Then the request should be refused as malformed
