@billing
Feature: Cancellation
  A tenant leaves when it wants to, and keeps until then what it has paid for.
  Nobody is billed for a subscription that has ended.

  Scenario: A cancelled subscription lasts until its period ends
    Given Nina owns the tenant "Nimbus" on the plan "pro"
    When Nina cancels the subscription at the end of the period
    Then the request should succeed
    And Nina's subscription should be
      | plan | state  | seats | ends                  |
      | pro  | active | 5     | the end of the period |

  @contract
  Scenario: A subscription can end at once
    Given Nina owns the tenant "Nimbus" on the plan "pro"
    When Nina cancels the subscription at once
    Then the request should succeed
    And Nina's subscription should be
      | plan | state    | seats | ends |
      | pro  | canceled | 5     | now  |

  @contract
  Scenario Outline: Cancelling <again> what was to end later <does>
    Given Nina owns the tenant "Nimbus" on the plan "pro"
    And Nina has cancelled the subscription at the end of the period
    When Nina cancels the subscription <again>
    Then the request should succeed
    And Nina's subscription should be
      | plan | state   | ends   |
      | pro  | <state> | <ends> |

    Examples: A second thought
      | again                    | does            | state    | ends                  |
      | at the end of the period | changes nothing | active   | the end of the period |
      | at once                  | ends it now     | canceled | now                   |

  @contract
  Scenario: A tenant that left can come back
    Given Nina owns the tenant "Nimbus" on the plan "pro"
    And Nina has cancelled the subscription at once
    When Nina starts a subscription with
      | plan    |
      | starter |
    Then the request should succeed
    And Nina's subscription should be
      | plan    | state  | seats | ends | since |
      | starter | active | 1     | -    | now   |

  Scenario: A cancelled subscription has ended once its period is over
    Given Nina owns the tenant "Nimbus" on the plan "pro"
    And Nina has cancelled the subscription at the end of the period
    And 31 days have passed for Nina's subscription
    When Nina looks at the subscription
    Then the request should succeed
    And Nina's subscription should be
      | plan | state    | ends                  |
      | pro  | canceled | the end of the period |
