Feature: 6 Sums per hectare
  Living trees, each with what it stands for.

  Background:
    Given methodology "tree-inventory"
    And the inventory "scheme" is "fia"
    And the plots:
      | number | plot | year |
      | 1      | A    | 2015 |

  Rule: INV-STEMS and INV-BASAL

    Scenario: Two living trees count, a dead one and one of another year do not
      Given the trees:
        | number | plot | year | tree | status | density | dbh |
        | 1      | A    | 2015 | 1    | 1      | 100     | 20  |
        | 2      | A    | 2015 | 2    | 1      | 50      | 40  |
        | 3      | A    | 2015 | 3    | 2      | 50      | 40  |
        | 4      | A    | 2014 | 4    | 1      | 50      | 40  |
      When all rules are evaluated
      Then computed "stems" of "1" is 150 trees/ha
      # 100 × π/4 × 0.2² + 50 × π/4 × 0.4²
      And computed "basal_area" of "1" is 9.42477796 m2/ha within 0.00000001 m2/ha
      And the verdict of rule "INV-STEMS" is "conforms"
      And the verdict of rule "INV-BASAL" is "conforms"

    Scenario Outline: <density> a hectare of <dbh> cm
      Given the trees:
        | number | plot | year | tree | status | density   | dbh   |
        | 1      | A    | 2015 | 1    | 1      | <density> | <dbh> |
      When all rules are evaluated
      Then the verdict of rule "INV-STEMS" is "<stems>"
      And the verdict of rule "INV-BASAL" is "<basal>"

      Examples:
        | density | dbh | stems         | basal         |
        | 40000   | 5   | conforms      | conforms      |
        | 40001   | 5   | nonconforming | conforms      |
        | 1000    | 51  | conforms      | nonconforming |

    Scenario: Without its trees a plot has no sum
      When all rules are evaluated
      Then the verdict of rule "INV-STEMS" is "undetermined"
      And the verdict of rule "INV-BASAL" is "undetermined"
