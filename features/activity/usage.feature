Feature: Usage
  A tenant sees what it has used, period by period,
  so that nobody is surprised by a bill or a limit.

  Scenario: A tenant sees what it has used
    When Alice looks at the usage
    Then the request should succeed
    And the usage should include what Alice used
      | period  | per   | requests | input tokens | output tokens | stored bytes |
      | January | month | 17       | 1200         | 340           | 4096         |

  Scenario: The counters show what was used, the newest period first
    Given Nina owns the tenant "Nimbus", which has used
      | period  | per   | requests | input tokens | output tokens | stored bytes |
      | January | month | 17       | 1200         | 340           | 4096         |
      | March   | day   | 3        | 90           | 12            | 0            |
    When Nina looks at the usage
    Then the request should succeed
    And the usage should be
      | period  | per   | requests | input tokens | output tokens | stored bytes |
      | March   | day   | 3        | 90           | 12            | 0            |
      | January | month | 17       | 1200         | 340           | 4096         |

  Scenario: A new tenant has used nothing
    Given Nina owns the new tenant "Nimbus"
    When Nina looks at the usage
    Then the request should succeed
    And there should be no usage

  Scenario: Usage is nobody else's business
    When a visitor tries to look at the usage
    Then the request should be refused as not signed in
