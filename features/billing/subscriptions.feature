@billing
Feature: Subscriptions
  A tenant pays for a plan and for a number of seats, and sees at any time what it has agreed to.
  What was not agreed to never changes.

  Rule: A tenant starts with a plan

    Scenario: A subscription starts as it was ordered
      Given Nina owns the tenant "Nimbus"
      When Nina starts a subscription with
        | plan | seats | renews | contact                     |
        | pro  | 7     | no     | accounts@nimbus.example.com |
      Then the request should succeed
      And the period should last about a month
      And Nina's subscription should be
        | plan | state  | seats | renews | contact                     | since | period from | ends | trial ends | next plan |
        | pro  | active | 7     | no     | accounts@nimbus.example.com | now   | now         | -    | -          | -         |

    @contract
    Scenario Outline: The plan "<plan>" comes with its own number of seats
      Given Nina owns the tenant "Nimbus"
      When Nina starts a subscription with
        | plan   |
        | <plan> |
      Then the request should succeed
      And Nina's subscription should be
        | plan   | state  | seats   | renews | contact |
        | <plan> | active | <seats> | yes    | -       |

      Examples: Plans and what they include
        | plan    | seats |
        | starter | 1     |
        | pro     | 5     |

    @contract
    Scenario: A new subscription takes the place of the old one
      Given Nina owns the tenant "Nimbus" on the plan "pro"
      When Nina starts a subscription with
        | plan    | seats |
        | starter | 2     |
      Then the request should succeed
      And Nina's subscription should be
        | plan    | state  | seats | contact                     | since | period from |
        | starter | active | 2     | accounts@nimbus.example.com | now   | now         |

    @contract
    Scenario Outline: A subscription cannot start with <mistake>
      Given Nina owns the tenant "Nimbus"
      When Nina tries to start a subscription with
        | plan   | seats   | contact   |
        | <plan> | <seats> | <contact> |
      Then the request should be refused as <refusal>
      But Nina should have no subscription

      Examples: Orders that make no sense
        | mistake             | plan | seats | contact  | refusal   |
        | an unknown plan     | gold | 5     | -        | not found |
        | no seats at all     | pro  | 0     | -        | invalid   |
        | a contact without @ | pro  | 5     | accounts | invalid   |
        | no plan             | -    | 5     | -        | invalid   |

  Rule: Details can be changed one by one

    Scenario: Everybody in the tenant can see the subscription
      Given Vera is signed in
      When Vera looks at the subscription
      Then the request should succeed
      And the period should last about a month
      And Vera's subscription should be
        | plan | state  | seats | renews | ends | next plan | next seats | next from |
        | pro  | active | 5     | yes    | -    | -         | -          | -         |

    @contract
    Scenario: More seats leave everything else as it is
      Given Nina owns the tenant "Nimbus" on the plan "pro"
      When Nina updates the subscription with
        | seats |
        | 9     |
      Then the request should succeed
      And Nina's subscription should be
        | plan | state  | seats | renews | contact                     |
        | pro  | active | 9     | yes    | accounts@nimbus.example.com |

    Scenario: Renewal can be switched off
      Given Nina owns the tenant "Nimbus" on the plan "pro"
      When Nina updates the subscription with
        | renews |
        | no     |
      Then the request should succeed
      And Nina's subscription should be
        | plan | state  | seats | renews | contact                     |
        | pro  | active | 5     | no     | accounts@nimbus.example.com |

    Scenario: Another contact can be named
      Given Nina owns the tenant "Nimbus" on the plan "pro"
      When Nina updates the subscription with
        | contact                      |
        | treasurer@nimbus.example.com |
      Then the request should succeed
      And Nina's subscription should be
        | plan | state  | seats | renews | contact                      |
        | pro  | active | 5     | yes    | treasurer@nimbus.example.com |

    @contract
    Scenario Outline: A subscription cannot be updated with <mistake>
      Given Nina owns the tenant "Nimbus" on the plan "pro"
      When Nina tries to update the subscription with
        | seats   | contact   |
        | <seats> | <contact> |
      Then the request should be refused as <refusal>
      But Nina's subscription should be
        | plan | state  | seats | renews | contact                     |
        | pro  | active | 5     | yes    | accounts@nimbus.example.com |

      Examples: Updates that make no sense
        | mistake             | seats | contact  | refusal   |
        | nothing             | -     | -        | malformed |
        | no seats at all     | 0     | -        | invalid   |
        | a contact without @ | -     | accounts | invalid   |

  Rule: Time goes on

    Scenario: A subscription renews for another period
      Given Nina owns the tenant "Nimbus" on the plan "pro"
      And 31 days have passed for Nina's subscription
      When Nina looks at the subscription
      Then the request should succeed
      And the period should last about a month
      And Nina's subscription should be
        | plan | state  | seats | since | period from | period until |
        | pro  | active | 5     | now   | in 30 days  | in 60 days   |
