Feature: 2 Sums
  Sums and parts among the records of one stand.

  Background:
    Given methodology "forc"

  Rule: FORC-SUM, a total is the sum of its parts

    Scenario Outline: <total> of 80.01 above ground and <root> of roots
      Given the records:
        | id | site | plot | age | date | citation | variable     | mean    |
        | 1  | S    | P    | 100 | NRA  | Luo      | biomass      | <total> |
        | 2  | S    | P    | 100 | NRA  | Luo      | biomass_ag   | 80.01   |
        | 3  | S    | P    | 100 | NRA  | Luo      | biomass_root | <root>  |
      When rule "FORC-SUM" is evaluated
      Then the verdict is "<verdict>"

      Examples: 0.2 % of the total, and what rounding to hundredths can have changed
        | total  | root  | verdict       |
        | 100.24 | 20.02 | conforms      |
        | 100.25 | 20.02 | nonconforming |
        | 99.81  | 20.02 | nonconforming |
        | 100.03 |       | undetermined  |

    Scenario: Figures given in whole units may be rounded
      Given the records:
        | id | site | plot | age | date | citation | variable     | mean |
        | 1  | S    | P    | 100 | NRA  | Luo      | biomass      | 11   |
        | 2  | S    | P    | 100 | NRA  | Luo      | biomass_ag   | 8    |
        | 3  | S    | P    | 100 | NRA  | Luo      | biomass_root | 2    |
      When rule "FORC-SUM" is evaluated
      Then the verdict is "conforms"

    Scenario Outline: Roots of another <what> do not belong to it
      Given the records:
        | id | site   | plot   | age   | date   | citation   | variable     | mean |
        | 1  | S      | P      | 100   | NRA    | Luo        | biomass      | 100  |
        | 2  | S      | P      | 100   | NRA    | Luo        | biomass_ag   | 80   |
        | 3  | <site> | <plot> | <age> | <date> | <citation> | biomass_root | 50   |
      When rule "FORC-SUM" is evaluated
      Then the verdict is "not applicable"

      Examples:
        | what     | site | plot | age | date | citation |
        | site     | T    | P    | 100 | NRA  | Luo      |
        | plot     | S    |      | 100 | NRA  | Luo      |
        | age      | S    | P    | 120 | NRA  | Luo      |
        | date     | S    | P    | 100 | 1990 | Luo      |
        | citation | S    | P    | 100 | NRA  | Wen      |

    Scenario: With two records of a part nobody can say which belongs to it
      Given the records:
        | id | site | plot | age | date | citation | variable     | mean |
        | 1  | S    | P    | 100 | NRA  | Luo      | biomass      | 100  |
        | 2  | S    | P    | 100 | NRA  | Luo      | biomass_ag   | 80   |
        | 3  | S    | P    | 100 | NRA  | Luo      | biomass_root | 50   |
        | 4  | S    | P    | 100 | NRA  | Luo      | biomass_root | 20   |
      When rule "FORC-SUM" is evaluated
      Then the verdict is "not applicable"

    Scenario Outline: Respiration of <respiration> is GPP 24.42 and NEE -1.47
      Given the records:
        | id | site | plot | age | date | citation | variable | mean          |
        | 1  | S    | P    | 999 | 2003 | Zhang    | R_eco    | <respiration> |
        | 2  | S    | P    | 999 | 2003 | Zhang    | GPP      | 24.42         |
        | 3  | S    | P    | 999 | 2003 | Zhang    | NEE      | -1.47         |
      When rule "FORC-SUM" is evaluated
      Then the verdict is "<verdict>"

      Examples:
        | respiration | verdict       |
        | 22.95       | conforms      |
        | 22.89       | conforms      |
        | 22.88       | nonconforming |

  Rule: FORC-PART, a part is not greater than its whole

    Scenario Outline: Foliage of <foliage> in <npp>
      Given the records:
        | id | site | plot | age | date | citation | variable     | mean      |
        | 1  | S    | P    | 100 | 1992 | Zhang    | NPP_1        | <npp>     |
        | 2  | S    | P    | 100 | 1992 | Zhang    | ANPP_foliage | <foliage> |
      When rule "FORC-PART" is evaluated
      Then the verdict is "<verdict>"

      Examples:
        | npp  | foliage | verdict       |
        | 3.01 | 3.02    | conforms      |
        | 3.01 | 3.03    | nonconforming |
        |      | 3.01    | undetermined  |
