@status_subscriptions
Feature: Status subscriptions
  Whoever wants to hear of incidents subscribes without an account.
  Nobody hears anything before they have confirmed that they want to.

  Scenario: Anybody can subscribe by e-mail
    When a visitor subscribes "ann" to major incidents
    Then the request should succeed
    And the subscription of "ann" should be nobody's and still to be confirmed

  Scenario: A signed-in subscriber is noted with their tenant
    When Alice subscribes "ann" to all incidents
    Then the request should succeed
    And the subscription of "ann" should be Alice's and still to be confirmed

  @smoke
  Scenario: A confirmed subscription is active
    Given a visitor has subscribed "ann" to major incidents
    When a visitor confirms the subscription of "ann"
    Then the request should succeed
    And the subscription of "ann" should be active

  Scenario: A confirmation works once
    Given a visitor has subscribed "ann" to major incidents
    And a visitor has confirmed the subscription of "ann"
    When a visitor tries to confirm the subscription of "ann"
    Then the request should be refused as not found

  Scenario: An address that hears of incidents already cannot subscribe again
    Given a visitor has subscribed "ann" to major incidents
    And a visitor has confirmed the subscription of "ann"
    When a visitor tries to subscribe "ann" to major incidents
    Then the request should be refused as conflicting

  @contract
  Scenario Outline: <who> subscribes beside somebody else
    Given a visitor has subscribed "mia" to major incidents
    And a visitor has confirmed the subscription of "mia"
    And a visitor has subscribed "<who>" to major incidents
    When a visitor confirms the subscription of "<who>"
    Then the request should succeed
    And the subscription of "<who>" should be active

    Examples: Before and behind in the alphabet
      | who |
      | ann |
      | zoe |

  Scenario: Whoever unsubscribed may subscribe again
    Given a visitor has subscribed "ann" to major incidents
    And a visitor has confirmed the subscription of "ann"
    And a visitor has unsubscribed "ann"
    When a visitor subscribes "ann" to major incidents
    Then the request should succeed
    And the subscription of "ann" should be nobody's and still to be confirmed

  Scenario: The link in the mail ends the subscription
    Given a visitor has subscribed "ann" to major incidents
    And a visitor has confirmed the subscription of "ann"
    And Olga manages the status page
    When a visitor unsubscribes "ann"
    Then the request should succeed
    And Olga should find the subscription of "ann" ended

  Scenario: An ended subscription cannot be confirmed
    Given a visitor has subscribed "ann" to major incidents
    And a visitor has unsubscribed "ann"
    When a visitor tries to confirm the subscription of "ann"
    Then the request should be refused as not found

  Scenario Outline: A made-up token does not <deed>
    Given a visitor has subscribed "ann" to major incidents
    When a visitor tries to <purpose> "ann" with a made-up token
    Then the request should be refused as not found

    Examples: What tokens are for
      | deed                   | purpose                     |
      | confirm a subscription | confirm the subscription of |
      | confirm a webhook      | confirm the webhook of      |
      | unsubscribe anybody    | unsubscribe                 |

  Scenario: The link in somebody else's mail ends no subscription
    Given a visitor has subscribed "ann" to major incidents
    And a visitor has subscribed "bob" to major incidents
    When a visitor tries to unsubscribe "ann" with the token of "bob"
    Then the request should be refused as malformed
    But a visitor should be able to confirm the subscription of "ann"

  Scenario: Incidents are not sent to the address "ann"
    When a visitor tries to subscribe the address "ann" to major incidents
    Then the request should be refused as malformed

  Scenario Outline: Incidents are not sent to <target>
    Given Olga manages the status page
    When Olga tries to subscribe <target> to major incidents
    Then the request should be refused as malformed

    Examples: Where nothing can be sent
      | target                         |
      | the insecure webhook           |
      | the webhook within the network |

  Scenario Outline: It is not for <person> to subscribe a webhook
    When <person> tries to subscribe the webhook "alerts" to all incidents
    Then the request should be refused as <outcome>

    Examples: Who does not manage subscriptions
      | person    | outcome       |
      | Alice     | not allowed   |
      | a visitor | not signed in |

  Scenario: A webhook is subscribed with a secret that signs what it gets
    Given webhooks can be read where they arrive
    When Olga subscribes the webhook "alerts" to all incidents
    Then the request should succeed
    And the webhook "alerts" should have got a challenge signed with its secret

  @smoke
  Scenario: A webhook that answers its challenge is active
    Given webhooks can be read where they arrive
    And Olga has subscribed the webhook "alerts" to all incidents
    When a visitor confirms the webhook of "alerts"
    Then the request should succeed
    And the subscription of "alerts" should be active
