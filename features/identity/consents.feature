Feature: Consents and notifications
  The service remembers what people agreed to and when, and what they want to hear of.
  Both are theirs alone.

  Background:
    Given the tenant "Nimbus" has these people
      | person | role   |
      | Nina   | owner  |
      | Vito   | viewer |

  Rule: A consent is to one version of one policy

    Scenario: A consent is remembered
      When Vito agrees to version "2" of the "privacy" policy
      Then the request should succeed
      And Vito should have agreed to these policies
        | policy  | version |
        | privacy | 2       |

    Scenario: A consent to another version is another consent
      Given Vito has agreed to version "1" of the "privacy" policy
      When Vito agrees to version "2" of the "privacy" policy
      Then the request should succeed
      And Vito should have agreed to these policies
        | policy  | version |
        | privacy | 1       |
        | privacy | 2       |

    Scenario: Agreeing once more changes nothing
      Given Vito has agreed to version "2" of the "privacy" policy
      When Vito agrees to version "2" of the "privacy" policy
      Then the request should succeed
      And Vito should have agreed to these policies
        | policy  | version |
        | privacy | 2       |

    Scenario: Nobody agrees for somebody else
      Given Vito has agreed to version "2" of the "privacy" policy
      When Nina looks at her consents
      Then the request should succeed
      And the list should be empty

    @contract
    Scenario: A policy has a name of reasonable length
      When Vito tries to agree to a policy with an endless name
      Then the request should be refused as invalid
      But Vito should have agreed to nothing

  Rule: People say what they want to hear of

    Scenario: A preference is remembered
      When Vito wants no "billing" messages by "email"
      Then the request should succeed
      And Vito should have these preferences
        | category | channel | wanted |
        | billing  | email   | no     |

    Scenario: A preference that changes stays the same one
      Given Vito wanted no "billing" messages by "email"
      When Vito wants "billing" messages by "email"
      Then the request should succeed
      And the preference should be the one of before
      And Vito should have these preferences
        | category | channel | wanted |
        | billing  | email   | yes    |

    Scenario: Each channel has a preference of its own
      Given Vito wanted no "billing" messages by "email"
      When Vito wants "billing" messages by "push"
      Then the request should succeed
      And Vito should have these preferences
        | category | channel | wanted |
        | billing  | email   | no     |
        | billing  | push    | yes    |

    Scenario: Nobody sees what somebody else wants to hear of
      Given Vito wanted no "billing" messages by "email"
      When Nina looks at her preferences
      Then the request should succeed
      And the list should be empty

    Scenario: Nobody sets a preference in another tenant
      When Vito tries to set a preference in Brian's tenant
      Then the request should be refused as not allowed
      And the reason should be "Tenant context mismatch for notification preferences."
      But Vito should have no preferences

    @contract
    Scenario: A channel has a name of reasonable length
      When Vito tries to set a preference for an endless channel
      Then the request should be refused as invalid
      But Vito should have no preferences
