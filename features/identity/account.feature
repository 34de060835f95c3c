Feature: Own account
  People move to another address and close their account themselves. Both need the password,
  and both end every session, so that a borrowed device does no harm.

  Background:
    Given the tenant "Nimbus" has these people
      | person | role   |
      | Nina   | owner  |
      | Max    | member |

  Rule: An address is moved by who knows the password

    Scenario: Who moves to another address signs in with that one
      When Max moves to another address
      Then the request should succeed
      And Max should sign in with the new address only
      And the new address of Max should have to be verified

    Scenario: Moving to another address ends every session
      Given Max has signed in on the phone
      When Max moves to another address
      Then the request should succeed
      And Max should sign in with the new address only
      And the session on the phone should have ended

    Scenario: The same address in capitals is no other address
      When Max moves to the same address in capitals
      Then the request should succeed
      And no verification mail should have been announced
      And the profile of Max should be as before

    Scenario: Nobody moves to the address of somebody else
      When Max tries to move to the address of Nina
      Then the request should be refused as conflicting
      And the reason should be "Email already registered."
      But the profile of Max should be as before

    Scenario: Who does not know the password does not move
      When Max tries to move to another address without the password
      Then the request should be refused as not signed in
      And the reason should be "Invalid current password."
      But the profile of Max should be as before

    Scenario: Nobody moves to what is no address
      When Max tries to move to something that is no address
      Then the request should be refused as invalid
      But the profile of Max should be as before

  Rule: An account is closed by who knows the password

    Scenario: A closed account is not signed in to
      When Max closes the account
      Then the request should succeed
      And the account of Max should be closed

    Scenario: A closed account is out at once
      Given Max has signed in on the phone
      And Max has closed the account
      When the phone tries to open the profile
      Then the request should be refused as not signed in

    Scenario: Who does not know the password does not close the account
      When Max tries to close the account without the password
      Then the request should be refused as not signed in
      But Max should still be able to sign in

    Scenario: The last owner of a tenant stays
      When Nina tries to close the account
      Then the request should be refused as conflicting
      And the reason should be "Cannot disable the last owner of a tenant."
      But Nina should still be able to sign in
