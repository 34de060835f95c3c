Feature: Metrics
  Operators watch what the service counts.
  What happens has to move the numbers, or an alarm never rings.

  Scenario: The metrics are readable and name what is counted
    When a visitor reads the metrics
    Then the request should succeed
    And the metrics should count all of these
      | counter           |
      | jwks_requests     |
      | jwks_not_modified |
      | jwt_signings      |
      | jwt_verifications |
      | rate_limit_hits   |
      | activity_events   |
      | signup_attempts   |

  Scenario Outline: A <deed> moves the counter of <counted>
    Given a visitor has read the metrics
    When somebody makes a <deed>
    Then the request should succeed
    And the counter "<counter>" should have grown by at least <growth>

    @storage
    Examples: What is counted of stored files
      | deed                   | counted           | counter            | growth |
      | announcement of a file | object operations | storage_operations | 1      |

    Examples: What is counted
      | deed              | counted             | counter           | growth |
      | sign-in           | signed tokens       | jwt_signings      | 2      |
      | sign-in           | activities          | activity_events   | 1      |
      | call with a token | verified tokens     | jwt_verifications | 1      |
      | fetch of the keys | fetches of the keys | jwks_requests     | 1      |

  @contract
  Scenario Outline: Whoever <does> moves the counter of <counted>
    Given Nina owns the tenant "Nimbus"
    And a visitor has read the metrics
    When Nina <does>
    Then the request should succeed
    And the counter "<counter>" should have grown by at least 1

    @service_accounts
    Examples: What is counted of machines
      | does                               | counted            | counter                  |
      | asks for a service account's token | tokens of machines | service_account_issuance |

    @ai
    Examples: What is counted of workflows
      | does          | counted      | counter              |
      | deletes a run | deleted runs | workflow_run_deletes |

    @containers @provider
    Examples: What is counted of containers
      | does                | counted              | counter              |
      | creates a container | container operations | container_operations |

  @billing @contract
  Scenario: An event of Stripe's moves the counter of its events
    Given Nina owns the tenant "Nimbus" on the plan "pro"
    And a visitor has read the metrics
    When Stripe delivers "subscription updated" for "Nimbus"
    Then the request should succeed
    And the counter "stripe_webhook_events" should have grown by at least 1

  @contact
  Scenario: A call too many moves the counter of refused calls
    Given a visitor has written as many messages to the team as are allowed
    And a visitor has read the metrics
    When a visitor tries to write "And one more question!" to the team
    Then the request should be refused as too many
    And the counter "rate_limit_hits" should have grown by at least 1

  @vector @provider
  Scenario: An attached file moves the counter of what is done with vector stores
    Given Alice has the vector store "Handbook"
    And the provider holds the file "terms.txt" with the text "Refunds take thirty days."
    And a visitor has read the metrics
    When Alice attaches the file "terms.txt" to the vector store "Handbook"
    Then the request should succeed
    And the counter "vector_store_operations" should have grown by at least 1
