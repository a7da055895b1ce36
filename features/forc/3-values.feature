Feature: 3 Values
  Values no record can have, and records that stand there twice.

  Background:
    Given methodology "forc"

  Rule: FORC-SIGN, stocks and fluxes are not negative

    Scenario Outline: <variable> is "<mean>"
      Given the records:
        | id | site | citation | variable   | mean   |
        | 1  | S    | Luo      | <variable> | <mean> |
      When rule "FORC-SIGN" is evaluated
      Then the verdict is "<verdict>"

      Examples:
        | variable | mean | verdict        |
        | biomass  | 0    | conforms       |
        | biomass  | -0.1 | nonconforming  |
        | biomass  |      | undetermined   |
        | NEE      | -3   | not applicable |

  Rule: FORC-ONCE, a variable of a stand is recorded once

    Scenario Outline: A second record of <variable>, least diameter "<least>"
      Given the records:
        | id | site | plot | date | least_dbh | citation   | variable   | mean |
        | 1  | S    | P    | NRA  | NAC       | Luo        | biomass    | 100  |
        | 2  | S    | P    | NRA  | <least>   | <citation> | <variable> | 100  |
      When rule "FORC-ONCE" is evaluated
      Then the verdict is "<verdict>"

      Examples:
        | variable   | least | citation | verdict       |
        | biomass_ag | NAC   | Luo      | conforms      |
        | biomass    | 5     | Luo      | conforms      |
        | biomass    | NAC   | Wen      | conforms      |
        | biomass    | NAC   | Luo      | nonconforming |
        | biomass    | NAC   |          | undetermined  |
