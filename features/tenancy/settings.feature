Feature: The settings of a tenant
  Admins say whom to bill, where to send events and what is switched on.
  Whoever saves names the version that they read, so that nobody undoes another's work unseen.

  Background:
    Given Nina owns the tenant "Nimbus"

  Scenario Outline: Settings with <contents> are kept
    When Nina saves settings with <contents>
    Then the request should succeed
    And the settings should hold <contents>, saved once
    And Nina should find settings with <contents>, saved once

    Examples: What settings consist of
      | contents                   |
      | a contact for bills        |
      | a place for billing events |
      | notes on the plan          |
      | switches of its own        |
      | everything                 |

  Scenario: What newer settings leave out is gone
    Given Nina has saved settings with everything
    When Nina saves settings with notes on the plan
    Then the request should succeed
    And Nina should find settings with notes on the plan, saved twice

  @contract
  Scenario Outline: Settings are saved for whoever names <naming>
    Given Nina has saved settings with notes on the plan
    When Nina saves settings with switches of its own, naming <naming>
    Then the request should succeed
    And Nina should find settings with switches of its own, saved twice

    Examples: Ways to name what was read
      | naming                      |
      | the version as it was given |
      | the bare version            |
      | the version as a weak one   |

  Scenario Outline: Settings are not saved for whoever names <naming>
    Given Nina has saved settings with notes on the plan
    When Nina tries to save settings with everything, naming <naming>
    Then the request should be refused as <outcome>
    And Nina should find settings with notes on the plan, saved once

    Examples: Versions that are not the present one
      | naming             | outcome     |
      | the version before | conflicting |
      | a version to come  | conflicting |

    @contract
    Examples: What is no version
      | naming                   | outcome   |
      | any version              | malformed |
      | a version below zero     | malformed |
      | a version that is a word | malformed |

  Scenario: Settings are not saved for whoever names no version
    Given Nina has saved settings with notes on the plan
    When Nina tries to save settings with everything, naming no version
    Then the request should be refused as lacking a version
    And Nina should find settings with notes on the plan, saved once

  @contract
  Scenario Outline: Settings with <contents> are refused
    Given Nina has saved settings with notes on the plan
    When Nina tries to save settings with <contents>
    Then the request should be refused as invalid
    And Nina should find settings with notes on the plan, saved once

    Examples: What settings cannot be
      | contents                                |
      | a contact without an address            |
      | a contact at a place that is no address |
      | a contact without a name                |
      | a place for billing events that is none |
      | a switch that is neither on nor off     |
      | an unknown part                         |

  Scenario: The settings of one tenant are not those of another
    Given Walter owns the new tenant "Stratus"
    When Nina saves settings with everything
    Then the request should succeed
    And Walter should find settings with nothing, never saved

  @billing
  Scenario: The operators' switches are not for the tenant to turn
    When Nina saves settings with a switch of the operators
    Then the request should succeed
    And Nina should find settings with nothing, saved once
    And Nina should find her billing switched on

  @billing
  Scenario: What the operator switched off shows among the switches
    Given Olga has switched billing off for "Nimbus"
    When Nina saves settings with nothing
    Then the request should succeed
    And Nina should find billing switched off among the switches, saved once
