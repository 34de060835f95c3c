Feature: Correlation
  Every answer carries an id and the time it took.
  With it, support finds one request among millions.

  Scenario: No two answers share an id
    When Alice asks the service 5 times who she is
    Then the request should succeed
    And every answer should carry an id of its own and the time it took

  Scenario: The service chooses the id itself
    When Alice asks the service who she is under an id of her own
    Then the request should succeed
    And the answer should carry another id

  Scenario Outline: A refusal carries an id, too, when <case>
    When a visitor tries to <attempt>
    Then the request should be refused as <outcome>
    And every answer should carry an id of its own and the time it took

    Examples: Refusals of every layer
      | case                | attempt                    | outcome       |
      | nobody is signed in | learn who they are         | not signed in |
      | the input is wrong  | sign in without a password | invalid       |
