Feature: Tools
  Agents work with tools.
  Whoever uses an agent can see which tools it has.

  Scenario: Every agent's tools are in the catalog
    When Alice looks at the tools
    Then the request should succeed
    And each agent should have its own list of known tools
