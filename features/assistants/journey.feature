@smoke
Feature: A day with the assistants
  People see who can help them, ask, follow the reply, and come back to what was said.
  Whoever tidies up afterwards leaves nothing behind.

  Scenario: Alice sees who can help her before she asks
    Given Alice knows the first of the agents
    When Alice lists the agents
    Then "triage" should be among the agents
    And every agent should be active
    When Alice opens that entry of the agents
    Then it should be described as in the list of agents
    When Alice looks at the tools
    Then each agent should have its own list of known tools

  Scenario: Alice sees what a workflow does before she runs it
    Given Alice knows the first of the workflows
    When Alice lists the workflows
    Then exactly one of the workflows should be the default
    When Alice opens that entry of the workflows
    Then it should be described as in the list of workflows
    And each of its steps should be done by an agent of the catalog
    When Alice lists the workflow runs
    Then the request should succeed

  Scenario Outline: Alice looks up one of the <kind>
    Given Alice knows the first of the <kind>
    When Alice lists the <kind>
    Then every entry of the <kind> should have a name and a description
    When Alice opens that entry of the <kind>
    Then it should be described as in the list of <kind>

    Examples: What keeps agents within bounds
      | kind              |
      | guardrails        |
      | guardrail presets |

  Scenario: Alice comes back to a conversation and tidies up
    Given Alice has begun the conversation "Trip" with these messages
      | from      | text                         |
      | user      | Where do we find marmalade?  |
      | assistant | In Dundee.                   |
      | user      | When does the last train go? |
      | assistant | At nine, from platform two.  |
    When Alice lists the conversations
    Then the conversation "Trip" should be listed like this
      | state  | agent  | messages | last message                |
      | active | triage | 4        | At nine, from platform two. |
    When Alice searches the conversations for "marmalade"
    Then the conversation "Trip" should be among them
    When Alice opens the conversation "Trip"
    Then these messages should be shown
      | from      | text                         |
      | user      | Where do we find marmalade?  |
      | assistant | In Dundee.                   |
      | user      | When does the last train go? |
      | assistant | At nine, from platform two.  |
    When Alice renames the conversation "Trip" to "A week in Dundee"
    Then the conversation "Trip" should be titled "A week in Dundee"
    When Alice follows the title of the conversation "Trip"
    Then the title "A week in Dundee" should have come, and then the end
    When Alice sets the memory of the conversation "Trip"
      | setting         | value |
      | mode            | trim  |
      | keep last turns | 4     |
    Then the memory of the conversation "Trip" should be set to
      | setting         | value |
      | mode            | trim  |
      | keep last turns | 4     |
    When Alice lists the messages of the conversation "Trip"
    Then every message of the conversation "Trip" should have come once
    When Alice lists the events of the conversation "Trip"
    Then the request should succeed
    When Alice takes back "When does the last train go?" from the conversation "Trip"
    Then the conversation "Trip" should hold these messages
      | from      | text                        |
      | user      | Where do we find marmalade? |
      | assistant | In Dundee.                  |
    When Alice deletes the conversation "Trip"
    Then the conversation "Trip" should no longer exist

  @ai
  Scenario: Alice asks, follows a reply and sees again what was shown
    Given Alice has followed the reply to "What is a moon?" in the conversation "Astronomy"
    When Alice asks "What can you do for me?"
    Then the question and the reply should be kept
    When Alice reads the ledger of "Astronomy"
    Then the ledger should hold what the reply showed, event by event
    When Alice replays the ledger of the conversation "Astronomy"
    Then the replay of "Astronomy" should hold what the reply showed, event by event

  @ai
  Scenario: Alice runs a workflow, watches another run and removes it
    When Alice runs the workflow "analysis_code" on "How old is the bridge?"
    Then the run should have answered step by step
    And the run should be found as succeeded
    Given Alice has followed the workflow "analysis_code" on "How tall is the tower?"
    When Alice reads the events of the run on "How tall is the tower?", 100 at a time
    Then the events of the run on "How tall is the tower?" should be what was shown
    When Alice replays the run on "How tall is the tower?"
    Then the replay of the run on "How tall is the tower?" should hold what was shown
    When Alice deletes the run on "How tall is the tower?"
    Then the run on "How tall is the tower?" should be gone

  @ai
  Scenario: Alice stops a run that takes too long
    When Alice cancels a run of the workflow "analysis_code" that is going on
    Then the cancelled run should have ended as cancelled
