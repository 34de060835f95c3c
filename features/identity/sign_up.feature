@auth_signup
Feature: Sign-up
  Whoever wants to use the service founds a tenant and owns it from the first moment on.
  Nobody gets in without agreeing to the terms, and an address signs up once.

  Scenario: The service says whether sign-up needs an invitation
    When a visitor asks who may sign up
    Then the request should succeed
    And an invitation should be needed unless sign-up is open to everybody

  Scenario: Who signs up owns a new tenant
    Given sign-up is open to everybody
    When Rosa signs up for the new tenant "Bakery"
    Then the request should succeed
    And the session should be Rosa's
    And Olga should find the active tenant "Bakery"

  Scenario: Who signs up is mailed a link to verify the address
    Given sign-up is open to everybody
    And mails from the service can be read
    When Rosa signs up for the new tenant "Bakery"
    Then the request should succeed
    And a link to verify the address should have been mailed to Rosa

  Scenario: Two tenants of one name can be told apart
    Given sign-up is open to everybody
    And Rosa has signed up for the new tenant "Bakery"
    When Tina signs up for a tenant of the same name as "Bakery"
    Then the request should succeed
    And the tenants of Rosa and Tina should have different short names

  Scenario: An address signs up once
    Given sign-up is open to everybody
    And Rosa has signed up for the new tenant "Bakery"
    When Rosa tries to sign up for the new tenant "Flower Shop"
    Then the request should be refused as conflicting
    And the reason should be "Email already registered."
    But Olga should find no tenant "Flower Shop"

  @contract
  Scenario: An address cannot try without end
    Given sign-up is open to everybody
    And Rosa has signed up for the new tenant "Bakery"
    And Rosa has tried in vain to sign up again, as often as is allowed
    When Rosa tries to sign up for the new tenant "Flower Shop"
    Then the request should be refused as too many
    But Olga should find no tenant "Flower Shop"

  Scenario Outline: Nobody signs up with <flaw>
    Given sign-up is open to everybody
    When Rosa tries to sign up for the new tenant "Bakery" with <flaw>
    Then the request should be refused as invalid
    But Olga should find no tenant "Bakery"
    And Rosa should not be able to sign in

    Examples: What the form does not take
      | flaw                             |
      | a password that is too short     |
      | a password that is easy to guess |
      | a password of small letters only |
      | the terms not agreed to          |
      | a trial of more than a year      |

  @billing
  Scenario: Nobody signs up for a plan that does not exist
    Given sign-up is open to everybody
    When Rosa tries to sign up for the new tenant "Bakery" with a plan that does not exist
    Then the request should be refused as not found
    But Rosa should not be able to sign in

  @billing @auth_extended
  Scenario Outline: Who signs up with <wish> is on trial for <days> days
    Given sign-up is open to everybody
    And Rosa has signed up for the new tenant "Bakery" with <wish>
    And Rosa has followed the verification link
    When Rosa looks at the subscription
    Then the request should succeed
    And the subscription should be
      | plan   | state  | since | period from | period until | trial ends     |
      | <plan> | active | now   | now         | in 30 days   | in <days> days |

    Examples: As long as the plan or the form says
      | wish                  | plan    | days |
      | nothing but the terms | starter | 14   |
      | the dearer plan       | pro     | 14   |
      | a trial of ten days   | starter | 10   |
