@contact
Feature: Contact
  Whoever has a question reaches the team without an account.
  Robots get nowhere, and nobody can flood the mailbox.

  Scenario: A message is accepted under a reference
    Given another visitor has written to the team
    When a visitor writes "Do you offer invoices in euros?" to the team
    Then the request should succeed
    And the message should be accepted under a reference of its own

  Scenario: An accepted message reaches the team
    Given the team can be reached by mail
    When a visitor writes "Do you offer invoices in euros?" to the team
    Then the request should succeed
    And the team should have got the message with its reference

  Scenario: What a robot fills in is accepted and dropped
    When a robot writes "Buy our wonderful watches!" to the team
    Then the request should succeed
    And the message should be dropped

  Scenario Outline: A message <flaw> is refused
    When a visitor tries to write a message <flaw> to the team
    Then the request should be refused as invalid

    Examples: What is no message
      | flaw                       |
      | of 9 letters               |
      | of 2001 letters            |
      | without a sender           |
      | from an impossible address |

  Scenario Outline: A message of <count> letters is accepted
    When a visitor writes a message of <count> letters to the team
    Then the request should succeed
    And the message should be accepted under a reference of its own

    Examples: The shortest and the longest
      | count |
      | 10    |
      | 2000  |

  Scenario: More messages than one address may send in an hour have to stay behind
    Given a visitor has written as many messages to the team as are allowed
    When a visitor tries to write "And one more question!" to the team
    Then the request should be refused as too many
    And the visitor should learn when to come back
