Feature: Without signing in
  Whoever does not say who they are gets nothing: no list, no thing, no change.
  What is open to everybody (health, the status page, signing in) is not in these tables.

  Scenario Outline: A visitor may not <action>
    When a visitor attempts to <action>
    Then the request should be refused as not signed in

    @smoke
    Examples: The door of a tenant
      | action                    |
      | read the tenant's account |

    Examples: A tenant's workspace
      | action                               |
      | rename the tenant                    |
      | read the tenant's settings           |
      | change the tenant's settings         |
      | list the members                     |
      | add a member                         |
      | change a member's role               |
      | remove a member                      |
      | read the policy for team invitations |
      | list the team invitations            |
      | invite somebody to the team          |
      | revoke a team invitation             |
      | accept a team invitation             |
      | see which features are on            |
      | read the usage counters              |
      | read the activity feed               |
      | follow the activity feed             |
      | mark the whole feed as read          |
      | mark an activity as read             |
      | dismiss an activity                  |

    Examples: People's own accounts
      | action                              |
      | ask who they are                    |
      | list their sessions                 |
      | end a session                       |
      | sign out                            |
      | sign out everywhere                 |
      | ask for a verification mail         |
      | change their password               |
      | reset a member's password           |
      | list their second factors           |
      | enrol a second factor               |
      | confirm a second factor             |
      | renew their recovery codes          |
      | remove a second factor              |
      | read their profile                  |
      | change their profile                |
      | change their address                |
      | close their account                 |
      | list their consents                 |
      | give a consent                      |
      | list their notification preferences |
      | set a notification preference       |
      | issue a service account's token     |
      | list the service accounts' tokens   |
      | revoke a service account's token    |

    Examples: The platform's operation
      | action                          |
      | list every tenant               |
      | found a tenant                  |
      | look at a tenant                |
      | change a tenant's name          |
      | suspend a tenant                |
      | reactivate a tenant             |
      | take a tenant down              |
      | read a tenant's entitlements    |
      | change a tenant's entitlements  |
      | list the access requests        |
      | approve an access request       |
      | reject an access request        |
      | list the platform invitations   |
      | invite somebody to the platform |
      | revoke a platform invitation    |
      | list the status subscriptions   |
      | announce an incident again      |

    Examples: Assistants and conversations
      | action                         |
      | list the agents                |
      | see how an agent is            |
      | list the tools                 |
      | list the guardrails            |
      | read about a guardrail         |
      | list the guardrail presets     |
      | read about a guardrail preset  |
      | chat with an agent             |
      | follow an agent's reply        |
      | list the conversations         |
      | search the conversations       |
      | read a conversation            |
      | read a conversation's messages |
      | read a conversation's events   |
      | read a conversation's ledger   |
      | replay a conversation's ledger |
      | follow a conversation's title  |
      | rename a conversation          |
      | change a conversation's memory |
      | delete a message               |
      | delete a conversation          |
      | list the workflows             |
      | read about a workflow          |
      | run a workflow                 |
      | run a workflow and follow it   |
      | list the workflow runs         |
      | read a workflow run            |
      | read a workflow run's events   |
      | replay a workflow run          |
      | cancel a workflow run          |
      | delete a workflow run          |

    Examples: Files and what agents know
      | action                                 |
      | list the stored files                  |
      | store a file                           |
      | store a file for an agent              |
      | locate a stored file                   |
      | delete a stored file                   |
      | list the assets                        |
      | ask for thumbnails of assets           |
      | open an asset                          |
      | locate an asset                        |
      | delete an asset                        |
      | list the vector stores                 |
      | create a vector store                  |
      | open a vector store                    |
      | search a vector store                  |
      | delete a vector store                  |
      | bind an agent to a vector store        |
      | free an agent from a vector store      |
      | list the files of a vector store       |
      | attach a file to a vector store        |
      | attach a stored file to a vector store |
      | open a file of a vector store          |
      | remove a file from a vector store      |
      | list the containers                    |
      | create a container                     |
      | open a container                       |
      | delete a container                     |
      | assign a container to an agent         |
      | free an agent from its container       |
      | download a provider's file             |
      | download a file from a container       |

    Examples: Money
      | action                    |
      | read the subscription     |
      | start a subscription      |
      | change the subscription   |
      | change the plan           |
      | cancel the subscription   |
      | open the billing portal   |
      | list the cards            |
      | prepare a card            |
      | choose the default card   |
      | remove a card             |
      | preview the next invoice  |
      | list the invoices         |
      | read an invoice           |
      | report metered usage      |
      | read the usage totals     |
      | read the billing history  |
      | follow the billing events |
