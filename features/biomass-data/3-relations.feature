Feature: 3 Relations
  What no plant can be.

  Background:
    Given methodology "biomass-data"

  Rule: BIO-ABOVE-PARTS and BIO-TOTAL-PARTS

    Scenario Outline: Leaves of <leaf> kg in 10 kg above ground and 12 kg in all
      Given the plants:
        | number | leaf   | above | total |
        | 1      | <leaf> | 10    | 12    |
      When all rules are evaluated
      Then the verdict of rule "BIO-ABOVE-PARTS" is "<above>"
      And the verdict of rule "BIO-TOTAL-PARTS" is "<total>"

      Examples:
        | leaf | above         | total         |
        | 10   | conforms      | conforms      |
        | 10.1 | nonconforming | conforms      |
        | 12   | nonconforming | conforms      |
        | 12.1 | nonconforming | nonconforming |
        |      | conforms      | conforms      |

  Rule: BIO-ROOT-PARTS, no roots are heavier than all roots

    Scenario Outline: Fine roots of <fine> in 3 kg
      Given the plants:
        | number | fine_roots | roots |
        | 1      | <fine>     | 3     |
      When rule "BIO-ROOT-PARTS" is evaluated
      Then the verdict is "<verdict>"

      Examples:
        | fine | verdict       |
        | 3    | conforms      |
        | 3.1  | nonconforming |

  Rule: BIO-MASS, a mass is above zero

    Scenario Outline: Leaves "<leaf>", branches "<branch>"
      Given the plants:
        | number | leaf   | branch   |
        | 1      | <leaf> | <branch> |
      When rule "BIO-MASS" is evaluated
      Then the verdict is "<verdict>"

      Examples:
        | leaf  | branch | verdict       |
        | 0.001 | 0      | conforms      |
        | 0     | 0      | nonconforming |
        | 1     | -0.1   | nonconforming |
        |       |        | conforms      |

    Scenario: Without the table nobody can say
      When rule "BIO-MASS" is evaluated
      Then the verdict is "undetermined"

  Rule: BIO-SIZE, heights and diameters are those of plants

    Scenario Outline: <height> m high, <dbh> m thick
      Given the plants:
        | number | height   | dbh   |
        | 1      | <height> | <dbh> |
      When rule "BIO-SIZE" is evaluated
      Then the verdict is "<verdict>"

      Examples:
        | height | dbh  | verdict       |
        | 150    | 25   | conforms      |
        | 150.1  | 2    | nonconforming |
        | 15     | 25.1 | nonconforming |
        | 0      | 1    | nonconforming |

    Scenario: Without the table nobody can say
      When rule "BIO-SIZE" is evaluated
      Then the verdict is "undetermined"

  Rule: BIO-CROWN, the crown begins below the top

    Scenario Outline: The crown begins at <base> m of 10 m
      Given the plants:
        | number | height | crown_base |
        | 1      | 10     | <base>     |
      When rule "BIO-CROWN" is evaluated
      Then the verdict is "<verdict>"

      Examples:
        | base | verdict        |
        | 0    | conforms       |
        | 10   | conforms       |
        | 10.1 | nonconforming  |
        | -1   | nonconforming  |
        |      | not applicable |

  Rule: BIO-BREAST, a plant with a diameter at breast height reaches it

    Scenario Outline: <height> m high, measured at "<at>"
      Given the plants:
        | number | height   | dbh  | measured_at |
        | 1      | <height> | 0.02 | <at>        |
      When rule "BIO-BREAST" is evaluated
      Then the verdict is "<verdict>"

      Examples:
        | height | at  | verdict       |
        | 1.3    |     | conforms      |
        | 1.29   |     | nonconforming |
        | 1.29   | 0.5 | conforms      |

  Rule: BIO-SLENDER, height and diameter go together

    Scenario Outline: <height> m high, <dbh> m thick
      Given the plants:
        | number | height   | dbh   |
        | 1      | <height> | <dbh> |
      When rule "BIO-SLENDER" is evaluated
      Then the verdict is "<verdict>"

      Examples:
        | height | dbh   | verdict        |
        | 25     | 0.1   | conforms       |
        | 25.1   | 0.1   | nonconforming  |
        | 10     | 1     | conforms       |
        | 10     | 1.01  | nonconforming  |
        | 4.9    | 0.001 | not applicable |

  Rule: BIO-TAPER, the base is thicker than breast height

    Scenario Outline: <basal> m at the base, 0.1 m at breast height
      Given the plants:
        | number | basal   | dbh |
        | 1      | <basal> | 0.1 |
      When rule "BIO-TAPER" is evaluated
      Then the verdict is "<verdict>"

      Examples:
        | basal | verdict        |
        | 0.1   | conforms       |
        | 0.09  | nonconforming  |
        |       | not applicable |

    Scenario Outline: Without the table of plants nobody can say (<rule>)
      When rule "<rule>" is evaluated
      Then the verdict is "undetermined"

      Examples:
        | rule            |
        | BIO-ABOVE-PARTS |
        | BIO-TOTAL-PARTS |
        | BIO-ROOT-PARTS  |
        | BIO-BREAST      |
