Feature: One finding for each thing to answer
  A fact that is missing is asked for only where it could change the verdict.

  Background:
    Given methodology "tests/testing/packs/site"

  Rule: What has failed already asks for nothing more

    Scenario: The area is too small, and the slope is not known
      Given the parcels:
        | id   | area | slope |
        | P-07 | 1 mu |       |
        | P-08 | 0.5 mu |     |
        | P-09 | 1 ha | 12    |
      When rule "S-SITE" is evaluated
      Then the verdict is "nonconforming"
      And the verdict for "parcels" "P-08" is "nonconforming"
      And the verdict for "P-09" is "conforms"
      And there are 2 "CAR" findings
      And there are no "CL" findings
      And a finding points to "P-07"
      And no finding points to "P-09"
      And "parcels[P-08].slope" is not missing

    Scenario: The area is large enough, and the slope is not known
      Given the parcels:
        | id   | area   | slope |
        | P-07 | 1.1 mu |       |
      When rule "S-SITE" is evaluated
      Then the verdict is "undetermined"
      And there is 1 "CL" finding
      And there are no "CAR" findings
      And "parcels[P-07].slope" is missing
      And a finding says "the slope of parcel P-07"

    Scenario: The threshold is exact where a mu has no end of decimals
      Given the parcels:
        | id   | area      | slope |
        | P-07 | 1.0005 mu | 12    |
        | P-08 | 1.0004 mu | 12    |
      When rule "S-SITE" is evaluated
      Then the verdict for "P-07" is "conforms"
      And the verdict for "P-08" is "nonconforming"

  Rule: A dossier is put right fact by fact

    Scenario: One cell of a dossier is another one
      Given the dossier "hill"
      And parameter "parcels[P-02].area" is "2 mu"
      And parameter "parcels[P-02].slope" is "25"
      When rule "S-SITE" is evaluated
      Then the verdict for "parcels" "P-02" is "conforms"
      And the verdict for "parcels" "P-03" is "nonconforming"
      And there is 1 finding
      And a finding points to "小班.csv:4"
