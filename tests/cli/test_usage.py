"""Wrong usage: exit code 2, on standard error, saying what was meant."""

from __future__ import annotations

import pytest


def refused(done, *parts: str) -> None:
    assert done.returncode == 2
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    for part in parts:
        assert part in done.stderr


def test_an_unknown_command_is_answered_with_the_nearest(guiju) -> None:
    refused(guiju("chekc"), "there is no command `chekc`", "did you mean `check`?")


def test_an_unknown_option_is_answered_with_the_nearest(guiju) -> None:
    refused(guiju("check", "a", "--formt", "json"), "there is no option `--formt`", "`--format`")


def test_a_missing_path_is_named(guiju) -> None:
    refused(guiju("check"), "PATHS is missing", "`guiju check --help`")


def test_a_wrong_choice_lists_the_right_ones(guiju) -> None:
    refused(guiju("check", "a", "--lang", "fr"), "`fr` is not a value of --lang", "`zh`, `en`")


def test_an_option_without_its_value_says_so(guiju) -> None:
    refused(guiju("check", "a", "--pack"), "option `--pack` needs a value")


def test_usage_errors_speak_chinese(guiju) -> None:
    done = guiju("chekc", env={"GUIJU_LANG": "zh"})
    refused(done, "错误：没有命令 `chekc`", "提示：是否想用 `check`？")


def test_a_language_we_do_not_speak_is_refused_when_set_on_purpose(guiju) -> None:
    refused(guiju("check", "a", env={"GUIJU_LANG": "fr"}), "GUIJU_LANG is `fr`")


def test_a_foreign_system_language_is_answered_in_english(guiju) -> None:
    assert guiju("--help", env={"LC_ALL": "fr_FR.UTF-8"}).stdout.startswith("Usage")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_is_printed_for_each_shell(guiju, shell: str) -> None:
    done = guiju("completion", shell)
    assert done.returncode == 0
    assert "_GUIJU_COMPLETE" in done.stdout


def complete(guiju, words: str) -> list[str]:
    count = str(len(words.split(" ")) - 1)
    done = guiju(env={"_GUIJU_COMPLETE": "bash_complete", "COMP_WORDS": words, "COMP_CWORD": count})
    return [line.partition(",")[2] for line in done.stdout.splitlines()]


def test_commands_options_choices_and_packs_complete(guiju) -> None:
    assert complete(guiju, "guiju ch") == ["check"]
    assert complete(guiju, "guiju check --wai") == ["--waivers"]
    assert complete(guiju, "guiju check --lang z") == ["zh"]
    assert complete(guiju, "guiju check --pack ccer-14") == ["ccer-14-001"]
    assert complete(guiju, "guiju ledger ccer-14") == ["ccer-14-001"]
