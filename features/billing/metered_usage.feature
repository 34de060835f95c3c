@billing
Feature: Metered usage
  What is charged by use is counted exactly: nothing is lost, and nothing is counted twice.
  Everybody in the tenant can add it up.

  Rule: Usage counts exactly once

    Background:
      Given Nina owns the new tenant "Nimbus" on the plan "pro"
      And Nina has recorded this usage
        | feature | quantity | month   | key   |
        | mails   | 3        | January | first |

    Scenario: Recorded usage moves the total by exactly as much
      When Nina records this usage
        | feature | quantity | month    |
        | mails   | 4        | February |
      Then the request should succeed
      And Nina's metered usage should be
        | feature | quantity | unit  | during              |
        | mails   | 7        | units | January to February |

    Scenario: Usage that is reported twice counts once
      When Nina records this usage
        | feature | quantity | month   | key   |
        | mails   | 3        | January | first |
      Then the request should succeed
      And Nina's metered usage should be
        | feature | quantity | unit  | during  |
        | mails   | 3        | units | January |

    Scenario: Usage without a month counts for now
      When Nina records this usage
        | feature | quantity | key    |
        | scans   | 2        | second |
      Then the request should succeed
      And Nina's metered usage should be
        | feature | quantity | unit  | during  |
        | mails   | 3        | units | January |
        | scans   | 2        | units | now     |

    @contract
    Scenario Outline: Usage of <mistake> is refused
      When Nina tries to record this usage
        | feature | quantity   | month   |
        | mails   | <quantity> | January |
      Then the request should be refused as invalid
      But Nina's metered usage should be
        | feature | quantity | unit  | during  |
        | mails   | 3        | units | January |

      Examples: What cannot have been used
        | mistake        | quantity |
        | nothing at all | 0        |
        | less than none | -2       |

  Rule: Totals can be narrowed

    Background:
      Given Nina owns the new tenant "Nimbus" on the plan "pro"
      And Nina has recorded this usage
        | feature | quantity | month    |
        | mails   | 3        | January  |
        | mails   | 4        | February |
        | scans   | 5        | March    |

    Scenario: Every feature has a total of its own
      When Nina adds up the metered usage
      Then the request should succeed
      And the metered usage should be
        | feature | quantity | unit  | during              |
        | mails   | 7        | units | January to February |
        | scans   | 5        | units | March               |

    Scenario: The total of one feature can be asked for alone
      When Nina adds up the metered usage of scans
      Then the request should succeed
      And the metered usage should be
        | feature | quantity | unit  | during |
        | scans   | 5        | units | March  |

    @contract
    Scenario: The total of one month leaves out the others
      When Nina adds up the metered usage of February
      Then the request should succeed
      And the metered usage should be
        | feature | quantity | unit  |
        | mails   | 4        | units |

  Rule: Only subscribers use what is charged

    @contract
    Scenario: A tenant without a subscription cannot record usage
      Given Nina owns the new tenant "Nimbus"
      When Nina tries to record this usage
        | feature | quantity | month   |
        | mails   | 3        | January |
      Then the request should be refused as not found
      But Nina should have no metered usage
