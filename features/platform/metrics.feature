Feature: Metrics
  Operators watch what the service counts.
  What happens has to move the numbers, or an alarm never rings.

  @smoke
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

    Examples: What is counted
      | deed              | counted             | counter           | growth |
      | sign-in           | signed tokens       | jwt_signings      | 2      |
      | sign-in           | activities          | activity_events   | 1      |
      | call with a token | verified tokens     | jwt_verifications | 1      |
      | fetch of the keys | fetches of the keys | jwks_requests     | 1      |
