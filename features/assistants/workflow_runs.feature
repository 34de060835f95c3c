@ai
Feature: Workflow runs
  People start a workflow with a question and get what its steps answered.
  Every run can be found again, and removed by those who may.

  Scenario: Each step of a run answers in turn
    When Alice runs the workflow "analysis_code" on "How tall is the tower?"
    Then the request should succeed
    And the run should have answered step by step
    And the run should be found as succeeded

  Rule: A run is within reach of its own tenant only

    Background:
      Given the tenant "Nimbus" has these people
        | person | role   |
        | Nina   | owner  |
        | Milo   | member |

    Scenario: Steps side by side have a branch each
      When Milo runs the workflow "analysis_parallel" on "How tall is the tower?"
      Then the request should succeed
      And the run should have answered step by step
      And the run should have 2 branches

    Scenario: A run goes on with a conversation
      Given Milo has asked "Which tower do you know?" in the conversation "Towers"
      When Milo runs the workflow "analysis_code" on "How tall is it?" within "Towers"
      Then the request should succeed
      And the question of the run should be in the conversation "Towers"

    Scenario: A run on a conversation of another tenant is refused
      Given Milo has asked "Which tower do you know?" in the conversation "Towers"
      When Brian tries to run the workflow "analysis_code" on "How tall is it?" within "Towers"
      Then the request should be refused as not found
      And the conversation "Towers" should hold 2 messages

    Scenario Outline: A run with <flaw> is refused
      When Milo tries to run the workflow "analysis_code" with <flaw>
      Then the request should be refused as <outcome>
      And the tenant should have 0 runs

      Examples: What no workflow can work on
        | flaw                  | outcome   |
        | an unknown attachment | not found |
        | no words              | invalid   |

      @containers
      Examples: Where no agent can run code
        | flaw                                       | outcome   |
        | an unknown container                       | malformed |
        | a container for an agent who runs no code  | malformed |
        | a container for an agent who takes no part | malformed |

    Scenario: A workflow that nobody made cannot be run
      When Milo tries to run the workflow "no_such_workflow" on "How tall is it?"
      Then the request should be refused as not found
      And the tenant should have 0 runs

    Scenario: A viewer cannot run a workflow
      When Vera tries to run the workflow "analysis_code" on "How tall is it?"
      Then the request should be refused as not allowed

    Scenario Outline: Nobody can <action> a run of another tenant
      Given Milo has followed the workflow "analysis_code" on "How tall is the tower?"
      When Brian tries to <action> the run on "How tall is the tower?"
      Then the request should be refused as not found
      But the run on "How tall is the tower?" should still be there

      Examples: What only its tenant may do
        | action             |
        | open               |
        | cancel             |
        | delete             |
        | purge              |
        | list the events of |
        | replay             |

    Scenario: A run that has ended cannot be cancelled
      Given Milo has run the workflow "analysis_code" on "How tall is the tower?"
      When Milo tries to cancel the run on "How tall is the tower?"
      Then the request should be refused as conflicting
      But the run on "How tall is the tower?" should still be there

    @contract
    Scenario: A run that is going on can be cancelled
      When Milo cancels a run of the workflow "analysis_code" that is going on
      Then the request should succeed
      And the cancelled run should have ended as cancelled

    Scenario: A member cannot delete a run
      Given Milo has run the workflow "analysis_code" on "How tall is the tower?"
      When Milo tries to delete the run on "How tall is the tower?"
      Then the request should be refused as not allowed
      But the run on "How tall is the tower?" should still be there

    Scenario Outline: A run that was <removed> is gone
      Given Milo has followed the workflow "analysis_code" on "How tall is the tower?"
      When Nina <removes> the run on "How tall is the tower?"
      Then the request should succeed
      And the run on "How tall is the tower?" should be gone

      Examples: Hidden or for good
        | removed | removes |
        | deleted | deletes |
        | purged  | purges  |

    Scenario: A deleted run cannot be deleted again
      Given Milo has run the workflow "analysis_code" on "How tall is the tower?"
      And Nina has deleted the run on "How tall is the tower?"
      When Nina tries to delete the run on "How tall is the tower?"
      Then the request should be refused as not found
      And the run on "How tall is the tower?" should be gone

    Scenario: A deleted run can still be purged
      Given Milo has run the workflow "analysis_code" on "How tall is the tower?"
      And Nina has deleted the run on "How tall is the tower?"
      When Nina purges the run on "How tall is the tower?"
      Then the request should succeed
      And the run on "How tall is the tower?" should be gone
