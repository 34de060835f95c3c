Feature: Tokens
  Every request carries a signed token that says who asks. A token that is stale, meant for
  something else or made up opens nothing, however good the rest of it looks.

  Scenario: A token signed by the service opens the account of its person
    Given Vera holds a token that is as good as her own
    When Vera opens the profile
    Then the request should succeed
    And the profile should be Vera's

  Scenario: Without a token there is no account
    When a visitor tries to open the profile
    Then the request should be refused as not signed in
    And the reason should be "Not authenticated"

  @contract
  Scenario Outline: A token that is <flaw> opens nothing
    Given Vera holds a token that is <flaw>
    When Vera tries to open the profile
    Then the request should be refused as not signed in
    And the reason should be "Could not validate credentials"

    Examples: Made up by somebody without the service's key
      | flaw                                           |
      | not signed at all                              |
      | signed with a key that nobody published        |
      | signed with another key under a published name |
      | signed with the public key as a shared secret  |
      | promoted by hand                               |
      | no token at all                                |

    Examples: Signed with the service's key and yet wrong
      | flaw                                    |
      | expired                                 |
      | not valid yet                           |
      | meant for another audience              |
      | from another issuer                     |
      | without an end                          |
      | without a beginning                     |
      | named after a key that nobody published |

  @contract
  Scenario Outline: A genuine token that is <flaw> opens no account
    Given Vera holds a token that is <flaw>
    When Vera tries to open the profile
    Then the request should be refused as not signed in

    Examples: Signed with the service's key for something else
      | flaw                     |
      | made out to a machine    |
      | made out to nobody       |
      | meant to renew a session |

  Scenario: What renews a session does not open the account
    Given Vera holds the token that renews her session
    When Vera tries to open the profile
    Then the request should be refused as not signed in
    And the reason should be "Could not validate credentials"
