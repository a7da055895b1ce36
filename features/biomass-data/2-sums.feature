Feature: 2 Sums
  A whole is compared with its parts where all of them are given.

  Background:
    Given methodology "biomass-data"

  Rule: BIO-ABOVE, above ground is leaves and stem

    Scenario Outline: <above> kg of leaves 2, stem 8, branches "<branch>"
      Given the plants:
        | number | leaf | stem   | branch   | above   |
        | 1      | 2    | <stem> | <branch> | <above> |
      When rule "BIO-ABOVE" is evaluated
      Then the verdict is "<verdict>"

      Examples: the stem with its branches, without them, and neither
        | stem | branch | above | verdict        |
        | 8    | 1      | 10    | conforms       |
        | 8    | 1      | 11    | conforms       |
        | 8    | 1      | 10.5  | nonconforming  |
        | 98   |        | 102   | conforms       |
        | 98   |        | 102.1 | nonconforming  |
        |      |        | 10    | not applicable |

  Rule: BIO-BRANCHES, the stem includes the branches

    Scenario Outline: <above> kg of leaves 2, stem 8, branches <branch>
      Given the plants:
        | number | leaf | stem | branch   | above   |
        | 1      | 2    | 8    | <branch> | <above> |
      When rule "BIO-BRANCHES" is evaluated
      Then the verdict is "<verdict>"

      Examples:
        | branch | above | verdict        |
        | 1      | 11    | nonconforming  |
        | 0.1    | 10.1  | conforms       |
        | 1      | 10    | not applicable |
        |        | 10    | not applicable |

  Rule: BIO-TOTAL, the whole is above ground and roots

    Scenario Outline: <total> of 70 and 30
      Given the plants:
        | number | above | roots   | total   |
        | 1      | 70    | <roots> | <total> |
      When rule "BIO-TOTAL" is evaluated
      Then the verdict is "<verdict>"

      Examples:
        | roots | total | verdict        |
        | 30    | 102   | conforms       |
        | 30    | 102.1 | nonconforming  |
        | 30    | 98    | nonconforming  |
        |       | 100   | not applicable |

  Rule: BIO-ROOTS, roots are fine and coarse roots

    Scenario Outline: <roots> of 4 and 6
      Given the plants:
        | number | fine_roots | coarse_roots | roots   |
        | 1      | 4          | 6            | <roots> |
      When rule "BIO-ROOTS" is evaluated
      Then the verdict is "<verdict>"

      Examples:
        | roots | verdict        |
        | 10.2  | conforms       |
        | 10.3  | nonconforming  |
        |       | not applicable |

  Rule: BIO-STEM, the stem is sapwood, heartwood and bark

    Scenario Outline: <stem> of 5, 4 and 1
      Given the plants:
        | number | sapwood | heartwood | bark | stem   |
        | 1      | 5       | 4         | 1    | <stem> |
      When rule "BIO-STEM" is evaluated
      Then the verdict is "<verdict>"

      Examples:
        | stem | verdict        |
        | 10   | conforms       |
        | 9    | nonconforming  |
        |      | not applicable |

    Scenario: Without the table of plants nobody can say
      When rule "BIO-ABOVE" is evaluated
      Then the verdict is "undetermined"
