@vector @provider
Feature: Files in vector stores
  What is put into a vector store can be looked up a moment later, and what is taken out of it
  is found no more. The files themselves stay with the provider or in the object store.

  Background:
    Given Alice has the vector store "Handbook"
    And the provider holds the file "terms.txt" with the text "Refunds take thirty days."

  Scenario: An attached file is in the vector store
    When Alice attaches the file "terms.txt" to the vector store "Handbook"
    Then the request should succeed
    And Vera should find the file "terms.txt" in the vector store "Handbook"
    And the vector store "Handbook" should be as large as the one file in it

  Scenario: An attached file can be opened
    Given Alice has attached the file "terms.txt" to the vector store "Handbook"
    When Vera opens the file "terms.txt" from the vector store "Handbook"
    Then the request should succeed
    And Vera should find the file "terms.txt" in the vector store "Handbook"

  Scenario: What an attached file says can be looked up
    When Alice attaches the file "terms.txt" to the vector store "Handbook"
    Then the request should succeed
    And Vera should find "terms.txt" by "refunds" in the vector store "Handbook"
    But Vera should find nothing about "zebras" in the vector store "Handbook"

  Scenario: A file is attached to a vector store only once
    Given Alice has attached the file "terms.txt" to the vector store "Handbook"
    When Alice tries to attach the file "terms.txt" to the vector store "Handbook"
    Then the request should be refused as conflicting
    And the vector store "Handbook" should be as large as the one file in it

  Scenario: A file that the provider does not have cannot be attached
    Given the provider never had the file "ghost.txt"
    When Alice tries to attach the file "ghost.txt" to the vector store "Handbook"
    Then the request should be refused as malformed
    And the file "ghost.txt" should not be in the vector store "Handbook" for Alice

  @contract
  Scenario: An id that leads elsewhere is no file
    Given the file "ghost.txt" has an id that leads elsewhere at the provider
    When Alice tries to attach the file "ghost.txt" to the vector store "Handbook"
    Then the request should be refused as malformed
    And the vector store "Handbook" should be empty

  Scenario: Nobody attaches a file of another tenant
    Given Alice has attached the file "terms.txt" to the vector store "Handbook"
    And Brian has the vector store "Guide"
    When Brian tries to attach the file "terms.txt" to the vector store "Guide"
    Then the request should be refused as not found
    And the file "terms.txt" should not be in the vector store "Guide" for Brian

  Scenario: A removed file is found no more
    Given Alice has attached the file "terms.txt" to the vector store "Handbook"
    When Alice removes the file "terms.txt" from the vector store "Handbook"
    Then the request should succeed
    And the file "terms.txt" should not be in the vector store "Handbook" for Alice
    And Alice should find nothing about "refunds" in the vector store "Handbook"
    And the vector store "Handbook" should be empty

  Scenario: Removing a file a second time does no harm
    Given Alice has attached the file "terms.txt" to the vector store "Handbook"
    And Alice has removed the file "terms.txt" from the vector store "Handbook"
    When Alice removes the file "terms.txt" from the vector store "Handbook"
    Then the request should succeed
    And the file "terms.txt" should not be in the vector store "Handbook" for Alice

  @contract
  Scenario: A file that is attached for later is still being indexed
    When Alice attaches the file "terms.txt" to the vector store "Handbook" for later
    Then the request should succeed
    And the file should not be indexed yet

  @contract
  Scenario Outline: Of one finished file the list of <state> files shows <count>
    Given Alice has attached the file "terms.txt" to the vector store "Handbook"
    When Alice lists the <state> files of the vector store "Handbook"
    Then the request should succeed
    And the list should hold <count> of the files

    Examples: States of a file
      | state     | count |
      | completed | 1     |
      | failed    | 0     |

  @storage
  Scenario: A stored file can be attached
    Given Alice has uploaded "Parcels travel by bicycle." as the stored file "shipping.txt"
    When Alice attaches the stored file "shipping.txt" to the vector store "Handbook"
    Then the request should succeed
    And Alice should find the file "shipping.txt" in the vector store "Handbook"
    And Alice should find "shipping.txt" by "bicycle" in the vector store "Handbook"

  @storage
  Scenario: A file is attached for the agent that searches there
    Given Nina owns the tenant "Library"
    And Nina has the vector store "Guide"
    And Nina has uploaded "Parcels travel by bicycle." as the stored file "shipping.txt"
    And Nina has bound the agent "retriever" to the vector store "Guide"
    When Nina attaches the stored file "shipping.txt" to the vector store "Guide" for the agent "retriever"
    Then the request should succeed
    And Nina should find "shipping.txt" by "bicycle" in the vector store "Guide"

  @storage
  Scenario: An agent that is bound anew searches there alone
    Given Nina owns the new tenant "Library"
    And Nina has the vector store "Guide"
    And Nina has the vector store "Atlas"
    And Nina has uploaded "Parcels travel by bicycle." as the stored file "shipping.txt"
    And Nina has bound the agent "retriever" to the vector store "Guide"
    And Nina has bound the agent "retriever" to the vector store "Atlas"
    When Nina tries to attach the stored file "shipping.txt" to the vector store "Guide" for the agent "retriever"
    Then the request should be refused as not allowed
    And Nina should find nothing about "bicycle" in the vector store "Guide"

  @storage
  Scenario Outline: A file is not attached for the agent "<agent>", which <flaw>
    Given Alice has uploaded "Parcels travel by bicycle." as the stored file "shipping.txt"
    When Alice tries to attach the stored file "shipping.txt" to the vector store "Handbook" for the agent "<agent>"
    Then the request should be refused as not allowed
    And Alice should find nothing about "bicycle" in the vector store "Handbook"

    Examples: Who does not search there
      | agent     | flaw                  |
      | triage    | cannot look things up |
      | nobody    | does not exist        |
      | retriever | searches elsewhere    |

  @storage
  Scenario: A deleted stored file cannot be attached
    Given Alice has announced the stored file "shipping.txt"
    And Alice has deleted the stored file "shipping.txt"
    When Alice tries to attach the stored file "shipping.txt" to the vector store "Handbook"
    Then the request should be refused as not found
    And the vector store "Handbook" should be empty

  Scenario: Nobody attaches a file to a vector store of another tenant
    When Brian tries to attach the file "terms.txt" to the vector store "Handbook"
    Then the request should be refused as not found
    And the file "terms.txt" should not be in the vector store "Handbook" for Alice

  Scenario Outline: Nobody <acts> from a vector store of another tenant
    Given Alice has attached the file "terms.txt" to the vector store "Handbook"
    When Brian tries to <action> the file "terms.txt" from the vector store "Handbook"
    Then the request should be refused as not found
    But Alice should find the file "terms.txt" in the vector store "Handbook"

    Examples: What only its tenant may do
      | action | acts           |
      | open   | opens a file   |
      | remove | removes a file |

  Scenario: A member cannot attach a file
    When Dave tries to attach the file "terms.txt" to the vector store "Handbook"
    Then the request should be refused as not allowed
    And the file "terms.txt" should not be in the vector store "Handbook" for Alice
