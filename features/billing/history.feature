@billing
Feature: History of billing
  Whatever Stripe reports about a tenant is kept, so that an administrator can see what happened and when.
  Nothing in it is lost, doubled or anybody else's.

  Background:
    Given Nina owns the new tenant "Nimbus" on the plan "pro"
    And Stripe has delivered "invoice finalized", "invoice paid" and "payment failed" for "Nimbus"

  Scenario: The history tells what happened, the newest first
    When Nina looks at the history of billing
    Then the request should succeed
    And the history should be "payment failed", "invoice paid" and "invoice finalized"
    And Nina should find "payment failed" in the history as it was told

  Scenario: The pages of the history hold every event once
    When Nina reads the history of billing 2 at a time
    Then the request should succeed
    And the pages should be "payment failed" and "invoice paid", and then "invoice finalized"

  Scenario Outline: An administrator finds <sought> in the history
    When Nina looks for <sought> in the history
    Then the request should succeed
    And the history should be <events>

    Examples: What an administrator looks for
      | sought             | events                                                   |
      | paid invoices      | "invoice paid"                                           |
      | what was processed | "payment failed", "invoice paid" and "invoice finalized" |
      | what failed        | nothing                                                  |

  @contract
  Scenario: Nobody can ask for a page that does not exist
    When Nina tries to look at a strange page of the history
    Then the request should be refused as malformed

  @contract
  Scenario: Nobody can ask for a state that does not exist
    When Nina tries to look for what was invented in the history
    Then the request should be refused as invalid

  Scenario Outline: The history tells all that Stripe said of "<event>"
    When Stripe delivers "<event>" for "Nimbus"
    Then the request should succeed
    And Nina should find "<event>" in the history as it was told

    Examples: One of each kind
      | event                |
      | subscription created |
      | tax id created       |

  @contract
  Scenario: The history names the plan as the subscription does
    When Stripe delivers "subscription updated" for "Nimbus"
    Then the request should succeed
    And Nina should find "subscription updated" in the history as it was told
