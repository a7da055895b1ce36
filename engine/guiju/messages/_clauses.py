"""Diagnostics of clause lists: the source's clauses beside the rules."""

CLAUSES: dict[str, tuple[str, str]] = {
    "clause-list-unknown": (
        "no source of pack.toml has the id `{name}`",
        "pack.toml 中没有编号为 `{name}` 的来源",
    ),
    "clause-list-unknown.help": ("{suggestion}", "{suggestion}"),
    "clause-list-unknown.page": (
        "A clause list is the file `clauses/ID.csv`, where ID is the `id` of one of the `[[sources]]` of pack.toml. It lists the clauses of that source, and `guiju ledger` compares them with what the rules cite.",
        "条款清单是文件 `clauses/编号.csv`，其中“编号”为 pack.toml 某个 `[[sources]]` 的 `id`。清单逐条列出该来源的条款，`guiju ledger` 据此与各规则所引条款互相核对。",
    ),
    "clause-list-unreadable": (
        "the clause list cannot be read: {reason}",
        "条款清单无法读取：{reason}",
    ),
    "clause-list-unreadable.help": (
        "write it as CSV in UTF-8; put a cell with a comma or a line break between double quotes",
        "请存为 UTF-8 编码的 CSV；单元格中有逗号或换行时，用英文双引号括起",
    ),
    "clause-list-unreadable.page": (
        "A clause list is a CSV file: a header, then a row for each clause, all with as many fields as the header. A cell that holds a comma, a quote or a line break stands between double quotes, and a quote in it is doubled.",
        "条款清单是 CSV 文件：首行为表头，之后每行一条，字段数与表头相同。单元格中有逗号、引号或换行时用双引号括起，其中的双引号写两次。",
    ),
    "clause-column-unknown": (
        "a clause list has no column `{column}`",
        "条款清单没有列 `{column}`",
    ),
    "clause-column-unknown.help": ("{suggestion}", "{suggestion}"),
    "clause-column-unknown.page": (
        "The columns of a clause list are: `clause` (as rules cite it, without the short name of the source), `kind` (requirement, formula, parameter, definition, judgement, fact, reference, unreadable), `zh` and `en` (its sense in your own words), `status` (empty, or why nothing need cite it: fact, not encoded, registry, other party), `reason_zh` and `reason_en`.",
        "条款清单的列有：`clause`（与规则所引一致，不含来源简称）、`kind`（requirement 要求、formula 公式、parameter 参数、definition 定义、judgement 判断、fact 事实、reference 引用、unreadable 无法辨读）、`zh` 与 `en`（用自己的话写明其意）、`status`（空；或无须由规则引用的原因：fact 无可核查、not encoded 未编入、registry 属登记机构、other party 属其他方）、`reason_zh` 与 `reason_en`（理由）。",
    ),
    "clause-column-missing": (
        "the clause list lacks the column `{column}`; it has {found}",
        "条款清单缺少列 `{column}`；现有 {found}",
    ),
    "clause-column-missing.help": (
        "add the column; its cells may be empty where nothing is to be said",
        "请补上该列；无内容的单元格可以留空",
    ),
    "clause-column-missing.page": (
        "A clause list has the columns `clause,kind,zh,en,status,reason_zh,reason_en`. A pack that speaks one language only (`languages` in pack.toml) needs the sense and the reason in that language.",
        "条款清单的列为 `clause,kind,zh,en,status,reason_zh,reason_en`。只用一种语言的包（见 pack.toml 的 `languages`）只需该语言的含义与理由两列。",
    ),
    "clause-cell-missing": (
        "`{column}` of this clause is empty",
        "该条款的 `{column}` 为空",
    ),
    "clause-cell-missing.help": (
        "every clause has a name, a sense and, where its status is `not encoded`, `registry` or `other party`, a reason",
        "每条须有条款号和含义；status 为 `not encoded`、`registry` 或 `other party` 的，还须写明理由",
    ),
    "clause-cell-missing.page": (
        "A clause that no rule covers is listed with the reason, in each language of the pack: readers of the ledger must be able to judge whether leaving it out is right. `fact` needs no reason: there is nothing in such a clause to check.",
        "没有规则对应的条款须写明理由，包的每种语言各写一份，以便读者判断不编入是否妥当。`fact` 无须理由：这类条款没有可核查的内容。",
    ),
    "clause-cell-wrong": (
        "`{text}` is no {column} of a clause",
        "`{text}` 不是条款的 {column} 取值",
    ),
    "clause-cell-wrong.help": ("expected one of {expected}", "可用的取值：{expected}"),
    "clause-cell-wrong.page": (
        "`kind` says what a clause is: requirement, formula, parameter, definition, judgement, fact, reference or unreadable. `status` is empty when a rule, a judgement, a formula or a lookup must cite the clause; otherwise it is `fact` (nothing to check), `not encoded` (left out, with the reason), `registry` or `other party` (the duty is not the project's).",
        "`kind` 说明条款是什么：requirement 要求、formula 公式、parameter 参数、definition 定义、judgement 判断、fact 事实、reference 引用、unreadable 无法辨读。`status` 为空表示须有规则、判断、公式或查表引用该条；否则写 `fact`（没有可核查的内容）、`not encoded`（未编入，附理由）、`registry`（属登记机构的职责）或 `other party`（属其他方的职责）。",
    ),
    "clause-repeated": (
        "the clause `{name}` is listed twice",
        "条款 `{name}` 重复列出",
    ),
    "clause-repeated.help": (
        "merge the two rows, or name the part each is about",
        "请合并两行，或写明各自所指的款、项",
    ),
    "clause-repeated.page": (
        "A clause stands in the list of its source once. Spaces, full-width characters and the kind of brackets make no difference: `第十条（一）` and `第十条 (一)` are one clause.",
        "同一条款在清单中只列一次。空格、全角半角和括号式样不作区分：`第十条（一）`与 `第十条 (一)` 是同一条。",
    ),
}
