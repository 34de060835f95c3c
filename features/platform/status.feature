@status
Feature: Status page
  Customers look here first when something seems wrong.
  What the page says, its feed says too.

  Scenario: Anybody can see how the platform is
    When a visitor looks at the status page
    Then the request should succeed
    And the page should tell how the platform, its services and its figures are
    And the incidents should stand there once each, the newest first

  Scenario: The page says the same when it is asked again
    When a visitor looks at the status page
    Then the request should succeed
    And the page should say the same when it is asked again

  Scenario Outline: The <feed> carries the incidents of the page
    When a visitor reads the <feed>
    Then the request should succeed
    And the feed should carry the incidents of the page

    Examples: Two addresses, one feed
      | feed                     |
      | status feed              |
      | status feed's other name |

  Scenario: Both names of the feed bring the same
    When a visitor reads the status feed
    Then the request should succeed
    And the status feed's other name should bring the same
