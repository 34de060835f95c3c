Feature: Seeds
  Whoever tests a deployment seeds it first. A seed can be applied again and again, and brings
  back whom it names as they were.

  Background:
    Given the tenant "Nimbus" has these people
      | person | role   |
      | Nina   | owner  |
      | Max    | member |

  Scenario: A seed brings back the roles that it names
    Given Nina has made Max a viewer
    When the seed of "Nimbus" is applied again
    Then the request should succeed
    And Nina should find these members
      | person | role   |
      | Nina   | owner  |
      | Max    | member |

  Scenario Outline: A seed <flaw> is refused
    When somebody tries to apply a seed of "Nimbus" <flaw>
    Then the request should be refused as malformed
    And Nina should find these members
      | person | role   |
      | Nina   | owner  |
      | Max    | member |

    Examples: What cannot be seeded
      | flaw                                 |
      | on a plan that does not exist        |
      | with a conversation of somebody else |
      | with a counter of somebody else      |
      | with two conversations of one key    |

    @assets
    Examples: What cannot be seeded, of assets
      | flaw                                     |
      | with an asset of an unknown conversation |

  @contract
  Scenario: A seed cannot take a conversation of another tenant
    When somebody tries to apply a seed of "Nimbus" with the conversation of the run's own tenant
    Then the request should be refused as malformed

  @contract
  Scenario: A seed of no tenant is refused
    When somebody tries to apply a seed of no tenant
    Then the request should be refused as malformed

  @billing
  Scenario: Seeded usage counts once, however often it is seeded
    Given the seed of "Nimbus" was applied with metered usage
    When the seed of "Nimbus" is applied again with metered usage
    Then the request should succeed
    And Nina's metered usage should be
      | feature | quantity | unit  |
      | mails   | 7        | units |

  @auth_extended @contract
  Scenario Outline: No token that <does> is made for <whom>
    When somebody tries to have a token made that <does> for <whom>
    Then the request should be refused as malformed

    Examples: Who has no use for it
      | does                | whom                        |
      | verifies an address | Max, who is verified        |
      | verifies an address | somebody whom nobody seeded |
      | resets a password   | somebody whom nobody seeded |
