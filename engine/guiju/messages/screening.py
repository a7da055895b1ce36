"""The sentences of a screening: its page, and what keeps it from being made."""

from __future__ import annotations

MESSAGES: dict[str, tuple[str, str]] = {
    # --- the page --------------------------------------------------------------------
    "title": ("Screening of {file}", "筛查：{file}"),
    "kicker": ("Screening", "筛查"),
    "subtitle": (
        "Which rows qualify under which methodology; a working paper, no conclusion on a project",
        "各行适用于哪些方法学；供摸底使用的工作底稿，不构成对任何项目的结论",
    ),
    "skip": ("Skip to the results", "跳至结果"),
    "stop": ("; ", "；"),
    "total": ("{file}: {rows} rows", "{file}：共 {rows} 行"),
    "total.area": (", {area} in column {column}", "，“{column}”合计 {area}"),
    "total.without": (
        "; rows without an area, which add nothing to any sum: {rows}",
        "；其中 {rows} 行未填面积，不计入任何合计",
    ),
    "pack": ("{pack} {edition}  {title}", "{pack} {edition}  {title}"),
    "asked": (
        "Rows are those of table {table}; rules asked of every row: {count}.",
        "各行按表“{table}”解读；逐行核对规则 {count} 条。",
    ),
    "as-of": ("As of {day}.", "评估基准日 {day}。"),
    "as-of.none": (
        "No date was given: what depends on one is unknown (`--as-of`).",
        "未给出评估基准日：凡取决于日期者均为未知（可用 `--as-of` 指定）。",
    ),
    "rows": ("rows", "行数"),
    "area": ("area ({unit})", "面积（{unit}）"),
    "area.plain": ("area", "面积"),
    "result": ("Result", "结果"),
    "qualifies": ("qualifies", "适用"),
    "fails": ("does not", "不适用"),
    "unknown": ("unknown", "未知"),
    "qualifies.meaning": (
        "every rule asked is met, or does not apply",
        "所核对的规则均符合或不涉及",
    ),
    "fails.meaning": ("at least one rule is not met", "至少一条规则不符合"),
    "unknown.meaning": ("something is missing that decides", "缺少起决定作用的信息"),
    "by": ("By {column}, {what}", "按“{column}”统计{what}"),
    "by.none": ("(none given)", "（未填）"),
    "reasons": ("Why not", "不适用的原因"),
    "reasons.about": (
        "A row that does not meet several rules is counted under each. Alone: rows that do not"
        " meet this rule only.",
        "同一行不符合多条规则时分别计入。“仅此一条”指只不符合该条规则的行。",
    ),
    "alone": ("alone", "仅此一条"),
    "example": ("e.g. {message}", "例：{message}"),
    "gaps": ("What is unknown", "缺少的信息"),
    "gaps.for": ("for {rules}", "涉及 {rules}"),
    "gaps.rows": ("e.g. {rows}", "例：{rows}"),
    "undefined": ("a calculation without a result", "计算没有结果"),
    "together": ("Under several packs", "同时适用的方法学"),
    "together.none": ("none", "均不适用或未知"),
    "left": ("Not screened", "未核对的规则"),
    "left.about": (
        "A screening asks only what can be asked of rows; these decide with a project's dossier.",
        "筛查只核对可逐行核对的规则；以下各项须在项目档案中核对。",
    ),
    "left.one": ("{why} ({count})", "{why}（{count} 条）"),
    "why.not over rows": ("about the project", "针对整个项目"),
    "why.judgement": ("a person's judgement", "需人工判断"),
    "why.other table": ("about another table", "针对其他表"),
    "why.defers only": ("for a later period", "留待下期"),
    "why.across": ("about other dossiers", "针对其他项目档案"),
    "why.not selected": ("not selected (--select)", "未选取（--select）"),
    "why.ignored": ("left out (--ignore)", "已排除（--ignore）"),
    "documents": ("Documents that were not asked for", "未要求的文件"),
    "documents.about": (
        "No evidence was given with --facts, so that a missing document keeps no row from"
        " qualifying.",
        "--facts 未给出证据清单，故缺少文件不影响各行的结果。",
    ),
    "problems": ("Problems met in reading", "读取时发现的问题"),
    "yes": ("yes", "是"),
    "no": ("no", "否"),
    "road.reference": ("evaluated row by row", "逐行计算"),
    "road.tables": ("evaluated by queries", "以查询计算"),
    "written": ("rows written: {file}", "已写入各行结果：{file}"),
    "reading": ("reading {file}", "正在读取 {file}"),
    # --- what keeps it from being made -----------------------------------------------
    "no-such-file": ("there is no file `{file}`", "没有文件 `{file}`"),
    "unreadable": ("`{file}` cannot be screened: {why}", "`{file}` 无法筛查：{why}"),
    "unreadable.help": ("{mend}", "{mend}"),
    "needs-tables": (
        "a screening needs DuckDB, which is not installed",
        "筛查需要 DuckDB，尚未安装",
    ),
    "needs-tables.help": ("pip install 'guiju[tables]'", "请运行 pip install 'guiju[tables]'"),
    "needs-geo": (
        "map layers need libraries that are not installed",
        "读写图层所需的程序库尚未安装",
    ),
    "needs-geo.help": ("pip install 'guiju[geo]'", "请运行 pip install 'guiju[geo]'"),
    "no-such-table": (
        "pack {pack} has no table `{name}`",
        "规则包 {pack} 中没有表 `{name}`",
    ),
    "no-such-table.help": (
        "tables its rules go over: {known}",
        "规则逐行核对的表有：{known}",
    ),
    "no-table-fits": (
        "the columns of `{file}` fit no table of pack {pack}",
        "`{file}` 的列与规则包 {pack} 的任何表都不相符",
    ),
    "no-table-fits.help": (
        "name the headings as the vocabulary does, the key as well, or say which table it is:"
        " --table ({known})",
        "请按词汇表的名称书写列标题（含主键），或用 --table 指明是哪个表（{known}）",
    ),
    "which-table": (
        "the columns of `{file}` fit several tables of pack {pack}: {known}",
        "`{file}` 的列与规则包 {pack} 的多个表相符：{known}",
    ),
    "which-table.help": ("say which one with --table", "请用 --table 指明"),
    "no-such-column": ("`{file}` has no column `{name}`", "`{file}` 没有列 `{name}`"),
    "no-such-column.help": ("columns there are: {known}", "现有的列：{known}"),
    "which-area": (
        "several columns hold areas: {known}",
        "有多个面积列：{known}",
    ),
    "which-area.help": ("say which one to add up with --area", "请用 --area 指明要合计的列"),
    "not-a-number": ("column `{name}` holds no numbers", "列 `{name}` 不是数值"),
    "no-rule-selected": (
        "no rule of pack {pack} is selected",
        "规则包 {pack} 中没有选中任何规则",
    ),
    "no-rule-selected.help": (
        "`guiju packs` and `guiju ledger {pack}` list what there is",
        "可用 `guiju packs` 与 `guiju ledger {pack}` 查看现有规则",
    ),
    "no-rule-over-rows": (
        "none of the selected rules of pack {pack} goes over the rows of table {table}",
        "规则包 {pack} 中选取的规则均不针对表 {table} 的各行",
    ),
    "no-rule-over-rows.help": (
        "select other rules, or name another table with --table",
        "请另选规则，或用 --table 指明其他表",
    ),
    "other-rows": (
        "pack {pack} reads another number of rows from the file",
        "规则包 {pack} 从文件中读出的行数与前不同",
    ),
    "other-rows.help": ("screen it by itself", "请单独筛查"),
    "cannot-write": ("cannot write `{file}`: {reason}", "无法写入 `{file}`：{reason}"),
    "out-suffix": (
        "`{file}` is neither a .parquet nor a .gpkg file",
        "`{file}` 既非 .parquet 文件也非 .gpkg 文件",
    ),
    "several-systems": (
        "the shapes lie in several coordinate systems, which one GeoPackage layer cannot hold",
        "各图形的坐标系不同，无法存入同一 GeoPackage 图层",
    ),
}
