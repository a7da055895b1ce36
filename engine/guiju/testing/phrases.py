"""The phrase book: how a step may be worded, and the nearest phrase to one that is not.

Each phrase is a pattern in which `{name}` is a text in quotation marks and `{…:number}` a
number with its unit, and stands for one meaning. Quotation marks are `"…"`, `“…”` or
`「…」`, commas and colons of either width.
"""

from __future__ import annotations

import re

_QUOTED = r'["“「](?P<{name}>[^"”」]*)["”」]'
_SLOT = re.compile(r"(\{\w+(?::\w+)?\})")
_KINDS = {
    "whole": r"(?P<{name}>\d+)",
    "number": r"(?P<{name}>[-−]?\d[\d.]*(?:\s*[^\s,，。\d][^\s,，。]*)?)",
    "table": r"(?P<{name}>[^\s\"“「”」:：]+)",
    "group": r"(?P<{name}>[^\s\"“「”」:：]+)",
    "words": r"(?P<{name}>[^\"“「”」:：]+?)",
}

GIVEN: dict[str, tuple[str, ...]] = {
    "methodology": ("methodology {name}", "方法学 {name}"),
    "dossier": ("the dossier {path}", "项目档案 {path}"),
    "parameter": ("parameter {name} is {value}", "参数 {name} 为 {value}"),
    "parameter_missing": ("parameter {name} is missing", "参数 {name} 缺失"),
    "group_parameter": ("{group:group} {name} 为 {value}",),
    "group_missing": ("{group:group} {name} 缺失",),
    "rows": (
        "the {table:words}:",
        "the table {table}:",
        "有以下{table:table}:",
        "有以下{table}:",
        "有以下 {table}:",
    ),
    "no_rows": ("there are no {table:words}", "没有{table:table}", "表 {table} 为空"),
    "evidence": ("evidence {kind}", "证据 {kind}"),
    "evidence_issued": (
        "evidence {kind} issued {date}",
        "证据 {kind},出具日期为 {date}",
    ),
    "judgement": ("judgement {rule} is {answer}", "判断 {rule} 为 {answer}"),
    "row_judgement": (
        "judgement {rule} of {key} is {answer}",
        "判断 {rule} 对 {key} 为 {answer}",
    ),
    "as_of": ("the assessment date is {date}", "评估日期为 {date}", "评估日期 为 {date}"),
    "submitted": ("the submission date is {date}", "提交日期为 {date}", "提交日期 为 {date}"),
    "stage": ("the stage is {stage}", "档案阶段为 {stage}", "档案阶段 为 {stage}"),
}

WHEN: dict[str, tuple[str, ...]] = {
    "one_rule": ("rule {rule} is evaluated", "运行规则 {rule}"),
    "all_rules": ("all rules are evaluated", "运行全部规则"),
}

THEN: dict[str, tuple[str, ...]] = {
    "verdict": ("the verdict is {verdict}", "结论为 {verdict}"),
    "rule_verdict": (
        "the verdict of rule {rule} is {verdict}",
        "规则 {rule} 的结论为 {verdict}",
    ),
    "row_verdict": (
        "the verdict of {key} is {verdict}",
        "{key} 的结论为 {verdict}",
    ),
    "table_row_verdict": (
        "the verdict of {table} {key} is {verdict}",
        "{table} {key} 的结论为 {verdict}",
    ),
    "opinion": ("the opinion is {opinion}", "意见为 {opinion}"),
    "findings": (
        "there are {count:whole} findings",
        "there is {count:whole} finding",
        "发现 {count:whole} 项",
    ),
    "no_findings": ("there are no findings", "没有发现"),
    "points_to": ("a finding points to {where}", "发现指向 {where}"),
    "points_to_row": ("a finding points to row {where}", "发现指向行 {where}"),
    "says": ("a finding says {text}", "发现载明 {text}"),
    "missing": ("{name} is missing", "缺少 {name}"),
    "computed": (
        "computed {name} is {value:number} within {tolerance:number}",
        "计算值 {name} 为 {value:number},误差不超过 {tolerance:number}",
        "计算值 {name} 须为 {value:number},误差不超过 {tolerance:number}",
    ),
    "computed_exactly": (
        "computed {name} is {value:number}",
        "computed {name} must be {value:number}",
        "计算值 {name} 为 {value:number}",
        "计算值 {name} 须为 {value:number}",
    ),
    "computed_row": (
        "computed {name} of {key} is {value:number} within {tolerance:number}",
        "{key} 的计算值 {name} 为 {value:number},误差不超过 {tolerance:number}",
    ),
    "at_least": (
        "computed {name} is at least {value:number}",
        "computed {name} must be at least {value:number}",
        "computed {name} must not be below {value:number}",
        "计算值 {name} 不低于 {value:number}",
        "计算值 {name} 须不低于 {value:number}",
        "计算值 {name} 不得低于 {value:number}",
    ),
    "at_most": (
        "computed {name} is at most {value:number}",
        "computed {name} must be at most {value:number}",
        "computed {name} must not exceed {value:number}",
        "计算值 {name} 不超过 {value:number}",
        "计算值 {name} 须不超过 {value:number}",
        "计算值 {name} 不得超过 {value:number}",
    ),
}

# Words that begin other phrases, and so are no name of a group of facts.
_NO_GROUP = "(?!参数|判断|证据|表|方法学|项目档案|计算值|评估日期|提交日期|档案阶段|规则)"
_NO_TABLE = r"(?!the (?:table|dossier)\b)"


def pattern(phrase: str) -> str:
    """A phrase as a regular expression for a whole step.

    >>> bool(re.fullmatch(pattern("结论为 {verdict}"), "结论为“符合”"))
    True
    """
    # Chinese is written with or without a space beside a quotation mark.
    space = r"\s*" if _chinese(phrase) else r"\s+"
    signs = {" ": space, ",": r"\s*[,，]\s*", ":": r"\s*[:：]"}
    written = _NO_GROUP if phrase.startswith("{group:") else ""
    written += _NO_TABLE if phrase.startswith("the {table:") else ""
    for part in _SLOT.split(phrase):
        if slot := _SLOT.fullmatch(part):
            name, kind = slot[0][1:-1].partition(":")[::2]
            written += (_KINDS[kind] if kind else _QUOTED).replace("{name}", name)
        else:
            written += "".join(signs.get(c) or re.escape(c) for c in part)
    return written


def _chinese(text: str) -> bool:
    return any("\u4e00" <= c <= "\u9fff" for c in text)


def blanked(step: str) -> str:
    """A step without its texts and numbers, to compare it with phrases."""
    step = re.sub(r'["“「][^"”」]*["”」]', '"…"', step)
    return re.sub(r"\d[\d.]*", "n", step)


def nearest_phrase(step: str) -> str | None:
    """The phrase most like a step that is none; None when nothing is near."""
    from difflib import get_close_matches

    known: dict[str, str] = {}
    for book in (GIVEN, WHEN, THEN):
        for phrases in book.values():
            for phrase in phrases:
                shown = re.sub(r"\{\w+:(?:whole|number)\}", "n", phrase)
                shown = re.sub(r"\{\w+:\w+\}", "…", shown)
                shown = re.sub(r"\{\w+\}", '"…"', shown)
                known.setdefault(shown, shown)
    found = get_close_matches(blanked(step), known, n=1, cutoff=0.4)
    return found[0] if found else None
