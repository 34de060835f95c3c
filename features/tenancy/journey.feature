@smoke
Feature: A tenant and those who run it
  Whoever runs a tenant finds out how it is set up, arranges it, and sees what happens in it.
  Operators found tenants and find them again.

  Scenario: Alice looks over the tenant that she runs
    When Alice opens the account of the tenant
    Then the account should be that of Alice's own tenant
    When Alice lists the members
    Then the members should include these
      | person | role  |
      | Alice  | owner |
    When Alice asks how long team invitations are good for
    Then they should be good for a usual time, and for a longest one
    When Alice looks at the usage
    Then the usage should include what Alice used
      | period  | per   | requests | input tokens | output tokens | stored bytes |
      | January | month | 17       | 1200         | 340           | 4096         |

  @billing
  Scenario: Alice sees that her tenant may be billed
    When Alice looks at the features
    Then the request should succeed
    And billing should be switched on

  Scenario: Nina arranges a new tenant and keeps it safe
    Given the new tenant "Nimbus" has these people
      | person | role   |
      | Nina   | owner  |
      | Max    | member |
    And Nina has signed in on the phone
    And Nina has signed in on the laptop
    When Nina opens the profile
    Then the profile should be Nina's
    When Nina opens the settings
    Then the settings should hold nothing, never saved
    When Nina saves settings with a contact for bills
    Then Nina should find settings with a contact for bills, saved once
    When Nina agrees to version "2" of the "privacy" policy
    Then Nina should have agreed to these policies
      | policy  | version |
      | privacy | 2       |
    When Nina wants no "billing" messages by "email"
    Then Nina should have these preferences
      | category | channel | wanted |
      | billing  | email   | no     |
    When Nina looks at the activity
    Then the activity should be
      | who  | what      | outcome |
      | Nina | signed in | success |
      | Nina | signed in | success |
    When Nina reads the newest activity
    Then the newest activity should be read for Nina
    When Nina dismisses the newest activity
    Then the newest activity should be dismissed for Nina
    When Nina marks all activity as read
    Then Nina should have 0 unread activities
    When Nina lists the sessions
    Then these sessions should be listed
      | device | platform | browser | kind    | current |
      | laptop | Windows  | Firefox | desktop | yes     |
      | phone  | iOS      | Safari  | mobile  | no      |
    When Nina renews the session on the phone
    Then the session should be Nina's
    When Nina ends the session on the laptop
    Then the request should succeed
    When Nina lists the sessions
    Then the session on the laptop should not be listed
    When Nina gives Max a good password
    Then the request should succeed
    Given Max has signed in on the tablet
    When Max signs out on the tablet
    Then the service should say that 1 session has ended
    When Nina signs out everywhere
    Then the service should say that 1 session has ended

  Scenario: Olga founds a tenant and finds it again
    When Olga founds "Nimbus"
    Then the answer should show "Nimbus" as untouched
    And Olga should find "Nimbus" untouched
    And nothing should be decided for "Nimbus"
