@auth_sso @provider
Feature: Single sign-on
  People of a tenant sign in with the account they have at work. The service believes the
  provider only what is signed, fresh and meant for this very sign-in.

  Rule: A tenant says which providers it trusts

    Scenario: The sign-in page of a tenant offers its providers
      When a visitor looks at the providers of Alice's tenant
      Then the request should succeed
      And the tenant should offer Google alone

    Scenario: A tenant without a provider offers none
      When a visitor looks at the providers of Brian's tenant
      Then the request should succeed
      And the tenant should offer no provider

    @contract
    Scenario: Nobody is sent to a provider that the tenant does not trust
      When Vera tries to set out for Google to get into Brian's tenant
      Then the request should be refused as not allowed

    @contract
    Scenario: Nobody is sent to a provider of two tenants at once
      When Vera tries to set out for Google to get into two tenants at once
      Then the request should be refused as malformed

    @contract
    Scenario Outline: A sign-in page for <tenant> offers nothing
      When a visitor tries to look at the providers of <tenant>
      Then the request should be refused as <outcome>

      Examples: What is not one tenant
        | tenant                       | outcome     |
        | no tenant                    | malformed   |
        | two tenants at once          | malformed   |
        | a tenant by no id at all     | malformed   |
        | a tenant that does not exist | conflicting |

  Rule: The provider is told what it needs to know

    Scenario: A sign-in starts at the provider and looks like no other
      Given Dave has set out for Google to sign in
      When Vera sets out for Google to sign in
      Then the request should succeed
      And the provider should be asked for Vera, with a state, a nonce and a challenge
      And the state, the nonce and the challenge should be others than those of Dave before

  Rule: Who comes back from the provider is signed in

    @smoke
    Scenario: A member comes back from the provider and is signed in
      Given Alice has signed in at Google
      When Alice comes back from Google
      Then the request should succeed
      And the session should be Alice's
      And Alice's sign-in at Google should be good for nothing more

    @contract
    Scenario Outline: <person> comes back with the rights of <role> and no others
      Given <person> has signed in at Google
      When <person> comes back from Google
      Then the request should succeed
      And the session should be <person>'s

      Examples: Everybody with a role of their own
        | person | role     |
        | Adam   | an admin |
        | Dave   | a member |
        | Vera   | a viewer |

    Scenario: Somebody new from the tenant's own domain joins as a member
      Given Newton of the tenant's own domain has signed in at Google
      When Newton comes back from Google
      Then the request should succeed
      And Alice should find the member Newton

    Scenario: A stranger is turned away
      Given Stranger of another domain has signed in at Google
      When Stranger tries to come back from Google
      Then the request should be refused as not allowed
      But Alice should find no member Stranger

  Rule: What the provider says is not taken on trust

    Scenario: A sign-in that nobody started does not count
      When Vera tries to come back from Google with a made-up state
      Then the request should be refused as malformed

    Scenario: A sign-in at one provider does not count for another
      Given Vera has signed in at Google
      When Vera tries to come back from another provider
      Then the request should be refused as malformed

    Scenario: A code that the provider does not know opens nothing
      Given Vera has signed in at Google
      When Vera tries to come back from Google with a made-up code
      Then the request should be refused as unavailable

    Scenario Outline: An identity that is <flaw> opens nothing
      Given Vera has signed in at Google, which says something that is <flaw>
      When Vera tries to come back from Google
      Then the request should be refused as <outcome>

      Examples: What a provider or somebody in between may get wrong
        | flaw                | outcome       |
        | expired             | not signed in |
        | forged              | not signed in |
        | for another service | not signed in |
        | of another provider | not signed in |
        | of another sign-in  | malformed     |
