Feature: Agents
  People choose whom they talk to. The catalog names every agent once,
  and says of each what it can do and how it is.

  Scenario: The agent who answers first stands in the catalog
    When Alice lists the agents
    Then the request should succeed
    And "triage" should be among the agents
    And every agent should be active

  @contract
  Scenario: The catalog of agents comes in pages
    When Vera lists the agents 4 at a time
    Then the request should succeed
    And every one of the agents should have come exactly once

  Scenario: A word finds the agents that it describes
    When Vera searches the agents for "code"
    Then the request should succeed
    And "code_assistant" should be among the agents
    But "triage" should not be among the agents

  Scenario: A word that describes no agent finds none
    When Vera searches the agents for "marmalade"
    Then the request should succeed
    And the list should hold 0 entries

  Scenario: An agent tells how it is
    Given Vera knows the first of the agents
    When Vera opens that entry of the agents
    Then the request should succeed
    And it should be described as in the list of agents

  Scenario: An agent that nobody made is not found
    When Vera tries to open "nobody" of the agents
    Then the request should be refused as not found

  @contract
  Scenario: A page of agents that the service never offered is refused
    When Vera tries to ask for a page of the agents that does not exist
    Then the request should be refused as malformed

  @contract
  Scenario Outline: A page of <size> agents is refused
    When Vera tries to list the agents <size> at a time
    Then the request should be refused as invalid

    Examples: Too small and too large
      | size |
      | 0    |
      | 101  |

  Scenario: A search for agents needs a word
    When Vera tries to search the agents for ""
    Then the request should be refused as invalid

  @ai
  Scenario: An agent remembers that it was asked
    Given Nina owns the tenant "Nimbus"
    When Nina asks "Who discovered the moons of Mars?" of the agent "researcher"
    Then the request should succeed
    And the agent "researcher" should have been used just now

  @ai
  Scenario: An agent counts the conversations that it had
    Given Nina owns the tenant "Nimbus"
    When Nina asks "Who discovered the moons of Mars?" of the agent "researcher"
    Then the request should succeed
    And the agent "researcher" should count 1 conversation
