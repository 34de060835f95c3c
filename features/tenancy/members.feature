Feature: Members
  A tenant's admins decide who works in it and who may do what.
  Owners are made by owners, and one of them always stays.

  Scenario: Admins see who belongs to the tenant
    Given the tenant "Nimbus" has these people
      | person | role   |
      | Nina   | owner  |
      | Ada    | admin  |
      | Max    | viewer |
    When Ada lists the members
    Then the request should succeed
    And the members should be these
      | person | role   |
      | Nina   | owner  |
      | Ada    | admin  |
      | Max    | viewer |

  Scenario: Members can be listed page by page
    Given the tenant "Nimbus" has these people
      | person | role   |
      | Nina   | owner  |
      | Ada    | admin  |
      | Max    | viewer |
    When Nina lists the members 2 at a time
    Then the request should succeed
    And every member should have come exactly once

  Rule: Admins bring people in and let them go

    Background:
      Given the tenant "Nimbus" has these people
        | person | role   |
        | Nina   | owner  |
        | Max    | member |

    Scenario: Somebody who has an account can be added
      Given Walter owns the tenant "Stratus"
      When Nina adds Walter to the tenant as a viewer
      Then the request should succeed
      And the answer should show Walter as a viewer
      And Nina should find these members
        | person | role   |
        | Nina   | owner  |
        | Max    | member |
        | Walter | viewer |

    Scenario: Somebody who belongs to the tenant cannot be added again
      When Nina tries to add Max to the tenant as a viewer
      Then the request should be refused as conflicting
      And Nina should find these members
        | person | role   |
        | Nina   | owner  |
        | Max    | member |

    Scenario: Somebody without an account cannot be added
      When Nina tries to add nobody to the tenant as a viewer
      Then the request should be refused as not found
      And Nina should find these members
        | person | role   |
        | Nina   | owner  |
        | Max    | member |

    Scenario: A removed member is gone
      When Nina removes Max from the tenant
      Then the request should succeed
      And Nina should find these members
        | person | role  |
        | Nina   | owner |
      And Max should not be able to sign in

    Scenario Outline: A removed member can <do> no more
      Given Max is signed in
      And Nina has removed Max from the tenant
      When Max tries to <do>
      Then the request should be refused as not allowed

      Examples: What needs a right, a membership, or an account of the tenant
        | do                        |
        | list the conversations    |
        | look around in the tenant |
        | open the profile          |

    Scenario: A member cannot be removed twice
      Given Nina has removed Max from the tenant
      When Nina tries to remove Max from the tenant
      Then the request should be refused as not found
      And Nina should find these members
        | person | role  |
        | Nina   | owner |

  Rule: Admins say what a member may do

    Background:
      Given the tenant "Nimbus" has these people
        | person | role   |
        | Nina   | owner  |
        | Max    | member |

    Scenario Outline: Whoever is made <role> may do what the role allows
      When Nina makes Max <role>
      Then the request should succeed
      And the answer should show Max as <role>
      And the next session of Max should allow what <role> may do

      Examples: Roles
        | role     |
        | an owner |
        | an admin |
        | a viewer |

    Scenario: A member who is made an admin stands in the list as one
      When Nina makes Max an admin
      Then the request should succeed
      And Nina should find these members
        | person | role  |
        | Nina   | owner |
        | Max    | admin |

    @contract
    Scenario: There are only four roles
      When Nina tries to make Max a king
      Then the request should be refused as invalid
      And Nina should find these members
        | person | role   |
        | Nina   | owner  |
        | Max    | member |

    Scenario: Somebody who is no member cannot be given a role
      When Nina tries to make nobody an admin
      Then the request should be refused as not found
      And Nina should find these members
        | person | role   |
        | Nina   | owner  |
        | Max    | member |

  Rule: A tenant keeps an owner

    Background:
      Given the tenant "Nimbus" has these people
        | person | role  |
        | Nina   | owner |
        | Ada    | admin |

    Scenario Outline: The last owner cannot <attempt>
      When Nina tries to <attempt>
      Then the request should be refused as conflicting
      And Nina should find these members
        | person | role  |
        | Nina   | owner |
        | Ada    | admin |

      Examples: Ways to leave a tenant without an owner
        | attempt                     |
        | make Nina a member          |
        | remove Nina from the tenant |

    Scenario: One of two owners may step back
      Given Nina has made Ada an owner
      When Nina makes Nina a member
      Then the request should succeed
      And the answer should show Nina as a member
      And Ada should find these members
        | person | role   |
        | Nina   | member |
        | Ada    | owner  |

    Scenario Outline: An admin cannot <attempt>
      Given Walter owns the tenant "Stratus"
      When Ada tries to <attempt>
      Then the request should be refused as not allowed
      And Nina should find these members
        | person | role  |
        | Nina   | owner |
        | Ada    | admin |

      Examples: What only an owner may do with owners
        | attempt                              |
        | make Ada an owner                    |
        | make Nina a member                   |
        | remove Nina from the tenant          |
        | add Walter to the tenant as an owner |
