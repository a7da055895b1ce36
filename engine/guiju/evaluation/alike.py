"""What missing facts would change, found once for rows that are alike.

Of thousands of rows that lack a cell most lack the same one, and the other cells by which the rule
knows them are the same. What `relevance.settle` finds for one of them it would find for each, with
that row's own cells in the place of the first one's.
"""

from __future__ import annotations

from guiju.evaluation.columns import gather, lets_of
from guiju.evaluation.outcome import CompiledRule, Outcome
from guiju.evaluation.relevance import Settled, settle
from guiju.hints import Any
from guiju.plan import nodes
from guiju.plan.walk import inside


class Alike:
    """Settles the outcomes of a rule's rows."""

    def __init__(self, rule: CompiledRule) -> None:
        self.rule = rule
        self.columns = _columns(rule)
        self._found: dict[Any, tuple[int, Settled]] = {}

    def settle(self, row: int, outcome: Outcome) -> Settled:
        """What an outcome with unknowns comes to, as `relevance.settle` says."""
        if self.columns is None:
            return settle(self.rule, row, outcome)
        table = self.rule.plan.table
        cells = tuple(column[row] for column in self.columns)
        try:
            known = self._found.get(cells)
        except TypeError:  # cells that have no hash
            return settle(self.rule, row, outcome)
        if known is None:
            known = self._found[cells] = row, settle(self.rule, row, outcome)
        first, (states, lacks) = known
        if first == row:
            return known[1]
        own = frozenset(
            lack._replace(row=row) if lack.kind == "cell" and lack.name == table else lack
            for lack in lacks
        )
        return Settled(states, own)


def _columns(rule: CompiledRule) -> list[list[Any]] | None:
    """The columns by whose cells alone a rule knows its rows; None for a rule that knows them
    otherwise, or that goes over the rows of its own table, of which each is one of its own."""
    plan, run = rule.plan, rule.run
    if plan.table is None or plan.slot is None or plan.ask is not None or plan.across:
        return None
    asked = [*(let.value for let in plan.lets), *plan.when]
    asked += [unless.condition for unless in plan.unless]
    asked += [part for part in (plan.where, plan.must) if part is not None]
    fields: dict[str, None] = {}
    for node in asked:
        if any(_elsewhere(part, plan.table) for part in inside(node)):
            return None
        if not gather(node, plan.slot, lets_of(rule), fields):
            return None
    columns = run.dossier.tables[plan.table].columns
    return [columns[field] for field in fields]


def _elsewhere(part: Any, table: str) -> bool:
    """Whether an expression may rest on rows of a table other than the one in hand."""
    match part:
        case nodes.FormulaRef():
            return True
        case nodes.TableRows(table=named) | nodes.RowByKey(table=named):
            return bool(named == table)
    return False
