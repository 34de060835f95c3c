Feature: Acting with less than one's own rights
  People may act with a lower role than they have, to be on the safe side. Nobody acts with
  a higher one, and nobody acts in another tenant than the one they signed in to.

  Scenario Outline: An owner may act as <role> and look at the account of the tenant
    When Alice looks at the account of the tenant, acting as <role>
    Then the request should succeed
    And it should be the account of Alice's tenant

    Examples: Roles that may, and a word that is no role and changes nothing
      | role       |
      | an owner   |
      | an admin   |
      | an emperor |

  Scenario Outline: An owner who acts as <role> has no more rights than that
    When Alice tries to look at the account of the tenant, acting as <role>
    Then the request should be refused as not allowed
    And the reason should be "Insufficient tenant privileges for this operation."

    Examples: Roles that may not
      | role     |
      | a member |
      | a viewer |

  Scenario Outline: <person> does not become <role> by saying so
    When <person> tries to look at the account of the tenant, acting as <role>
    Then the request should be refused as not allowed
    And the reason should be "Requested tenant role exceeds privileges granted by token."

    Examples: Claims to a higher role
      | person | role     |
      | Vera   | an owner |
      | Vera   | a member |
      | Dave   | an admin |
      | Adam   | an owner |

  Scenario: Nobody acts in a tenant they did not sign in to
    When Alice tries to look at the account of the tenant, naming Brian's tenant
    Then the request should be refused as not allowed
