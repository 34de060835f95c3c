Feature: Workflows
  A workflow lets several agents work on one question, stage by stage.
  The catalog says which workflows there are and what each of them does.

  Scenario: A workflow is described by its stages
    Given Alice knows the first of the workflows
    When Alice opens that entry of the workflows
    Then the request should succeed
    And it should be described as in the list of workflows
    And each of its steps should be done by an agent of the catalog

  Scenario: One workflow is the default
    When Vera lists the workflows
    Then the request should succeed
    And exactly one of the workflows should be the default

  Scenario: The catalog of workflows comes in pages
    When Vera lists the workflows 1 at a time
    Then the request should succeed
    And every one of the workflows should have come exactly once

  Scenario: A word finds the workflows that it describes
    When Vera searches the workflows for "report"
    Then the request should succeed
    And "research_report_pdf" should be among the workflows
    But "analysis_parallel" should not be among the workflows

  Scenario: A workflow that nobody made is not found
    When Vera tries to open "no_such_workflow" of the workflows
    Then the request should be refused as not found

  Scenario: A page of workflows that the service never offered is refused
    When Vera tries to ask for a page of the workflows that does not exist
    Then the request should be refused as malformed

  @contract
  Scenario Outline: A page of <size> workflows is refused
    When Vera tries to list the workflows <size> at a time
    Then the request should be refused as invalid

    Examples: Too small and too large
      | size |
      | 0    |
      | 101  |

  Scenario: A search for workflows needs a word
    When Vera tries to search the workflows for ""
    Then the request should be refused as invalid
