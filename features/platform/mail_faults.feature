Feature: Faults of the mail provider
  When mails cannot be delivered, people are told so at once.
  Nobody waits for a mail that never comes.

  @contact
  Scenario: A message to the team that cannot be delivered is not accepted
    Given mails about the visitor cannot be delivered
    When a visitor tries to write "Do you offer invoices in euros?" to the team
    Then the request should be refused as failing at the provider

  @auth_extended
  Scenario: A verification mail that cannot be delivered is not promised
    Given the unverified person Nora owns the new tenant "Nimbus"
    And mails about Nora cannot be delivered
    When Nora tries to ask for a verification mail
    Then the request should be refused as failing at the provider
    But Nora should still be unverified

  @status_subscriptions
  Scenario: A subscription that cannot be confirmed by mail is not made
    Given Olga manages the status page
    And mails to "ann" cannot be delivered
    When a visitor tries to subscribe "ann" to major incidents
    Then the request should be refused as failing at the provider
    And Olga should find no subscription of "ann"

  Scenario: An invitation that cannot be delivered is taken back
    Given Nina owns the tenant "Nimbus"
    And mails about Gus cannot be delivered
    When Nina tries to invite Gus to the team as a viewer for the usual time
    Then the request should be refused as failing at the provider
    But Nina should find no active team invitation of Gus
