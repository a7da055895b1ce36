"""What is missing at the very place of an expression; the rest is said by its parts."""

from __future__ import annotations

from guiju.evaluation.run import Frame, Run
from guiju.evaluation.unknown import Lacking, Unknown
from guiju.plan import nodes
from guiju.plan.functions import MEASURES
from guiju.plan.nodes import Expr

MOST_MEMBERS = 50
"""Rows listed under a quantifier or an aggregate, failing and unknown ones first."""


def missing_here(run: Run, node: Expr, frame: Frame, value: Unknown) -> list[Lacking]:
    """Of all that an unknown value lacks, what is missing at the expression it is the value of."""
    match node:
        case (
            nodes.FactRef()
            | nodes.ColumnRef()
            | nodes.AsOf()
            | nodes.TableRows()
            | nodes.OtherRows()
        ):
            return list(value.lacks)
        case nodes.RowByKey():
            own = [k for k in value.lacks if k.kind in ("row", "table")]
            return [k for k in own if k.name == node.table]
        case nodes.CellRef() | nodes.OtherCell():
            unknown = run.compile(node.row)(frame).__class__ is Unknown
            return [] if unknown else list(value.lacks)
        case nodes.LookupRef():
            return [k for k in value.lacks if k.kind in ("lookup", "not acceptable", "as-of")]
        case nodes.PartRef():
            own = [k for k in value.lacks if k.kind == "document" and k.field]
            return own + _undefined(run, node, value)
        case nodes.FormulaRef(row=None):
            return sorted(value.lacks)[:MOST_MEMBERS]
        case (
            nodes.Quantified(rows=nodes.OtherRows(table=table))
            | nodes.Aggregate(rows=nodes.OtherRows(table=table))
        ):
            unread = [k for k in value.lacks if k.kind == "other table" and k.name == table]
            return unread + _undefined(run, node, value)
    return _undefined(run, node, value)


def _undefined(run: Run, node: Expr, value: Unknown) -> list[Lacking]:
    return [
        lack
        for lack in value.lacks
        if lack.kind in ("undefined", "calendar") and run.sites[lack.row] is node
    ] + _faulty(node, value)


def _faulty(node: Expr, value: Unknown) -> list[Lacking]:
    """The boundaries with faults that a measure was to be taken of."""
    if not isinstance(node, nodes.Call) or node.function not in MEASURES:
        return []
    faulty = ("boundary", "other boundary")
    return [lack for lack in sorted(value.lacks) if lack.kind in faulty][:MOST_MEMBERS]
