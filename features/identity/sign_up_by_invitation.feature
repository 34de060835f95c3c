@auth_signup
Feature: Sign-up by invitation
  Where only invited people may sign up, an invitation opens the door to the person it is for.
  It is good once, and for nothing after it was taken back.

  Background:
    Given only who is invited may sign up
    And Olga has invited Ida to the platform

  Scenario: Who is invited founds a tenant
    When Ida signs up for the new tenant "Bakery" with the invitation of Ida
    Then the request should succeed
    And the session should be Ida's

  Scenario: The service says that an invitation is needed
    When a visitor asks who may sign up
    Then the request should succeed
    And an invitation should be needed unless sign-up is open to everybody

  Scenario: Nobody signs up without an invitation
    When Rosa tries to sign up for the new tenant "Bakery"
    Then the request should be refused as not allowed
    And the reason should be "Invite token is required for signup."
    And Rosa should not be able to sign in

  Scenario: Nobody signs up with an invitation that nobody issued
    When Rosa tries to sign up for the new tenant "Bakery" with an invitation that nobody issued
    Then the request should be refused as not allowed
    And the reason should be "Invite token is invalid."
    And Rosa should not be able to sign in

  Scenario: Nobody signs up with the invitation of somebody else
    When Rosa tries to sign up for the new tenant "Bakery" with the invitation of Ida
    Then the request should be refused as not allowed
    And the reason should be "Invite token is restricted to a different email."
    And Rosa should not be able to sign in

  Scenario: Nobody signs up with an invitation that was taken back
    Given Olga has taken the invitation of Ida back
    When Ida tries to sign up for the new tenant "Bakery" with the invitation of Ida
    Then the request should be refused as not allowed
    And the reason should be "Invite token is no longer active."
    And Ida should not be able to sign in

  Scenario: An invitation that anybody may use is good once
    Given Olga has issued an invitation that anybody may use once, and keeps it for Ines
    And Ines has signed up for the new tenant "Bakery" with the invitation of Ines
    When Rosa tries to sign up for the new tenant "Florist" with the invitation of Ines
    Then the request should be refused as not allowed
    And the reason should be "Invite token is no longer active."
    And Rosa should not be able to sign in
