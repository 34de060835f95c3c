@assets
Feature: Assets
  What agents draw, compute and write becomes an asset of the tenant. People find assets by where they
  come from, look at them, and delete what they no longer need.

  Scenario: A tenant whose agents made nothing has no assets
    When Brian lists the assets
    Then the request should succeed
    And Brian should see no assets

  Rule: Everybody in the tenant can see its assets

    Background:
      Given the tenant "Gallery" has these people
        | person | role   |
        | Nina   | owner  |
        | Walter | viewer |
      And Nina has these assets in the tenant "Gallery"
        | file      | kind  | type      | tool             | agent          | message | size | conversation |
        | chart.png | image | image/png | image_generation | image_studio   | 7       | 2048 | Forecast     |
        | table.csv | file  | text/csv  | code_interpreter | code_assistant |         | 300  |              |

    Scenario: The assets of a tenant can be listed by everybody in it
      When Walter lists the assets
      Then the request should succeed
      And Walter should see the assets "chart.png", "table.csv" and no other

    Scenario: Assets that are seeded again are there once, also one that was deleted
      Given Nina has deleted the asset "chart.png"
      And Nina has these assets in the tenant "Gallery"
        | file      | kind  | tool             |
        | chart.png | image | image_generation |
        | table.csv | file  | code_interpreter |
      When Walter lists the assets
      Then the request should succeed
      And Walter should see the assets "chart.png", "table.csv" and no other

    Scenario: An asset tells where it comes from
      When Walter opens the asset "chart.png"
      Then the request should succeed
      And Walter should find the asset "chart.png" with these details
        | file name | chart.png        |
        | kind      | image            |
        | type      | image/png        |
        | tool      | image_generation |
        | agent     | image_studio     |
        | message   | 7                |
        | size      | 2048             |

    Scenario Outline: Assets can be found by their <detail>
      When Walter lists the assets whose <detail> is "<value>"
      Then the request should succeed
      And Walter should see the assets "<found>" and no other

      Examples: What an asset is known by
        | detail       | value            | found     |
        | kind         | image            | chart.png |
        | type         | text/            | table.csv |
        | tool         | code_interpreter | table.csv |
        | agent        | image_studio     | chart.png |
        | message      | 7                | chart.png |
        | conversation | Forecast         | chart.png |

    @contract
    Scenario Outline: All assets were made <when>
      When Walter lists the assets made <when>
      Then the request should succeed
      And Walter should see the assets "chart.png", "table.csv" and no other

      Examples: Days around today
        | when            |
        | after yesterday |
        | before tomorrow |

    @contract
    Scenario Outline: No asset was made <when>
      When Walter lists the assets made <when>
      Then the request should succeed
      And Walter should see no assets
      But Walter should find the asset "chart.png"

      Examples: Days around today
        | when             |
        | before yesterday |
        | after tomorrow   |

    @contract
    Scenario: A list of assets comes in pages
      When Walter lists 1 asset from number 2 on
      Then the request should succeed
      And the list should hold 1 of 2 assets

    Scenario: The bytes of an asset have an address
      When Walter locates the asset "chart.png"
      Then the request should succeed
      And the address should be good for the usual time

    Scenario: Only images have thumbnails
      Given nobody ever made the asset "ghost.png"
      When Walter asks for thumbnails of "chart.png", "table.csv", "ghost.png"
      Then the request should succeed
      And each asset should be dealt with like this
        | file      | fate        |
        | chart.png | shown       |
        | table.csv | unsupported |
        | ghost.png | missing     |

    Scenario: Images of another tenant have no thumbnails
      When Brian asks for thumbnails of "chart.png"
      Then the request should succeed
      And each asset should be dealt with like this
        | file      | fate    |
        | chart.png | missing |

    Scenario: A deleted asset is gone
      When Nina deletes the asset "chart.png"
      Then the request should succeed
      And the asset "chart.png" should no longer exist for Nina
      But Nina should find the asset "table.csv"

    Scenario: An asset cannot be deleted twice
      Given Nina has deleted the asset "chart.png"
      When Nina tries to delete the asset "chart.png"
      Then the request should be refused as not found
      And the asset "chart.png" should no longer exist for Nina

    Scenario: A viewer cannot delete an asset
      When Walter tries to delete the asset "chart.png"
      Then the request should be refused as not allowed
      But Nina should find the asset "chart.png"

    Scenario Outline: Nobody can <action> an asset of another tenant
      When Brian tries to <action> the asset "chart.png"
      Then the request should be refused as not found
      But Nina should find the asset "chart.png"

      Examples: What only its tenant may do
        | action |
        | open   |
        | locate |
        | delete |
