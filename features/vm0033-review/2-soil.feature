Feature: 2 Soil
  Carbon to CO2, the allochthonous share, the whole stratum.

  Background:
    Given methodology "vm0033-review"

  Rule: VM-AREA, the modules have one area

    Scenario Outline: Areas of 100, <wetland> and <trees> ha
      Given the strata:
        | id | area | wetland_area | tree_area |
        | 1  | 100  | <wetland>    | <trees>   |
      When rule "VM-AREA" is evaluated
      Then the verdict is "<verdict>"

      Examples:
        | wetland    | trees | verdict       |
        | 100.000001 | 100   | conforms      |
        | 100.000002 | 100   | nonconforming |
        | 100        | 101   | nonconforming |
        | 100        |       | undetermined  |

  Rule: VM-SOIL-CO2, soil CO2 is soil carbon with the sign turned

    Scenario Outline: <carbon> tC/ha are <co2> tCO2/ha
      Given the strata:
        | id | soil_carbon | soil_co2 |
        | 1  | <carbon>    | <co2>    |
      When rule "VM-SOIL-CO2" is evaluated
      Then the verdict is "<verdict>"

      Examples:
        | carbon | co2     | verdict       |
        | 0.48   | -1.76   | conforms      |
        | 0.48   | 1.76    | nonconforming |
        | 0.48   | -1.7616 | nonconforming |
        |        | -1.76   | undetermined  |

  Rule: VM-DEDUCTION, the allochthonous share of soil CO2

    Scenario Outline: 25 % of -2 are <deduction>
      Given the strata:
        | id | soil_co2 | allochthonous_share | deduction   |
        | 1  | -2       | <share>             | <deduction> |
      When rule "VM-DEDUCTION" is evaluated
      Then the verdict is "<verdict>"

      Examples:
        | share | deduction | verdict       |
        | 25    | -0.5      | conforms      |
        | 25    | -0.51     | nonconforming |
        |       | -0.5      | undetermined  |

  Rule: VM-IN-SITU, area times what is left of soil CO2

    Scenario Outline: 100 ha at -2 less -0.5 are <emission>
      Given the strata:
        | id | wetland_area | soil_co2 | deduction   | in_situ    |
        | 1  | 100          | -2       | <deduction> | <emission> |
      When rule "VM-IN-SITU" is evaluated
      Then the verdict is "<verdict>"

      Examples:
        | deduction | emission | verdict       |
        | -0.5      | -150.001 | conforms      |
        | -0.5      | -150.002 | nonconforming |
        |           | -150     | undetermined  |

  Rule: VM-SOIL, the soil's emission is what was found in situ

    Scenario Outline: <soil> and -150
      Given the strata:
        | id | in_situ | soil   |
        | 1  | -150    | <soil> |
      When rule "VM-SOIL" is evaluated
      Then the verdict is "<verdict>"

      Examples:
        | soil | verdict       |
        | -150 | conforms      |
        | -151 | nonconforming |
        |      | undetermined  |
