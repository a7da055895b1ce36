Feature: 4 Buffer
  The share of the credits kept back follows from the risk rating.

  Background:
    Given methodology "arb-us-forest"
    And parameter "project.reversal_risk" is "0.192"

  Rule: ARB-BUFFER, the buffer contribution follows from the risk rating

    Scenario Outline: 100,000 t claimed, 19,200 t due, <put> put in
      Given parameter "first_period.allocation" is "100000 tCO2e"
      And parameter "first_period.buffer_contribution" is "<put>"
      When rule "ARB-BUFFER" is evaluated
      Then the verdict is "<verdict>"
      And computed "buffer_contribution" is 19200 tCO2e within 0 tCO2e

      Examples: within 0.1 percent of the claim
        | put         | verdict       |
        | 19099 tCO2e | nonconforming |
        | 19100 tCO2e | conforms      |
        | 19200 tCO2e | conforms      |
        | 19300 tCO2e | conforms      |
        | 19301 tCO2e | nonconforming |

    Scenario Outline: 1,000 t claimed, 192 t due, <put> put in
      Given parameter "first_period.allocation" is "1000 tCO2e"
      And parameter "first_period.buffer_contribution" is "<put>"
      When rule "ARB-BUFFER" is evaluated
      Then the verdict is "<verdict>"

      Examples: within two tonnes
        | put       | verdict       |
        | 189 tCO2e | nonconforming |
        | 190 tCO2e | conforms      |
        | 194 tCO2e | conforms      |
        | 195 tCO2e | nonconforming |

    Scenario: The risk rating is missing
      Given parameter "project.reversal_risk" is missing
      And parameter "first_period.allocation" is "100000 tCO2e"
      And parameter "first_period.buffer_contribution" is "19200 tCO2e"
      When rule "ARB-BUFFER" is evaluated
      Then the verdict is "undetermined"
      And "project.reversal_risk" is missing

    Scenario: Nothing claimed, nothing put in
      Given parameter "first_period.allocation" is "0 tCO2e"
      And parameter "first_period.buffer_contribution" is "0 tCO2e"
      When rule "ARB-BUFFER" is evaluated
      Then the verdict is "conforms"
