@billing
Feature: Invoices
  What Stripe has billed can be looked up where the tenant works, with its state and its page at Stripe.
  An invoice that is paid later is still the same invoice.

  Background:
    Given Nina owns the new tenant "Nimbus" on the plan "pro"

  Scenario: Invoices are listed from the latest period to the first
    Given Stripe has delivered "payment succeeded", "invoice paid" and "payment failed" for "Nimbus"
    When Nina lists the invoices
    Then the request should succeed
    And the invoices should be
      | invoice | state | amount     | from        | until       | kept | page    |
      | a       | paid  | 104.00 USD | 30 days ago | now         | now  | its own |
      | b       | open  | 99.00 USD  | 60 days ago | 30 days ago | now  | its own |
      | c       | paid  | 25.00 USD  | 90 days ago | 60 days ago | now  | its own |

  Scenario: The pages of the invoices hold each one once
    Given Stripe has delivered "payment succeeded", "invoice paid" and "payment failed" for "Nimbus"
    When Nina lists the invoices 2 at a time
    Then the request should succeed
    And each invoice should have come exactly once, on 2 pages

  Scenario: An invoice among others leads to its page at Stripe
    Given Stripe has delivered "payment succeeded", "invoice paid" and "payment failed" for "Nimbus"
    When Nina opens the invoice of "payment failed"
    Then the request should succeed
    And the invoice should be
      | invoice | state | amount    | from        | until       | kept |
      | b       | open  | 99.00 USD | 60 days ago | 30 days ago | now  |
    And it should be linked as in "payment failed"

  Scenario: An invoice that is paid later stays the same invoice
    Given Stripe has delivered "invoice finalized" for "Nimbus"
    When Stripe delivers "invoice paid" for "Nimbus"
    Then the request should succeed
    And Nina's invoices should be
      | invoice | state | amount     | from        | until |
      | a       | paid  | 104.00 USD | 30 days ago | now   |

  @contract
  Scenario: An invoice that Stripe never reported cannot be opened
    Given Stripe has delivered "invoice paid" for "Nimbus"
    When Nina tries to open the invoice of "payment failed"
    Then the request should be refused as not found

  @contract
  Scenario: A tenant without invoices has an empty list
    When Nina lists the invoices
    Then the request should succeed
    And Nina should have no invoices
