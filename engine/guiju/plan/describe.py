"""An expression in words, generated from its typed tree.

English and Chinese differ in order, not in matter: the same visit of the tree fills the
sentence parts of `guiju.messages.words` of either language. A part carries how tightly
its words hold together, and gets parentheses only where they could be read otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from guiju.hints import Any
from guiju.messages import Lang, has_message
from guiju.plan import nodes
from guiju.plan.describe_values import (
    definite,
    duration_words,
    field_label,
    formula_label,
    group_label,
    in_sentence,
    is_chinese,
    joined,
    number_words,
    phrase,
    plural,
    row_noun,
    singular,
    unit_words,
    value_words,
)
from guiju.plan.functions import MEASURES
from guiju.plan.nodes import Compare, Expr, PackPlan
from guiju.plan.types import (
    NumberType,
    OneOfType,
    OtherRowType,
    RowType,
    TextType,
    Type,
    YesNoType,
)
from guiju.record import Record

# How tightly words hold together: an open phrase runs on to the right, an atom stands
# anywhere.
OPEN, OR, AND, STATEMENT, SUM, PRODUCT, UNARY, POWER, ATOM = range(9)

_SIGNS = {"+": ("+", SUM), "-": ("−", SUM), "*": ("×", PRODUCT), "/": ("/", PRODUCT)}
_PREDICATES = frozenset({"matches", "contains", "starts_with", "ends_with", "within", "valid"})


class Words(Record):
    text: str
    level: int


class Describer:
    """Puts expressions of a pack into the words of one language.

    `nouns` holds what the row or member in a slot is called, for the slots whose
    quantifier has been passed on the way down. `bare` is the slot of the row that is
    being spoken of, whose columns need no owner: "every parcel where the area is …".
    """

    def __init__(self, lang: Lang, pack: PackPlan) -> None:
        self.lang: Lang = lang
        self.pack = pack
        self.nouns: dict[int, str] = {}
        self.bare: int | None = None

    # --- values ------------------------------------------------------------------------

    def value(self, node: Expr, least: int = OPEN) -> str:
        """A node as a noun phrase, in parentheses if it holds less tightly than `least`."""
        words = self._value(node)
        if words.level >= least:
            return words.text
        if isinstance(node, nodes.Arithmetic | nodes.Negate):
            return f"({words.text})"
        return self._say("parentheses", text=words.text)

    def about(self, node: Expr | None, slot: int | None) -> str | None:
        """A condition on the row in a slot, said of that row and so without naming it; other
        rows it speaks of are named. None for no condition."""
        if node is None:
            return None
        outer, self.bare = self.bare, slot
        text = self.statement(node, must=False)
        self.bare = outer
        return text

    def _is_bare(self, row: Expr) -> bool:
        return isinstance(row, nodes.LocalRef) and row.slot == self.bare

    def _say(self, key: str, /, **values: object) -> str:
        return phrase(key, self.lang, **values)

    def _value(self, node: Expr) -> Words:
        match node:
            case nodes.Constant():
                return Words(self._constant(node.value, node.type), ATOM)
            case nodes.FactRef():
                return Words(definite(self._fact_label(node), self.lang), ATOM)
            case nodes.ColumnRef(slot=slot):
                label = self._column_label(node)
                if slot == self.bare:
                    return Words(definite(label, self.lang), ATOM)
                owner = self._row(slot, node.variable, node.table)
                return Words(self._of(label, owner), ATOM)
            case nodes.CellRef(row=row):
                return Words(self._of(self._column_label(node), self.value(row, ATOM)), ATOM)
            case nodes.OtherCell():
                return Words(self._other_cell(node), ATOM)
            case nodes.RowByKey():
                return Words(self._say("row_by_key", **self._key_of(node)), ATOM)
            case nodes.LocalRef():
                return Words(self._local(node), ATOM)
            case nodes.FormulaRef(row=row):
                label = self._formula_name(node.formula)
                if row is None or self._is_bare(row):
                    return Words(definite(label, self.lang), ATOM)
                return Words(self._of(label, self.value(row, ATOM)), ATOM)
            case nodes.LookupRef():
                return Words(self._lookup(node), ATOM)
            case nodes.PartRef():
                return Words(
                    self._say(f"part.{node.part}", value=self.value(node.value, ATOM)), ATOM
                )
            case nodes.AsOf():
                return Words(self._say("as_of"), ATOM)
            case nodes.Scale():
                return self._scale(node)
            case nodes.InUnit():
                # A bare number in a unit is said with the unit; one that gets a unit
                # has no other words for it.
                key = "in_unit" if node.leaves else "as_unit"
                inner = self.value(node.operand, UNARY)
                return Words(self._say(key, value=inner, unit=node.unit), ATOM if self._zh else SUM)
            case nodes.Arithmetic():
                return self._arithmetic(node)
            case nodes.Negate():
                return Words(self._say("negate", value=self.value(node.operand, POWER)), UNARY)
            case nodes.DateShift():
                return self._date_shift(node)
            case nodes.DateDifference():
                later, earlier = self.value(node.later, ATOM), self.value(node.earlier, ATOM)
                return Words(self._say("date_difference", later=later, earlier=earlier), ATOM)
            case nodes.ListOf():
                items = (self.value(item, SUM) for item in node.items)
                return Words(joined(items, self.lang), OPEN if len(node.items) > 1 else ATOM)
            case nodes.If():
                return self._if(node, must=False)
            case nodes.TableRows():
                table = self.pack.tables.get(node.table)
                name = group_label(table, self.lang) if table else node.table
                return Words(definite(name, self.lang), ATOM)
            case nodes.OtherRows():
                return Words(definite(self._others(node), self.lang), ATOM)
            case nodes.Aggregate():
                return self._aggregate(node)
            case nodes.Call():
                return self._call(node)
            case nodes.Rounded():
                # 「甲 − 乙（向下修约）」 would be read as rounding 乙 alone.
                inner = self.value(node.value, UNARY if self._zh else SUM)
                step = self.value(node.step, ATOM)
                key = f"rounded.{node.direction}"
                return Words(self._say(key, value=inner, step=step), PRODUCT if self._zh else OPEN)
            case nodes.Template():
                return Words(self._say("quoted", text=self.template(node)), ATOM)
            case _:
                return self._statement(node, must=False)

    @property
    def _zh(self) -> bool:
        return self.lang == "zh"

    def _constant(self, value: Any, type: Type) -> str:
        text = value_words(value, type, self.lang)
        if isinstance(type, OneOfType):
            return in_sentence(text, self.lang)
        if isinstance(type, TextType):
            return self._say("quoted", text=text)
        return text

    def _share(self, node: Expr) -> str:
        """A ratio of a whole: the plan holds 0.05 where the clause says 5%."""
        if isinstance(node, nodes.Constant) and not unit_words(node.type):
            return number_words(Decimal(node.value).scaleb(2), "%")
        return self.value(node, ATOM)

    def template(self, node: nodes.Template) -> str:
        """A text with the words of its values in the places of the values."""
        return "".join(part if isinstance(part, str) else self.value(part) for part in node.parts)

    def _fact_label(self, node: nodes.FactRef) -> str:
        group = self.pack.groups.get(node.group)
        field = group.fields.get(node.field) if group else self.pack.documents.get(node.field)
        return field_label(field, self.lang) if field else node.field.replace("_", " ")

    def _other_cell(self, node: nodes.OtherCell) -> str:
        """A column of a row in another dossier, or the id of that dossier."""
        bare = self._is_bare(node.row)
        if not node.field:
            if bare:
                return self._say("other_dossier.bare")
            return self._say("other_dossier", owner=self.value(node.row, ATOM))
        label = self._column_label(node)
        return definite(label, self.lang) if bare else self._of(label, self.value(node.row, ATOM))

    def _others(self, node: nodes.OtherRows) -> str:
        """The rows of a table in other dossiers, as a plural noun."""
        noun = row_noun("", self.pack.tables.get(node.table), self.lang)
        return self._say("elsewhere.several", noun=noun if self._zh else plural(noun))

    def _column_label(self, node: nodes.ColumnRef | nodes.CellRef | nodes.OtherCell) -> str:
        table = self.pack.tables.get(node.table)
        field = table.fields.get(node.field) if table else None
        return field_label(field, self.lang) if field else node.field.replace("_", " ")

    def _formula_name(self, name: str) -> str:
        formula = self.pack.formulas.get(name)
        return formula_label(formula, self.lang) if formula else name.replace("_", " ")

    def _of(self, label: str, owner: str) -> str:
        return self._say("of", field=definite(label, self.lang), owner=owner)

    def _row(self, slot: int, variable: str, table: str) -> str:
        noun = self.nouns.get(slot)
        if noun is None:
            noun = definite(row_noun(variable, self.pack.tables.get(table), self.lang), self.lang)
        return noun

    def _local(self, node: nodes.LocalRef) -> str:
        if isinstance(node.type, RowType):
            return self._row(node.slot, node.name, node.type.table)
        if node.slot in self.nouns:
            return self.nouns[node.slot]
        return self.let_name(node.name)

    def let_name(self, name: str) -> str:
        """A value the rule gives a name: quoted where it is not a word of the language."""
        if is_chinese(name) != self._zh:
            return self._say("quoted", text=name.replace("_", " "))
        return definite(name.replace("_", " "), self.lang)

    def _key_of(self, node: nodes.RowByKey) -> dict[str, str]:
        name = definite(group_label(self.pack.tables[node.table], self.lang), self.lang)
        keys = joined((self.value(key, SUM) for key in node.keys), self.lang)
        return {"table": name, "keys": keys}

    def _lookup(self, node: nodes.LookupRef) -> str:
        lookup = self.pack.lookups.get(node.lookup)
        name = formula_label(lookup, self.lang) if lookup else node.lookup
        keys = joined((self.value(key, SUM) for key in node.keys), self.lang)
        named = definite(name, self.lang)
        if node.gives:
            gives = self.let_name(node.gives)
            text = self._say("lookup.gives", lookup=named, keys=keys, gives=gives)
        else:
            text = self._say("lookup", lookup=named, keys=keys)
        if node.on is not None:
            text = self._say("lookup.on", value=text, date=self.value(node.on, ATOM))
        return text

    def _scale(self, node: nodes.Scale) -> Words:
        # Only 44/12, from carbon to carbon dioxide, is part of the methodology; any other
        # ratio merely brings two units together, and may be folded into the same step.
        if _carbon(node.operand.type) != _carbon(node.type):
            inner = self.value(node.operand, PRODUCT)
            return Words(self._say("scale.carbon", value=inner), PRODUCT)
        return self._value(node.operand)

    def _arithmetic(self, node: nodes.Arithmetic) -> Words:
        if node.operator == "^":
            base = self.value(node.left, ATOM)
            return Words(f"{base} ^ {self.value(node.right, ATOM)}", POWER)
        sign, level = _SIGNS[node.operator]
        # a - (b + c), a / (b * c) and a + (b + c) as written; an aggregate would seem to
        # reach over what follows it.
        joined = isinstance(node.left, nodes.Aggregate)
        left = self.value(node.left, ATOM if joined else level)
        right = self.value(node.right, level + 1)
        return Words(f"{left} {sign} {right}", level)

    def _date_shift(self, node: nodes.DateShift) -> Words:
        key = "shift.after" if node.sign > 0 else "shift.before"
        match node.duration:
            case nodes.Constant(value=(count, str(unit))):
                duration = duration_words(count, unit, self.lang)
            case other:
                duration = self.value(other, ATOM)
        text = self._say(key, date=self.value(node.date, ATOM), duration=duration)
        if node.month_end:
            text = self._say(f"shift.{node.month_end}", value=text)
        return Words(text, ATOM if self._zh else SUM)

    def _call(self, node: nodes.Call) -> Words:
        count = len(node.arguments)
        bare = self.bare
        if count > 1 and node.function in MEASURES:
            self.bare = None  # of two boundaries it must be said whose each is
        arguments = [self.value(argument, ATOM) for argument in node.arguments]
        self.bare = bare
        if node.function == "student_t":
            arguments[1] = self._share(node.arguments[1])
        key = f"call.{node.function}"
        for candidate in (f"{key}.{count}", key, "call"):
            if has_message(f"words.{candidate}"):
                key = candidate
                break
        everything = joined(arguments, self.lang)
        text = self._say(key).format(*arguments, all=everything, name=node.function)
        level = STATEMENT if node.function in _PREDICATES else ATOM
        return Words(text, level)

    # --- rows --------------------------------------------------------------------------

    def _bind(self, slot: int, variable: str, rows: Expr, *bodies: Expr | None) -> str:
        """Names the row or member a quantifier goes over, and returns its bare noun."""
        if isinstance(rows, nodes.OtherRows):
            noun = row_noun("", self.pack.tables.get(rows.table), self.lang)
            self.nouns[slot] = self._say("elsewhere.that", noun=noun)
            for node in (part for body in bodies for part in _walk(body)):
                if isinstance(node, nodes.ColumnRef) and node.table == rows.table:
                    own = row_noun(node.variable, self.pack.tables.get(node.table), self.lang)
                    self.nouns[node.slot] = self._say("elsewhere.not", noun=own)
            return self._say("elsewhere", noun=noun)
        if not isinstance(rows.type, RowType) and not isinstance(rows, nodes.TableRows):
            of = getattr(rows.type, "of", None)
            if not isinstance(of, RowType):
                self.nouns[slot] = variable
                members = self.value(rows, OPEN if self._zh else ATOM)
                return self._say("member_of", name=variable, list=members)
        table = _table_of(rows)
        noun = row_noun(variable, self.pack.tables.get(table), self.lang)
        others = dict(self._other_rows(slot, table, bodies))
        if others and not self._zh:
            noun = self._role(variable, noun, table)
        name = definite(noun, self.lang)
        for other, called in others.items():
            # Chinese points back to the row it spoke of first; English calls the new one other.
            if called == name and self._zh:
                self.nouns[other] = self._say("that", noun=noun)
            elif called == name:
                noun = self._say("another", noun=noun)
                name = definite(noun, self.lang)
        self.nouns[slot] = name
        return noun

    def _role(self, variable: str, noun: str, table: str) -> str:
        """A row beside another of its table: `earlier` is the earlier reporting period."""
        held = self.pack.tables.get(table)
        if held is None or variable != noun:
            return noun
        label = in_sentence(group_label(held, self.lang), self.lang)
        return noun if noun in label else f"{noun} {singular(label)}"

    def _other_rows(
        self, slot: int, table: str, bodies: tuple[Expr | None, ...]
    ) -> Iterator[tuple[int, str]]:
        for body in bodies:
            for node in _walk(body):
                match node:
                    case nodes.ColumnRef(slot=other, table=its) if other != slot and its == table:
                        yield other, self._row(other, node.variable, its)

    def _quantified(self, node: nodes.Quantified, must: bool) -> Words:
        noun = self._bind(node.slot, node.variable, node.rows, node.where, node.satisfies)
        key = f"rows.{node.quantifier}"
        several = plural(noun)
        if isinstance(node.rows, nodes.OtherRows):
            several = self._others(node.rows)
        values: dict[str, object] = {"noun": noun, "plural": several}
        if node.count is not None:
            values["count"] = (
                self._share(node.count) if node.share else self.value(node.count, ATOM)
            )
            key += ".share" if node.share else ""
        if node.where is not None:
            values["where"] = self.about(node.where, node.slot)
            key += ".where"
        values["satisfies"] = self.about(node.satisfies, node.slot)
        return Words(self._say(key + (".must" if must else ""), **values), OPEN)

    def _aggregate(self, node: nodes.Aggregate) -> Words:
        bodies = (node.value, node.weight, node.where, node.order)
        noun = self._bind(node.slot, node.variable, node.rows, *bodies)
        of_table = isinstance(node.rows, (nodes.TableRows, nodes.OtherRows))
        is_table = node.slot in self.nouns and of_table
        if self._zh:
            own = isinstance(node.rows, nodes.TableRows) and is_table
            rows = self._say("each", noun=noun) if own else noun
        else:
            rows = f"the {plural(noun)}" if is_table else noun
            if isinstance(node.rows, nodes.OtherRows):
                rows = f"the {self._others(node.rows)}"
        key: str = node.function
        if node.function == "count":
            rows = rows if not self._zh else noun
            rows = rows.removeprefix("the ") if not self._zh else rows
        level = ATOM if self._zh else SUM
        if node.where is not None:
            where = self.about(node.where, node.slot)
            rows = self._say("such_that", noun=rows, where=where)
            level = ATOM if self._zh else OPEN
        values: dict[str, object] = {"rows": rows}
        outer, self.bare = self.bare, node.slot
        least = ATOM if self._zh else SUM
        if node.value is not None and not isinstance(node.value.type, (RowType, OtherRowType)):
            values["value"] = self.value(node.value, least)
            if node.function == "count":
                values["value"] = self.statement(node.value, must=False)
                key = "count.value"
        if node.weight is not None:
            values["weight"] = self.value(node.weight, least)
        if node.function in ("first", "last"):
            if node.order is None:
                key += ".unordered"
            else:
                values["order"] = self.value(node.order, ATOM)
        values.setdefault("value", noun)
        self.bare = outer
        return Words(self._say(key, **values), level)

    # --- statements --------------------------------------------------------------------

    def statement(self, node: Expr, must: bool, least: int = OPEN) -> str:
        """A node that is true or false, as a statement or (`must`) as a requirement."""
        words = self._statement(node, must)
        if words.level >= least:
            return words.text
        return self._say("parentheses", text=words.text)

    def _statement(self, node: Expr, must: bool) -> Words:
        mood = ".must" if must else ""
        match node:
            case Compare():
                return Words(self._compare(node, node.operator, mood), STATEMENT)
            case nodes.Within():
                key = "within.relative" if node.relative else "within.absolute"
                parts = {
                    "left": self.value(node.left, SUM),
                    "tolerance": self._share(node.tolerance)
                    if node.relative
                    else self.value(node.tolerance, SUM),
                    "right": self.value(node.right, SUM),
                }
                return Words(self._say(key + mood, **parts), STATEMENT)
            case nodes.Between(low=low, high=high):
                text = self._say(
                    "between" + mood,
                    value=self.value(low.right, SUM),
                    low=self.value(low.left, SUM),
                    high=self.value(high.right, SUM),
                )
                # Its "and" would run into one that follows.
                return Words(text, STATEMENT)
            case nodes.IsKnown():
                return Words(self._known(node, node.negated, mood), STATEMENT)
            case nodes.Membership():
                return Words(self._membership(node, node.negated, mood), STATEMENT)
            case nodes.And(operands=operands):
                return self._joined(operands, "and", AND, must)
            case nodes.Or(operands=operands):
                if not must:
                    return self._joined(operands, "or", OR, must)
                inner = self._joined(operands, "or", OR, must=False)
                return Words(self._say("must", statement=inner.text), OPEN)
            case nodes.Not(operand=operand):
                return self._not(operand, must)
            case nodes.Quantified():
                return self._quantified(node, must)
            case nodes.If():
                return self._if(node, must)
            case nodes.Constant(value=bool() as value):
                return Words(self._say("always" if value else "never"), STATEMENT)
            case _:
                return self._answered(node, True, mood)

    def _compare(self, node: Compare, operator: str, mood: str) -> str:
        match node.left.type.kind:
            case "number" | "duration":
                kind = "number"
            case "date":
                kind = "date"
            case _:
                kind = "same" if operator in ("=", "!=") else "number"
        left, right = self.value(node.left, SUM), self.value(node.right, SUM)
        return self._say(f"{kind}.{operator}{mood}", left=left, right=right)

    def _known(self, node: nodes.IsKnown, negated: bool, mood: str) -> str:
        key = "unknown_fact" if negated else "known"
        if isinstance(node.value, nodes.RowByKey):
            key = "no_row" if negated else "row"
            return self._say(key + mood, **self._key_of(node.value))
        return self._say(key + mood, value=self.value(node.value, ATOM))

    def _membership(self, node: nodes.Membership, negated: bool, mood: str) -> str:
        value = self.value(node.value, SUM)
        match node.members:
            case nodes.ListOf(items=(only,)):
                key = "same.!=" if negated else "same.="
                return self._say(key + mood, left=value, right=self.value(only, SUM))
            case nodes.ListOf() as members:
                key = "none_of" if negated else "one_of"
                return self._say(key + mood, value=value, members=self.value(members))
            case members:
                key = "not_in" if negated else "in"
                return self._say(key + mood, value=value, members=self.value(members, ATOM))

    def _joined(self, operands: tuple[Expr, ...], key: str, level: int, must: bool) -> Words:
        parts: list[str] = []
        tail = level
        operands = tuple(_flat(operands, nodes.And if key == "and" else nodes.Or))
        for at, operand in enumerate(operands):
            last = at == len(operands) - 1
            words = self._statement(operand, must)
            if words.level >= STATEMENT or (last and words.level == OPEN):
                parts.append(words.text)
                tail = min(level, words.level)
            else:
                # "A and B or C" is read either way by people: always in parentheses.
                parts.append(self._say("parentheses", text=words.text))
                tail = level
        return Words(self._say(key).join(parts), tail)

    def _not(self, operand: Expr, must: bool) -> Words:
        mood = ".must" if must else ""
        match operand:
            case Compare():
                return Words(
                    self._compare(operand, nodes.CONTRARY[operand.operator], mood), STATEMENT
                )
            case nodes.IsKnown():
                return Words(self._known(operand, not operand.negated, mood), STATEMENT)
            case nodes.Membership():
                return Words(self._membership(operand, not operand.negated, mood), STATEMENT)
            case nodes.Not(operand=inner):
                return self._statement(inner, must)
            case (
                nodes.FactRef()
                | nodes.ColumnRef()
                | nodes.CellRef()
                | nodes.OtherCell()
                | nodes.LocalRef()
                | nodes.FormulaRef()
            ):
                return self._answered(operand, False, mood)
        text = self._say("not", statement=self.statement(operand, False, STATEMENT))
        return Words(self._say("must", statement=text) if must else text, OPEN)

    def _if(self, node: nodes.If, must: bool) -> Words:
        condition = self.statement(node.condition, False, OR)
        if isinstance(node.type, YesNoType):
            then = self.statement(node.then, must, OR)
            otherwise = self.statement(node.otherwise, must)
            key = "if.statement"
        else:
            then, otherwise = self.value(node.then, SUM), self.value(node.otherwise)
            key = "if.value"
        return Words(self._say(key, condition=condition, then=then, otherwise=otherwise), OPEN)

    def _answered(self, node: Expr, yes: bool, mood: str) -> Words:
        """A yes/no fact, column, formula or let as a statement."""
        answer = "statement.yes" if yes else "statement.no"
        match node:
            case nodes.FactRef():
                text = self._say(answer + mood, statement=self._fact_label(node))
            case nodes.ColumnRef():
                label = self._column_label(node)
                if node.slot == self.bare:
                    return Words(self._say(answer + mood, statement=label), STATEMENT)
                owner = self._row(node.slot, node.variable, node.table)
                text = self._say(f"{answer}.of{mood}", statement=label, owner=owner)
            case nodes.OtherCell() if self._is_bare(node.row):
                label = self._column_label(node)
                return Words(self._say(answer + mood, statement=label), STATEMENT)
            case nodes.CellRef() | nodes.OtherCell():
                label, owner = self._column_label(node), self.value(node.row, ATOM)
                text = self._say(f"{answer}.of{mood}", statement=label, owner=owner)
            case nodes.LocalRef() | nodes.FormulaRef():
                name = (
                    node.name.replace("_", " ")
                    if isinstance(node, nodes.LocalRef)
                    else self._formula_name(node.formula)
                )
                row = node.row if isinstance(node, nodes.FormulaRef) else None
                key = "holds" if yes else "holds_not"
                if row is None or self._is_bare(row):
                    text = self._say(key + mood, name=name)
                else:
                    text = self._say(f"{key}.of{mood}", name=name, owner=self.value(row, ATOM))
            case _:
                inner = self._value(node)
                if not mood:
                    return inner
                return Words(self._say("must", statement=inner.text), OPEN)
        return Words(text, STATEMENT)


def _flat(operands: tuple[Expr, ...], kind: type[nodes.And] | type[nodes.Or]) -> Iterator[Expr]:
    """Conditions joined by one word, however they were grouped."""
    for operand in operands:
        if isinstance(operand, kind):
            yield from _flat(operand.operands, kind)
        else:
            yield operand


def _table_of(rows: Expr) -> str:
    if isinstance(rows, nodes.TableRows):
        return rows.table
    of = getattr(rows.type, "of", rows.type)
    return of.table if isinstance(of, RowType) else ""


def _walk(node: Any) -> Iterator[Any]:
    """A plan expression and everything in it."""
    if isinstance(node, tuple):
        yield node
        for part in node:
            yield from _walk(part)


def _carbon(type_: Type) -> int:
    """The power of carbon in the unit of a number; 0 for anything else."""
    return dict(type_.unit.dimensions).get("carbon", 0) if isinstance(type_, NumberType) else 0
