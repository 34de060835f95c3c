@containers @provider
Feature: Containers
  A container is a place with memory of its own in which an agent runs code. A tenant keeps a few,
  decides which agent uses which, and nobody else can reach them.

  Background:
    Given Alice is signed in

  Scenario: A new container has the memory that was asked for
    When Alice creates the container "Sandbox" with these details
      | memory | 4g |
    Then the request should succeed
    And Alice should find the container "Sandbox" with these details
      | memory | 4g      |
      | state  | running |
    And Alice should read that the container "Sandbox" was created

  Scenario: A container can be opened by everybody of its tenant
    Given Alice has the container "Sandbox"
    When Vera opens the container "Sandbox"
    Then the request should succeed
    And Vera should find the container "Sandbox"

  Scenario: A container stands in the list of its tenant
    Given Alice has the container "Sandbox"
    When Vera lists the containers
    Then the request should succeed
    And the container "Sandbox" should be among them

  Scenario: A container has one gigabyte of memory unless asked otherwise
    When Alice creates the container "Sandbox"
    Then the request should succeed
    And Alice should find the container "Sandbox" with these details
      | memory | 1g |

  Scenario: A deleted container is gone
    Given Alice has the container "Sandbox"
    When Alice deletes the container "Sandbox"
    Then the request should succeed
    And the container "Sandbox" should no longer exist for Alice
    And Alice should read that the container "Sandbox" was deleted

  Scenario: A tenant has no two containers of one name
    Given Alice has the container "Sandbox"
    When Alice tries to create the container "Sandbox"
    Then the request should be refused as conflicting
    And Alice should have one container called "Sandbox"

  Scenario: Memory that is not on offer is refused
    When Alice tries to create the container "Odd" with these details
      | memory | 3g |
    Then the request should be refused as not allowed
    And Alice should have no container called "Odd"

  @contract
  Scenario: A tenant has no more containers than are allowed
    Given Nina owns the tenant "Laboratory"
    And Nina has as many containers as are allowed
    When Nina tries to create the container "One too many"
    Then the request should be refused as not allowed
    And Nina should have as many containers as are allowed

  @contract
  Scenario Outline: A container with <letters> letters in its name is not accepted
    When Alice tries to create a container with <letters> letters in its name
    Then the request should be refused as invalid
    And Alice should have no container called "Odd"

    Examples: Names that are none
      | letters |
      | 0       |
      | 129     |

  @contract
  Scenario Outline: A page of containers from number <first> on holds <count>
    Given Nina owns the tenant "Laboratory"
    And Nina has 3 containers
    When Nina lists 2 containers from number <first> on
    Then the request should succeed
    And the list should hold <count> of 3 containers

    Examples: Pages of two
      | first | count |
      | 1     | 2     |
      | 3     | 1     |

  Scenario: An agent uses the container that it was assigned
    Given Alice has the container "Sandbox"
    When Alice assigns the container "Sandbox" to the agent "code_assistant"
    Then the request should succeed
    And Alice should read that the container "Sandbox" was bound to the agent "code_assistant"

  Scenario: An agent can be freed from its container
    Given Nina owns the tenant "Laboratory"
    And Nina has the container "Sandbox"
    And Nina has assigned the container "Sandbox" to the agent "code_assistant"
    When Nina frees the agent "code_assistant" from its container
    Then the request should succeed
    And Nina should read that the container "Sandbox" was unbound from the agent "code_assistant"

  Scenario: Nobody assigns a container of another tenant
    Given Alice has the container "Sandbox"
    When Brian tries to assign the container "Sandbox" to the agent "code_assistant"
    Then the request should be refused as not found
    And Alice should not read that the container "Sandbox" was bound to the agent "code_assistant"

  Scenario Outline: Nobody can <action> a container of another tenant
    Given Alice has the container "Sandbox"
    When Brian tries to <action> the container "Sandbox"
    Then the request should be refused as not found
    But Alice should find the container "Sandbox"

    Examples: What only its tenant may do
      | action |
      | open   |
      | delete |

  Scenario: A member cannot create a container
    When Dave tries to create the container "Mine"
    Then the request should be refused as not allowed
    And Alice should have no container called "Mine"

  Scenario: A member cannot delete a container
    Given Alice has the container "Sandbox"
    When Dave tries to delete the container "Sandbox"
    Then the request should be refused as not allowed
    But Alice should find the container "Sandbox"

  Scenario: A member cannot free an agent from its container
    Given Alice has the container "Sandbox"
    And Alice has assigned the container "Sandbox" to the agent "code_assistant"
    When Dave tries to free the agent "code_assistant" from its container
    Then the request should be refused as not allowed
    And Alice should not read that the container "Sandbox" was unbound from the agent "code_assistant"
