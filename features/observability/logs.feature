Feature: Log records of clients
  Applications report what went wrong in the browser.
  Only people who are signed in, or a signature, get a record in.

  @smoke
  Scenario: A signed-in person's record is accepted
    When Alice reports "checkout.failed"
    Then the request should succeed
    And the record should be accepted

  Scenario: A signed anonymous record is accepted
    Given the secret of anonymous records is known
    When a visitor reports "page.crashed" with a good signature
    Then the request should succeed
    And the record should be accepted

  Scenario Outline: An anonymous record with <signature> is refused
    Given the secret of anonymous records is known
    When a visitor tries to report "page.crashed" with <signature>
    Then the request should be refused as not signed in

    Examples: What proves nothing
      | signature                |
      | no signature             |
      | a made-up signature      |
      | another text's signature |

  Scenario Outline: A record with <proof> is refused
    When Alice tries to report "checkout.failed" with <proof>
    Then the request should be refused as not signed in

    Examples: What is no way in
      | proof                      |
      | a made-up token            |
      | another kind of credential |

  Scenario Outline: A record with <size> is accepted
    When Alice reports a record with <size>
    Then the request should succeed
    And the record should be accepted

    Examples: As large as it may be
      | size                         |
      | 32 fields                    |
      | an event name of 128 letters |
      | a message of 2048 letters    |
      | as many bytes as are allowed |

    @contract
    Examples: What JSON can carry
      | size                          |
      | the largest number of 64 bits |

  Scenario Outline: A record with <size> is refused as <outcome>
    When Alice tries to report a record with <size>
    Then the request should be refused as <outcome>

    Examples: Too much
      | size                         | outcome   |
      | 33 fields                    | invalid   |
      | an event name of 129 letters | invalid   |
      | a message of 2049 letters    | invalid   |
      | more bytes than are allowed  | too large |

    @contract
    Examples: What JSON cannot carry everywhere
      | size                             | outcome |
      | a number beyond 64 bits          | invalid |
      | a number that is none            | invalid |
      | half a character                 | invalid |
      | fields within fields without end | invalid |

  Scenario: A record may use the service's own field names
    When Alice reports a record with the service's own field names
    Then the request should succeed
    And the record should be accepted
