@vector @provider
Feature: Search in vector stores
  A search finds the passages that speak of what was asked, the best one first,
  and tells from which file each one comes.

  Background:
    Given Alice has the vector store "Handbook"
    And Alice has attached these files to the vector store "Handbook"
      | file         | text                      | year |
      | terms.txt    | Refunds take thirty days. | 2025 |
      | shipping.txt | Parcels take three days.  | 2020 |
      | garden.txt   | Tulips need little water. | 2025 |

  Scenario: A search finds the passages that speak of what was asked
    When Vera searches the vector store "Handbook" for "refunds take days"
    Then the request should succeed
    And Vera should find these passages
      | file         | text                      |
      | terms.txt    | Refunds take thirty days. |
      | shipping.txt | Parcels take three days.  |

  Scenario: A search for what nobody wrote about finds nothing
    When Vera searches the vector store "Handbook" for "zebras"
    Then the request should succeed
    And Vera should find nothing about "zebras" in the vector store "Handbook"

  Scenario: A search can be narrowed to some of the files
    When Vera searches the vector store "Handbook" for "take days" since 2024
    Then the request should succeed
    And Vera should find these passages
      | file      | text                      |
      | terms.txt | Refunds take thirty days. |

  Scenario: A search gives no more passages than were asked for
    When Vera searches the vector store "Handbook" for "refunds take days", 1 passage at most
    Then the request should succeed
    And Vera should find these passages
      | file      | text                      |
      | terms.txt | Refunds take thirty days. |

  @contract
  Scenario: A search for nothing is not accepted
    When Vera tries to search the vector store "Handbook" for ""
    Then the request should be refused as invalid
    And Vera should find "terms.txt" by "refunds" in the vector store "Handbook"

  @contract
  Scenario: A search for more than fifty passages is not accepted
    When Vera tries to search the vector store "Handbook" for "refunds", 51 passages at most
    Then the request should be refused as invalid
    And Vera should find "terms.txt" by "refunds" in the vector store "Handbook"

  @contract
  Scenario: A search by a filter that the provider does not know is not accepted
    When Vera tries to search the vector store "Handbook" for "refunds" by an unknown filter
    Then the request should be refused as malformed
    And Vera should find "terms.txt" by "refunds" in the vector store "Handbook"

  Scenario: Nobody searches a vector store of another tenant
    When Brian tries to search the vector store "Handbook" for "refunds"
    Then the request should be refused as not found
    But Vera should find "terms.txt" by "refunds" in the vector store "Handbook"

  Scenario Outline: An agent is <done> a vector store
    When Alice <does> the agent "retriever" <how> the vector store "Handbook"
    Then the request should succeed
    And Alice should find the vector store "Handbook"

    Examples: What the tenant decides for its agents
      | does  | how  | done       |
      | binds | to   | bound to   |
      | frees | from | freed from |

  Scenario: Nobody binds an agent to a vector store of another tenant
    When Brian tries to bind the agent "retriever" to the vector store "Handbook"
    Then the request should be refused as not found
    And Alice should find the vector store "Handbook"

  Scenario Outline: A member cannot <do> an agent
    When Dave tries to <do> the agent "retriever" <how> the vector store "Handbook"
    Then the request should be refused as not allowed
    And Alice should find the vector store "Handbook"

    Examples: What only those who run the tenant may do
      | do   | how  |
      | bind | to   |
      | free | from |
