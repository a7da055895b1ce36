"""The judgements a dossier brings: who answered what, when and why."""

from __future__ import annotations

from guiju.dossier.dates import date_of
from guiju.dossier.model import TableData
from guiju.dossier.naming import folded, nearest
from guiju.dossier.problems import Rejected, problem, shown
from guiju.dossier.written import Written
from guiju.dossier.yaml_tree import Node, Pairs, Scalar
from guiju.hints import Literal
from guiju.plan.nodes import PackPlan, RulePlan
from guiju.verdicts import JudgementGiven

KEYS = ("answer", "by", "on", "because")
Answer = Literal["yes", "no", "unclear"]
ANSWERS: dict[str, Answer] = {
    "yes": "yes",
    "true": "yes",
    "是": "yes",
    "符合": "yes",
    "no": "no",
    "false": "no",
    "否": "no",
    "不符合": "no",
    "unclear": "unclear",
    "不明": "unclear",
    "不明确": "unclear",
    "不清楚": "unclear",
}
Given = dict[tuple[str, str | None], JudgementGiven]


def judgements(
    node: Node | None, written: Written, pack: PackPlan, tables: dict[str, TableData]
) -> Given:
    """The judgements by rule id and row key. One that is incomplete is reported and left
    out: an answer without a name, a date and a reason is none."""
    found: Given = {}
    pairs = written.pairs(node, "judgements")
    if pairs is None:
        return found
    rules = {rule.id: rule for rule in pack.rules}
    asked = [rule.id for rule in pack.rules if rule.ask is not None]
    for id_, value in pairs.pairs.items():
        key = pairs.keys[id_]
        rule = rules.get(id_)
        if rule is None:
            near = nearest(id_, asked) or nearest(id_, rules)
            written.say("unknown-rule", key, "warning", rule=shown(id_), nearest=near or "")
        elif rule.ask is None:
            written.say("not-a-judgement", key, "warning", rule=shown(id_))
        _one(id_, rule, value, written, tables, found)
    return found


def _one(
    id_: str,
    rule: RulePlan | None,
    node: Node,
    written: Written,
    tables: dict[str, TableData],
    found: Given,
) -> None:
    where = f"judgements.{id_}"
    pairs = written.pairs(node, where)
    if pairs is None:
        if isinstance(node, Scalar) and node.text is None:
            written.say("key-absent", node, key="answer", where=where)
        return
    over_rows = rule.table if rule is not None else None
    rows = written.pairs(pairs.pairs.get("rows"), f"{where}.rows")
    written.only(pairs, (*KEYS, "rows"), where)
    if rows is not None:
        _rows(id_, rule, pairs, rows, written, tables, found)
        if "answer" not in pairs.pairs:
            return
    elif over_rows is not None:
        written.say("judgement-needs-rows", node, "warning", rule=shown(id_), table=over_rows)
    given = _given(pairs, pairs, written, where)
    if given is not None:
        found[id_, None] = given


def _rows(
    id_: str,
    rule: RulePlan | None,
    outer: Pairs,
    rows: Pairs,
    written: Written,
    tables: dict[str, TableData],
    found: Given,
) -> None:
    table = rule.table if rule is not None else None
    if rule is not None and table is None:
        written.say("judgement-without-rows", rows, "warning", rule=shown(id_))
    keys = tables[table].keys if table is not None and table in tables else None
    for row, node in rows.pairs.items():
        where = f"judgements.{id_}.rows.{row}"
        if keys is not None and row not in keys:
            near = nearest(row, keys) or ""
            written.say(
                "unknown-row", rows.keys[row], "warning", row=shown(row), table=table, nearest=near
            )
        pairs = written.pairs(node, where)
        if pairs is None:
            continue
        written.only(pairs, KEYS, where)
        given = _given(pairs, outer, written, where)
        if given is not None:
            found[id_, row] = given


def _given(pairs: Pairs, outer: Pairs, written: Written, where: str) -> JudgementGiven | None:
    """The answer at `pairs`; who, when and why may stand once for all rows in `outer`."""
    texts: dict[str, str] = {}
    complete = True
    for key in KEYS:
        holder = pairs if key in pairs.pairs or key == "answer" else outer
        text = written.text(holder, key, where)
        if text is None:
            written.say("key-absent", pairs, key=key, where=where)
            complete = False
        else:
            texts[key] = text
    if "answer" in texts and folded(texts["answer"]) not in ANSWERS:
        written.say("unknown-answer", pairs.pairs["answer"], text=shown(texts["answer"]))
        complete = False
    if "on" in texts:
        holder = pairs if "on" in pairs.pairs else outer
        try:
            texts["on"] = date_of(texts["on"]).isoformat()
        except Rejected as rejected:
            place = written.origin(holder.pairs["on"])
            label = {"en": "date of the judgement", "zh": "判断日期"}
            written.problems.append(
                problem(
                    rejected.code,
                    "error",
                    place,
                    name=f"{where}.on",
                    label=label,
                    **rejected.values,
                )
            )
            complete = False
    if not complete:
        return None
    return JudgementGiven(
        ANSWERS[folded(texts["answer"])],
        texts["by"],
        texts["on"],
        texts["because"],
        written.origin(pairs),
    )
