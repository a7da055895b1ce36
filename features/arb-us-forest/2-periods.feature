Feature: 2 Periods and dates
  Reporting periods follow one another, have their length, and dates come in order.

  Background:
    Given methodology "arb-us-forest"

  Rule: ARB-PROTOCOL, the project names a version of the protocol that exists

    Scenario Outline: The version <date>
      Given parameter "project.protocol" is "<date>"
      When rule "ARB-PROTOCOL" is evaluated
      Then the verdict is "<verdict>"

      Examples:
        | date       | verdict       |
        | 2011-10-20 | conforms      |
        | 2014-11-14 | conforms      |
        | 2015-06-25 | conforms      |
        | 2015-11-14 | nonconforming |

    Scenario: No version is named
      Given parameter "project.protocol" is missing
      When rule "ARB-PROTOCOL" is evaluated
      Then the verdict is "undetermined"
      And "project.protocol" is missing

  Rule: ARB-RP-ORDER, each reporting period ends after it starts

    Scenario Outline: A period from 2015-01-01 to <end>
      Given the reporting_periods:
        | number | start      | end   |
        | 0      | 2015-01-01 | <end> |
      When rule "ARB-RP-ORDER" is evaluated
      Then the verdict is "<verdict>"

      Examples:
        | end        | verdict       |
        | 2015-01-02 | conforms      |
        | 2015-01-01 | nonconforming |
        | 2014-12-31 | nonconforming |

    Scenario: The last day is missing
      Given the reporting_periods:
        | number | start      | end |
        | 0      | 2015-01-01 |     |
      When rule "ARB-RP-ORDER" is evaluated
      Then the verdict is "undetermined"
      And "reporting_periods[0].end" is missing

  Rule: ARB-RP-GAP, reporting periods follow one another day by day

    Scenario Outline: The second period starts on <start>
      Given the reporting_periods:
        | number | start      | end        |
        | 0      | 2015-01-01 | 2015-12-31 |
        | 1      | <start>    | 2016-12-31 |
      When rule "ARB-RP-GAP" is evaluated
      Then the verdict is "<verdict>"

      Examples: one day early, on the day, one day late
        | start      | verdict       |
        | 2015-12-31 | nonconforming |
        | 2016-01-01 | conforms      |
        | 2016-01-02 | nonconforming |

    Scenario: The finding names the period
      Given the reporting_periods:
        | number | start      | end        |
        | 0      | 2015-01-01 | 2015-12-31 |
        | 1      | 2016-01-01 | 2016-12-31 |
        | 2      | 2018-01-01 | 2018-12-31 |
      When rule "ARB-RP-GAP" is evaluated
      Then the verdict is "nonconforming"
      And a finding points to "2"

    Scenario: The period before is not reported
      Given the reporting_periods:
        | number | start      | end        |
        | 2      | 2018-01-01 | 2018-12-31 |
      When rule "ARB-RP-GAP" is evaluated
      Then the verdict is "undetermined"

    Scenario: There is only one period
      Given the reporting_periods:
        | number | start      | end        |
        | 0      | 2015-01-01 | 2015-12-31 |
      When rule "ARB-RP-GAP" is evaluated
      Then the verdict is "not applicable"

  Rule: ARB-RP-FIRST, the first reporting period lasts 6 to 24 months

    Scenario Outline: From <start> to <end>
      Given parameter "first_period.start" is "<start>"
      And parameter "first_period.end" is "<end>"
      When rule "ARB-RP-FIRST" is evaluated
      Then the verdict is "<verdict>"

      Examples: around six months
        | start      | end        | verdict       |
        | 2015-01-01 | 2015-06-29 | nonconforming |
        | 2015-01-01 | 2015-06-30 | conforms      |
        | 2015-01-01 | 2015-07-01 | conforms      |

      Examples: around 24 months
        | start      | end        | verdict       |
        | 2015-01-01 | 2016-12-30 | conforms      |
        | 2015-01-01 | 2016-12-31 | conforms      |
        | 2015-01-01 | 2017-01-01 | nonconforming |

      Examples: months without such a day
        | start      | end        | verdict       |
        | 2014-08-31 | 2015-02-27 | conforms      |
        | 2016-02-29 | 2018-02-28 | conforms      |
        | 2016-02-29 | 2018-03-01 | nonconforming |

    Scenario: The last day is missing
      Given parameter "first_period.start" is "2015-01-01"
      And parameter "first_period.end" is missing
      When rule "ARB-RP-FIRST" is evaluated
      Then the verdict is "undetermined"
      And "first_period.end" is missing

  Rule: ARB-RP-YEAR, later reporting periods last 12 months

    Scenario Outline: The second period runs from <start> to <end>
      Given the reporting_periods:
        | number | start      | end        |
        | 0      | 2014-01-01 | 2015-12-31 |
        | 1      | <start>    | <end>      |
      When rule "ARB-RP-YEAR" is evaluated
      Then the verdict is "<verdict>"

      Examples: one day short, twelve months, one day long
        | start      | end        | verdict       |
        | 2016-01-01 | 2016-12-30 | nonconforming |
        | 2016-01-01 | 2016-12-31 | conforms      |
        | 2016-01-01 | 2017-01-01 | nonconforming |

      Examples: from a leap day
        | start      | end        | verdict       |
        | 2016-02-29 | 2017-02-27 | nonconforming |
        | 2016-02-29 | 2017-02-28 | conforms      |

    Scenario: The last day is missing
      Given the reporting_periods:
        | number | start      | end |
        | 1      | 2016-01-01 |     |
      When rule "ARB-RP-YEAR" is evaluated
      Then the verdict is "undetermined"
      And "reporting_periods[1].end" is missing

  Rule: ARB-RP-SUBMITTED, a report is submitted after its period has ended

    Scenario Outline: A period to 2015-12-31, reported on <submitted>
      Given the reporting_periods:
        | number | start      | end        | submitted   |
        | 0      | 2015-01-01 | 2015-12-31 | <submitted> |
      When rule "ARB-RP-SUBMITTED" is evaluated
      Then the verdict is "<verdict>"

      Examples:
        | submitted  | verdict       |
        | 2015-12-30 | nonconforming |
        | 2015-12-31 | nonconforming |
        | 2016-01-01 | conforms      |

    Scenario: The date of the report is missing
      Given the reporting_periods:
        | number | start      | end        | submitted |
        | 0      | 2015-01-01 | 2015-12-31 |           |
      When rule "ARB-RP-SUBMITTED" is evaluated
      Then the verdict is "undetermined"
      And "reporting_periods[0].submitted" is missing

  Rule: ARB-COMMENCED, the first reporting period starts no earlier than the project

    Scenario Outline: A project of 2014-05-16, first reported from <start>
      Given parameter "project.commencement" is "2014-05-16"
      And parameter "first_period.start" is "<start>"
      When rule "ARB-COMMENCED" is evaluated
      Then the verdict is "<verdict>"

      Examples:
        | start      | verdict       |
        | 2014-05-15 | nonconforming |
        | 2014-05-16 | conforms      |
        | 2014-05-17 | conforms      |

    Scenario: The commencement date is missing
      Given parameter "project.commencement" is missing
      And parameter "first_period.start" is "2014-05-16"
      When rule "ARB-COMMENCED" is evaluated
      Then the verdict is "undetermined"
      And "project.commencement" is missing

  Rule: ARB-LISTED, a project is listed before it is registered

    Scenario Outline: Listed on 2015-02-27, registered on <registered>
      Given parameter "project.listed" is "2015-02-27"
      And parameter "project.registered" is "<registered>"
      When rule "ARB-LISTED" is evaluated
      Then the verdict is "<verdict>"

      Examples:
        | registered | verdict       |
        | 2015-02-26 | nonconforming |
        | 2015-02-27 | conforms      |
        | 2015-02-28 | conforms      |

    Scenario: The date of registration is missing
      Given parameter "project.listed" is "2015-02-27"
      And parameter "project.registered" is missing
      When rule "ARB-LISTED" is evaluated
      Then the verdict is "undetermined"
      And "project.registered" is missing
