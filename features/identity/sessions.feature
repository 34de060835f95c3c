Feature: Sessions
  Every device has a session of its own. People see where they are signed in and end what
  they do not recognise; a session that has ended is never brought back.

  Rule: A session is renewed with what it was given last

    Background:
      Given Nina owns the tenant "Nimbus"
      And Nina has signed in on the phone

    Scenario: A renewed session goes on with new tokens
      When Nina renews the session on the phone
      Then the request should succeed
      And the session should be Nina's
      And the session on the phone should go on with new tokens

    Scenario: What has renewed a session once does not renew it again
      Given Nina has renewed the session on the phone
      When Nina tries to renew the session on the phone with what is used up
      Then the request should be refused as not signed in
      And the reason should be "Refresh token has been revoked or expired."

    Scenario: A session whose used-up renewal comes back is ended for everybody
      Given Nina has renewed the session on the phone
      And somebody has tried what is used up on the phone
      When Nina tries to renew the session on the phone
      Then the request should be refused as not signed in
      And the reason should be "Refresh token has been revoked or expired."

    Scenario Outline: A session is not renewed with <what>
      When Nina tries to renew the session on the phone with <what>
      Then the request should be refused as not signed in
      And the reason should be "<reason>"
      But the session on the phone should still be open

      Examples: What is no renewal
        | what                   | reason                             |
        | what opens the account | Token is not a refresh token.      |
        | something made up      | Refresh token verification failed. |

      @contract
      Examples: What the service's key signed for nobody's session
        | what                           | reason                                     |
        | what renews a machine's access | Refresh token subject is malformed.        |
        | what nobody was given          | Refresh token has been revoked or expired. |

  Rule: People see where they are signed in

    Background:
      Given Nina owns the new tenant "Nimbus"
      And Nina has signed in on the phone

    Scenario: The list shows each device, the latest first
      Given Nina has signed in on the laptop
      When Nina lists the sessions
      Then the request should succeed
      And these sessions should be listed
        | device | platform | browser | kind    | current |
        | laptop | Windows  | Firefox | desktop | yes     |
        | phone  | iOS      | Safari  | mobile  | no      |

    @contract
    Scenario: A browser may say a lot about itself
      When Nina signs in on the talkative browser
      Then the request should succeed
      And the session should be Nina's

    @contract
    Scenario: The list comes in pages
      Given Nina has signed in on the laptop
      And Nina has signed in on the tablet
      When Nina lists the sessions, one a page, and turns to the second page
      Then the request should succeed
      And of 3 sessions only the one on the laptop should be listed

    @contract
    Scenario Outline: A session from "<address>" is shown as one from "<network>"
      When Nina signs in from "<address>"
      Then the request should succeed
      And Nina's newest session should be from "<network>"

      Examples: Of an address the beginning is enough
        | address     | network                     |
        | 203.0.113.7 | 203.0.113.*                 |
        | 2001:db8::7 | 2001:0db8:0000:0000:*:*:*:* |

    Scenario: Nobody sees the sessions of somebody else
      When Dave lists the sessions
      Then the request should succeed
      And the session on the phone should not be listed

  Rule: People end what they do not recognise

    Background:
      Given Nina owns the tenant "Nimbus"
      And Nina has signed in on the phone

    Scenario: A lost device is signed out from another one
      Given Nina has signed in on the laptop
      When Nina ends the session on the phone
      Then the request should succeed
      And the session on the phone should have ended
      But the session on the laptop should still be open

    Scenario: A session that has ended cannot be ended again
      Given Nina has signed in on the laptop
      And Nina has ended the session on the phone
      When Nina tries to end the session on the phone
      Then the request should be refused as not found

    Scenario: Nobody ends the session of somebody else
      When Dave tries to end the session on the phone
      Then the request should be refused as not found
      But the session on the phone should still be open

    Scenario: A session that has ended opens the account no more
      Given Nina has signed in on the laptop
      And Nina has ended the session on the phone
      When the phone tries to open the profile
      Then the request should be refused as not signed in

  Rule: Who signs out is out

    Background:
      Given Nina owns the new tenant "Nimbus"
      And Nina has signed in on the phone

    Scenario: Signing out ends the session of that device
      When Nina signs out on the phone
      Then the request should succeed
      And the service should say that 1 session has ended
      And the session on the phone should have ended

    Scenario: Signing out once more finds nothing to end
      Given Nina has signed in on the laptop
      And Nina has ended the session on the phone
      When Nina signs out on the phone
      Then the request should succeed
      And the service should say that no session has ended

    Scenario: Nobody is signed out by somebody else
      When Dave tries to sign out on the phone
      Then the request should be refused as not allowed
      And the reason should be "Refresh token does not belong to the authenticated user."
      But the session on the phone should still be open

    Scenario Outline: A session is not ended with <what>
      When Nina tries to sign out on the phone with <what>
      Then the request should be refused as not allowed
      But the session on the phone should still be open

      Examples: What ends no session
        | what                   |
        | what opens the account |
        | something made up      |

    Scenario: Signing out everywhere ends every session
      Given Nina has signed in on the laptop
      When Nina signs out everywhere
      Then the request should succeed
      And the service should say that 2 sessions have ended
      And the session on the phone should have ended
      And the session on the laptop should have ended
