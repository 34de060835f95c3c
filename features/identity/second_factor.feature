@auth_mfa
Feature: Second factor
  Whoever sets up an authenticator app is asked for its code at every sign-in, so that a
  stolen password alone opens nothing.

  Background:
    Given the tenant "Nimbus" has these people
      | person | role   |
      | Nina   | owner  |
      | Max    | member |

  Rule: An app counts once a code of it was confirmed

    Scenario: A new app waits to be confirmed
      When Nina sets up an authenticator app
      Then the request should succeed
      And the app should be told a secret that codes can be made from
      And Nina should have the unconfirmed app

    Scenario: An app that is not confirmed is not asked for
      Given Nina has set up an authenticator app
      When Nina signs in
      Then the request should succeed
      And the session should be Nina's

    Scenario: A code of the app confirms it
      Given Nina has set up an authenticator app
      When Nina confirms the app with its code
      Then the request should succeed
      And Nina should have the confirmed app

    Scenario: A wrong code confirms nothing
      Given Nina has set up an authenticator app
      When Nina tries to confirm the app with a wrong code
      Then the request should be refused as malformed
      And the reason should be "Invalid MFA code."
      But Nina should have the unconfirmed app

    Scenario Outline: <other> does not confirm the app of <owner>
      Given <owner> has set up an authenticator app
      When <other> tries to confirm the app with its code
      Then the request should be refused as malformed
      And the reason should be "MFA method not found."
      But <owner> should have the unconfirmed app

      Examples: Nobody stands above or below
        | owner | other |
        | Nina  | Max   |
        | Max   | Nina  |
        | Nina  | Brian |

    Scenario: Nobody sees the apps of somebody else
      Given Nina has confirmed an authenticator app
      When Mia looks at the authenticator apps
      Then the request should succeed
      And the app should not be among them

  Rule: A confirmed app is asked for

    Background:
      Given Nina has confirmed an authenticator app

    Scenario: The password alone opens nothing
      When Nina signs in
      Then a code of the app should be asked for
      And the question itself should open nothing

    Scenario: The code after the password opens a session
      Given Nina has been asked for a code
      When Nina answers with the code of the app
      Then the request should succeed
      And the session should be Nina's

    Scenario: A wrong code opens nothing
      Given Nina has been asked for a code
      When Nina tries to answer with a wrong code
      Then the request should be refused as not signed in
      And the reason should be "Invalid MFA code."

    Scenario Outline: <subject> opens nothing
      Given Nina has been asked for a code
      When Nina tries to answer <how> with the code of the app
      Then the request should be refused as not signed in
      And the reason should be "<reason>"

      Examples: What is no answer
        | subject                      | how                         | reason                                   |
        | A question that nobody asked | a made-up question          | MFA challenge token verification failed. |
        | What opens the account       | her own token               | Invalid MFA challenge token.             |
        | An app that does not exist   | as an app that is not there | MFA method not found.                    |

    Scenario: A code opens one session
      Given Nina has been asked for a code
      And Nina has answered with the code of the app
      When Nina tries to answer with the same code again
      Then the request should be refused as not signed in

    @contract
    Scenario: Codes cannot be guessed without end
      Given Nora owns the new tenant "Cirrus"
      And Nora has confirmed an authenticator app
      And Nora has been asked for a code
      And as many wrong codes as are allowed have been tried for Nora
      When Nora tries to answer with the code of the app
      Then the request should be refused as too many

  Rule: Recovery codes stand in for a lost app

    Background:
      Given Nina has confirmed an authenticator app

    Scenario: Recovery codes are handed out at once
      When Nina asks for recovery codes
      Then the request should succeed
      And as many different recovery codes as usual should be handed out

    Scenario: A recovery code opens a session
      Given Nina has recovery codes
      And Nina has been asked for a code
      When Nina answers with a recovery code
      Then the request should succeed
      And the session should be Nina's

    Scenario: The last recovery code is as good as the first
      Given Nina has recovery codes
      And Nina has been asked for a code
      When Nina answers with the last recovery code
      Then the request should succeed
      And the session should be Nina's

    Scenario: A recovery code opens one session
      Given Nina has recovery codes
      And Nina has been asked for a code
      And Nina has answered with a recovery code
      And Nina has been asked for a code
      When Nina tries to answer with the same code again
      Then the request should be refused as not signed in

    Scenario: Fresh recovery codes replace those of before
      Given Nina has recovery codes
      And Nina has asked for recovery codes again
      And Nina has been asked for a code
      And Nina has answered with a recovery code
      And Nina has been asked for a code
      When Nina tries to answer with a recovery code of before
      Then the request should be refused as not signed in

  Rule: An app that is removed is asked for no more

    Background:
      Given Nina has confirmed an authenticator app

    Scenario: After the app is removed the password is enough again
      When Nina removes the app
      Then the request should succeed
      And Nina should have the removed app
      And Nina should still be able to sign in

    Scenario: A removed app is not confirmed again
      Given Nina has removed the app
      When Nina tries to confirm the app with its code
      Then the request should be refused as malformed
      And the reason should be "MFA method has been revoked."

    Scenario: Nobody removes the app of somebody else
      When Max tries to remove the app
      Then the request should be refused as not found
      But Nina should have the confirmed app
