@ai
Feature: Finding workflow runs
  Runs are listed newest first. People look for those of one workflow or conversation,
  those of a certain time, and those that ended in a certain way.

  Background:
    Given Nina owns the tenant "Nimbus"

  Scenario Outline: Runs <criterion> are listed apart
    Given Nina has run the workflow "analysis_code" on "How tall is the tower?"
    And Nina has run the workflow "analysis_parallel" on "How old is the bridge?"
    When Nina lists the runs <criterion>
    Then the request should succeed
    And the runs on these questions should be listed
      | question   |
      | <question> |

    Examples: What people look for
      | criterion                                             | question               |
      | of the workflow "analysis_parallel"                   | How old is the bridge? |
      | in the conversation of "How tall is the tower?"       | How tall is the tower? |
      | that began before the end of "How tall is the tower?" | How tall is the tower? |
      | that began after the end of "How tall is the tower?"  | How old is the bridge? |

  Scenario Outline: A run that succeeded <stands> the runs <criterion>
    Given Nina has run the workflow "analysis_code" on "How tall is the tower?"
    When Nina lists the runs <criterion>
    Then the request should succeed
    And the list should hold <entries>

    Examples: A finished run is only among its like
      | criterion             | stands       | entries   |
      | that have "succeeded" | is among     | 1 entry   |
      | that have "failed"    | is not among | 0 entries |

  Scenario: A long list of runs comes in pages
    Given Nina has run the workflow "analysis_code" on "First?"
    And Nina has run the workflow "analysis_code" on "Second?"
    And Nina has run the workflow "analysis_code" on "Third?"
    When Nina lists the workflow runs 2 at a time
    Then the request should succeed
    And every one of the workflow runs should have come exactly once

  Scenario: The newest run is listed first
    Given Nina has run the workflow "analysis_code" on "First?"
    And Nina has run the workflow "analysis_code" on "Second?"
    When Nina lists the workflow runs
    Then the request should succeed
    And the runs on these questions should be listed
      | question |
      | Second?  |
      | First?   |

  Scenario Outline: Runs <criterion> cannot be listed
    When Nina tries to list the runs <criterion>
    Then the request should be refused as malformed

    Examples: Nothing to look for
      | criterion                              |
      | that have "vanished"                   |
      | that began before the end of "someday" |

  Scenario: A page of runs that the service never offered is refused
    When Nina tries to ask for a page of the workflow runs that does not exist
    Then the request should be refused as malformed

  @contract
  Scenario Outline: A page of <size> runs is refused
    When Nina tries to list the workflow runs <size> at a time
    Then the request should be refused as invalid

    Examples: Too small and too large
      | size |
      | 0    |
      | 101  |
