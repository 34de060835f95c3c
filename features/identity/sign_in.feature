Feature: Sign-in
  People prove once who they are and get a session in one tenant. Whoever guesses learns
  nothing from a refusal, and whoever keeps guessing is locked out.

  Rule: The right password opens a session

    Scenario: A password opens a session with the rights of the person's role
      When Alice signs in
      Then the request should succeed
      And the session should be Alice's

    Scenario Outline: The session of <person> grants what the role of <role> may do
      When <person> signs in
      Then the request should succeed
      And the session should be <person>'s

      Examples: One person for each role
        | person | role                |
        | Vera   | a viewer            |
        | Adam   | an admin            |
        | Dave   | a member            |
        | Olga   | a platform operator |

    Scenario: The e-mail address may be written in capitals
      When Dave signs in with their address in capitals
      Then the request should succeed
      And the session should be Dave's

    Scenario: An unverified person may sign in, and the session says so
      When Uma signs in
      Then the request should succeed
      And the session should be Uma's

  Rule: Whoever does not know the password learns nothing

    Scenario Outline: Nobody signs in with <credentials>
      When Dave tries to sign in with <credentials>
      Then the request should be refused as invalid
      But Dave should still be able to sign in

      Examples: Credentials that cannot be right
        | credentials                  |
        | a password that is too short |
        | something that is no address |
        | no password                  |

    Scenario: A web form is no way to sign in
      When Dave tries to sign in through a web form
      Then the request should be refused as invalid
      But Dave should still be able to sign in

    Scenario Outline: A refusal of <credentials> does not tell what was wrong
      When Dave tries to sign in with <credentials>
      Then the request should be refused as not signed in
      And the reason should be "Invalid email or password."
      But Dave should still be able to sign in

      Examples: Guesses
        | credentials           |
        | a wrong password      |
        | an address nobody has |

  Rule: Whoever keeps guessing is locked out

    Background:
      Given Nina owns the tenant "Nimbus"

    Scenario: Too many wrong passwords in a row lock the account
      Given as many wrong passwords as an account allows have been tried for Nina
      When Nina tries to sign in with a wrong password
      Then the request should be refused as locked
      And the reason should be "Account locked due to repeated failures."

    Scenario: A locked account does not open to the right password either
      Given too many wrong passwords have been tried for Nina
      When Nina tries to sign in
      Then the request should be refused as locked
      And the reason should be "Account is locked."

    Scenario: The right password makes good for wrong ones before it
      Given as many wrong passwords as an account allows have been tried for Nina
      And Nina has signed in on the phone
      When Nina tries to sign in with a wrong password
      Then the request should be refused as not signed in
      But Nina should still be able to sign in

    @contract
    Scenario: Nobody signs in from where too much was guessed
      Given as much has been guessed from one place as is allowed
      When Nina tries to sign in
      Then the request should be refused as too many

  Rule: A session belongs to one tenant

    Background:
      Given Nina owns the tenant "Nimbus"
      And Nina is a viewer of the new tenant "Cumulus" too

    Scenario: People of several tenants say which one they mean
      When Nina tries to sign in
      Then the request should be refused as malformed
      And the reason should be "Tenant context required for multi-tenant users."

    Scenario: A session has the rights of the chosen tenant only
      When Nina signs in to the tenant "Cumulus"
      Then the request should succeed
      And the session should be Nina's in the tenant "Cumulus"

    Scenario: Nobody gets a session in a tenant they do not belong to
      When Dave tries to sign in to the tenant "Cumulus"
      Then the request should be refused as not signed in
      And the reason should be "User is not a member of the requested tenant."

    Scenario: A tenant that cannot exist opens no session
      When Dave tries to sign in with a nonsensical tenant
      Then the request should be refused as not signed in
      And the reason should be "Invalid tenant identifier supplied."
