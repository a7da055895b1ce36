"""Which features are collected, and what is said of those that cannot be run."""

from __future__ import annotations

import pytest

from guiju.testing import plugin

pytest_plugins = ["pytester"]

FEATURE = """
Feature: Sites
  Scenario: A site
    Given methodology "site"
    When rule "S-HEARD" is evaluated
    Then the verdict is "awaiting judgement"
"""
HERE = FEATURE.replace('"site"', '"./site"')
COOKING = """
Feature: Cooking
  Scenario: Soup
    Given a pot
    Then "salt" is missing
"""


def test_a_feature_that_speaks_of_a_methodology_is_collected(run) -> None:
    run(HERE).assert_outcomes(passed=1)


def test_a_feature_in_a_folder_of_its_own_names_packs_from_the_root(run) -> None:
    run(HERE, name="features/deep/sites.feature").assert_outcomes(passed=1)


def test_a_feature_about_something_else_is_left_alone(run) -> None:
    assert run(COOKING).ret == pytest.ExitCode.NO_TESTS_COLLECTED


def test_a_feature_named_on_the_command_line_is_run_whatever_it_says(run) -> None:
    result = run(COOKING, "small.feature")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["no step reads like this*"])


def test_a_feature_bound_by_python_beside_it_is_run_once(run, pytester: pytest.Pytester) -> None:
    pytester.makeconftest('pytest_plugins = ["guiju.testing.steps"]')
    pytester.makepyfile(
        test_sites="from pytest_bdd import scenarios\n\nscenarios('small.feature')\n"
    )
    run(HERE).assert_outcomes(passed=1)


def test_features_of_others_run_as_they_did(run, pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        test_cooking="""
        from pytest_bdd import given, scenarios, then

        scenarios("small.feature")

        @given("a pot")
        def pot(): ...

        @then('"salt" is missing')
        def salt(): ...
        """
    )
    run(COOKING).assert_outcomes(passed=1)


def test_patterns_say_which_features_are_collected(run, pytester: pytest.Pytester) -> None:
    pytester.makeini("[pytest]\nguiju_features =\n  features/**/*.feature\n")
    run(COOKING, name="features/soup.feature").assert_outcomes(failed=1)
    run(COOKING, name="other/soup.feature").assert_outcomes(failed=1)
    run(HERE, "other", name="other/sites.feature").assert_outcomes()


def test_the_setting_false_collects_none(run, pytester: pytest.Pytester) -> None:
    pytester.makepyprojecttoml("[tool.pytest.ini_options]\nguiju_features = false\n")
    (pytester.path / "tox.ini").unlink()
    assert run(HERE).ret == pytest.ExitCode.NO_TESTS_COLLECTED


def test_names_of_test_functions_are_nothing_to_a_feature(run, pytester: pytest.Pytester) -> None:
    pytester.makeini("[pytest]\npython_functions = check_*\n")
    run(HERE).assert_outcomes(passed=1)


def test_a_test_stands_in_its_feature(run) -> None:
    result = run(HERE, "-v")
    assert "small.feature::test_A_site PASSED" in result.stdout.str()


@pytest.mark.parametrize(("installed", "said"), [(True, "*no:pytest-bdd*"), (False, "*pip install 'guiju[[]features[]]'")])  # fmt: skip
def test_without_pytest_bdd_a_feature_says_what_to_install(
    run, monkeypatch: pytest.MonkeyPatch, installed: bool, said: str
) -> None:
    if not installed:
        monkeypatch.setattr(plugin, "find_spec", lambda name: None)
    result = run(HERE, "-p", "no:pytest-bdd")
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines([said])
    assert run(COOKING, "-p", "no:pytest-bdd").ret == pytest.ExitCode.NO_TESTS_COLLECTED


def test_loading_the_plugin_loads_nothing_else_of_guiju(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        """
        import sys

        def test_nothing():
            loaded = {name for name in sys.modules if name.startswith("guiju")}
            assert loaded <= {"guiju", "guiju.testing", "guiju.testing.plugin"}, loaded
        """
    )
    pytester.runpytest_subprocess().assert_outcomes(passed=1)


# --- scenarios that would check nothing ------------------------------------------------------


def test_a_scenario_without_then_is_red(run) -> None:
    result = run(HERE.replace('    Then the verdict is "awaiting judgement"\n', ""))
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["nothing is checked: the scenario has no step with “Then”"])


def test_an_outline_without_examples_is_red(run) -> None:
    text = HERE.replace("Scenario:", "Scenario Outline:") + "\n    Examples:\n      | rule |\n"
    result = run(text)
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["the outline has no example"])


def test_a_placeholder_without_a_column_is_red(run) -> None:
    text = HERE.replace("Scenario:", "Scenario Outline:").replace("S-HEARD", "<rule>")
    result = run(text + "\n    Examples:\n      | rules   |\n      | S-HEARD |\n")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*<rule>*"])


# --- files that are no good ------------------------------------------------------------------


def test_a_feature_with_a_byte_order_mark_is_read(run) -> None:
    run("\ufeff" + HERE.strip()).assert_outcomes(passed=1)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("功能: 小方法学\n".encode("gbk"), "*is not UTF-8 text; save it as UTF-8"),
        (b"", "*has no scenario"),
        (b"# language: zh-CN\n", "*has no scenario"),
        (b"Feature: Sites\n", "*has no scenario"),
        (b"Feature: Sites\n  Scenario: A\n    Given a\nFeature: B\n", "small.feature, line 4: *"),
        (b"# language: xx-YY\nFeature: Sites\n", "*xx-YY*"),
    ],
    ids=["GBK", "empty", "a comment", "no scenario", "two features", "no such language"],
)
def test_a_file_that_is_no_feature_says_why(
    run, pytester: pytest.Pytester, content: bytes, said: str
) -> None:
    (pytester.path / "small.feature").write_bytes(content)
    result = pytester.runpytest("small.feature")
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines([said])
    assert "Traceback" not in result.stdout.str()
