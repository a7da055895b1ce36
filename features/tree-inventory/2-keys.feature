Feature: 2 Keys
  Plots and trees can be told apart, and every tree has its plot.

  Background:
    Given methodology "tree-inventory"
    And the inventory "scheme" is "ifn"

  Rule: INV-PLOT-ONCE, a plot stands once for a year

    Scenario Outline: A second row of <year>
      Given the plots:
        | number | plot | year   |
        | 1      | A    | 2015   |
        | 2      | A    | <year> |
      When rule "INV-PLOT-ONCE" is evaluated
      Then the verdict is "<verdict>"

      Examples:
        | year | verdict       |
        | 2016 | conforms      |
        | 2015 | nonconforming |
        |      | undetermined  |

  Rule: INV-PLOT, every tree stands on a plot of its year

    Scenario Outline: A tree of plot <plot> in <year>
      Given the plots:
        | number | plot | year |
        | 1      | A    | 2015 |
      And the trees:
        | number | plot   | year   | tree |
        | 1      | <plot> | <year> | 7    |
      When rule "INV-PLOT" is evaluated
      Then the verdict is "<verdict>"

      Examples:
        | plot | year | verdict       |
        | A    | 2015 | conforms      |
        | A    | 2016 | nonconforming |
        | B    | 2015 | nonconforming |
        | A    |      | undetermined  |

  Rule: INV-TREE-ONCE, a tree stands once for a year

    Scenario Outline: The second tree has number <tree>
      Given the trees:
        | number | plot | year | tree   |
        | 1      | A    | 2015 | 1      |
        | 2      | A    | 2015 | <tree> |
      When rule "INV-TREE-ONCE" is evaluated
      Then the verdict is "<verdict>"

      Examples:
        | tree | verdict       |
        | 2    | conforms      |
        | 1    | nonconforming |
        |      | undetermined  |

    Scenario Outline: In France a second row is a second visit if it has neither species nor status
      Given the inventory "scheme" is "ffi"
      And the trees:
        | number | plot | year | tree | species   | status   |
        | 1      | A    | 2015 | 1    | 61        | 0        |
        | 2      | A    | 2015 | 1    | <species> | <status> |
      When rule "INV-TREE-ONCE" is evaluated
      Then the verdict is "<verdict>"

      Examples:
        | species | status | verdict       |
        |         |        | conforms      |
        | 61      |        | nonconforming |
        |         | 0      | nonconforming |

    Scenario: In the United States four subplots may each have a tree of one number
      Given the inventory "scheme" is "fia"
      And the trees:
        | number | plot | year | tree |
        | 1      | A    | 2015 | 1    |
        | 2      | A    | 2015 | 1    |
        | 3      | A    | 2015 | 1    |
        | 4      | A    | 2015 | 1    |
        | 5      | B    | 2015 | 1    |
        | 6      | B    | 2015 | 1    |
        | 7      | B    | 2015 | 1    |
        | 8      | B    | 2015 | 1    |
        | 9      | B    | 2015 | 1    |
      When rule "INV-TREE-ONCE" is evaluated
      Then the verdict for "4" is "conforms"
      And the verdict for "9" is "nonconforming"

  Rule: INV-SPECIES, a measured tree has its species

    Scenario Outline: Species "<species>", <dbh>
      Given the trees:
        | number | plot | year | tree | species   | density | dbh   |
        | 1      | A    | 2015 | 1    | <species> | 31.83   | <dbh> |
      When rule "INV-SPECIES" is evaluated
      Then the verdict is "<verdict>"

      Examples:
        | species | dbh   | verdict        |
        | 21      | 20 cm | conforms       |
        |         | 20 cm | nonconforming  |
        |         | 0 cm  | not applicable |

  Rule: INV-NAME, a species code has its name

    Scenario Outline: Code "<species>", name "<name>"
      Given the trees:
        | number | plot | year | tree | species   | species_name |
        | 1      | A    | 2015 | 1    | <species> | <name>       |
      When rule "INV-NAME" is evaluated
      Then the verdict is "<verdict>"

      Examples:
        | species | name        | verdict        |
        | 24      | Pinus pinea | conforms       |
        | 946     |             | nonconforming  |
        |         |             | not applicable |
