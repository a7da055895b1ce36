"""Amendments: woven into the rules they change, and proved never to meet."""

from __future__ import annotations

from guiju.checking import problems
from guiju.checking.expressions import Checker
from guiju.checking.kinds import DATE, TEXT, YES_NO
from guiju.checking.proofs import ConditionProofs, Proofs
from guiju.checking.rules import Clauses, Rules, clause_of, in_force, place_of
from guiju.checking.symbols import Local, Scope, suggest_among
from guiju.checking.words import clause_word, said
from guiju.messages import bilingual
from guiju.plan import nodes as plan
from guiju.plan.types import RowType
from guiju.source import Span
from guiju.syntax import nodes as syntax


class Amendments:
    """Weaves amendments into rules: each value one sets becomes a condition on the as-of
    date between the new and the old expression."""

    def __init__(self, rules: Rules) -> None:
        self.rules = rules
        self.symbols = rules.symbols
        self.diagnostics = rules.diagnostics

    def amend(self, node: syntax.Amend, rules: dict[str, plan.RulePlan]) -> None:
        """Changes the rule in `rules` that an amendment names."""
        head = Span(node.span.source, node.span.start, node.title.span.end)
        clauses = Clauses("amend", node.id, node.clauses, head, node.span, self.rules)
        self.rules.translated(node.title)
        cite = clauses.needed(syntax.Cite)
        effective = clauses.needed(syntax.Effective)
        self.rules.vocabulary.days(effective)
        target = self._target(node, head, rules)
        sets, must = clauses.every(syntax.Set), clauses.one(syntax.Must)
        if not sets and must is None:
            clauses.needed(syntax.Set)
        otherwise = clauses.one(syntax.Else)
        if target is None or effective is None:
            return
        if must is not None and target.must is None:
            self._misplaced(must, "judge")
            must = None
        if otherwise is not None and must is None:
            self._misplaced(otherwise, "amend-set")
        wanted = self._wanted(target, sets)
        lets: list[plan.LetPlan] = []
        amendments = list(target.amendments)
        basis = clauses.one(syntax.Basis)
        says = plan.AmendmentPlan(
            node.id,
            "must",
            plan.Constant(True, YES_NO),
            self.rules.pack,
            self.rules.vocabulary.label(node.title, node.id),
            clause_of(cite),
            basis.level if basis is not None else None,
            place_of(node.span),
        )
        frame = target.frame
        before = _row_of(target)
        for let in target.lets:
            value = let.value
            if let.name in wanted:
                clause = wanted[let.name]
                scope = Scope(tuple(before), frame)
                scope.broken = self.rules.broken_lets.get(target.id, set())
                checker = Checker(self.symbols, scope, self.diagnostics)
                new = checker.of_type(clause.value, let.value.type)
                holds = self._holds(checker, clauses, effective)
                frame = scope.frame
                if new is not None and holds is not None:
                    self._clash(amendments, says._replace(what=let.name, holds=holds), clause.span)
                    value = plan.If(holds, new, value, value.type)
            lets.append(plan.LetPlan(let.name, let.slot, value))
            before.append(Local(let.name, let.slot, let.value.type))
        changed = target._replace(lets=tuple(lets), amended_by=(*target.amended_by, node.id))
        if must is not None and target.must is not None:
            scope = Scope(tuple(before), frame)
            scope.broken = self.rules.broken_lets.get(target.id, set())
            checker = Checker(self.symbols, scope, self.diagnostics)
            replaced = checker.condition(must.condition)
            holds = self._holds(checker, clauses, effective)
            finding = self._finding(checker, otherwise, target)
            frame = scope.frame
            if replaced is not None and holds is not None:
                self._clash(amendments, says._replace(holds=holds), must.span)
                changed = changed._replace(
                    must=plan.If(holds, replaced, target.must, YES_NO),
                    otherwise=_amended_finding(holds, finding, target.otherwise),
                )
        rules[target.id] = changed._replace(frame=frame, amendments=tuple(amendments))

    def _target(
        self, node: syntax.Amend, head: Span, rules: dict[str, plan.RulePlan]
    ) -> plan.RulePlan | None:
        """The rule an amendment names: of the pack under its prefix, else of this pack."""
        if node.prefix is None:
            known = {name for name, rule in rules.items() if rule.pack == self.rules.pack}
            wanted = node.target
        else:
            prefix = node.prefix.text
            pack = self.symbols.packs.get(prefix)
            if pack is None:
                if not self.symbols.unread(prefix):
                    self.diagnostics.add(problems.UnknownPrefix(node.prefix.span, prefix))
                return None
            known = {rule.id for rule in pack.rules}
            wanted = f"{prefix}.{node.target}"
        if node.target in known:
            return rules.get(node.target)
        if not self.symbols.lenient and node.target not in self.symbols.lost:
            hint = next(
                (
                    bilingual("diagnostics.did-you-mean", name=f"{prefix}.{node.target}")
                    for prefix, pack in self.symbols.packs.items()
                    if node.target in {rule.id for rule in pack.rules}
                ),
                suggest_among(node.target, known),
            )
            self.diagnostics.add(problems.UnknownRule(head, wanted, hint))
        return None

    def _wanted(self, target: plan.RulePlan, sets: list[syntax.Set]) -> dict[str, syntax.Set]:
        """The values to set by name; one the rule lacks and one set twice are reported."""
        names = {let.name for let in target.lets}
        wanted: dict[str, syntax.Set] = {}
        for clause in sets:
            name = clause.name.text
            if name in wanted:
                self.diagnostics.add(problems.RepeatedClause(clause.span, said(name)))
            elif name in names:
                wanted[name] = clause
            elif name not in self.rules.broken_lets.get(target.id, set()):
                hint = suggest_among(name, names)
                self.diagnostics.add(problems.UnknownName(clause.name.span, name, hint))
        return wanted

    def _holds(
        self, checker: Checker, clauses: Clauses, effective: syntax.Effective
    ) -> plan.Expr | None:
        """When an amendment holds: in force, its `when` true, and no grace."""
        proofs = ConditionProofs(Proofs(self.rules.range_of, {}), checker.spans, self.diagnostics)
        parts: list[plan.Expr | None] = [in_force(effective)]
        for clause in clauses.every(syntax.When):
            condition = checker.condition(clause.condition)
            if condition is not None:
                proofs.condition(condition, ())
            parts.append(condition)
        grace = clauses.one(syntax.Grace)
        if grace is not None:
            spared = checker.condition(grace.condition)
            until = plan.Compare(
                "<=", plan.AsOf(DATE), plan.Constant(grace.until, DATE), 1, 1, YES_NO
            )
            parts.append(
                None if spared is None else plan.Not(plan.And((spared, until), YES_NO), YES_NO)
            )
        typed = tuple(part for part in parts if part is not None)
        return plan.And(typed, YES_NO) if len(typed) == len(parts) else None

    def _finding(
        self, checker: Checker, node: syntax.Else | None, target: plan.RulePlan
    ) -> plan.FindingPlan | None:
        if node is None:
            return None
        old = target.otherwise
        if old is not None and node.grade.text != old.grade:
            self.diagnostics.add(problems.AmendedGrade(node.grade.span, node.grade.text, old.grade))
            return None
        return self.rules.finding(checker, node)

    def _clash(
        self,
        amendments: list[plan.AmendmentPlan],
        amendment: plan.AmendmentPlan,
        span: Span,
    ) -> None:
        """Notes an amendment of a value and reports the ones it can meet."""
        for other in amendments:
            both = ((amendment.holds, True), (other.holds, True))
            if other.what == amendment.what and Proofs(self.rules.range_of, {}).possible(both):
                self.diagnostics.add(problems.AmendmentsClash(span, other.what, other.id))
        amendments.append(amendment)

    def _misplaced(self, clause: syntax.Clause, item: str) -> None:
        words = bilingual(f"diagnostics.item-{item}")
        self.diagnostics.add(
            problems.MisplacedClause(clause.span, clause_word(type(clause)), words)
        )


def _row_of(rule: plan.RulePlan) -> list[Local]:
    """The row variable of a rule that has one."""
    if rule.variable is None or rule.slot is None or rule.table is None:
        return []
    return [Local(rule.variable, rule.slot, RowType(rule.table))]


def _amended_finding(
    condition: plan.Expr, new: plan.FindingPlan | None, old: plan.FindingPlan | None
) -> plan.FindingPlan | None:
    """The finding of a rule whose `must` is amended: each text under its condition."""
    if new is None or old is None:
        return new or old
    if not new.message or not old.message:
        return old
    fallback_new, fallback_old = _first(new.message), _first(old.message)
    message = {
        language: plan.Template(
            (
                plan.If(
                    condition,
                    new.message.get(language, fallback_new),
                    old.message.get(language, fallback_old),
                    TEXT,
                ),
            ),
            TEXT,
        )
        for language in dict.fromkeys((*old.message, *new.message))
    }
    return plan.FindingPlan(old.grade, message)


def _first(texts: dict[str, plan.Template]) -> plan.Template:
    return next(iter(texts.values()))
