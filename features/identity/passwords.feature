@auth_extended
Feature: Passwords
  People change their password, or get over having forgotten it. A new password has to be
  good, and whoever knows only the old one is out at once.

  Background:
    Given Nina owns the tenant "Nimbus"

  Rule: A forgotten password is replaced through the mailbox

    Scenario: Who forgot their password is mailed a link
      Given mails from the service can be read
      When Nina says that she forgot her password
      Then the request should succeed
      And a link to set a new password should have been mailed to Nina

    Scenario: The service does not tell who exists
      When somebody says that a person who does not exist forgot their password
      Then the request should succeed
      And the service should say the same as for Nina

    Scenario: The mailed link sets a new password
      When Nina sets a good password through the mailed link
      Then the request should succeed
      And Nina should sign in with the new password only

    Scenario: The mailed link ends the sessions of before
      Given Nina has signed in on the phone
      When Nina sets a good password through the mailed link
      Then the request should succeed
      And Nina should sign in with the new password only
      And the session on the phone should have ended

    Scenario: The mailed link works once
      Given Nina has set a new password through the mailed link
      When Nina tries to set another good password through the same link
      Then the request should be refused as malformed
      And the reason should be "Password reset token is invalid or expired."
      But Nina should sign in with the new password only

    Scenario Outline: The mailed link does not set <password>
      When Nina tries to set <password> through the mailed link
      Then the request should be refused as <outcome>
      But Nina should sign in with the old password only

      Examples: Passwords that are refused
        | password                         | outcome   |
        | a password that is too short     | invalid   |
        | a password that is easy to guess | invalid   |
        | the password of before           | malformed |

  Rule: A known password is exchanged

    Scenario: Who knows the password may exchange it
      When Nina exchanges her password for a good password
      Then the request should succeed
      And Nina should sign in with the new password only

    Scenario: A changed password ends every session
      Given Nina has signed in on the phone
      And Nina has signed in on the laptop
      When Nina exchanges her password for a good password
      Then the request should succeed
      And Nina should sign in with the new password only
      And the session on the phone should have ended
      And the session on the laptop should have ended

    Scenario: Who does not know the password does not change it
      When Nina tries to change her password without knowing it
      Then the request should be refused as not signed in
      And the reason should be "Invalid current password."
      But Nina should sign in with the old password only

    Scenario Outline: Nobody exchanges their password for <password>
      When Nina tries to exchange her password for <password>
      Then the request should be refused as <outcome>
      But Nina should sign in with the old password only

      Examples: Passwords that are refused
        | password                         | outcome   |
        | a password that is too short     | invalid   |
        | a password that is easy to guess | malformed |
        | a password of small letters only | malformed |
        | the password of before           | malformed |

  Rule: An admin helps out

    Background:
      Given the tenant "Cirrus" has these people
        | person | role   |
        | Owen   | owner  |
        | Ada    | admin  |
        | Max    | member |

    Scenario: An admin gives a member a new password
      When Ada gives Max a good password
      Then the request should succeed
      And Max should sign in with the new password only

    Scenario: A reset ends the sessions of the member
      Given Max has signed in on the phone
      When Ada gives Max a good password
      Then the request should succeed
      And Max should sign in with the new password only
      And the session on the phone should have ended

    Scenario: An admin does not reset the password of an owner
      When Ada tries to give Owen a good password
      Then the request should be refused as not allowed
      But Owen should sign in with the old password only

    Scenario: A member resets nobody's password
      When Max tries to give Ada a good password
      Then the request should be refused as not allowed
      But Ada should sign in with the old password only

    Scenario: Nobody resets a password in another tenant
      When Ada tries to give Nina a good password
      Then the request should be refused as not found
      But Nina should sign in with the old password only

    Scenario: A reset does not make do with a weak password
      When Ada tries to give Max a password that is easy to guess
      Then the request should be refused as malformed
      But Max should sign in with the old password only
