@billing
Feature: Payment
  An administrator decides how the tenant pays; card numbers never pass through the service.
  Everybody in the tenant can see what the next period is going to cost.

  Rule: The payment provider does the paying

    Scenario: The billing portal is a page of its own
      Given Nina owns the tenant "Nimbus" on the plan "pro"
      When Nina opens the billing portal
      Then the request should succeed
      And it should lead to a web page

    @contract
    Scenario: A card is entered with the payment provider
      Given Nina owns the tenant "Nimbus"
      When Nina prepares two cards
      Then the request should succeed
      And each card should be prepared for itself

  Rule: Cards belong to the tenant

    Background:
      Given Nina owns the new tenant "Nimbus" that pays with these cards
        | brand      | ends in | expires | default |
        | mastercard | 4444    | 12/2031 | yes     |
        | visa       | 4242    | 4/2032  | no      |

    @provider
    Scenario: A card that is chosen becomes the default
      When Nina chooses the card "visa"
      Then the request should succeed
      And Nina's cards should be
        | brand      | ends in | expires | default |
        | mastercard | 4444    | 12/2031 | no      |
        | visa       | 4242    | 4/2032  | yes     |

    @provider
    Scenario: A removed card is gone
      When Nina removes the card "visa"
      Then the request should succeed
      And Nina's cards should be
        | brand      | ends in | expires | default |
        | mastercard | 4444    | 12/2031 | yes     |

    @provider @contract
    Scenario Outline: Nobody can <deed> a card that there is not
      When Nina tries to <deed> the card "amex"
      Then the request should be refused as not found
      But Nina's cards should be
        | brand      | ends in | expires | default |
        | mastercard | 4444    | 12/2031 | yes     |
        | visa       | 4242    | 4/2032  | no      |

      Examples: What needs a card
        | deed   |
        | remove |
        | choose |

  Rule: Without a card there is nothing to pay with

    Scenario: A new tenant has no cards
      Given Nina owns the new tenant "Nimbus"
      When Nina lists the cards
      Then the request should succeed
      And Nina should have no cards

    @contract
    Scenario Outline: A tenant that never paid cannot <deed> a card
      Given Nina owns the tenant "Nimbus"
      When Nina tries to <deed> the card "visa"
      Then the request should be refused as not found
      And the reason should be "Billing customer not found."
      And Nina should have no cards

      Examples: What needs a card
        | deed   |
        | remove |
        | choose |

  Rule: Nobody is surprised by an invoice

    Scenario: The next invoice can be seen before it comes
      When Alice previews the next invoice
      Then the request should succeed
      And the preview should be
        | plan | name | seats | currency |
        | pro  | Pro  | 5     | USD      |
      And the preview should add up

    Scenario: More seats can be priced before they are taken
      Given Nina owns the tenant "Nimbus" on the plan "pro"
      When Nina previews the next invoice for 12 seats
      Then the request should succeed
      And the preview should be
        | plan | name | seats | currency |
        | pro  | Pro  | 12    | USD      |
      And the preview should add up
      But Nina's subscription should be
        | plan | state  | seats |
        | pro  | active | 5     |
