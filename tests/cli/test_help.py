"""Help teaches, in both languages, in 80 columns."""

from __future__ import annotations

import pytest

from guiju.cli.options import COMMANDS
from guiju.reporting.columns import width

PAGES = [[], *([name] for name in COMMANDS)]


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("words", PAGES)
def test_a_help_page_fits_80_columns_and_shows_an_example(guiju, words, lang) -> None:
    done = guiju(*words, "--help", env={"GUIJU_LANG": lang})
    assert done.returncode == 0
    assert done.stderr == ""
    assert max(width(line) for line in done.stdout.splitlines()) <= 80
    assert ("Examples" if lang == "en" else "示例") in done.stdout
    assert "guiju" in done.stdout


def test_help_is_chinese_where_the_system_is(guiju) -> None:
    assert guiju("check", "--help", env={"LC_ALL": "zh_CN.UTF-8"}).stdout.startswith("用法")
    assert guiju("--help", env={"LC_ALL": None, "LANG": "zh_CN.UTF-8"}).stdout.startswith("用法")


def test_an_option_for_the_language_wins_over_the_environment(guiju) -> None:
    done = guiju("check", "--lang", "en", "--help", env={"GUIJU_LANG": "zh"})
    assert done.stdout.startswith("Usage")


def test_guiju_alone_shows_its_help(guiju) -> None:
    assert guiju().stdout == guiju("--help").stdout


def test_every_command_is_listed(guiju) -> None:
    page = guiju("--help").stdout
    assert all(f"  {name}" in page for name in COMMANDS)


def test_help_shows_every_option_of_a_command(guiju) -> None:
    page = guiju("check", "--help").stdout
    options = "--pack --as-of --format --lang --select --ignore --waivers --baseline --fail-on"
    for option in (*options.split(), "--mapping", "--force", "--quiet", "--verbose"):
        assert option in page


def test_the_version_is_told(guiju) -> None:
    assert guiju("--version").stdout.startswith("guiju 0.")
