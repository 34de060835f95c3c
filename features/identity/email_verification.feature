@auth_extended
Feature: E-mail verification
  An address counts once its owner has followed the link that was mailed to it. Until then
  a person may sign in but sees nothing of the tenant.

  Background:
    Given the unverified person Nora owns the new tenant "Nimbus"

  Rule: Who is not verified sees nothing of the tenant

    Scenario: An unverified person is kept out of the tenant
      When Nora tries to look around in the tenant
      Then the request should be refused as not allowed
      And the reason should be "Email verification required."

    Scenario: An unverified person may ask for another mail
      When Nora asks for a verification mail
      Then the request should succeed
      And the service should say that the address is not verified

    Scenario: The mail has the link that verifies the address
      Given mails from the service can be read
      When Nora asks for a verification mail
      Then the request should succeed
      And a link to verify the address should have been mailed to Nora

    Scenario: A verified person needs no mail
      Given Nora has followed the verification link
      And Nora has signed in on the phone
      When Nora asks for a verification mail
      Then the request should succeed
      And the service should say that the address is verified

    @contract
    Scenario: Verification mails are not sent without end
      Given Nora has asked for as many verification mails as are allowed
      When Nora tries to ask for a verification mail
      Then the request should be refused as too many

  Rule: The link counts once

    Scenario: Who follows the link is let in at the next sign-in
      When Nora follows the verification link
      Then the request should succeed
      And Nora should be able to look around after signing in again

    Scenario: The verification link ends the sessions of before
      Given Nora has signed in on the phone
      When Nora follows the verification link
      Then the request should succeed
      And the session on the phone should have ended

    Scenario: A verification link works once
      Given Nora has followed the verification link
      When Nora tries to follow the same verification link
      Then the request should be refused as malformed
      And the reason should be "Verification token is invalid or expired."

    Scenario Outline: A verification link that is <flaw> verifies nothing
      When Nora tries to follow a verification link that is <flaw>
      Then the request should be refused as malformed
      And the reason should be "<reason>"
      But Nora should still be unverified

      Examples: Links that were never mailed
        | flaw    | reason                                    |
        | cut off | Verification token is malformed.          |
        | made up | Verification token is invalid or expired. |
        | altered | Verification token is invalid or expired. |
