"""What evaluation and assessment say: what is missing, why something has no result, and
what keeps an opinion open."""

from __future__ import annotations

MESSAGES: dict[str, tuple[str, str]] = {
    # on what a value of a lookup file rests
    "rests-on": ("{value} ({rests})", "{value}（{rests}）"),
    "rests-on.and": ("; ", "；"),
    # what is missing
    "missing.cell": ("{label} of {key}", "{key}的{label}"),
    "missing.table": ("the table “{label}”", "“{label}”数据表"),
    "missing.row": ("the row {key} of “{label}”", "“{label}”中{key}一行"),
    "missing.document": ("the document “{label}”", "证明文件“{label}”"),
    "missing.document.issued": (
        "the date of issue of the document “{label}”",
        "证明文件“{label}”的出具日期",
    ),
    "missing.document.file": ("the file of the document “{label}”", "证明文件“{label}”的文件"),
    "missing.lookup": ("a row for {key} in “{label}”", "“{label}”中与{key}对应的行"),
    "missing.lookup.dated": (
        "a value for {key} in “{label}” in force on {day}",
        "“{label}”中{day}有效的{key}对应值",
    ),
    "missing.not-acceptable": (
        "{key} is not acceptable under “{label}”",
        "按“{label}”，{key}不可接受",
    ),
    "missing.not-acceptable.dated": (
        "{key} is not acceptable under “{label}” as in force on {day}",
        "按{day}有效的“{label}”，{key}不可接受",
    ),
    "missing.calendar": (
        "the working-day calendar of {year}",
        "{year}年的工作日历（国务院办公厅节假日安排）",
    ),
    "calendar": (
        "notice that arranges the working days of {year}",
        "{year}年工作日所依放假通知",
    ),
    "missing.as-of": (
        "the date to assess for (the submission date of the dossier)",
        "评估日期（项目档案的提交日期）",
    ),
    # what other dossiers of the run lack, or have
    "other-row": ("{key} in dossier {dossier}", "项目档案{dossier}中的{key}"),
    "missing.others": (
        "the rows of “{table}” in other dossiers; `guiju batch` checks dossiers together",
        "其他项目档案的“{table}”数据（须以 `guiju batch` 合并核查）",
    ),
    "missing.other-cell": (
        "{label} of {key} in dossier {dossier}",
        "项目档案{dossier}中{key}的{label}",
    ),
    "missing.other-cell.many": (
        "{label} of {count} rows of “{table}” in other dossiers ({dossiers})",
        "其他项目档案（{dossiers}）“{table}”中{count}行的{label}",
    ),
    "missing.other-boundary": (
        "{label} of {key} in dossier {dossier} as a valid geometry: {fault}",
        "项目档案{dossier}中{key}的{label}的有效几何图形（{fault}）",
    ),
    "missing.other-boundary.many": (
        "valid geometries for {label} of {count} rows of “{table}” in other dossiers ({dossiers})",
        "其他项目档案（{dossiers}）“{table}”中{count}行{label}的有效几何图形",
    ),
    "missing.other-layer": (
        "the layer with the {label} of every row of {table} in dossier {dossier}",
        "项目档案{dossier}中{table}各行{label}的图层",
    ),
    "missing.other-table": (
        "the table “{table}” of dossier {dossier}",
        "项目档案{dossier}的“{table}”数据表",
    ),
    "missing.other-tables": (
        "the table “{table}” of {count} other dossiers ({dossiers})",
        "其他{count}份项目档案（{dossiers}）的“{table}”数据表",
    ),
    # operations without a result
    "undefined.division-by-zero": (
        "a value for {words}: it divides by zero",
        "{words}的值：除数为零",
    ),
    "undefined.no-power": (
        "a value for {words}: this power does not exist",
        "{words}的值：该乘方无定义",
    ),
    "undefined.no-sqrt": (
        "a value for {words}: a negative number has no square root",
        "{words}的值：负数没有平方根",
    ),
    "undefined.no-ln": (
        "a value for {words}: only a positive number has a logarithm",
        "{words}的值：仅正数有对数",
    ),
    "undefined.no-result": (
        "a value for {words}: the operation has no result",
        "{words}的值：该运算没有结果",
    ),
    "undefined.no-rounding": (
        "a value for {words}: it cannot be rounded to such a step",
        "{words}的值：不能按该间隔修约",
    ),
    "undefined.no-student-t": (
        "a value for {words}: degrees of freedom must be positive and the confidence "
        "between 0 and 1",
        "{words}的值：自由度应大于零，置信水平应介于0与1之间",
    ),
    "undefined.overflow": (
        "a value for {words}: it is too large to calculate",
        "{words}的值：数值过大，无法计算",
    ),
    "undefined.no-such-day": (
        "a date for {words}: there is no such day",
        "{words}的日期：不存在这一天",
    ),
    "undefined.durations-apart": (
        "an answer whether {words}: months and days cannot be compared so closely",
        "{words}的判断：月数与日数相近，无法直接比较",
    ),
    "undefined.several-documents": (
        "which document is meant by {words}: there are several, and they differ",
        "{words}所指的文件：有多份，且内容不一",
    ),
    "undefined.outside": (
        "a value for a row outside the formula's rows, where {words}",
        "公式适用范围以外各行的值（适用范围：{words}）",
    ),
    "undefined.bad-pattern": (
        "an answer whether {words}: the pattern is not well formed",
        "{words}的判断：格式式样书写有误",
    ),
    "undefined.pattern-too-slow": (
        "an answer whether {words}: matching took too long",
        "{words}的判断：格式匹配耗时过长",
    ),
    "undefined.datums": (
        "a value for {words}: the coordinates are on different datums ({detail})",
        "{words}的值：坐标基准不同（{detail}），不能一并量测",
    ),
    "undefined.no-decimals": (
        "a value for {words}: the file does not keep how degrees are written",
        "{words}的值：文件不保留经纬度的书写位数",
    ),
    "undefined.no-width": (
        "a value for {words}: the width must be more than zero",
        "{words}的值：宽度应大于零",
    ),
    "missing.layer": (
        "the layer with the {label} of every row of {table}",
        "{table}各行{label}的图层",
    ),
    "missing.boundary": (
        "{label} as a valid geometry: {fault}",
        "{label}的有效几何图形（{fault}）",
    ),
    "missing.boundary.cell": (
        "{label} of {key} as a valid geometry: {fault}",
        "{key}的{label}的有效几何图形（{fault}）",
    ),
    "fault.self-intersection": ("it crosses itself{at}", "边界自相交{at}"),
    "fault.ring-self-intersection": ("a ring touches itself{at}", "环自接触{at}"),
    "fault.hole-outside": ("a hole lies outside its polygon{at}", "内环位于外环之外{at}"),
    "fault.holes-nested": ("a hole lies inside another{at}", "内环相互嵌套{at}"),
    "fault.interior-disconnected": (
        "holes cut the polygon in two{at}",
        "内环使多边形内部不连通{at}",
    ),
    "fault.shells-nested": ("a part lies inside another{at}", "多部件图形相互嵌套{at}"),
    "fault.rings-repeated": ("a ring stands twice{at}", "环重复{at}"),
    "fault.too-few-points": ("a ring has too few points{at}", "环的顶点过少{at}"),
    "fault.bad-coordinate": ("a coordinate is out of range{at}", "坐标超出范围{at}"),
    "fault.ring-open": ("a ring is not closed{at}", "环未闭合{at}"),
    "fault.antimeridian": (
        "it crosses the 180° meridian; cut it there into parts",
        "跨越180°经线，应在该处分割为多部件",
    ),
    "fault.empty": ("it is empty", "图形为空"),
    "fault.unreadable": ("it cannot be read as a geometry", "不能作为几何图形读取"),
    "fault.other": ("it is not a simple geometry{at}", "不是简单几何图形{at}"),
    "fault.none": ("nothing is wrong", "没有问题"),
    "fault.at": (" at {place}", "，位于 {place}"),
    "undefined.empty-mean": ("{words}: there are no rows", "{words}：没有数据行"),
    "undefined.empty-weighted mean": (
        "{words}: there are no rows, or the weights sum to zero",
        "{words}：没有数据行，或权重合计为零",
    ),
    "undefined.empty-min": ("{words}: there are no rows", "{words}：没有数据行"),
    "undefined.empty-max": ("{words}: there are no rows", "{words}：没有数据行"),
    "undefined.empty-first": ("{words}: there are no rows", "{words}：没有数据行"),
    "undefined.empty-last": ("{words}: there are no rows", "{words}：没有数据行"),
    "undefined.empty-stdev": (
        "{words}: fewer than two rows have no standard deviation",
        "{words}：数据行少于两行，无标准差",
    ),
    # reasons and messages of requirements
    "reason.when": ("It applies only when {words}.", "仅当{words}时适用。"),
    "reason.no-rows": ("The dossier has no row it concerns.", "项目档案中没有该要求涉及的数据行。"),
    "reason.rows-not-applicable": (
        "It applies to none of the rows it concerns.",
        "所涉各数据行均不适用该要求。",
    ),
    "reason.broken": (
        "It could not be evaluated; this is a fault of the engine or of a file ({error}).",
        "未能评估：程序或文件出错（{error}）。",
    ),
    "reason.limit": (
        "It could not be evaluated: {message}; {mend}.",
        "未能评估：{message}；{mend}。",
    ),
    "reason.unexplained": (
        "The verdict stands, but how it came about could not be shown; this is a fault of the engine ({error}).",
        "结论成立，但未能给出推导过程：程序出错（{error}）。",
    ),
    "reason.needs-geo": (
        "It measures boundaries, which needs the extra guiju[geo] ({error}).",
        "该要求需量测边界，应先安装 guiju[geo]（{error}）。",
    ),
    "reason.waived": (
        "Waived by {who} from {start} until {until}: {why}",
        "由{who}豁免，期限{start}至{until}，理由：{why}",
    ),
    "message.give": ("Give what is missing: {missing}.", "请补充以下缺失内容：{missing}。"),
    "message.documents": ("Provide the evidence: {missing}.", "请提供以下证据：{missing}。"),
    "message.nonconforming": ("The requirement is not met: {words}", "不符合要求：{words}"),
    "message.elsewhere": (
        "This stays open because of other dossiers, which lack: {missing}.",
        "因其他项目档案缺少以下内容，该项暂不能判定：{missing}。",
    ),
    "list": (", ", "、"),
    # what keeps an opinion open
    "open.undetermined": ("undetermined: {id} {title}", "待澄清：{id} {title}"),
    "open.awaiting": ("awaiting judgement: {id} {title}", "待人工判断：{id} {title}"),
    "open.deferred": ("deferred to the next period: {id} {title}", "留待下期：{id} {title}"),
    "open.broken": ("could not be evaluated: {id} {title}", "未能评估：{id} {title}"),
    "open.unverified": (
        "not met, but its encoding is unverified: {id} {title}",
        "不符合，但规则编码尚未核实：{id} {title}",
    ),
    "open.problem": ("a file could not be read as it should: {message}", "文件读取有误：{message}"),
    "open.not-selected": (
        "{count} rules were left out of this run",
        "本次运行未执行{count}条规则",
    ),
    "open.nothing": ("no requirement applied", "没有适用的要求"),
    # what was not checked
    "unchecked.not-selected": ("left out of this run", "本次运行未选取"),
    "unchecked.ignored": ("ignored in this run", "本次运行中忽略"),
    "unchecked.across": (
        "asks about other dossiers; `guiju batch` checks it",
        "涉及其他项目档案，由 `guiju batch` 核查",
    ),
    "unchecked.table": ("no rule looks at this table", "没有规则使用该数据表"),
    "unchecked.fact": ("no rule looks at this fact", "没有规则使用该项数据"),
    "unchecked.document": ("no rule asks for this document", "没有规则要求该文件"),
    "unchecked.pack-not-yet": (
        "the pack is in force only from {day}",
        "规则包自{day}起生效",
    ),
    "unchecked.pack-past": ("the pack was in force until {day}", "规则包有效期至{day}"),
    # problems
    "problem.no-date": (
        "the dossier gives no submission date and none was asked for, so values that depend "
        "on a date are not known",
        "项目档案未给出提交日期，运行时亦未指定评估日期，与日期有关的取值无法确定",
    ),
    "problem.no-date.mend": (
        "give `submitted` in dossier.yaml, or run with `--as-of DATE`",
        "请在 dossier.yaml 中填写 submitted，或以 --as-of 指定日期",
    ),
    "problem.waiver-expired": (
        "the waiver of {rule} by {who} ended on {until}",
        "{who}对{rule}的豁免已于{until}到期",
    ),
    "problem.waiver-expired.mend": (
        "close the finding, or have the waiver renewed",
        "请关闭该项发现，或重新办理豁免",
    ),
    "problem.waiver-not-yet": (
        "the waiver of {rule} by {who} begins on {start}",
        "{who}对{rule}的豁免自{start}起生效",
    ),
    "problem.waiver-not-yet.mend": (
        "nothing is waived before that day",
        "生效日之前不予豁免",
    ),
    "problem.waiver-unused": (
        "the waiver of {rule} by {who} waives nothing",
        "{who}对{rule}的豁免未起作用",
    ),
    "problem.waiver-unused.mend": (
        "remove it from the file",
        "请将其从豁免文件中删除",
    ),
    "problem.waiver-unknown": (
        "a waiver names {rule}, which is no rule of the pack",
        "豁免文件中的{rule}不是本规则包中的规则",
    ),
    "problem.waiver-unknown.mend": (
        "correct the rule's id in the file",
        "请更正豁免文件中的规则编号",
    ),
    # waiver and baseline files
    "file.not-readable": ("`{file}` cannot be read: {error}", "无法读取 `{file}`：{error}"),
    "file.not-readable.mend": (
        "check the path, and that the file may be read",
        "请核对路径，并确认有读取权限",
    ),
    "file.not-utf8": (
        "it is not UTF-8 text (byte {byte})",
        "不是 UTF-8 文本（第 {byte} 字节）",
    ),
    "file.not-utf8.mend": ("save it as UTF-8", "请另存为 UTF-8 编码"),
    "file.broken": (
        "the JSON breaks off at line {line}, column {column}",
        "JSON 在第 {line} 行第 {column} 列无法继续读取",
    ),
    "file.broken.mend": (
        "check commas, quotes and brackets at that place or just before it",
        "请检查该处及其前面的逗号、引号和括号",
    ),
    "file.key-twice": ("`{field}` is given twice", "`{field}` 重复出现"),
    "file.key-twice.mend": ("keep one value for each field", "每个字段只保留一个值"),
    "file.entries.mend": (
        "each waiver has `rule`, `who`, `why`, `from` and `until`, and may have `subject`",
        "每条豁免须有 rule、who、why、from、until，可另有 subject",
    ),
    "file.not-waivers.mend": (
        "write each waiver as an entry with `rule`, `who`, `why`, `from` and `until`",
        "每条豁免写成一个条目，含 rule、who、why、from、until",
    ),
    "file.not-waivers": (
        "{file} should hold a list of waivers, or `waivers:` with a list",
        "{file}应为豁免条目列表，或含 waivers 列表",
    ),
    "file.entry-not-mapping": (
        "entry {number} of {file} should have named fields",
        "{file}第{number}条应由带名称的字段组成",
    ),
    "file.field-missing": (
        "entry {number} of {file} lacks `{field}`",
        "{file}第{number}条缺少 {field}",
    ),
    "file.field-unknown": (
        "entry {number} of {file} has an unknown field `{field}`",
        "{file}第{number}条含未知字段 {field}",
    ),
    "file.field-not-text": (
        "`{field}` in entry {number} of {file} should be a text",
        "{file}第{number}条的 {field} 应为文字",
    ),
    "file.field-not-date": (
        "`{field}` in entry {number} of {file} should be a date such as 2026-05-12, not {value}",
        "{file}第{number}条的 {field} 应为日期，例如 2026-05-12，现为{value}",
    ),
    "file.until-before-from": (
        "entry {number} of {file} ends ({until}) before it begins ({start})",
        "{file}第{number}条的截止日期（{until}）早于开始日期（{start}）",
    ),
}
