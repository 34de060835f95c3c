@billing @billing_stream
Feature: Live billing events
  An open dashboard shows what Stripe reports while it is reported.
  Whoever opens it late still sees what came before, and nobody sees another tenant's.

  Background:
    Given Nina owns the new tenant "Nimbus" on the plan "pro"

  Scenario Outline: The dashboard tells of "<event>" while it happens
    When Nina follows the billing events while Stripe delivers "<event>" for "Nimbus"
    Then the request should succeed
    And exactly "<event>" should have been told
    And the billing events should keep the contract

    Examples: What an owner waits for
      | event        |
      | invoice paid |

    Examples: Other kinds
      | event                |
      | subscription created |
      | tax id created       |

  Scenario: What was reported before is told first
    Given Stripe has delivered "invoice finalized" and "invoice paid" for "Nimbus"
    When Nina follows the billing events until "invoice paid" is told
    Then the request should succeed
    And exactly "invoice finalized" and "invoice paid" should have been told

  Scenario: Nobody is told what Stripe reports of others
    Given Rolf owns the new tenant "Rain" on the plan "pro"
    And Stripe has delivered "payment failed" for "Rain"
    When Nina follows the billing events while Stripe delivers "invoice paid" for "Nimbus"
    Then the request should succeed
    And exactly "invoice paid" should have been told

  @contract
  Scenario: A quiet stream shows that it is alive
    When Nina follows the billing events until they are quiet
    Then the request should succeed
    And the stream should have shown a sign of life

  @contract
  Scenario: A tenant cannot have more streams open than are allowed
    Given Nina has the billing events open as often as is allowed
    When Nina tries to follow the billing events
    Then the request should be refused as too many

  @contract
  Scenario: A closed stream makes room for another
    Given Nina has the billing events open as often as is allowed
    And Nina has closed the billing events
    When Nina follows the billing events while Stripe delivers "invoice paid" for "Nimbus"
    Then the request should succeed
    And exactly "invoice paid" should have been told
