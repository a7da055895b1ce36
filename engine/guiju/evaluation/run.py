"""One run of a pack over a dossier: every expression becomes a function of a frame.

Each node of the plan is compiled once per run to a closure `f(frame) -> value`, found
again by the node's identity, so that verdicts, derivations and margins all call the same
function and there is one meaning only. A frame is a list of slots; a slot that stands
for a row of a table holds its index.

What a missing fact would change is found by running the same closures with values put
in its place: `Run.trial` opens such a time, in which formulas without a value are worked
out anew and everything else is remembered.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Context, DivisionByZero, InvalidOperation

from guiju.dossier.model import Dossier
from guiju.evaluation.pack_words import words_of
from guiju.evaluation.unknown import Lacking, Probe, Unknown, lacking
from guiju.hints import TYPE_CHECKING, Any
from guiju.plan import nodes
from guiju.plan.nodes import Expr, FieldPlan, FormulaPlan, PackPlan

if TYPE_CHECKING:
    from guiju.dossier.others import Others
    from guiju.evaluation.across import OtherTable
    from guiju.evaluation.boundaries import Boundaries

Frame = list[Any]
Fn = Callable[[Frame], Any]
Compiler = Callable[["Run", Any], Fn]

WIDE = Context(prec=16_000, Emin=-999_999, Emax=999_999, traps=[DivisionByZero, InvalidOperation])
"""For sums and products that must be exact, as where two sides are compared."""

_NOT_FOLDED = frozenset(
    (
        nodes.TableRows,
        nodes.OtherRows,
        nodes.Quantified,
        nodes.Aggregate,
        nodes.FormulaRef,
        nodes.LocalRef,
        nodes.ColumnRef,
        nodes.Template,
    )
)

_NOTHING = object()


class FormulaRun:
    """A formula with the values found so far: one, or one per row."""

    __slots__ = ("body", "lets", "plan", "trial", "trial_rows", "value", "values", "where")

    def __init__(self, plan: FormulaPlan) -> None:
        self.plan = plan
        self.value: Any = _NOTHING
        self.values: dict[int, Any] = {}
        self.trial: Any = _NOTHING
        self.trial_rows: dict[int, Any] = {}
        self.body: Fn | None = None
        self.where: Fn | None = None
        self.lets: list[tuple[int, Fn]] = []


class Run:
    """A pack, a dossier and a date, and all that was compiled and worked out so far. `others`
    are the dossiers it is assessed together with."""

    def __init__(
        self, pack: PackPlan, dossier: Dossier, as_of: date | None, others: Others | None = None
    ) -> None:
        self.pack = pack
        self.others = others
        self._other_tables: dict[str, OtherTable] = {}
        self.dossier = dossier
        self.as_of = as_of
        self.words = words_of(pack)
        self._children = self.words.parts.children
        self.sites: list[Expr] = []
        self.free: dict[Lacking, Any] = {}
        """Values put in the place of missing facts; the closures hold this very object."""
        self.probe: Probe | None = None
        self.in_trial = False
        self._functions: dict[int, Fn] = {}
        self._constants: dict[int, Any] = {}
        self._formulas: dict[str, FormulaRun] = {}
        self._tried: list[FormulaRun] = []
        self.compiled: list[Any] = []
        """Every node compiled so far; holding them keeps their identities theirs."""
        self._non_monotone: dict[str, bool] = {}
        self._boundaries: Boundaries | None = None
        self.nearby: dict[int, Any] = {}
        """By the identity of a quantifier or an aggregate: the members it has to go over."""
        self.lookup_rows: dict[int, Any] = {}
        """By the identity of a value taken from a lookup: what finds its row."""
        self.row_keys: dict[str, dict[tuple[Any, ...], int]] = {}
        """By table: its rows by their key."""
        self.sizes: dict[str, int] = {}
        """By table: how many rows it has, of a dossier that holds only a part of them."""
        self.indexes: dict[tuple[str, str | tuple[str, ...]], Any] = {}
        """By table and column: the rows by value."""

    @property
    def boundaries(self) -> Boundaries:
        """The boundaries of the dossier, made ready for measuring when they are first asked for."""
        if self._boundaries is None:
            from guiju.evaluation.boundaries import Boundaries

            self._boundaries = Boundaries(self)
        return self._boundaries

    def other_table(self, name: str) -> OtherTable | None:
        """A table in the other dossiers; None where the dossier is assessed by itself."""
        if self.others is None:
            return None
        found = self._other_tables.get(name)
        if found is None:
            from guiju.evaluation.across import OtherTable

            pool = self.others.tables[name]
            found = self._other_tables[name] = OtherTable(pool, self.dossier.id)
        return found

    # --- compiling ---------------------------------------------------------------------

    def compile(self, node: Expr) -> Fn:
        """The function of a node; the same one for the same node."""
        found = self._functions.get(id(node))
        if found is not None:
            return found
        if node.__class__ is nodes.Constant:
            self._constants[id(node)] = node.value
            function = self._functions[id(node)] = constant(node.value)
            self.compiled.append(node)
            return function
        function = COMPILERS[node.__class__](self, node)
        # Within a trial a missing fact has a value that is not the dossier's.
        foldable = node.__class__ not in _NOT_FOLDED and not self.in_trial
        if foldable and self._rests_on_constants(node):
            value = function([])
            if value.__class__ is not Unknown:
                self._constants[id(node)] = value
                function = constant(value)
        self._functions[id(node)] = function
        self.compiled.append(node)
        return function

    def _rests_on_constants(self, node: Expr) -> bool:
        """Whether a node depends on nothing but constants and known facts."""
        constants = self._constants
        return all(map(constants.__contains__, map(id, self._children(node))))

    def is_constant(self, node: Expr) -> bool:
        """Whether a compiled node has the same known value in every frame."""
        return id(node) in self._constants

    def site(self, node: Expr) -> int:
        """The number under which a node is named as the one without a result."""
        self.sites.append(node)
        return len(self.sites) - 1

    def field(self, group: str, name: str) -> FieldPlan | None:
        """The declaration of a fact or of a column."""
        if group in self.pack.groups:
            return self.pack.groups[group].fields.get(name)
        if group in self.pack.tables:
            return self.pack.tables[group].fields.get(name)
        return None

    def size(self, table: str) -> int:
        """How many rows a table has."""
        if table in self.sizes:
            return self.sizes[table]
        data = self.dossier.tables.get(table)
        return 0 if data is None else len(data)

    # --- unknowns ----------------------------------------------------------------------

    def merge(self, *values: Any) -> Unknown:
        """The unknown that lacks all its operands lack. A fact among them was used in a
        way that shows nothing about where a verdict turns."""
        unknowns = [value for value in values if value.__class__ is Unknown]
        if self.probe is not None:
            for value in unknowns:
                if value.source is not None:
                    self.probe.opaque.add(value.source)
        if len(unknowns) == 1:
            only: Unknown = unknowns[0]
            plain = only.source is None and only.bounds is None
            return only if plain else Unknown(only.lacks)
        return Unknown(frozenset().union(*(value.lacks for value in unknowns)))

    # --- formulas ----------------------------------------------------------------------

    def formula(self, name: str) -> FormulaRun:
        """A formula, compiled at its first use."""
        found = self._formulas.get(name)
        if found is None:
            found = self._formulas[name] = FormulaRun(self.pack.formulas[name])
        if found.body is None:
            plan = found.plan
            found.lets = [(let.slot, self.compile(let.value)) for let in plan.lets]
            found.where = None if plan.where is None else self.compile(plan.where)
            found.body = self.compile(plan.body)
        return found

    def formula_value(self, formula: FormulaRun, row: int | None) -> Any:
        """The value of a formula, or of a per-row formula for a row; worked out once."""
        known = formula.value if row is None else formula.values.get(row, _NOTHING)
        if self.in_trial:
            # INVARIANT: a value that is known with a fact missing stays the same whatever
            # the fact is, unless the formula asks whether something is known.
            if (
                known is not _NOTHING
                and known.__class__ is not Unknown
                and not self._asks_what_is_known(formula.plan.name)
            ):
                return known
            tried = formula.trial if row is None else formula.trial_rows.get(row, _NOTHING)
            if tried is not _NOTHING:
                return tried
            self._tried.append(formula)
            value = self._work_out(formula, row)
            if row is None:
                formula.trial = value
            else:
                formula.trial_rows[row] = value
            return value
        if known is not _NOTHING:
            return known
        value = self._work_out(formula, row)
        if row is None:
            formula.value = value
        else:
            formula.values[row] = value
        return value

    def formula_frame(self, formula: FormulaRun, row: int | None) -> Frame:
        """The frame of a formula for a row, with its lets."""
        frame: Frame = [None] * formula.plan.frame
        if row is not None and formula.plan.slot is not None:
            frame[formula.plan.slot] = row
        for slot, let in formula.lets:
            frame[slot] = let(frame)
        return frame

    def _work_out(self, formula: FormulaRun, row: int | None) -> Any:
        assert formula.body is not None
        frame = self.formula_frame(formula, row)
        if formula.where is None:
            return formula.body(frame)
        selected = formula.where(frame)
        if selected is True:
            return formula.body(frame)
        if selected is False:
            return lacking("undefined", "outside", self._outside(formula), "")
        return self.merge(selected)

    def _outside(self, formula: FormulaRun) -> int:
        where = formula.plan.where
        assert where is not None
        for number, node in enumerate(self.sites):
            if node is where:
                return number
        return self.site(where)

    def _asks_what_is_known(self, name: str) -> bool:
        found = self._non_monotone.get(name)
        if found is None:
            plan = self.pack.formulas[name]
            parts = [plan.body, *(let.value for let in plan.lets)]
            if plan.where is not None:
                parts.append(plan.where)
            found = self._non_monotone[name] = any(map(self._asks, parts))
        return found

    def _asks(self, node: Expr) -> bool:
        if node.__class__ is nodes.IsKnown:
            return True
        if isinstance(node, nodes.FormulaRef) and self._asks_what_is_known(node.formula):
            return True
        return any(map(self._asks, self._children(node)))

    def forget_values(self) -> None:
        """Forgets what formulas came to, for a run whose facts are to be others."""
        for formula in self._formulas.values():
            formula.value = _NOTHING
            formula.values.clear()

    # --- trials ------------------------------------------------------------------------

    def trial(self, free: dict[Lacking, Any], probe: Probe | None) -> Trial:
        """A time in which missing facts have the values of `free`."""
        self.free.clear()
        self.free.update(free)
        self.probe, self.in_trial = probe, True
        return Trial(self)

    def end_trial(self) -> None:
        """Back to what the dossier says."""
        self.free.clear()
        self.probe, self.in_trial = None, False
        for formula in self._tried:
            formula.trial = _NOTHING
            formula.trial_rows.clear()
        self._tried.clear()


class Trial:
    """A trial, until the `with` that opened it ends."""

    __slots__ = ("run",)

    def __init__(self, run: Run) -> None:
        self.run = run

    def __enter__(self) -> None:
        return None

    def __exit__(self, *error: object) -> None:
        self.run.end_trial()


def constant(value: Any) -> Fn:
    """The function that always has this value."""
    return lambda frame: value


COMPILERS: dict[type, Compiler] = {}
"""How each kind of node is compiled, filled by the modules of this package."""


def compiles(kind: type) -> Callable[[Compiler], Compiler]:
    """Registers how a kind of node is compiled."""

    def register(compiler: Compiler) -> Compiler:
        COMPILERS[kind] = compiler
        return compiler

    return register
