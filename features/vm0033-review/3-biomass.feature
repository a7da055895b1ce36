Feature: 3 Biomass
  Each figure with the ones it follows from.

  Background:
    Given methodology "vm0033-review"

  Rule: VM-B-TREE and VM-DELTA-B, area times biomass a hectare

    Scenario Outline: 1000 ha at 50 are <biomass>
      Given the strata:
        | id | tree_area | per_hectare | tree_biomass | per_hectare_change | tree_biomass_change |
        | 1  | <area>    | 50          | <biomass>    | 50                 | <biomass>           |
      When all rules are evaluated
      Then the verdict of rule "VM-B-TREE" is "<verdict>"
      And the verdict of rule "VM-DELTA-B" is "<verdict>"

      Examples: a part in a million
        | area | biomass  | verdict       |
        | 1000 | 50000.05 | conforms      |
        | 1000 | 50000.06 | nonconforming |
        |      | 50000    | undetermined  |

  Rule: VM-C-TREE, tree carbon is the carbon fraction of tree biomass

    Scenario Outline: <carbon> of 100000 t
      Given the strata:
        | id | tree_biomass | carbon_fraction | tree_carbon |
        | 1  | 100000       | <fraction>      | <carbon>    |
      When rule "VM-C-TREE" is evaluated
      Then the verdict is "<verdict>"

      Examples: carbon in tonnes and thousands, CO2 in tonnes
        | fraction | carbon      | verdict       |
        | 0.47     | 47000       | conforms      |
        | 0.47     | 47          | conforms      |
        | 0.47     | 172333.3333 | conforms      |
        | 0.47     | 47.06       | nonconforming |
        |          | 47          | undetermined  |

  Rule: VM-TREE-CO2, tree carbon times 44/12

    Scenario Outline: <co2> of 12
      Given the strata:
        | id | tree_carbon_change | tree_co2 |
        | 1  | <carbon>           | <co2>    |
      When rule "VM-TREE-CO2" is evaluated
      Then the verdict is "<verdict>"

      Examples: with 44/12, with 3.667, without either
        | carbon | co2    | verdict       |
        | 12     | 44     | conforms      |
        | 12     | 44.004 | nonconforming |
        | 12     | 12     | nonconforming |
        |        | 44     | undetermined  |

  Rule: VM-BIOMASS, tree CO2 times 12/44

    Scenario Outline: <biomass> of 44
      Given the strata:
        | id | tree_co2 | tree_carbon_change | biomass_change |
        | 1  | <co2>    | 12                 | <biomass>      |
      When rule "VM-BIOMASS" is evaluated
      Then the verdict is "<verdict>"

      Examples:
        | co2 | biomass | verdict       |
        | 44  | 12      | conforms      |
        | 44  | 3.27272 | nonconforming |
        |     | 12      | undetermined  |

  Rule: VM-SHRUB, shrubs by cover

    Scenario Outline: A cover of <cover> makes <shrubs>
      Given the strata:
        | id | shrub_cover | forest_biomass | shrub_ratio | shrubs   |
        | 1  | <cover>     | 100            | 0.1         | <shrubs> |
      When rule "VM-SHRUB" is evaluated
      Then the verdict is "<verdict>"

      Examples: at and below 5 %
        | cover | shrubs | verdict       |
        | 0.049 | 0      | conforms      |
        | 0.049 | 0.49   | nonconforming |
        | 0.05  | 0.5    | conforms      |
        | 0.05  | 0      | nonconforming |
        |       | 0.5    | undetermined  |
