Feature: 5 Area
  The parts of the project add up to the whole.

  Background:
    Given methodology "arb-us-forest"
    And parameter "project.acreage" is "10000 acre"

  Rule: ARB-AREA, the assessment areas add up to the project area

    Scenario Outline: 10,000 acres, of which 4,000 and <second> are mapped
      Given the assessment_areas:
        | number | acreage  |
        | 0      | 4000     |
        | 1      | <second> |
      When rule "ARB-AREA" is evaluated
      Then the verdict is "<verdict>"

      Examples: within one percent
        | second | verdict       |
        | 5899   | nonconforming |
        | 5900   | conforms      |
        | 6000   | conforms      |
        | 6100   | conforms      |
        | 6101   | nonconforming |

    Scenario: The area of one part is missing
      Given the assessment_areas:
        | number | acreage |
        | 0      | 4000    |
        | 1      |         |
      When rule "ARB-AREA" is evaluated
      Then the verdict is "undetermined"
      And "assessment_areas[1].acreage" is missing

    Scenario: The project area is missing
      Given parameter "project.acreage" is missing
      And the assessment_areas:
        | number | acreage |
        | 0      | 4000    |
      When rule "ARB-AREA" is evaluated
      Then the verdict is "undetermined"
      And "project.acreage" is missing

    Scenario: No part is on record
      When rule "ARB-AREA" is evaluated
      Then the verdict is "undetermined"
