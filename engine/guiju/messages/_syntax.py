"""Diagnostics of the syntax stage: characters, words, texts, and what is missing."""

SYNTAX: dict[str, tuple[str, str]] = {
    "severity.error": ("error", "错误"),
    "severity.warning": ("warning", "警告"),
    "severity.help": ("help", "建议"),
    # What could stand somewhere, in the author's words.
    "term.value": ("a value", "数值或表达式"),
    "term.condition": ("a condition", "条件"),
    "term.operator": ("an operator such as `and`, `+` or `>=`", "运算符（如 `且`、`+`、`>=`）"),
    "term.arithmetic": ("an operator such as `+` or `*`", "运算符（如 `+`、`*`）"),
    "term.clause": ("the next clause", "下一条款行"),
    "term.item": (
        "the next `rule`, `formula`, `table` or other declaration",
        "下一个“规则”“公式”“表”等声明",
    ),
    "term.end": ("nothing more", "到此结束"),
    "term.file-end": ("the end of the text", "文本结尾"),
    "term.ID": ("an identifier such as `AFF-2C`", "编号（如 `AFF-2C`）"),
    "term.NAME": ("a name", "名称"),
    "term.STRING": ("a text in quotes", "引号中的文字"),
    "term.DATE": ("a date such as `2024-05-01`", "日期（如 `2024-05-01`）"),
    "term.TYPE": ("a type such as `text` or `date`", "类型（如 `文本`、`日期`）"),
    "term.UNIT": ("a unit such as `ha` or `tCO2e`", "单位（如 `ha`、`tCO2e`）"),
    "term.BASIS_LEVEL": (
        "`verified`, `secondary` or `unverified`",
        "`已核对`、`二手` 或 `未核对`",
    ),
    "term.NUMBER": ("a number", "数字"),
    # What the author can do.
    "hint.meant": ("did you mean `{value}`?", "是否想写 `{value}`？"),
    "hint.double-sign": (
        "write one comparison sign: `=`, `!=`, `<`, `<=`, `>` or `>=`",
        "比较只写一个符号：`=`、`!=`、`<`、`<=`、`>` 或 `>=`",
    ),
    "hint.aggregate": (
        "put the aggregate in parentheses to go on: `(sum of … for … in …) {word} …`",
        "先给整个汇总加上括号，再接着写：`(合计 … 之 … 对 … 属于 …) {word} …`",
    ),
    "hint.chain": (
        "join two comparisons with `and`, or write `between … and …`",
        "用“且”连接两个比较，或写“介于 … 和 …”",
    ),
    "hint.reserved": (
        "`{word}` is a keyword; to use it as a name, write it in backticks",
        "`{word}` 是关键字；若要用作名称，请加反引号",
    ),
    "hint.close": ("close the parenthesis", "请补上右括号"),
    "hint.operator": (
        "join the two with an operator, or begin the next line with the word that says its role; "
        "words need spaces between them",
        "用运算符连接前后两项，或用表明作用的关键字另起一行；词与词之间要有空格",
    ),
    "hint.role": (
        "a line starts with one of these words, with a space after it: {value}",
        "每行以下列关键字之一开头，其后要有空格：{value}",
    ),
    "hint.write": ("write {value}", "此处应写{value}"),
    # The problems.
    "unexpected-word": (
        "expected {expected}{after}, found {found}",
        "{after}应为{expected}，却是 {found}",
    ),
    "unexpected-word.help": ("{hint}", "{hint}"),
    "unexpected-word.page": (
        "A word or sign stands where the language has no place for it. Every line starts with a word that says its role (`cite`, `for each`, `when`, `must`, `else` and so on), and only the words of that role may follow. Often a keyword is misspelt, an operator between two values is missing, or a keyword was used as a name: a name in backticks is always a name.\n\nThe rest of the line is skipped and reading goes on at the next one, so every other mistake in the file is reported in the same run.",
        "某个词或符号出现在语言不允许的位置。每一行以表明作用的关键字开头(“依据”“对每个”“适用于”“应当”“否则”等),其后只能写相应的内容。常见原因:关键字拼写有误、两个值之间缺少运算符,或把关键字当作名称使用——加反引号的词总是名称。\n\n该行余下部分会被跳过,从下一行继续读取,因此文件中的其他错误会在同一次运行中一并报告。",
    ),
    "missing-part": (
        "expected {expected} after `{after}`, found {found}",
        "`{after}` 之后缺少{expected}，接着就是 {found}",
    ),
    "missing-part.help": ("{hint}", "{hint}"),
    "missing-part.page": (
        "A clause or a declaration ends before it is complete: `must` needs a condition, `else` a grade and a message, `unless` a `because`, a `rule` at least one clause. The place underlined is the last word before the gap.",
        "条款行或声明尚未写完就结束了：“应当”需要条件，“否则”需要等级和说明，“除非”需要“因为”，“规则”至少要有一个条款行。下划线标出缺口之前的最后一个词。",
    ),
    "band-cells": (
        "this band has {cells} cells; the lookup has {keys} key(s) and {values} value(s)",
        "本分段行有 {cells} 格；该查表有 {keys} 个键、{values} 个值",
    ),
    "band-cells.help": (
        "write {needed} cells, the keys first: `| <= 10% | 6% |`; `| not acceptable |` stands for all values",
        "应写 {needed} 格，键在前：`| <= 10% | 6% |`;`| 不可接受 |` 代替全部值",
    ),
    "band-cells.page": (
        "Each line of bands holds one cell for every key under `by`, then one for every value the lookup gives. A key is a plain value or a comparison (`<= 10%`); a value is plain. `not acceptable` as the last cell stands for all values.",
        "每个分段行先为“按”所列的每个键写一格，再为每个给出的值写一格。键可以是具体值或比较（`<= 10%`）；值只写具体值。最后一格写“不可接受”则代替全部值。",
    ),
    "unclosed-string": (
        "this text does not end on its line",
        "这段文字在本行没有结束引号",
    ),
    "unclosed-string.help": (
        "close it with the partner of `{quote}`; a text cannot go on to the next line",
        "请补上与 `{quote}` 对应的结束引号；文字不能跨行",
    ),
    "unclosed-string.page": (
        'A text stands between `"` and `"`, 「 and 」, or “ and ”, on one line. To show one kind of quotation mark inside a text, put the text in another kind.',
        '文字写在 `"` 与 `"`、「与」或 “ 与 ” 之间，并且在同一行内。若文字中要出现某种引号，请用另一种引号括住整段文字。',
    ),
    "unclosed-brace": (
        "this `{brace}` has no partner in its text",
        "文字中的 `{brace}` 没有配对",
    ),
    "unclosed-brace.help": (
        "write `{{{{` or `}}}}` for a brace that is only to be shown",
        "若只想显示花括号，请写 `{{{{` 或 `}}}}`",
    ),
    "unclosed-brace.page": (
        "In titles, labels and messages, an expression between braces is filled in: `Parcel {parcel.id}`. A brace that is only to be shown is written twice.",
        "在标题、标签和说明中，花括号里的表达式会被替换成其值：`地块 {parcel.id}`。若只想显示花括号，请写两遍。",
    ),
    "stray-character": (
        "`{character}` means nothing in the rule language",
        "`{character}` 在规则语言中没有意义",
    ),
    "stray-character.help": ("{hint}", "{hint}"),
    "stray-character.page": (
        "The character is no part of any name, number, sign or text. Texts stand in double quotes; comments start with `#`.",
        "该字符不属于任何名称、数字、符号或文字。文字写在双引号中；注释以 `#` 开头。",
    ),
    "impossible-date": ("there is no date `{text}`: {reason}", "没有 `{text}` 这一天：{reason}"),
    "impossible-date.help": (
        "write a day that the calendar has, as year-month-day",
        "请按“年-月-日”写一个存在的日期",
    ),
    "impossible-date.page": (
        "A date is written `2024-05-01` and must exist: 2023-02-30 does not. A date that is calculated is another matter: for `start + 1 month` the rule says `month end down` or `month end up`.",
        "日期写作 `2024-05-01`，并且必须存在：没有 2023-02-30 这一天。推算的日期另当别论：`开工日期 + 1 个月` 可写明“月末退”或“月末进”。",
    ),
    "bidi-character": (
        "the invisible character {point} ({name}) changes the direction of the text",
        "不可见字符 {point}({name})会改变文字方向",
    ),
    "bidi-character.help": (
        "remove it: people would read another rule than the engine does",
        "请删除：否则人看到的规则与引擎读到的不同",
    ),
    "bidi-character.page": (
        "Characters that set the direction of writing can make a line look like another one, in comments and texts as well. Rule files have no use for them.",
        "控制书写方向的字符会使一行看起来像另一行，在注释和文字中也一样。规则文件不需要这些字符。",
    ),
    "invisible-character": (
        "the character {point} ({name}) cannot be seen",
        "字符 {point}({name})不可见",
    ),
    "invisible-character.help": (
        "remove it: two names that look the same would differ",
        "请删除：否则看起来相同的两个名称会不相同",
    ),
    "invisible-character.page": (
        "Characters of no width usually come from a web page or a word processor. They make names differ that look the same.",
        "零宽字符多半来自网页或文字处理软件，会使看起来相同的名称变得不同。",
    ),
    "lookalike-character": (
        "`{word}` holds the {script} letter `{letter}` ({point}), which looks like another",
        "`{word}` 中含有{script} `{letter}`({point})，与另一字母形似",
    ),
    "lookalike-character.help": ("write `{plain}`", "请改写为 `{plain}`"),
    "lookalike-character.page": (
        "The name mixes letters of two scripts that look alike, such as the Latin and the Cyrillic `a`. It is another name than the one people read. Chinese together with Latin letters is fine.",
        "名称混用了形似而不同的字母，例如拉丁字母与西里尔字母的 `a`，与人看到的名称并不相同。汉字与拉丁字母混写没有问题。",
    ),
    "too-deep": (
        "this expression is nested more than {limit} levels deep",
        "表达式嵌套超过 {limit} 层",
    ),
    "too-deep.help": (
        "give parts of it a name with `let`, or make them formulas",
        "请用“令”为其中的部分命名，或另写公式",
    ),
    "too-deep.page": (
        "Nobody can check an expression of that depth. Name its parts with `let` or in formulas; a long list of values belongs in a lookup.",
        "如此深的表达式无人能够核对。请用“令”或公式为各部分命名；一长串数值应放进查表。",
    ),
    "too-many-errors": (
        "more than {limit} mistakes; the rest of the file was not read",
        "错误超过 {limit} 处，文件其余部分未读取",
    ),
    "too-many-errors.help": (
        "mend the first ones and run again; perhaps this is not a rule file",
        "请先改正前面的错误再运行；也可能这不是规则文件",
    ),
    "too-many-errors.page": (
        "After so many mistakes the file is probably no rule file, or one early mistake spoils all that follows.",
        "错误如此之多，这多半不是规则文件，或者前面的某处错误影响了后文。",
    ),
    "too-large": (
        "this file has {size} million characters; a rule file has at most {limit} million",
        "文件有 {size} 百万字符；规则文件至多 {limit} 百万字符",
    ),
    "too-large.help": (
        "put tables of values in a lookup's CSV file, and chapters in files of their own",
        "请把数值表放进查表的 CSV 文件，并按章节拆分文件",
    ),
    "too-large.page": (
        "Rule files are written and read by people. A file of that size holds data, or is not a rule file.",
        "规则文件供人编写和阅读。如此大的文件多半是数据，或者不是规则文件。",
    ),
    "not-utf8": (
        "this file is not UTF-8: byte {byte} cannot be read; it is probably {encoding}",
        "文件不是 UTF-8 编码：字节 {byte} 无法读取；很可能是 {encoding}",
    ),
    "not-utf8.help": ("{mend}", "{mend}"),
    "not-utf8.page": (
        "Rule files are UTF-8, so that a Chinese character is the same on every computer. Editors for Chinese Windows often save GBK (ANSI, GB18030): open the file there and save it again as UTF-8.",
        "规则文件一律采用 UTF-8 编码，使汉字在任何计算机上都一样。中文 Windows 的编辑器常保存为 GBK(ANSI、GB18030)：请用该编辑器打开，另存为 UTF-8。",
    ),
    "empty-file": ("this file declares nothing", "文件中没有任何声明"),
    "empty-file.help": (
        "write a `rule`, `facts`, `table`, `lookup` or `formula`, or remove the file",
        "请写入“规则”“事实”“表”“查表”或“公式”，或删除此文件",
    ),
    "empty-file.page": (
        "A rule file with no declaration has no effect. Perhaps it was saved before it was written, or everything in it is a comment.",
        "没有声明的规则文件不起作用。也许尚未写完就保存了，或者内容全是注释。",
    ),
}
