Feature: Title and memory of a conversation
  A title makes a conversation easy to find again. How much of it the agents remember
  is for the tenant's administrators to decide.

  Background:
    Given Alice has an active conversation "Holiday plans"

  Scenario: A renamed conversation is found under its new title
    When Dave renames the conversation "Holiday plans" to "A week in Oslo"
    Then the request should succeed
    And the conversation "Holiday plans" should be titled "A week in Oslo"

  Scenario: Blanks in a title are evened out
    When Alice renames the conversation "Holiday plans" to "  A   week in   Oslo "
    Then the request should succeed
    And the conversation "Holiday plans" should be titled "A week in Oslo"

  Scenario Outline: A title that is <flaw> is refused
    Given Alice has renamed the conversation "Holiday plans" to "A week in Oslo"
    When Alice tries to give the conversation "Holiday plans" a title that is <flaw>
    Then the request should be refused as invalid
    And the conversation "Holiday plans" should be titled "A week in Oslo"

    Examples: No titles
      | flaw     |
      | empty    |
      | blank    |
      | too long |
      | no text  |

  Scenario: The longest title is kept whole
    When Alice gives the conversation "Holiday plans" the longest title
    Then the request should succeed
    And the conversation "Holiday plans" should have the longest title

  Scenario: A conversation's title is sent as soon as it is known
    Given Alice has renamed the conversation "Holiday plans" to "A week in Oslo"
    When Alice follows the title of the conversation "Holiday plans"
    Then the request should succeed
    And the title "A week in Oslo" should have come, and then the end

  Scenario: The title of a conversation without a question is not found
    Given Alice has an active conversation "Monologue" with these messages
      | from      | text     |
      | assistant | Welcome. |
    When Alice tries to follow the title of the conversation "Monologue"
    Then the request should be refused as not found

  Scenario: Memory settings are kept until they are changed
    Given Alice has set the memory of the conversation "Holiday plans"
      | setting           | value |
      | mode              | trim  |
      | max user turns    | 12    |
      | keep last turns   | 4     |
      | clear tool inputs | yes   |
    When Adam sets the memory of the conversation "Holiday plans"
      | setting          | value |
      | max user turns   | 20    |
      | memory injection | no    |
    Then the request should succeed
    And the memory of the conversation "Holiday plans" should be set to
      | setting           | value |
      | mode              | trim  |
      | max user turns    | 20    |
      | keep last turns   | 4     |
      | clear tool inputs | yes   |
      | memory injection  | no    |

  Scenario: A cleared memory setting is left to the agent again
    Given Alice has set the memory of the conversation "Holiday plans"
      | setting               | value   |
      | mode                  | compact |
      | compact trigger turns | 8       |
      | compact keep          | 3       |
    When Alice sets the memory of the conversation "Holiday plans"
      | setting               | value |
      | compact trigger turns | none  |
    Then the request should succeed
    And the memory of the conversation "Holiday plans" should be set to
      | setting      | value   |
      | mode         | compact |
      | compact keep | 3       |

  Scenario: Only an administrator changes the memory
    When Dave tries to change the memory of the conversation "Holiday plans"
    Then the request should be refused as not allowed
    And the memory of the conversation "Holiday plans" should be set to nothing

  Scenario: A way of remembering that does not exist is refused
    When Alice tries to set the memory of the conversation "Holiday plans"
      | setting | value     |
      | mode    | nostalgia |
    Then the request should be refused as invalid
    And the memory of the conversation "Holiday plans" should be set to nothing
