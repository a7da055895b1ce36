Feature: 3 Design of the plot
  What a tree stands for per hectare follows from the circle it was counted in.

  Background:
    Given methodology "tree-inventory"

  Rule: INV-FACTOR, a living measured tree has its factor

    Scenario Outline: A tree of <scheme>, status "<status>", factor "<density>"
      Given the inventory "scheme" is "<scheme>"
      And the trees:
        | number | plot | year | tree | status   | density   | dbh |
        | 1      | A    | 2015 | 1    | <status> | <density> | 20  |
      When rule "INV-FACTOR" is evaluated
      Then the verdict is "<verdict>"

      Examples:
        | scheme | status | density | verdict        |
        | ffi    | 0      | 88.4    | conforms       |
        | ffi    | 0      |         | nonconforming  |
        | ffi    | 5      |         | not applicable |
        | fia    | 1      |         | nonconforming  |
        | fia    | 2      |         | not applicable |

    Scenario Outline: A tree of Spain, factor "<density>"
      Given the inventory "scheme" is "ifn"
      And the trees:
        | number | plot | year | version | tree   | density   | dbh |
        | 1      | A    | 1990 | ifn2    | <tree> | <density> | 20  |
      When rule "INV-FACTOR" is evaluated
      Then the verdict is "<verdict>"

      Examples: a tree, and a code for one that is not counted
        | tree | density | verdict        |
        | 4    | 31.83   | conforms       |
        | 4    |         | nonconforming  |
        | 999  |         | not applicable |

  Rule: INV-CIRCLE, the factor is that of the circle

    Scenario Outline: <dbh> cm, factor <density>
      Given the inventory "scheme" is "ifn"
      And the trees:
        | number | plot | year | tree | density   | dbh   |
        | 1      | A    | 2015 | 1    | <density> | <dbh> |
      When rule "INV-CIRCLE" is evaluated
      Then the verdict is "<verdict>"

      Examples: at each limit and just below it
        | dbh   | density     | verdict        |
        | 7.45  | 127.3239546 | not applicable |
        | 7.5   | 127.3239546 | conforms       |
        | 12.45 | 127.3239546 | conforms       |
        | 12.5  | 127.3239546 | nonconforming  |
        | 12.5  | 31.83098865 | conforms       |
        | 22.45 | 31.83098865 | conforms       |
        | 22.5  | 14.14710607 | conforms       |
        | 42.45 | 14.14710607 | conforms       |
        | 42.5  | 5.092958185 | conforms       |
        | 42.5  | 14.14710607 | nonconforming  |

  Rule: INV-WEIGHT, the weight is not below that of the circle

    Scenario Outline: <dbh> cm, weight <density>
      Given the inventory "scheme" is "ffi"
      And the trees:
        | number | plot | year | tree | density   | dbh   |
        | 1      | A    | 2015 | 1    | <density> | <dbh> |
      When rule "INV-WEIGHT" is evaluated
      Then the verdict is "<verdict>"

      Examples:
        | dbh   | density | verdict       |
        | 22.43 | 88.4    | conforms      |
        | 22.43 | 39.3    | nonconforming |
        | 22.44 | 39.3    | conforms      |
        | 22.44 | 58.9    | conforms      |
        | 37.39 | 14.1    | nonconforming |
        | 37.4  | 14.1    | conforms      |
        | 37.4  | 14.0    | nonconforming |

  Rule: INV-SUBPLOT, the factor is that of four subplots or microplots

    Scenario Outline: <dbh> cm, factor <density>, design "<design>"
      Given the inventory "scheme" is "fia"
      And the plots:
        | number | plot | year | design   |
        | 1      | A    | 2015 | <design> |
      And the trees:
        | number | plot | year | tree | density   | dbh   |
        | 1      | A    | 2015 | 1    | <density> | <dbh> |
      When rule "INV-SUBPLOT" is evaluated
      Then the verdict is "<verdict>"

      Examples:
        | dbh    | density  | design | verdict        |
        | 12.69  | 185.2432 | 1      | conforms       |
        | 12.69  | 14.8709  | 1      | nonconforming  |
        | 12.7   | 14.8709  | 1      | conforms       |
        | 12.7   | 185.2432 | 1      | nonconforming  |
        | 60.95  | 2.46904  | 1      | nonconforming  |
        | 60.96  | 2.46904  | 1      | conforms       |
        | 60.96  | 14.8709  | 1      | conforms       |
        | 10     | 92.9432  | 506    | conforms       |
        | 10     | 185.2432 | 506    | nonconforming  |
        | 10     | 185.2432 | 3      | not applicable |
        | 10     | 185.2432 |        | not applicable |

  Rule: INV-SEEDLINGS, seedlings per hectare are the count times the factor

    Scenario Outline: <count> seedlings are <per_hectare> a hectare
      Given the inventory "scheme" is "fia"
      And the plots:
        | number | plot | year | design |
        | 1      | A    | 2015 | 1      |
      And the seedlings:
        | number | plot | year | count   | density | per_hectare   |
        | 1      | A    | 2015 | <count> | 370.486 | <per_hectare> |
      When rule "INV-SEEDLINGS" is evaluated
      Then the verdict is "<verdict>"

      Examples:
        | count | per_hectare | verdict        |
        | 2     | 370.4865    | conforms       |
        | 2     | 740.9730    | nonconforming  |
        | 2     |             | not applicable |

    Scenario: Without the table nobody can say
      Given the inventory "scheme" is "fia"
      When rule "INV-SEEDLINGS" is evaluated
      Then the verdict is "undetermined"

    Scenario Outline: Without the table of trees nobody can say (<rule>)
      Given the inventory "scheme" is "<scheme>"
      When rule "<rule>" is evaluated
      Then the verdict is "undetermined"

      Examples:
        | rule        | scheme |
        | INV-FACTOR  | ffi    |
        | INV-CIRCLE  | ifn    |
        | INV-WEIGHT  | ffi    |
        | INV-SUBPLOT | fia    |
