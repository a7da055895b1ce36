"""Random rule files: every item, clause and expression of the grammar, in both languages.

The strategies make text rather than trees, so that what they make is what people can
write; `sources()` is a whole file, `expressions()` one expression.
"""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from guiju.syntax.keywords import keywords

_LATIN = ["parcel", "tree_carbon", "x", "dbh", "t", "area2", "ms", "Share", "point", "first", "on"]
_CHINESE = ["面积", "小班", "且末县", "郁闭度", "树种1", "数"]
_QUOTED = ["`key`", "`must`", "`at least`", "`且`", "`单价 (元)`"]
_UNITS = ["ha", "m2", "m²", "亩", "tCO2e", "tCO₂e/yr", "t/ha", "%", "kg/m3"]
_LANGUAGES = ["zh", "en", "mn"]


def word(token: str) -> SearchStrategy[str]:
    """A keyword in any of its spellings."""
    keyword = keywords()[token]
    return st.sampled_from(keyword.en + keyword.zh)


def names() -> SearchStrategy[str]:
    return st.sampled_from(_LATIN + _CHINESE + _QUOTED)


def ids() -> SearchStrategy[str]:
    return st.sampled_from(["AFF-2C", "CCER-14-001-2C", "R1-a", "草原-3", "AFF-2C-NM"])


def blanks() -> SearchStrategy[str]:
    """What may part two words: spaces, line ends, comments."""
    return st.sampled_from(
        [" "] * 12 + ["  ", "\n", "\n    ", "\u3000", " # 注 and\n", "\n# x\n  "]
    )


def strings() -> SearchStrategy[str]:
    inner = st.text(st.sampled_from("abc 面积{}()#|:,.1%"), max_size=8)
    return st.builds(
        lambda text, quotes: quotes[0] + text.replace("{", "{{").replace("}", "}}") + quotes[1],
        inner,
        st.sampled_from(['""', "「」", "“”"]),
    )


@st.composite
def messages(draw: DrawFn) -> str:
    """A text with interpolated names, and perhaps another language."""
    text = draw(strings())
    if draw(st.booleans()):
        filled = draw(st.sampled_from(["{x}", "{parcel.area}", "{a + 1 ha}", "{f({a, b})}"]))
        text = text[0] + filled + text[1:]
    for language in draw(st.lists(st.sampled_from(_LANGUAGES), max_size=2)):
        text += draw(st.sampled_from([" ", "\n    "])) + language + " " + draw(strings())
    return text


def dates() -> SearchStrategy[str]:
    return st.sampled_from(["2020-01-01", "2024-02-29", "２０２４-12-31"])


@st.composite
def numbers(draw: DrawFn) -> str:
    digits = draw(st.sampled_from(["0", "3", "12.5", "0.0667", "400", "１２"]))
    unit = draw(st.sampled_from(["", "", *_UNITS]))
    return digits + (draw(st.sampled_from(["", " "])) + unit if unit else "")


@st.composite
def durations(draw: DrawFn) -> str:
    unit = draw(st.sampled_from(["years", "months", "days", "working days"]))
    return f"{draw(st.integers(1, 40))} {draw(word(f'duration.{unit}'))}"


def _atoms() -> SearchStrategy[str]:
    truth = st.one_of(word("TRUE"), word("FALSE"))
    return st.one_of(names(), names(), numbers(), dates(), durations(), strings(), truth)


_COMPARISONS = ["=", "!=", "<", "<=", ">", ">=", "≥", "≤", "≠", "＞"]
_ARITHMETIC = ["+", "-", "*", "/", "^", "×", "−", "÷"]


@st.composite
def _compound(draw: DrawFn, inner: SearchStrategy[str]) -> str:
    """An expression made of smaller ones, each in parentheses unless it is one word."""

    def part() -> str:
        text = draw(inner)
        plain = text.replace("_", "").replace(".", "").isalnum() and not text[0].isdigit()
        return text if plain and draw(st.booleans()) else f"({text})"

    def w(token: str) -> str:
        return draw(word(token)) + draw(blanks())

    def rows() -> str:
        where = f" {w('WHERE')}{part()}" if draw(st.booleans()) else ""
        across = f" {draw(word('ACROSS'))}" if draw(st.integers(0, 3)) == 0 else ""
        return f"{draw(names())} {w('IN')}{draw(names())}{across}{where}"

    a = part()
    match draw(st.integers(0, 19)):
        case 0 | 1:
            return f"{a} {draw(st.sampled_from(_ARITHMETIC))}{draw(blanks())}{part()}"
        case 2:
            return f"{a}{draw(blanks())}{draw(st.sampled_from(_COMPARISONS))} {part()}"
        case 3:
            comparison = draw(st.sampled_from(["GE", "LE", "LT", "GT", "EQ", "NE"]))
            return f"{a} {w(comparison)}{part()}"
        case 4 | 5:
            joiner = draw(st.sampled_from(["AND", "OR"]))
            return f"{a} {w(joiner)}{part()} {w(joiner)}{part()}"
        case 6:
            return f"{w('NOT')}{a}" if draw(st.booleans()) else f"-{a}"
        case 7:
            test = draw(st.sampled_from(["IS", "IS_NOT"]))
            return f"{a} {w(test)}{draw(st.one_of(names(), word('TRUE')))}"
        case 8:
            return f"{a} {draw(word(draw(st.sampled_from(['IS_KNOWN', 'IS_NOT_KNOWN']))))}"
        case 9:
            test = draw(st.sampled_from(["IS_IN", "IS_NOT_IN"]))
            return f"{a} {w(test)}{{{part()}, {draw(names())}}}"
        case 10:
            return f"{a} {w('BETWEEN')}{part()} {w('BETWEEN_AND')}{part()}"
        case 11:
            # Before `of`, a bare name such as `first` would be an aggregate.
            tolerance = draw(st.one_of(numbers(), inner.map("({})".format)))
            return f"{a} {w('WITHIN')}{tolerance} {w('OF')}{part()}"
        case 12:
            return f"{w('IF')}{a} {w('THEN')}{part()} {w('ELSE')}{part()}"
        case 13:
            quantifier = draw(st.sampled_from(["EVERY", "SOME", "NO"]))
            return f"{w(quantifier)}{rows()} {w('SATISFIES')}{part()}"
        case 14:
            of = f" {w('OF')}" if draw(st.booleans()) else " "
            # A name that is a word of the language, such as `no`, would be read as one here.
            count = draw(numbers())
            return f"{w('AT_LEAST')}{count}{of}{rows()} {w('SATISFIES')}{part()}"
        case 15:
            function = draw(st.sampled_from(["SUM", "MEAN", "MIN", "MAX", "COUNT", "STDEV"]))
            text = f"{draw(word(function))} {w('OF')}{a} {w('FOR')}{rows()}"
            return f"{part()} >= {text}" if draw(st.booleans()) else text
        case 16:
            function = draw(st.sampled_from(["FIRST", "LAST"]))
            return f"{draw(word(function))} {w('OF')}{a} {w('FOR')}{rows()} {w('BY')}{part()}"
        case 17:
            weighted = f"{w('WEIGHTED_MEAN')}{w('OF')}{a} {w('BY')}{part()}"
            return f"{weighted} {w('FOR')}{rows()}"
        case 18:
            unit = draw(st.sampled_from(_UNITS))
            return f"{a} {draw(word(draw(st.sampled_from(['IN_UNIT', 'AS']))))} {unit}"
        case _:
            field = draw(st.sampled_from(["area", "key", "must", "面积", "in"]))
            ending = draw(st.sampled_from(["", f"[{a}]", f"[{a}, x on y]", f".{field}"]))
            return f"{draw(names())}.{field}{ending}"


@st.composite
def _called(draw: DrawFn, inner: SearchStrategy[str]) -> str:
    arguments = draw(st.lists(inner, max_size=3))
    if draw(st.booleans()):
        rounding = draw(st.sampled_from(["ROUNDED_TO", "ROUNDED_DOWN_TO", "ROUNDED_UP_TO"]))
        return f"({draw(inner)} {draw(word(rounding))} 1 tCO2e)"
    if draw(st.booleans()):
        end = draw(word(draw(st.sampled_from(["MONTH_END_DOWN", "MONTH_END_UP"]))))
        return f"{draw(names())} + {draw(durations())} {end}"
    return f"min({', '.join(f'({a})' for a in arguments)})"


def expressions() -> SearchStrategy[str]:
    return st.recursive(
        _atoms(), lambda inner: st.one_of(_compound(inner), _called(inner)), max_leaves=8
    )


# --- declarations --------------------------------------------------------------------


@st.composite
def _labelled(draw: DrawFn, aliased: bool = True) -> str:
    alias = f" ({draw(names())})" if aliased and draw(st.booleans()) else ""
    label = f" {draw(messages())}" if draw(st.booleans()) else ""
    return draw(names()) + alias + label


@st.composite
def _simple_types(draw: DrawFn) -> str:
    if draw(st.booleans()):
        return draw(st.sampled_from(_UNITS))
    kinds = ["text", "yes/no", "integer", "number", "date", "period", "document", "polygon"]
    return draw(word(f"type.{draw(st.sampled_from(kinds))}"))


@st.composite
def _fields(draw: DrawFn) -> str:
    head = draw(_labelled())
    colon = draw(st.sampled_from([" : ", ":", "：", " :\n    "]))
    match draw(st.integers(0, 4)):
        case 0:
            options = draw(st.lists(_labelled(aliased=False), min_size=1, max_size=8))
            comma = draw(st.sampled_from([", ", "、", ",\n    ", ", # 注\n"]))
            kind = f"{draw(word('ONE_OF'))} {comma.join(options)}"
        case 1:
            kind = f"{draw(word('LIST_OF'))} {draw(_simple_types())}"
        case _:
            kind = draw(_simple_types())
    limits = ["", "", " >= 0", " <= 5 ha", f" {draw(word('BETWEEN'))} 0% and 100%"]
    optional = f" {draw(word('OPTIONAL'))}" if draw(st.booleans()) else ""
    return f"{head}{colon}{kind}{draw(st.sampled_from(limits))}{optional}"


@st.composite
def _vocabulary(draw: DrawFn) -> list[str]:
    if draw(st.booleans()):
        head = f"{draw(word('FACTS'))} {draw(_labelled())}"
        return [head, *draw(st.lists(_fields(), min_size=1, max_size=4))]
    lines = [f"{draw(word('TABLE'))} {draw(_labelled())}", f"{draw(word('KEY'))} id, x"]
    if draw(st.booleans()):
        lines.append(f"{draw(word('BOUNDARY'))} {draw(word('type.polygon'))}")
    return [*lines, *draw(st.lists(_fields(), min_size=1, max_size=4))]


@st.composite
def _lookups(draw: DrawFn) -> list[str]:
    head = f"{draw(word('LOOKUP'))} {draw(_labelled())} {draw(word('BY'))} "
    cite = f"{draw(word('CITE'))} {draw(strings())}"
    if draw(st.booleans()):
        gives = f"{draw(word('GIVES'))} a : number, b : {draw(_simple_types())}"
        path = f'{draw(word("FROM"))} "lookups/a.csv"'
        return [f"{head}x : {draw(_simple_types())}, y : text", gives, path, cite]
    bands = [
        f"| {draw(st.sampled_from(['', '<= ', '> ', '不超过 ']))}{draw(numbers())} | "
        f"{draw(st.one_of(numbers(), word('NOT_ACCEPTABLE'), names()))} |"
        + (f" {draw(word('EFFECTIVE'))} 2024-01-01" if draw(st.booleans()) else "")
        for _ in range(draw(st.integers(1, 4)))
    ]
    return [f"{head}x : %", cite, *bands]


@st.composite
def _formulas(draw: DrawFn) -> list[str]:
    each = f" {draw(word('FOR_EACH'))} x {draw(word('IN'))} ys" if draw(st.booleans()) else ""
    lines = [f"{draw(word('FORMULA'))} {draw(_labelled())}{each} : {draw(_simple_types())}"]
    if draw(st.booleans()):
        lines.append(f"{draw(word('CITE'))} {draw(strings())}")
    for _ in range(draw(st.integers(0, 2))):
        lines.append(f"{draw(word('LET'))} {draw(names())} = {draw(expressions())}")
    lines.append(f"= {draw(expressions())}")
    if draw(st.booleans()):
        lines.append(draw(word("CONSERVATIVE")))
    return lines


@st.composite
def clauses(draw: DrawFn) -> str:
    """One line of a rule."""

    def w(token: str) -> str:
        return draw(word(token)) + " "

    value = draw(expressions())
    grade = draw(st.sampled_from(["CAR", "CL", "整改要求"]))
    match draw(st.integers(0, 13)):
        case 0:
            quoting = f" {w('QUOTING')}{draw(strings())}" if draw(st.booleans()) else ""
            return f"{w('CITE')}{draw(strings())}{quoting}"
        case 1:
            level = draw(word(f"basis.{draw(st.sampled_from(['verified', 'unverified']))}"))
            return f"{w('BASIS')}{level}"
        case 2:
            where = f" {w('WHERE')}{value}" if draw(st.booleans()) else ""
            return f"{w('FOR_EACH')}t {w('IN')}trees{where}"
        case 3:
            return f"{w('WHEN')}{value}"
        case 4:
            return f"{w('UNLESS')}{value} {w('BECAUSE')}{draw(messages())}"
        case 5:
            return f"{w('LET')}{draw(names())} = {value}"
        case 6 | 7:
            return f"{w('MUST')}{value}"
        case 8:
            return f"{w('ELSE')}{grade} {draw(messages())}"
        case 9:
            return f"{w('UNKNOWN')}{grade} {draw(messages())}"
        case 10:
            return f"{w('DEFER')}{grade}"
        case 11:
            return f"{w('NEEDS')}{draw(names())}, {draw(names())}"
        case 12:
            return f"{w(draw(st.sampled_from(['REMEDY', 'ASK'])))}{draw(messages())}"
        case _:
            until = f" {w('UNTIL')}{draw(dates())}" if draw(st.booleans()) else ""
            return f"{w('EFFECTIVE')}{draw(dates())}{until}"


@st.composite
def _rules(draw: DrawFn) -> list[str]:
    lines = draw(st.lists(clauses(), max_size=6))
    match draw(st.integers(0, 2)):
        case 0:
            return [f"{draw(word('RULE'))} {draw(ids())} {draw(messages())}", *lines]
        case 1:
            return [f"{draw(word('JUDGE'))} {draw(ids())} {draw(messages())}", *lines]
        case _:
            prefix = draw(st.sampled_from(["", "ccer.", "`must`."]))
            target = f"{draw(word('OF'))} {prefix}{draw(ids())}"
            head = f"{draw(word('AMEND'))} {draw(ids())} {target} {draw(messages())}"
            change = f"{draw(word('SET'))} x = {draw(expressions())}"
            grace = f"{draw(word('GRACE'))} {draw(expressions())} {draw(word('UNTIL'))} 2025-12-31"
            return [head, *lines, change, grace]


@st.composite
def sources(draw: DrawFn) -> str:
    """A rule file without mistakes in any layout that people may choose."""
    text = draw(st.sampled_from(["", "# 开头\n\n", "\n\n"]))
    item = st.one_of(_vocabulary(), _lookups(), _formulas(), _rules(), _rules())
    for lines in draw(st.lists(item, min_size=1, max_size=3)):
        for i, line in enumerate(lines):
            indent = "" if i == 0 else draw(st.sampled_from(["  ", "  ", "", "\t", "      "]))
            ending = draw(
                st.sampled_from(["\n", "\n", "\n\n", "  # 注\n", "\n  # own\n", "\n# m\n"])
            )
            text += indent + line + ending
    return text
