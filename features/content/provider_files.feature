@openai_files @provider
Feature: Files of the provider
  Agents leave files with the provider: in vector stores, and in the containers where they run code.
  The service hands them out to the tenant that they belong to, and to nobody else.

  @vector
  Scenario Outline: As <role>, <person> can download a file in a vector store
    Given Alice has the vector store "Handbook"
    And the provider holds the file "terms.txt" with the text "Refunds take thirty days."
    And Alice has attached the file "terms.txt" to the vector store "Handbook"
    When <person> downloads the file "terms.txt"
    Then the request should succeed
    And the download should read "Refunds take thirty days."

    Examples: The owner
      | person | role  |
      | Alice  | owner |

    Examples: Everybody else of the tenant
      | person | role   |
      | Adam   | admin  |
      | Dave   | member |
      | Vera   | viewer |

  @vector
  Scenario: Nobody downloads a file of another tenant
    Given Alice has the vector store "Handbook"
    And the provider holds the file "terms.txt" with the text "Refunds take thirty days."
    And Alice has attached the file "terms.txt" to the vector store "Handbook"
    When Brian tries to download the file "terms.txt"
    Then the request should be refused as not found
    But Alice should still be able to download the file "terms.txt" as "Refunds take thirty days."

  Scenario: A file that belongs to no vector store is for nobody
    Given the provider holds the file "stray.txt" with the text "Lost and found."
    When Alice tries to download the file "stray.txt"
    Then the request should be refused as not found

  Scenario: A file that there never was is not found
    Given the provider never had the file "terms.txt"
    When Alice tries to download the file "terms.txt"
    Then the request should be refused as not found

  @vector
  Scenario: A file that the provider has lost cannot be downloaded
    Given Alice has the vector store "Handbook"
    And the provider holds the file "terms.txt" with the text "Refunds take thirty days."
    And Alice has attached the file "terms.txt" to the vector store "Handbook"
    But the provider has lost the file "terms.txt"
    When Vera tries to download the file "terms.txt"
    Then the request should be refused as failing at the provider

  @containers
  Scenario: A file that no container ever had is not found
    Given Alice has the container "Sandbox"
    And the provider never had the file "chart.csv"
    When Vera tries to download the file "chart.csv" from the container "Sandbox"
    Then the request should be refused as not found

  @containers
  Scenario: A file in a container can be downloaded by everybody of the tenant
    Given Alice has the container "Sandbox"
    And the container "Sandbox" holds the file "chart.csv" with the text "year,total"
    When Vera downloads the file "chart.csv" from the container "Sandbox"
    Then the request should succeed
    And the download should read "year,total"

  @containers
  Scenario: Nobody downloads a file from a container of another tenant
    Given Alice has the container "Sandbox"
    And the container "Sandbox" holds the file "chart.csv" with the text "year,total"
    When Brian tries to download the file "chart.csv" from the container "Sandbox"
    Then the request should be refused as not found
