Feature: To-dos
  People write down what they want to do, and trust that it is still there tomorrow.
  What somebody plans is nobody else's business.

  @smoke
  Scenario: The newest to-do comes first, and nobody else sees it
    Given Brian has the to-do "Paint the fence"
    And Alice has the to-do "Water the plants"
    And Alice has the to-do "Buy milk"
    When Alice goes on to read the to-do "Buy milk"
    Then the request should succeed
    And the to-dos of Alice should begin with "Buy milk" and hide "Paint the fence"

  Scenario Outline: What its owner asks for, to <action> a to-do, is done
    Given Alice has the to-do "Buy milk"
    When Alice goes on to <action> the to-do "Buy milk"
    Then the request should succeed
    And the to-do "Buy milk" should be <state>

    Examples: What an owner may do
      | action | state   |
      | finish | done    |
      | delete | gone    |

  Scenario Outline: To <action> a to-do of Alice is refused for <person>
    Given Alice has the to-do "Buy milk"
    When <person> attempts to <action> the to-do "Buy milk"
    Then the request should be refused as <refusal>
    And the to-do "Buy milk" should be open

    Examples: A to-do of somebody else does not exist
      | person | action | refusal       |
      | Brian  | read   | no such to-do |
      | Brian  | finish | no such to-do |
      | Brian  | delete | no such to-do |

    Examples: Whoever is not signed in may do nothing
      | person    | action                 | refusal                |
      | a visitor | read                   | sign in first          |
      | a visitor | finish                 | sign in first          |
      | a visitor | delete                 | sign in first          |
      | a visitor | look for               | sign in first          |
      | a visitor | copy                   | sign in first          |
      | a visitor | guess the password for | wrong name or password |
