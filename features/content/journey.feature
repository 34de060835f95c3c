@smoke
Feature: A day with files and containers
  People hand files to the service, let agents look things up in them, and give agents a place to work.
  What is no longer needed is taken away again.

  @storage
  Scenario: Alice hands over a file and takes it away again
    Given Alice has uploaded "Tulips need little water." as the stored file "garden.txt"
    When Alice lists the stored files
    Then the stored file "garden.txt" should be among them
    When Alice locates the stored file "garden.txt"
    Then the address should be good for the usual time
    And the text at the address should be "Tulips need little water."
    When Alice deletes the stored file "garden.txt"
    Then the stored file "garden.txt" should no longer exist for Alice
    When Alice announces the stored file "question.txt" as input of an agent
    Then Alice should find the stored file "question.txt"

  @vector @provider
  Scenario: Alice fills a vector store, looks something up and clears it away
    Given the provider holds the file "terms.txt" with the text "Refunds take thirty days."
    When Alice creates the vector store "Handbook" with these details
      | description | All about us |
    Then Alice should find the vector store "Handbook" with these details
      | description | All about us |
      | used space  | 0            |
      | state       | completed    |
    When Alice attaches the file "terms.txt" to the vector store "Handbook"
    Then Alice should find the file "terms.txt" in the vector store "Handbook"
    When Alice searches the vector store "Handbook" for "refunds take days"
    Then Alice should find these passages
      | file      | text                      |
      | terms.txt | Refunds take thirty days. |
    When Alice binds the agent "retriever" to the vector store "Handbook"
    Then the request should succeed
    When Alice frees the agent "retriever" from the vector store "Handbook"
    Then the request should succeed
    When Alice removes the file "terms.txt" from the vector store "Handbook"
    Then the file "terms.txt" should not be in the vector store "Handbook" for Alice
    When Alice deletes the vector store "Handbook"
    Then the vector store "Handbook" should no longer exist for Alice

  @vector @storage @provider
  Scenario: Alice has a stored file looked up
    Given Alice has the vector store "Guide"
    And Alice has uploaded "Parcels travel by bicycle." as the stored file "shipping.txt"
    When Alice attaches the stored file "shipping.txt" to the vector store "Guide"
    Then Alice should find "shipping.txt" by "bicycle" in the vector store "Guide"

  @containers @provider
  Scenario: Alice gives an agent a container and takes it back
    When Alice creates the container "Sandbox" with these details
      | memory | 4g |
    Then Alice should find the container "Sandbox" with these details
      | memory | 4g      |
      | state  | running |
    When Alice assigns the container "Sandbox" to the agent "code_assistant"
    Then Alice should read that the container "Sandbox" was bound to the agent "code_assistant"
    When Alice frees the agent "code_assistant" from its container
    Then the request should succeed
    When Alice deletes the container "Sandbox"
    Then the container "Sandbox" should no longer exist for Alice

  @vector @openai_files @provider
  Scenario: Alice fetches what lies in a vector store
    Given the provider holds the file "terms.txt" with the text "Refunds take thirty days."
    And Alice has the vector store "Archive"
    And Alice has attached the file "terms.txt" to the vector store "Archive"
    When Alice downloads the file "terms.txt"
    Then the download should read "Refunds take thirty days."

  @containers @openai_files @provider
  Scenario: Alice fetches what an agent left in its container
    Given Alice has the container "Workshop"
    And the container "Workshop" holds the file "chart.csv" with the text "year,total"
    When Alice downloads the file "chart.csv" from the container "Workshop"
    Then the download should read "year,total"

  @assets
  Scenario: Alice looks at what an agent made and deletes it
    Given Alice has these assets
      | file      | kind  | type      | tool             | agent          | size |
      | chart.png | image | image/png | image_generation | image_studio   | 2048 |
      | table.csv | file  | text/csv  | code_interpreter | code_assistant | 300  |
    When Alice lists the assets
    Then the asset "chart.png" should be among them
    And the asset "table.csv" should be among them
    When Alice opens the asset "chart.png"
    Then Alice should find the asset "chart.png" with these details
      | kind  | image            |
      | type  | image/png        |
      | tool  | image_generation |
      | agent | image_studio     |
      | size  | 2048             |
    When Alice locates the asset "chart.png"
    Then the address should be good for the usual time
    When Alice asks for thumbnails of "chart.png" and "table.csv"
    Then each asset should be dealt with like this
      | file      | fate        |
      | chart.png | shown       |
      | table.csv | unsupported |
    When Alice deletes the asset "chart.png"
    Then the asset "chart.png" should no longer exist for Alice
    But Alice should find the asset "table.csv"
