"""Diagnostics of the checking stage: names, types, units, clauses, proofs."""

CHECKING: dict[str, tuple[str, str]] = {
    "unknown-name": ("unknown name `{name}`", "没有名为 `{name}` 的事实、表、公式或查表"),
    "unknown-name.help": (
        "{suggestion}",
        "{suggestion}",
    ),
    "unknown-name.page": (
        "A rule uses a name that nothing declares. Names come from `facts`, `table`, `lookup` and `formula`, from a `let` of the same rule, and from `for each`. Two names run together (`面积且郁闭度`) are one word to the reader: put a space between them.",
        "规则用到了未声明的名称。名称来自“事实”“表”“查表”“公式”，来自同一规则里的“令”，以及“对每个”。两个名称连写（如 `面积且郁闭度`）会被当作一个词，请用空格分开。",
    ),
    "unknown-field": ("`{owner}` has no field `{name}`", "`{owner}` 没有字段 `{name}`"),
    "unknown-field.help": ("{suggestion}", "{suggestion}"),
    "unknown-field.page": (
        "A word after a dot must be a field of what stands before it: a fact of a group, a column of a row's table, a value a lookup gives, or a formula with one value per row of that table.",
        "点号后面的词必须是前面对象的字段：事实组中的事实、该行所属表的列、查表给出的值，或者该表逐行计算的公式。",
    ),
    "unknown-option": ("`{name}` is not one of the options", "`{name}` 不在选项之内"),
    "unknown-option.help": ("the options are {options}", "可用的选项：{options}"),
    "unknown-option.page": (
        "A value that is `one of` several options can only be compared with one of them, by its name or its label.",
        "“选项”类型的值只能与其选项比较，可写选项的名称或标签。",
    ),
    "unknown-function": ("unknown function `{name}`", "没有函数 `{name}`"),
    "unknown-function.help": ("{suggestion}", "{suggestion}"),
    "unknown-function.page": (
        "Only the functions of the language may be called; a rule cannot run other code.",
        "只能调用语言自带的函数；规则不能运行其他代码。",
    ),
    "unknown-unit": ("unknown unit `{name}`", "没有单位 `{name}`"),
    "unknown-unit.help": ("{suggestion}", "{suggestion}"),
    "unknown-unit.page": (
        "Units are read from the table of units: m2, ha, 亩, m3, t, tdm, tC, tCO2, tCO2e, %, and products such as tCO2e/ha/yr. Tonnes of dry matter, of carbon, of CO2 and of CO2e are different dimensions.",
        "单位取自单位表：m2、ha、亩、m3、t、tdm、tC、tCO2、tCO2e、% 以及 tCO2e/ha/yr 这样的组合。吨干物质、吨碳、吨二氧化碳、吨二氧化碳当量是不同的量纲。",
    ),
    "unknown-document": ("no document named `{name}` is declared", "没有声明名为 `{name}` 的文件"),
    "unknown-document.help": ("{suggestion}", "{suggestion}"),
    "unknown-document.page": (
        "`needs` names documents: facts whose type is `document`.",
        "“需要”后面是文件的名称，即类型为 document 的事实。",
    ),
    "unknown-grade": (
        "`{name}` is not a finding grade of this pack",
        "`{name}` 不是本包的发现类别",
    ),
    "unknown-grade.help": (
        "pack.toml names these grades: {grades}",
        "pack.toml 中的发现类别：{grades}",
    ),
    "unknown-grade.page": (
        "After `else`, `unknown` and `defer` stands a grade from `[findings]` of pack.toml, such as CAR, CL, FAR or 整改要求, 观察项.",
        "“否则”“不明”“留待”之后是 pack.toml 中 `[findings]` 列出的发现类别，如 CAR、CL、FAR 或 整改要求、观察项。",
    ),
    "unknown-rule": ("no rule `{name}` to amend", "没有可修订的规则 `{name}`"),
    "unknown-rule.help": ("{suggestion}", "{suggestion}"),
    "unknown-rule.page": (
        "`amend NEW of prefix.OLD` changes a rule of a used pack; without a prefix, a rule of the same pack.",
        "“修订 新编号 之 前缀.原编号”修订所引用包的规则；不写前缀则修订本包的规则。",
    ),
    "unknown-prefix": (
        "no pack is used under the prefix `{name}`",
        "没有以 `{name}` 为前缀引用的包",
    ),
    "unknown-prefix.help": ("add it to `uses` in pack.toml", "请在 pack.toml 的 `uses` 中加入它"),
    "unknown-prefix.page": (
        "A pack reaches the names of another through the prefix that `uses` in pack.toml gives it.",
        "一个包通过 pack.toml 中 `uses` 给出的前缀引用另一个包的名称。",
    ),
    "name-taken": ("`{name}` is declared twice", "`{name}` 重复声明"),
    "name-taken.help": (
        "give one of them another name; all files of a pack, and the packs it uses, share one namespace",
        "请改用另一个名称；同一包的所有文件及其引用的包共用一个命名空间",
    ),
    "name-taken.page": (
        "A name or an alias may be declared once in a pack. Rule ids are never reused.",
        "名称或别名在一个包里只能声明一次。规则编号不得重复使用。",
    ),
    "unused-name": ("`{name}` is never used", "`{name}` 从未被使用"),
    "unused-name.help": (
        "use it in a rule or a formula, or take it out",
        "请在规则或公式中使用它，或者删去",
    ),
    "unused-name.page": (
        "A fact, column, lookup, formula or let that no rule reaches is asked of the applicant for nothing, or shows that a rule forgot it.",
        "没有任何规则用到的事实、列、查表、公式或“令”，要么让申报方白填，要么说明规则漏用了它。",
    ),
    "cycle": ("these formulas need each other: {path}", "这些公式互相依赖：{path}"),
    "cycle.help": (
        "rewrite one of them so that it does not need the others",
        "请改写其中一个公式，使其不再依赖其他公式",
    ),
    "cycle.page": (
        "A formula may use other formulas but never, by any way round, itself.",
        "公式可以使用其他公式，但不得直接或间接使用自身。",
    ),
    "type-mismatch": (
        "this is {found}, but {expected} is needed",
        "此处是{found}，需要的是{expected}",
    ),
    "type-mismatch.help": (
        "compare and calculate with values of one kind",
        "请用同一类的值比较和计算",
    ),
    "type-mismatch.page": (
        "Each expression has a type: text, yes/no, a number in a unit, a date, a duration, an option, a list, a row. An operator takes only the types it has a meaning for.",
        "每个表达式都有类型：文本、是或否、带单位的数、日期、时长、选项、列表、行。运算符只接受有意义的类型。",
    ),
    "unit-mismatch": (
        "`{left}` and `{right}` are different kinds of quantity",
        "`{left}` 与 `{right}` 不是同一种量",
    ),
    "unit-mismatch.help": ("{hint}", "{hint}"),
    "unit-mismatch.page": (
        "Quantities can be added, subtracted and compared only within one dimension. Carbon dimensions go beyond SI: tonnes of dry matter (tdm), of carbon (tC), of CO2 (tCO2) and of CO2e (tCO2e) differ, and a total per year differs from a total per period. The only bridge from carbon to CO2 is CO2_per_C, which is 44/12.",
        "只有同一量纲的量才能相加、相减和比较。碳的量纲比国际单位制更细：吨干物质（tdm）、吨碳（tC）、吨二氧化碳（tCO2）、吨二氧化碳当量（tCO2e）互不相同，每年的量与整个时段的量也不同。由碳到二氧化碳只有一座桥：CO2_per_C（碳转二氧化碳），即 44/12。",
    ),
    "wrong-argument-count": (
        "`{function}` got {found} values, but takes {expected}",
        "`{function}` 得到 {found} 个值，应为 {expected} 个",
    ),
    "wrong-argument-count.help": (
        "see the list of functions in the language guide",
        "请查阅语言指南中的函数表",
    ),
    "wrong-argument-count.page": (
        "Each function takes a fixed number of values.",
        "每个函数接受固定个数的值。",
    ),
    "bad-pattern": (
        "`{pattern}` is not a well-formed pattern",
        "`{pattern}` 不是正确的格式",
    ),
    "bad-pattern.help": (
        "close every bracket, and put something to repeat before `*`, `+` and `?`",
        "括号应成对；`*`、`+`、`?` 之前应有可重复的内容",
    ),
    "bad-pattern.page": (
        "`matches` compares the whole of a text with a pattern, a regular expression: `[0-9]+` is a row of digits. "
        "One that is not well formed could match nothing, and would leave the rule undetermined for every text.",
        "“符合格式”以正则表达式核对整段文本：`[0-9]+` 表示一串数字。格式本身有误的，任何文本都无从核对，规则将一直无法确定。",
    ),
    "must-be-constant": (
        "a value that depends on the dossier stands where a fixed one is needed",
        "此处需要固定的值，却写了取决于项目档案的值",
    ),
    "must-be-constant.help": (
        "write the number, date, text or option itself",
        "请直接写出数、日期、文本或选项",
    ),
    "must-be-constant.page": (
        "Bands of a lookup and declared ranges are fixed when the pack is written.",
        "查表的分档和声明的取值范围在编写包时即已固定。",
    ),
    "no-row-in-scope": (
        "`{name}` has one value per row of `{table}`, but no row is meant here",
        "`{name}` 按 `{table}` 逐行取值，而此处没有指明哪一行",
    ),
    "no-row-in-scope.help": (
        "aggregate it (`sum of {name} for x in {table}`) or use it in a rule with `for each x in {table}`",
        "请汇总（`合计 之 {name} 对 x 属于 {table}`），或用在“对 每个 x 属于 {table}”的规则里",
    ),
    "no-row-in-scope.page": (
        "A formula with `for each` has a value per row. Where one row of its table is in scope, its bare name means that row's value.",
        "带“对每个”的公式逐行取值。当作用域里恰有该表的一行时，直接写公式名即指该行的值。",
    ),
    "month-end-unsaid": (
        "adding months or years can reach a day that does not exist",
        "加减月或年可能得到不存在的日期",
    ),
    "month-end-unsaid.help": (
        "write `month end down` (28 February) or `month end up` (1 March) after it; without it such a day is unknown",
        "请在其后写“月末退”（取 2 月 28 日）或“月末进”（取 3 月 1 日）；不写则该日期为不明",
    ),
    "month-end-unsaid.page": (
        "31 January plus one month has no date of its own. Laws and methodologies resolve it differently, so the rule must say how.",
        "1 月 31 日加一个月没有对应的日期。各法规、方法学的处理不同，因此规则必须写明。",
    ),
    "durations-differ": (
        "`{left}` and `{right}` cannot be compared: their length depends on the calendar",
        "`{left}` 与 `{right}` 不能比较：其长短取决于日历",
    ),
    "durations-differ.help": (
        "compare dates instead, as in `start + 3 years month end down <= end`",
        "请改为比较日期，如 `开始 + 3 年 月末退 <= 结束`",
    ),
    "durations-differ.page": (
        "Years and months have no fixed number of days, and working days depend on the holidays.",
        "年、月没有固定的天数，工作日取决于节假日安排。",
    ),
    "across-misplaced": (
        "`across dossiers` cannot be said of {found}",
        "“跨档案”不能用于{found}",
    ),
    "across-misplaced.help": (
        "write it after a table in a quantifier or an aggregate: `no other in parcels across dossiers satisfies …`",
        "请写在量词或汇总所指的表之后，如 `无 其他 属于 地块 跨档案 满足 …`",
    ),
    "across-misplaced.page": (
        "`parcels across dossiers` are the rows of a table in the other dossiers of a run. It stands where a quantifier or an aggregate names its rows, and only after a table: a list belongs to one dossier. `for each` goes over the dossier's own rows, so that every finding is about a row of the dossier that is assessed. `for each parcel in parcels across dossiers` fails; `must no other in parcels across dossiers satisfies other.id = parcel.id` passes.",
        "“地块 跨档案”指同一次运行中其他项目档案里该表的行，写在量词或汇总指明行的地方，且只能跟在表之后：列表属于某一个档案。“对每个”只逐一处理本档案的行，每项发现因此都针对被核查档案的某一行。`对每个 小班 属于 地块 跨档案` 有误；`应当 无 其他 属于 地块 跨档案 满足 其他.编号 = 小班.编号` 正确。",
    ),
    "not-across": (
        "`{name}` of a row of `{table}` in another dossier cannot be asked for: it is {found}",
        "不能取其他项目档案中 `{table}` 的行的 `{name}`：它是{found}",
    ),
    "not-across.help": (
        "use columns of `{table}`, or write the calculation out with them",
        "请改用 `{table}` 的列，或用这些列直接写出算式",
    ),
    "not-across.page": (
        "Of rows in other dossiers only what stands in their columns is known. A formula with one value per row may rest on facts and other tables of its own dossier, and a document belongs to the dossier that holds it; neither is there for rows across dossiers. `no other in trees across dossiers satisfies other.carbon > 1 t` fails where `carbon` is a formula; the same with the column `other.height` passes.",
        "对其他项目档案的行，只知道其各列的值。逐行公式可能用到其自身档案的事实和其他表，文件则归持有它的档案所有，二者都不能跨档案取用。若碳储量为逐行公式，`无 其他 属于 林木 跨档案 满足 其他.碳储量 > 1 t` 有误；改用树高一列则正确。",
    ),
    "missing-clause": ("`{item}` has no `{clause}`", "`{item}` 缺少“{clause}”"),
    "missing-clause.help": ("add a line that starts with `{clause}`", "请加一行，以“{clause}”开头"),
    "missing-clause.page": (
        "A rule has at least `cite`, `must` and `else`; a judgement `cite`, `ask` and `else`; an amendment `cite`, `effective` and `set` or `must`.",
        "规则至少要有“依据”“应当”“否则”；判断至少要有“依据”“问”“否则”；修订至少要有“依据”“施行”以及“改为”或“应当”。",
    ),
    "repeated-clause": ("`{clause}` stands twice", "“{clause}”重复"),
    "repeated-clause.help": ("keep one of them", "请保留其中一个"),
    "repeated-clause.page": (
        "This clause may stand once in an item.",
        "此行在一项里只能出现一次。",
    ),
    "misplaced-clause": ("`{clause}` does not belong in {item}", "“{clause}”不能用在{item}里"),
    "misplaced-clause.help": ("move it or take it out", "请移走或删去"),
    "misplaced-clause.page": (
        "Some lines belong only to rules, some only to judgements or amendments.",
        "有些行只用于规则，有些只用于判断或修订。",
    ),
    "missing-translation": (
        "this text is not given in {language}",
        "此处文字没有{language}文本",
    ),
    "missing-translation.several": (
        "{count} texts of this file are not given in {language}; this is the first",
        "本文件有{count}处文字没有{language}文本，此处为第一处",
    ),
    "missing-translation.help": (
        'add it behind the text with its tag, as in `"…" {tag} "…"`; until then the report shows the other language',
        '请在文字之后加上语言标记和文本，如 `"…" {tag} "…"`；在此之前报告将显示另一种语言',
    ),
    "missing-translation.page": (
        "Everything a reader sees exists in Chinese and English.",
        "读者看到的一切文字都应有中文和英文。",
    ),
    "always-true": ("this condition is always true", "此条件恒为真"),
    "always-true.help": (
        "it can never fail; check the threshold or take it out",
        "它永远不会不满足；请核对限值或删去",
    ),
    "always-true.page": (
        "No value in the declared ranges makes the condition false, so nothing is checked by it.",
        "在声明的取值范围内没有任何值使其为假，因此它什么也没有检查。",
    ),
    "always-false": ("this condition is always false", "此条件恒为假"),
    "always-false.help": (
        "no dossier can meet it; check the thresholds and the direction of the comparisons",
        "任何档案都不可能满足；请核对限值和比较方向",
    ),
    "always-false.page": (
        "No value in the declared ranges makes the condition true.",
        "在声明的取值范围内没有任何值使其为真。",
    ),
    "unreachable": (
        "this can never apply, because of the conditions before it",
        "由于前面的条件，此处永远不会适用",
    ),
    "unreachable.help": (
        "change the earlier conditions or take this out",
        "请修改前面的条件或删去此处",
    ),
    "unreachable.page": (
        "An exception or a branch that contradicts what already holds is never used.",
        "与已成立的条件相矛盾的例外或分支永远不会用到。",
    ),
    "band-gap": ("no band covers {gap}", "没有分档覆盖 {gap}"),
    "band-gap.help": ("add a band for it", "请为其增加一档"),
    "band-gap.page": (
        "The bands of a lookup must cover every value of its parameters. Upper limits (<, <=) are read in order, each from the previous one; lower limits (>, >=) likewise from the other side.",
        "查表的分档必须覆盖参数的所有取值。上限（<、<=）按顺序读，每档从上一档的上限开始；下限（>、>=）从另一端同样处理。",
    ),
    "band-overlap": ("two bands claim {where}", "两个分档都包含 {where}"),
    "band-overlap.help": (
        "change one of the limits so that each value falls into one band",
        "请修改其中一个界限，使每个值只落入一档",
    ),
    "band-overlap.page": (
        "Each value must fall into exactly one band.",
        "每个值必须恰好落入一档。",
    ),
    "bands-unproved": (
        "the bands of this lookup make {count} combinations; they were not proved complete",
        "此查表的分档共有 {count} 种组合，未能证明其完整",
    ),
    "bands-unproved.help": (
        "split the lookup, or keep its rows in a CSV file",
        "请拆分查表，或把各行放入 CSV 文件",
    ),
    "bands-unproved.page": (
        "Bands over several parameters are proved complete and disjoint combination by combination. With this many combinations nobody could check them by eye either.",
        "多参数分档的完整与互斥是逐个组合证明的。组合过多时，人工也无法逐一核对。",
    ),
    "empty-range": ("nothing lies between {low} and {high}", "{low} 与 {high} 之间没有任何值"),
    "empty-range.help": (
        "write the smaller value or the earlier day first",
        "请先写较小的值或较早的日期",
    ),
    "empty-range.page": (
        "A declared range or the days of `effective` end before they start, so no value and no day is ever inside.",
        "声明的取值范围或“施行”的日期，终点早于起点，因此没有任何值或日期落在其中。",
    ),
    "amended-grade": (
        "an amendment keeps the grade of its rule, `{kept}`; `{name}` stands here",
        "修订沿用原规则的发现类别 `{kept}`，此处却写了 `{name}`",
    ),
    "amended-grade.help": ("write `{kept}`", "请改写为 `{kept}`"),
    "amended-grade.page": (
        "An amendment may change the values of a rule, its `must` and the text of its finding. How grave the finding is stays what the rule says.",
        "修订可以改变规则的取值、“应当”以及发现的文字，但发现的类别仍以原规则为准。",
    ),
    "amendments-clash": (
        "`{other}` amends `{name}` for the same days",
        "`{other}` 在相同日期也修订了 `{name}`",
    ),
    "amendments-clash.help": (
        "give them dates or `when` conditions that exclude one another",
        "请使两者的施行日期或“适用于”条件互不重叠",
    ),
    "amendments-clash.page": (
        "Two amendments of one value must never be in force together, or a dossier would have two answers.",
        "同一个值的两项修订不得同时有效，否则同一档案会有两个答案。",
    ),
    "unsafe-direction": (
        "a conservative formula moves the unsafe way: {found}",
        "标为“保守”的公式朝不保守的方向变化：{found}",
    ),
    "unsafe-direction.help": (
        "round what is claimed down and what is deducted up",
        "请将申报的量向下修约，将扣减的量向上修约",
    ),
    "unsafe-direction.page": (
        "A formula marked `conservative` may only lose by its roundings.",
        "标为“保守”的公式，其修约只能使结果变小。",
    ),
    "lookup-file-missing": (
        "cannot read the lookup file `{file}`: {reason}",
        "无法读取查表文件 `{file}`：{reason}",
    ),
    "lookup-file-missing.help": (
        "the path is relative to the pack's folder and stays inside it",
        "路径相对于包的文件夹，且不得离开该文件夹",
    ),
    "lookup-file-missing.page": (
        "`from` names a CSV file in UTF-8 inside the pack's folder.",
        "“取自”后面是包文件夹内的 UTF-8 编码 CSV 文件。",
    ),
    "lookup-file-unreadable": (
        "the lookup file `{file}` is not what it should be: {reason}",
        "查表文件 `{file}` 不合要求：{reason}",
    ),
    "lookup-file-unreadable.help": (
        "save it as CSV in UTF-8: one header line, and as many fields on every line",
        "请另存为 UTF-8 编码的 CSV：首行为表头，每行字段数相同",
    ),
    "lookup-file-unreadable.page": (
        "A lookup's file is CSV in UTF-8 with one header line. Nothing is guessed about a line that has more or fewer fields than the header, a column that stands twice, or text in another encoding.",
        "查表文件应为 UTF-8 编码的 CSV，首行为表头。字段数与表头不同的行、重复的列、其他编码的文字，一律不作猜测。",
    ),
    "lookup-column-missing": (
        "`{file}` has no column `{column}`",
        "`{file}` 没有列 `{column}`",
    ),
    "lookup-column-missing.help": ("its columns are {found}", "它的列有：{found}"),
    "lookup-column-missing.page": (
        "The file has a column for each parameter and each value, named as in the lookup; `effective` and `until` may date a row.",
        "文件应有与查表参数、取值同名的列；可用 `effective` 与 `until` 列注明每行的施行日期。",
    ),
    "lookup-cell-unreadable": (
        "`{file}` line {line}, column `{column}`: `{text}` is not {expected}",
        "`{file}` 第 {line} 行 `{column}` 列：`{text}` 不是{expected}",
    ),
    "lookup-cell-unreadable.help": (
        "write the value itself: a number in the declared unit and without it, a day as 2024-01-31",
        "请只填值：数按声明的单位填写且不带单位，日期写作 2024-01-31",
    ),
    "lookup-cell-unreadable.page": (
        "Each cell holds a value of the declared type.",
        "每个单元格应为声明类型的值。",
    ),
    "lookup-key-repeated": (
        "two rows have the key {key}: {earlier} and {place}",
        "有两行的键都是 {key}：{earlier} 与 {place}",
    ),
    "lookup-key-repeated.help": (
        "keep one row, or date them so that they are never in force together",
        "请保留一行，或注明施行日期使其不同时有效",
    ),
    "lookup-key-repeated.page": (
        "For one key and one day there is one value.",
        "同一个键在同一天只能有一个值。",
    ),
    "lookup-without-rows": ("`{name}` has no rows", "`{name}` 没有任何行"),
    "lookup-without-rows.help": (
        'add bands or `from "lookups/….csv"`',
        "请加分档，或写“取自 「lookups/….csv」”",
    ),
    "lookup-without-rows.page": ("A lookup needs rows to look up.", "查表必须有行可查。"),
    "pack-toml": ("pack.toml: {reason}", "pack.toml：{reason}"),
    "pack-toml.help": (
        "the language guide describes pack.toml key by key",
        "语言指南逐项说明了 pack.toml 的写法",
    ),
    "pack-toml.page": (
        "pack.toml says what the pack is: its id, edition, language, titles, the packs it uses, its finding grades, claims and source documents. Every key is read or reported; none is passed over.",
        "pack.toml 说明包的基本信息：编号、版次、语言、名称、引用的包、发现类别、申报量、来源文件。每个键要么读取，要么报告，不会忽略。",
    ),
    # --- small texts that fill the messages above ---------------------------------------
    "did-you-mean": ("did you mean `{name}`?", "是否想写 `{name}`？"),
    "did-you-mean-split": (
        "did you mean `{parts}`, with spaces between the words?",
        "是否想写 `{parts}`？词与词之间要有空格",
    ),
    "declare-it": (
        "declare it with `facts`, `table`, `lookup`, `formula` or `let`",
        "请用“事实”“表”“查表”“公式”或“令”声明它",
    ),
    "these-exist": ("there are: {names}", "可用的有：{names}"),
    "hint-group": (
        "`{name}` is a group of facts; write `{name}.` and the name of a fact",
        "`{name}` 是一组事实；请写 `{name}.` 加事实名称",
    ),
    "hint-several": (
        "more than one group has it; write one of {names}",
        "有多个事实组含此名称，请写明其一：{names}",
    ),
    "hint-column": (
        "it is a column of `{table}`; name the row it is of, as in `{example}`",
        "它是表 `{table}` 的列；请写明是哪一行，如 `{example}`",
    ),
    "hint-carbon": (
        "multiply carbon by CO2_per_C (44/12) to get CO2",
        "碳须乘以 CO2_per_C（碳转二氧化碳，44/12）才是二氧化碳",
    ),
    "hint-co2e": (
        "CO2 becomes CO2e through CO2e_per_CO2; other gases through their global warming potential",
        "二氧化碳经 CO2e_per_CO2（二氧化碳当量换算）成为二氧化碳当量；其他气体乘以其全球增温潜势",
    ),
    "hint-gwp": (
        "totals under different sets of global warming potentials cannot be added",
        "采用不同全球增温潜势（GWP）版本的总量不能相加",
    ),
    "hint-dry": (
        "multiply dry matter by a carbon fraction in tC/tdm to get carbon",
        "干物质须乘以含碳率（tC/tdm）才是碳",
    ),
    "hint-year": (
        "one is per year and the other is not; multiply or divide by a number of years",
        "一个是每年的量，另一个不是；请乘以或除以年数",
    ),
    "hint-bare": (
        "one is a bare number; give it its unit, or leave units with `in`",
        "其中一个是没有单位的数；请写明单位，或用“换算为 单位”去掉单位",
    ),
    "hint-plain": (
        "bring both to one kind of quantity before adding or comparing",
        "请先化为同一种量再相加或比较",
    ),
    "item-rule": ("a rule", "规则"),
    "item-judge": ("a judgement", "判断"),
    "item-amend": ("an amendment", "修订"),
    "item-amend-set": ("an amendment without `must`", "没有“应当”的修订"),
    "item-formula": ("a formula", "公式"),
    "item-lookup": ("a lookup", "查表"),
    "type-text": ("a text", "文本"),
    "type-yes/no": ("a yes or no", "是或否的值"),
    "type-number": ("a bare number", "没有单位的数"),
    "type-quantity": ("a quantity in {unit}", "以 {unit} 计的量"),
    "type-date": ("a date", "日期"),
    "type-period": ("a period", "时段"),
    "type-duration": ("a duration", "时长"),
    "type-one of": ("an option", "选项"),
    "type-list": ("a list", "列表"),
    "type-row": ("a row of `{table}`", "`{table}` 的一行"),
    "type-other-row": (
        "a row of `{table}` in another dossier",
        "其他项目档案中 `{table}` 的一行",
    ),
    "across-for-each": ("the rows of `for each`", "“对每个”所指的行"),
    "not-across-formula": ("a formula", "公式"),
    "not-across-document": ("a document", "文件"),
    "type-geometry": ("a boundary", "边界"),
    "type-polygon": ("a polygon", "面"),
    "type-line": ("a line", "线"),
    "type-point": ("a point", "点"),
    "type-bounded-table": (
        "a table declared with `boundary polygon`",
        "声明了“边界 面”的表",
    ),
    "type-unbounded-table": (
        "the table `{table}`, which has no polygons",
        "没有面状边界的表 `{table}`",
    ),
    "type-comparable": (
        "a value that can be compared; measure boundaries with `overlap_area` or `distance`",
        "可以比较的值；边界请以重叠面积或距离量测",
    ),
    "type-degrees": ("degrees of freedom, 1 or more", "不小于 1 的自由度"),
    "type-confidence": ("a confidence level between 0 and 1", "0 与 1 之间的置信水平"),
    "type-document": ("a document", "文件"),
    "type-any-number": ("a number", "数"),
    "type-ordered": ("a number or a date", "数或日期"),
    "type-shown": ("a value that can be shown in a message", "可以写进文字的值"),
    "type-shift": ("a date plus or minus a duration", "日期加减时长"),
    "type-whole": ("a whole number", "整数"),
    "type-not-before": ("a day on or after {day}", "{day} 或之后的日期"),
    "type-key": (
        "a text, a yes or no, a number or a date",
        "文本、是或否、数或日期",
    ),
    "type-value": (
        "a text, a yes or no, a number, a date or a duration",
        "文本、是或否、数、日期或时长",
    ),
    "type-condition": ("a condition (yes or no)", "条件（是或否）"),
    "type-table": ("a table or a list", "表或列表"),
    "type-undated": (
        "the key alone: the rows of `{table}` are not dated",
        "只写主键：`{table}` 的行不分日期",
    ),
    "type-lookup": ("a lookup", "查表"),
    "type-same": ("the same type as {other}", "与{other}相同的类型"),
    "lang-en": ("English", "英文"),
    "lang-zh": ("Chinese", "中文"),
    "reason-missing": ("it does not exist", "文件不存在"),
    "reason-outside": ("it lies outside the pack's folder", "文件在包的文件夹之外"),
    "reason-utf8": ("it is not UTF-8 text", "不是 UTF-8 文本"),
    "reason-twice": ("column `{column}` stands twice", "列 `{column}` 重复"),
    "reason-csv": ("line {line} is not valid CSV", "第 {line} 行不是有效的 CSV"),
    "reason-ragged": (
        "line {line} has {found} fields, the header has {expected}",
        "第 {line} 行有 {found} 个字段，表头有 {expected} 个",
    ),
    "rounding-up": ("`rounded up` raises the result", "“向上修约”使结果变大"),
    "rounding-nearest": ("`rounded to` may raise the result", "“修约到”可能使结果变大"),
    "rounding-down": ("`rounded down` lowers what is deducted", "“向下修约”使扣减变小"),
    "toml-key-missing": ("`{key}` is missing", "缺少 `{key}`"),
    "toml-key-unknown": ("unknown key `{key}`", "没有键 `{key}`"),
    "toml-wrong": (
        "`{key}` should look like this: {expected}",
        "`{key}` 应写成：{expected}",
    ),
    "toml-source-twice": (
        "`{key}` is that of another source already: `{text}`",
        "`{key}` 与另一来源相同：`{text}`",
    ),
    "toml-broken": ("not readable as TOML: {why}", "不是有效的 TOML：{why}"),
    "toml-uses-ring": (
        "packs use each other in a ring: {ring}",
        "包之间循环引用：{ring}",
    ),
    "toml-uses-clash": (
        "the used packs `{packs}` both declare `{name}`",
        "所引用的包 `{packs}` 都声明了 `{name}`",
    ),
    "toml-uses-broken": (
        "the used pack `{pack}` has mistakes of its own",
        "所引用的包 `{pack}` 自身有错误",
    ),
    "toml-uses-missing": ("the used pack `{pack}` was not found", "找不到所引用的包 `{pack}`"),
}
