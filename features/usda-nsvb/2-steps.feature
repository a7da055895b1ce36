Feature: 2 Steps
  Every published figure again, to a part in a thousand million.

  Background:
    Given methodology "usda-nsvb"
    And the example "tree" is "live Douglas-fir (SPCD 202), D 20.0 in, H 110 ft, no cull, DIVISION 240"
    And the example "diameter" is "20 inch"
    And the example "height" is "110 ft"
    And the example "cull" is "10"
    And the example "specific_gravity" is "0.45"

  Rule: NSVB-EQUATION, the equation gives the published figure

    Scenario Outline: <name> of <published>
      Given the steps:
        | name   | published   |
        | <name> | <published> |
      When rule "NSVB-EQUATION" is evaluated
      Then the verdict is "<verdict>"

      Examples: as published, and other in the tenth digit
        | name            | published        | verdict        |
        | VtotibGross_ft3 | 88.452275544288  | conforms       |
        | VtotibGross_ft3 | 88.4522756       | conforms       |
        | VtotibGross_ft3 | 88.4522757       | nonconforming  |
        | Wbranch_lb      | 277.487756904646 | conforms       |
        | Wbranch_lb      | 277.4877         | nonconforming  |
        | Wtotib_lb       | 1                | not applicable |

    Scenario: A species without coefficients
      Given the example "tree" is "live red maple (SPCD 316), DIVISION M210"
      And the steps:
        | name            | published |
        | VtotibGross_ft3 | 18.4      |
      When rule "NSVB-EQUATION" is evaluated
      Then the verdict is "undetermined"

    Scenario: A tree below the diameter at which the model changes
      Given the example "diameter" is "8.9 inch"
      And the steps:
        | name            | published |
        | VtotibGross_ft3 | 18.4      |
      When rule "NSVB-EQUATION" is evaluated
      Then the verdict is "not applicable"

  Rule: NSVB-WOOD, the weight of wood

    Scenario Outline: <weight> lb of 100 cubic feet
      Given the steps:
        | name            | published |
        | VtotibGross_ft3 | <volume>  |
        | Wtotib_lb       | <weight>  |
      When rule "NSVB-WOOD" is evaluated
      Then the verdict is "<verdict>"

      Examples:
        | volume | weight  | verdict       |
        | 100    | 2808    | conforms      |
        | 100    | 2808.01 | nonconforming |
        |        | 2808    | undetermined  |

  Rule: NSVB-WOOD-LEFT, the weight of wood that is left

    Scenario Outline: <weight> lb of 100 cubic feet less 2, 10 % cull
      Given the example "density_left" is "<density>"
      And the example "missing_volume" is "2"
      And the steps:
        | name            | published |
        | VtotibGross_ft3 | 100       |
        | Wtotibred_lb    | <weight>  |
      When rule "NSVB-WOOD-LEFT" is evaluated
      Then the verdict is "<verdict>"

      # 98 × (1 − 0.1 × 0.5) × 0.45 × 62.4
      Examples:
        | density | weight   | verdict       |
        | 0.5     | 2614.248 | conforms      |
        | 0.5     | 2614.25  | nonconforming |

    Scenario: The density of cull wood is missing
      Given the example "missing_volume" is "2"
      And the steps:
        | name            | published |
        | VtotibGross_ft3 | 100       |
        | Wtotibred_lb    | 2614.248  |
      When rule "NSVB-WOOD-LEFT" is evaluated
      Then the verdict is "undetermined"

  Rule: NSVB-BARK-LEFT, the weight of bark that is left

    Scenario Outline: <weight> lb of 200
      Given the example "bark_left" is "0.99"
      And the steps:
        | name         | published |
        | Wtotbk_lb    | <bark>    |
        | Wtotbkred_lb | <weight>  |
      When rule "NSVB-BARK-LEFT" is evaluated
      Then the verdict is "<verdict>"

      Examples:
        | bark | weight | verdict       |
        | 200  | 198    | conforms      |
        | 200  | 198.1  | nonconforming |
        |      | 198    | undetermined  |
