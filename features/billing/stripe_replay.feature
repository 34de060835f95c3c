@billing @stripe_replay
Feature: Stripe's story, replayed
  Stripe promises neither order nor that an event comes only once.
  However it comes, the tenant ends up with the same invoices, the same usage and the same history.

  Background:
    Given Nina owns the new tenant "Nimbus" on the plan "starter"

  Scenario: A story that is told in order ends as it was recorded
    When Stripe delivers the whole story of "Nimbus" as it was recorded
    Then every delivery should have counted once
    And Nina's subscription should be
      | plan | state    | seats | renews | since       | period from | period until |
      | pro  | canceled | 6     | yes    | 60 days ago | now         | in 30 days   |
    And Nina's invoices should be
      | invoice | state | amount     | from        | until       |
      | a       | paid  | 104.00 USD | 30 days ago | now         |
      | b       | open  | 99.00 USD  | 60 days ago | 30 days ago |
      | c       | paid  | 25.00 USD  | 90 days ago | 60 days ago |

  Scenario Outline: Nothing is lost or doubled when the story comes <order>
    When Stripe delivers the whole story of "Nimbus" <order>
    Then every delivery should have counted once
    And Nina should find the story in the history
    And Nina's metered usage should be
      | feature  | quantity | unit  | from        | until |
      | messages | 50       | units | 30 days ago | now   |
    And Nina's invoices should be
      | invoice | amount     | from        | until       | kept |
      | a       | 104.00 USD | 30 days ago | now         | now  |
      | b       | 99.00 USD  | 60 days ago | 30 days ago | now  |
      | c       | 25.00 USD  | 90 days ago | 60 days ago | now  |

    Examples: The ways in which Stripe may deliver
      | order                    |
      | as it was recorded       |
      | in reverse order         |
      | with every invoice first |
      | twice                    |

  Scenario: The payments of the story stand in the activity feed
    When Stripe delivers the whole story of "Nimbus" as it was recorded
    Then every delivery should have counted once
    And Nina should find the paid invoices of "payment succeeded" and "invoice paid" in the activity

  @billing_stream
  Scenario: The whole story is told on the live stream
    When Stripe delivers the whole story of "Nimbus" as it was recorded
    Then every delivery should have counted once
    And Nina should be told the story on the live stream
