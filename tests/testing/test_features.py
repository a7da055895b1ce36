"""Features without Python beside them: green, red, and why they are red."""

from __future__ import annotations

import pytest

pytest_plugins = ["pytester"]
readable = pytest.mark.skipif(
    pytest.version_tuple < (9,), reason="pytest 8 escapes the ids of examples in any case"
)

ENGLISH = """
@small
Feature: A small pack
  Background:
    Given methodology "./site"

  Rule: S-SITE, parcels are large enough

    Scenario Outline: A parcel of <area>
      Given the parcels:
        | id   | area   | slope |
        | P-07 | <area> | 12    |
      When rule "S-SITE" is evaluated
      Then the verdict is "<verdict>"

      Examples: below, at and above
        | area      | verdict       |
        | 666 m2    | nonconforming |
        | 0.0667 ha | conforms      |
        | 1         | conforms      |

    Scenario: Something is missing
      Given the table "parcels":
        | Number | Area | Slope |
        | P-07   |      | 12    |
        | P-08   | 1    | 12    |
      When rule "S-SITE" is evaluated
      Then the verdict is "undetermined"
      And the verdict of "P-07" is "undetermined"
      And the verdict for "parcels" "P-08" is "conforms"
      And there is 1 finding
      And a finding points to "P-07"
      And a finding points to "small.feature:24"
      And "parcels[P-07].area" is missing

  Rule: S-CLAIM, the claim is reproduced

    Background:
      Given the parcels:
        | id | area | stock |
        | A  | 1    | 60    |
        | B  | 1    | 40    |
      And the project "irrigated" is "no"
      And the assessment date is "2026-05-12"

    Scenario: Something is missing
      Given parameter "claimed" is missing
      And evidence "survey"
      When all rules are evaluated
      Then the verdict of rule "S-CLAIM" is "undetermined"
      And the verdict of rule "S-HEARD" is "awaiting judgement"
      And the opinion is "open"
      And "claimed" is missing

    Scenario: It is reproduced
      Given parameter "project.claimed" is "104 tCO2e"
      And evidence "Survey" issued on "2024-03-01"
      And the stage is "validation"
      When rule "S-CLAIM" is evaluated
      Then the verdict is "conforms"
      And there are no findings
      And computed "total" is 101 tCO2e within 2 tCO2e
      And computed "Total" is 101 tCO2e within 1%
      And computed "total" must be at least 100 tCO2e
      And computed "parcel_stock" of "A" is 120 tCO2e within 0 tCO2e

    Scenario: Without the survey
      Given parameter "claimed" is "104"
      When rule "S-CLAIM" is evaluated
      Then the verdict is "undetermined"
      And "survey" is missing
"""

CHINESE = """
# language: zh-CN
功能: 小方法学
  背景:
    假如 方法学 "./site"
    而且 评估日期为 "2026-05-12"
    而且 档案阶段为 "审定"

  场景大纲: 面积为<面积>的地块
    假如 有以下地块：
      | 编号 | 面积   | 坡度 |
      | 甲   | <面积> | 12   |
    当 运行规则 "S-SITE"
    那么 结论为 "<结论>"
    而且 "地块" "甲" 的结论为 "<结论>"

    例子:
      | 面积   | 结论     |
      | 1 亩   | 不符合   |
      | 1.1 亩 | 符合     |
      |        | 不能确定 |

  场景: 复算一致
    假如 有以下"地块"：
      | 编号 | 面积(亩) | 储量 |
      | 甲   | 15       | 100  |
    而且 参数 "申报量" 为 "104"
    而且 项目“灌溉”为“否”
    而且 证据 “勘界报告”
    当 运行规则“S-CLAIM”
    那么 结论为「符合」
    而且 没有发现
    而且 计算值 "合计量" 为 101 tCO2e，误差不超过 2 tCO2e
    而且 计算值 "合计量" 不得低于 100 tCO2e
    而且 "甲" 的计算值 "地块储量" 为 200 tCO2e

  场景: 无人判断
    当 运行规则 "S-HEARD"
    那么 结论为 "需人工判断"
"""


def test_a_feature_in_english_runs_green(run) -> None:
    run(ENGLISH).assert_outcomes(passed=7)


@readable
def test_a_feature_in_chinese_runs_green_with_readable_ids(run) -> None:
    result = run(CHINESE, "-v", "--junit-xml=out.xml")
    result.assert_outcomes(passed=5)
    assert "small.feature::test_面积为<面积>的地块[1.1 亩-符合] PASSED" in result.stdout.str()
    assert "\\u" not in result.stdout.str()


@readable
def test_an_example_is_run_by_its_id(run) -> None:
    run(CHINESE, "small.feature::test_面积为<面积>的地块[1 亩-不符合]").assert_outcomes(passed=1)


def test_features_run_on_several_workers(run) -> None:
    run(CHINESE, "-n", "2").assert_outcomes(passed=5)


def test_tags_choose_scenarios(run) -> None:
    run(ENGLISH, "-m", "small").assert_outcomes(passed=7)


def test_the_id_of_a_rule_chooses_its_scenarios(run) -> None:
    run(ENGLISH, "-k", "S-CLAIM").assert_outcomes(passed=3, deselected=4)


def test_scenarios_of_different_rules_may_be_called_alike(run) -> None:
    result = run(ENGLISH, "-v", "-k", "missing")
    result.assert_outcomes(passed=2, deselected=5)
    result.stdout.fnmatch_lines(
        ["*::test_S-SITE_Something_is_missing*", "*::test_S-CLAIM_Something_is_missing*"]
    )


def test_a_red_scenario_shows_where_it_stands_and_why(run) -> None:
    result = run(ENGLISH.replace("| 0.0667 ha | conforms ", "| 0.5 亩 | conforms "))
    result.assert_outcomes(passed=6, failed=1)
    result.stdout.fnmatch_lines(
        [
            "small.feature, line 13",
            "Feature:  A small pack",
            "Scenario: A parcel of 0.5 亩",
            '    Then the verdict is "conforms"',
            "expected: conforms",
            "found:    nonconforming",
            "S-SITE A parcel is large enough and not too steep: nonconforming",
            "  rows: nonconforming 1",
            "  finding [[]CAR[]] P-07 Parcel P-07 covers 0.03333333333… ha.",
            "      Area = 0.03333333333… ha (“0.5 亩”, small.feature:11:2)",
            "      Slope = 12 (small.feature:11:3)",
        ]
    )
    assert "Traceback" not in result.stdout.str()
    assert "steps.py" not in result.stdout.str()


def test_a_red_scenario_in_chinese_says_why_in_chinese(run) -> None:
    result = run(CHINESE.replace("| 1.1 亩 | 符合 ", "| | 符合 "))
    result.assert_outcomes(passed=4, failed=1)
    result.stdout.fnmatch_lines(
        [
            "small.feature，第13行",
            "功能：小方法学",
            "场景：面积为的地块",
            '    那么 结论为 "符合"',
            "应为：符合",
            "实为：不能确定",
            "S-SITE 地块面积足够且坡度不过大：不能确定",
            "  发现[[]CL[]] 甲 请补充地块甲的面积和坡度。",
            "  缺少：甲的面积 (parcels[[]甲[]].area)",
        ]
    )


def test_not_applicable_is_a_verdict_with_its_reason(run) -> None:
    text = ENGLISH.replace('"irrigated" is "no"', '"irrigated" is "yes"')
    result = run(text, "-k", "reproduced")
    result.assert_outcomes(failed=1, deselected=6)
    result.stdout.fnmatch_lines(
        ["found:    not applicable", "  because: irrigated sites are counted elsewhere"]
    )


@pytest.mark.parametrize(
    ("wrong", "right", "said"),
    [
        ('rule "S-SITE" is run', 'rule "S-SITE" is evaluated', '    rule "…" is evaluated'),
        ('methodology "smal"', 'methodology "./site"', "no methodology “smal” is installed; there are: *"),
        ('methodology "./sit"', 'methodology "./site"', "there is no folder “./sit”"),
        ('methodology "ARB-US-FOREST-V9"', 'methodology "./site"', "the methodology “arb-us-forest” is installed in edition * not V9"),
        ('rule "S-SIET" is evaluated', 'rule "S-SITE" is evaluated', "*did you mean “S-SITE”?"),
        ("| id   | aera   |", "| id   | area   |", "*`aera`*"),
        ('parameter "climed" is missing', 'parameter "claimed" is missing', "*mean “claimed”?"),
        ('the projcet "irrigated"', 'the project "irrigated"', "*mean “project”?"),
        ('parameter "survey" is missing', 'parameter "claimed" is missing', '*write: evidence "survey"'),
        ('evidence "surwey"', 'evidence "survey"', "*mean “survey”?"),
        ("the parcles:", "the parcels:", "*mean “parcels”?"),
        ('is "maybe"', 'is "undetermined"', "“maybe” is no verdict; one of: conforms, *"),
        ('is "104 kWh"', 'is "104 tCO2e"', "*kWh*"),
        ('is "2026-02-30"', 'is "2026-05-12"', "“2026-02-30” is no date; *"),
        ('stage is "construction"', 'stage is "validation"', "“construction” is no stage; *"),
        ("at least 900 tCO2e", "at least 100 tCO2e", "“total” is 100 tCO2e, expected at least 900 tCO2e"),
        ("is 101 tCO2e within 0.5 tCO2e", "is 101 tCO2e within 2 tCO2e", "“total” is 100 tCO2e, expected 101 tCO2e within 0.5 tCO2e"),
        ("is 101 ha within 2 tCO2e", "is 101 tCO2e within 2 tCO2e", "“101 ha” cannot be compared with a number in tCO2e"),
        ('computed "totl"', 'computed "Total"', "*did you mean “total”?"),
        ("there is 4 finding", "there is 1 finding", "expected 4 findings, found 1"),
        ('points to "P-99"', 'points to "P-07"', "no finding points to “P-99”"),
        ('"parcels" "P-8"', '"parcels" "P-08"', "the table “parcels” has no row “P-8”; did you mean “P-08”?"),
    ],
)  # fmt: skip
def test_a_mistake_in_a_feature_says_what_was_meant(run, wrong: str, right: str, said: str) -> None:
    assert right in ENGLISH
    result = run(ENGLISH.replace(right, wrong))
    assert result.ret == 1
    result.stdout.fnmatch_lines(["small.feature, line *", "Scenario: *", said])


def test_a_missing_step_says_where_it_is_and_what_is_near(run) -> None:
    result = run(CHINESE.replace('当 运行规则 "S-HEARD"', '当 运行该规则 "S-HEARD"'))
    result.assert_outcomes(passed=4, failed=1)
    result.stdout.fnmatch_lines(
        [
            "small.feature，第37行",
            "功能：小方法学",
            "场景：无人判断",
            '    当 运行该规则 "S-HEARD"',
            "没有这样的步骤，最接近的是",
            '    运行规则 "…"',
        ]
    )


def test_a_step_under_the_wrong_keyword_is_said_to_be_there(run) -> None:
    result = run(ENGLISH.replace("Then the verdict of rule", "When the verdict of rule"))
    result.assert_outcomes(passed=6, failed=1)
    result.stdout.fnmatch_lines(["this step is one of “Then”, and stands under “When”"])


def test_a_verdict_before_any_rule_was_run_is_an_error(run) -> None:
    result = run(CHINESE.replace('    当 运行规则 "S-HEARD"\n', ""))
    result.assert_outcomes(passed=4, failed=1)
    result.stdout.fnmatch_lines(['请先运行规则：当 运行规则 "…"'])


def test_a_pack_with_errors_shows_them(run, pytester: pytest.Pytester) -> None:
    (pytester.path / "site/2-more.gj").write_text('rule X "X"\n  must project.claimd > 1 t\n')
    result = run(CHINESE, "-k", "无人判断")
    result.assert_outcomes(failed=1, deselected=4)
    result.stdout.fnmatch_lines(["方法学“./site”有错误：", "2-more.gj:*claimd*"])


def test_a_project_has_steps_of_its_own(run, pytester: pytest.Pytester) -> None:
    pytester.makeconftest(
        """
        from pytest_bdd import given, parsers

        @given(parsers.parse("a claim of {tonnes}"))
        def claim(guiju_world, tonnes):
            guiju_world.set_fact("claimed", f"{tonnes} tCO2e")
        """
    )
    text = ENGLISH.replace('parameter "project.claimed" is "104 tCO2e"', "a claim of 104")
    run(text).assert_outcomes(passed=7)


ACROSS = """
Feature: Other dossiers
  Background:
    Given methodology "./site"
    And the parcels:
      | id   | area |
      | P-07 | 1    |

  Scenario Outline: Parcel <other> stands in another dossier
    Given another dossier "D-2" has the parcels:
      | id      | area |
      | <other> | 2    |
    And another dossier "D-3" has the following parcels:
      | id      | area |
      | P-11    | 2    |
    When rule "S-TWICE" is evaluated
    Then the verdict is "<verdict>"

    Examples:
      | other | verdict       |
      | P-07  | nonconforming |
      | P-08  | conforms      |

  Scenario: 另一项目档案
    Given 另一项目档案 "D-2" 有以下"地块"：
      | 编号 | 面积 |
      | P-07 | 2    |
    When 运行规则 "S-TWICE"
    Then 结论为 "不符合"

  Scenario: Two dossiers of one id
    Given another dossier "feature" has the parcels:
      | id   | area |
      | P-08 | 2    |
    When rule "S-TWICE" is evaluated
    Then the verdict is "conforms"
"""
TWICE = """
rule S-TWICE "No parcel stands in two projects" zh "地块不重复申报"
  cite "9"
  for each parcel in parcels
  must no other in parcels across dossiers satisfies other.id = parcel.id
  else CAR "Parcel {parcel.id} stands elsewhere." zh "地块{parcel.id}另有申报。"
"""


def test_rows_of_other_dossiers_are_said_like_those_of_its_own(
    run, pytester: pytest.Pytester
) -> None:
    (pytester.path / "site/2-twice.gj").write_text(TWICE, encoding="utf-8")
    result = run(ACROSS)
    result.assert_outcomes(passed=3, failed=1)
    result.stdout.fnmatch_lines(["*two dossiers*feature*"])
