@smoke @billing
Feature: A tenant pays for what it uses
  A new tenant compares the plans, subscribes, and is billed for what it uses.
  Its owner sees every step of it, and leaves when the tenant no longer needs it.

  Scenario: Nina subscribes, changes her mind and leaves
    Given Nina owns the new tenant "Nimbus"
    When a visitor looks at the plans
    Then the plans should be
      | plan    | name    | price     | seats | on offer |
      | starter | Starter | 0.00 USD  | 1     | yes      |
      | pro     | Pro     | 99.00 USD | 5     | yes      |
    When Nina starts a subscription with
      | plan | seats | renews | contact                     |
      | pro  | 7     | yes    | accounts@nimbus.example.com |
    Then Nina's subscription should be
      | plan | state  | seats | renews | contact                     | since | next plan |
      | pro  | active | 7     | yes    | accounts@nimbus.example.com | now   | -         |
    When Nina updates the subscription with
      | seats |
      | 9     |
    Then Nina's subscription should be
      | plan | state  | seats | renews | contact                     |
      | pro  | active | 9     | yes    | accounts@nimbus.example.com |
    When Nina records this usage
      | feature | quantity | month   |
      | mails   | 3        | January |
    Then Nina's metered usage should be
      | feature | quantity | unit  | during  |
      | mails   | 3        | units | January |
    When Nina cancels the subscription at the end of the period
    Then Nina's subscription should be
      | plan | state  | seats | ends                  |
      | pro  | active | 9     | the end of the period |
    When Stripe delivers "invoice paid" for "Nimbus"
    Then it should count as new
    When Nina looks at the history of billing
    Then the history should be "invoice paid"

  @billing_stream
  Scenario: Alice has the billing events on her dashboard
    When Alice opens and leaves the billing events
    Then the request should succeed
