Feature: 6 Baseline
  A forest stocked above common practice has a baseline of at least common practice.

  Background:
    Given methodology "arb-us-forest"
    And parameter "baseline.common_practice" is "84 tCO2e/acre"
    And parameter "baseline.initial_carbon_stock" is "91.16 tCO2e/acre"

  Rule: ARB-BASELINE, the baseline is at or above common practice

    Scenario Outline: Common practice is 84 and the baseline averages <average>
      Given parameter "baseline.average_ag_baseline" is "<average>"
      When rule "ARB-BASELINE" is evaluated
      Then the verdict is "<verdict>"

      Examples:
        | average           | verdict       |
        | 83.99 tCO2e/acre  | nonconforming |
        | 84 tCO2e/acre     | conforms      |
        | 84.01 tCO2e/acre  | conforms      |

    Scenario Outline: Common practice is 84 and the initial stock is <stock>
      Given parameter "baseline.initial_carbon_stock" is "<stock>"
      And parameter "baseline.average_ag_baseline" is "80 tCO2e/acre"
      When rule "ARB-BASELINE" is evaluated
      Then the verdict is "<verdict>"

      Examples:
        | stock            | verdict        |
        | 83.99 tCO2e/acre | not applicable |
        | 84 tCO2e/acre    | not applicable |
        | 84.01 tCO2e/acre | nonconforming  |

    Scenario: The average is missing
      Given parameter "baseline.average_ag_baseline" is missing
      When rule "ARB-BASELINE" is evaluated
      Then the verdict is "undetermined"
      And "baseline.average_ag_baseline" is missing
