"""What can be wrong with pack.toml as TOML."""

TOML: dict[str, tuple[str, str]] = {
    "toml-fault.statement": (
        "a line starts with a key, a `[table]` or a `#`; a key in Chinese goes between double quotes",
        "一行应以键、`[表]` 或 `#` 开头；中文的键须用英文双引号括起",
    ),
    "toml-fault.after-value": (
        "something stands after the value; each key has a line of its own",
        "值之后还有内容；每个键应单独成行",
    ),
    "toml-fault.equals": ("`=` is missing after the key", "键之后缺少 `=`"),
    "toml-fault.bracket": ("`]` is missing at the end of the table's name", "表名之后缺少 `]`"),
    "toml-fault.brackets": ("`]]` is missing at the end of the name", "名称之后缺少 `]]`"),
    "toml-fault.key": (
        "a key is made of letters a to z, digits, `-` and `_`; any other goes between double quotes",
        "键由英文字母、数字、`-`、`_` 组成，其他字符（如汉字）须用英文双引号括起",
    ),
    "toml-fault.value": (
        "there is no value here that TOML knows; a text goes between double quotes",
        "此处不是 TOML 认得的值；文本须用英文双引号括起",
    ),
    "toml-fault.date": ("there is no such date or time", "没有这样的日期或时间"),
    "toml-fault.escape": (
        "a character written as `\\u…` is not one",
        "`\\u…` 写法不对应任何字符",
    ),
    "toml-fault.backslash": (
        "a backslash in a text is written twice",
        "文本中的反斜杠须写两次",
    ),
    "toml-fault.string": ("the text is not closed with its quotes", "文本缺少结尾的引号"),
    "toml-fault.character": (
        "the character `{character}` must not stand here",
        "此处不能有字符 `{character}`",
    ),
    "toml-fault.array": ("the list is not closed with `]`", "列表缺少结尾的 `]`"),
    "toml-fault.inline": ("`{ … }` is not closed", "`{ … }` 缺少结尾的括号"),
    "toml-fault.twice": ("the key stands twice", "键重复"),
    "toml-fault.table-twice": ("the table `{names}` stands twice", "表 `{names}` 重复"),
    "toml-fault.table-closed": (
        "what stands here adds to a table that is complete already",
        "此处的内容属于前面已写完的表",
    ),
}
