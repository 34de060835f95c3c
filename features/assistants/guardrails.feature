Feature: Guardrails
  Guardrails keep agents within bounds. People can look up what each of them checks,
  and which of them a preset switches on.

  Scenario Outline: The <kind> are listed
    Given Alice knows the first of the <kind>
    When Alice lists the <kind>
    Then the request should succeed
    And every entry of the <kind> should have a name and a description

    Examples: What can be looked up
      | kind              |
      | guardrails        |
      | guardrail presets |

  Scenario Outline: An entry of the <kind> is described as in the list
    Given Vera knows the first of the <kind>
    When Vera opens that entry of the <kind>
    Then the request should succeed
    And it should be described as in the list of <kind>

    Examples: What can be looked up
      | kind              |
      | guardrails        |
      | guardrail presets |

  Scenario: People choose between little and much protection
    Given Vera knows the first of the guardrail presets
    When Vera lists the guardrail presets
    Then the request should succeed
    And "minimal" should be among the guardrail presets
    And "strict" should be among the guardrail presets

  Scenario: A preset consists of guardrails from the catalog
    Given Vera knows the first of the guardrail presets
    When Vera opens that entry of the guardrail presets
    Then the request should succeed
    And each of its guardrails should be in the catalog

  Scenario Outline: An entry of the <kind> that nobody made is not found
    When Vera tries to open "no_such_thing" of the <kind>
    Then the request should be refused as not found

    Examples: What can be looked up
      | kind              |
      | guardrails        |
      | guardrail presets |
