@auth_signup
Feature: Requests for access
  Whoever is not let in at once may ask. An operator decides, once, and nobody else
  sees who has asked.

  Rule: Asking is easy for people and useless for robots

    Scenario: A request for access waits for an operator
      When Quentin asks for access for "Quince Labs"
      Then the request should succeed
      And Olga should find the pending request of Quentin for "Quince Labs"

    Scenario: A request that only a robot would send is thrown away
      When Quentin asks for access for "Quince Labs" as a robot would
      Then the request should succeed
      But Olga should find no request of Quentin

    Scenario Outline: Nobody asks for access with <flaw>
      When Quentin tries to ask for access for "Quince Labs" with <flaw>
      Then the request should be refused as invalid
      But Olga should find no request of Quentin

      Examples: What the form does not take
        | flaw                          |
        | the terms not agreed to       |
        | a name of one letter          |
        | an organization of one letter |
        | a message without end         |

    @contract
    Scenario: Requests for access come page by page
      Given Quentin has asked for access for "Quince Labs"
      And Quest has asked for access for "Quest Travel"
      When Olga lists the requests for access, one a page, and turns to the second page
      Then the request should succeed
      And Olga should find the pending request of Quest for "Quest Travel"

    Scenario: One place may not pile up requests
      Given as many requests for access as are allowed wait from one place
      When Quest tries to ask for access for "Quest Travel"
      Then the request should be refused as too many
      But Olga should find no request of Quest

    @contract
    Scenario: Requests that wait from one place keep nobody elsewhere from asking
      Given as many requests for access as are allowed wait from one place
      When Quest asks for access for "Quest Travel" from another place
      Then the request should succeed
      And Olga should find the pending request of Quest for "Quest Travel"

  Rule: An operator decides once

    Background:
      Given Quentin has asked for access for "Quince Labs"

    @smoke
    Scenario: Who is approved gets an invitation of their own
      When Olga approves the request of Quentin
      Then the request should succeed
      And the decision should bring an invitation for Quentin
      And Olga should find the approved request of Quentin for "Quince Labs"

    @smoke
    Scenario: Who is rejected gets none
      When Olga rejects the request of Quentin
      Then the request should succeed
      And the decision should bring no invitation
      And Olga should find the rejected request of Quentin for "Quince Labs"

    Scenario: What is decided stays decided
      Given Olga has rejected the request of Quentin
      When Olga tries to approve the request of Quentin
      Then the request should be refused as conflicting
      But Olga should find the rejected request of Quentin for "Quince Labs"

    Scenario: A request that nobody made cannot be approved
      When Olga tries to approve the request of nobody
      Then the request should be refused as not found

    Scenario Outline: An owner of a tenant cannot <action> requests for access
      When Alice tries to <action> the request of Quentin
      Then the request should be refused as not allowed
      But Olga should find the pending request of Quentin for "Quince Labs"

      Examples: What only an operator may do
        | action       |
        | look through |
        | approve      |
        | reject       |
