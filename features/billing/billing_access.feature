@billing
Feature: Who decides about billing
  Everybody in a tenant may see what it pays for; administrators alone decide about it.
  Whoever may not, changes nothing by trying.

  Scenario Outline: A viewer sees the same <part> as the owner
    When Vera <looks> of Alice's tenant
    Then the request should succeed
    And Alice should see the same

    Examples: What everybody in the tenant may see
      | part           | looks                 |
      | subscription   | sees the subscription |
      | coming invoice | previews the invoice  |
      | invoices       | sees the invoices     |
      | usage          | sees the usage        |
      | history        | sees the history      |

  Scenario Outline: <person> cannot <deed> where an administrator decides
    Given the billing of Alice's tenant is known
    When <person> tries to <deed> of Alice's tenant
    Then the request should be refused as not allowed
    And the reason should be "Insufficient tenant privileges for this operation."
    And the billing of Alice's tenant should be as it was

    Examples: What a member and a viewer leave alone
      | person | deed                    |
      | Dave   | start a subscription    |
      | Dave   | change the seats        |
      | Dave   | change the plan         |
      | Dave   | cancel the subscription |
      | Vera   | open the portal         |
      | Dave   | see the cards           |
      | Vera   | prepare a card          |
      | Dave   | choose the card         |
      | Dave   | remove the card         |
      | Vera   | record usage            |

  @contract
  Scenario Outline: Nobody can <deed> of a tenant that is not theirs
    Given the billing of Alice's tenant is known
    When Brian tries to <deed> of Alice's tenant
    Then the request should be refused as not allowed
    And the reason should be "Tenant mismatch between request and credentials."
    And the billing of Alice's tenant should be as it was

    Examples: What only its own people may do
      | deed                    |
      | see the subscription    |
      | start a subscription    |
      | change the seats        |
      | change the plan         |
      | cancel the subscription |
      | open the portal         |
      | see the cards           |
      | prepare a card          |
      | choose the card         |
      | remove the card         |
      | preview the invoice     |
      | see the invoices        |
      | see one invoice         |
      | record usage            |
      | see the usage           |
      | see the history         |

  @contract
  Scenario Outline: Where billing is off, nobody can <deed>
    Given Nina owns the tenant "Nimbus" on the plan "pro"
    And Olga has switched billing off for "Nimbus"
    When Nina tries to <deed> of Nina's tenant
    Then the request should be refused as not allowed
    And the reason should be "billing feature is disabled for this tenant."

    Examples: One of each kind
      | deed                    |
      | see the subscription    |
      | cancel the subscription |
      | see the invoices        |
      | record usage            |

  @contract
  Scenario Outline: A tenant that never subscribed cannot <deed>
    Given Nina owns the tenant "Nimbus"
    When Nina tries to <deed> of Nina's tenant
    Then the request should be refused as not found
    And Nina should have no subscription

    Examples: What needs a subscription
      | deed                    |
      | see the subscription    |
      | change the seats        |
      | change the plan         |
      | cancel the subscription |
      | preview the invoice     |
      | record usage            |
