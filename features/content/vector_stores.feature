@vector @provider
Feature: Vector stores
  A vector store is a named collection of files in which agents look things up. A tenant keeps
  a handful of them; nobody else sees them, and only those who run the tenant change them.

  Background:
    Given Alice is signed in

  Scenario: A new vector store is empty and ready
    When Alice creates the vector store "Handbook" with these details
      | description | All about us |
    Then the request should succeed
    And Alice should find the vector store "Handbook" with these details
      | description | All about us |
      | used space  | 0            |
      | state       | completed    |

  Scenario: A vector store can be opened by everybody of its tenant
    Given Alice has the vector store "Handbook"
    When Vera opens the vector store "Handbook"
    Then the request should succeed
    And Vera should find the vector store "Handbook"

  Scenario: A vector store stands in the list of its tenant
    Given Alice has the vector store "Handbook"
    When Vera lists the vector stores
    Then the request should succeed
    And the vector store "Handbook" should be among them

  Scenario: A deleted vector store is gone
    Given Alice has the vector store "Handbook"
    When Alice deletes the vector store "Handbook"
    Then the request should succeed
    And the vector store "Handbook" should no longer exist for Alice

  Scenario: The files of other vector stores stay when one is deleted
    Given Alice has the vector store "Handbook"
    And Alice has the vector store "Guide"
    And the provider holds the file "terms.txt" with the text "Refunds take thirty days."
    And Alice has attached the file "terms.txt" to the vector store "Handbook"
    When Alice deletes the vector store "Guide"
    Then the request should succeed
    And Vera should find the file "terms.txt" in the vector store "Handbook"

  Scenario: A vector store cannot be deleted twice
    Given Alice has the vector store "Handbook"
    And Alice has deleted the vector store "Handbook"
    When Alice tries to delete the vector store "Handbook"
    Then the request should be refused as not found
    And the vector store "Handbook" should no longer exist for Alice

  Scenario: A tenant has no two vector stores of one name
    Given Alice has the vector store "Handbook"
    When Alice tries to create the vector store "Handbook"
    Then the request should be refused as conflicting
    And Alice should have one vector store called "Handbook"

  Scenario: Two tenants can have vector stores of one name
    Given Alice has the vector store "Handbook"
    When Brian creates the vector store "Handbook"
    Then the request should succeed
    And Brian should find the vector store "Handbook"

  @contract
  Scenario: A tenant has no more vector stores than are allowed
    Given Nina owns the tenant "Library"
    And Nina has as many vector stores as are allowed
    When Nina tries to create the vector store "One too many"
    Then the request should be refused as not allowed
    And Nina should have as many vector stores as are allowed

  @contract
  Scenario Outline: A vector store with <letters> letters in its name is not accepted
    When Alice tries to create a vector store with <letters> letters in its name
    Then the request should be refused as invalid
    And Alice should have no vector store called "Odd"

    Examples: Names that are none
      | letters |
      | 0       |
      | 129     |

  @contract
  Scenario Outline: A page of vector stores from number <first> on holds <count>
    Given Nina owns the tenant "Library"
    And Nina has 3 vector stores
    When Nina lists 2 vector stores from number <first> on
    Then the request should succeed
    And the list should hold <count> of 3 vector stores

    Examples: Pages of two
      | first | count |
      | 1     | 2     |
      | 3     | 1     |

  Scenario Outline: Nobody can <action> a vector store of another tenant
    Given Alice has the vector store "Salaries"
    When Brian tries to <action> the vector store "Salaries"
    Then the request should be refused as not found
    But Alice should find the vector store "Salaries"

    Examples: What only its tenant may do
      | action |
      | open   |
      | delete |

  Scenario: A member cannot create a vector store
    When Dave tries to create the vector store "Mine"
    Then the request should be refused as not allowed
    And Alice should have no vector store called "Mine"

  Scenario: A member cannot delete a vector store
    Given Alice has the vector store "Handbook"
    When Dave tries to delete the vector store "Handbook"
    Then the request should be refused as not allowed
    But Alice should find the vector store "Handbook"
