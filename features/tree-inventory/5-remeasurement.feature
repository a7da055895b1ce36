Feature: 5 Remeasurement
  The same tree at two inventories.

  Background:
    Given methodology "tree-inventory"
    And the inventory "scheme" is "ifn"
    And the plots:
      | number | plot | year | version |
      | 1      | A    | 1990 | ifn2    |
      | 2      | A    | 2000 | ifn3    |

  Rule: INV-LINK, the earlier tree a row names is there

    Scenario Outline: It names number "<before>"
      Given the trees:
        | number | plot | year | version | tree | in_ifn2  | in_ifn3 | dbh |
        | 1      | A    | 1990 | ifn2    | 4    |          |         | 20  |
        | 2      | A    | 2000 | ifn3    | 9    | <before> | 9       | 24  |
      When rule "INV-LINK" is evaluated
      Then the verdict is "<verdict>"

      Examples:
        | before | verdict        |
        | 4      | conforms       |
        | 5      | nonconforming  |
        | 0      | not applicable |

  Rule: INV-SHRINK, no diameter shrinks

    Scenario Outline: From 20 cm to <dbh> cm
      Given the trees:
        | number | plot | year | version | tree | in_ifn2 | in_ifn3 | dbh   |
        | 1      | A    | 1990 | ifn2    | 4    |         |         | 20    |
        | 2      | A    | 2000 | ifn3    | 9    | 4       | 9       | <dbh> |
      When rule "INV-SHRINK" is evaluated
      Then the verdict is "<verdict>"

      Examples:
        | dbh  | verdict        |
        | 20   | conforms       |
        | 19   | conforms       |
        | 18.9 | nonconforming  |
        | 0    | not applicable |

    Scenario: From the third inventory to the fourth
      Given the trees:
        | number | plot | year | version | tree | in_ifn2 | in_ifn3 | in_ifn4 | dbh |
        | 1      | A    | 2000 | ifn3    | 9    | 4       | 7       |         | 24  |
        | 2      | A    | 2014 | ifn4    | 9    |         | 7       | 3       | 21  |
      When rule "INV-SHRINK" is evaluated
      Then the verdict for "2" is "nonconforming"

  Rule: INV-GROWTH, no diameter grows faster than trees do

    Scenario Outline: From 20 cm to <dbh> cm in ten years
      Given the trees:
        | number | plot | year | version | tree | in_ifn2 | in_ifn3 | dbh   |
        | 1      | A    | 1990 | ifn2    | 4    |         |         | 20    |
        | 2      | A    | 2000 | ifn3    | 9    | 4       | 9       | <dbh> |
      When rule "INV-GROWTH" is evaluated
      Then the verdict is "<verdict>"

      Examples:
        | dbh  | verdict       |
        | 50   | conforms      |
        | 50.1 | nonconforming |

  Rule: INV-SAME-SPECIES, a tree keeps its species

    Scenario Outline: From code 21 to "<species>"
      Given the trees:
        | number | plot | year | version | tree | in_ifn2 | in_ifn3 | species   |
        | 1      | A    | 1990 | ifn2    | 4    |         |         | 21        |
        | 2      | A    | 2000 | ifn3    | 9    | 4       | 9       | <species> |
      When rule "INV-SAME-SPECIES" is evaluated
      Then the verdict is "<verdict>"

      Examples:
        | species | verdict        |
        | 21      | conforms       |
        | 24      | nonconforming  |
        |         | not applicable |

  Rule: INV-LOST, a tree of a plot visited again is accounted for

    Scenario Outline: The later row names number <before>
      Given the trees:
        | number | plot | year | version | tree | in_ifn2  | in_ifn3 |
        | 1      | A    | 1990 | ifn2    | 4    |          |         |
        | 2      | A    | 2000 | ifn3    | 9    | <before> | 0       |
      When rule "INV-LOST" is evaluated
      Then the verdict is "<verdict>"

      Examples:
        | before | verdict       |
        | 4      | conforms      |
        | 5      | nonconforming |

    Scenario: A plot that was not visited again
      Given the plots:
        | number | plot | year | version |
        | 1      | A    | 1990 | ifn2    |
      And the trees:
        | number | plot | year | version | tree |
        | 1      | A    | 1990 | ifn2    | 4    |
      When rule "INV-LOST" is evaluated
      Then the verdict is "not applicable"

  Rule: INV-ALIVE, what was dead does not live again

    Scenario Outline: Dead before, number <now> now
      Given the trees:
        | number | plot | year | version | tree | in_ifn3 | in_ifn4 |
        | 1      | A    | 2014 | ifn4    | 9    | 888     | <now>   |
      When rule "INV-ALIVE" is evaluated
      Then the verdict is "<verdict>"

      Examples:
        | now | verdict       |
        | 888 | conforms      |
        | 0   | conforms      |
        | 12  | nonconforming |

  Rule: INV-REVISIT, a tree seen again has its first record

    Scenario Outline: The first record has number <tree>
      Given the inventory "scheme" is "ffi"
      And the trees:
        | number | plot | year | tree   | species | status | dbh |
        | 1      | A    | 2016 | <tree> | 61      | 0      | 20  |
        | 2      | A    | 2016 | 4      |         |        | 22  |
      When rule "INV-REVISIT" is evaluated
      Then the verdict is "<verdict>"

      Examples:
        | tree | verdict       |
        | 4    | conforms      |
        | 5    | nonconforming |
        |      | undetermined  |

  Rule: INV-REVISIT-SHRINK, no diameter shrinks between the visits

    Scenario Outline: From 20 cm to <dbh> cm
      Given the inventory "scheme" is "ffi"
      And the trees:
        | number | plot | year | tree | species | status | dbh   |
        | 1      | A    | 2016 | 4    | 61      | 0      | 20    |
        | 2      | A    | 2016 | 4    |         |        | <dbh> |
      When rule "INV-REVISIT-SHRINK" is evaluated
      Then the verdict is "<verdict>"

      Examples:
        | dbh  | verdict       |
        | 19   | conforms      |
        | 18.9 | nonconforming |

    Scenario Outline: Without the table of trees nobody can say (<rule>)
      Given the inventory "scheme" is "<scheme>"
      When rule "<rule>" is evaluated
      Then the verdict is "undetermined"

      Examples:
        | rule               | scheme |
        | INV-LINK           | ifn    |
        | INV-SHRINK         | ifn    |
        | INV-GROWTH         | ifn    |
        | INV-SAME-SPECIES   | ifn    |
        | INV-LOST           | ifn    |
        | INV-ALIVE          | ifn    |
        | INV-REVISIT-SHRINK | ffi    |
