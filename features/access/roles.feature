Feature: Roles
  A role allows what it says and nothing more: viewers look, members work, admins run the tenant.
  Whoever has a lower role is refused, and is refused before anything else is looked at.

  Scenario Outline: Only a member may <action>
    When everybody below a member attempts to <action>
    Then each of them should be refused as not allowed

    Examples: Assistants and conversations: what only a member may do
      | action                       |
      | chat with an agent           |
      | follow an agent's reply      |
      | rename a conversation        |
      | delete a message             |
      | run a workflow               |
      | run a workflow and follow it |
      | cancel a workflow run        |

    Examples: Files and what agents know: what only a member may do
      | action                    |
      | store a file for an agent |

  Scenario Outline: Only an admin may <action>
    When everybody below an admin attempts to <action>
    Then each of them should be refused as not allowed

    Examples: A tenant's workspace: what only an admin may do
      | action                       |
      | read the tenant's account    |
      | rename the tenant            |
      | read the tenant's settings   |
      | change the tenant's settings |
      | list the members             |
      | add a member                 |
      | change a member's role       |
      | remove a member              |
      | list the team invitations    |
      | invite somebody to the team  |
      | revoke a team invitation     |
      | read the activity feed       |
      | follow the activity feed     |
      | mark the whole feed as read  |
      | mark an activity as read     |
      | dismiss an activity          |

    Examples: People's own accounts: what only an admin may do
      | action                            |
      | reset a member's password         |
      | issue a service account's token   |
      | list the service accounts' tokens |
      | revoke a service account's token  |

    Examples: Assistants and conversations: what only an admin may do
      | action                         |
      | change a conversation's memory |
      | delete a conversation          |
      | delete a workflow run          |

    Examples: Files and what agents know: what only an admin may do
      | action                                 |
      | store a file                           |
      | delete a stored file                   |
      | delete an asset                        |
      | create a vector store                  |
      | delete a vector store                  |
      | bind an agent to a vector store        |
      | free an agent from a vector store      |
      | attach a file to a vector store        |
      | attach a stored file to a vector store |
      | remove a file from a vector store      |
      | create a container                     |
      | delete a container                     |
      | assign a container to an agent         |
      | free an agent from its container       |

    Examples: Money: what only an admin may do
      | action                  |
      | start a subscription    |
      | change the subscription |
      | change the plan         |
      | cancel the subscription |
      | open the billing portal |
      | list the cards          |
      | prepare a card          |
      | choose the default card |
      | remove a card           |
      | report metered usage    |

  Scenario Outline: Only an operator may <action>
    When everybody below an operator attempts to <action>
    Then each of them should be refused as not allowed

    Examples: The platform's operation: what only an operator may do
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
