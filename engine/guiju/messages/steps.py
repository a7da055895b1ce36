"""What the steps of a feature say when something is wrong."""

from __future__ import annotations

MESSAGES: dict[str, tuple[str, str]] = {
    "list": (", ", "、"),
    "at": (
        "{file}, line {line}\nFeature:  {feature}\nScenario: {scenario}\n    {step}\n{message}",
        "{file}，第{line}行\n功能：{feature}\n场景：{scenario}\n    {step}\n{message}",
    ),
    # collecting features
    "no-pytest-bdd": (
        "{file} is a feature for Guiju, and pytest-bdd, which runs it, is not installed.\n"
        "Install it with: pip install 'guiju[features]'",
        "{file} 是规矩的场景文件，但未安装运行它所需的 pytest-bdd。\n"
        "请安装：pip install 'guiju[features]'",
    ),
    "pytest-bdd-off": (
        "{file} is a feature for Guiju, and pytest-bdd, which runs it, is switched off.\n"
        "Leave out `-p no:pytest-bdd`.",
        "{file} 是规矩的场景文件，但运行它所需的 pytest-bdd 已被停用。\n请去掉 `-p no:pytest-bdd`。",
    ),
    "broken-feature": (
        "{file}, line {line}: {reason}\n    {text}",
        "{file}，第{line}行：{reason}\n    {text}",
    ),
    "not-utf8": (
        "{file} is not UTF-8 text; save it as UTF-8",
        "{file} 不是 UTF-8 文本，请另存为 UTF-8 编码",
    ),
    "no-scenarios": ("{file} has no scenario", "{file} 中没有场景"),
    "nothing-checked": (
        "{file}, line {line}\nScenario: {scenario}\n"
        "nothing is checked: the scenario has no step with “Then”",
        "{file}，第{line}行\n场景：{scenario}\n未作任何检查：场景中没有“那么”步骤",
    ),
    "no-examples": (
        "{file}, line {line}\nScenario: {scenario}\nthe outline has no example",
        "{file}，第{line}行\n场景：{scenario}\n场景大纲没有例子",
    ),
    "no-such-column": (
        "{file}, line {line}\nScenario: {scenario}\nthe examples have no column <{name}>",
        "{file}，第{line}行\n场景：{scenario}\n例子中没有<{name}>一列",
    ),
    # steps
    "unknown-step": ("no step reads like this", "没有这样的步骤"),
    "unknown-step.nearest": (
        "no step reads like this; the nearest are\n{phrases}",
        "没有这样的步骤，最接近的是\n{phrases}",
    ),
    "other-keyword": (
        "this step is one of “{right}”, and stands under “{wrong}”",
        "这是“{right}”步骤，却写在“{wrong}”之下",
    ),
    "keyword.given": ("Given", "假如"),
    "keyword.when": ("When", "当"),
    "keyword.then": ("Then", "那么"),
    "no-table-here": ("this step takes no table", "此步骤下方不应有表格"),
    # the methodology and the dossier
    "no-pack": (
        'name the methodology first: Given methodology "…"',
        '请先写明方法学：假如 方法学 "…"',
    ),
    "unknown-pack": ("no methodology “{name}” is installed", "未安装方法学“{name}”"),
    "unknown-pack.nearest": (
        "no methodology “{name}” is installed; did you mean “{nearest}”?",
        "未安装方法学“{name}”，是否指“{nearest}”？",
    ),
    "unknown-pack.known": (
        "no methodology “{name}” is installed; there are: {known}",
        "未安装方法学“{name}”，已安装：{known}",
    ),
    "no-such-folder": ("there is no folder “{name}”", "没有“{name}”这个文件夹"),
    "no-pack-there": (
        "there is no methodology in the folder “{name}”: it has no pack.toml",
        "文件夹“{name}”中没有方法学：缺少 pack.toml",
    ),
    "pack-unreadable": (
        "the methodology “{name}” cannot be read: {reason}",
        "方法学“{name}”无法读取：{reason}",
    ),
    "other-edition": (
        "the methodology “{name}” is installed in edition {found}, not {wanted}",
        "已安装的方法学“{name}”是 {found} 版，不是 {wanted} 版",
    ),
    "pack-errors": (
        "the methodology “{name}” has errors:\n{errors}",
        "方法学“{name}”有错误：\n{errors}",
    ),
    "no-such-dossier": ("there is no dossier “{path}”", "找不到项目档案“{path}”"),
    # names
    "unknown-group": (
        "the methodology has no group of facts “{name}”",
        "方法学中没有“{name}”这一组事实",
    ),
    "unknown-group.nearest": (
        "the methodology has no group of facts “{name}”; did you mean “{nearest}”?",
        "方法学中没有“{name}”这一组事实，是否指“{nearest}”？",
    ),
    "unknown-field": ("the methodology has no parameter “{name}”", "方法学中没有参数“{name}”"),
    "unknown-field.nearest": (
        "the methodology has no parameter “{name}”; did you mean “{nearest}”?",
        "方法学中没有参数“{name}”，是否指“{nearest}”？",
    ),
    "field-of-several": (
        "several groups have a parameter “{name}”; say which: {names}",
        "多组事实都有参数“{name}”，请写明是哪一个：{names}",
    ),
    "no-field": (
        "“{name}” is a whole row; say which field: parcels[P-07].area",
        "“{name}”是一整行，请写明是哪一列，如：地块[P-07].面积",
    ),
    "document-not-fact": (
        '“{name}” is a document; write: evidence "{name}"',
        '“{name}”是证据材料，请写作：证据 "{name}"',
    ),
    "unknown-table": ("the methodology has no table “{name}”", "方法学中没有表“{name}”"),
    "unknown-table.nearest": (
        "the methodology has no table “{name}”; did you mean “{nearest}”?",
        "方法学中没有表“{name}”，是否指“{nearest}”？",
    ),
    "unknown-table.known": (
        "the methodology has no table “{name}”; there are: {known}",
        "方法学中没有表“{name}”，有：{known}",
    ),
    "table-without-rows": (
        "the rows of “{name}” stand below the step, with the headings in the first line",
        "“{name}”的各行应写在步骤下方，首行为表头",
    ),
    "unknown-document": (
        "the methodology asks for no evidence “{name}”",
        "方法学不要求证据“{name}”",
    ),
    "unknown-document.nearest": (
        "the methodology asks for no evidence “{name}”; did you mean “{nearest}”?",
        "方法学不要求证据“{name}”，是否指“{nearest}”？",
    ),
    "unknown-document.known": (
        "the methodology asks for no evidence “{name}”; it asks for: {known}",
        "方法学不要求证据“{name}”，所要求的有：{known}",
    ),
    "unknown-rule": ("the methodology has no rule “{name}”", "方法学中没有规则“{name}”"),
    "unknown-rule.nearest": (
        "the methodology has no rule “{name}”; did you mean “{nearest}”?",
        "方法学中没有规则“{name}”，是否指“{nearest}”？",
    ),
    "unknown-rule.known": (
        "the methodology has no rule “{name}”; there are: {known}",
        "方法学中没有规则“{name}”，有：{known}",
    ),
    "unknown-grade": ("the methodology has no findings “{name}”", "方法学中没有“{name}”这一类发现"),
    "unknown-grade.nearest": (
        "the methodology has no findings “{name}”; did you mean “{nearest}”?",
        "方法学中没有“{name}”这一类发现，是否指“{nearest}”？",
    ),
    "unknown-grade.known": (
        "the methodology has no findings “{name}”; there are: {known}",
        "方法学中没有“{name}”这一类发现，有：{known}",
    ),
    "unknown-row": ("the table “{table}” has no row “{name}”", "表“{table}”中没有“{name}”这一行"),
    "unknown-row.nearest": (
        "the table “{table}” has no row “{name}”; did you mean “{nearest}”?",
        "表“{table}”中没有“{name}”这一行，是否指“{nearest}”？",
    ),
    # what is given
    "not-a-judgement": (
        "“{name}” is a rule, which the engine decides, and no judgement",
        "“{name}”是由系统判定的规则，不是人工判断",
    ),
    "judgement-of-rows": (
        "the judgement “{name}” is made for each row of {table}: say for which",
        "判断“{name}”按{table}逐行作出，请写明是哪一行",
    ),
    "unknown-answer": (
        "“{answer}” is no answer; one of: yes, no, unclear",
        "“{answer}”不是判断结果，应为：是、否、不明",
    ),
    "not-a-date": ("“{text}” is no date; write 2026-05-12", "“{text}”不是日期，应写作 2026-05-12"),
    "unknown-stage": (
        "“{text}” is no stage; one of: validation, verification",
        "“{text}”不是阶段，应为：审定、核查",
    ),
    "unreadable": ("{message}\n{mend}", "{message}\n{mend}"),
    # verdicts
    "not-run": (
        'evaluate a rule first: When rule "…" is evaluated',
        '请先运行规则：当 运行规则 "…"',
    ),
    "unknown-verdict": (
        "“{text}” is no verdict; one of: {known}",
        "“{text}”不是结论，应为：{known}",
    ),
    "unknown-opinion": (
        "“{text}” is no opinion; one of: {known}",
        "“{text}”不是意见，应为：{known}",
    ),
    "which-rule": (
        '{count} rules were evaluated; say whose verdict: the verdict of rule "…" is "…"',
        '共运行{count}条规则，请写明是哪一条的结论：规则 "…" 的结论为 "…"',
    ),
    "rule-not-run": ("the rule “{name}” was not evaluated", "未运行规则“{name}”"),
    "verdict": ("expected: {wanted}\nfound:    {found}", "应为：{wanted}\n实为：{found}"),
    "verdict.row": (
        "expected for {row}: {wanted}\nfound:    {found}",
        "{row}应为：{wanted}\n实为：{found}",
    ),
    "opinion": (
        "expected: {wanted}\nfound:    {found}{because}",
        "应为：{wanted}\n实为：{found}{because}",
    ),
    "rule-without-rows": (
        "the rule “{name}” has one verdict, not one for each row",
        "规则“{name}”不逐行判定",
    ),
    "rule-of-other-table": (
        "the rule “{name}” is over the rows of {table}",
        "规则“{name}”按{table}逐行判定",
    ),
    # findings and what is missing
    "findings": (
        "expected {wanted}{grade} findings, found {found}",
        "应有{grade}发现{wanted}项，实有{found}项",
    ),
    "findings.grade": (" “{grade}”", "“{grade}”"),
    "no-finding-there": ("no finding points to “{where}”", "没有发现指向“{where}”"),
    "finding-there": ("a finding points to “{where}”", "有发现指向“{where}”"),
    "no-finding-says": ("no finding says “{text}”", "没有发现载明“{text}”"),
    "not-missing": ("no verdict lacks “{name}”", "结论并不因缺少“{name}”而未定"),
    "is-missing": ("a verdict lacks “{name}”", "结论因缺少“{name}”而未定"),
    # computed values
    "unknown-formula": ("the methodology computes no “{name}”", "方法学不计算“{name}”"),
    "unknown-formula.nearest": (
        "the methodology computes no “{name}”; did you mean “{nearest}”?",
        "方法学不计算“{name}”，是否指“{nearest}”？",
    ),
    "unknown-formula.known": (
        "the methodology computes no “{name}”; it computes: {known}",
        "方法学不计算“{name}”，所计算的有：{known}",
    ),
    "formula-of-rows": (
        '“{name}” has a value for each row; say of which: "{name}[P-07]"',
        '“{name}”逐行计算，请写明是哪一行，如："{name}[P-07]"',
    ),
    "formula-without-rows": (
        "“{name}” has one value, not one for each row",
        "“{name}”不逐行计算",
    ),
    "not-computed": (
        "“{name}” has no value; missing: {missing}",
        "“{name}”没有数值，所缺：{missing}",
    ),
    "not-a-number": ("“{name}” is no number", "“{name}”不是数值"),
    "not-a-quantity": ("“{text}” is no number with a unit", "“{text}”不是带单位的数值"),
    "other-dimension": (
        "“{text}” cannot be compared with a number in {unit}",
        "“{text}”不能与以 {unit} 计的数值比较",
    ),
    "not-of-its-kind": (
        "“{text}” is not of the kind of “{name}”",
        "“{text}”与“{name}”不是同一类值",
    ),
    "computed.is": ("“{name}” is {found}, expected {wanted}", "“{name}”为 {found}，应为 {wanted}"),
    "computed.is not": ("“{name}” is {found}, and must not be", "“{name}”为 {found}，不得为该值"),
    "computed.within": (
        "“{name}” is {found}, expected {wanted} within {tolerance}",
        "“{name}”为 {found}，应为 {wanted}，误差不超过 {tolerance}",
    ),
    "computed.least": (
        "“{name}” is {found}, expected at least {wanted}",
        "“{name}”为 {found}，应不低于 {wanted}",
    ),
    "computed.most": (
        "“{name}” is {found}, expected at most {wanted}",
        "“{name}”为 {found}，应不超过 {wanted}",
    ),
    # why a step is red
    "why.rule": ("{rule} {title}: {verdict}", "{rule} {title}：{verdict}"),
    "why.reason": ("  because: {reason}", "  理由：{reason}"),
    "why.counts": ("  rows: {counts}", "  各行：{counts}"),
    "why.finding": ("  finding [{grade}] {subject}{message}", "  发现[{grade}] {subject}{message}"),
    "why.more": ("  … {count} more findings", "  ……另有发现{count}项"),
    "why.missing": ("  missing: {missing}", "  缺少：{missing}"),
    "why.value": ("  {label} = {value}{place}", "  {label} = {value}{place}"),
    "why.place": (" ({place})", "（{place}）"),
    "why.place.raw": (" (“{raw}”, {place})", "（“{raw}”，{place}）"),
    "why.problem": ("reading problem: {message}", "读取问题：{message}"),
    "unknown-value": ("not known", "未知"),
    "verdict.conforms": ("conforms", "符合"),
    "verdict.nonconforming": ("nonconforming", "不符合"),
    "verdict.undetermined": ("undetermined", "不能确定"),
    "verdict.not applicable": ("not applicable", "不适用"),
    "verdict.awaiting judgement": ("awaiting judgement", "待人工判断"),
    "verdict.deferred": ("deferred", "留待下期"),
    "verdict.waived": ("waived", "已豁免"),
    "verdict.broken": ("could not be assessed", "未能评估"),
    "opinion.positive": ("positive", "肯定"),
    "opinion.negative": ("negative", "否定"),
    "opinion.open": ("open", "待定"),
}
