@otlp
Feature: Log export
  Operators search one place for what every service logged.
  A record is found there by its content and by the request it belongs to.

  @smoke
  Scenario: A record arrives with the id of its request
    When Alice reports "checkout.failed" as an error with a marker
    Then the request should succeed
    And the collector should get the marker with the id of the request
    And the record should tell "checkout.failed" as an error of Alice's

  Scenario: A signed anonymous record arrives as nobody's
    Given the secret of anonymous records is known
    When a visitor reports "page.crashed" as a warning with a marker
    Then the request should succeed
    And the collector should get the marker with the id of the request
    And the record should tell "page.crashed" as a warning of nobody's

  Scenario: A refused record goes nowhere
    Given the secret of anonymous records is known
    When a visitor tries to report "page.crashed" with a made-up signature just before Alice does
    Then the request should be refused as not signed in
    And the collector should get the later record only
