Feature: Activity feed
  A tenant's administrators see who did what, to what and how it ended.
  They find it quickly, and only what is their own.

  Scenario: A sign-in stands in the feed
    Given Alice is signed in
    When Alice narrows the activity to the sign-ins of Alice
    Then the request should succeed
    And all of it should be that Alice signed in

  Rule: Admins follow what the people of their tenant do

    Background:
      Given the new tenant "Nimbus" has these people
        | person | role  |
        | Nina   | owner |
        | Omar   | admin |
      And Nina is signed in

    Scenario: What people do stands in the feed, the newest first
      Given Omar is signed in
      When Nina looks at the activity
      Then the request should succeed
      And the activity should be
        | who  | what      | outcome |
        | Omar | signed in | success |
        | Nina | signed in | success |
      And every deed should say by which program and, in disguise, from where it was done

    @storage
    Scenario: A deed names its actor and its object
      Given Nina has announced and withdrawn the upload "invoice.txt"
      When Nina looks at the activity
      Then the request should succeed
      And the newest activity should name Nina and the withdrawn upload "invoice.txt"

    @contract
    Scenario Outline: The feed tells who wanted to <deed>
      When Omar <does>
      Then the request should succeed
      And Nina should be told once that it was Omar who wanted to <deed>

      Examples: What concerns the account
        | deed                | does                 |
        | sign out            | signs out            |
        | change the password | changes the password |
        | rename the tenant   | renames the tenant   |

      @ai
      Examples: What concerns conversations and workflows
        | deed                        | does                         |
        | begin a conversation        | begins a conversation        |
        | give a conversation a title | gives a conversation a title |
        | delete a conversation       | deletes a conversation       |
        | run a workflow              | runs a workflow              |
        | delete a run                | deletes a run                |

      @service_accounts
      Examples: What concerns machines
        | deed                              | does                               |
        | ask for a service account's token | asks for a service account's token |
        | revoke a service account's token  | revokes a service account's token  |

      @containers @provider
      Examples: What concerns containers
        | deed               | does                |
        | create a container | creates a container |

    Scenario: A failed sign-in is told as a failure
      Given somebody has tried to sign in as Omar with a wrong password
      When Nina looks at the activity
      Then the request should succeed
      And the activity should be
        | who  | what              | outcome |
        | Omar | failed to sign in | failure |
        | Nina | signed in         | success |

    Scenario Outline: The feed can be narrowed to <narrowing>
      Given Omar is signed in
      And somebody has tried to sign in as Omar with a wrong password
      When Nina narrows the activity to <narrowing>
      Then the request should succeed
      And the activity should be <events>

      Examples: What people look for
        | narrowing               | events                                                          |
        | the action of a sign-in | "Omar signed in" and "Nina signed in"                           |
        | the deeds of Omar       | "Omar failed to sign in" and "Omar signed in"                   |
        | failures                | "Omar failed to sign in"                                        |
        | files                   | nothing                                                         |
        | the last hour           | "Omar failed to sign in", "Omar signed in" and "Nina signed in" |
        | before the last hour    | nothing                                                         |

    Scenario: The pages of the feed hold every deed once
      Given Omar is signed in
      And somebody has tried to sign in as Omar with a wrong password
      When Nina reads the activity 2 at a time
      Then the request should succeed
      And the pages should together be the whole activity

    Scenario: A page of the feed that does not exist is refused
      When Nina tries to look at a page of the activity that does not exist
      Then the request should be refused as malformed

    Scenario Outline: The feed is closed to <person>
      When <person> tries to look at the activity
      Then the request should be refused as <outcome>

      Examples: Who sees no feed
        | person    | outcome       |
        | Dave      | not allowed   |
        | Vera      | not allowed   |
        | a visitor | not signed in |
