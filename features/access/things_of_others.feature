Feature: Things of another tenant
  Whoever knows what a thing is called still cannot reach it from another tenant:
  whatever can be done with it is refused, and it stays as it was.

  Scenario Outline: A <thing> is out of reach for other tenants
    Given Nina of another tenant has a <thing>
    When Brian tries everything that can be done with that <thing>
    Then no attempt should get anywhere
    And that <thing> should be unchanged for Nina

    Examples: Who belongs and who is signed in
      | thing           |
      | member          |
      | team invitation |
      | session         |
      | deed            |
      | conversation    |

    @auth_mfa
    Examples: Second factors
      | thing         |
      | second factor |

    @service_accounts
    Examples: Service accounts
      | thing                   |
      | service account's token |

    @ai
    Examples: Workflows
      | thing        |
      | workflow run |

    @storage
    Examples: Files
      | thing       |
      | stored file |

    @assets
    Examples: Assets
      | thing           |
      | generated asset |

    @vector @provider
    Examples: What agents search
      | thing        |
      | vector store |

    @containers @provider
    Examples: Where agents run code
      | thing     |
      | container |

    @billing
    Examples: Money
      | thing        |
      | subscription |
