"""Lookups: bands that are complete and disjoint, dated values, and files."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from inline_packs import compiled, pack, plan, problems, rule


def bands(*rows: str, by: str = "x : %", key: str = "project.share") -> list[tuple[str, str]]:
    """What is wrong with a lookup of these bands that gives a percentage."""
    lines = "".join(f"  {row}\n" for row in rows)
    return problems(f"lookup factors by {by} : %\n{lines}" + rule(f"must factors[{key}] < 50%"))


def test_bands_are_read_in_order() -> None:
    assert bands("| <= 10% | 0% |", "| <= 20% | 6% |", "| > 20% | 9% |") == []
    assert bands("| > 20% | 9% |", "| > 10% | 6% |", "| <= 10% | 0% |") == []
    assert bands("| < 10% | 0% |", "| <= 10% | 3% |", "| > 10% | 9% |") == []


def test_a_gap_is_found_however_small() -> None:
    assert bands("| < 10% | 0% |", "| > 10% | 9% |") == [("band-gap", "factors")]
    assert bands("| <= 10% | 0% |", "| <= 20% | 9% |") == [("band-gap", "factors")]
    assert bands("| = 10% | 0% |", "| > 10% | 9% |") == [("band-gap", "factors")]


def test_not_acceptable_is_a_band_like_others() -> None:
    assert bands("| <= 10% | 0% |", "| > 10% | not acceptable |") == []


def test_an_overlap_underlines_the_later_band() -> None:
    later = "| >= 10% | 9% |"
    assert bands("| <= 10% | 0% |", later) == [("band-overlap", later)]
    assert bands("| <= 20% | 0% |", "| <= 10% | 1% |", "| > 20% | 2% |") == [
        ("band-overlap", "| <= 10% | 1% |")
    ]
    assert bands("| <= 20% | 0% |", "| 10% | 1% |", "| > 20% | 2% |") == [
        ("band-overlap", "| 10% | 1% |")
    ]


def test_a_band_nothing_falls_into_is_unreachable() -> None:
    assert bands("| <= 10% | 0% |", "| < 10% | 1% |", "| > 10% | 2% |") == [
        ("unreachable", "| < 10% | 1% |")
    ]


def test_between_whole_numbers_and_between_days_there_is_nothing() -> None:
    assert bands("| <= 9 | 0% |", "| >= 10 | 9% |", by="n : integer", key="3") == []
    found = bands("| <= 9 | 0% |", "| >= 11 | 9% |", by="n : integer", key="3")
    assert found == [("band-gap", "factors")]
    day = "d : date"
    found = bands("| <= 2019-12-31 | 0% |", "| >= 2020-01-01 | 9% |", by=day, key="project.start")
    assert found == []
    found = bands("| <= 2019-12-31 | 0% |", "| > 2020-01-01 | 9% |", by=day, key="project.start")
    assert found == [("band-gap", "factors")]


def test_a_yes_or_no_has_two_values() -> None:
    flag = {"by": "f : yes/no", "key": "project.welfare"}
    assert bands("| yes | 0% |", "| no | 9% |", **flag) == []
    assert bands("| yes | 0% |", **flag) == [("band-gap", "factors")]


def test_texts_are_never_complete_so_a_missing_one_is_no_gap() -> None:
    assert bands('| "a" | 0% |', "| b | 9% |", by="t : text", key="project.province") == []
    assert bands('| "a" | 0% |', '| "a" | 9% |', by="t : text", key="project.province") == [
        ("band-overlap", '| "a" | 9% |')
    ]


def test_an_option_is_looked_up_by_its_name() -> None:
    assert bands("| tree | 0% |", "| bamboo | 9% |", by="t : text", key="project.stand") == []


def test_bands_of_two_keys_are_proved_combination_by_combination() -> None:
    two = {"by": "x : %, y : %", "key": "5%, 5%"}
    assert bands("| <= 10% | <= 5% | 0% |", "| <= 10% | > 5% | 1% |", "| > 10% | <= 5% | 2% |",
                 "| > 10% | > 5% | 3% |", **two) == []  # fmt: skip
    assert bands("| <= 10% | <= 5% | 0% |", "| > 10% | > 5% | 3% |", **two) == [
        ("band-gap", "factors")
    ]
    crossing = "| <= 20% | <= 5% | 1% |"
    assert bands("| <= 10% | <= 9% | 0% |", crossing, "| > 20% | > 9% | 3% |", **two) == [
        ("band-overlap", crossing)
    ]


def test_an_order_is_asked_only_of_numbers_and_dates() -> None:
    found = bands('| <= "a" | 0% |', by="t : text", key="project.province")
    assert found == [("type-mismatch", '"a"')]


def test_a_key_is_something_a_cell_can_hold() -> None:
    found = bands('| "a" | 0% |', by="t : period", key="project.crediting")
    assert found == [("type-mismatch", "period")]


def test_dated_bands_are_complete_in_every_stretch_of_days() -> None:
    old, new = "effective 2020-01-01 until 2023-12-31", "effective 2024-01-01"
    assert bands(f"| <= 10% | 0% | {old}", f"| > 10% | 9% | {old}", f"| <= 20% | 0% | {new}",
                 f"| > 20% | 9% | {new}") == []  # fmt: skip
    assert bands(f"| <= 10% | 0% | {old}", "| > 10% | 9% | effective 2020-01-01") == [
        ("band-gap", "factors")
    ]
    later = "| <= 20% | 1% | effective 2022-01-01"
    # In order: what the first claims is cut off from the second.
    assert bands("| <= 10% | 0% |", later, "| > 10% | 9% | effective 1900-01-01 until 2021-12-31",
                 "| > 20% | 9% | effective 2022-01-01") == [("band-gap", "factors")]  # fmt: skip


def test_two_dated_values_of_one_key_are_in_force_one_after_the_other() -> None:
    assert bands('| "a" | 0% | effective 2020-01-01 until 2020-12-31',
                 '| "a" | 1% | effective 2021-01-01',
                 by="t : text", key="project.province") == []  # fmt: skip
    found = bands('| "a" | 0% | effective 2020-01-01 until 2021-01-01',
                  '| "a" | 1% | effective 2021-01-01',
                  by="t : text", key="project.province")  # fmt: skip
    assert found == [("band-overlap", '| "a" | 1% | effective 2021-01-01')]


LIMITS = st.lists(
    st.tuples(st.sampled_from(["<", "<=", ">", ">=", "="]), st.integers(0, 4)),
    min_size=1,
    max_size=5,
)


@settings(max_examples=200, deadline=None)
@given(LIMITS)
def test_what_is_called_a_gap_no_band_covers_and_nothing_else_is(
    limits: list[tuple[str, int]],
) -> None:
    covers = {
        "<": lambda x, y: x < y,
        "<=": lambda x, y: x <= y,
        ">": lambda x, y: x > y,
        ">=": lambda x, y: x >= y,
        "=": lambda x, y: x == y,
    }
    found = bands(*(f"| {o} {v} | 1% |" for o, v in limits), by="x : number", key="3")
    values = [Decimal(n) / 2 for n in range(-2, 12)]
    gap = any(not any(covers[o](x, v) for o, v in limits) for x in values)
    codes = {code for code, _ in found}
    if "band-overlap" not in codes:
        # Plain keys alone are a list of cases, as of species or years, and never complete.
        ranged = any(o != "=" for o, _ in limits)
        assert ("band-gap" in codes) is (gap and ranged)
    if not found:
        for x in values:
            claims = [(o, v) for o, v in limits if covers[o](x, v)]
            if not claims:
                continue
            # The first claims it, and all others only from further out the same way.
            assert len({o[0] for o, _ in claims}) == 1
            first = claims[0][1]
            assert all(v >= first if claims[0][0][0] == "<" else v <= first for _, v in claims)


FILE = 'lookup factors by species : text\n  gives a : number, b : {type}\n  from "data/t.csv"\n'


def from_csv(content: str, type: str = "%", path: str = "data/t.csv") -> list[str]:
    text = FILE.format(type=type) + rule('must factors["pine"].a > 0 and factors["pine"].b > 0%')
    _, found = compiled(pack(text, **{path: content}))
    return [d.message("en") for d in found]


def test_a_file_is_read_to_exact_values_with_their_lines() -> None:
    text = FILE.format(type="%") + rule('must factors["pine"].a > 0 and factors["pine"].b > 0%')
    csv = "\ufeffspecies,note,b,a,effective,until\npine,x,12.50,-1e-3,2024-01-01,2024-12-31\n\n"
    row = plan(text, **{"data/t.csv": csv}).lookups["factors"].rows[0]
    assert [str(value) for value in row.values or ()] == ["-0.001", "12.50"]
    assert (row.effective, row.until) == (date(2024, 1, 1), date(2024, 12, 31))
    assert row.place == "data/t.csv:2"


def test_chinese_headings_date_a_row_and_a_row_may_be_refused_in_chinese() -> None:
    text = FILE.format(type="%") + rule('must factors["pine"].a > 0 and factors["pine"].b > 0%')
    csv = "species,a,b,施行,至\npine,不可接受,不可接受,2024-01-01,2024-12-31\n"
    row = plan(text, **{"data/t.csv": csv}).lookups["factors"].rows[0]
    assert row.values is None
    assert row.until == date(2024, 12, 31)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "has no column"),
        ("species,a\npine,1\n", "has no column `b`"),
        ("species,a,b\npine,1\n", "line 2 has 2 fields, the header has 3"),
        ("species,a,b,b\npine,1,1,1\n", "column `b` stands twice"),
        ('species,a,"b"x\npine,1,1\n', "line 1 is not valid CSV"),
        ("species,a,b\npine,one,1\n", "line 2, column `a`: `one` is not a bare number"),
        ("species,a,b\npine,１,1\n", "`１` is not a bare number"),
        ("species,a,b\npine,Infinity,1\n", "`Infinity` is not a bare number"),
        ("species,a,b\npine,,1\n", 'column `a`: `""` is not a bare number'),
        ("species,a,b,until\npine,1,1,2024-02-30\n", "`2024-02-30` is not a date"),
        ("species,a,b\npine,1,2\npine,3,4\n", "two rows have the key pine"),
    ],
)
def test_what_is_wrong_with_a_file_is_said_with_its_line(content: str, said: str) -> None:
    found = from_csv(content)
    assert any(said in sentence for sentence in found), found


def test_a_file_in_another_encoding_is_refused() -> None:
    text = FILE.format(type="%") + rule('must factors["pine"].a > 0 and factors["pine"].b > 0%')
    files = pack(text)
    files.content["data/t.csv"] = "species,a,b\n松,1,2\n".encode("gbk")
    _, found = compiled(files)
    assert [d.code for d in found] == ["lookup-file-unreadable"]


@pytest.mark.parametrize("path", ["data/none.csv", "../t.csv", "/etc/passwd", "data/../../t.csv"])
def test_only_a_file_of_the_pack_can_be_named(path: str) -> None:
    text = FILE.format(type="%").replace("data/t.csv", path)
    found = problems(text + rule('must factors["pine"].a > 0 and factors["pine"].b > 0%'))
    assert found == [("lookup-file-missing", path)]


def test_one_unnamed_value_of_a_file_stands_under_the_name_of_the_lookup() -> None:
    text = 'lookup factor by year : integer : %\n  from "data/f.csv"\n'
    csv = "year,factor\n2024,3.5\n"
    row = (
        plan(text + rule("must factor[2024] > 1%"), **{"data/f.csv": csv}).lookups["factor"].rows[0]
    )
    assert row.values == (Decimal("3.5"),)


def test_whole_numbers_of_a_file_are_whole() -> None:
    text = 'lookup factor by year : integer : %\n  from "data/f.csv"\n' + rule(
        "must factor[2024] > 1%"
    )
    _, found = compiled(pack(text, **{"data/f.csv": "year,factor\n2024.5,3.5\n"}))
    assert [d.code for d in found] == ["lookup-cell-unreadable"]


def test_a_lookup_is_asked_with_as_many_keys_as_it_has_and_for_a_value_it_gives() -> None:
    text = 'lookup factors by x : text\n  gives a : number\n  | "p" | 1 |\n'
    assert problems(text + rule('must factors["p", "q"].a > 1')) == [
        ("wrong-argument-count", 'factors["p", "q"]')
    ]
    assert problems(text + rule('must factors["p"].b > 1')) == [("unknown-field", "b")]
    assert problems(text + rule('must factors["p"] > 1')) == [("type-mismatch", 'factors["p"]')]
    assert problems(text + rule("must factors[3].a > 1")) == [("type-mismatch", "3")]
    assert problems(text + rule('must factors["p" on project.area].a > 1')) == [
        ("type-mismatch", "project.area")
    ]


def test_keys_and_values_have_names_of_their_own() -> None:
    text = 'lookup factors by x : text\n  gives x : number\n  | "p" | 1 |\n'
    assert ("name-taken", "x") in problems(text + rule('must factors["p"].x > 1'))


# --- aliases and lengths of time -------------------------------------------------------

ALIASED = """lookup discount (扣减) "Discount" zh "扣减率" by share : % : %
  | <= 10% | 0% |
  | > 10% | 9% |
"""


@pytest.mark.parametrize("name", ["discount", "扣减"])
def test_a_lookup_goes_by_its_name_or_alias(name: str) -> None:
    made = plan(ALIASED + rule(f"must {name}[project.share] < 50%"))
    assert made.lookups["discount"].alias == "扣减"
    (of,) = made.rules
    assert of.must is not None
    assert "discount" in repr(of.must)


def test_an_alias_of_a_lookup_is_declared_once() -> None:
    found = problems(ALIASED.replace("扣减)", "project)") + rule("must discount[share] < 50%"))
    assert ("name-taken", "project") in found
    _, told = compiled(pack(ALIASED + rule("must 扣减率[share] < 50%")))
    assert [d.help("zh") for d in told if d.code == "unknown-name"] == ["是否想写 `扣减`？"]


def test_a_column_of_the_unnamed_value_may_be_headed_by_the_alias() -> None:
    text = 'lookup limits (限值) "Limits" zh "限值" by place : text : ha\n  from "l.csv"\n'
    for heading in ("limits", "限值"):
        files = {"l.csv": f"place,{heading}\n甲,3\n"}
        made = plan(text + rule("must 限值[province] > 1 ha"), None, **files)
        assert made.lookups["limits"].rows[0].values == (Decimal(3),)


TERMS = 'lookup terms "Terms" zh "期限" by place : text\n  gives least : duration\n'


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("3 years", (3, "years")),
        ("18个月", (18, "months")),
        ("30 天", (30, "days")),
        ("20个工作日", (20, "working days")),
    ],
)
def test_a_length_of_time_may_be_a_value_of_a_file(cell: str, value: tuple[int, str]) -> None:
    files = {"t.csv": f"place,least\n甲,{cell}\n"}
    used = rule("must project.term >= terms[province].least")
    made = plan(f'{TERMS}  from "t.csv"\n{used}', None, **files)
    assert made.lookups["terms"].rows[0].values == (value,)


def test_a_length_of_time_may_be_a_value_written_in_place() -> None:
    used = rule("must start + terms[province].least month end down <= as_of")
    made = plan(f'{TERMS}  | "甲" | 3 years |\n  | "乙" | 6 个月 |\n{used}')
    values = [row.values for row in made.lookups["terms"].rows]
    assert values == [((3, "years"),), ((6, "months"),)]
    unnamed = 'lookup terms "Terms" zh "期限" by share : %\n  | <= 10% | 3 years |\n  | > 10% | 6 months |\n'
    assert problems(unnamed + rule("must project.term >= terms[share]")) == []


def test_what_is_no_length_of_time_is_told_and_none_is_a_key() -> None:
    used = rule("must project.term >= terms[province].least")
    found = problems(f'{TERMS}  from "t.csv"\n{used}', None, **{"t.csv": "place,least\n甲,3\n"})
    assert found == [("lookup-cell-unreadable", "t.csv")]
    found = problems(f'{TERMS}  | "甲" | 3 |\n{used}')
    assert found == [("type-mismatch", "3")]
    keyed = 'lookup k "K" zh "键" by term : duration : ha\n  | 3 years | 1 ha |\n'
    assert ("type-mismatch", "duration") in problems(keyed + rule("must k[project.term] > 1 ha"))


def test_adding_months_of_a_lookup_wants_to_know_what_becomes_of_a_missing_day() -> None:
    text = f'{TERMS}  | "甲" | 3 years |\n'
    found = problems(text + rule("must start + terms[province].least <= as_of"))
    assert [code for code, _ in found] == ["month-end-unsaid"]
