"""Values a scenario asks for: formulas, facts and cells, compared exactly with what a step
expects; and the verdict of one row."""

from __future__ import annotations

import re
from datetime import date
from decimal import localcontext
from fractions import Fraction
from typing import Any

from guiju.dossier.model import Dossier
from guiju.dossier.numbers import split, unit_named
from guiju.dossier.problems import Rejected
from guiju.evaluation import Evaluator, Run, Unknown
from guiju.evaluation.texts import Wording, unit_text, value_text
from guiju.plan.nodes import And, ColumnRef, Compare, Constant, Expr, RulePlan
from guiju.plan.types import NumberType, Type, YesNoType
from guiju.quantities import CONTEXT, Unit, exact
from guiju.testing.vocabulary import Vocabulary
from guiju.testing.where import Where
from guiju.testing.why import listed
from guiju.verdicts import Requirement

_OF_ROW = re.compile(r"(?P<formula>[^\[\]]+)\[(?P<row>.+)\]")


class Values:
    """The values of a dossier under a methodology, worked out when they are asked for."""

    def __init__(self, names: Vocabulary, dossier: Dossier, day: date | None, where: Where) -> None:
        self.names = names
        self.where = where
        self.run = Run(names.pack, dossier, day)
        self.wording = Wording(self.run)

    # --- finding a value -----------------------------------------------------------------

    def find(self, name: str) -> tuple[Any, Type]:
        """A known value with its type. `name` is that of a formula, of a formula for a row
        (`biomass[P-07]`), of a fact or of a cell (`parcels[P-07].area`)."""
        value, type_ = self._value(name)
        if value is None:
            self.where.fail("not-computed", name=name, missing=name)
        if isinstance(value, Unknown):
            missing = listed(self.wording.missing_all(value.lacks), self.where)
            self.where.fail("not-computed", name=name, missing=missing)
        return value, type_

    def _value(self, name: str) -> tuple[Any, Type]:
        formula = self.names.formula(name)
        row: str | None = None
        if formula is None:
            match = _OF_ROW.fullmatch(name)
            if match is not None:
                formula, row = self.names.formula(match["formula"]), match["row"]
        if formula is None:
            return self._given(name)
        index: int | None = None
        if formula.table is not None:
            if row is None:
                self.where.fail("formula-of-rows", name=name)
            index = self._row(formula.table, row)
        elif row is not None:
            self.where.fail("formula-without-rows", name=formula.name)
        with localcontext(CONTEXT):
            found = self.run.formula(formula.name)
            return self.run.formula_value(found, index), formula.type

    def _given(self, name: str) -> tuple[Any, Type]:
        cell = self.names.cell(name)
        if cell is not None and cell.field is not None:
            row = self._row(cell.table.name, cell.row)
            column = self.run.dossier.tables[cell.table.name].columns[cell.field.name]
            return column[row], cell.field.type
        facts = [] if cell is not None else self._facts(name)
        if len(facts) != 1:
            self.where.unknown("unknown-formula", name, self.names.pack.formulas)
        group, field = facts[0]
        given = self.run.dossier.facts.get((group.name, field.name))
        return None if given is None else given.value, field.type

    def _facts(self, name: str) -> list[Any]:
        group = name.partition(".")[0]
        if "." in name and group not in self.names.pack.groups:
            return [self.names.fact(name)]
        return list(self.names.facts(name))

    def _row(self, table: str, row: str) -> int:
        data = self.run.dossier.tables.get(table)
        keys = data.keys if data is not None else []
        if row not in keys:
            self.where.unknown("unknown-row", row, keys, table=table)
        return keys.index(row)

    # --- comparing it --------------------------------------------------------------------

    def compare(self, name: str, kind: str, expected: str, tolerance: str | None = None) -> None:
        """Compares a number with the one a step gives. `kind`: is, is not, least, most.

        Units are converted exactly. A tolerance of a percentage is that of the expected
        number, unless the numbers are percentages themselves.
        """
        value, type_ = self.find(name)
        if not isinstance(type_, NumberType):
            self.where.fail("not-a-number", name=name)
        wanted, unit = self._number(expected, type_.unit)
        found = exact(value) * type_.unit.ratio_to(unit)
        within = Fraction(0)
        if tolerance is not None:
            within, of = self._number(tolerance, unit, share=True)
            if of.symbol == "%" and not unit.same_dimension(of):
                within = within / 100 * abs(wanted)
            else:
                within *= of.ratio_to(unit)
        met = {
            "is": abs(found - wanted) <= within,
            "is not": found != wanted,
            "least": found >= wanted,
            "most": found <= wanted,
        }[kind]
        if not met:
            shown = f"{value_text(value, type_, self.run)} {unit_text(type_) or ''}".strip()
            key = f"computed.{kind}" if tolerance is None else "computed.within"
            self.where.fail(key, name=name, found=shown, wanted=expected, tolerance=tolerance)

    def _number(self, text: str, own: Unit, share: bool = False) -> tuple[Fraction, Unit]:
        """A number and its unit; `own` is the unit of one without, and what it must
        measure. `share` lets a percentage stand for a part of something else."""
        try:
            number, suffix = split(text.strip().replace("−", "-"))
            unit = unit_named(suffix) if suffix else own
        except Rejected:
            self.where.fail("not-a-quantity", text=text)
        if not unit.same_dimension(own) and not (share and unit.symbol == "%"):
            self.where.fail("other-dimension", text=text, unit=own.symbol or "1")
        return Fraction(number), unit

    def compare_text(self, name: str, expected: str) -> None:
        """Compares a date, a text, an option or a yes or no with the one a step gives."""
        from guiju.dossier.values import reader_of

        value, type_ = self.find(name)
        if isinstance(type_, NumberType):
            self.compare(name, "is", expected)
            return
        try:
            wanted = reader_of(type_)(expected)
        except Rejected:
            self.where.fail("not-of-its-kind", text=expected, name=name)
        if value != wanted:
            found = value_text(value, type_, self.run)
            self.where.fail("computed.is", name=name, found=found, wanted=expected)

    # --- rows ----------------------------------------------------------------------------

    def row_verdict(self, requirement: Requirement, table: str | None, row: str) -> str:
        """The verdict of a rule on one row."""
        plan = self.names.rule(requirement.id)
        if plan.table is None:
            self.where.fail("rule-without-rows", name=plan.id)
        if table is not None and self.names.table(table).name != plan.table:
            self.where.fail("rule-of-other-table", name=plan.id, table=plan.table)
        index = self._row(plan.table, row)
        for finding in requirement.findings:
            if finding.subject == row:
                return finding.verdict
        # An assessment does not tell rows without a finding apart, so the rule is asked once
        # more for that row alone; every other row is still there for it to look at.
        with localcontext(CONTEXT):
            asked = Evaluator(self.run, self.wording, brief=True)
            return asked.requirement(self._only(plan, index)).verdict

    def _only(self, plan: RulePlan, index: int) -> RulePlan:
        """A rule for the row with the key of the one at `index`."""
        assert plan.table is not None
        assert plan.slot is not None
        table = self.names.pack.tables[plan.table]
        columns = self.run.dossier.tables[plan.table].columns
        conditions: list[Expr] = [] if plan.where is None else [plan.where]
        for name in table.key:
            type_ = table.fields[name].type
            column = ColumnRef(plan.slot, plan.variable or "", table.name, name, type_)
            key = Constant(columns[name][index], type_)
            conditions.append(Compare("=", column, key, 1, 1, YesNoType()))
        return plan._replace(where=And(tuple(conditions), YesNoType()))
