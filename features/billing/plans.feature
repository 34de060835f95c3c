@billing
Feature: Plans
  Everybody may compare the plans before they sign up.
  What the catalog says is what a tenant gets and pays.

  Scenario: The plans are there for everybody to compare
    When a visitor looks at the plans
    Then the request should succeed
    And the plans should be
      | plan    | name    | price     | billed  | every | seats | trial days | web search | features | on offer |
      | starter | Starter | 0.00 USD  | monthly | 1     | 1     | 14         | no         | -        | yes      |
      | pro     | Pro     | 99.00 USD | monthly | 1     | 5     | 14         | yes        | -        | yes      |

  @contract
  Scenario: A subscriber sees the same plans as a visitor
    Given Nina owns the tenant "Nimbus" on the plan "pro"
    When Nina looks at the plans
    Then the request should succeed
    And the plans should be
      | plan    | price     | seats | on offer |
      | starter | 0.00 USD  | 1     | yes      |
      | pro     | 99.00 USD | 5     | yes      |
    And Nina's subscription should be
      | plan | seats |
      | pro  | 5     |
