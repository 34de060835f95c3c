@reminders
Feature: Reminders
  A to-do that is due comes back by itself, so that nobody has to keep it in mind.
  Not every installation sends reminders.

  Scenario: A to-do is due when its owner says so
    Given Alice has the to-do "Buy milk"
    When Alice goes on to schedule the to-do "Buy milk"
    Then the request should succeed
    And the to-do "Buy milk" should be due in May

  Scenario Outline: To schedule a to-do of Alice is refused for <person>
    Given Alice has the to-do "Buy milk"
    When <person> attempts to schedule the to-do "Buy milk"
    Then the request should be refused as <refusal>
    And the to-do "Buy milk" should be open

    Examples: A to-do of somebody else is out of reach
      | person    | refusal       |
      | Brian     | no such to-do |
      | a visitor | sign in first |
