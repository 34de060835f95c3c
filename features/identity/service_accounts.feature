@service_accounts
Feature: Service accounts
  Machines act for a tenant with tokens of their own. Each account gets what its entry in the
  catalog grants and no more, and an admin sees every token and takes back what is not needed.

  Background:
    Given the tenant "Nimbus" has these people
      | person | role   |
      | Nina   | owner  |
      | Max    | member |

  Rule: A pipeline gets what the catalog grants

    Scenario: A pipeline is issued a token for one tenant
      When the pipeline asks for a token of "analytics-batch" that may "read conversations"
      Then the request should succeed
      And the token should be of "analytics-batch" and may "read conversations"
      And Nina should find the active token of "analytics-batch"

    Scenario: Asking again brings the same token
      Given the pipeline has a token of "billing-worker" that may "read the bills"
      When the pipeline asks for a token of "billing-worker" that may "read the bills"
      Then the request should succeed
      And the token should be the same as before

    Scenario: A token can be replaced at once
      Given the pipeline has a token of "synthetic-monitor" that may "read the tools"
      When the pipeline insists on another token of "synthetic-monitor" that may "read the tools"
      Then the request should succeed
      And the token should be another one than before
      And Nina should find the token of before revoked, because it was "replaced"

    @contract
    Scenario: Tokens are listed page by page
      Given the pipeline has a token of "synthetic-monitor" that may "read the tools"
      And the pipeline has a token of "billing-worker" that may "read the bills"
      When Nina lists the tokens of service accounts, one a page, and turns to the second page
      Then the request should succeed
      And Nina should see 1 token of 2 at least

    Scenario: An account of no tenant is issued a token for none
      When the pipeline asks for a token of "demo-bot" that may "write in chats"
      Then the request should succeed
      And the token should be of "demo-bot" and may "write in chats"

    Scenario: What a machine renews itself with does not open a person's account
      Given the pipeline has a token of "synthetic-monitor" that may "read the tools"
      When the machine tries to open the profile with it
      Then the request should be refused as not signed in

    Scenario Outline: A pipeline is not issued <what>
      When the pipeline tries to ask for <what>
      Then the request should be refused as malformed
      And the reason should be "<reason>"
      But Nina should find no token of a machine

      Examples: What the catalog does not grant
        | what                                  | reason                                                                    |
        | a token of an account nobody defined  | Service account 'nobody' is not defined.                                  |
        | a token that may do more than granted | Unsupported scopes requested: billing:manage                              |
        | a token that may do nothing           | At least one scope must be requested.                                     |
        | a token that lives too long           | Requested lifetime 1441 exceeds max 1440 for account 'synthetic-monitor'. |
        | a console's token that lives too long | Requested lifetime 10081 exceeds max 10080 for account 'support-console'. |
        | a batch's token that lives too long   | Requested lifetime 43201 exceeds max 43200 for account 'analytics-batch'. |
        | a tenant's token for no tenant        | Service account 'analytics-batch' requires a tenant identifier.           |
        | a token of no tenant for a tenant     | Service account 'support-console' does not accept tenant identifiers.     |

    Scenario Outline: Nobody is issued a token with <credential>
      When somebody tries to ask for a token with <credential>
      Then the request should be refused as <outcome>
      But Nina should find no token of a machine

      Examples: What is no pipeline's credential
        | credential                     | outcome       |
        | a credential nobody signed     | not signed in |
        | another kind of credential     | not signed in |
        | a credential of a closed vault | unavailable   |
        | no credential                  | invalid       |

  Rule: An admin issues tokens for their own tenant

    Scenario: An owner issues a token and says why
      When Nina issues a token for their tenant
      Then the request should succeed
      And the token should be of "billing-worker" and may "read the bills"
      And Nina should find the active token of "billing-worker"

    Scenario Outline: <person> issues no token <how>
      When <person> tries to issue a token <how>
      Then the request should be refused as <outcome>
      But Nina should find no token of a machine

      Examples: Who may not, and what may not be
        | person | how                   | outcome     |
        | Max    | for their tenant      | not allowed |
        | Nina   | for Brian's tenant    | not allowed |
        | Nina   | without a good reason | invalid     |

  Rule: An admin sees the tokens of their tenant and takes them back

    Scenario: A token that was taken back is listed with the reason
      Given the pipeline has a token of "analytics-batch" that may "read conversations"
      When Nina takes the token back
      Then the request should succeed
      And Nina should find the token of before revoked, because it was "no longer needed"

    Scenario: An operator who takes a token back has to say why
      Given the pipeline has a token of "demo-bot" that may "write in chats"
      And Otto operates the platform as a member of the new tenant "Support"
      When Otto tries to take the token back without saying why
      Then the request should be refused as malformed
      But the token should still be in force for "demo-bot" that may "write in chats"

    Scenario: The tokens that people sign in with are nobody's business
      Given Max has signed in on the phone
      When Nina looks through the tokens
      Then the request should succeed
      And no token of a person should be listed

    Scenario: A tenant does not see the tokens of another one
      Given the pipeline has a token of "billing-worker" that may "read the bills"
      When Brian looks through the tokens
      Then the request should succeed
      And the token should not be listed

    Scenario: A tenant does not ask for the tokens of another one
      When Brian tries to look through the tokens of another tenant
      Then the request should be refused as not allowed

    Scenario: A tenant does not take back the token of another one
      Given the pipeline has a token of "analytics-batch" that may "read conversations"
      When Brian tries to take the token back
      Then the request should be refused as not found
      But Nina should find the active token of "analytics-batch"

    Scenario: A member takes back nothing
      Given the pipeline has a token of "synthetic-monitor" that may "read the tools"
      When Max tries to take the token back
      Then the request should be refused as not allowed
      But Nina should find the active token of "synthetic-monitor"

    Scenario: A token that nobody issued is not taken back
      When Nina tries to take back a token that nobody issued
      Then the request should be refused as not found
