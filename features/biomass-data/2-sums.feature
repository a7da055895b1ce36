Feature: 2 Sums
  A whole is compared with its parts where all of them are given.

  Background:
    Given methodology "biomass-data"

  Rule: BIO-ABOVE, above ground is leaves and stem

    Scenario Outline: <above> kg of leaves 2.002, stem <stem>, branches "<branch>"
      Given the plants:
        | number | leaf  | stem   | branch   | above   |
        | 1      | 2.002 | <stem> | <branch> | <above> |
      When rule "BIO-ABOVE" is evaluated
      Then the verdict is "<verdict>"

      Examples: the stem with its branches, without them, and neither; at 1 % and beyond
        | stem   | branch | above   | verdict        |
        | 8.003  | 1.004  | 10.005  | conforms       |
        | 8.003  | 1.004  | 11.009  | conforms       |
        | 8.003  | 1.004  | 10.503  | nonconforming  |
        | 98.003 |        | 101.015 | conforms       |
        | 98.003 |        | 101.016 | nonconforming  |
        |        |        | 10.005  | not applicable |

  Rule: BIO-BRANCHES, the stem includes the branches

    Scenario Outline: <above> kg of leaves 2.002, stem 8.003, branches "<branch>"
      Given the plants:
        | number | leaf  | stem  | branch   | above   |
        | 1      | 2.002 | 8.003 | <branch> | <above> |
      When rule "BIO-BRANCHES" is evaluated
      Then the verdict is "<verdict>"

      Examples:
        | branch | above  | verdict        |
        | 1.004  | 11.009 | nonconforming  |
        | 0.101  | 10.106 | conforms       |
        | 1.004  | 10.005 | not applicable |
        |        | 10.005 | not applicable |

  Rule: BIO-TOTAL, the whole is above ground and roots

    Scenario Outline: <total> of <above> and "<roots>"
      Given the plants:
        | number | above   | roots   | total   |
        | 1      | <above> | <roots> | <total> |
      When rule "BIO-TOTAL" is evaluated
      Then the verdict is "<verdict>"

      Examples: at 1 % and beyond; figures rounded to whole kilograms, up to a tenth
        | above  | roots  | total   | verdict        |
        | 70.001 | 30.002 | 101.013 | conforms       |
        | 70.001 | 30.002 | 101.014 | nonconforming  |
        | 70.001 | 30.002 | 98.992  | nonconforming  |
        | 2.6    | 1      | 4       | conforms       |
        | 2.5    | 1      | 4       | nonconforming  |
        | 70.001 |        | 100.003 | not applicable |

  Rule: BIO-ROOTS, roots are fine and coarse roots

    Scenario Outline: "<roots>" of 4.001 and 6.002
      Given the plants:
        | number | fine_roots | coarse_roots | roots   |
        | 1      | 4.001      | 6.002        | <roots> |
      When rule "BIO-ROOTS" is evaluated
      Then the verdict is "<verdict>"

      Examples:
        | roots  | verdict        |
        | 10.104 | conforms       |
        | 10.105 | nonconforming  |
        |        | not applicable |

  Rule: BIO-STEM, the stem is sapwood, heartwood and bark

    Scenario Outline: "<stem>" of 5.001, 4.002 and 1.003
      Given the plants:
        | number | sapwood | heartwood | bark  | stem   |
        | 1      | 5.001   | 4.002     | 1.003 | <stem> |
      When rule "BIO-STEM" is evaluated
      Then the verdict is "<verdict>"

      Examples:
        | stem   | verdict        |
        | 10.006 | conforms       |
        | 9.005  | nonconforming  |
        |        | not applicable |

  Rule: BIO-COMPONENTS, above ground is leaves, branches, wood and bark

    Scenario Outline: "<above>" of 1.001, 2.002, 5.003 and 1.004
      Given the plants:
        | number | leaf  | branch | wood  | bark  | above   |
        | 1      | 1.001 | 2.002  | 5.003 | 1.004 | <above> |
      When rule "BIO-COMPONENTS" is evaluated
      Then the verdict is "<verdict>"

      Examples:
        | above | verdict        |
        | 9.101 | conforms       |
        | 9.102 | nonconforming  |
        |       | not applicable |

    Scenario Outline: Without the table of plants nobody can say (<rule>)
      When rule "<rule>" is evaluated
      Then the verdict is "undetermined"

      Examples:
        | rule           |
        | BIO-ABOVE      |
        | BIO-BRANCHES   |
        | BIO-TOTAL      |
        | BIO-ROOTS      |
        | BIO-STEM       |
        | BIO-COMPONENTS |
