@provider
Feature: Faults of the provider
  When the provider fails, is too busy or does not answer, people get a clear refusal within
  seconds, and nothing is left half done.

  @vector
  Scenario Outline: No vector store is left when the provider <fault>
    Given Nina owns the tenant "Library"
    And the provider <fault> whenever it hears of the new vector store "Doomed"
    When Nina tries to create the vector store "Doomed"
    Then the request should be refused as <outcome>
    And Nina should have no vector store called "Doomed"

    Examples: What can go wrong at the provider
      | fault           | outcome                 |
      | fails           | failing at the provider |
      | is too busy     | unavailable             |
      | does not answer | unavailable             |

  @containers
  Scenario Outline: No container is left when the provider <fault>
    Given Nina owns the tenant "Laboratory"
    And the provider <fault> whenever it hears of the new container "Doomed"
    When Nina tries to create the container "Doomed"
    Then the request should be refused as <outcome>
    And Nina should have no container called "Doomed"

    Examples: What can go wrong at the provider
      | fault           | outcome                 |
      | fails           | failing at the provider |
      | is too busy     | unavailable             |
      | does not answer | unavailable             |

  @vector
  Scenario: A vector store stays when the provider fails to delete it
    Given Alice has the vector store "Handbook"
    And the provider fails whenever it hears of the vector store "Handbook"
    When Alice tries to delete the vector store "Handbook"
    Then the request should be refused as failing at the provider
    But Alice should find the vector store "Handbook"

  @vector
  Scenario Outline: A search is refused when the provider <fault>
    Given Alice has the vector store "Handbook"
    And the provider <fault> whenever it hears of the vector store "Handbook"
    When Vera tries to search the vector store "Handbook" for "refunds"
    Then the request should be refused as <outcome>

    Examples: What can go wrong at the provider
      | fault       | outcome                 |
      | fails       | failing at the provider |
      | is too busy | unavailable             |

  @vector
  Scenario: A file is not attached when the provider fails
    Given Alice has the vector store "Handbook"
    And the provider holds the file "terms.txt" with the text "Refunds take thirty days."
    And the provider fails whenever it hears of the file "terms.txt"
    When Alice tries to attach the file "terms.txt" to the vector store "Handbook"
    Then the request should be refused as failing at the provider
    And the file "terms.txt" should not be in the vector store "Handbook" for Alice

  @vector
  Scenario: A file that could not be attached can still be attached by others
    Given Alice has the vector store "Handbook"
    And Brian has the vector store "Guide"
    And the provider holds the file "terms.txt" with the text "Refunds take thirty days."
    And the provider fails whenever it hears of the vector store "Handbook"
    And Alice has tried in vain to attach the file "terms.txt" to the vector store "Handbook"
    When Brian attaches the file "terms.txt" to the vector store "Guide"
    Then the request should succeed
    And Brian should find the file "terms.txt" in the vector store "Guide"

  @vector @storage
  Scenario: No copy of a stored file is left when the provider fails to index it
    Given Alice has the vector store "Handbook"
    And Alice has uploaded "Parcels travel by bicycle." as the stored file "shipping.txt"
    And the provider fails whenever it hears of the vector store "Handbook"
    When Alice tries to attach the stored file "shipping.txt" to the vector store "Handbook"
    Then the request should be refused as failing at the provider
    And the provider should have no copy of the stored file "shipping.txt"

  @openai_files @vector
  Scenario: A download is refused when the provider fails
    Given Alice has the vector store "Handbook"
    And the provider holds the file "terms.txt" with the text "Refunds take thirty days."
    And Alice has attached the file "terms.txt" to the vector store "Handbook"
    And the provider fails whenever it hears of the file "terms.txt"
    When Vera tries to download the file "terms.txt"
    Then the request should be refused as failing at the provider
