@ai @contract
Feature: Events of a followed reply
  Every screen that shows replies relies on the same rules for their events:
  what each one carries, in which order they come, and how the last one ends them.

  Background:
    Given Nina owns the tenant "Nimbus"

  Scenario Outline: A reply with <part> shows <sight>
    When Nina follows a reply with <part>
    Then the request should succeed
    And the reply should arrive in order and finish
    And the reply should show <sight>

    Examples: What a reply may have in it
      | part                 | sight                                        |
      | many words           | the text in pieces                           |
      | a search of the web  | a search of the web and its source           |
      | a search of files    | found passages, cut, and the file            |
      | a run of code        | the code in pieces and the file that it made |
      | a picture            | a picture in pieces                          |
      | a lookup             | a call with its secret left out              |
      | a connected server   | an approved call                             |
      | another agent's help | what the other agent said inside the call    |
      | reasoning            | a summary of the reasoning                   |
      | a change of agent    | who took over                                |
      | a long memory        | what was forgotten                           |

  Scenario: A refusal is no error
    When Nina follows a reply with something to refuse
    Then the request should succeed
    And the reply should be a refusal
    And the question and the reply should be kept

  Scenario: A failure of the provider ends the reply
    When Nina follows a reply with a failing provider
    Then the request should succeed
    And the reply should end with an error

  Scenario: A reply that the provider fails to give is refused to those who wait for it
    When Nina tries to ask for a reply with a failing provider
    Then the request should be refused as failing at the provider

  Scenario Outline: A run that the provider fails <how> has failed
    When Nina <runs> the workflow "analysis_code" with a failing provider
    Then the request should <end>
    And the only run should have failed

    Examples: Awaited and followed
      | how                  | runs         | end                                   |
      | while it is awaited  | tries to run | be refused as failing at the provider |
      | while it is followed | follows      | succeed                               |

  Scenario Outline: The events of a reply with <part> are kept as they came
    Given Nina has followed a reply with <part> in the conversation "Showcase"
    When Nina reads the ledger of "Showcase" 5 events at a time
    Then the request should succeed
    And the ledger should hold what the reply showed, event by event

    Examples: Small and large
      | part                 |
      | many words           |
      | a picture            |
      | another agent's help |
