"""The phrase book: every wording of a step, in English and Chinese, and what it stands for.

`PHRASES` is the one table of them; both languages share the step they name. In a phrase
`"{name}"` stands for a text in quotation marks, `{count}` for a whole number, `{value}` and
`{tolerance}` for a number with its unit, `{table}` and `{group}` for words without quotation
marks. Quotation marks may be `"…"`, `“…”` or `「…」`, commas and colons of either width;
Chinese may or may not have a space beside them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Literal

from guiju.messages import Lang
from guiju.record import Record

Keyword = Literal["given", "when", "then"]


class Phrase(Record):
    """The wordings of one step, the usual one of each language first. `ours` marks what
    only a feature for Guiju says: by it such a feature is known from any other."""

    keyword: Keyword
    step: str
    en: tuple[str, ...]
    zh: tuple[str, ...]
    ours: bool = False

    def wordings(self, lang: Lang) -> tuple[str, ...]:
        return self.zh if lang == "zh" else self.en


# A step is the first phrase that fits, so the longer of two alike stands first.
PHRASES: tuple[Phrase, ...] = (
    Phrase(
        "given",
        "methodology",
        ('methodology "{pack}"', 'the methodology "{pack}"'),
        ('方法学 "{pack}"',),
        ours=True,
    ),
    Phrase(
        "given",
        "dossier",
        ('the dossier "{path}"', 'dossier "{path}"'),
        ('项目档案 "{path}"',),
        ours=True,
    ),
    Phrase(
        "given",
        "parameter",
        ('parameter "{name}" is "{value}"', 'the parameter "{name}" is "{value}"'),
        ('参数 "{name}" 为 "{value}"',),
    ),
    Phrase(
        "given",
        "parameter_missing",
        ('parameter "{name}" is missing', 'the parameter "{name}" is missing'),
        ('参数 "{name}" 缺失',),
    ),
    Phrase(
        "given",
        "evidence_issued",
        ('evidence "{kind}" issued on "{date}"', 'evidence "{kind}" issued "{date}"'),
        ('证据 "{kind}" 签发于 "{date}"', '证据 "{kind}",出具日期为 "{date}"'),
    ),
    Phrase(
        "given",
        "evidence_missing",
        ('evidence "{kind}" is missing',),
        ('证据 "{kind}" 缺失',),
    ),
    Phrase("given", "evidence", ('evidence "{kind}"',), ('证据 "{kind}"',)),
    Phrase(
        "given",
        "judgement",
        ('judgement "{rule}" is "{answer}"',),
        ('判断 "{rule}" 为 "{answer}"',),
    ),
    Phrase(
        "given",
        "judgement",
        ('judgement "{rule}" for "{row}" is "{answer}"',),
        ('判断 "{rule}" 对 "{row}" 为 "{answer}"',),
    ),
    Phrase(
        "given",
        "waiver",
        ('rule "{rule}" is waived from "{start}" until "{until}"',),
        ('规则 "{rule}" 自 "{start}" 至 "{until}" 豁免',),
    ),
    Phrase(
        "given",
        "as_of",
        ('the assessment date is "{date}"',),
        ('评估日期为 "{date}"',),
    ),
    Phrase(
        "given",
        "submitted",
        ('the submission date is "{date}"',),
        ('提交日期为 "{date}"',),
    ),
    Phrase("given", "stage", ('the stage is "{stage}"',), ('档案阶段为 "{stage}"',)),
    Phrase("given", "no_rows", ("there are no {table}",), ("没有{table}",)),
    Phrase(
        "given",
        "rows",
        ("the following {table}:", "the {table}:", 'the table "{table}":'),
        ("有以下{table}:", '有以下"{table}":'),
    ),
    Phrase(
        "given",
        "rows_elsewhere",
        (
            'another dossier "{other}" has the following {table}:',
            'another dossier "{other}" has the {table}:',
        ),
        ('另一项目档案 "{other}" 有以下{table}:', '另一项目档案 "{other}" 有以下"{table}":'),
    ),
    # A fact of a group, the group said in front: 项目 "开工日期" 为 "2024-04-15".
    Phrase(
        "given",
        "parameter",
        ('the {group} "{name}" is "{value}"',),
        ('{group} "{name}" 为 "{value}"',),
    ),
    Phrase(
        "given",
        "parameter_missing",
        ('the {group} "{name}" is missing',),
        ('{group} "{name}" 缺失',),
    ),
    Phrase(
        "when",
        "run_rule",
        ('rule "{rule}" is evaluated',),
        ('运行规则 "{rule}"',),
        ours=True,
    ),
    Phrase("when", "run_all", ("all rules are evaluated",), ("运行全部规则",), ours=True),
    Phrase("then", "verdict", ('the verdict is "{verdict}"',), ('结论为 "{verdict}"',)),
    Phrase(
        "then",
        "verdict",
        ('the verdict of rule "{rule}" for "{row}" is "{verdict}"',),
        ('规则 "{rule}" 对 "{row}" 的结论为 "{verdict}"',),
    ),
    Phrase(
        "then",
        "verdict",
        ('the verdict of rule "{rule}" is "{verdict}"',),
        ('规则 "{rule}" 的结论为 "{verdict}"',),
    ),
    Phrase(
        "then",
        "verdict",
        (
            'the verdict for "{table}" "{row}" is "{verdict}"',
            'the verdict of "{table}" "{row}" is "{verdict}"',
        ),
        ('"{table}" "{row}" 的结论为 "{verdict}"', '{table} "{row}" 的结论为 "{verdict}"'),
    ),
    Phrase(
        "then",
        "verdict",
        ('the verdict for "{row}" is "{verdict}"', 'the verdict of "{row}" is "{verdict}"'),
        ('"{row}" 的结论为 "{verdict}"',),
    ),
    Phrase(
        "then",
        "opinion",
        ('the opinion is "{opinion}"',),
        ('总体意见为 "{opinion}"', '意见为 "{opinion}"'),
    ),
    Phrase(
        "then",
        "findings",
        ('there are {count} "{grade}" findings', 'there is {count} "{grade}" finding'),
        ('发现 {count} 项 "{grade}"',),
    ),
    Phrase(
        "then",
        "findings",
        ("there are {count} findings", "there is {count} finding"),
        ("发现 {count} 项",),
    ),
    Phrase(
        "then",
        "no_findings",
        ('there are no "{grade}" findings',),
        ('没有 "{grade}"',),
    ),
    Phrase("then", "no_findings", ("there are no findings",), ("没有发现",)),
    Phrase(
        "then",
        "points_to",
        ('a finding points to "{where}"',),
        ('发现指向 "{where}"',),
    ),
    Phrase(
        "then",
        "points_nowhere",
        ('no finding points to "{where}"',),
        ('没有发现指向 "{where}"',),
    ),
    Phrase("then", "says", ('a finding says "{text}"',), ('发现载明 "{text}"',)),
    Phrase("then", "lacks_not", ('"{name}" is not missing',), ('不缺少 "{name}"',)),
    Phrase("then", "lacks", ('"{name}" is missing',), ('缺少 "{name}"',)),
    Phrase(
        "then",
        "computed_not",
        ('computed "{name}" must not be {value}', 'computed "{name}" is not {value}'),
        ('计算值 "{name}" 不得为 {value}', '计算值 "{name}" 不为 {value}'),
    ),
    Phrase(
        "then",
        "at_least",
        (
            'computed "{name}" is at least {value}',
            'computed "{name}" must be at least {value}',
            'computed "{name}" must not be below {value}',
        ),
        (
            '计算值 "{name}" 不低于 {value}',
            '计算值 "{name}" 须不低于 {value}',
            '计算值 "{name}" 不得低于 {value}',
        ),
    ),
    Phrase(
        "then",
        "at_most",
        (
            'computed "{name}" is at most {value}',
            'computed "{name}" must be at most {value}',
            'computed "{name}" must not exceed {value}',
        ),
        (
            '计算值 "{name}" 不超过 {value}',
            '计算值 "{name}" 须不超过 {value}',
            '计算值 "{name}" 不得超过 {value}',
        ),
    ),
    Phrase(
        "then",
        "computed_text",
        ('computed "{name}" is "{text}"', 'computed "{name}" must be "{text}"'),
        ('计算值 "{name}" 为 "{text}"', '计算值 "{name}" 须为 "{text}"'),
    ),
    Phrase(
        "then",
        "computed",
        (
            'computed "{name}" of "{row}" is {value} within {tolerance}',
            'computed "{name}" for "{row}" is {value} within {tolerance}',
        ),
        ('"{row}" 的计算值 "{name}" 为 {value},误差不超过 {tolerance}',),
    ),
    Phrase(
        "then",
        "computed",
        (
            'computed "{name}" of "{row}" is {value}',
            'computed "{name}" for "{row}" is {value}',
        ),
        ('"{row}" 的计算值 "{name}" 为 {value}',),
    ),
    Phrase(
        "then",
        "computed",
        (
            'computed "{name}" is {value} within {tolerance}',
            'computed "{name}" must be {value} within {tolerance}',
        ),
        (
            '计算值 "{name}" 为 {value},误差不超过 {tolerance}',
            '计算值 "{name}" 须为 {value},误差不超过 {tolerance}',
        ),
    ),
    Phrase(
        "then",
        "computed",
        ('computed "{name}" is {value}', 'computed "{name}" must be {value}'),
        ('计算值 "{name}" 为 {value}', '计算值 "{name}" 须为 {value}'),
    ),
)

VERDICTS: dict[str, str] = {
    "conforms": "conforms",
    "符合": "conforms",
    "nonconforming": "nonconforming",
    "不符合": "nonconforming",
    "undetermined": "undetermined",
    "不能确定": "undetermined",
    "不明": "undetermined",
    "not applicable": "not applicable",
    "不适用": "not applicable",
    "awaiting judgement": "awaiting judgement",
    "待人工判断": "awaiting judgement",
    "需人工判断": "awaiting judgement",
    "deferred": "deferred",
    "留待下期": "deferred",
    "waived": "waived",
    "已豁免": "waived",
    "broken": "broken",
    "could not be assessed": "broken",
    "未能评估": "broken",
}
"""What a verdict may be called in a step."""

OPINIONS: dict[str, str] = {
    "positive": "positive",
    "肯定": "positive",
    "negative": "negative",
    "否定": "negative",
    "open": "open",
    "待定": "open",
}

_PARTS = re.compile(r'("\{\w+\}"|\{\w+\})')
_QUOTED = '["“「](?P<{}>[^"“”「」]*)["”」]'
_NUMBER = '(?P<{}>[-+−]?\\d(?:[^,，"“”「」]|,(?=\\d))*?)'
_WORDS = '(?P<{}>[^\\s"“”「」:：][^"“”「」:：]*?)'
_WORD = '(?P<{}>[^\\s"“”「」:：]+)'
_BARE = {"group": _WORD, "count": "(?P<{}>\\d+)", "value": _NUMBER, "tolerance": _NUMBER}
_SIGNS = {",": r"\s*[,，]\s*", ":": r"\s*[:：]?"}


@cache
def pattern(wording: str) -> re.Pattern[str]:
    """The regular expression of a wording, for a whole step."""
    # Chinese is written with or without a space beside a quotation mark or a number.
    chinese = is_chinese(wording)
    signs = {**_SIGNS, " ": r"\s*" if chinese else r"\s+"}
    written = ""
    for part in _PARTS.split(wording):
        if part.startswith('"{'):
            quoted = _QUOTED.format(part[2:-2])
            written += rf"\s*{quoted}\s*" if chinese else quoted
        elif part.startswith("{"):
            name = part[1:-1]
            written += _BARE.get(name, _WORDS).format(name)
        else:
            written += "".join(signs.get(sign) or re.escape(sign) for sign in part)
    return re.compile(written)


def wordings() -> Iterator[tuple[Phrase, str]]:
    """Every wording of the book, in order."""
    for phrase in PHRASES:
        for wording in (*phrase.en, *phrase.zh):
            yield phrase, wording


class Found(Record):
    """The phrase a step is, with its texts by name."""

    phrase: Phrase
    texts: dict[str, str]


def find(step: str, keyword: str | None = None) -> Found | None:
    """The phrase a step is, None when the book has none for that keyword.

    >>> find("结论为“符合”", "then").texts
    {'verdict': '符合'}
    """
    for phrase, wording in wordings():
        if keyword is None or phrase.keyword == keyword:
            match = pattern(wording).fullmatch(step.strip())
            if match is not None:
                return Found(phrase, match.groupdict())
    return None


def shown(wording: str) -> str:
    """A wording as a reader of the book sees it, with `…` for texts.

    >>> shown('判断 "{rule}" 为 "{answer}"')
    '判断 "…" 为 "…"'
    """
    numbered = re.sub(r"\{count\}", "n", wording)
    return re.sub(r"\{\w+\}", "…", numbered)


def nearest(step: str, keyword: str, lang: Lang, most: int = 3) -> list[str]:
    """The wordings of a language most like a step that is none, the nearest first."""
    from difflib import SequenceMatcher

    wanted = _blanked(step)
    scored: list[tuple[float, str]] = []
    for phrase in PHRASES:
        for wording in phrase.wordings(lang):
            matcher = SequenceMatcher(None, wanted, _blanked(shown(wording)))
            # A phrase of the same keyword is meant sooner than one that is not.
            bonus = 0.1 if phrase.keyword == keyword else 0.0
            scored.append((matcher.ratio() + bonus, shown(wording)))
    scored.sort(key=lambda one: -one[0])
    best = scored[0][0]
    return [text for score, text in scored[:most] if score > 0.4 and score > best - 0.25]


def _blanked(step: str) -> str:
    """A step without its texts and numbers, to compare it with phrases."""
    step = re.sub('["“「][^"“”「」]*["”」]', '"…"', step)
    return re.sub(r"\s+|\b\d[\d.,]*\b", "", step)


def speaks_guiju(text: str) -> bool:
    """Whether any line of a feature says what only a feature for Guiju says."""
    ours = [pattern(wording) for phrase, wording in wordings() if phrase.ours]
    for line in text.splitlines():
        words = line.strip()
        # The keyword in front differs by language: 假如, Given, 而且, *.
        for match in _KEYWORD.finditer(words):
            step = words[match.end() :]
            if any(one.fullmatch(step) for one in ours):
                return True
    return False


_KEYWORD = re.compile(
    r"^(?:Given|When|And|But|假如|假设|假定|当|而且|并且|同时|但是|\*)\s*", re.IGNORECASE
)


def is_chinese(text: str) -> bool:
    return any("\u4e00" <= sign <= "\u9fff" for sign in text)
