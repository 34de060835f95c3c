@ai
Feature: Ledger
  What was shown to people while a reply was written can be shown again,
  event by event, exactly as it was.

  Scenario: The ledger lists what a reply showed
    Given Alice has followed the reply to "What is a moon?" in the conversation "Astronomy"
    When Alice reads the ledger of "Astronomy"
    Then the request should succeed
    And the ledger should hold what the reply showed, event by event

  Rule: The ledger has what was shown, and nothing else

    Background:
      Given Nina owns the tenant "Nimbus"

    Scenario: The ledger can be replayed
      Given Nina has followed the reply to "What is a moon?" in the conversation "Astronomy"
      When Nina replays the ledger of the conversation "Astronomy"
      Then the request should succeed
      And the replay of "Astronomy" should hold what the reply showed, event by event

    Scenario: The ledger of several replies comes in pages
      Given Nina has followed the reply to "What is a moon?" in the conversation "Astronomy"
      And Nina has followed the reply to "What is a comet?" in the conversation "Astronomy"
      When Nina reads the ledger of "Astronomy" 1 event at a time
      Then the request should succeed
      And the ledger should hold what the reply showed, event by event

    Scenario: A reply that nobody followed leaves no events
      Given Nina has asked "What is a moon?" in the conversation "Astronomy"
      When Nina reads the ledger of "Astronomy"
      Then the request should succeed
      And the list should hold 0 entries

    Scenario: A replay of nothing ends at once
      Given Nina has asked "What is a moon?" in the conversation "Astronomy"
      When Nina replays the ledger of the conversation "Astronomy"
      Then the request should succeed
      And the replay should hold nothing

    @contract
    Scenario Outline: A page of <size> events is refused
      Given Nina has followed the reply to "What is a moon?" in the conversation "Astronomy"
      When Nina tries to read the ledger of "Astronomy" <size> events at a time
      Then the request should be refused as invalid

      Examples: Too small and too large
        | size |
        | 0    |
        | 1001 |

    @contract
    Scenario Outline: A strange place to <action> from is refused
      Given Nina has followed the reply to "What is a moon?" in the conversation "Astronomy"
      When Nina tries to <action> of "Astronomy" from a place that does not exist
      Then the request should be refused as malformed

      Examples: Both ways to read it
        | action            |
        | list the ledger   |
        | replay the ledger |
