@ai
Feature: Chat
  People ask and agents answer. What was said is kept in a conversation
  that goes on for as long as people come back to it.

  Scenario: A reply is kept in a new conversation
    When Alice asks "What can you do for me?"
    Then the request should succeed
    And the question and the reply should be kept
    And the reply should come from the agent "triage"

  Rule: What was asked is found again, by those who may

    Background:
      Given Nina owns the tenant "Nimbus"

    Scenario: People choose the agent whom they ask
      When Nina asks "Who discovered the moons of Mars?" of the agent "researcher"
      Then the request should succeed
      And the reply should come from the agent "researcher"

    Scenario: Whoever asks for an unknown agent gets the one who answers first
      When Nina asks "Is anybody there?" of the agent "nobody"
      Then the request should succeed
      And the reply should come from the agent "triage"

    Scenario: A conversation goes on where it ended
      Given Nina has asked "What is a moon?" in the conversation "Astronomy"
      When Nina asks "Which planet has most of them?" in the conversation "Astronomy"
      Then the request should succeed
      And the question and the reply should be kept
      And the conversation "Astronomy" should hold 4 messages

    Scenario: A chat is found among the conversations
      Given Nina has asked "What is a moon?" in the conversation "Astronomy"
      When Nina searches the conversations for "moon"
      Then the request should succeed
      And the conversation "Astronomy" should be among them

    Scenario Outline: Messages can be read <order> first, page by page
      Given Nina has asked "What is a moon?" in the conversation "Astronomy"
      And Nina has asked "What is a comet?" in the conversation "Astronomy"
      When Nina reads the messages of "Astronomy" <order> first, 3 at a time
      Then the request should succeed
      And the messages should have come <order> first, each once

      Examples: From either end
        | order  |
        | newest |
        | oldest |

    Scenario: What an agent did is listed with the conversation
      Given Nina has followed the reply to "What is a moon?" in the conversation "Astronomy"
      When Nina lists the events of the conversation "Astronomy"
      Then the request should succeed
      And the events should agree with the conversation "Astronomy"

    @storage
    Scenario: A file goes along with a question
      Given Nina has announced the stored file "plan.txt"
      When Nina asks "What does it say?" with the stored file "plan.txt"
      Then the request should succeed
      And the question should be kept with the stored file "plan.txt"

    @contract
    Scenario Outline: A question with <flaw> is refused
      When Nina tries to ask "What is this?" with <flaw>
      Then the request should be refused as <outcome>
      And the tenant should have 0 conversations

      Examples: What nobody can be asked
        | flaw                      | outcome   |
        | an unknown attachment     | not found |
        | a store without a name    | invalid   |
        | two ways to name a store  | invalid   |
        | an unknown kind of memory | invalid   |
        | no words                  | invalid   |

      @vector
      Examples: What no agent can search
        | flaw                                          | outcome   |
        | an unknown vector store                       | not found |
        | a vector store for an agent who cannot search | malformed |
        | a vector store for an agent who takes no part | malformed |

      @containers
      Examples: Where no agent can run code
        | flaw                                       | outcome   |
        | an unknown container                       | malformed |
        | a container for an agent who runs no code  | malformed |
        | a container for an agent who takes no part | malformed |

    @provider
    Scenario Outline: A question can lend a <thing> to the agent
      Given Nina has the <thing> "Handbook"
      When Nina asks "What does it say?" of the agent "<agent>" with the <thing> "Handbook"
      Then the request should succeed
      And the question and the reply should be kept
      And the reply should come from the agent "<agent>"

      @vector
      Examples: Where agents look things up
        | thing        | agent     |
        | vector store | retriever |

      @containers
      Examples: Where agents run code
        | thing     | agent          |
        | container | code_assistant |

    @provider @contract
    Scenario Outline: Nobody lends a <thing> of another tenant to an agent
      Given Brian has the <thing> "Handbook"
      When Nina tries to ask "What does it say?" of the agent "<agent>" with the <thing> "Handbook"
      Then the request should be refused as <outcome>
      And the tenant should have 0 conversations

      @vector
      Examples: Where agents look things up
        | thing        | agent     | outcome   |
        | vector store | retriever | not found |

      @containers
      Examples: Where agents run code
        | thing     | agent          | outcome   |
        | container | code_assistant | malformed |

    @contract
    Scenario: Nobody continues a conversation of another tenant
      Given Nina has asked "What is a moon?" in the conversation "Astronomy"
      When Brian tries to ask "And what is a star?" in the conversation "Astronomy"
      Then the request should be refused as not found
      And the conversation "Astronomy" should hold 2 messages

    Scenario: A viewer cannot ask
      When Vera tries to ask "What can you do for me?"
      Then the request should be refused as not allowed

  Rule: There is a limit to asking

    Background:
      Given Nina owns the new tenant "Nimbus"

    @contract
    Scenario: Nobody asks without measure
      Given Nina has asked "What is a moon?" in the conversation "Astronomy"
      When Nina asks in the conversation "Astronomy" until that is refused
      Then the request should be refused as too many
      And no question should have been refused before as many as are allowed were asked
      And everything asked before in the conversation "Astronomy" should be kept
