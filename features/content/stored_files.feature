@storage
Feature: Stored files
  People hand files to the service in two steps: they announce a file, then they put its bytes where
  the service says. A stored file is within reach of its own tenant only, until somebody deletes it.

  Background:
    Given Alice is signed in

  Scenario: An announced file stands among the stored files
    Given Alice has announced the stored file "minutes.txt"
    When Alice lists the stored files
    Then the request should succeed
    And the stored file "minutes.txt" should be among them

  Scenario: Announcing a file tells where to put it
    When Alice announces the stored file "figures.pdf" with these details
      | type  | application/pdf |
      | size  | 2048            |
      | agent | researcher      |
    Then the request should succeed
    And the address should be good for the usual time
    And Alice should find the stored file "figures.pdf" with these details
      | type  | application/pdf |
      | size  | 2048            |
      | agent | researcher      |

  Scenario: A file can belong to a conversation
    When Alice announces the stored file "photo.txt" for the sample conversation
    Then the request should succeed
    And Alice should find the stored file "photo.txt" under the sample conversation alone

  Scenario: Uploaded bytes can be read back by everybody of the tenant
    Given Alice has uploaded "Tulips need little water." as the stored file "garden.txt"
    And Vera is signed in
    When Vera locates the stored file "garden.txt"
    Then the request should succeed
    And the address should be good for the usual time
    And the text at the address should be "Tulips need little water."

  Scenario: An announced file has no bytes yet
    Given Alice has announced the stored file "minutes.txt"
    And Alice has located the stored file "minutes.txt"
    When Alice lists the stored files
    Then the request should succeed
    And the stored file "minutes.txt" should be among them
    But the address of "minutes.txt" should lead nowhere

  Scenario: A deleted file is gone
    Given Alice has announced the stored file "minutes.txt"
    When Alice deletes the stored file "minutes.txt"
    Then the request should succeed
    And the stored file "minutes.txt" should no longer exist for Alice

  Scenario: The bytes of a deleted file are gone
    Given Alice has uploaded "Burn after reading." as the stored file "secret.txt"
    And Alice has located the stored file "secret.txt"
    When Alice deletes the stored file "secret.txt"
    Then the request should succeed
    And the address of "secret.txt" should lead nowhere

  Scenario: Deleting a file a second time does no harm
    Given Alice has announced the stored file "minutes.txt"
    And Alice has deleted the stored file "minutes.txt"
    When Alice deletes the stored file "minutes.txt"
    Then the request should succeed
    And the stored file "minutes.txt" should no longer exist for Alice

  @contract
  Scenario Outline: A file <problem> is not accepted
    When Alice tries to announce the stored file "odd.bin", <problem>
    Then the request should be refused as malformed
    And Alice should have no stored file called "odd.bin"

    Examples: What the object store does not take
      | problem             |
      | of a forbidden type |
      | one byte too large  |

  @contract
  Scenario Outline: A page of <limit> stored files from number <first> on holds <count>
    Given Nina owns the tenant "Nimbus"
    And Nina has announced 3 stored files
    When Nina lists <limit> stored files from number <first> on
    Then the request should succeed
    And the list should hold <count> of 3 stored files

    Examples: Pages of three files
      | limit | first | count |
      | 2     | 1     | 2     |
      | 2     | 3     | 1     |
      | 3     | 1     | 3     |

  Scenario Outline: As <role>, <person> can hand a file to an agent
    When <person> announces the stored file "question.txt" as input of an agent
    Then the request should succeed
    And Alice should find the stored file "question.txt"

    Examples: The owner
      | person | role  |
      | Alice  | owner |

    Examples: Others who may
      | person | role   |
      | Dave   | member |

  Scenario: A viewer cannot hand a file to an agent
    Given Vera is signed in
    When Vera tries to announce the stored file "question.txt" as input of an agent
    Then the request should be refused as not allowed
    And Alice should have no stored file called "question.txt"

  Scenario: A member cannot delete a stored file
    Given Alice has announced the stored file "minutes.txt"
    When Dave tries to delete the stored file "minutes.txt"
    Then the request should be refused as not allowed
    But Alice should find the stored file "minutes.txt"

  Scenario: Nobody can locate a stored file of another tenant
    Given Alice has announced the stored file "salaries.txt"
    When Brian tries to locate the stored file "salaries.txt"
    Then the request should be refused as not found
    But Alice should find the stored file "salaries.txt"

  Scenario: Deleting a stored file of another tenant has no effect
    Given Alice has announced the stored file "salaries.txt"
    When Brian deletes the stored file "salaries.txt"
    Then the request should succeed
    But Alice should find the stored file "salaries.txt"
