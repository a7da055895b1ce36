"""Rules, judgements, formulas and amendments, clause by clause."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, TypeVar

from guiju.checking import problems
from guiju.checking.expressions import Checker
from guiju.checking.kinds import DATE, TEXT, YES_NO
from guiju.checking.proofs import ConditionProofs, Context, Proofs
from guiju.checking.symbols import Local, Scope, Symbols, suggest_among
from guiju.checking.vocabulary import Vocabulary
from guiju.messages import bilingual
from guiju.plan import nodes as plan
from guiju.plan.types import RowType
from guiju.source import Span
from guiju.syntax import nodes as syntax

C = TypeVar("C", bound=syntax.Clause)

_WORDS: dict[type[syntax.Clause], str] = {
    syntax.Cite: "cite",
    syntax.Basis: "basis",
    syntax.ForEach: "for",
    syntax.When: "when",
    syntax.Unless: "unless",
    syntax.Let: "let",
    syntax.Must: "must",
    syntax.Else: "else",
    syntax.Unknown: "unknown",
    syntax.Defer: "defer",
    syntax.Needs: "needs",
    syntax.Remedy: "remedy",
    syntax.Ask: "ask",
    syntax.Effective: "effective",
    syntax.Set: "set",
    syntax.Grace: "grace",
}
_MANY = (syntax.When, syntax.Unless, syntax.Let, syntax.Set, syntax.Needs)
_ALLOWED: dict[str, tuple[type[syntax.Clause], ...]] = {
    "rule": tuple(k for k in _WORDS if k not in (syntax.Ask, syntax.Set, syntax.Grace)),
    "judge": tuple(
        k for k in _WORDS if k not in (syntax.Must, syntax.Set, syntax.Grace, syntax.Defer)
    ),
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


class CheckedAmendment(NamedTuple):
    """An amendment ready to be woven into its rule."""

    id: str
    target: str
    what: str
    in_force: plan.Expr
    effective: syntax.Effective
    when: tuple[plan.Expr, ...]
    span: Span


class Clauses:
    """The clauses of one item by kind, with repeats and strangers reported."""

    def __init__(
        self, item: str, name: str, clauses: Sequence[syntax.Clause], span: Span, rules: Rules
    ) -> None:
        self._rules = rules
        self._item, self._name, self._span = item, name, span
        self._by_kind: dict[type[syntax.Clause], list[syntax.Clause]] = {}
        for clause in clauses:
            kind = type(clause)
            if kind not in _ALLOWED[item]:
                rules.diagnostics.add(
                    problems.MisplacedClause(
                        clause.span, _WORDS[kind], bilingual(f"diagnostics.item-{item}")
                    )
                )
                continue
            if kind in self._by_kind and not issubclass(kind, _MANY):
                rules.diagnostics.add(problems.RepeatedClause(clause.span, _WORDS[kind]))
                continue
            self._by_kind.setdefault(kind, []).append(clause)

    def every(self, kind: type[C]) -> list[C]:
        return [clause for clause in self._by_kind.get(kind, []) if isinstance(clause, kind)]

    def one(self, kind: type[C]) -> C | None:
        found = self.every(kind)
        return found[0] if found else None

    def needed(self, kind: type[C]) -> C | None:
        found = self.one(kind)
        if found is None:
            self._rules.diagnostics.add(
                problems.MissingClause(self._span, _WORDS[kind], self._name)
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

    # --- rules and judgements ---------------------------------------------------------

    def rule(self, node: syntax.Rule | syntax.Judge) -> plan.RulePlan:
        """A rule as a plan. Parts with a problem are left out; the pack will not be used."""
        item = "rule" if isinstance(node, syntax.Rule) else "judge"
        head = Span(node.span.source, node.span.start, node.title.span.end)
        clauses = Clauses(item, node.id, node.clauses, head, self)
        scope = Scope()
        checker = Checker(self.symbols, scope, self.diagnostics)
        self.translated(node.title)

        table: str | None = None
        variable: Local | None = None
        where: plan.Expr | None = None
        each = clauses.one(syntax.ForEach)
        if each is not None:
            table, variable, where = self._for_each(checker, scope, each)
        lets: list[plan.LetPlan] = []
        for clause in clauses.every(syntax.Let):
            value = checker.expression(clause.value)
            if value is not None:
                local = scope.bind(clause.name.text, value.type)
                lets.append(plan.LetPlan(local.name, local.slot, value))
        effective = clauses.one(syntax.Effective)
        when: list[plan.Expr] = [in_force(effective)] if effective is not None else []
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
            self._finding(checker, otherwise),
            self._finding(checker, clauses.one(syntax.Unknown)),
            self._finding(checker, defer),
            tuple(name for name in needs if name is not None),
            self.texts(checker, remedy.text) if remedy is not None else None,
            ask,
            (),
            scope.frame,
            place_of(node.span),
        )
        for clause in clauses.every(syntax.Let):
            if clause.name.text not in scope.used:
                self.diagnostics.add(problems.UnusedName(clause.name.span, clause.name.text))
        if each is not None and variable is not None and variable.name not in scope.used:
            self.diagnostics.add(problems.UnusedName(each.variable.span, variable.name))
        self._prove(checker, plan_rule)
        return plan_rule

    def _for_each(
        self, checker: Checker, scope: Scope, node: syntax.ForEach
    ) -> tuple[str | None, Local | None, plan.Expr | None]:
        over = checker.rows(node.rows)
        if over is None or not isinstance(over[0], plan.TableRows):
            if over is not None:
                checker.mismatch(node.rows, over[0], bilingual("diagnostics.type-table"))
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

    def _finding(
        self, checker: Checker, node: syntax.Else | syntax.Unknown | syntax.Defer | None
    ) -> plan.FindingPlan | None:
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
        """Reports the languages a text lacks."""
        have = {text.lang or self.language for text in node.texts}
        for language in self.languages:
            if language not in have:
                self.diagnostics.add(
                    problems.MissingTranslation(
                        node.span, bilingual(f"diagnostics.lang-{language}")
                    )
                )

    # --- formulas ---------------------------------------------------------------------

    def formula(self, node: syntax.Formula) -> plan.FormulaPlan | None:
        """A formula whose head is already known."""
        head = self.symbols.formulas[node.name.text]
        clauses = Clauses("formula", head.name, node.clauses, node.name.span, self)
        scope = Scope()
        checker = Checker(self.symbols, scope, self.diagnostics)
        variable: Local | None = None
        where: plan.Expr | None = None
        if node.for_each is not None:
            _, variable, where = self._for_each(checker, scope, node.for_each)
        lets: list[plan.LetPlan] = []
        for clause in clauses.every(syntax.Let):
            value = checker.expression(clause.value)
            if value is not None:
                local = scope.bind(clause.name.text, value.type)
                lets.append(plan.LetPlan(local.name, local.slot, value))
        body = checker.of_type(node.body, head.type)
        basis = clauses.one(syntax.Basis)
        for clause in clauses.every(syntax.Let):
            if clause.name.text not in scope.used:
                self.diagnostics.add(problems.UnusedName(clause.name.span, clause.name.text))
        if body is None:
            return None
        proofs = ConditionProofs(
            Proofs(self.range_of, {let.slot: let.value for let in lets}),
            checker.spans,
            self.diagnostics,
        )
        context: Context = ()
        if where is not None:
            proofs.condition(where, ())
            context = ((where, True),)
        for part in (*(let.value for let in lets), body):
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
        )

    # --- proofs -----------------------------------------------------------------------

    def range_of(self, expr: plan.Expr) -> tuple[object, object]:
        """The declared range of a fact or a column."""
        field: plan.FieldPlan | None = None
        match expr:
            case plan.FactRef():
                field = self.symbols.groups[expr.group].fields.get(expr.field)
            case plan.ColumnRef():
                field = self.symbols.tables[expr.table].fields.get(expr.field)
        return (field.low, field.high) if field is not None else (None, None)

    def _prove(self, checker: Checker, rule: plan.RulePlan) -> None:
        proofs = ConditionProofs(
            Proofs(self.range_of, {let.slot: let.value for let in rule.lets}),
            checker.spans,
            self.diagnostics,
        )
        context: Context = ()
        if rule.where is not None:
            proofs.condition(rule.where, context)
            context = (*context, (rule.where, True))
        for let in rule.lets:
            proofs.branches(let.value, context)
        for when in rule.when:
            proofs.condition(when, context)
            context = (*context, (when, True))
        for unless in rule.unless:
            proofs.condition(unless.condition, context, exception=True)
            context = (*context, (unless.condition, False))
        if rule.must is not None:
            proofs.condition(rule.must, context)

    # --- amendments -------------------------------------------------------------------

    def amend(
        self, node: syntax.Amend, rules: dict[str, plan.RulePlan], woven: list[CheckedAmendment]
    ) -> None:
        """Weaves an amendment into its rule: each value it sets becomes a condition on the
        as-of date between the new and the old expression."""
        head = Span(node.span.source, node.span.start, node.title.span.end)
        clauses = Clauses("amend", node.id, node.clauses, head, self)
        self.translated(node.title)
        clauses.needed(syntax.Cite)
        effective = clauses.needed(syntax.Effective)
        if node.prefix is not None and node.prefix.text not in self.symbols.packs:
            self.diagnostics.add(problems.UnknownPrefix(node.prefix.span, node.prefix.text))
            return
        target = rules.get(node.target)
        if target is None:
            hint = suggest_among(node.target, set(rules))
            self.diagnostics.add(problems.UnknownRule(head, node.target, hint))
            return
        sets, must = clauses.every(syntax.Set), clauses.one(syntax.Must)
        if not sets and must is None:
            clauses.needed(syntax.Set)
        if effective is None:
            return
        row = (
            [Local(target.variable, target.slot, RowType(target.table))]
            if (
                target.variable is not None and target.slot is not None and target.table is not None
            )
            else []
        )
        before: list[Local] = list(row)
        lets: list[plan.LetPlan] = []
        names = {let.name for let in target.lets}
        for clause in sets:
            if clause.name.text not in names:
                hint = suggest_among(clause.name.text, names)
                self.diagnostics.add(problems.UnknownName(clause.name.span, clause.name.text, hint))
        frame = target.frame
        for let in target.lets:
            value = let.value
            for clause in sets:
                if clause.name.text == let.name:
                    scope = Scope(tuple(before), frame)
                    checker = Checker(self.symbols, scope, self.diagnostics)
                    new = checker.of_type(clause.value, let.value.type)
                    condition = self._amended(checker, clauses, effective)
                    frame = scope.frame
                    if new is not None and condition is not None:
                        self._clash(
                            node, target.id, let.name, condition, effective, woven, clause.span
                        )
                        value = plan.If(condition[0], new, value, value.type)
            lets.append(plan.LetPlan(let.name, let.slot, value))
            before.append(Local(let.name, let.slot, let.value.type))
        changed = target._replace(
            lets=tuple(lets), frame=frame, amended_by=(*target.amended_by, node.id)
        )
        if must is not None and target.must is not None:
            scope = Scope(tuple(before), frame)
            checker = Checker(self.symbols, scope, self.diagnostics)
            replaced = checker.condition(must.condition)
            condition = self._amended(checker, clauses, effective)
            otherwise = self._finding(checker, clauses.one(syntax.Else))
            if replaced is not None and condition is not None:
                self._clash(node, target.id, "must", condition, effective, woven, must.span)
                changed = changed._replace(
                    must=plan.If(condition[0], replaced, target.must, YES_NO),
                    otherwise=_amended_finding(condition[0], otherwise, target.otherwise),
                    frame=scope.frame,
                )
        rules[target.id] = changed

    def _amended(
        self, checker: Checker, clauses: Clauses, effective: syntax.Effective
    ) -> tuple[plan.Expr, tuple[plan.Expr, ...]] | None:
        """When an amendment holds: in force, its `when` true, and no grace."""
        when = [checker.condition(clause.condition) for clause in clauses.every(syntax.When)]
        if any(condition is None for condition in when):
            return None
        typed = tuple(condition for condition in when if condition is not None)
        parts: list[plan.Expr] = [in_force(effective), *typed]
        grace = clauses.one(syntax.Grace)
        if grace is not None:
            spared = checker.condition(grace.condition)
            if spared is None:
                return None
            until = plan.Compare(
                "<=", plan.AsOf(DATE), plan.Constant(grace.until, DATE), 1, 1, YES_NO
            )
            parts.append(plan.Not(plan.And((spared, until), YES_NO), YES_NO))
        return plan.And(tuple(parts), YES_NO), typed

    def _clash(
        self,
        node: syntax.Amend,
        target: str,
        what: str,
        condition: tuple[plan.Expr, tuple[plan.Expr, ...]],
        effective: syntax.Effective,
        woven: list[CheckedAmendment],
        span: Span,
    ) -> None:
        mine = CheckedAmendment(node.id, target, what, condition[0], effective, condition[1], span)
        for other in woven:
            if (other.target, other.what) != (target, what) or other.id == node.id:
                continue
            both = ((mine.in_force, True), (other.in_force, True))
            if Proofs(self.range_of, {}).possible(both):
                self.diagnostics.add(problems.AmendmentsClash(span, what, other.id))
        woven.append(mine)


def in_force(effective: syntax.Effective) -> plan.Expr:
    """Whether the as-of date lies in the days of an `effective` clause."""
    as_of = plan.AsOf(DATE)
    start = plan.Compare(">=", as_of, plan.Constant(effective.start, DATE), 1, 1, YES_NO)
    if effective.until is None:
        return start
    end = plan.Compare("<=", as_of, plan.Constant(effective.until, DATE), 1, 1, YES_NO)
    return plan.And((start, end), YES_NO)


def _amended_finding(
    condition: plan.Expr, new: plan.FindingPlan | None, old: plan.FindingPlan | None
) -> plan.FindingPlan | None:
    """The finding of a rule whose `must` is amended: each text under its condition."""
    if new is None or old is None:
        return new or old
    message = {
        language: plan.Template((plan.If(condition, new.message[language], text, TEXT),), TEXT)
        if language in new.message
        else text
        for language, text in old.message.items()
    }
    return plan.FindingPlan(old.grade, message)


def clause_of(node: syntax.Cite | None) -> plan.Clause | None:
    return plan.Clause(node.clause, node.quoting) if node is not None else None


def place_of(span: Span) -> str:
    """`file:line` of an item."""
    return f"{span.source.name}:{span.line}"
