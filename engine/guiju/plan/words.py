"""Rules, formulas and expressions in words, generated from the typed plan.

What a reader is shown is made from the same tree the evaluator runs, so words and
verdicts cannot drift apart. Expressions are described in `guiju.plan.describe`, values
and labels in `guiju.plan.describe_values`; this module makes whole sentences of them.
"""

from __future__ import annotations

from guiju.messages import Lang
from guiju.plan.describe import Describer
from guiju.plan.describe_values import (
    definite,
    field_label,
    formula_label,
    group_label,
    in_sentence,
    joined,
    label_words,
    number_words,
    option_label,
    phrase,
    row_noun,
    unit_words,
    value_words,
)
from guiju.plan.nodes import (
    Expr,
    FindingPlan,
    FormulaPlan,
    If,
    LetPlan,
    PackPlan,
    RulePlan,
    Template,
)

__all__ = [
    "field_label",
    "formula_label",
    "formula_words",
    "group_label",
    "number_words",
    "option_label",
    "rule_words",
    "unit_words",
    "value_words",
    "words",
]


def words(node: Expr, lang: Lang, pack: PackPlan) -> str:
    """An expression in words: "the area of the parcel is at least the minimum",
    "地块的面积不小于最小面积"."""
    return Describer(lang, pack).value(node)


def rule_words(rule: RulePlan, lang: Lang, pack: PackPlan) -> str:
    """A whole rule in sentences: for whom and when, what must hold, the named exceptions,
    the evidence it needs and the findings it raises."""
    say = Describer(lang, pack)
    scope = _scope(rule, say, lang, pack)
    sentences = [_requirement(rule, scope, say, lang)]
    sentences += [_let(let, say, lang) for let in rule.lets]
    for unless in rule.unless:
        condition = say.statement(unless.condition, must=False)
        because = _text(unless.because, say, lang)
        sentences.append(phrase("rule.unless", lang, condition=condition, because=because))
    if rule.needs:
        documents = joined((_document(name, lang, pack) for name in rule.needs), lang)
        sentences.append(phrase("rule.needs", lang, documents=documents))
    raised = "rule.else.judge" if rule.ask else "rule.else"
    later = "rule.defer" if rule.must is None and not rule.ask else "rule.defer.unknown"
    for key, finding in ((raised, rule.otherwise), (later, rule.defer)):
        if finding is not None:
            sentences.append(phrase(key, lang, grade=_grade(finding, lang, pack)))
    if rule.unknown is not None and rule.defer is None:
        grade = _grade(rule.unknown, lang, pack)
        sentences.append(phrase("rule.unknown", lang, grade=grade))
    if rule.amended_by:
        amendments = joined(rule.amended_by, lang)
        sentences.append(phrase("rule.amended", lang, amendments=amendments))
    return _text_of(sentences, lang)


def formula_words(formula: FormulaPlan, lang: Lang, pack: PackPlan) -> str:
    """A formula as an equation in words, with what its names stand for and its rows."""
    say = Describer(lang, pack)
    name = formula_label(formula, lang)
    noun = _noun(formula.variable, formula.table, lang, pack)
    if noun is not None:
        name = phrase("formula.each", lang, name=name, noun=definite(noun, lang))
    unit = unit_words(formula.type)
    sentences = [
        phrase(
            "formula.is",
            lang,
            name=name,
            unit=phrase("formula.unit", lang, unit=unit) if unit else "",
            body=say.value(formula.body),
        )
    ]
    sentences += [_let(let, say, lang) for let in formula.lets]
    if noun is not None and formula.where is not None:
        where = say.about(formula.where, formula.slot)
        sentences.append(phrase("formula.where", lang, noun=noun, where=where))
    if formula.conservative:
        sentences.append(phrase("formula.conservative", lang))
    return _text_of(sentences, lang)


def _noun(variable: str | None, table: str | None, lang: Lang, pack: PackPlan) -> str | None:
    if variable is None or table is None:
        return None
    return row_noun(variable, pack.tables.get(table), lang)


def _scope(rule: RulePlan, say: Describer, lang: Lang, pack: PackPlan) -> str:
    scope = ""
    noun = _noun(rule.variable, rule.table, lang, pack)
    if noun is not None and rule.where is not None:
        where = say.about(rule.where, rule.slot)
        scope += phrase("rule.for.where", lang, noun=noun, where=where)
    elif noun is not None:
        scope += phrase("rule.for", lang, noun=noun)
    if rule.when:
        least = 0 if len(rule.when) == 1 else 2
        conditions = (say.statement(when, must=False, least=least) for when in rule.when)
        scope += phrase("rule.when", lang, when=phrase("and", lang).join(conditions))
    return scope


def _requirement(rule: RulePlan, scope: str, say: Describer, lang: Lang) -> str:
    if rule.must is not None:
        must = say.statement(rule.must, must=True)
        return phrase("rule.sentence", lang, scope=scope, must=must)
    if rule.ask is not None:
        return phrase("rule.ask", lang, scope=scope, ask=_text(rule.ask, say, lang))
    return phrase("rule.nothing", lang, scope=scope)


def _let(let: LetPlan, say: Describer, lang: Lang) -> str:
    key = "rule.let.if" if isinstance(let.value, If) else "rule.let"
    return phrase(key, lang, name=say.let_name(let.name), value=say.value(let.value))


def _text(texts: dict[str, Template], say: Describer, lang: Lang) -> str:
    template = texts.get(lang) or next(iter(texts.values()))
    return say.template(template).strip().rstrip("。.")


def _document(name: str, lang: Lang, pack: PackPlan) -> str:
    field = pack.documents.get(name)
    return in_sentence(field_label(field, lang), lang) if field else name.replace("_", " ")


def _grade(finding: FindingPlan, lang: Lang, pack: PackPlan) -> str:
    for grade in pack.grades:
        if grade.name == finding.grade:
            return in_sentence(label_words(grade.label, grade.name, None, lang), lang)
    return finding.grade


def _text_of(sentences: list[str], lang: Lang) -> str:
    """Sentences as one text; English ones start with a capital."""
    if lang == "zh":
        return "".join(sentences)
    return " ".join(s[0].upper() + s[1:] for s in sentences)
