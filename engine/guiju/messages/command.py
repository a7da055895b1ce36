"""The sentences of the command line: help, usage errors, short reports on the terminal."""

from __future__ import annotations

MESSAGES: dict[str, tuple[str, str]] = {
    # --- the frame of a help page ----------------------------------------------------
    "usage": ("Usage:", "用法："),
    "arguments": ("Arguments", "参数"),
    "options": ("Options", "选项"),
    "commands": ("Commands", "命令"),
    "examples": ("Examples", "示例"),
    "exit-codes": ("Exit codes", "退出码"),
    "usage.options": ("[OPTIONS]", "[选项]"),
    "usage.command": ("COMMAND [ARGS]…", "命令 [参数]…"),
    "one-of": ("One of {choices}.", "可取 {choices}。"),
    "repeatable": ("Repeatable.", "可重复给出。"),
    "error": ("error", "错误"),
    "warning": ("warning", "警告"),
    "note": ("note", "说明"),
    "help": ("help", "提示"),
    # --- guiju -----------------------------------------------------------------------
    "about.guiju": (
        "Checks carbon-project dossiers against the rules of their methodology, exactly and"
        " with reasons.",
        "按方法学规则核对碳项目档案：数值精确，逐条给出理由。",
    ),
    "about.guiju.long": (
        "A pack holds the rules of one methodology; a dossier is the folder or zip of one"
        " project. `guiju check` reads both and says which requirement is met, missed or left"
        " open, with the place in the files of every number it used.",
        "规则包载有一个方法学的全部规则；项目档案是一个项目的文件夹或 zip 文件。"
        "`guiju check` 读取二者，逐条说明哪些要求符合、哪些不符合、哪些尚待澄清，"
        "并给出所用每个数值在文件中的位置。",
    ),
    "about.guiju.examples": (
        "guiju packs\n"
        "guiju check my-project/\n"
        "guiju check my-project.zip --format html:report.html\n"
        "guiju explain ccer-14-001/AFF-2C\n"
        "guiju check --help",
        "guiju packs\n"
        "guiju check 我的项目/\n"
        "guiju check 我的项目.zip --format html:报告.html\n"
        "guiju explain ccer-14-001/AFF-2C\n"
        "guiju check --help",
    ),
    "exit-codes.text": (
        "0  nothing at or above the threshold\n"
        "1  findings\n"
        "2  wrong usage, or input that could not be read\n"
        "3  a fault of the engine",
        "0  未发现达到阈值的问题\n1  有发现\n2  用法有误，或输入无法读取\n3  引擎自身故障",
    ),
    # --- guiju check -----------------------------------------------------------------
    "about.check": (
        "Check dossiers against a methodology.",
        "按方法学核对项目档案。",
    ),
    "about.check.long": (
        "PATH is a dossier: a folder or zip with `dossier.yaml`. With --mapping it may be a file"
        " that was not made for Guiju, such as a collection of many projects; each project in it"
        " is then checked.",
        "PATH 是项目档案：含 `dossier.yaml` 的文件夹或 zip 文件。给出 --mapping 时，也可以是"
        "并非为规矩编制的文件，例如收录许多项目的汇总文件，其中每个项目都会核对。",
    ),
    "about.check.examples": (
        "guiju check my-project/\n"
        "guiju check a.zip b.zip --format text --format html:{dossier}-{date}.html\n"
        "guiju check projects.json --mapping m.yaml --pack arb-us-forest\n"
        "guiju check my-project/ --select AFF-2 --waivers waivers.yaml --lang zh",
        "guiju check 我的项目/\n"
        "guiju check 甲.zip 乙.zip --format text --format html:{dossier}-{date}.html\n"
        "guiju check projects.json --mapping m.yaml --pack arb-us-forest\n"
        "guiju check 我的项目/ --select AFF-2 --waivers 豁免.yaml --lang zh",
    ),
    "argument.check.paths": (
        "Dossiers: folders, zip files, or data files with --mapping.",
        "项目档案：文件夹、zip 文件，或配合 --mapping 使用的数据文件。",
    ),
    "option.pack": (
        "The pack to check against: an id, or a path with a slash. Default: the pack the dossier"
        " names.",
        "所依据的规则包：编号，或含斜杠的路径。默认取项目档案所注明者。",
    ),
    "option.packs-dir": (
        "A folder to look for packs in, before the installed ones. GUIJU_PACKS does the same.",
        "先于已安装的规则包查找的文件夹；也可用 GUIJU_PACKS 设定。",
    ),
    "option.lookups": (
        "A folder of CSV files that stand in place of the pack's lookup files of the same names,"
        " such as official parameters. The report names them.",
        "参数文件夹：其中的 CSV 文件按文件名替换规则包的查表数据，如官方公布的参数。报告中会注明。",
    ),
    "lookups-none": (
        "there are no CSV files in `{folder}`",
        "`{folder}` 中没有 CSV 文件",
    ),
    "lookups-too-large": (
        "the CSV files in `{folder}` are larger than 32 MB in all",
        "`{folder}` 中的 CSV 文件合计超过 32 MB",
    ),
    "lookups-unknown": (
        "`{name}` takes the place of no lookup file of the pack",
        "规则包没有与 `{name}` 同名的查表文件",
    ),
    "lookups-unknown.help": (
        "name it as the file it is to replace: {near}",
        "请与所替换的文件同名：{near}",
    ),
    "lookups-several": (
        "`{name}` could replace more than one file",
        "与 `{name}` 同名的查表文件不止一个",
    ),
    "lookups-several.help": (
        "put it into a subfolder named for the pack: {near}",
        "请放入以规则包编号命名的子文件夹：{near}",
    ),
    "pack-has-errors-with": (
        "`{pack}` cannot be used with these parameter files; errors: {count}",
        "规则包 `{pack}` 用这些参数文件后有 {count} 处错误，无法使用",
    ),
    "option.as-of": (
        "The date the assessment is made for. Default: the submission date of the dossier.",
        "评估基准日。默认取项目档案的提交日期。",
    ),
    "option.format": (
        "A report: {formats}. With :FILE it is written there, else to the terminal; at most one"
        " goes to the terminal. In FILE, {{dossier}} and {{date}} stand for the dossier's id and"
        " the as-of date. Default: text.",
        "报告格式：{formats}。写作 :FILE 时写入该文件，否则输出到终端；输出到终端的至多一种。"
        "FILE 中 {{dossier}} 与 {{date}} 代表项目编号与评估基准日。默认 text。",
    ),
    "option.lang": (
        "The language of messages and reports. Default: GUIJU_LANG, else the system's language,"
        " else en.",
        "提示与报告所用语言。默认依次取 GUIJU_LANG、系统语言、en。",
    ),
    "option.select": (
        "Only rules whose id starts with PREFIX. Formulas they use are worked out all the same.",
        "只核对编号以 PREFIX 开头的规则；其所用公式照常计算。",
    ),
    "option.ignore": (
        "Leave out rules whose id starts with PREFIX; the report says so.",
        "略去编号以 PREFIX 开头的规则；报告中会注明。",
    ),
    "option.waivers": (
        "A file of waivers: each with rule, who, why, from and until.",
        "豁免文件：每项注明规则、批准人、理由、起止日期。",
    ),
    "option.baseline": (
        "An earlier report in json. Findings it holds already do not count.",
        "先前的 json 报告。其中已有的发现不再计入。",
    ),
    "using": ("using pack {pack} {edition}", "所用规则包：{pack} {edition}"),
    "no-baseline": (
        "`{file}` is no report in json of this version",
        "`{file}` 不是本版本的 json 报告",
    ),
    "no-baseline.help": (
        "make one with `--format json:{file}`",
        "可用 `--format json:{file}` 生成",
    ),
    "option.fail-on": (
        "The least verdict that makes the exit code 1; each includes those before it, never"
        " counts none. Default: undetermined.",
        "退出码为 1 的最低结论；后者包含前者，never 表示均不计入。默认 undetermined。",
    ),
    "option.engine": (
        "The road to take: `reference`, `compiled` (one function for all rules over facts),"
        " `tables` (queries, with guiju[tables]) or `spark` (the same queries on Apache Spark, with"
        " guiju[spark] and --master). Without it, by the size of the tables. All come to the same.",
        "计算方式：`reference`（逐条计算）、`compiled`（事实类规则合成一个函数）、"
        "`tables`（查询，需 guiju[tables]）或 `spark`（同样的查询，在 Apache Spark 上进行，需 guiju[spark]"
        " 和 --master）。不指定时按表的大小选取。结果相同。",
    ),
    "option.master": (
        "The master of Apache Spark: `local[4]`, `spark://host:7077`, `yarn`, `k8s://…`.",
        "Apache Spark 的主节点：`local[4]`、`spark://主机:7077`、`yarn`、`k8s://…`。",
    ),
    "needs-master": (
        "`--engine spark` needs the address of a master",
        "`--engine spark` 须给出主节点地址",
    ),
    "needs-master.help": (
        "on this machine alone: `--master 'local[4]'`",
        "仅用本机时可写 `--master 'local[4]'`",
    ),
    "master-without-spark": (
        "`--master` is for `--engine spark`",
        "`--master` 只用于 `--engine spark`",
    ),
    "master-without-spark.help": (
        "give both or neither",
        "请同时给出两者，或都不给出",
    ),
    "engine.tables": (
        "tables of up to {rows} rows: evaluated by queries; `--engine reference` goes row by row",
        "表多至 {rows} 行，以查询计算；用 `--engine reference` 可逐行计算",
    ),
    "engine.settled": (
        "rows of rules: {rows}; settled by queries: {settled}; too close for binary64, evaluated"
        " exactly: {close}",
        "规则×行：{rows}；由查询判定：{settled}；双精度无法判定而精确计算：{close}",
    ),
    "needs-tables": (
        "`--engine tables` needs DuckDB, which is not installed",
        "`--engine tables` 需要 DuckDB，尚未安装",
    ),
    "needs-tables.help": (
        "pip install 'guiju[tables]', or leave the option out",
        "请运行 pip install 'guiju[tables]'，或去掉该选项",
    ),
    "option.told": (
        "Findings about rows that each rule tells; the others are counted and said to be. `all`"
        " tells every one, as --waivers and --baseline do. Default: 1000.",
        "每条规则逐项列出的行发现数；其余只计数，并予注明。`all` 表示全部列出，"
        "给出 --waivers 或 --baseline 时亦然。默认 1000。",
    ),
    "option.findings": (
        "Write every row with a finding to this Parquet file: dossier, rule, table, row (from 0),"
        " verdict, lacks.",
        "将有发现的每一行写入此 Parquet 文件：dossier、rule、table、row（从 0 起）、verdict、lacks。",
    ),
    "about.tables": (
        "Check tables in Parquet files against a methodology, without a dossier.",
        "按方法学核对 Parquet 文件中的表，无需项目档案。",
    ),
    "about.tables.long": (
        "FILE is a Parquet file named for its table, such as parcels.parquet, or TABLE=FILE."
        " Tables may have tens of millions of rows: they are read where they lie, and each rule"
        " is told by its counts and its first findings. With --out every row that does not"
        " conform is written to findings.parquet. The facts of many dossiers, a row for each, go"
        " by the name of their group.",
        "FILE 为以表名命名的 Parquet 文件，如 parcels.parquet，或写作 TABLE=FILE。表可有数千万行："
        "就地读取，每条规则给出各结论的行数与最先几项发现。给出 --out 时，未符合的每一行写入"
        " findings.parquet。多份档案的事实（每份一行）以其事实组命名。",
    ),
    "about.tables.examples": (
        "guiju tables parcels.parquet --pack ccer-14-001\n"
        "guiju tables trees=t.parquet plots=p.parquet --pack my-pack/ --out found/\n"
        "guiju tables parcels.parquet --pack ccer-14-001 --fail-on nonconforming",
        "guiju tables 地块.parquet --pack ccer-14-001\n"
        "guiju tables 林木.parquet 样地.parquet --pack 我的规则包/ --out 结果/\n"
        "guiju tables 地块.parquet --pack ccer-14-001 --fail-on nonconforming",
    ),
    "argument.tables.files": (
        "Parquet files, each named for its table, or TABLE=FILE.",
        "Parquet 文件：以表名命名，或写作 TABLE=FILE。",
    ),
    "option.tables.pack": (
        "The pack to check against: an id, or a path with a slash.",
        "所依据的规则包：编号，或含斜杠的路径。",
    ),
    "option.tables.out": (
        "Write findings.parquet there: rule, table, row (from 0), verdict, lacks.",
        "在该文件夹写入 findings.parquet：rule、table、row（从 0 起）、verdict、lacks。",
    ),
    "option.tables.told": (
        "Findings that each rule tells, from the first row on. Default: 3.",
        "每条规则列出的发现数，自首行起。默认 3。",
    ),
    "option.tables.as-of": (
        "The date the rules are asked for. Default: none; what depends on it is unknown.",
        "评估基准日。默认无；取决于该日期者为未知。",
    ),
    "option.threads": (
        "Threads that read and evaluate. Default: one for each core.",
        "读取与计算所用线程数。默认每核一个。",
    ),
    "option.tables.memory-limit": (
        "Memory for tables, such as 4GB; beyond it the disk is used. Default: most of the machine's.",
        "表格数据所用内存上限，如 4GB；超出部分使用磁盘。默认取本机大部分内存。",
    ),
    "tables.written": (
        "rows that do not conform: {file}",
        "未符合的各行：{file}",
    ),
    "no-pack-for-tables": (
        "which pack the tables are to be checked against is not said",
        "未指明按哪个规则包核对",
    ),
    "no-pack-for-tables.help": (
        "name it, as in `--pack ccer-14-001`; `guiju packs` lists them",
        "请指明，如 `--pack ccer-14-001`；`guiju packs` 可列出规则包",
    ),
    "tables-need-tables": (
        "`guiju tables` needs DuckDB, which is not installed",
        "`guiju tables` 需要 DuckDB，尚未安装",
    ),
    "tables-need-tables.help": (
        "pip install 'guiju[tables]'",
        "请运行 pip install 'guiju[tables]'",
    ),
    "no-such-table": (
        "`{file}`: `{name}` is no table of `{pack}`",
        "`{file}`：`{pack}` 中没有名为 `{name}` 的表",
    ),
    "no-such-table.help": (
        "say which table it is, TABLE=FILE; there are {known}",
        "请用 TABLE=FILE 指明是哪个表；可用的有 {known}",
    ),
    "table-twice": (
        "the table `{table}` is given twice: `{first}` and `{file}`",
        "表 `{table}` 给出了两次：`{first}` 与 `{file}`",
    ),
    "table-twice.help": (
        "put its rows into one file",
        "请将其各行并入一个文件",
    ),
    "several-groups": (
        "facts of one group can be given at a time, and these are several: {groups}",
        "一次只能给出一个事实组，现有多个：{groups}",
    ),
    "several-groups.help": (
        "leave all of them but one out",
        "请只保留其中一个",
    ),
    "bad-whole": (
        "{option}: `{value}` is no whole number from {least} on",
        "{option}：`{value}` 不是不小于 {least} 的整数",
    ),
    "bad-told": (
        "`{value}` is no number of findings",
        "`{value}` 不是发现数",
    ),
    "bad-told.help": (
        "give a whole number such as `--told 100`, or `--told all`",
        "请给出整数，如 `--told 100`，或用 `--told all`",
    ),
    "findings-need-tables": (
        "`--findings` needs DuckDB, which is not installed",
        "`--findings` 需要 DuckDB，尚未安装",
    ),
    "findings-need-tables.help": (
        "pip install 'guiju[tables]', or leave the option out",
        "请运行 pip install 'guiju[tables]'，或去掉该选项",
    ),
    "findings.written": (
        "rows with findings: {rows}, in {file}",
        "有发现的行（按规则计）：{rows}，见 {file}",
    ),
    "baseline-untold": (
        "`{file}` is no baseline: it tells {told} of {all} findings of `{rule}`",
        "`{file}` 不能用作基线：`{rule}` 共 {all} 项发现，其中只列出 {told} 项",
    ),
    "baseline-untold.help": (
        "make it again with `--told all`",
        "请用 `--told all` 重新生成",
    ),
    "option.mapping": (
        "Where the facts stand in files that were not made for Guiju.",
        "映射文件：说明各项事实在并非为规矩编制的文件中的位置。",
    ),
    "option.force": ("Overwrite reports that exist.", "覆盖已有的报告文件。"),
    "option.quiet": (
        "Say nothing but the report: no progress, no list of files written.",
        "只输出报告：不显示进度，不列出所写文件。",
    ),
    "option.verbose": (
        "Also say which pack each dossier is checked against, and where the pack is.",
        "另说明每个项目所依据的规则包及其位置。",
    ),
    "option.debug": (
        "On a fault of the engine, show where it happened.",
        "引擎故障时显示出错位置。",
    ),
    "option.help": ("Show this help.", "显示本帮助。"),
    "option.version": ("Show the version.", "显示版本号。"),
    # --- guiju batch -----------------------------------------------------------------
    "about.batch": (
        "Check thousands of dossiers in one run.",
        "一次核对成千上万个项目档案。",
    ),
    "about.batch.long": (
        "PATH is a folder with dossiers in it, however deep: folders with a `dossier.yaml`, and"
        " zips of them. With --mapping it is a file of many projects. FOLDER of --out gets four"
        " tables as Parquet (dossiers, verdicts, findings, missing) and summary.html; when the run"
        " is stopped or killed, the same command goes on from there. Needs `guiju[tables]`.",
        "PATH 是存放项目档案的文件夹，层级不限：其中含 `dossier.yaml` 的文件夹及其 zip 文件都会核对；"
        "给出 --mapping 时，也可以是收录许多项目的汇总文件。--out 所指文件夹中将有四个 Parquet 数据表"
        "（dossiers、verdicts、findings、missing）与 summary.html；运行中断后，再次执行同一命令即可继续。"
        "需安装 `guiju[tables]`。",
    ),
    "about.batch.examples": (
        "guiju batch registry/ --pack ccer-14-001 --out results/\n"
        "guiju batch registry/ --out results/ --by region=project.province --jobs 8\n"
        "guiju batch projects.json --mapping m.yaml --out results/\n"
        "guiju batch registry/ --out results/ --timeout 60 --memory-limit 2GB",
        "guiju batch 登记项目/ --pack ccer-14-001 --out 结果/\n"
        "guiju batch 登记项目/ --out 结果/ --by 地区=项目.省份 --jobs 8\n"
        "guiju batch projects.json --mapping m.yaml --out 结果/\n"
        "guiju batch 登记项目/ --out 结果/ --timeout 60 --memory-limit 2GB",
    ),
    "argument.batch.path": (
        "A folder of dossiers, or a data file with --mapping.",
        "存放项目档案的文件夹，或配合 --mapping 使用的数据文件。",
    ),
    "option.batch.out": (
        "The folder for the results: a new or an empty one, or that of the run to go on with.",
        "存放结果的文件夹：新文件夹、空文件夹，或待继续的运行所用的文件夹。",
    ),
    "option.batch.pack": (
        "The pack to check every dossier against: an id, or a path with a slash. Default: the pack"
        " each dossier names.",
        "全部项目所依据的规则包：编号，或含斜杠的路径。默认取各项目档案所注明者。",
    ),
    "option.batch.engine": (
        "The road to take, `reference` or `compiled` (one function for all rules over facts)."
        " Without it, by the number of dossiers. Both come to the same.",
        "计算方式：`reference`（逐条计算）或 `compiled`（事实类规则合成一个函数）。"
        "不指定时按项目数选取。结果相同。",
    ),
    "option.batch.as-of": (
        "The date the assessments are made for. Default: the submission date of each dossier.",
        "评估基准日。默认取各项目档案的提交日期。",
    ),
    "option.by": (
        "Count dossiers by a fact as well: region=project.province. NAME is a column of the"
        " dossiers' table. Default: by none.",
        "另按某项事实统计：地区=项目.省份。NAME 为项目表的一列。默认不分组。",
    ),
    "option.reports": (
        "Also a report on each dossier, in FOLDER/reports: {formats}. Takes several times as long."
        " Default: none.",
        "另为每个项目出具报告，存于 FOLDER/reports：{formats}。用时为数倍。默认不出具。",
    ),
    "option.jobs": (
        "How many processes to work with. Default: the cores there are.",
        "并行的进程数。默认取可用的处理器核数。",
    ),
    "option.timeout": (
        "The longest a dossier may take; one that takes longer is broken. Default: no limit.",
        "单个项目的用时上限；超时者记为未能评估。默认不限。",
    ),
    "option.memory-limit": (
        "The most memory a process may have, such as 2GB; a dossier that needs more is broken."
        " Default: no limit.",
        "单个进程的内存上限，如 2GB；超出的项目记为未能评估。默认不限。",
    ),
    "option.retry": (
        "Check again those that were broken in the run that is there.",
        "重新核对已有运行中未能评估的项目。",
    ),
    "option.restart": (
        "Throw away what is in the results' folder, and begin anew.",
        "舍弃结果文件夹中已有的运行，重新开始。",
    ),
    "no-out": ("there is no folder for the results", "未指定存放结果的文件夹"),
    "no-out.help": ("name one: --out results/", "请指定：--out 结果/"),
    "pack-twice": ("one pack is given twice", "同一规则包给出了两次"),
    "bad-by": (
        "`{value}` does not say what to count by",
        "`{value}` 未说明按什么统计",
    ),
    "bad-by.help": (
        "write it as a name and a fact: region=project.province",
        "请写作名称与事实：地区=项目.省份",
    ),
    "by-taken": (
        "`{name}` is a column of the dossiers' table already",
        "项目表中已有名为 `{name}` 的列",
    ),
    "by-taken.help": ("choose another name for it", "请另取名称"),
    "by-unknown": (
        "no pack of this run has a fact `{fact}`",
        "本次所用规则包中没有事实 `{fact}`",
    ),
    "by-unknown.help": ("facts there are: {near}", "现有的事实：{near}"),
    "bad-size": (
        "`{value}` is not an amount of memory; expected one such as 512MB or 2GB",
        "`{value}` 不是内存大小；应写作 512MB 或 2GB 这样的形式",
    ),
    # --- guiju screen ----------------------------------------------------------------
    "about.screen": (
        "Screen a table: which rows qualify under which packs.",
        "筛查一张表：各行适用于哪些方法学。",
    ),
    "about.screen.long": (
        "PATH is a table (CSV, Parquet, a workbook, JSON) or a map layer with attributes"
        " (GeoPackage, Shapefile, GeoJSON, KML), such as all parcels of a region. Every rule that"
        " goes over such rows is asked of each; what is about a whole project is not, and is"
        " listed. The exit code is 0 whatever is found. Needs `guiju[tables]`, for layers"
        " `guiju[geo]` as well.",
        "PATH 为数据表（CSV、Parquet、工作簿、JSON）或带属性的图层（GeoPackage、Shapefile、GeoJSON、"
        "KML），例如一个地区的全部小班。凡可逐行核对的规则均对每一行核对；针对整个项目的规则不核对，"
        "但会列出。无论结果如何，退出码均为 0。需安装 `guiju[tables]`，读写图层另需 `guiju[geo]`。",
    ),
    "about.screen.examples": (
        "guiju screen parcels.csv --pack ccer-14-001 --by county\n"
        "guiju screen parcels.gpkg --pack ccer-14-001 --out screened.gpkg\n"
        "guiju screen parcels.csv --pack ccer-14-001 --facts start.yaml",
        "guiju screen 小班.csv --pack ccer-14-001 --by 县 --by 地类\n"
        "guiju screen 小班.gpkg --pack ccer-14-001 --out 筛查.gpkg\n"
        "guiju screen 小班.csv --pack ccer-14-001 --facts 事实.yaml",
    ),
    "argument.screen.path": ("The table or layer.", "数据表或图层。"),
    "option.screen.pack": (
        "A pack to screen for: an id, or a path with a slash.",
        "筛查所依据的规则包：编号，或含斜杠的路径。",
    ),
    "option.table": (
        "Which table of the pack the rows are. Default: the one whose columns the file has.",
        "各行属于规则包的哪个表。默认取与文件列相符的表。",
    ),
    "option.facts": (
        "A dossier, or a YAML file of facts, that holds for all rows. With the documents of a"
        " dossier, rules ask for theirs. Default: no facts.",
        "对各行均成立的事实：项目档案或载有事实的 YAML 文件。项目档案附有证据清单时，规则一并要求其"
        "所需文件。默认没有。",
    ),
    "option.screen.by": (
        "Count by a column of the file as well: its heading. Default: by none.",
        "另按文件中的某一列统计：写列标题。默认不分组。",
    ),
    "option.area": (
        "The column to add up. Default: the one that holds areas.",
        "要合计的列。默认取面积列。",
    ),
    "option.screen.out": (
        "Write every row with its result to a .parquet or .gpkg file. Default: not written.",
        "把各行及其结果写入 .parquet 或 .gpkg 文件。默认不写。",
    ),
    "option.screen.format": (
        "text, json or html. With :FILE it is written there, else to the terminal. Default: text.",
        "text、json 或 html。写作 :FILE 时写入该文件，否则输出到终端。默认 text。",
    ),
    "option.screen.as-of": (
        "The date the screening is made for. Default: the submission date of --facts, else none.",
        "评估基准日。默认取 --facts 中的提交日期，没有则不设。",
    ),
    "option.screen.engine": (
        "The road to take, `reference` or `tables` (queries). Default: tables. Both come to the"
        " same.",
        "计算方式：`reference`（逐行计算）或 `tables`（查询）。默认 tables。结果相同。",
    ),
    "option.screen.force": ("Overwrite files that exist.", "覆盖已有的文件。"),
    "option.screen.quiet": (
        "Say nothing but the result: no list of files written.",
        "只输出结果：不列出所写文件。",
    ),
    "no-pack-to-screen": ("there is no pack to screen for", "未指定筛查所依据的规则包"),
    "no-pack-to-screen.help": (
        "name one or more: --pack ccer-14-001",
        "请指定一个或多个：--pack ccer-14-001",
    ),
    # --- guiju explain ---------------------------------------------------------------
    "about.explain": (
        "Explain a diagnostic, a reading problem, a rule, or a verdict.",
        "解释一条诊断、一个读取问题、一条规则或一项结论。",
    ),
    "about.explain.long": (
        "SUBJECT is the code of a diagnostic or of a reading problem, a rule as PACK/RULE or a"
        " formula as PACK/FORMULA. A rule is shown with its clause, its meaning in words and the"
        " formulas it uses; a formula with the list of its quantities. With --dossier, the whole"
        " derivation of its verdict follows, with every value and the place it came from.",
        "SUBJECT 可以是诊断代码或读取问题代码，也可以是写作 PACK/RULE 的规则或写作 PACK/FORMULA 的公式。规则将连同条款、"
        "文字表述与所用公式一并显示，公式附有式中各量的说明；给出 --dossier 时，还列出其结论的完整推导过程，以及每个数值及其出处。",
    ),
    "about.explain.examples": (
        "guiju explain unit-mismatch\n"
        "guiju explain ccer-14-001/AFF-2C\n"
        "guiju explain ccer-01-002/ER_y\n"
        "guiju explain ccer-14-001/AFF-2C --dossier my-project/ --lang zh",
        "guiju explain unit-mismatch\n"
        "guiju explain ccer-14-001/AFF-2C\n"
        "guiju explain ccer-01-002/ER_y\n"
        "guiju explain ccer-14-001/AFF-2C --dossier 我的项目/",
    ),
    "argument.explain.subject": (
        "The code of a diagnostic or reading problem, PACK/RULE or PACK/FORMULA.",
        "诊断代码、读取问题代码、PACK/RULE 或 PACK/FORMULA。",
    ),
    "option.dossier": (
        "Show how the verdict on this dossier came about.",
        "显示该项目档案的结论是如何得出的。",
    ),
    "option.explain.mapping": (
        "The mapping of the dossier, where it needs one.",
        "项目档案所需的映射文件。",
    ),
    "option.project": (
        "Which dossier of a collection, by its id.",
        "汇总文件中的哪个项目（项目编号）。",
    ),
    # --- guiju lint ------------------------------------------------------------------
    "about.lint": ("Check rule packs and rule files.", "检查规则包与规则文件。"),
    "about.lint.long": (
        "PATH is the folder of a pack, an installed pack's id, or a rule file, whose pack is then"
        " checked and only what concerns the file is shown. All problems are shown in one run.",
        "PATH 是规则包文件夹、已安装包的编号，或规则文件（此时检查其所属的包，只显示与该文件"
        "有关的问题）。一次运行列出全部问题。",
    ),
    "about.lint.examples": (
        "guiju lint my-pack/\nguiju lint my-pack/2-applicability.gj --lang zh\n"
        "guiju lint my-pack/ --format github",
        "guiju lint 我的方法学/\nguiju lint 我的方法学/2-适用条件.gj\n"
        "guiju lint 我的方法学/ --format github",
    ),
    "argument.lint.paths": (
        "Pack folders, pack ids or .gj files.",
        "规则包文件夹、包编号或 .gj 文件。",
    ),
    "option.lint.format": (
        "text for people, json for programs, github for annotations on a change.",
        "text 供人阅读，json 供程序读取，github 用于在变更上标注。",
    ),
    "option.lint.fail-on": (
        "The least severity that makes the exit code 1. Default: error.",
        "退出码为 1 的最低严重程度。默认 error。",
    ),
    # --- guiju fmt -------------------------------------------------------------------
    "about.fmt": ("Lay out rule files.", "整理规则文件的排版。"),
    "about.fmt.long": (
        "PATH is a rule file or a folder of them. Meaning and comments are kept; `-` reads"
        " standard input and writes standard output.",
        "PATH 是规则文件或其所在文件夹。含义与注释不变；`-` 表示从标准输入读取、写到标准输出。",
    ),
    "about.fmt.examples": (
        "guiju fmt my-pack/\nguiju fmt --check my-pack/\nguiju fmt --keywords zh --diff a.gj",
        "guiju fmt 我的方法学/\nguiju fmt --check 我的方法学/\nguiju fmt --keywords zh --diff a.gj",
    ),
    "argument.fmt.paths": ("Rule files, folders, or `-`.", "规则文件、文件夹，或 `-`。"),
    "option.check": (
        "Write nothing; exit with 1 when a file would change.",
        "不写入；有文件需要改动时退出码为 1。",
    ),
    "option.diff": ("Write nothing; show what would change.", "不写入；显示将作的改动。"),
    "option.keywords": (
        "Render keywords in English or Chinese, or keep each as it is written.",
        "把关键字统一为英文或中文，或保持原样。",
    ),
    # --- guiju packs -----------------------------------------------------------------
    "about.packs": ("List the packs there are.", "列出可用的规则包。"),
    "about.packs.examples": ("guiju packs\nguiju packs --json", "guiju packs\nguiju packs --json"),
    "option.json": ("As JSON.", "以 JSON 输出。"),
    # --- guiju ledger ----------------------------------------------------------------
    "about.ledger": (
        "Compare the clauses of a pack's sources with its rules, both ways.",
        "核对来源条款与规则，双向逐条对照。",
    ),
    "about.ledger.long": (
        "A pack lists the clauses of its sources in `clauses/<source id>.csv`. The ledger says"
        " which rule, judgement, formula or lookup covers each clause and how well it is founded,"
        " which clauses are left out and why, which are open, and which cites name no listed"
        " clause. 0 when every clause is covered, 1 when one is open or a cite names none.",
        "规则包在 `clauses/<来源编号>.csv` 中列出来源的条款。台账说明每条由哪条规则、判断、公式或"
        "查表承担及其依据程度，哪些附理由未编入，哪些尚未覆盖，哪些所引条款不在清单中。"
        "全部有着落时退出码为 0，有未覆盖的条款或引用落空时为 1。",
    ),
    "about.ledger.examples": (
        "guiju ledger ccer-14-001\n"
        "guiju ledger ccer-14-001 --format html:ledger.html\n"
        "guiju ledger ccer-14-001 --features features/ccer-14-001\n"
        "guiju ledger ccer-14-001 --documents",
        "guiju ledger ccer-14-001\n"
        "guiju ledger ccer-14-001 --format html:ledger.html\n"
        "guiju ledger ccer-14-001 --features features/ccer-14-001\n"
        "guiju ledger ccer-14-001 --documents",
    ),
    "argument.ledger.pack": (
        "The pack: an id, or a path with a slash.",
        "规则包：编号，或含斜杠的路径。",
    ),
    "option.ledger.format": (
        "text, markdown, html or json. With :FILE it is written there, else to the terminal."
        " Default: text.",
        "text、markdown、html 或 json。写作 :FILE 时写入该文件，否则输出到终端。默认 text。",
    ),
    "option.documents": (
        "Print the list of documents the rules need instead, in Markdown.",
        "改为输出规则所需文件的清单（Markdown）。",
    ),
    "option.features": (
        "Run the features of a folder and say which verdicts of each rule they show.",
        "运行该文件夹中的 .feature 文件，列出每条规则已有哪些结论的场景。",
    ),
    "option.fail-under": (
        "Exit with 1 only when less than this share of the clauses is covered, or a cite names"
        " none.",
        "仅当覆盖率低于该百分比或有引用落空时，退出码为 1。",
    ),
    "bad-percent": (
        "`{value}` is no percentage from 0 to 100",
        "`{value}` 不是 0 至 100 的百分数",
    ),
    "no-features": (
        "there are no features in `{folder}`",
        "`{folder}` 中没有 .feature 文件",
    ),
    "no-pytest-bdd": (
        "features need pytest-bdd",
        "运行 .feature 文件需要 pytest-bdd",
    ),
    "no-pytest-bdd.help": (
        "install it with `pip install 'guiju[features]'`",
        "请执行 `pip install 'guiju[features]'` 安装",
    ),
    # --- guiju schema ----------------------------------------------------------------
    "about.schema": (
        "Print the JSON Schema of a kind of file.",
        "输出某类文件的 JSON Schema。",
    ),
    "about.schema.examples": (
        "guiju schema assessment > assessment.schema.json\n"
        "guiju schema ledger > ledger.schema.json",
        "guiju schema assessment > assessment.schema.json\n"
        "guiju schema ledger > ledger.schema.json",
    ),
    "argument.schema.subject": ("What kind of file.", "文件类型。"),
    # --- guiju completion ------------------------------------------------------------
    "about.completion": (
        "Print the completion script of a shell.",
        "输出命令行补全脚本。",
    ),
    "about.completion.examples": (
        "bash: echo 'eval \"$(guiju completion bash)\"' >> ~/.bashrc\n"
        "zsh:  echo 'eval \"$(guiju completion zsh)\"' >> ~/.zshrc\n"
        "fish: guiju completion fish > ~/.config/fish/completions/guiju.fish",
        "bash: echo 'eval \"$(guiju completion bash)\"' >> ~/.bashrc\n"
        "zsh:  echo 'eval \"$(guiju completion zsh)\"' >> ~/.zshrc\n"
        "fish: guiju completion fish > ~/.config/fish/completions/guiju.fish",
    ),
    "argument.completion.shell": ("Your shell.", "所用的 shell。"),
    # --- usage errors ----------------------------------------------------------------
    "see-help": (
        "`{command} --help` shows how it is used",
        "用法见 `{command} --help`",
    ),
    "no-such-option": ("there is no option `{name}`", "没有选项 `{name}`"),
    "no-such-command": ("there is no command `{name}`", "没有命令 `{name}`"),
    "did-you-mean": ("did you mean {near}?", "是否想用 {near}？"),
    "missing-argument": ("{name} is missing", "缺少 {name}"),
    "missing-value": ("option `{name}` needs a value", "选项 `{name}` 需要取值"),
    "no-value-wanted": ("option `{name}` takes no value", "选项 `{name}` 不取值"),
    "bad-choice": (
        "`{value}` is not a value of {name}; expected {choices}",
        "{name} 不能取 `{value}`；应为 {choices}",
    ),
    "extra-argument": ("unexpected argument `{value}`", "多余的参数 `{value}`"),
    "bad-language": (
        "GUIJU_LANG is `{value}`; expected zh or en",
        "GUIJU_LANG 为 `{value}`；应为 zh 或 en",
    ),
    "bad-date": (
        "`{value}` is not a date; expected one such as 2026-05-12",
        "`{value}` 不是日期；应写作 2026-05-12 这样的形式",
    ),
    "unknown-format": (
        "unknown format `{name}`; expected {formats}",
        "未知的报告格式 `{name}`；应为 {formats}",
    ),
    "two-on-stdout": (
        "only one format can go to the terminal, not both {first} and {second}",
        "输出到终端的格式只能有一种，不能同时输出 {first} 与 {second}",
    ),
    "two-on-stdout.help": (
        "give the others a file: --format {second}:report.{second}",
        "请为其余格式指定文件：--format {second}：报告.{second}",
    ),
    "same-file": (
        "two reports would be written to `{file}`",
        "将有两份报告写入同一文件 `{file}`",
    ),
    "same-file.help": (
        "give each format a file of its own, or put {{dossier}} into its name",
        "请为每种格式指定不同文件，或在文件名中写入 {{dossier}}",
    ),
    "file-exists": ("`{file}` exists already", "`{file}` 已存在"),
    "file-exists.help": (
        "say --force to overwrite it, or choose another name",
        "用 --force 覆盖，或另取文件名",
    ),
    "bad-placeholder": (
        "`{file}` has a placeholder other than {{dossier}} and {{date}}",
        "`{file}` 中有 {{dossier}} 与 {{date}} 以外的占位符",
    ),
    "cannot-write": ("`{file}` cannot be written: {reason}", "无法写入 `{file}`：{reason}"),
    "cannot-write.help": (
        "name a place where files may be written",
        "请指定可以写入文件的位置",
    ),
    "cannot-read": ("`{file}` cannot be read: {reason}", "无法读取 `{file}`：{reason}"),
    "cannot-read.help": (
        "check the path, and that the file may be read",
        "请核对路径，并确认有读取权限",
    ),
    "not-utf8": (
        "`{file}` is not UTF-8 text (byte {byte})",
        "`{file}` 不是 UTF-8 文本（第 {byte} 字节）",
    ),
    "not-utf8.help": (
        "save it as UTF-8; rule files in GBK are not read",
        "请另存为 UTF-8；不读取 GBK 编码的规则文件",
    ),
    "no-pack-named": (
        "`{path}` names no pack",
        "`{path}` 未注明规则包",
    ),
    "no-pack-named.help": (
        "say --pack, or write `pack:` into dossier.yaml; `guiju packs` lists the packs",
        "请用 --pack 指定，或在 dossier.yaml 中写明 `pack:`；`guiju packs` 列出可用的包",
    ),
    "no-such-pack": ("there is no pack `{name}`", "没有规则包 `{name}`"),
    "no-such-pack.near": ("did you mean {near}?", "是否指 {near}？"),
    "no-such-pack.known": (
        "the packs there are: {known}; a folder is named with a slash, `./my-pack`",
        "可用的规则包：{known}；文件夹须带斜杠，如 `./我的方法学`",
    ),
    "no-such-folder": ("`{name}` holds no pack.toml", "`{name}` 中没有 pack.toml"),
    "no-such-folder.help": (
        "a pack is a folder with a pack.toml in it",
        "规则包是含有 pack.toml 的文件夹",
    ),
    "pack-has-errors": (
        "pack `{pack}` has errors ({count}); nothing was checked",
        "规则包 `{pack}` 有 {count} 处错误，未作核对",
    ),
    "no-rule-selected": (
        "no rule of `{pack}` is left by --select and --ignore",
        "按 --select 与 --ignore 筛选后，`{pack}` 中没有剩余规则",
    ),
    # --- explain ---------------------------------------------------------------------
    "explain.problem.error": (
        "A problem of a dossier's files: an error. What could be read is checked all the same;"
        " the check ends with exit code 2.",
        "项目档案的读取问题，级别：错误。可读取的部分照常检查，检查以退出码 2 结束。",
    ),
    "explain.problem.warning": (
        "A problem of the files of a check: a warning. It does not change the exit code.",
        "检查所用文件的问题，级别：警告。不影响退出码。",
    ),
    "explain.problem.note": (
        "A note about a dossier's files. It does not change the exit code.",
        "关于项目档案文件的提示。不影响退出码。",
    ),
    "explain.problem.said": ("What is said", "报告内容"),
    "explain.problem.mend": ("What to do", "处理办法"),
    "no-such-subject": (
        "`{name}` is neither the code of a diagnostic or reading problem nor PACK/RULE",
        "`{name}` 既不是诊断代码或读取问题代码，也不是 PACK/RULE",
    ),
    "no-such-subject.help": ("did you mean {near}?", "是否指 {near}？"),
    "subject-is-pack": (
        "`{name}` is a pack; a rule of it is named {name}/RULE",
        "`{name}` 是规则包；其中的规则写作 {name}/RULE",
    ),
    "subject-is-pack.help": (
        "`guiju ledger {name}` lists its clauses with their rules",
        "`guiju ledger {name}` 列出各条款及承担它的规则",
    ),
    "no-such-code": (
        "`{name}` is neither the code of a diagnostic or reading problem nor PACK/RULE",
        "`{name}` 既不是诊断代码或读取问题代码，也不是 PACK/RULE",
    ),
    "no-such-code.help": (
        "the codes of diagnostics are {known}; a report names those of reading problems",
        "诊断代码有 {known}；读取问题代码见报告",
    ),
    "no-such-packs-dir": ("there is no folder `{folder}`", "没有文件夹 `{folder}`"),
    "no-such-rule": (
        "pack `{pack}` has no rule or formula `{rule}`",
        "规则包 `{pack}` 中没有规则或公式 `{rule}`",
    ),
    "no-such-rule.help": ("did you mean {near}?", "是否指 {near}？"),
    "no-such-project": (
        "`{path}` holds no dossier `{name}`; it holds {known}",
        "`{path}` 中没有项目 `{name}`；其中有 {known}",
    ),
    "many-projects": (
        "`{path}` holds {count} dossiers",
        "`{path}` 中有 {count} 个项目",
    ),
    "many-projects.help": (
        "say which: --project {first}",
        "请指明项目：--project {first}",
    ),
    "rule.clause": ("Clause", "条款"),
    "rule.quoting": ("Quoted", "原文"),
    "rule.basis": ("Basis", "依据程度"),
    "rule.place": ("Written in", "规则出处"),
    "rule.amended": ("Amended by", "修改者"),
    "amendment.changes": ("What it changes", "修订内容"),
    "amendment.value.new": ("`{name}` becomes {value}.", "`{name}` 改为：{value}。"),
    "amendment.value.old": ("Before: {value}.", "原为：{value}。"),
    "amendment.must.new": ("It must now hold that {value}.", "要求改为：{value}。"),
    "amendment.must.old": ("Before: {value}.", "原要求：{value}。"),
    "amendment.when": ("It holds when {condition}.", "适用条件：{condition}。"),
    "rule.words": ("In words", "文字表述"),
    "rule.formulas": ("Formulas it uses", "所用公式"),
    "formula.where": ("Where", "式中"),
    "formula.symbol": ("{meaning}; {unit}; {source}", "{meaning}；{unit}；{source}"),
    "formula.no-unit": ("no unit", "无量纲"),
    "rule.grade": ("If not met", "不符合时"),
    "rule.unknown": ("If it cannot be told", "无法判断时"),
    "rule.needs": ("Documents it needs", "所需文件"),
    "rule.verdict": ("Verdict", "结论"),
    "rule.derivation": ("How it came about", "推导过程"),
    "unknown": ("unknown", "未知"),
    "rows": ("rows: {count}", "{count} 行"),
    # --- lint, fmt, packs ------------------------------------------------------------
    "lint.clean": ("no problems; packs checked: {count}", "{count} 个规则包：未发现问题"),
    "lint.found": (
        "errors: {errors}, warnings: {warnings}",
        "错误 {errors} 处，警告 {warnings} 处",
    ),
    "lint.no-pack-around": (
        "`{path}` does not stand in a pack: no pack.toml in its folder",
        "`{path}` 不在规则包内：所在文件夹没有 pack.toml",
    ),
    "fmt.changed": ("files changed: {count}", "改动了 {count} 个文件"),
    "fmt.would-change": ("would change {file}", "需要改动 {file}"),
    "fmt.unchanged": ("files laid out already: {count}", "{count} 个文件无需改动"),
    "fmt.none": ("no .gj files under `{path}`", "`{path}` 下没有 .gj 文件"),
    "packs.none": ("no packs are installed", "没有安装规则包"),
    "packs.rules": ("rules: {count}", "{count} 条规则"),
    "packs.judgements": ("judgements: {count}", "{count} 项人工判断"),
    "packs.broken": (
        "has errors: `guiju lint {id}` shows them",
        "有错误：`guiju lint {id}` 可查看",
    ),
    "packs.basis": ("basis", "依据程度"),
    # --- progress and faults ---------------------------------------------------------
    "checking": ("checking {done}/{all} {name}", "正在核对 {done}/{all} {name}"),
    "written": ("{format} report: {file}", "{format} 报告：{file}"),
    "fault": (
        "a fault of the engine: {fault}",
        "引擎故障：{fault}",
    ),
    "fault.help": (
        "this is no statement about the dossier; run it again with --debug and report what it"
        " shows to the maintainers of Guiju",
        "这不是对项目的结论；请加 --debug 重新运行，并把显示内容报告给规矩的维护者",
    ),
    "interrupted": ("interrupted", "已中断"),
}
