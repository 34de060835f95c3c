@smoke
Feature: An account from its first day on
  People ask to be let in, sign up, make their account safe and get over what they forgot.
  Whoever is in charge sees who wants to come and invites whom they want.

  @auth_signup
  Scenario: Rosa asks how to get in and founds a tenant
    When a visitor asks who may sign up
    Then an invitation should be needed unless sign-up is open to everybody
    Given sign-up is open to everybody
    When Rosa signs up for the new tenant "Bakery"
    Then the session should be Rosa's
    And Olga should find the active tenant "Bakery"

  @auth_signup
  Scenario: Quentin asks for access and Olga sees it
    When Quentin asks for access for "Quince Labs"
    Then Olga should find the pending request of Quentin for "Quince Labs"

  @auth_signup
  Scenario: Olga invites somebody and thinks better of it
    When Olga invites Ida to the platform
    Then the invitation should show its token and be good for Ida
    And Olga should find the active invitation of Ida
    When Olga takes the invitation of Ida back
    Then Olga should find the revoked invitation of Ida

  @auth_extended
  Scenario: Nora proves her address, changes her password and gets over forgetting it
    Given the unverified person Nora owns the new tenant "Nimbus"
    When Nora asks for a verification mail
    Then the service should say that the address is not verified
    When Nora exchanges her password for a good password
    Then the request should succeed
    When Nora follows the verification link
    Then Nora should be able to look around after signing in again
    When Nora says that she forgot her password
    Then the request should succeed
    When Nora sets another good password through the mailed link
    Then Nora should be able to look around after signing in again

  @auth_mfa
  Scenario: Nina protects her account with an app and gives it up again
    Given Nina owns the new tenant "Nimbus"
    When Nina sets up an authenticator app
    Then the app should be told a secret that codes can be made from
    And Nina should have the unconfirmed app
    When Nina confirms the app with its code
    Then Nina should have the confirmed app
    When Nina asks for recovery codes
    Then as many different recovery codes as usual should be handed out
    When Nina signs in
    Then a code of the app should be asked for
    When Nina answers with the code of the app
    Then the session should be Nina's
    When Nina removes the app
    Then Nina should have the removed app

  @service_accounts
  Scenario: Alice gives machines their tokens and takes one back
    Given the pipeline has a token of "analytics-batch" that may "read conversations"
    When Alice issues a token for their tenant
    Then the token should be of "billing-worker" and may "read the bills"
    And Alice should find the active token of "billing-worker"
    When Alice takes the token back
    Then Alice should find the token of before revoked, because it was "no longer needed"
