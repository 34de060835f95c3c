Feature: Read receipts
  Everybody keeps their own account of what they have seen in the feed.
  The number of unread deeds tells them whether to look.

  Background:
    Given the tenant "Nimbus" has these people
      | person | role  |
      | Nina   | owner |
      | Omar   | admin |
    And Nina is signed in

  Scenario Outline: A deed that somebody <action> is no longer unread
    Given Omar is signed in
    When Nina <action> the newest activity
    Then the request should succeed
    And Nina should have 1 unread activity
    And the newest activity should be <state> for Nina

    Examples: Two ways to settle it
      | action    | state     |
      | reads     | read      |
      | dismisses | dismissed |

  Scenario: Everything can be settled at once
    Given Omar is signed in
    When Nina marks all activity as read
    Then the request should succeed
    And Nina should have 0 unread activities
    And the newest activity should be read for Nina

  Scenario: What happens afterwards is unread again
    Given Nina has marked all activity as read
    And Omar is signed in
    When Nina looks at the activity
    Then the request should succeed
    And Nina should have 1 unread activity

  Scenario: Receipts are personal
    Given Omar is signed in
    When Nina marks all activity as read
    Then the request should succeed
    But Omar should have 2 unread activities
    And the newest activity should be unread for Omar

  Scenario: Reading twice counts once
    Given Omar is signed in
    And Nina has read the newest activity
    When Nina reads the newest activity
    Then the request should succeed
    And Nina should have 1 unread activity

  Scenario Outline: Somebody who <action> a deed of another tenant finds nothing
    Given Brian is signed in
    When Brian tries to <attempt> the newest activity of "Nimbus"
    Then the request should be refused as not found
    But Nina should have 1 unread activity

    Examples: Both receipts
      | action    | attempt |
      | reads     | read    |
      | dismisses | dismiss |

  Scenario Outline: Nobody can <attempt> a deed that <deed>
    When Nina tries to <attempt> an activity that <deed>
    Then the request should be refused as <outcome>
    But Nina should have 1 unread activity

    Examples: What there is not
      | attempt | deed      | outcome   |
      | read    | never was | not found |
      | dismiss | never was | not found |
      | read    | cannot be | malformed |
      | dismiss | cannot be | malformed |

  Scenario: Whoever may not see the feed settles nothing
    When Dave tries to mark all activity as read
    Then the request should be refused as not allowed
