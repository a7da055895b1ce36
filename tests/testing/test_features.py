"""Features without Python beside them, run by the plugin: green, red, and why red."""

from __future__ import annotations

from importlib.metadata import entry_points

import pytest

pytest_plugins = ["pytester"]

PACK_TOML = """
id = "small"
edition = "1"
language = "en"
in_force = 2024-01-01
default_unknown = "CL"
title = { en = "A small pack", zh = "小方法学" }
authority = { en = "Nobody", zh = "无" }
[findings]
CAR = { en = "Corrective action request", zh = "整改要求", weight = 3 }
CL = { en = "Clarification request", zh = "澄清要求", weight = 2 }
"""
RULES = """
facts project "The project" zh "项目"
  start_date (开工日期) "Start of work" zh "开工日期" : date
  claimed (申报量) "Claimed" zh "申报量" : tCO2e

facts papers "Papers" zh "材料"
  survey (勘界报告) "Survey" zh "勘界报告" : document

table parcels (地块) "Parcels" zh "地块"
  key id
  id (编号) "Number" zh "编号" : text
  area (面积) "Area" zh "面积" : ha
  stock (储量) "Stock" zh "储量" : tCO2e

formula parcel_stock "Stock of a parcel" zh "地块储量" for each parcel in parcels : tCO2e
  = parcel.stock * 2

formula total "Total" zh "合计量" : tCO2e
  = sum of parcel.stock for parcel in parcels

rule S-AREA "Parcels are large enough" zh "地块面积足够"
  cite "1"
  for each parcel in parcels
  when parcel.stock is known
  must parcel.area >= 0.04 ha
  else CAR "Parcel {parcel.id} covers {parcel.area}." zh "地块{parcel.id}面积为{parcel.area}。"

rule S-CLAIM "The claim is reproduced" zh "申报量复算一致"
  cite "2"
  must project.claimed within 5% of total
  else CAR "Claimed {project.claimed}." zh "申报{project.claimed}。"
  needs survey

judge S-HEARD "People were heard" zh "听取意见"
  cite "3"
  basis secondary
  ask "Were they heard?" zh "是否听取意见？"
  else CAR "They were not." zh "未听取。"
"""

ENGLISH = """
@small
Feature: A small pack
  Background:
    Given methodology "./small"

  Rule: S-AREA, parcels are large enough

    Scenario Outline: A parcel of <area>
      Given the parcels:
        | id   | area   | stock |
        | P-07 | <area> | 1     |
      When rule "S-AREA" is evaluated
      Then the verdict is "<verdict>"

      Examples: below, at and above
        | area    | verdict       |
        | 0.03 ha | nonconforming |
        | 0.6 亩  | conforms      |
        | 1       | conforms      |

    Scenario: Something is missing
      Given the table "parcels":
        | Number | Area | Stock (tCO2e) |
        | P-07   |      | 1             |
        | P-08   | 1    | 1             |
        | P-09   | 1    |               |
      When rule "S-AREA" is evaluated
      Then the verdict is "undetermined"
      And the verdict of "P-07" is "undetermined"
      And the verdict of "P-08" is "conforms"
      And the verdict of "parcels" "P-09" is "not applicable"
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
      And the assessment date is "2026-05-12"

    Scenario: Something is missing
      Given parameter "claimed" is missing
      And evidence "survey"
      When all rules are evaluated
      Then the verdict of rule "S-CLAIM" is "undetermined"
      And the verdict of rule "S-HEARD" is "awaiting judgement"
      And the opinion is "open"
      And "Claimed" is missing

    Scenario: It is reproduced
      Given parameter "project.claimed" is "104 tCO2e"
      And evidence "Survey" issued "2024-03-01"
      And the stage is "validation"
      When rule "S-CLAIM" is evaluated
      Then the verdict is "conforms"
      And there are no findings
      And computed "total" is 100 tCO2e
      And computed "total" is 101 tCO2e within 2 tCO2e
      And computed "Total" is 101 tCO2e within 1%
      And computed "total" is at least 100 tCO2e
      And computed "total" must not exceed 100 tCO2e
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
    假如 方法学 "./small"
    而且 评估日期为 "2026-05-12"
    而且 档案阶段为 "审定"

  场景大纲: 面积为<面积>的地块
    假如 有以下地块：
      | 编号 | 面积   | 储量 |
      | 甲   | <面积> | 1    |
    当 运行规则 "S-AREA"
    那么 结论为 "<结论>"
    而且 "地块" "甲" 的结论为 "<结论>"

    例子:
      | 面积    | 结论     |
      | 0.59 亩 | 不符合   |
      | 0.6 亩  | 符合     |
      |         | 不能确定 |

  场景: 复算一致
    假如 有以下"地块"：
      | 编号 | 面积(亩) | 储量 |
      | 甲   | 15       | 100  |
    而且 参数 "申报量" 为 "104"
    而且 证据 “勘界报告”
    当 运行规则“S-CLAIM”
    那么 结论为「符合」
    而且 发现 0 项
    而且 计算值 "合计量" 为 101 tCO2e，误差不超过 2 tCO2e
    而且 计算值 "合计量" 须不低于 100 tCO2e
    而且 计算值 "合计量" 不得超过 100 tCO2e
    而且 "甲" 的计算值 "地块储量" 为 200 tCO2e,误差不超过 0 tCO2e

  场景: 未听取意见
    假如 项目 "开工日期" 为 "2024年4月15日"
    而且 判断 "S-HEARD" 为 "否"
    当 运行全部规则
    那么 规则 "S-HEARD" 的结论为 "不符合"
    而且 意见为 "否定"

  场景: 无人判断
    当 运行规则 "S-HEARD"
    那么 结论为 "需人工判断"
"""


@pytest.fixture
def run(pytester: pytest.Pytester):
    """Runs a feature over the small pack."""
    folder = pytester.mkdir("small")
    (folder / "pack.toml").write_text(PACK_TOML, encoding="utf-8")
    (folder / "1-rules.gj").write_text(RULES, encoding="utf-8")
    (pytester.path / "pytest.ini").write_text("[pytest]\naddopts = --strict-markers\n")
    announced = any(e.name == "guiju" for e in entry_points(group="pytest11"))
    plugin = () if announced else ("-p", "guiju.testing.plugin")

    def runs(text: str, *options: str) -> pytest.RunResult:
        (pytester.path / "small.feature").write_text(text.strip() + "\n", encoding="utf-8")
        return pytester.runpytest(*plugin, *options)

    return runs


def test_a_feature_in_english_runs_green(run) -> None:
    run(ENGLISH).assert_outcomes(passed=7)


def test_a_feature_in_chinese_runs_green_with_readable_names(run) -> None:
    result = run(CHINESE, "-v")
    result.assert_outcomes(passed=6)
    assert "test_面积为<面积>的地块[0.59 亩-不符合" in result.stdout.str()
    assert "\\u" not in result.stdout.str()


def test_scenarios_of_different_rules_may_be_called_alike(run) -> None:
    result = run(ENGLISH, "-v", "-k", "missing")
    result.assert_outcomes(passed=2, deselected=5)


def test_features_run_on_several_workers(run) -> None:
    run(CHINESE, "-n", "2").assert_outcomes(passed=6)


def test_tags_choose_scenarios(run) -> None:
    run(ENGLISH, "-m", "small").assert_outcomes(passed=7)


def test_a_red_scenario_shows_where_it_stands_and_why(run) -> None:
    result = run(ENGLISH.replace("| 0.6 亩  | conforms      |", "| 0.5 亩  | conforms      |"))
    result.assert_outcomes(passed=6, failed=1)
    result.stdout.fnmatch_lines(
        [
            "small.feature, line *",
            "Scenario: A parcel of 0.5 亩",
            '*Then the verdict is "conforms"',
            "expected: conforms",
            "found:    nonconforming",
            "S-AREA Parcels are large enough: nonconforming",
            "*finding [[]CAR[]] P-07 Parcel P-07 covers *ha.",
            "*Area = 0.0333* ha (small.feature:11:2)",
        ]
    )


def test_a_red_scenario_in_chinese_says_why_in_chinese(run) -> None:
    text = CHINESE.replace('结论为 "需人工判断"', '结论为 "符合"')
    result = run(text)
    result.assert_outcomes(passed=5, failed=1)
    result.stdout.fnmatch_lines(
        ["small.feature，第*行", "*那么 结论为*", "应为：符合", "实为：待人工判断"]
    )


@pytest.mark.parametrize(
    ("wrong", "right", "said"),
    [
        ("rule “S-AREA” is run", 'rule "S-AREA" is evaluated', "*rule \"…\" is evaluated"),
        ('methodology "smal"', 'methodology "./small"', "*no methodology “smal” is installed*"),
        ('rule "S-AERA" is evaluated', 'rule "S-AREA" is evaluated', "*did you mean “S-AREA”?"),
        ("| id   | aera   |", "| id   | area   |", "*aera*"),
        ('parameter "climed" is missing', 'parameter "claimed" is missing', "*mean “claimed”?"),
        ('evidence "surwey"', 'evidence "survey"', "*mean “survey”?"),
        ("| wrong  | stock |", "| area   | stock |", "*wrong*"),
        ('is "maybe"', 'is "undetermined"', "*“maybe” is no verdict; one of: *"),
        ('is "104 kWh"', 'is "104 tCO2e"', "*kWh*"),
        ("is at least 900 tCO2e", "is at least 100 tCO2e", "*is 100 tCO2e, expected at least 900*"),
        ("there is 4 finding", "there is 1 finding", "expected 4 findings, found 1"),
        ('points to "P-99"', 'points to "P-07"', "no finding points to “P-99”"),
    ],
)  # fmt: skip
def test_a_mistake_in_a_feature_says_what_was_meant(run, wrong: str, right: str, said: str) -> None:
    assert right in ENGLISH
    result = run(ENGLISH.replace(right, wrong))
    assert result.ret == 1
    result.stdout.fnmatch_lines(["small.feature, line *", said])


def test_a_feature_with_python_beside_it_is_left_alone(run, pytester: pytest.Pytester) -> None:
    pytester.makepyfile(test_other="import pytest_bdd\n\ndef test_nothing(): pass")
    run(ENGLISH).assert_outcomes(passed=1)


def test_a_feature_about_something_else_is_left_alone(run) -> None:
    result = run("Feature: Cooking\n  Scenario: Soup\n    Given a pot\n")
    assert result.ret == pytest.ExitCode.NO_TESTS_COLLECTED
