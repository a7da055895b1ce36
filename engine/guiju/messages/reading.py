"""What is wrong with a dossier's files, and what to do about it.

A problem has three keys: `<code>` says what was found, `<code>.mend` what to do, and
`<code>.near`, where there is one, what to do when a name nearly like it is known.
"""

from __future__ import annotations

from guiju.messages import reading_layers

MESSAGES: dict[str, tuple[str, str]] = {
    **reading_layers.MESSAGES,
    # --- files and zips -----------------------------------------------------------------
    "no-such-file": (
        "there is no file or folder `{name}`",
        "找不到文件或文件夹 `{name}`",
    ),
    "no-such-file.mend": (
        "check the path",
        "请核对路径",
    ),
    "not-a-file": (
        "`{name}` is not an ordinary file",
        "`{name}` 不是普通文件",
    ),
    "not-a-file.mend": (
        "put the file itself there, not a folder, a device or a pipe",
        "请放入文件本身，不要用文件夹、设备或管道代替",
    ),
    "not-a-zip": (
        "`{name}` is neither a folder, a `dossier.yaml` nor a readable zip: {detail}",
        "`{name}` 不是文件夹或 `dossier.yaml`，也不是可读取的压缩包：{detail}",
    ),
    "not-a-zip.mend": (
        "give the dossier's folder, its `dossier.yaml` or an undamaged .zip",
        "请提供档案文件夹、其中的 `dossier.yaml`，或未损坏的 .zip 文件",
    ),
    "no-dossier-yaml": (
        "`{name}` holds no `dossier.yaml`",
        "`{name}` 中没有 `dossier.yaml`",
    ),
    "no-dossier-yaml.mend": (
        "put a `dossier.yaml` at the top of the folder or zip",
        "请在文件夹或压缩包的最上层放置 `dossier.yaml`",
    ),
    "no-dossier-yaml.near": (
        "did you mean `{nearest}`? It must be named `dossier.yaml` and stand at the top",
        "是否为 `{nearest}`？该文件须命名为 `dossier.yaml` 并放在最上层",
    ),
    "not-a-dossier": (
        "the file is not a dossier: it holds no keys such as `guiju`, `id` and `facts`",
        "该文件不是项目档案：其中没有 `guiju`、`id`、`facts` 等键",
    ),
    "not-a-dossier.mend": (
        "write the dossier as `key: value` lines, beginning with `guiju: 1`",
        "请按 `键: 值` 的形式填写档案，首行为 `guiju: 1`",
    ),
    "file-missing": (
        "the file `{name}` is not in the dossier",
        "档案中没有文件 `{name}`",
    ),
    "file-missing.mend": (
        "add the file, or correct its name",
        "请补交该文件，或更正文件名",
    ),
    "file-missing.near": (
        "did you mean `{nearest}`?",
        "是否为 `{nearest}`？",
    ),
    "unsafe-name": (
        "the file name `{name}` leads out of the dossier or is not a relative name",
        "文件名 `{name}` 指向档案之外，或不是相对路径",
    ),
    "unsafe-name.mend": (
        "put the file into the dossier and name it relative to `dossier.yaml`, without `..`",
        "请将文件放入档案内，按相对于 `dossier.yaml` 的路径填写，不得含 `..`",
    ),
    "unsafe-link": (
        "`{name}` is a link that leads out of the dossier",
        "`{name}` 是指向档案之外的链接",
    ),
    "unsafe-link.mend": (
        "put the file itself into the dossier",
        "请将文件本身放入档案",
    ),
    "file-unreadable": (
        "`{name}` cannot be read: {detail}",
        "无法读取 `{name}`：{detail}",
    ),
    "file-unreadable.mend": (
        "check that the file is whole and may be read",
        "请检查文件是否完整、是否有读取权限",
    ),
    "file-too-large": (
        "`{name}` has {size} bytes; at most {most} are read",
        "`{name}` 大小为 {size} 字节，最多读取 {most} 字节",
    ),
    "file-too-large.mend": (
        "split the file, or leave out what no rule asks for",
        "请拆分文件，或删去规则不需要的内容",
    ),
    "empty-file": (
        "`{name}` is empty",
        "`{name}` 是空文件",
    ),
    "empty-file.mend": (
        "check that the file was saved and copied whole",
        "请检查文件是否已保存并完整复制",
    ),
    "empty-evidence": (
        "the evidence file `{name}` is empty",
        "证据文件 `{name}` 为空文件",
    ),
    "empty-evidence.mend": (
        "hand in the file again",
        "请重新提交该文件",
    ),
    "zip-too-many": (
        "the zip holds {count} files; at most {most} are read",
        "压缩包内有 {count} 个文件，最多读取 {most} 个",
    ),
    "zip-too-many.mend": (
        "leave out what does not belong to the dossier",
        "请删去不属于档案的文件",
    ),
    "zip-bomb": (
        "the zip unpacks to far more than it holds (`{name}`); the limit is {most} bytes",
        "压缩包解压后体积异常（`{name}`），上限为 {most} 字节",
    ),
    "zip-bomb.mend": (
        "pack the dossier anew, or give it as a folder",
        "请重新打包，或改为提交文件夹",
    ),
    "zip-encrypted": (
        "`{name}` in the zip is encrypted",
        "压缩包中的 `{name}` 已加密",
    ),
    "zip-encrypted.mend": (
        "pack the dossier without a password",
        "请不设密码重新打包",
    ),
    "zip-twice": (
        "the zip holds `{name}` twice; the first was taken",
        "压缩包中有两个 `{name}`，已采用第一个",
    ),
    "zip-twice.mend": (
        "pack the dossier anew with each file once",
        "请重新打包，每个文件只保留一份",
    ),
    "zip-names-recoded": (
        "{count} file names in the zip are not in UTF-8 and were read as GB18030, such as `{example}`",
        "压缩包中有 {count} 个文件名不是 UTF-8 编码，已按 GB18030 读取，如 `{example}`",
    ),
    "zip-names-recoded.mend": (
        "nothing, if the names are right; else pack with UTF-8 names",
        "名称无误则无需处理；否则请用 UTF-8 文件名重新打包",
    ),
    "unused-files": (
        "nothing refers to {count} files of the dossier: {files}",
        "档案中有 {count} 个文件未被引用：{files}",
    ),
    "unused-files.mend": (
        "list them under `evidence`, or leave them out",
        "请在 `evidence` 中列出，或从档案中移除",
    ),
    # --- encodings ------------------------------------------------------------------------
    "undecodable": (
        "byte {offset} (line {line}, {byte}) is neither UTF-8 nor GB18030",
        "第 {offset} 字节（第 {line} 行，{byte}）既不是 UTF-8 也不是 GB18030 编码",
    ),
    "undecodable.mend": (
        "save the file as UTF-8",
        "请将文件另存为 UTF-8 编码",
    ),
    "binary-content": (
        "the file is not text: there is a zero byte at character {offset}",
        "该文件不是文本文件：第 {offset} 个字符为零字节",
    ),
    "binary-content.mend": (
        "save the table as CSV or XLSX, with the name ending to match",
        "请另存为 CSV 或 XLSX，并使扩展名与内容一致",
    ),
    "other-encoding": (
        "the file is not in UTF-8 and was read as {encoding}",
        "文件不是 UTF-8 编码，已按 {encoding} 读取",
    ),
    "other-encoding.mend": (
        "nothing, if the text is right; to be sure, save it as UTF-8",
        "文字无误则无需处理；为稳妥起见可另存为 UTF-8",
    ),
    # --- YAML and JSON ----------------------------------------------------------------------
    "yaml-broken": (
        "the YAML breaks off at line {line}, column {column}: {detail}",
        "YAML 在第 {line} 行第 {column} 列无法继续读取：{detail}",
    ),
    "yaml-broken.mend": (
        "check indentation, colons and quotes at that place; use spaces, not tabs",
        "请检查该处的缩进、冒号和引号；缩进用空格，不用制表符",
    ),
    "yaml-too-deep": (
        "the YAML is nested deeper than {most} levels",
        "YAML 嵌套超过 {most} 层",
    ),
    "yaml-too-deep.mend": (
        "write the dossier flat: groups, and facts in them",
        "请按“分组—事实”两层填写，不要多层嵌套",
    ),
    "yaml-too-large": (
        "the YAML has more than {most} entries once its aliases are written out",
        "YAML 展开别名后超过 {most} 项",
    ),
    "yaml-too-large.mend": (
        "move rows into a CSV file and leave out aliases (`*name`)",
        "请将表格行移入 CSV 文件，并去掉别名（`*名称`）",
    ),
    "yaml-tag": (
        "the tag `{tag}` means nothing in a dossier",
        "档案中不使用标签 `{tag}`",
    ),
    "yaml-tag.mend": (
        "take the tag away; the vocabulary says what a value is",
        "请去掉标签；值的类型由词汇表规定",
    ),
    "yaml-key": (
        "a list or mapping stands where a key is expected",
        "此处应为键，却是列表或映射",
    ),
    "yaml-key.mend": (
        "write a name before the colon",
        "请在冒号前写名称",
    ),
    "key-twice": (
        "the key `{key}` stands twice, on lines {first} and {second}; the first was taken",
        "键 `{key}` 出现两次（第 {first} 行和第 {second} 行），已采用第一个",
    ),
    "key-twice.mend": (
        "keep one of the two",
        "请只保留一个",
    ),
    "json-broken": (
        "the JSON breaks off at line {line}, column {column}: {detail}",
        "JSON 在第 {line} 行第 {column} 列无法继续读取：{detail}",
    ),
    "json-broken.mend": (
        "export the file again, or correct that place",
        "请重新导出文件，或更正该处",
    ),
    "json-too-deep": (
        "the JSON is nested too deeply to be read",
        "JSON 嵌套过深，无法读取",
    ),
    "json-too-deep.mend": (
        "export the rows as a list of plain objects",
        "请将各行导出为普通对象的列表",
    ),
    "json-key-twice": (
        "the key `{key}` stands more than once in one object; the first was taken",
        "同一对象中键 `{key}` 出现多次，已采用第一个",
    ),
    "json-key-twice.mend": (
        "keep one of them",
        "请只保留一个",
    ),
    "bad-pointer": (
        "`{pointer}` is not a JSON pointer",
        "`{pointer}` 不是 JSON 指针",
    ),
    "bad-pointer.mend": (
        "begin it with `/`; write `~1` for a slash and `~0` for a tilde in a key",
        "请以 `/` 开头；键中的斜杠写作 `~1`，波浪号写作 `~0`",
    ),
    # --- keys of the dossier ----------------------------------------------------------------
    "unknown-key": (
        "`{key}` is no key of `{where}`",
        "`{where}` 中没有键 `{key}`",
    ),
    "unknown-key.mend": (
        "known here: {known}",
        "此处可用：{known}",
    ),
    "unknown-key.near": (
        "did you mean `{nearest}`?",
        "是否为 `{nearest}`？",
    ),
    "unknown-name": (
        "the pack's vocabulary has no `{key}` in `{where}`",
        "方法学包的词汇表中，`{where}` 下没有 `{key}`",
    ),
    "unknown-name.mend": (
        "take it out or correct it; known here: {known}",
        "请删除或更正；此处可用：{known}",
    ),
    "unknown-name.near": (
        "did you mean `{nearest}`?",
        "是否为 `{nearest}`？",
    ),
    "key-absent": (
        "`{where}` lacks `{key}`",
        "`{where}` 缺少 `{key}`",
    ),
    "key-absent.mend": (
        "add `{key}: …`",
        "请补充 `{key}: …`",
    ),
    "not-a-mapping": (
        "`{where}` is expected to hold `key: value` lines",
        "`{where}` 应为若干 `键: 值`",
    ),
    "not-a-mapping.mend": (
        "write one `key: value` a line, indented under it",
        "请在其下缩进，每行写一个 `键: 值`",
    ),
    "not-a-list": (
        "`{where}` is expected to be a list",
        "`{where}` 应为列表",
    ),
    "not-a-list.mend": (
        "begin each entry with `- `",
        "每一项请以 `- ` 开头",
    ),
    "not-a-text": (
        "`{where}` is expected to be one text",
        "`{where}` 应为一个文本",
    ),
    "not-a-text.mend": (
        "write a single value after the colon",
        "请在冒号后写单个值",
    ),
    "not-a-row-number": (
        "`{text}` in `{where}` is no row number",
        "`{where}` 中的 `{text}` 不是行号",
    ),
    "not-a-row-number.mend": (
        "give the number of the row with the headings, from 1",
        "请填写表头所在行号，从 1 起",
    ),
    "other-format": (
        "the file is written in format `{found}`; this version reads format {expected}",
        "该文件格式为 `{found}`，本版本读取格式 {expected}",
    ),
    "other-format.mend": (
        "write `guiju: {expected}`, or use the version the file is made for",
        "请写 `guiju: {expected}`，或使用与文件相应的版本",
    ),
    "other-pack": (
        "the dossier asks for the pack `{found}` but is checked by `{used}`",
        "档案指定方法学包 `{found}`，实际采用 `{used}`",
    ),
    "other-pack.mend": (
        "check by the pack the dossier names, or correct `pack`",
        "请采用档案指定的方法学包，或更正 `pack`",
    ),
    "other-edition": (
        "the dossier asks for edition `{found}` but is checked by edition `{used}`",
        "档案指定版本 `{found}`，实际采用版本 `{used}`",
    ),
    "other-edition.mend": (
        "check by the edition the dossier names, or correct `edition`",
        "请采用档案指定的版本，或更正 `edition`",
    ),
    "unknown-stage": (
        "the stage `{text}` is neither `validation` nor `verification`",
        "阶段 `{text}` 既不是审定（`validation`）也不是核查（`verification`）",
    ),
    "unknown-stage.mend": (
        "write `validation` (审定) or `verification` (核查)",
        "请填写“审定”或“核查”",
    ),
    "fact-without-group": (
        "`{name}` stands outside its group",
        "`{name}` 未放在所属分组之下",
    ),
    "fact-without-group.mend": (
        "write it under `{group}:`",
        "请写在 `{group}:` 之下",
    ),
    "table-as-facts": (
        "`{name}` is a table, not a group of facts",
        "`{name}` 是表，不是事实分组",
    ),
    "table-as-facts.mend": (
        "write it under `tables:`",
        "请写在 `tables:` 之下",
    ),
    "document-as-fact": (
        "`{name}` is a document, not a fact",
        "`{name}` 是证明材料，不是事实",
    ),
    "document-as-fact.mend": (
        "list it under `evidence:` with `kind: {name}`",
        "请列在 `evidence:` 之下，写 `kind: {name}`",
    ),
    "fact-twice": (
        "`{name}` is given twice, first on line {first}; that one was taken",
        "`{name}` 填写了两次，首次在第 {first} 行，已采用首次的值",
    ),
    "fact-twice.mend": (
        "keep one of the two",
        "请只保留一处",
    ),
    # --- values ---------------------------------------------------------------------------
    "not-a-number": (
        "{label} (`{name}`): `{text}` is not a number",
        "{label}（`{name}`）：`{text}` 不是数值",
    ),
    "not-a-number.mend": (
        "write digits with a decimal point, such as `1234.5` or `1,234.5`",
        "请用小数点书写，如 `1234.5` 或 `1,234.5`",
    ),
    "number-too-long": (
        "{label} (`{name}`): the number `{text}` is too long or too large to calculate with",
        "{label}（`{name}`）：数值 `{text}` 过长或过大，无法计算",
    ),
    "number-too-long.mend": (
        "check the value; at most {most} characters are read",
        "请核对数值；最多读取 {most} 个字符",
    ),
    "unknown-unit": (
        "{label} (`{name}`): `{unit}` is not a known unit",
        "{label}（`{name}`）：`{unit}` 不是已知单位",
    ),
    "unknown-unit.mend": (
        "write a unit such as `ha`, `hm2`, `亩`, `m3`, `t` or `tCO2e`",
        "请填写单位，如 `ha`、`hm2`、`亩`、`m3`、`t`、`tCO2e`",
    ),
    "unknown-unit.near": (
        "did you mean {nearest}?",
        "是否为 {nearest}？",
    ),
    "wrong-unit": (
        "{label} (`{name}`) is given in `{unit}`, which does not measure the same as `{wanted}`",
        "{label}（`{name}`）的单位为 `{unit}`，与 `{wanted}` 不是同一种量",
    ),
    "wrong-unit.mend": (
        "give the value in `{wanted}` or a unit that converts to it",
        "请以 `{wanted}` 或可换算为它的单位填写",
    ),
    "not-whole": (
        "{label} (`{name}`): `{text}` is not a whole number",
        "{label}（`{name}`）：`{text}` 不是整数",
    ),
    "not-whole.mend": (
        "give a whole number",
        "请填写整数",
    ),
    "out-of-range": (
        "{label} (`{name}`): {value} lies outside the range the vocabulary allows ({range})",
        "{label}（`{name}`）：{value} 超出词汇表规定的范围（{range}）",
    ),
    "out-of-range.mend": (
        "check the value and its unit; the value was not used",
        "请核对数值及单位；该值未予采用",
    ),
    "impossible-date": (
        "{label} (`{name}`): there is no day `{text}`",
        "{label}（`{name}`）：不存在 `{text}` 这一天",
    ),
    "impossible-date.mend": (
        "check year, month and day",
        "请核对年、月、日",
    ),
    "not-a-date": (
        "{label} (`{name}`): `{text}` is not a date",
        "{label}（`{name}`）：`{text}` 不是日期",
    ),
    "not-a-date.mend": (
        "write `2025-03-01`, `2025/3/1` or `2025年3月1日`",
        "请写作 `2025-03-01`、`2025/3/1` 或 `2025年3月1日`",
    ),
    "not-midnight": (
        "{label} (`{name}`): `{text}` is not a date at midnight UTC, so its day depends on the zone",
        "{label}（`{name}`）：`{text}` 不是 UTC 零点，日期因时区而异",
    ),
    "not-midnight.mend": (
        "give the date without a time",
        "请只填写日期，不带时刻",
    ),
    "not-a-period": (
        "{label} (`{name}`): `{text}` is not a period",
        "{label}（`{name}`）：`{text}` 不是时间段",
    ),
    "not-a-period.mend": (
        "write `2024-01-01/2024-12-31`, or `start` and `end`",
        "请写作 `2024-01-01/2024-12-31`，或分别填写 `start` 和 `end`",
    ),
    "period-backwards": (
        "{label} (`{name}`) ends on {end}, before it starts on {start}",
        "{label}（`{name}`）的止日 {end} 早于起日 {start}",
    ),
    "period-backwards.mend": (
        "check both days",
        "请核对起止日期",
    ),
    "not-a-duration": (
        "{label} (`{name}`): `{text}` is not a length of time",
        "{label}（`{name}`）：`{text}` 不是时长",
    ),
    "not-a-duration.mend": (
        "write a whole number of years, months, days or working days, such as `3 years`",
        "请写整数加年、个月、天或个工作日，如 `3年`",
    ),
    "not-yes-no": (
        "{label} (`{name}`): `{text}` is neither yes nor no",
        "{label}（`{name}`）：`{text}` 既不是“是”也不是“否”",
    ),
    "not-yes-no.mend": (
        "write `yes` or `no`",
        "请填写“是”或“否”",
    ),
    "unknown-option": (
        "{label} (`{name}`): `{text}` is none of the options",
        "{label}（`{name}`）：`{text}` 不在可选项之中",
    ),
    "unknown-option.mend": (
        "choose one of {options}",
        "请从下列各项中选择：{options}",
    ),
    "unknown-option.near": (
        "did you mean `{nearest}`? The options are {options}",
        "是否为 `{nearest}`？可选项为：{options}",
    ),
    "not-a-value": (
        "{label} (`{name}`): one value is expected, not `{kind}`",
        "{label}（`{name}`）：应为单个值，而不是 `{kind}`",
    ),
    "not-a-value.mend": (
        "give a single text or number there",
        "请在该处填写单个文本或数值",
    ),
    "kind-not-read": (
        "{label} (`{name}`): values of kind `{kind}` are not read from here; shapes stand under `layers:`",
        "{label}（`{name}`）：此处不读取类型为 `{kind}` 的值；图形应写在 `layers:` 之下",
    ),
    "kind-not-read.mend": (
        "leave it out; rules that need it stay undecided",
        "请删除；依赖它的规则将无法得出结论",
    ),
    "not-float32": (
        "{label} (`{name}`): `{text}` was not written from a 32-bit float",
        "{label}（`{name}`）：`{text}` 并非由 32 位浮点数写出",
    ),
    "not-float32.mend": (
        "take `read: float32` out of the mapping for this value",
        "请在映射中去掉该值的 `read: float32`",
    ),
    # --- CSV --------------------------------------------------------------------------------
    "csv-broken": (
        "the CSV cannot be read from line {line} on: {detail}",
        "CSV 自第 {line} 行起无法读取：{detail}",
    ),
    "csv-broken.mend": (
        "check the quotes on that line; a quote inside a field is written twice",
        "请检查该行的引号；字段内的引号须写两次",
    ),
    "quote-not-closed": (
        "the quote opened in the row of line {line} is not closed",
        "第 {line} 行所在记录的引号没有闭合",
    ),
    "quote-not-closed.mend": (
        "close it, or write a quote inside a field twice",
        "请补上引号；字段内的引号须写两次",
    ),
    "field-too-large": (
        "a field in the row of line {line} has more than {most} characters",
        "第 {line} 行所在记录中有字段超过 {most} 个字符",
    ),
    "field-too-large.mend": (
        "check for a quote that is not closed; put long texts into a file of their own",
        "请检查是否有未闭合的引号；过长的文字请另存为文件",
    ),
    "no-rows": (
        "`{name}` has no headings in row {row}",
        "`{name}` 第 {row} 行没有表头",
    ),
    "no-rows.mend": (
        "write the headings in the first row, or say `header:` with their row",
        "请在首行填写表头，或用 `header:` 指明表头所在行",
    ),
    "title-row": (
        "row {row} holds only `{text}`, which looks like a title and not like headings",
        "第 {row} 行只有 `{text}`，似为标题而非表头",
    ),
    "title-row.mend": (
        "say `header: {next}` with the row of the headings",
        "请用 `header: {next}` 指明表头所在行",
    ),
    "wrong-delimiter": (
        "the only heading, `{heading}`, contains `{found}`: the columns seem to be divided by it",
        "唯一的表头 `{heading}` 含有 `{found}`，各列似以它分隔",
    ),
    "wrong-delimiter.mend": (
        'save the file with commas, or say `delimiter: "{found}"`',
        '请改用逗号分隔保存，或注明 `delimiter: "{found}"`',
    ),
    "too-many-rows": (
        "`{name}` has more than {most} rows",
        "`{name}` 超过 {most} 行",
    ),
    "too-many-rows.mend": (
        "split the table",
        "请拆分该表",
    ),
    "too-many-columns": (
        "`{name}` has more than {most} columns",
        "`{name}` 超过 {most} 列",
    ),
    "too-many-columns.mend": (
        "leave out what no rule asks for",
        "请删去规则不需要的列",
    ),
    "wrong-fields": (
        "the row has {found} fields where the headings have {expected}; its values were not used",
        "该行有 {found} 个字段，而表头有 {expected} 个；该行的值未予采用",
    ),
    "wrong-fields.mend": (
        "put texts that hold a comma into quotes, or add the missing fields",
        "含逗号的文字请加引号，或补齐字段",
    ),
    "empty-rows": (
        "{count} rows without any value were left out: {rows}",
        "有 {count} 行没有任何值，已略去：{rows}",
    ),
    "empty-rows.mend": (
        "nothing, if no values are missing there",
        "若确无漏填则无需处理",
    ),
    # --- tables -----------------------------------------------------------------------------
    "optional-file-absent": (
        "`{name}` is not in the folder, and the mapping lets it be absent: the table has no rows here and is unknown",
        "文件夹中没有 `{name}`，映射允许其缺少：该表按未提供处理",
    ),
    "optional-file-absent.mend": (
        "add the file if there is one",
        "如有该文件，请补充",
    ),
    "crosswalk-headings": (
        "`{file}` must have the headings `{wanted}`, by which other headings are told apart",
        "`{file}` 须有表头 `{wanted}`，据以对照其他文件的表头",
    ),
    "crosswalk-headings.mend": (
        "name its headings under `crosswalk:` as they stand in the file",
        "请在 `crosswalk:` 下按该文件的实际表头填写",
    ),
    "crosswalk-unit": (
        "`{file}` gives `{heading}` in `{unit}`, which is not a known unit; the column is not read",
        "`{file}` 中 `{heading}` 的单位 `{unit}` 不是已知单位，该列未读入",
    ),
    "crosswalk-unit.mend": (
        "write a unit such as `g`, `kg`, `cm` or `m2`",
        "请填写单位，如 `g`、`kg`、`cm`、`m2`",
    ),
    "crosswalk-twice": (
        "`{first}` and `{second}` both stand for `{target}`; the first was taken",
        "`{first}` 与 `{second}` 均对应 `{target}`，已取第一个",
    ),
    "crosswalk-twice.mend": (
        "let one column stand for one quantity",
        "请使一列只对应一个量",
    ),
    "column-not-found": (
        "`{file}` has no column with the heading `{heading}`",
        "`{file}` 中没有表头为 `{heading}` 的列",
    ),
    "column-not-found.mend": (
        "write the heading as it stands in the file",
        "请按文件中的表头原样填写",
    ),
    "column-not-found.near": (
        "did you mean `{nearest}`?",
        "是否为 `{nearest}`？",
    ),
    "column-twice": (
        "two columns are `{name}`: `{first}` and `{second}`; the first was taken",
        "有两列都对应 `{name}`：`{first}` 和 `{second}`，已采用前者",
    ),
    "column-twice.mend": (
        "keep one, or say under `columns:` which one is meant",
        "请只保留一列，或在 `columns:` 中指明采用哪一列",
    ),
    "heading-twice": (
        "the heading `{heading}` stands over two columns",
        "表头 `{heading}` 出现在两列上",
    ),
    "heading-twice.mend": (
        "give every column a heading of its own",
        "请为每列设置不同的表头",
    ),
    "missing-column": (
        "the file has no column for {label} (`{name}`); its values are missing",
        "文件中没有 {label}（`{name}`）一列，其值视为缺失",
    ),
    "missing-column.mend": (
        "add the column, or name the one meant under `columns:`",
        "请补充该列，或在 `columns:` 中指明对应的列",
    ),
    "missing-column.near": (
        "did you mean the column `{nearest}`? Name it under `columns:`",
        "是否为 `{nearest}` 一列？请在 `columns:` 中指明",
    ),
    "unused-column": (
        "the column `{heading}` is not in the vocabulary of `{table}` and was not read",
        "表 `{table}` 的词汇中没有 `{heading}` 一列，未予读取",
    ),
    "unused-column.mend": (
        "nothing, if no rule needs it",
        "若规则不需要则无需处理",
    ),
    "unused-column.near": (
        "if it means `{nearest}`, say so under `columns:`",
        "若指 `{nearest}`，请在 `columns:` 中注明",
    ),
    "more-alike": (
        "{count} more cells of {label} have the same problem (`{kind}`)",
        "{label} 还有 {count} 个单元格存在同样问题（`{kind}`）",
    ),
    "more-alike.mend": (
        "mend the column as a whole",
        "请整列更正",
    ),
    "table-without-key": (
        "the table {label} (`{table}`) lacks its key {key}; its rows cannot be told apart",
        "表 {label}（`{table}`）缺少主键 {key}，各行无法区分",
    ),
    "table-without-key.mend": (
        "add the column of the key, or name the one meant under `columns:`",
        "请补充主键列，或在 `columns:` 中指明对应的列",
    ),
    "key-missing": (
        "row {row} of `{table}` has no key",
        "`{table}` 第 {row} 行没有主键",
    ),
    "key-missing.mend": (
        "give every row its key",
        "请为每一行填写主键",
    ),
    "row-twice": (
        "the key `{key}` of `{table}` stands in rows {first} and {second}",
        "`{table}` 的主键 `{key}` 在第 {first} 行和第 {second} 行重复",
    ),
    "row-twice.mend": (
        "give each row a key of its own, or take one of the two out",
        "请为各行设置不同的主键，或删除其中一行",
    ),
    "total-row": (
        "row {row}, `{key}`, looks like a row of totals; it was read as data",
        "第 {row} 行 `{key}` 疑为合计行，已按数据读取",
    ),
    "total-row.mend": (
        "take the row of totals out of the table",
        "请将合计行从表中删除",
    ),
    "rows-below": (
        "{count} rows below the table were left out, as totals or notes: {texts}",
        "表后 {count} 行为合计或说明，已略去：{texts}",
    ),
    "rows-below.mend": (
        "nothing to do, unless they are data: then correct what stands first in them",
        "确非数据则无需处理；若为数据，请更正行首的文字",
    ),
    "table-without-file": (
        "`{table}` does not say in which file its rows stand",
        "`{table}` 未指明所在文件",
    ),
    "table-without-file.mend": (
        "write `{table}: {{ file: … }}`",
        "请写 `{table}: {{ file: … }}`",
    ),
    "key-for-other-file": (
        "`{key}` means nothing for a file like `{name}`",
        "`{key}` 不适用于 `{name}` 这类文件",
    ),
    "key-for-other-file.mend": (
        "take it out; `sheet` and `table` are for workbooks, `at` for JSON, `delimiter` for CSV",
        "请删除；`sheet` 和 `table` 用于工作簿，`at` 用于 JSON，`delimiter` 用于 CSV",
    ),
    "unknown-delimiter": (
        "columns cannot be divided by `{text}`",
        "不能以 `{text}` 分隔各列",
    ),
    "unknown-delimiter.mend": (
        'write `","`, `";"`, `"|"` or `tab`',
        '请写 `","`、`";"`、`"|"` 或 `tab`',
    ),
    "no-rows-there": (
        "there is no list of rows at `{pointer}`",
        "`{pointer}` 处没有行的列表",
    ),
    "no-rows-there.mend": (
        "say with `at:` where the rows stand",
        "请用 `at:` 指明各行所在位置",
    ),
    "row-not-an-object": (
        "the row at `{pointer}` is not an object",
        "`{pointer}` 处的行不是对象",
    ),
    "row-not-an-object.mend": (
        'export each row as `{{"heading": value}}`',
        '请将每行导出为 `{{"表头": 值}}`',
    ),
    # --- workbooks ----------------------------------------------------------------------------
    "not-a-workbook": (
        "`{name}` is not a workbook that can be read: {detail}",
        "`{name}` 不是可读取的工作簿：{detail}",
    ),
    "not-a-workbook.mend": (
        "open it in Excel or WPS and save it as .xlsx",
        "请用 Excel 或 WPS 打开后另存为 .xlsx",
    ),
    "not-parquet": (
        "`{name}` is not a Parquet file",
        "`{name}` 不是 Parquet 文件",
    ),
    "not-parquet.mend": (
        "write the table as Parquet again, or name the file for what it is, such as .csv",
        "请重新导出为 Parquet，或按实际格式命名，如 .csv",
    ),
    "parquet-cut-short": (
        "the Parquet file `{name}` is cut short: its end is missing",
        "Parquet 文件 `{name}` 不完整，缺少末尾部分",
    ),
    "parquet-cut-short.mend": (
        "copy or download it again",
        "请重新复制或下载该文件",
    ),
    "parquet-damaged": (
        "the Parquet file `{name}` cannot be read: {detail}",
        "Parquet 文件 `{name}` 无法读取：{detail}",
    ),
    "parquet-damaged.mend": (
        "write or copy it again",
        "请重新导出或复制该文件",
    ),
    "parquet-field-too-large": (
        "a cell has more than {most} characters",
        "有单元格超过 {most} 个字符",
    ),
    "parquet-field-too-large.mend": (
        "put long texts into files of their own",
        "过长的文字请另存为文件",
    ),
    "parquet-type": (
        "{label} (`{name}`): a Parquet column of the type `{type}` holds no values of the vocabulary",
        "{label}（`{name}`）：类型为 `{type}` 的 Parquet 列不是词汇表中的值",
    ),
    "parquet-type.mend": (
        "write the column as numbers, texts, dates or truth values",
        "请将该列写为数字、文本、日期或布尔值",
    ),
    "store-memory": (
        "the memory for tables is used up; the limit is {limit}",
        "表格数据所用内存已达上限 {limit}",
    ),
    "store-memory.mend": (
        "free memory, or check the table in parts, such as county by county; where `guiju tables --memory-limit` or `memory_limit` sets the limit, raise it or use fewer threads",
        "请腾出内存，或将该表分开核对，如逐县核对；上限由 `guiju tables --memory-limit` 或 `memory_limit` 设定的，请提高上限或减少线程数",
    ),
    "store-rows": (
        "the table `{table}` has {rows} rows, and a rule that goes over all of them takes at most {most}",
        "表 `{table}` 有 {rows} 行，须通览全表的规则至多处理 {most} 行",
    ),
    "store-rows.mend": (
        "check the table in parts, such as county by county, or with `guiju check` leave the rule out (--ignore)",
        "请将该表分开核对，如逐县核对，或在 `guiju check` 中略去该规则（--ignore）",
    ),
    "unfit-column": (
        "the column `{column}` holds {found}; its field needs {wanted}",
        "列 `{column}` 的类型为 {found}，该字段应为 {wanted}",
    ),
    "unfit-column.mend": (
        "write the column as {wanted}",
        "请将该列写为 {wanted}",
    ),
    "column-missing": (
        "there is no column for the field `{column}`",
        "没有字段 `{column}` 的列",
    ),
    "column-missing.mend": (
        "add it, empty where nothing is known, or name it `{column}`",
        "请补上该列（未知处留空），或将其命名为 `{column}`",
    ),
    "store-disk": (
        "the disk for temporary files of tables is used up; the limit is {limit}",
        "表格数据的临时文件已占满磁盘，上限为 {limit}",
    ),
    "store-disk.mend": (
        "free space there, name another folder (`temp_directory`, or the variable TMPDIR), or allow more memory",
        "请清理磁盘空间，或另选临时目录（`temp_directory` 或环境变量 TMPDIR），或提高内存上限",
    ),
    "store-folder": (
        "no folder takes temporary files of tables: the disk is full, or the system limits how large files may be",
        "没有可写表格临时文件的目录：磁盘空间不足，或系统限制了文件大小",
    ),
    "store-folder.mend": (
        "free space on the disk, raise the limit of file sizes (`ulimit -f`), or name another folder with the variable TMPDIR",
        "请清理磁盘空间、提高文件大小上限（`ulimit -f`），或用环境变量 TMPDIR 另选目录",
    ),
    "tables-not-installed": (
        "reading `{name}` needs DuckDB, which is not installed",
        "读取 `{name}` 需要 DuckDB，但尚未安装",
    ),
    "tables-not-installed.mend": (
        "install it with `{extra}`",
        "请运行 `{extra}` 安装",
    ),
    "encrypted-workbook": (
        "the workbook `{name}` has a password",
        "工作簿 `{name}` 设有密码",
    ),
    "encrypted-workbook.mend": (
        "save it without a password",
        "请取消密码后保存",
    ),
    "coarse-workbook": (
        "`{name}` is an old kind of workbook: error cells, formulas without a value and hidden parts cannot be told",
        "`{name}` 为旧式工作簿：无法辨别错误单元格、无缓存值的公式和隐藏内容",
    ),
    "coarse-workbook.mend": (
        "save it as .xlsx",
        "请另存为 .xlsx",
    ),
    "which-sheet": (
        "`{name}` has several sheets and none is named: {known}",
        "`{name}` 有多个工作表而未指明：{known}",
    ),
    "which-sheet.mend": (
        "say which one with `sheet:`",
        "请用 `sheet:` 指明",
    ),
    "no-sheet": (
        "`{name}` has no sheet `{sheet}`",
        "`{name}` 中没有工作表 `{sheet}`",
    ),
    "no-sheet.mend": (
        "its sheets are {known}",
        "其工作表为：{known}",
    ),
    "no-sheet.near": (
        "did you mean `{nearest}`?",
        "是否为 `{nearest}`？",
    ),
    "no-named-table": (
        "`{name}` has no named table `{table}`",
        "`{name}` 中没有命名表格 `{table}`",
    ),
    "no-named-table.mend": (
        "its tables are: {known}",
        "其命名表格为：{known}",
    ),
    "no-named-table.near": (
        "did you mean `{nearest}`?",
        "是否为 `{nearest}`？",
    ),
    "no-name": (
        "`{name}` has no defined name `{defined}` for one cell",
        "`{name}` 中没有指向单个单元格的名称 `{defined}`",
    ),
    "no-name.mend": (
        "its names are: {known}",
        "其名称为：{known}",
    ),
    "no-name.near": (
        "did you mean `{nearest}`?",
        "是否为 `{nearest}`？",
    ),
    "bad-cell": (
        "`{cell}` is not the name of a cell",
        "`{cell}` 不是单元格名称",
    ),
    "bad-cell.mend": (
        "write a column and a row, such as `C3`",
        "请写列号和行号，如 `C3`",
    ),
    "error-cell": (
        "{label} (`{name}`): the cell holds the error `{text}`",
        "{label}（`{name}`）：单元格为错误值 `{text}`",
    ),
    "error-cell.mend": (
        "mend the formula and save the workbook",
        "请更正公式并保存工作簿",
    ),
    "formula-without-value": (
        "{label} (`{name}`): the formula `{text}` has no stored value",
        "{label}（`{name}`）：公式 `{text}` 没有存储计算结果",
    ),
    "formula-without-value.mend": (
        "open the workbook in Excel or WPS, let it calculate, and save it",
        "请用 Excel 或 WPS 打开工作簿，重新计算后保存",
    ),
    "hidden-sheet": (
        "the sheet `{sheet}` is hidden; it was read",
        "工作表 `{sheet}` 处于隐藏状态，已读取",
    ),
    "hidden-sheet.mend": (
        "show the sheet, or say why it is hidden",
        "请取消隐藏，或说明隐藏原因",
    ),
    "other-hidden-sheets": (
        "the workbook `{name}` has hidden sheets that were not read: {sheets}",
        "工作簿 `{name}` 有未读取的隐藏工作表：{sheets}",
    ),
    "other-hidden-sheets.mend": (
        "look at them, or take them out",
        "请查看其内容，或予以删除",
    ),
    "hidden-rows": (
        "{count} rows of the table are hidden; they were read: {rows}",
        "表中有 {count} 行处于隐藏状态，已读取：{rows}",
    ),
    "hidden-rows.mend": (
        "clear the filter and show the rows, or take them out",
        "请清除筛选、取消隐藏，或删除这些行",
    ),
    "hidden-columns": (
        "columns of the table are hidden; they were read: {columns}",
        "表中有隐藏列，已读取：{columns}",
    ),
    "hidden-columns.mend": (
        "show the columns, or take them out",
        "请取消隐藏，或删除这些列",
    ),
    "merged-cells": (
        "{count} merged ranges lie in the table ({ranges}); only the first cell of each has a value",
        "表中有 {count} 处合并单元格（{ranges}），每处仅首个单元格有值",
    ),
    "merged-cells.mend": (
        "unmerge them and write the value into every row",
        "请取消合并，并在每行填写相应的值",
    ),
    # --- evidence -------------------------------------------------------------------------
    "evidence-twice": (
        "two pieces of evidence have the id `{id}`, the first on line {first}",
        "有两份证据的编号均为 `{id}`，第一份在第 {first} 行",
    ),
    "evidence-twice.mend": (
        "give each its own id",
        "请分别编号",
    ),
    "unknown-evidence": (
        "no rule of the pack asks for evidence of the kind `{kind}`",
        "方法学包中没有规则要求种类为 `{kind}` 的证据",
    ),
    "unknown-evidence.mend": (
        "nothing, if it is only kept; else correct the kind",
        "若仅作留存则无需处理；否则请更正种类",
    ),
    "unknown-evidence.near": (
        "did you mean `{nearest}`?",
        "是否为 `{nearest}`？",
    ),
    "evidence-not-listed": (
        "{label} (`{name}`): the dossier lists no evidence `{id}`",
        "{label}（`{name}`）：证据清单中没有编号 `{id}`",
    ),
    "evidence-not-listed.mend": (
        "list it under `evidence:`, or correct the id",
        "请列入 `evidence:`，或更正编号",
    ),
    "evidence-not-listed.near": (
        "did you mean `{nearest}`?",
        "是否为 `{nearest}`？",
    ),
    "evidence-not-there": (
        "{label} (`{name}`): the file of evidence `{id}` is missing or another one than listed",
        "{label}（`{name}`）：证据 `{id}` 的文件缺失，或与所列不一致",
    ),
    "evidence-not-there.mend": (
        "hand in the file that is listed",
        "请提交所列的文件",
    ),
    "bad-sha256": (
        "`{text}` is not a SHA-256",
        "`{text}` 不是 SHA-256 值",
    ),
    "bad-sha256.mend": (
        "give its 64 hexadecimal digits",
        "请填写 64 位十六进制数",
    ),
    "wrong-hash": (
        "`{name}` is not the file the dossier lists: its SHA-256 is {found}, listed is {expected}",
        "`{name}` 与档案所列文件不一致：实际 SHA-256 为 {found}，所列为 {expected}",
    ),
    "wrong-hash.mend": (
        "hand in the file that was listed, or list this one and say why it changed",
        "请提交所列的文件；若文件确已更换，请更正所列值并说明原因",
    ),
    # --- judgements -----------------------------------------------------------------------
    "unknown-rule": (
        "the pack has no judgement `{rule}`",
        "方法学包中没有判断项 `{rule}`",
    ),
    "unknown-rule.mend": (
        "take it out, or correct the id",
        "请删除，或更正编号",
    ),
    "unknown-rule.near": (
        "did you mean `{nearest}`?",
        "是否为 `{nearest}`？",
    ),
    "not-a-judgement": (
        "`{rule}` is decided from the facts; a person's answer is not asked for",
        "`{rule}` 由事实得出结论，不需要人工判断",
    ),
    "not-a-judgement.mend": (
        "take it out, or write a waiver if that is meant",
        "请删除；若意在豁免，请填写豁免文件",
    ),
    "judgement-needs-rows": (
        "`{rule}` asks about each row of `{table}`, but one answer is given for all",
        "`{rule}` 须对 `{table}` 逐行判断，而只给出了一个答案",
    ),
    "judgement-needs-rows.mend": (
        "answer under `rows:` by the key of each row",
        "请在 `rows:` 下按各行主键分别作答",
    ),
    "judgement-without-rows": (
        "`{rule}` asks once for the project, but answers are given by row",
        "`{rule}` 针对整个项目，而答案按行给出",
    ),
    "judgement-without-rows.mend": (
        "answer once, without `rows:`",
        "请不用 `rows:`，只作答一次",
    ),
    "unknown-row": (
        "`{table}` has no row `{row}`",
        "`{table}` 中没有行 `{row}`",
    ),
    "unknown-row.mend": (
        "write the key as it stands in the table",
        "请按表中的主键填写",
    ),
    "unknown-row.near": (
        "did you mean `{nearest}`?",
        "是否为 `{nearest}`？",
    ),
    "unknown-answer": (
        "`{text}` is no answer",
        "`{text}` 不是有效答案",
    ),
    "unknown-answer.mend": (
        "answer `yes`, `no` or `unclear`",
        "请回答“是”“否”或“不明确”",
    ),
    # --- mappings ---------------------------------------------------------------------------
    "not-a-mapping-file": (
        "`{name}` is not a mapping: it has no `guiju-mapping: 1`",
        "`{name}` 不是映射文件：缺少 `guiju-mapping: 1`",
    ),
    "not-a-mapping-file.mend": (
        "begin it with `guiju-mapping: 1` and `pack: …`",
        "请以 `guiju-mapping: 1` 和 `pack: …` 开头",
    ),
    "other-mapping-format": (
        "the mapping is written in format `{found}`; this version reads format {expected}",
        "映射文件格式为 `{found}`，本版本读取格式 {expected}",
    ),
    "other-mapping-format.mend": (
        "write `guiju-mapping: {expected}`, or use the version it is made for",
        "请写 `guiju-mapping: {expected}`，或使用与其相应的版本",
    ),
    "empty-binding": (
        "`{where}` does not say where its value stands",
        "`{where}` 未说明取值位置",
    ),
    "empty-binding.mend": (
        "give a pointer, a heading, a cell, a name or `value:`",
        "请给出指针、表头、单元格、名称或 `value:`",
    ),
    "binding-places": (
        "`{where}` must say in exactly one way where its value stands",
        "`{where}` 须且只须用一种方式说明取值位置",
    ),
    "binding-places.mend": (
        "keep one of {known}",
        "请只保留下列之一：{known}",
    ),
    "binding-without-file": (
        "`{name}` is bound to a place but not to a file",
        "`{name}` 指明了位置而未指明文件",
    ),
    "binding-without-file.mend": (
        "add `file:` to it, or once for the whole mapping",
        "请为其补充 `file:`，或在映射开头统一填写",
    ),
    "binding-not-here": (
        "`{name}`: `{kind}` cannot be looked up in a file like `{file}`",
        "`{name}`：不能在 `{file}` 这类文件中用 `{kind}` 取值",
    ),
    "binding-not-here.mend": (
        "use `at` for JSON, `cell` or `name` for workbooks, `column` where each row is a project",
        "JSON 用 `at`，工作簿用 `cell` 或 `name`，一行一个项目时用 `column`",
    ),
    "mapped-place-absent": (
        "`{name}`: there is nothing at `{place}` in `{file}`",
        "`{name}`：`{file}` 中没有 `{place}`",
    ),
    "mapped-place-absent.mend": (
        "correct the place in the mapping",
        "请更正映射中的位置",
    ),
    "mapped-place-never-occurs": (
        "`{name}` is bound to `{place}`, which occurs in none of the {count} projects",
        "`{name}` 对应 `{place}`，但 {count} 个项目中均无此位置",
    ),
    "mapped-place-never-occurs.mend": (
        "correct the place in the mapping",
        "请更正映射中的位置",
    ),
    "mapped-place-always-missing": (
        "`{name}` is bound to `{place}`, where none of the {count} projects has a value",
        "`{name}` 对应 `{place}`，但 {count} 个项目在此均无值",
    ),
    "mapped-place-always-missing.mend": (
        "check that the place and the texts under `missing:` are right",
        "请核对该位置以及 `missing:` 所列文本",
    ),
    "unknown-reading": (
        "`{text}` is no way to read a value",
        "`{text}` 不是有效的读取方式",
    ),
    "unknown-reading.mend": (
        "known are {known}",
        "可用的有 {known}",
    ),
    "no-projects": (
        "there is no project at `{pointer}` in `{name}`",
        "`{name}` 的 `{pointer}` 处没有项目",
    ),
    "no-projects.mend": (
        "say with `each:` where the projects stand",
        "请用 `each:` 指明项目所在位置",
    ),
    "project-without-id": (
        "the project at `{place}` has no id where the mapping looks for it",
        "`{place}` 处的项目在映射所指位置没有编号",
    ),
    "project-without-id.mend": (
        "bind `id` to a place every project has, such as `@key`",
        "请将 `id` 对应到每个项目都有的位置，如 `@key`",
    ),
    "dossier-twice": (
        "two dossiers of the run have the id `{id}`: {first} and {second}",
        "本次运行中有两份项目档案的编号均为 `{id}`：{first} 与 {second}",
    ),
    "dossier-twice.mend": (
        "give each dossier an id of its own, and leave out copies",
        "请为每份档案设置不同的编号，并去掉重复的副本",
    ),
    "project-twice": (
        "two projects have the id `{id}`",
        "有两个项目的编号均为 `{id}`",
    ),
    "project-twice.mend": (
        "give each project its own id",
        "请为各项目设置不同的编号",
    ),
    "rows-binding": (
        "`{where}` does not say where its rows stand",
        "`{where}` 未说明各行所在位置",
    ),
    "rows-binding.mend": (
        "write `rows: {{ at: … }}`, or `rows: {{ over: {{ n: 0..6 }}, when: … }}`",
        "请写 `rows: {{ at: … }}`，或 `rows: {{ over: {{ n: 0..6 }}, when: … }}`",
    ),
    "bad-numbering": (
        "`{text}` in `{where}` is no run of numbers",
        "`{where}` 中的 `{text}` 不是编号范围",
    ),
    "bad-numbering.mend": (
        "write it as `0..6`; at most 10000 numbers",
        "请写作 `0..6`，最多 10000 个编号",
    ),
    "row-without-mark": (
        "`{table}`: at {row} there are values, but nothing where the mapping looks for a row (`{place}`)",
        "`{table}`：{row} 处有值，但映射用于判断行是否存在的位置（`{place}`）为空",
    ),
    "row-without-mark.mend": (
        "look at these values; they were not read",
        "请核对这些值；它们未被读取",
    ),
    "collection-mapping": (
        "the mapping has keys for collections (`{key}`) but is used inside a dossier",
        "该映射含有用于项目集合的键（`{key}`），却用在单个档案中",
    ),
    "collection-mapping.mend": (
        "take `{key}` out, or use the mapping with `--mapping`",
        "请删除 `{key}`，或以 `--mapping` 使用该映射",
    ),
}

WARNINGS = reading_layers.WARNINGS | frozenset(
    (
        "collection-mapping",
        "hidden-columns",
        "hidden-rows",
        "hidden-sheet",
        "judgement-needs-rows",
        "judgement-without-rows",
        "mapped-place-absent",
        "mapped-place-never-occurs",
        "merged-cells",
        "missing-column",
        "not-a-judgement",
        "other-edition",
        "other-pack",
        "row-without-mark",
        "rows-below",
        "total-row",
        "unknown-evidence",
        "unknown-row",
        "unknown-rule",
    )
)
NOTES = reading_layers.NOTES | frozenset(
    (
        "coarse-workbook",
        "empty-rows",
        "mapped-place-always-missing",
        "optional-file-absent",
        "other-encoding",
        "other-hidden-sheets",
        "unused-column",
        "unused-files",
        "zip-names-recoded",
    )
)
"""The codes that are not errors; all others end a check with exit code 2."""
