@billing
Feature: Stripe's events
  Stripe tells the service what became of subscriptions and payments; what it says counts at once, and once.
  Nobody else can pretend to be Stripe.

  Rule: What Stripe says takes effect

    Background:
      Given Nina owns the new tenant "Nimbus" on the plan "pro"

    Scenario: A signed event changes the subscription
      When Stripe delivers "subscription updated" for "Nimbus"
      Then the request should succeed
      And it should count as new
      And Nina's subscription should be
        | plan | state    | seats | renews | since       | period from | period until | ends                  | trial ends |
        | pro  | past_due | 6     | no     | 60 days ago | now         | in 30 days   | the end of the period | -          |

    Scenario: A trial is a subscription with an end in sight
      When Stripe delivers "subscription created" for "Nimbus"
      Then the request should succeed
      And Nina's subscription should be
        | plan | state    | seats | renews | since       | ends | trial ends |
        | pro  | trialing | 4     | yes    | 60 days ago | -    | in 14 days |

    Scenario: The warning that a trial ends changes nothing yet
      Given Stripe has delivered "subscription created" for "Nimbus"
      When Stripe delivers "trial ending" for "Nimbus"
      Then the request should succeed
      And Nina's subscription should be
        | plan | state    | seats | renews | ends | trial ends |
        | pro  | trialing | 4     | yes    | -    | in 14 days |

    Scenario: An invoice brings its metered usage with it
      When Stripe delivers "invoice paid" for "Nimbus"
      Then the request should succeed
      And Nina's metered usage should be
        | feature  | quantity | unit  | from        | until |
        | messages | 50       | units | 30 days ago | now   |

    Scenario: What Stripe reports stands in the activity feed
      Given Stripe has delivered "subscription created" and "payment failed" for "Nimbus"
      When Stripe delivers "invoice paid" for "Nimbus"
      Then the request should succeed
      And Nina should find in the activity
        | what                 | of           | outcome |
        | invoice paid         | invoice      | success |
        | invoice failed       | invoice      | failure |
        | subscription updated | subscription | success |

    @contract
    Scenario: An invoice that is still to be paid has not failed
      When Stripe delivers "invoice finalized" for "Nimbus"
      Then the request should succeed
      And Nina should find nothing of billing in the activity

    @contract
    Scenario: An event of a kind that nobody knows is kept and changes nothing
      When Stripe delivers "tax id created" for "Nimbus"
      Then the request should succeed
      And it should count as new
      And Nina should find "tax id created" in the history as it was told
      And Nina's subscription should be
        | plan | state  | seats | renews | contact                     |
        | pro  | active | 5     | yes    | accounts@nimbus.example.com |

  Rule: An event counts once

    Background:
      Given Nina owns the new tenant "Nimbus" on the plan "pro"

    Scenario: An event that comes twice counts once
      Given Stripe has delivered "invoice paid" for "Nimbus"
      When Stripe delivers "invoice paid" for "Nimbus"
      Then the request should succeed
      And it should count as a duplicate
      And Nina's metered usage should be
        | feature  | quantity | unit  |
        | messages | 50       | units |

    @contract
    Scenario: A duplicate does not bring back an older state
      Given Stripe has delivered "subscription created" and "subscription deleted" for "Nimbus"
      When Stripe delivers "subscription created" for "Nimbus"
      Then the request should succeed
      And it should count as a duplicate
      And Nina's subscription should be
        | plan | state    | seats |
        | pro  | canceled | 6     |

  Rule: What cannot be processed yet is not lost

    Background:
      Given Nina owns the new tenant "Nimbus"

    Scenario: An invoice without a subscription cannot be processed
      When Stripe delivers "invoice paid" for "Nimbus"
      Then the request should be refused as not processed
      And Nina should find "invoice paid" among the failed events
      But Nina should have no invoices

    @contract
    Scenario Outline: An event about <flaw> cannot be processed
      When Stripe's "subscription created" for "Nimbus" is about <flaw>
      Then the request should be refused as not processed
      And Nina should have no subscription

      Examples: What the service does not know
        | flaw                     |
        | a plan that nobody sells |
        | a tenant that never was  |
        | no tenant at all         |

    @contract
    Scenario: An event that came too early counts when Stripe delivers it again
      Given Stripe has delivered "invoice paid" for "Nimbus" too early
      And Stripe has delivered "subscription created" for "Nimbus"
      When Stripe delivers "invoice paid" for "Nimbus"
      Then the request should succeed
      And it should count as new
      And Nina's invoices should be
        | invoice | state | amount     |
        | a       | paid  | 104.00 USD |

  Rule: Nobody else is Stripe

    Background:
      Given Nina owns the new tenant "Nimbus" on the plan "pro"

    @contract
    Scenario Outline: An event that comes <flaw> is refused
      When Stripe's "subscription updated" for "Nimbus" comes <flaw>
      Then the request should be refused as <refusal>
      And Nina should have no history of billing
      And Nina's subscription should be
        | plan | state  | seats | renews | contact                     |
        | pro  | active | 5     | yes    | accounts@nimbus.example.com |

      Examples: What Stripe would never send
        | flaw                                | refusal    |
        | without a signature                 | unsigned   |
        | with a signature that means nothing | forged     |
        | signed with another secret          | forged     |
        | signed too long ago                 | forged     |
        | changed after it was signed         | forged     |
        | cut off in the middle               | unreadable |
