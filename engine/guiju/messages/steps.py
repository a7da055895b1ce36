"""What the steps of a feature say when something is wrong."""

from __future__ import annotations

MESSAGES: dict[str, tuple[str, str]] = {
    "at": (
        "{file}, line {line}\n{scenario}\n    {step}\n{message}",
        "{file}，第{line}行\n{scenario}\n    {step}\n{message}",
    ),
    "unknown-step": ("no step reads like this", "没有这样的步骤"),
    "unknown-step.nearest": (
        "no step reads like this; the nearest is\n    {phrase}",
        "没有这样的步骤，最接近的是\n    {phrase}",
    ),
    "no-pack": (
        'say the methodology first: Given methodology "…"',
        "请先写明方法学：假如 方法学 “…”",
    ),
    "unknown-pack": ("no methodology “{name}” is installed", "未安装方法学“{name}”"),
    "unknown-pack.nearest": (
        "no methodology “{name}” is installed; did you mean “{nearest}”?",
        "未安装方法学“{name}”，是否指“{nearest}”？",
    ),
    "pack-errors": (
        "the methodology “{name}” has errors:\n{errors}",
        "方法学“{name}”有错误：\n{errors}",
    ),
    "unknown-dossier": ("there is no dossier at “{path}”", "找不到项目档案“{path}”"),
    "unknown-field": ("the methodology has no parameter “{name}”", "方法学中没有参数“{name}”"),
    "unknown-field.nearest": (
        "the methodology has no parameter “{name}”; did you mean “{nearest}”?",
        "方法学中没有参数“{name}”，是否指“{nearest}”？",
    ),
    "field-of-several": (
        "several groups have a parameter “{name}”; say which: {names}",
        "多组事实都有参数“{name}”，请写明是哪一个：{names}",
    ),
    "document-not-fact": (
        "“{name}” is a document: say that there is such evidence instead",
        "“{name}”是证据材料，请改写为：证据 “{name}”",
    ),
    "unknown-table": ("the methodology has no table “{name}”", "方法学中没有表“{name}”"),
    "unknown-table.nearest": (
        "the methodology has no table “{name}”; did you mean “{nearest}”?",
        "方法学中没有表“{name}”，是否指“{nearest}”？",
    ),
    "table-without-rows": (
        "the table “{name}” needs its headings in the first line",
        "表“{name}”第一行应为表头",
    ),
    "unknown-document": ("the methodology asks for no evidence “{name}”", "方法学不要求证据“{name}”"),
    "unknown-document.nearest": (
        "the methodology asks for no evidence “{name}”; did you mean “{nearest}”?",
        "方法学不要求证据“{name}”，是否指“{nearest}”？",
    ),
    "unknown-rule": ("the methodology has no rule “{name}”", "方法学中没有规则“{name}”"),
    "unknown-rule.nearest": (
        "the methodology has no rule “{name}”; did you mean “{nearest}”?",
        "方法学中没有规则“{name}”，是否指“{nearest}”？",
    ),
    "not-a-judgement": (
        "the rule “{name}” is decided by the engine, not by a person",
        "规则“{name}”由系统判定，无需人工判断",
    ),
    "unknown-answer": (
        "“{answer}” is no answer; one of: yes, no, unclear",
        "“{answer}”不是回答，应为：是、否、不明",
    ),
    "not-a-date": ("“{text}” is no date; write 2026-05-12", "“{text}”不是日期，应写作2026-05-12"),
    "unknown-stage": (
        "“{text}” is no stage; one of: validation, verification",
        "“{text}”不是阶段，应为：审定、核查",
    ),
    "unreadable": ("{message}; {mend}", "{message}；{mend}"),
    "not-run": (
        'run the rules first: When rule "…" is evaluated',
        "请先运行规则：当 运行规则 “…”",
    ),
    "unknown-verdict": (
        "“{text}” is no verdict; one of: {known}",
        "“{text}”不是结论，应为：{known}",
    ),
    "which-rule": (
        "{count} rules were evaluated: say of which the verdict is",
        "共运行{count}条规则，请写明是哪一条规则的结论",
    ),
    "verdict": (
        "expected: {wanted}\nfound:    {found}",
        "应为：{wanted}\n实为：{found}",
    ),
    "unknown-row": ("the table “{table}” has no row “{key}”", "表“{table}”中没有“{key}”这一行"),
    "rule-without-rows": (
        "the rule “{name}” has one verdict, not one for each row",
        "规则“{name}”不逐行判定",
    ),
    "findings": ("expected {wanted} findings, found {found}", "应有发现{wanted}项，实有{found}项"),
    "no-finding-there": ("no finding points to “{where}”", "没有发现指向“{where}”"),
    "no-finding-says": ("no finding says “{text}”", "没有发现载明“{text}”"),
    "not-missing": ("“{name}” is not what is missing", "所缺的不是“{name}”"),
    "unknown-formula": (
        "the methodology computes no “{name}”",
        "方法学不计算“{name}”",
    ),
    "unknown-formula.nearest": (
        "the methodology computes no “{name}”; did you mean “{nearest}”?",
        "方法学不计算“{name}”，是否指“{nearest}”？",
    ),
    "not-computed": (
        "“{name}” has no value; missing: {missing}",
        "“{name}”没有数值，所缺：{missing}",
    ),
    "not-a-number": ("“{name}” is no number", "“{name}”不是数值"),
    "formula-of-rows": (
        "“{name}” has a value for each row: say of which row",
        "“{name}”逐行计算，请写明是哪一行",
    ),
    "computed": (
        "“{name}” is {found}, expected {wanted} within {tolerance}",
        "“{name}”为{found}，应为{wanted}，误差不超过{tolerance}",
    ),
    "computed.least": (
        "“{name}” is {found}, expected at least {wanted}",
        "“{name}”为{found}，应不低于{wanted}",
    ),
    "computed.most": (
        "“{name}” is {found}, expected at most {wanted}",
        "“{name}”为{found}，应不超过{wanted}",
    ),
    "opinion": ("expected: {wanted}\nfound:    {found}", "应为：{wanted}\n实为：{found}"),
    "why.title": ("{rule}: {title}", "{rule}：{title}"),
    "why.reason": ("  because: {reason}", "  理由：{reason}"),
    "why.finding": ("  finding {subject}[{grade}] {message}", "  发现 {subject}[{grade}] {message}"),
    "why.missing": ("  missing: {missing}", "  所缺：{missing}"),
    "why.value": ("  {label} = {value}", "  {label} = {value}"),
    "why.counts": ("  rows: {counts}", "  各行：{counts}"),
    "unknown-value": ("not known", "未知"),
    "verdict.conforms": ("conforms", "符合"),
    "verdict.nonconforming": ("nonconforming", "不符合"),
    "verdict.undetermined": ("undetermined", "不能确定"),
    "verdict.not applicable": ("not applicable", "不适用"),
    "verdict.awaiting judgement": ("awaiting judgement", "待人工判断"),
    "verdict.deferred": ("deferred", "留待下期"),
    "verdict.waived": ("waived", "已豁免"),
    "verdict.broken": ("broken", "无法评估"),
    "opinion.positive": ("positive", "肯定"),
    "opinion.negative": ("negative", "否定"),
    "opinion.open": ("open", "未定"),
}
