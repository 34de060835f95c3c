Feature: Seeds
  Whoever tests a deployment seeds it first. A seed can be applied again and again, and brings
  back whom it names as they were.

  Background:
    Given the new tenant "Nimbus" has these people
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
