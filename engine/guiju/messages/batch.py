"""The sentences of a run over many dossiers: its page, its problems, and why a dossier broke."""

from __future__ import annotations

MESSAGES: dict[str, tuple[str, str]] = {
    # --- the page --------------------------------------------------------------------
    "title": ("Run over many dossiers", "批量核对结果"),
    "kicker": ("Summary of a run", "批量核对汇总"),
    "heading": ("{count} dossiers", "共 {count} 份项目档案"),
    "subtitle": (
        "Counted from the tables beside this page; a working paper for the registry",
        "依据同目录数据表统计的工作底稿，供登记与主管部门使用",
    ),
    "skip": ("Skip to the conclusions", "跳至结论"),
    "as-of": ("Assessed as of {day}", "评估基准日 {day}"),
    "as-of.own": (
        "each assessed as of its own submission",
        "以各项目的提交日期为评估基准日",
    ),
    "engine": ("engine {version}", "程序版本 {version}"),
    "conclusions": ("Conclusions", "结论"),
    "end": ("Conclusion", "结论"),
    "end.positive": ("positive", "肯定"),
    "end.negative": ("negative", "否定"),
    "end.open": ("open", "待定"),
    "end.unreadable": ("unreadable", "无法读取"),
    "end.broken": ("broken", "未能评估"),
    "end.positive.meaning": (
        "Every applicable requirement conforms or is waived.",
        "适用要求均符合或已豁免。",
    ),
    "end.negative.meaning": ("At least one requirement is not met.", "至少有一项要求不符合。"),
    "end.open.meaning": ("No conclusion can be drawn yet.", "目前尚不能得出结论。"),
    "end.unreadable.meaning": (
        "Nothing of the dossier could be read.",
        "项目档案无法读取。",
    ),
    "end.broken.meaning": (
        "The assessment did not come to its end; nothing is concluded.",
        "评估未能完成，不作任何结论。",
    ),
    "dossiers": ("Dossiers", "项目数"),
    "dossier": ("Dossier", "项目档案"),
    "share": ("Share", "占比"),
    "packs": ("Rule packs", "规则包"),
    "pack": ("Rule pack", "规则包"),
    "edition": ("Edition", "版本"),
    "digest": ("Digest", "摘要"),
    "replaced": (
        "{pack} was used with another parameter file: {file} ({basis})",
        "规则包 {pack} 使用了替换的参数文件：{file}（{basis}）",
    ),
    "rules": ("By rule", "按规则"),
    "rules.about": (
        "In how many dossiers each rule has which verdict, the worst first.",
        "各规则在多少个项目中得出何种结论，问题最多者在前。",
    ),
    "rules.rest": (
        "{count} rules that are met, or do not apply, in every dossier",
        "其余 {count} 条规则在各项目中均符合或不适用",
    ),
    "contents": ("Contents", "目录"),
    "by-empty": (
        "no dossier gives `{fact}`: the column `{name}` is empty",
        "没有项目给出 `{fact}`：`{name}` 列为空",
    ),
    "rule": ("Rule", "规则"),
    "clause": ("Clause", "条款"),
    "basis": ("Basis", "依据"),
    "findings": ("Findings", "发现"),
    "by": ("By {name}", "按 {name}"),
    "by.about": ("From the fact {fact}.", "取自事实 {fact}。"),
    "by.none": ("not given", "未填"),
    "by.left-out": (
        "{values} more values, with {dossiers} dossiers",
        "另有 {values} 个取值，涉及 {dossiers} 个项目",
    ),
    "nonconforming": ("Requirements not met", "不符合项"),
    "undetermined": ("Undetermined", "待澄清项"),
    "reasons": ("By reason: what is missing", "按原因：所缺资料"),
    "reasons.about": (
        "What keeps requirements undetermined, by the number of dossiers that lack it.",
        "导致要求不能确定的缺失资料，按缺少该资料的项目数排列。",
    ),
    "reason": ("What is missing", "所缺资料"),
    "places": ("Places", "处数"),
    "for-rules": ("For the rules", "涉及规则"),
    "problems": ("Reading problems", "资料读取问题"),
    "problem": ("Problem", "问题"),
    "example": ("For instance", "示例"),
    "severity": ("Severity", "级别"),
    "severity.error": ("error", "错误"),
    "severity.warning": ("warning", "警告"),
    "times": ("Times", "次数"),
    "failed": ("Dossiers without verdicts", "没有结论的项目"),
    "failed.about": (
        "They count as neither conforming nor not; the run's exit code says that there are some.",
        "既不计为符合，也不计为不符合；退出码会说明存在此类项目。",
    ),
    "why": ("Why", "原因"),
    "twice": ("Ids that several dossiers have", "重复的项目编号"),
    "twice.one": ("{id} ({count}): {paths}", "{id}（{count} 份）：{paths}"),
    "passed-over": ("Passed over", "未作项目处理的文件夹"),
    "passed-over.about": (
        "Folders with files but without a dossier.yaml, and links.",
        "有文件但没有 dossier.yaml 的文件夹，以及链接。",
    ),
    "more": ("and {count} more, in the tables", "另有 {count} 项，见数据表"),
    "more.rules": ("and {count} more rules", "另有 {count} 条规则，见数据表"),
    "more.passed-over": ("and {count} more", "另有 {count} 项"),
    "tables": ("Tables", "数据表"),
    "tables.about": (
        "Everything in full, as Parquet files beside this page; they may be queried with DuckDB,"
        " pandas or Excel's Power Query.",
        "完整结果以 Parquet 文件存于同一目录，可用 DuckDB、pandas 或 Excel 的 Power Query 查询。",
    ),
    "table": ("File", "文件"),
    "table.rows": ("Rows", "行数"),
    "table.holds": ("One row for each", "每行一条"),
    "table.dossiers": ("dossier and pack", "项目与规则包"),
    "table.verdicts": ("dossier and rule", "项目与规则"),
    "table.findings": ("finding", "发现"),
    "table.missing": ("missing thing of a dossier", "项目所缺的资料"),
    "nothing-missing": ("nothing", "无"),
    # --- the terminal ----------------------------------------------------------------
    "text.dossiers": ("{count} dossiers: {ends}", "共 {count} 份项目档案：{ends}"),
    "text.end": ("{count} {end}", "{end} {count}"),
    "text.rules": ("Rules not met or not decided", "不符合或未定的规则"),
    "text.see": ("all of it: {folder}", "完整结果：{folder}"),
    # --- why a dossier has no verdicts -----------------------------------------------
    "reason.timeout": (
        "it took longer than {seconds} s, the limit of this run",
        "用时超过本次运行的限额 {seconds} 秒",
    ),
    "reason.memory": (
        "it needed more memory than {limit}, the limit of this run",
        "所需内存超过本次运行的限额 {limit}",
    ),
    "reason.no-memory": (
        "it needed more memory than the machine has",
        "所需内存超过本机所有",
    ),
    "reason.killed": (
        "its process was killed (signal {signal}); the machine may have run out of memory",
        "处理该项目的进程被终止（信号 {signal}），可能是本机内存不足",
    ),
    "reason.signal": (
        "its process crashed (signal {signal})",
        "处理该项目的进程崩溃（信号 {signal}）",
    ),
    "reason.signal-limited": (
        "its process crashed (signal {signal}), most likely for want of memory: the limit is"
        " {limit}",
        "处理该项目的进程崩溃（信号 {signal}），多半因内存不足：限额为 {limit}",
    ),
    "reason.exit": (
        "its process ended by itself (code {code})",
        "处理该项目的进程自行退出（代码 {code}）",
    ),
    "reason.exit-limited": (
        "its process ended by itself (code {code}), most likely for want of memory: the limit is"
        " {limit}",
        "处理该项目的进程自行退出（代码 {code}），多半因内存不足：限额为 {limit}",
    ),
    "reason.fault": ("a fault of the engine: {fault}", "引擎故障：{fault}"),
    "reason.no-pack": (
        "it names no pack, and the run was given none",
        "项目档案未注明规则包，运行时也未指定",
    ),
    "reason.pack-path": (
        "it names its pack by a path, `{name}`; in a run over many dossiers only --pack may",
        "项目档案以路径 `{name}` 指定规则包；批量核对时只能用 --pack 指定路径",
    ),
    "reason.pack-errors": (
        "the pack it names, `{name}`, has errors",
        "其所注明的规则包 `{name}` 有错误",
    ),
    # --- what ends a run -------------------------------------------------------------
    "needs-tables": (
        "a run over many dossiers writes Parquet files and needs DuckDB",
        "批量核对需要 DuckDB 来写 Parquet 文件",
    ),
    "needs-tables.help": (
        "install it with `pip install 'guiju[tables]'`",
        "请执行 `pip install 'guiju[tables]'` 安装",
    ),
    "no-folder": ("there is no `{path}`", "`{path}` 不存在"),
    "no-folder.help": (
        "name the folder that holds the dossiers",
        "请指定存放项目档案的文件夹",
    ),
    "file-without-mapping": (
        "`{path}` is a file, and there is no mapping that says where its facts stand",
        "`{path}` 是文件，但没有映射说明各项事实在其中的位置",
    ),
    "file-without-mapping.help": (
        "give --mapping for a file of many projects, or name the folder the dossiers stand in",
        "汇总文件请用 --mapping 指定映射；否则请指定项目档案所在的文件夹",
    ),
    "is-a-dossier": (
        "`{path}` is one dossier, not a folder of dossiers",
        "`{path}` 本身是一个项目档案，而不是存放项目档案的文件夹",
    ),
    "is-a-dossier.help": (
        "check it with `guiju check`, or name the folder it stands in",
        "请用 `guiju check` 核对，或指定其所在的文件夹",
    ),
    "no-dossiers": (
        "there are no dossiers in `{path}`",
        "`{path}` 中没有项目档案",
    ),
    "no-dossiers.help": (
        "a dossier is a folder with a dossier.yaml in it, or a zip of one",
        "项目档案是含 dossier.yaml 的文件夹或其 zip 文件",
    ),
    "mapping-of-folders": (
        "`{mapping}` reads a folder as one project, and `{path}` is a file",
        "映射 `{mapping}` 把一个文件夹读作一个项目，而 `{path}` 是文件",
    ),
    "mapping-of-folders.help": (
        "name the folder that holds the projects' folders",
        "请指定存放各项目文件夹的文件夹",
    ),
    "mapping-of-files": (
        "`{mapping}` reads the projects of one file, and `{path}` is a folder",
        "映射 `{mapping}` 读取一个文件中的各个项目，而 `{path}` 是文件夹",
    ),
    "mapping-of-files.help": (
        "name the file that holds the projects",
        "请指定收录各项目的文件",
    ),
    "not-a-folder": ("`{folder}` is not a folder", "`{folder}` 不是文件夹"),
    "not-a-folder.help": (
        "name a folder for the results with --out",
        "请用 --out 指定存放结果的文件夹",
    ),
    "other-folder": (
        "`{folder}` holds something else already: `{name}`",
        "`{folder}` 中已有其他内容：`{name}`",
    ),
    "other-folder.help": (
        "results go to a folder of their own: name an empty or a new one with --out",
        "结果须单独存放：请用 --out 指定空文件夹或新文件夹",
    ),
    "in-use": (
        "another run is writing to `{folder}`",
        "另一个运行正在写入 `{folder}`",
    ),
    "in-use.help": (
        "wait for it to end, or name another folder with --out",
        "请等待其结束，或用 --out 指定其他文件夹",
    ),
    "other-run": (
        "`{folder}` holds a run that was asked something else: {changed}",
        "`{folder}` 中是另一次要求不同的运行：{changed}",
    ),
    "other-run.help": (
        "name another folder with --out, or throw away what is there with --restart",
        "请用 --out 指定其他文件夹，或用 --restart 舍弃其中的结果",
    ),
    "changed.engine": ("another version of Guiju", "规矩的版本不同"),
    "changed.packs": ("other packs, or changed ones", "规则包不同或已有改动"),
    "changed.mapping": ("another mapping, or a changed one", "映射不同或已有改动"),
    "changed.lookups": ("other parameter files", "参数文件不同"),
    "changed.as-of": ("another --as-of", "--as-of 不同"),
    "changed.select": ("another --select", "--select 不同"),
    "changed.ignore": ("another --ignore", "--ignore 不同"),
    "changed.by": ("another --by", "--by 不同"),
    "changed.reports": ("other reports", "所要的报告不同"),
    "changed.dossiers": (
        "dossiers were added, taken away or renamed",
        "项目档案有增减或改名",
    ),
    "changed.shard": ("other shards", "分片大小不同"),
    "changed.format": ("another form of the folder", "文件夹的格式不同"),
    "pack-changed": (
        "the pack {pack} was changed while the run went on",
        "运行期间规则包 {pack} 被改动",
    ),
    "pack-changed.help": (
        "start again with --restart once the pack stays as it is",
        "请待规则包不再改动后用 --restart 重新开始",
    ),
    "cannot-start": (
        "no process could get ready to assess dossiers: {reason}",
        "无法启动核对项目的进程：{reason}",
    ),
    "cannot-start.help": (
        "run it again with --debug, and see whether `guiju check` works on one of the dossiers",
        "请加 --debug 重新运行，并试用 `guiju check` 核对其中一个项目",
    ),
    "cannot-start-memory": (
        "--memory-limit is too low for a process even to start: {reason}",
        "--memory-limit 过低，进程无法启动：{reason}",
    ),
    "cannot-start-memory.help": (
        "give it at least 512MB",
        "请至少设为 512MB",
    ),
    "cannot-write": ("`{file}` cannot be written: {reason}", "无法写入 `{file}`：{reason}"),
    "cannot-write.help": (
        "what is finished stays: mend this and run the same command again",
        "已完成的部分保留；处理后请再次执行同一命令",
    ),
    "disk-full": ("`{file}` cannot be written: {reason}", "无法写入 `{file}`：{reason}"),
    "disk-full.help": (
        "make room on that disk and run the same command again; what is finished stays, and the"
        " run goes on from there",
        "请腾出该磁盘的空间后再次执行同一命令；已完成的部分保留，运行将由此继续",
    ),
    # --- the run, said on the way ----------------------------------------------------
    "progress": (
        "checked {done}/{all}  {rate} a second  {left} left",
        "已核对 {done}/{all}  每秒 {rate} 个  剩余 {left}",
    ),
    "progress.pooling": (
        "reading what other dossiers ask about {done}/{all}",
        "正在读取项目间相互核对所需的资料 {done}/{all}",
    ),
    "progress.start": ("checked {done}/{all}", "已核对 {done}/{all}"),
    "resumed": (
        "{before} of {all} dossiers were done already",
        "{all} 个项目中已有 {before} 个完成",
    ),
    "stopped": (
        "stopped with {done} of {all} dossiers done; the same command goes on from there",
        "已停止，{all} 个项目完成了 {done} 个；再次执行同一命令即可继续",
    ),
    "no-memory-limit": (
        "this system cannot keep a process to a memory limit; --memory-limit has no effect",
        "本系统无法限制进程的内存，--memory-limit 不起作用",
    ),
}
