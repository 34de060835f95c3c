@billing
Feature: Changes of plan
  A tenant that wants more gets it at once; one that wants less keeps what it has paid for.
  What is going to change stands in the subscription from the moment on which it is agreed.

  @contract
  Scenario: A dearer plan counts from now on
    Given Nina owns the tenant "Nimbus" on the plan "starter"
    When Nina changes the plan with
      | plan | seats |
      | pro  | 8     |
    Then the request should succeed
    And the period should last about a month
    And the change of plan should be
      | plan | seats | when      | from |
      | pro  | 8     | immediate | now  |
    And Nina's subscription should be
      | plan | state  | seats | period from | next plan | next seats | next from |
      | pro  | active | 8     | now         | -         | -          | -         |

  @contract
  Scenario: A cheaper plan counts from the end of the period on
    Given Nina owns the tenant "Nimbus" on the plan "pro"
    When Nina changes the plan with
      | plan    | seats |
      | starter | 1     |
    Then the request should succeed
    And the change of plan should be
      | plan    | seats | when       | from                  |
      | starter | 1     | period_end | the end of the period |
    And Nina's subscription should be
      | plan | state  | seats | next plan | next seats | next from             |
      | pro  | active | 5     | starter   | 1          | the end of the period |

  @contract
  Scenario Outline: A change to "<target>" can be asked for <moment>
    Given Nina owns the tenant "Nimbus" on the plan "<plan>"
    When Nina changes the plan with
      | plan     | when     |
      | <target> | <moment> |
    Then the request should succeed
    And Nina's subscription should be
      | plan     | state  | next plan   |
      | <now on> | active | <next plan> |

    Examples: Against what is usual
      | plan    | target  | moment  | now on  | next plan |
      | starter | pro     | later   | starter | pro       |
      | pro     | starter | at once | starter | -         |

  @contract
  Scenario Outline: A subscription cannot change to <mistake>
    Given Nina owns the tenant "Nimbus" on the plan "pro"
    And Nina has scheduled the plan starter for 2 seats
    When Nina tries to change the plan with
      | plan   | seats   |
      | <plan> | <seats> |
    Then the request should be refused as <refusal>
    But Nina's subscription should be
      | plan | state  | seats | next plan | next seats | next from             |
      | pro  | active | 5     | starter   | 2          | the end of the period |

    Examples: Changes that make no sense
      | mistake                    | plan    | seats | refusal     |
      | the plan that it is on     | pro     | -     | conflicting |
      | the plan that is scheduled | starter | -     | conflicting |
      | an unknown plan            | gold    | -     | not found   |
      | no seats at all            | starter | 0     | invalid     |

  @contract
  Scenario: The notes on a subscription follow its plan
    Given Nina owns the tenant "Nimbus"
    And Nina has started the plan starter
    When Nina changes the plan with
      | plan | when    |
      | pro  | at once |
    Then the request should succeed
    And the notes of Nina's subscription should name the plan "pro"

  @contract
  Scenario: A scheduled change takes effect when the period ends
    Given Nina owns the tenant "Nimbus" on the plan "pro"
    And Nina has scheduled the plan starter for 2 seats
    And 31 days have passed for Nina's subscription
    When Nina looks at the subscription
    Then the request should succeed
    And Nina's subscription should be
      | plan    | state  | seats | period from | next plan | next seats | next from |
      | starter | active | 2     | in 30 days  | -         | -          | -         |
