@status_subscriptions
Feature: Managing status subscriptions
  Operators see who is told of incidents and end what is misused.
  They tell subscribers once more when a first message was missed.

  Scenario: An operator may see the status subscriptions
    When Olga lists the status subscriptions
    Then the request should succeed

  Scenario Outline: It is not for <person> to <attempt>
    Given Alice has subscribed "ann" to all incidents
    When <person> tries to <attempt>
    Then the request should be refused as <outcome>

    Examples: Who does not manage subscriptions
      | person    | attempt                       | outcome       |
      | Alice     | list the status subscriptions | not allowed   |
      | a visitor | list the status subscriptions | not signed in |
      | Alice     | end the subscription of "ann" | not allowed   |
      | a visitor | end the subscription of "ann" | not signed in |
      | Alice     | tell an incident again        | not allowed   |
      | a visitor | tell an incident again        | not signed in |

  Rule: Whoever may manage the status page manages its subscriptions

    Background:
      Given Olga manages the status page

    Scenario: The operator sees a tenant's subscriptions
      Given Alice has subscribed "ann" to all incidents
      When Olga lists the status subscriptions of Alice's tenant
      Then the request should succeed
      And the subscription of "ann" should be listed as it was made

    Scenario: The operator sees her own tenant's subscriptions unless she asks for others
      Given Olga has subscribed "ops" to all incidents
      And Alice has subscribed "ann" to all incidents
      When Olga lists the status subscriptions
      Then the request should succeed
      And the subscription of "ops" should be listed as it was made
      But the subscription of "ann" should not be listed

    Scenario: Subscriptions are listed page by page
      Given Nina owns the tenant "Nimbus"
      And Nina has subscribed "ann" to all incidents
      And Nina has subscribed "bob" to all incidents
      And Nina has subscribed "cat" to all incidents
      When Olga lists the status subscriptions of Nina's tenant 2 at a time
      Then the request should succeed
      And the pages should hold the subscriptions of "cat", "bob" and "ann" in this order

    Scenario: The operator ends a subscription
      Given Alice has subscribed "ann" to all incidents
      When Olga ends the subscription of "ann"
      Then the request should succeed
      And Olga should find the subscription of "ann" ended

    Scenario: A subscription that never was cannot be ended
      When Olga tries to end a subscription that never was
      Then the request should be refused as not found

    Scenario: A page of the subscriptions that does not exist is refused
      When Olga tries to list the status subscriptions from a page that does not exist
      Then the request should be refused as malformed

    Scenario: A tenant's subscriptions are asked for openly or not at all
      When Olga tries to list the status subscriptions of Alice's tenant as if they were her own
      Then the request should be refused as not allowed
      And the reason should be "Tenant-scoped tokens cannot override tenant_id without all=true."

    Scenario Outline: A subscription that <person> failed to end goes on
      Given Alice has subscribed "ann" to all incidents
      And <person> has failed to end the subscription of "ann"
      When Olga lists the status subscriptions of Alice's tenant
      Then the request should succeed
      And the subscription of "ann" should be listed as it was made

      Examples: Who does not manage subscriptions
        | person    |
        | Alice     |
        | a visitor |

    Scenario Outline: A subscription that a made-up token failed to <purpose> stays as it was made
      Given Alice has subscribed "ann" to all incidents
      And a visitor has failed to <deed> "ann" with a made-up token
      When Olga lists the status subscriptions of Alice's tenant
      Then the request should succeed
      And the subscription of "ann" should be listed as it was made

      Examples: What tokens are for
        | purpose | deed                        |
        | confirm | confirm the subscription of |
        | end     | unsubscribe                 |

    Scenario: An incident is told once more to the active subscribers of a tenant
      Given Nina owns the tenant "Nimbus"
      And Nina has subscribed "ann" to all incidents
      And Nina has confirmed the subscription of "ann"
      And Nina has subscribed "bob" to all incidents
      And Oscar manages the status page for "Nimbus"
      When Oscar tells "Nimbus" the newest incident again as major
      Then the request should succeed
      And "ann" should have got the newest incident by mail
      But "bob" should have got no incident

    Scenario Outline: Who subscribed to <wanted> incidents <hears> when one is repeated as <told>
      Given Nina owns the tenant "Nimbus"
      And Nina has subscribed "ann" to <wanted> incidents
      And Nina has confirmed the subscription of "ann"
      And Nina has subscribed "bob" to all incidents
      And Nina has confirmed the subscription of "bob"
      And Oscar manages the status page for "Nimbus"
      When Oscar tells "Nimbus" the newest incident again as <told>
      Then the request should succeed
      And exactly <count> should have been told

      Examples: Severities
        | wanted      | told        | hears         | count         |
        | all         | maintenance | hears of it   | 2 subscribers |
        | major       | maintenance | hears nothing | 1 subscriber  |
        | maintenance | maintenance | hears of it   | 2 subscribers |
        | maintenance | major       | hears nothing | 1 subscriber  |

    Scenario: A webhook is told of an incident in a signed message
      Given webhooks can be read where they arrive
      And Nina owns the tenant "Nimbus"
      And Oscar manages the status page for "Nimbus"
      And Oscar has subscribed the webhook "alerts" to all incidents
      And a visitor has confirmed the webhook of "alerts"
      When Oscar tells "Nimbus" the newest incident again as major
      Then the request should succeed
      And the webhook "alerts" should have got the newest incident signed with its secret

    Scenario: An incident that never was cannot be told again
      When Olga tries to tell an incident again that never was
      Then the request should be refused as not found
