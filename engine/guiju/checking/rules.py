"""Rules, judgements, formulas and amendments, clause by clause."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from guiju.checking import problems
from guiju.checking.expressions import Checker
from guiju.checking.kinds import DATE, TEXT, YES_NO
from guiju.checking.proofs import ConditionProofs, Context, Proofs
from guiju.checking.symbols import Local, Scope, Symbols, suggest_among
from guiju.checking.vocabulary import Vocabulary
from guiju.checking.words import clause_word, said
from guiju.messages import bilingual
from guiju.plan import nodes as plan
from guiju.source import Span
from guiju.syntax import nodes as syntax

C = TypeVar("C", bound=syntax.Clause)

_CLAUSES: tuple[type[syntax.Clause], ...] = (
    syntax.Cite,
    syntax.Basis,
    syntax.ForEach,
    syntax.When,
    syntax.Unless,
    syntax.Let,
    syntax.Must,
    syntax.Else,
    syntax.Unknown,
    syntax.Defer,
    syntax.Needs,
    syntax.Remedy,
    syntax.Ask,
    syntax.Effective,
)
_MANY = (syntax.When, syntax.Unless, syntax.Let, syntax.Set, syntax.Needs)
_ALLOWED: dict[str, tuple[type[syntax.Clause], ...]] = {
    "rule": tuple(k for k in _CLAUSES if k is not syntax.Ask),
    "judge": tuple(k for k in _CLAUSES if k not in (syntax.Must, syntax.Defer)),
    "amend": (
        syntax.Cite,
        syntax.Basis,
        syntax.When,
        syntax.Effective,
        syntax.Set,
        syntax.Grace,
        syntax.Must,
        syntax.Else,
    ),
    "formula": (syntax.Cite, syntax.Basis, syntax.Let),
}


class Clauses:
    """The clauses of one item by kind, with repeats and strangers reported."""

    def __init__(
        self,
        item: str,
        name: str,
        clauses: Sequence[syntax.Clause],
        span: Span,
        whole: Span,
        rules: Rules,
    ) -> None:
        self._rules = rules
        self._item, self._name, self._span, self._whole = item, name, span, whole
        self._by_kind: dict[type[syntax.Clause], list[syntax.Clause]] = {}
        for clause in clauses:
            kind = type(clause)
            if kind not in _ALLOWED[item]:
                rules.diagnostics.add(
                    problems.MisplacedClause(
                        clause.span, clause_word(kind), bilingual(f"diagnostics.item-{item}")
                    )
                )
                continue
            if kind in self._by_kind and not issubclass(kind, _MANY):
                rules.diagnostics.add(problems.RepeatedClause(clause.span, clause_word(kind)))
                continue
            self._by_kind.setdefault(kind, []).append(clause)

    def every(self, kind: type[C]) -> list[C]:
        return [clause for clause in self._by_kind.get(kind, []) if isinstance(clause, kind)]

    def one(self, kind: type[C]) -> C | None:
        found = self.every(kind)
        return found[0] if found else None

    def needed(self, kind: type[C]) -> C | None:
        found = self.one(kind)
        # A line that could not be read may be the one that is missed.
        if found is None and not self._rules.symbols.misread(self._whole):
            self._rules.diagnostics.add(
                problems.MissingClause(self._span, clause_word(kind), self._name)
            )
        return found


class Rules:
    """Checks rules, judgements, formulas and amendments of one pack."""

    def __init__(
        self,
        vocabulary: Vocabulary,
        pack: str,
        grades: dict[str, plan.Grade],
        languages: tuple[str, ...],
    ) -> None:
        self.vocabulary = vocabulary
        self.symbols: Symbols = vocabulary.symbols
        self.diagnostics = vocabulary.diagnostics
        self.language = vocabulary.language
        self.pack = pack
        self.grades = grades
        self.languages = languages
        self.spans: dict[int, Span] = {}
        """Where the parts of formulas came from, by identity."""
        self._kept: list[plan.Expr] = []
        self._untranslated: dict[tuple[str, str], list[Span]] = {}
        self.broken_lets: dict[str, set[str]] = {}
        """The lets of each rule that have a mistake."""

    # --- rules and judgements ---------------------------------------------------------

    def rule(self, node: syntax.Rule | syntax.Judge) -> plan.RulePlan:
        """A rule as a plan. Parts with a problem are left out; the pack will not be used."""
        item = "rule" if isinstance(node, syntax.Rule) else "judge"
        head = Span(node.span.source, node.span.start, node.title.span.end)
        clauses = Clauses(item, node.id, node.clauses, head, node.span, self)
        scope = Scope()
        checker = Checker(self.symbols, scope, self.diagnostics)
        self.translated(node.title)

        table: str | None = None
        variable: Local | None = None
        where: plan.Expr | None = None
        each = clauses.one(syntax.ForEach)
        if each is not None:
            table, variable, where = self._for_each(checker, scope, each)
        lets = self._lets(checker, scope, clauses)
        self.broken_lets[node.id] = set(scope.broken)
        effective = clauses.one(syntax.Effective)
        dated = effective is not None and self.vocabulary.days(effective)
        when: list[plan.Expr] = [in_force(effective)] if effective is not None and dated else []
        when += [c for w in clauses.every(syntax.When) if (c := checker.condition(w.condition))]
        unless: list[plan.UnlessPlan] = []
        for exception in clauses.every(syntax.Unless):
            condition = checker.condition(exception.condition)
            if condition is not None:
                because = self.texts(checker, exception.because)
                unless.append(plan.UnlessPlan(condition, because))

        must: plan.Expr | None = None
        ask: dict[str, plan.Template] | None = None
        defer = clauses.one(syntax.Defer)
        if item == "rule":
            written = clauses.one(syntax.Must) if defer is not None else clauses.needed(syntax.Must)
            must = checker.condition(written.condition) if written is not None else None
        else:
            question = clauses.needed(syntax.Ask)
            ask = self.texts(checker, question.question) if question is not None else None
        otherwise = (
            clauses.one(syntax.Else)
            if item == "rule" and must is None and defer is not None
            else clauses.needed(syntax.Else)
        )
        clauses.needed(syntax.Cite)
        needs = [self._document(name) for n in clauses.every(syntax.Needs) for name in n.documents]
        remedy = clauses.one(syntax.Remedy)
        basis = clauses.one(syntax.Basis)
        plan_rule = plan.RulePlan(
            node.id,
            self.pack,
            self.vocabulary.label(node.title, node.id),
            clause_of(clauses.one(syntax.Cite)),
            basis.level if basis is not None else "unverified",
            table,
            variable.slot if variable is not None else None,
            variable.name if variable is not None else None,
            where,
            tuple(lets),
            tuple(when),
            tuple(unless),
            must,
            self.finding(checker, otherwise),
            self.finding(checker, clauses.one(syntax.Unknown)),
            self.finding(checker, defer),
            tuple(name for name in needs if name is not None),
            self.texts(checker, remedy.text) if remedy is not None else None,
            ask,
            (),
            scope.frame,
            place_of(node.span),
        )
        self._unused(scope, node.span, [c.name for c in clauses.every(syntax.Let)])
        if each is not None:
            self._unused(scope, node.span, [each.variable])
        self._prove(checker, plan_rule)
        return plan_rule

    def _unused(self, scope: Scope, item: Span, names: list[syntax.Name]) -> None:
        """Reports local names nothing uses; not where a line of the item was not read."""
        for name in names:
            unused = name.text not in scope.used and name.text not in scope.broken
            if unused and not self.symbols.misread(item):
                self.diagnostics.add(problems.UnusedName(name.span, name.text))

    def _lets(self, checker: Checker, scope: Scope, clauses: Clauses) -> list[plan.LetPlan]:
        """The lets in order; one with a mistake keeps its name, so that using it is none."""
        lets: list[plan.LetPlan] = []
        taken: dict[str, Span] = {}
        for clause in clauses.every(syntax.Let):
            name = clause.name.text
            value = checker.expression(clause.value)
            if name in taken or scope.holds(name):
                self.diagnostics.add(problems.NameTaken(clause.name.span, name, taken.get(name)))
            elif value is None:
                scope.broken.add(name)
                scope.used.add(name)
            else:
                local = scope.bind(name, value.type)
                lets.append(plan.LetPlan(local.name, local.slot, value))
            taken.setdefault(name, clause.name.span)
        return lets

    def _for_each(
        self, checker: Checker, scope: Scope, node: syntax.ForEach
    ) -> tuple[str | None, Local | None, plan.Expr | None]:
        over = None
        if isinstance(node.rows, syntax.Across):
            found = bilingual("diagnostics.across-for-each")
            self.diagnostics.add(problems.MisplacedAcross(node.rows.span, found))
        else:
            over = checker.rows(node.rows)
        if over is None or not isinstance(over[0], plan.TableRows):
            if over is not None:
                checker.mismatch(node.rows, over[0], bilingual("diagnostics.type-table"))
            # The rest is checked as if the variable stood for a row nothing is known of.
            scope.broken.add(node.variable.text)
            if node.where is not None:
                checker.condition(node.where)
            return None, None, None
        local = scope.bind(node.variable.text, over[1])
        where = checker.condition(node.where) if node.where is not None else None
        return over[0].table, local, where

    def _document(self, name: syntax.Name) -> str | None:
        found = self.symbols.documents.get(name.text)
        if found is None:
            known = set(self.symbols.documents)
            hint = suggest_among(name.text, known) if known else bilingual("diagnostics.declare-it")
            self.diagnostics.add(problems.UnknownDocument(name.span, name.text, hint))
            return None
        self.symbols.used.add(("fact", found[0], found[1].name))
        return found[1].name

    def finding(
        self, checker: Checker, node: syntax.Else | syntax.Unknown | syntax.Defer | None
    ) -> plan.FindingPlan | None:
        """What a rule raises, with a grade the pack knows."""
        if node is None:
            return None
        if node.grade.text not in self.grades:
            self.diagnostics.add(
                problems.UnknownGrade(node.grade.span, node.grade.text, ", ".join(self.grades))
            )
        return plan.FindingPlan(node.grade.text, self.texts(checker, node.message))

    def texts(self, checker: Checker, node: syntax.Texts) -> dict[str, plan.Template]:
        """A message by language, its interpolated values typed."""
        self.translated(node)
        found: dict[str, plan.Template] = {}
        for text in node.texts:
            parts = checker.template_parts(text.parts)
            if parts is not None:
                found[text.lang or self.language] = plan.Template(parts, TEXT)
        return found

    def translated(self, node: syntax.Texts) -> None:
        """Reports the languages a text lacks, and one that stands twice."""
        if not node.texts:
            return
        have: set[str] = set()
        for text in node.texts:
            tag = text.lang or self.language
            if tag in have:
                self.diagnostics.add(problems.RepeatedClause(text.span, said(tag)))
            have.add(tag)
        for language in self.languages:
            if language not in have:
                key = (node.span.source.name, language)
                self._untranslated.setdefault(key, []).append(node.span)

    def report_untranslated(self) -> None:
        """One problem a file and language, at the first text that lacks it."""
        for (_, language), spans in self._untranslated.items():
            first = min(spans, key=lambda span: span.start)
            said_language = bilingual(f"diagnostics.lang-{language}")
            self.diagnostics.add(
                problems.MissingTranslation(first, said_language, language, len(spans))
            )

    # --- formulas ---------------------------------------------------------------------

    def formula(self, node: syntax.Formula) -> plan.FormulaPlan | None:
        """A formula whose head is already known."""
        head = self.symbols.formulas[node.name.text]
        clauses = Clauses("formula", head.name, node.clauses, node.name.span, node.span, self)
        scope = Scope()
        checker = Checker(self.symbols, scope, self.diagnostics)
        variable: Local | None = None
        where: plan.Expr | None = None
        if node.for_each is not None:
            _, variable, where = self._for_each(checker, scope, node.for_each)
        lets = self._lets(checker, scope, clauses)
        body = checker.of_type(node.body, head.type)
        self.spans |= checker.spans
        self._kept += checker.kept
        basis = clauses.one(syntax.Basis)
        self._unused(scope, node.span, [c.name for c in clauses.every(syntax.Let)])
        if body is None:
            return None
        proofs = ConditionProofs(
            Proofs(self.range_of, {let.slot: let.value for let in lets}),
            checker.spans,
            self.diagnostics,
        )
        context: Context = ()
        reached = where is None or proofs.condition(where, ())
        if where is not None:
            context = ((where, True),)
        for part in (*(let.value for let in lets), body) if reached else ():
            proofs.branches(part, context)
        return plan.FormulaPlan(
            head.name,
            self.vocabulary.label(node.label, node.alias.text if node.alias else head.name),
            head.table,
            variable.slot if variable is not None else None,
            variable.name if variable is not None else None,
            where,
            tuple(lets),
            body,
            head.type,
            clause_of(clauses.one(syntax.Cite)),
            basis.level if basis is not None else None,
            node.conservative,
            scope.frame,
            place_of(node.span),
            node.alias.text if node.alias else None,
        )

    # --- proofs -----------------------------------------------------------------------

    def range_of(self, expr: plan.Expr) -> tuple[object, object]:
        """The declared range of a fact or a column."""
        field: plan.FieldPlan | None = None
        match expr:
            case plan.FactRef():
                field = self.symbols.groups[expr.group].fields.get(expr.field)
            case plan.ColumnRef() | plan.CellRef() | plan.OtherCell():
                field = self.symbols.tables[expr.table].fields.get(expr.field)
        return (field.low, field.high) if field is not None else (None, None)

    def _prove(self, checker: Checker, rule: plan.RulePlan) -> None:
        proofs = ConditionProofs(
            Proofs(self.range_of, {let.slot: let.value for let in rule.lets}),
            checker.spans,
            self.diagnostics,
        )
        # Behind a condition that never holds everything is impossible, and says nothing new.
        context: Context = ()
        if rule.where is not None:
            if not proofs.condition(rule.where, context):
                return
            context = (*context, (rule.where, True))
        for let in rule.lets:
            proofs.branches(let.value, context)
        for when in rule.when:
            if not proofs.condition(when, context):
                return
            context = (*context, (when, True))
        for unless in rule.unless:
            proofs.condition(unless.condition, context, exception=True)
            context = (*context, (unless.condition, False))
            if not proofs.proofs.possible(context):
                return
        if rule.must is not None:
            proofs.condition(rule.must, context)


def in_force(effective: syntax.Effective) -> plan.Expr:
    """Whether the as-of date lies in the days of an `effective` clause."""
    as_of = plan.AsOf(DATE)
    start = plan.Compare(">=", as_of, plan.Constant(effective.start, DATE), 1, 1, YES_NO)
    if effective.until is None:
        return start
    end = plan.Compare("<=", as_of, plan.Constant(effective.until, DATE), 1, 1, YES_NO)
    return plan.And((start, end), YES_NO)


def clause_of(node: syntax.Cite | None) -> plan.Clause | None:
    return plan.Clause(node.clause, node.quoting) if node is not None else None


def place_of(span: Span) -> str:
    """`file:line` of an item."""
    return f"{span.source.name}:{span.line}"
