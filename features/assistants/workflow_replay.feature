@ai
Feature: Following and replaying a workflow run
  People watch a run while its steps answer. Whoever missed it can watch it again,
  event by event, exactly as it was.

  Scenario: A run is replayed as it was followed
    Given Alice has followed the workflow "analysis_code" on "How tall is the tower?"
    When Alice replays the run on "How tall is the tower?"
    Then the request should succeed
    And the replay of the run on "How tall is the tower?" should hold what was shown

  Rule: Whoever watches a run misses nothing of it

    Background:
      Given Nina owns the tenant "Nimbus"

    Scenario Outline: The run of "<workflow>" can be followed
      When Nina follows the workflow "<workflow>" on "How tall is the tower?"
      Then the request should succeed
      And the reply should arrive in order and finish
      And the run should be found as succeeded

      Examples: One after the other, and side by side
        | workflow          |
        | analysis_code     |
        | analysis_parallel |

    Scenario: The events of a run come in pages
      Given Nina has followed the workflow "analysis_code" on "How tall is the tower?"
      When Nina reads the events of the run on "How tall is the tower?", 3 at a time
      Then the request should succeed
      And the events of the run on "How tall is the tower?" should be what was shown

    Scenario: A run is also in the ledger of its conversation
      Given Nina has followed the workflow "analysis_code" on "How tall is the tower?"
      When Nina replays the ledger of the conversation "How tall is the tower?"
      Then the request should succeed
      And the replay of the run on "How tall is the tower?" should hold what was shown

    Scenario: A run that nobody followed has no events
      Given Nina has run the workflow "analysis_code" on "How tall is the tower?"
      When Nina lists the events of the run on "How tall is the tower?"
      Then the request should succeed
      And the list should hold 0 entries

    Scenario: The replay of a run that nobody followed ends at once
      Given Nina has run the workflow "analysis_code" on "How tall is the tower?"
      When Nina replays the run on "How tall is the tower?"
      Then the request should succeed
      And the replay should hold nothing

    @contract
    Scenario Outline: A strange place to <action> a run from is refused
      Given Nina has followed the workflow "analysis_code" on "How tall is the tower?"
      When Nina tries to <action> the run on "How tall is the tower?" from an unknown place
      Then the request should be refused as malformed

      Examples: Both ways to see it again
        | action             |
        | list the events of |
        | replay             |

    @contract
    Scenario: A place in one run is no place in another
      Given Nina has followed the workflow "analysis_code" on "How tall is the tower?"
      And Nina has followed the workflow "analysis_code" on "How old is the bridge?"
      When Nina tries to list the events of the run on "How old is the bridge?" from a place in "How tall is the tower?"
      Then the request should be refused as malformed

    Scenario: What goes wrong during a run is its last event
      When Nina follows the workflow "analysis_code" with an unknown attachment
      Then the request should succeed
      And the reply should end with the error "Attachment not found"
      And the tenant should have 0 runs

    Scenario: Nobody follows a workflow that nobody made
      When Nina tries to follow the workflow "no_such_workflow" on "How tall is the tower?"
      Then the request should be refused as not found
      And the tenant should have 0 runs
