Feature: 3 Quantification
  The credits claimed for the first reporting period are recomputed from the stocks.

  Background: a project whose stocks give 100,000 tCO2e
    Given methodology "arb-us-forest"
    And parameter "first_period.ifm_1" is "150000 tCO2e"
    And parameter "first_period.ifm_3" is "10000 tCO2e"
    And parameter "first_period.ifm_7" is "3000 tCO2e"
    And parameter "first_period.ifm_8" is "2000 tCO2e"
    And parameter "first_period.confidence_deduction" is "0"
    And parameter "first_period.secondary_effects" is "-4000 tCO2e"
    And parameter "baseline.ifm_1" is "50000 tCO2e"
    And parameter "baseline.ifm_3" is "6000 tCO2e"
    And parameter "baseline.ifm_7" is "3000 tCO2e"
    And parameter "baseline.ifm_8" is "2000 tCO2e"

  Rule: ARB-CREDITS, the claimed credits are reproduced

    Scenario Outline: 100,000 t are recomputed and <claimed> claimed
      Given parameter "first_period.allocation" is "<claimed>"
      When rule "ARB-CREDITS" is evaluated
      Then the verdict is "<verdict>"
      And computed "first_period_credits" is 100000 tCO2e within 0 tCO2e

      Examples: within half a percent of the claim
        | claimed       | verdict       |
        | 99502 tCO2e   | nonconforming |
        | 99503 tCO2e   | conforms      |
        | 100000 tCO2e  | conforms      |
        | 100502 tCO2e  | conforms      |
        | 100503 tCO2e  | nonconforming |

    Scenario Outline: A small project: 40 t are recomputed and <claimed> claimed
      Given parameter "first_period.ifm_1" is "50040 tCO2e"
      And parameter "first_period.ifm_3" is "6000 tCO2e"
      And parameter "first_period.secondary_effects" is "0 tCO2e"
      And parameter "first_period.allocation" is "<claimed>"
      When rule "ARB-CREDITS" is evaluated
      Then the verdict is "<verdict>"

      Examples: within two tonnes
        | claimed  | verdict       |
        | 37 tCO2e | nonconforming |
        | 38 tCO2e | conforms      |
        | 42 tCO2e | conforms      |
        | 43 tCO2e | nonconforming |

    Scenario: Wood products count at 80 percent
      Given parameter "first_period.ifm_7" is "4000 tCO2e"
      And parameter "first_period.allocation" is "100800 tCO2e"
      When rule "ARB-CREDITS" is evaluated
      Then computed "first_period_credits" is 100800 tCO2e within 0 tCO2e

    Scenario: Secondary effects never add to the credits
      Given parameter "first_period.secondary_effects" is "4000 tCO2e"
      And parameter "first_period.allocation" is "104000 tCO2e"
      When rule "ARB-CREDITS" is evaluated
      Then computed "first_period_credits" is 104000 tCO2e within 0 tCO2e

    Scenario: A deduction with the noise of a 32-bit number is rounded to five decimals
      Given parameter "first_period.confidence_deduction" is "0.0240000002"
      And parameter "first_period.allocation" is "96160 tCO2e"
      When rule "ARB-CREDITS" is evaluated
      Then computed "first_period_credits" is 96160 tCO2e within 0 tCO2e

    Scenario Outline: Without <input> the claim cannot be recomputed
      Given parameter "<input>" is missing
      And parameter "first_period.allocation" is "100000 tCO2e"
      When rule "ARB-CREDITS" is evaluated
      Then the verdict is "undetermined"
      And "<input>" is missing

      Examples:
        | input                             |
        | first_period.ifm_1                |
        | first_period.ifm_3                |
        | first_period.ifm_7                |
        | first_period.ifm_8                |
        | first_period.confidence_deduction |
        | first_period.secondary_effects    |
        | baseline.ifm_1                    |
        | baseline.ifm_3                    |
        | baseline.ifm_7                    |
        | baseline.ifm_8                    |

    Scenario Outline: An early-action project claims <claimed>
      Given parameter "project.early_action" is "CAR661"
      And parameter "first_period.allocation" is "<claimed>"
      When rule "ARB-CREDITS" is evaluated
      Then the verdict is "<verdict>"

      Examples: credited before, reproduced, claimed too much
        | claimed      | verdict        |
        | 20000 tCO2e  | not applicable |
        | 99502 tCO2e  | not applicable |
        | 99503 tCO2e  | conforms       |
        | 100503 tCO2e | nonconforming  |

    Scenario: An early-action project without a stock stays open
      Given parameter "project.early_action" is "CAR661"
      And parameter "first_period.allocation" is "20000 tCO2e"
      And parameter "first_period.ifm_3" is missing
      When rule "ARB-CREDITS" is evaluated
      Then the verdict is "undetermined"
      And "first_period.ifm_3" is missing

  Rule: ARB-EARLY, what an early-action project leaves unclaimed was credited before

    Scenario: No early-action project
      Given parameter "project.early_action" is missing
      When rule "ARB-EARLY" is evaluated
      Then the verdict is "not applicable"

    Scenario: An early-action project before anyone has looked
      Given parameter "project.early_action" is "CAR661"
      And parameter "first_period.allocation" is "20000 tCO2e"
      When rule "ARB-EARLY" is evaluated
      Then the verdict is "awaiting judgement"

    Scenario Outline: The verifier answers <answer>
      Given parameter "project.early_action" is "CAR661"
      And parameter "first_period.allocation" is "20000 tCO2e"
      And judgement "ARB-EARLY" is "<answer>"
      When rule "ARB-EARLY" is evaluated
      Then the verdict is "<verdict>"

      Examples:
        | answer  | verdict       |
        | yes     | conforms      |
        | no      | nonconforming |
        | unclear | undetermined  |
