Feature: 4 Measures
  Values no tree can have.

  Background:
    Given methodology "tree-inventory"
    And the inventory "scheme" is "ifn"

  Rule: INV-DBH, a diameter is above zero

    Scenario Outline: A diameter of "<dbh>"
      Given the trees:
        | number | plot | year | tree | dbh   |
        | 1      | A    | 2015 | 1    | <dbh> |
      When rule "INV-DBH" is evaluated
      Then the verdict is "<verdict>"

      Examples:
        | dbh | verdict        |
        | 0.1 | conforms       |
        | 0   | nonconforming  |
        |     | not applicable |

  Rule: INV-HEIGHT, a height is above zero

    Scenario Outline: A height of "<height>"
      Given the trees:
        | number | plot | year | tree | dbh | height   |
        | 1      | A    | 2015 | 1    | 20  | <height> |
      When rule "INV-HEIGHT" is evaluated
      Then the verdict is "<verdict>"

      Examples:
        | height | verdict        |
        | 0.1    | conforms       |
        | 0      | nonconforming  |
        |        | not applicable |

  Rule: INV-CALIPER, a diameter is not below the inventory's limit

    Scenario Outline: <dbh> cm in <scheme>
      Given the inventory "scheme" is "<scheme>"
      And the trees:
        | number | plot | year | tree | density | dbh   |
        | 1      | A    | 2015 | 1    | 100     | <dbh> |
      When rule "INV-CALIPER" is evaluated
      Then the verdict is "<verdict>"

      Examples:
        | scheme | dbh  | verdict       |
        | ifn    | 7.4  | nonconforming |
        | ifn    | 7.5  | conforms      |
        | ffi    | 7.47 | nonconforming |
        | ffi    | 7.48 | conforms      |
        | fia    | 2.53 | nonconforming |
        | fia    | 2.54 | conforms      |

    Scenario: Whose inventory it is was not said
      Given the parameter "inventory.scheme" is missing
      And the trees:
        | number | plot | year | tree | density | dbh |
        | 1      | A    | 2015 | 1    | 100     | 5   |
      When rule "INV-CALIPER" is evaluated
      Then the verdict is "undetermined"

  Rule: INV-BREAST, a tree with a diameter at breast height reaches it

    Scenario Outline: A height of <height> m
      Given the trees:
        | number | plot | year | tree | dbh | height   |
        | 1      | A    | 2015 | 1    | 8   | <height> |
      When rule "INV-BREAST" is evaluated
      Then the verdict is "<verdict>"

      Examples:
        | height | verdict        |
        | 1.29   | nonconforming  |
        | 1.3    | conforms       |
        | 0      | not applicable |

  Rule: INV-SLENDER, height and diameter go together

    Scenario Outline: <height> m high, 10 cm thick
      Given the trees:
        | number | plot | year | tree | dbh | height   |
        | 1      | A    | 2015 | 1    | 10  | <height> |
      When rule "INV-SLENDER" is evaluated
      Then the verdict is "<verdict>"

      Examples:
        | height | verdict       |
        | 0.99   | nonconforming |
        | 1      | conforms      |
        | 25     | conforms      |
        | 25.01  | nonconforming |

  Rule: INV-TALL, no tree is taller than trees grow

    Scenario Outline: <height> m in <scheme>
      Given the inventory "scheme" is "<scheme>"
      And the trees:
        | number | plot | year | tree | dbh | height   |
        | 1      | A    | 2015 | 1    | 90  | <height> |
      When rule "INV-TALL" is evaluated
      Then the verdict is "<verdict>"

      Examples:
        | scheme | height | verdict       |
        | ifn    | 70     | conforms      |
        | ifn    | 70.1   | nonconforming |
        | fia    | 116    | conforms      |
        | fia    | 116.1  | nonconforming |

    Scenario: Whose inventory it is was not said
      Given the parameter "inventory.scheme" is missing
      And the trees:
        | number | plot | year | tree | dbh | height |
        | 1      | A    | 2015 | 1    | 90  | 80     |
      When rule "INV-TALL" is evaluated
      Then the verdict is "undetermined"

  Rule: INV-LIVE, a living tree of the sample was measured

    Scenario Outline: Status <status>, diameter "<dbh>"
      Given the inventory "scheme" is "fia"
      And the trees:
        | number | plot | year | tree | status   | dbh   |
        | 1      | A    | 2015 | 1    | <status> | <dbh> |
      When rule "INV-LIVE" is evaluated
      Then the verdict is "<verdict>"

      Examples:
        | status | dbh | verdict        |
        | 1      | 20  | conforms       |
        | 1      |     | nonconforming  |
        | 2      |     | not applicable |

    Scenario Outline: Without the table of trees nobody can say (<rule>)
      Given the inventory "scheme" is "fia"
      When rule "<rule>" is evaluated
      Then the verdict is "undetermined"

      Examples:
        | rule        |
        | INV-SLENDER |
        | INV-LIVE    |
