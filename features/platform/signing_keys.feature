Feature: Signing keys
  Other services verify our tokens without asking us.
  They fetch the public keys once and again only when those have changed.

  Scenario: The published keys verify a person's token
    Given Alice is signed in
    When a visitor fetches the signing keys
    Then the request should succeed
    And Alice's access should be signed with one of them

  Scenario: Keys that have not changed are not sent again
    Given a visitor has fetched the signing keys
    When a visitor asks whether the signing keys have changed
    Then the signing keys should be unchanged

  Scenario: Whoever has other keys gets the present ones
    Given a visitor has kept outdated signing keys
    When a visitor asks whether the signing keys have changed
    Then the request should succeed
    And the signing keys should be the published ones
