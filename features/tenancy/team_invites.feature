Feature: Team invitations
  Admins invite people to their tenant, whether or not they have an account yet.
  An invitation is for one person, is good once, and can be taken back.

  Scenario: Everybody may know how long invitations are good for
    Given the tenant "Nimbus" has these people
      | person | role   |
      | Nina   | owner  |
      | Max    | viewer |
    When Max asks how long team invitations are good for
    Then the request should succeed
    And they should be good for a usual time, and for a longest one

  Rule: Admins invite

    Background:
      Given the tenant "Nimbus" has these people
        | person | role   |
        | Nina   | owner  |
        | Max    | viewer |

    Scenario Outline: An invitation <term> ends when it should
      Given Nina knows how long team invitations are good for
      When Nina invites Gus to the team as a viewer <term>
      Then the request should succeed
      And the team invitation of Gus as a viewer should be good <term>
      And Nina should find the active team invitation of Gus

      Examples: Terms
        | term                 |
        | for the usual time   |
        | for one hour         |
        | for the longest time |
        | for ever             |

    @contract
    Scenario Outline: Nobody is invited to the team <term>
      Given Nina knows how long team invitations are good for
      When Nina tries to invite Gus to the team as a member <term>
      Then the request should be refused as invalid
      And Nina should find no team invitation of Gus

      Examples: Terms that there are not
        | term                           |
        | for more than the longest time |
        | for no time at all             |

    Scenario: Whoever belongs to the tenant is not invited
      When Nina tries to invite Max to the team as a member for the usual time
      Then the request should be refused as conflicting
      And Nina should find no team invitation of Max

    Scenario: An admin cannot invite an owner
      Given Nina has made Max an admin
      When Max tries to invite Gus to the team as an owner for the usual time
      Then the request should be refused as not allowed
      And Nina should find no team invitation of Gus

    Scenario: An invitation that is taken back is revoked
      Given Nina has invited Gus to the team
      When Nina takes back the team invitation of Gus
      Then the request should succeed
      And Nina should find the revoked team invitation of Gus

    Scenario: An invitation cannot be taken back twice
      Given Nina has invited Gus to the team
      And Nina has taken back the team invitation of Gus
      When Nina tries to take back the team invitation of Gus
      Then the request should be refused as conflicting
      And Nina should find the revoked team invitation of Gus

    Scenario: An invitation that was taken up cannot be taken back
      Given Nina has invited Gus to the team
      And Gus has joined with the team invitation
      When Nina tries to take back the team invitation of Gus
      Then the request should be refused as conflicting
      And Nina should find the accepted team invitation of Gus

  Rule: Admins find every invitation

    Background:
      Given the new tenant "Nimbus" has these people
        | person | role   |
        | Nina   | owner  |
        | Max    | viewer |

    Scenario Outline: Admins can look for the <status> invitations
      Given Nina has invited Gus to the team
      And Nina has invited Gil to the team
      And Nina has taken back the team invitation of Gil
      When Nina lists the <status> team invitations
      Then the request should succeed
      And the team invitations of <names> should be listed

      Examples: States
        | status  | names |
        | active  | Gus   |
        | revoked | Gil   |

    Scenario: Invitations come page by page, the newest first
      Given Nina has invited Gus to the team
      And Nina has invited Gil to the team
      When Nina lists the team invitations, one a page, and turns to the second page
      Then the request should succeed
      And of 2 team invitations only that of Gus should be listed
      And Nina should find the active team invitation of Gus

  Rule: Guests join

    Background:
      Given the tenant "Nimbus" has these people
        | person | role   |
        | Nina   | owner  |
        | Max    | viewer |

    Scenario: A guest joins with a new account
      Given Nina has invited Gus to the team
      When Gus joins with the team invitation of Gus
      Then the request should succeed
      And the session should be Gus's
      And Nina should find the accepted team invitation of Gus
      And Gus should still be able to sign in

    Scenario: An invitation is good once
      Given Nina has invited Gus to the team
      And Gus has joined with the team invitation
      When Gus tries to join with the team invitation of Gus
      Then the request should be refused as conflicting
      And the reason should be "Invite has already been accepted."
      And Nina should find the accepted team invitation of Gus

    Scenario: An invitation that was taken back lets nobody in
      Given Nina has invited Gus to the team
      And Nina has taken back the team invitation of Gus
      When Gus tries to join with the team invitation of Gus
      Then the request should be refused as conflicting
      And Gus should not be able to sign in

    Scenario: An invitation that nobody issued lets nobody in
      When Gus tries to join with a team invitation that nobody issued
      Then the request should be refused as not found
      And Gus should not be able to sign in

    @contract
    Scenario Outline: Nobody joins with <password>
      Given Nina has invited Gus to the team
      When Gus tries to join with the team invitation and <password>
      Then the request should be refused as <outcome>
      And Nina should find the active team invitation of Gus

      Examples: What is no password
        | password         | outcome   |
        | a short password | invalid   |
        | an easy password | malformed |

  Rule: People who have an account keep it

    Background:
      Given the tenant "Nimbus" has these people
        | person | role   |
        | Nina   | owner  |
        | Max    | viewer |
      And Wanda owns the new tenant "Stratus"

    Scenario: Somebody with an account joins with it
      Given Nina has invited Wanda to the team
      When Wanda takes up the team invitation of Wanda with their own account
      Then the request should succeed
      And Nina should find the accepted team invitation of Wanda
      And Nina should find these members
        | person | role   |
        | Nina   | owner  |
        | Max    | viewer |
        | Wanda  | member |

    Scenario: Somebody with an account cannot join with a new one
      Given Nina has invited Wanda to the team
      When Wanda tries to join with the team invitation of Wanda
      Then the request should be refused as conflicting
      And Nina should find the active team invitation of Wanda

    Scenario: An invitation is of no use to anybody else
      Given Nina has invited Wanda to the team
      When Max tries to take up the team invitation of Wanda with their own account
      Then the request should be refused as not allowed
      And Nina should find the active team invitation of Wanda

    Scenario: Somebody with an account cannot join twice
      Given Nina has invited Wanda to the team
      And Wanda has taken up the team invitation
      When Wanda tries to take up the team invitation of Wanda with their own account
      Then the request should be refused as conflicting
      And Nina should find the accepted team invitation of Wanda
