Feature: Values are exact
  Numbers keep their unit and are compared without rounding.

  Background:
    Given methodology "tests/testing/packs/site"
    And the parcels:
      | Number | Area (mu) | Stock (kgCO2e) |
      | A      | 15        | 60000          |
      | B      | 30        | 40000          |
      | C      |           |                |

  Scenario: A sum lacks what one row lacks
    Given parameter "parcels[C].stock" is missing
    When rule "S-STOCK" is evaluated
    Then the verdict for "C" is "not applicable"
    And the verdict for "A" is "conforms"

  Scenario: Units are converted exactly
    Given parameter "parcels[C].stock" is "0 tCO2e"
    When all rules are evaluated
    Then computed "total" is 100 tCO2e
    And computed "total" is 100,000 kgCO2e within 0 kgCO2e
    And computed "Total" must be at least 100 tCO2e
    And computed "total" must not exceed 0.1 ktCO2e
    And computed "total" must not be 99.999 tCO2e
    And computed "third" is 33.33 tCO2e within 0.01 tCO2e
    And computed "parcel_stock" for "A" is 120 tCO2e
    And computed "parcel_stock[B]" is 80 tCO2e
    And computed "parcels[A].area" is 10000 m2

  Scenario Outline: Three years after <start>
    Given the project "start_date" is "<start>"
    When all rules are evaluated
    Then computed "finish" is "<finish>"

    Examples: a day that does not exist is the last of its month
      | start      | finish     |
      | 2024-04-15 | 2027-04-15 |
      | 2024-02-29 | 2027-02-28 |
