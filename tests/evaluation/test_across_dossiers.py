"""Rules that ask about rows in the other dossiers of a run."""

from __future__ import annotations

import json
import pickle
from datetime import date
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guiju.assessment import assess
from guiju.dossier import DossierTwice, Others
from guiju.evaluation import other_rows
from guiju.messages import LANGUAGES
from guiju.plan.nodes import PackPlan
from guiju.plan.words import rule_words, words
from guiju.reporting import write
from guiju.verdicts import Assessment

from ..geometry.shapes import box, polygon, shape
from .across_making import Tables, pooled, project, together
from .making import D, calls_counted, only, pack

VOCABULARY = """
facts project "Project"
  start : date
  limit : number
table parcels "Project parcels" zh "项目地块"
  key id
  boundary polygon
  id      : text
  vintage : integer
  size    : number
table units "Units" zh "减排量"
  key first
  first    : integer
  last     : integer
  registry : text
"""
SHARED = (
    VOCABULARY
    + """
rule X "No parcel stands in two projects"
  for each parcel in parcels
  must no other in parcels across dossiers
         satisfies other.id = parcel.id and other.vintage = parcel.vintage
  else CAR "Parcel {parcel.id} also stands elsewhere."
  unknown CL "Give the vintage of parcel {parcel.id}."
"""
)
SERIALS = (
    VOCABULARY
    + """
rule X "No serial number is issued twice"
  for each unit in units
  must no other in units across dossiers satisfies other.first <= unit.last
         and other.last >= unit.first and other.registry = unit.registry
  else CAR "Taken."
"""
)
OVERLAPS = (
    VOCABULARY
    + """
rule X "No parcel overlaps one of another project"
  for each parcel in parcels
  must no other in parcels across dossiers
         satisfies overlap_area(other.boundary, parcel.boundary) > 1 m2
  else CAR "Overlaps."
"""
)


THIS_YEAR = D(2024)


def parcels(*ids: Any, vintage: Any = THIS_YEAR) -> Tables:
    return {"parcels": [{"id": name, "vintage": vintage} for name in ids]}


def verdicts(assessments: list[Assessment]) -> list[str]:
    return [only(one).verdict for one in assessments]


# --- by key, by ranges, by place -----------------------------------------------------------


def test_a_parcel_that_stands_in_two_dossiers_fails_in_both_and_its_twin_is_named() -> None:
    plan = pack(SHARED)
    found = together(
        plan,
        [
            project(plan, "D-1", parcels("P-1", "P-2")),
            project(plan, "D-2", parcels("P-3")),
            project(plan, "D-3", parcels("P-9", "P-2")),
        ],
    )
    assert verdicts(found) == ["nonconforming", "conforms", "nonconforming"]
    (finding,) = only(found[0]).findings
    assert finding.subject == "P-2"
    twin = finding.values[-1]
    assert (twin.name, twin.value) == ("D-3: parcels[P-2]", "P-2")
    assert twin.label == {"en": "P-2 in dossier D-3", "zh": "项目档案D-3中的P-2"}
    assert twin.origin is not None
    assert (twin.origin.file, twin.origin.at) == ("dossier:D-3/parcels.csv", "A3")
    derivation = finding.derivation
    assert derivation is not None
    (member,) = derivation.parts
    assert derivation.rows == 3
    assert (member.words["en"], member.value) == ("P-2 in dossier D-3", "yes")
    assert member.origin == twin.origin
    cells = [part.origin for comparison in member.parts[0].parts for part in comparison.parts]
    assert [(at.file, at.at) for at in cells if at] == [
        ("dossier:D-3/parcels.csv", "A3"),
        ("parcels.csv", "A3"),
        ("dossier:D-3/parcels.csv", "B3"),
        ("parcels.csv", "B3"),
    ]


def test_the_dossiers_own_rows_are_never_among_the_others() -> None:
    plan = pack(SHARED)
    twice = {"parcels": [{"id": "P-1", "vintage": D(1)}, {"id": "P-1", "vintage": D(1)}]}
    assert verdicts(together(plan, [project(plan, "D-1", twice)])) == ["conforms"]


def test_a_parcel_of_another_vintage_is_no_twin() -> None:
    plan = pack(SHARED)
    first = project(plan, "D-1", parcels("P-1", vintage=D(2023)))
    second = project(plan, "D-2", parcels("P-1", vintage=D("2024.0")))
    third = project(plan, "D-3", parcels("P-1", vintage=D(2024)))
    assert verdicts(together(plan, [first, second, third])) == [
        "conforms",
        "nonconforming",
        "nonconforming",
    ]


def units(*ranges: tuple[int, int], registry: str = "CCER") -> Tables:
    return {"units": [{"first": D(a), "last": D(b), "registry": registry} for a, b in ranges]}


def test_ranges_that_share_an_end_overlap_and_those_beside_each_other_do_not() -> None:
    plan = pack(SERIALS)
    found = together(
        plan,
        [
            project(plan, "D-1", units((1, 100), (301, 400))),
            project(plan, "D-2", units((100, 200))),
            project(plan, "D-3", units((201, 300))),
            project(plan, "D-4", units((1, 1000), registry="VCS")),
        ],
    )
    assert verdicts(found) == ["nonconforming", "nonconforming", "conforms", "conforms"]
    assert [f.subject for f in only(found[0]).findings] == ["1"]


def test_boundaries_that_overlap_are_found_across_dossiers() -> None:
    plan = pack(OVERLAPS)

    def field(*boxes: tuple[int, int, int, int]) -> Tables:
        return {
            "parcels": [
                {"id": f"P-{n}", "boundary": shape(box(*sides))} for n, sides in enumerate(boxes)
            ]
        }

    found = together(
        plan,
        [
            project(plan, "D-1", field((0, 0, 100, 100), (50, 50, 150, 150))),
            project(plan, "D-2", field((90, 90, 190, 190), (1000, 0, 1100, 100))),
            project(plan, "D-3", field((1100, 0, 1200, 100))),
        ],
    )
    # Its own overlap is no matter of this rule, and rims that touch share no area.
    assert [f.subject for f in only(found[0]).findings] == ["P-0", "P-1"]
    assert [f.subject for f in only(found[1]).findings] == ["P-0"]
    assert verdicts(found)[2] == "conforms"


def test_the_id_of_the_other_dossier_can_be_asked_and_shown() -> None:
    text = f"""{VOCABULARY}
rule X "x"
  for each parcel in parcels
  let twin = first of other for other in parcels across dossiers where other.id = parcel.id
             by other.vintage
  must (count for other in parcels across dossiers
        where other.id = parcel.id and other.dossier != "D-9") = 0
  else CAR "{{parcel.id}} stands in {{twin.dossier}} as {{twin}} of {{twin.vintage}}."
"""
    plan = pack(text)
    found = together(
        plan,
        [
            project(plan, "D-1", parcels("P-1", "P-2")),
            project(plan, "D-2", parcels("P-1", vintage=D(2025))),
            project(plan, "D-3", parcels("P-1", vintage=D(2020))),
            project(plan, "D-9", parcels("P-2", vintage=D(2020))),
        ],
    )
    (finding,) = only(found[0]).findings
    assert finding.message["en"] == "P-1 stands in D-3 as D-3: P-1 of 2020."
    assert [value.name for value in finding.values] == [
        "D-2: parcels[P-1]",
        "D-3: parcels[P-1]",
    ]


def test_a_formula_may_ask_about_other_dossiers() -> None:
    text = f"""{VOCABULARY}
formula elsewhere for each parcel in parcels : number
  = sum of other.size for other in parcels across dossiers where other.id = parcel.id
formula most : number
  = max of parcel.elsewhere for parcel in parcels
rule X "x"
  must most <= project.limit
  else CAR "no"
"""
    plan = pack(text)
    own = {"parcels": [{"id": "P-1", "size": D(5)}]}
    other = {"parcels": [{"id": "P-1", "size": D(7)}]}
    dossiers = [
        project(plan, "D-1", own, limit=D(6)),
        project(plan, "D-2", other, limit=D(6)),
    ]
    assert verdicts(together(plan, dossiers)) == ["nonconforming", "conforms"]
    alone = assess(dossiers[0], plan)
    assert alone.values == []
    assert [(one.subject, one.reason["en"]) for one in alone.not_checked] == [
        ("X", "asks about other dossiers; `guiju batch` checks it")
    ]


def test_a_place_in_another_dossier_is_no_place_in_this_one() -> None:
    plan = pack(SHARED)
    found = together(plan, [project(plan, name, parcels("P-1")) for name in ("D-1", "二号")])
    sarif = json.loads(write([found[0]], "sarif", "en"))
    (result,) = sarif["runs"][0]["results"]
    uris = [
        place["physicalLocation"]["artifactLocation"]["uri"]
        for place in (*result["locations"], *result["relatedLocations"])
    ]
    assert uris[0] == "D-1/parcels.csv"
    assert uris[-1] == "dossier:%E4%BA%8C%E5%8F%B7/parcels.csv"
    assert "dossier:二号/parcels.csv" in write([found[0]], "markdown", "zh")


# --- one dossier alone ---------------------------------------------------------------------


def test_alone_the_rule_is_said_not_to_be_checked_and_keeps_no_opinion_open() -> None:
    plan = pack(SHARED + 'rule Y "y"\n  must project.limit > 0\n  else CAR "no"\n')
    one = project(plan, "D-1", parcels("P-1"), limit=D(1))
    found = assess(one, plan)
    assert [r.id for r in found.requirements] == ["Y"]
    assert [(u.subject, u.reason["zh"]) for u in found.not_checked] == [
        ("X", "涉及其他项目档案，由 `guiju batch` 核查")
    ]
    assert found.opinion == "positive"


def test_a_pack_of_such_rules_alone_gives_no_positive_opinion() -> None:
    plan = pack(SHARED)
    found = assess(project(plan, "D-1", parcels("P-1")), plan)
    assert (found.opinion, found.requirements) == ("open", [])


def test_the_only_dossier_of_a_run_has_no_others() -> None:
    plan = pack(SHARED)
    found = together(plan, [project(plan, "D-1", parcels("P-1"))])
    assert (found[0].opinion, verdicts(found)) == ("positive", ["conforms"])


def test_a_dossier_that_is_not_of_the_run_may_be_asked_about() -> None:
    plan = pack(SHARED)
    others = pooled(plan, [project(plan, "D-1", parcels("P-1"))])
    new = project(plan, "D-2", parcels("P-1"))
    assert only(assess(new, plan, others=others)).verdict == "nonconforming"


# --- what other dossiers lack --------------------------------------------------------------


def test_a_cell_another_dossier_lacks_is_named_with_it_and_not_asked_of_this_applicant() -> None:
    plan = pack(SHARED)
    found = together(
        plan,
        [
            project(plan, "D-1", parcels("P-1", "P-2")),
            project(plan, "D-2", parcels("P-1", vintage=None)),
        ],
    )
    requirement = only(found[0])
    assert requirement.counts == {"undetermined": 1, "conforms": 1}
    (finding,) = requirement.findings
    (missing,) = finding.missing
    assert (missing.kind, missing.name) == ("other cell", "D-2: parcels[P-1].vintage")
    assert missing.label == {
        "en": "vintage of P-1 in dossier D-2",
        "zh": "项目档案D-2中P-1的vintage",
    }
    assert missing.origin is not None
    assert (missing.origin.file, missing.origin.at) == ("dossier:D-2/parcels.csv", "B2")
    assert finding.message["en"].startswith("This stays open because of other dossiers")
    assert [lack.missing.name for lack in found[0].lacks] == ["D-2: parcels[P-1].vintage"]
    # The one who lacks it is asked for it in his own words.
    (own,) = only(found[1]).findings
    assert own.message["en"] == "Give the vintage of parcel P-1."
    assert [(m.kind, m.name) for m in own.missing] == [("cell", "parcels[P-1].vintage")]


def test_a_twin_that_is_known_decides_whatever_other_dossiers_lack() -> None:
    plan = pack(SHARED)
    found = together(
        plan,
        [
            project(plan, "D-1", parcels("P-1")),
            project(plan, "D-2", parcels("P-1")),
            project(plan, "D-3", parcels(None)),
            project(plan, "D-4", {}),
        ],
    )
    assert verdicts(found)[:2] == ["nonconforming", "nonconforming"]


@pytest.mark.parametrize(
    ("must", "with_rows"),
    [
        ("no other in parcels across dossiers satisfies other.id = parcel.id", False),
        ("every other in parcels across dossiers satisfies other.id != parcel.id", False),
        ("(count for other in parcels across dossiers where other.id = parcel.id) = 0", True),
        ("(count for other in parcels across dossiers) >= 0", True),
        ("at least 50% of other in parcels across dossiers satisfies other.size > 1", True),
        ("(max of other.size for other in parcels across dossiers) > 0", True),
    ],
)
def test_a_dossier_without_the_table_leaves_open_what_its_rows_could_change(
    must: str, with_rows: bool
) -> None:
    plan = pack(
        f'{VOCABULARY}rule X "x"\n  for each parcel in parcels\n  must {must}\n  else CAR "no"\n'
    )
    others = Others(plan)
    one = project(plan, "D-1", {"parcels": [{"id": "P-1", "size": D(1)}]})
    others.add(one)
    others.add(project(plan, "D-2", {"parcels": [{"id": "P-2", "size": D(3)}]}))
    assert only(assess(one, plan, others=others)).verdict == "conforms"
    others.add(project(plan, "D-3", {}))
    others.add_unread("D-4", "broken.zip")
    requirement = only(assess(one, plan, others=others))
    assert requirement.verdict == "undetermined"
    assert [(m.kind, m.name) for m in requirement.missing] == [
        ("other table", "D-3: parcels"),
        ("other table", "D-4: parcels"),
    ]
    assert requirement.missing[0].label == {
        "en": "the table “Project parcels” of dossier D-3",
        "zh": "项目档案D-3的“项目地块”数据表",
    }


def test_what_many_dossiers_lack_is_told_once() -> None:
    plan = pack(SHARED)
    one = project(plan, "D-1", parcels("P-1"))
    cells = [project(plan, f"C-{n}", parcels("P-1", vintage=None)) for n in range(30)]
    found = together(plan, [one, *cells])[0]
    (missing,) = only(found).missing
    assert missing.name == "parcels.vintage"
    assert missing.label["en"] == (
        "vintage of 30 rows of “Project parcels” in other dossiers (C-0, C-1, C-2, C-3, C-4, …)"
    )
    assert [lack.rules for lack in found.lacks] == [["X"]]
    tables = [project(plan, f"C-{n}", {}) for n in range(30)]
    (missing,) = only(together(plan, [one, *tables])[0]).missing
    assert missing.label["en"] == (
        "the table “Project parcels” of 30 other dossiers (C-0, C-1, C-2, C-3, C-4, …)"
    )


def test_a_boundary_with_a_fault_in_another_dossier_is_told_as_that_dossiers() -> None:
    plan = pack(OVERLAPS)
    bow = shape(polygon((0, 0), (50, 50), (50, 0), (0, 50)))
    one = project(plan, "D-1", {"parcels": [{"id": "P-1", "boundary": shape(box(0, 0, 9, 9))}]})
    two = project(plan, "D-2", {"parcels": [{"id": "P-7", "boundary": bow}, {"id": "P-8"}]})
    found = together(plan, [one, two])[0]
    named = {m.name: m.label["en"] for m in only(found).missing}
    assert set(named) == {"D-2: parcels[P-7].boundary", "D-2: parcels[P-8].boundary"}
    assert named["D-2: parcels[P-7].boundary"].startswith(
        "boundary of P-7 in dossier D-2 as a valid geometry: it crosses itself"
    )


def test_a_boundary_with_a_fault_of_its_own_is_asked_of_the_applicant() -> None:
    plan = pack(OVERLAPS)
    bow = shape(polygon((0, 0), (50, 50), (50, 0), (0, 50)))
    one = project(plan, "D-1", {"parcels": [{"id": "P-7", "boundary": bow}]})
    two = project(plan, "D-2", {"parcels": [{"id": "P-1", "boundary": shape(box(0, 0, 9, 9))}]})
    (missing,) = only(together(plan, [one, two])[0]).missing
    assert (missing.kind, missing.name) == ("undefined", "parcels[P-7].boundary")


def test_nothing_of_one_dossier_is_kept_with_what_is_there_for_all() -> None:
    plan = pack(OVERLAPS)
    made = [
        project(
            plan,
            f"D-{n}",
            {"parcels": [{"id": f"P-{k}", "boundary": shape(box(9 * k, 9 * n, 9 * k + 8, 9 * n + 8))}
                         for k in range(10)]},
        )
        for n in range(3)
    ]  # fmt: skip
    others = pooled(plan, made)
    kept = []
    for one in made:
        assess(one, plan, others=others)
        kept.append(set(others.tables["parcels"].kept))
        index, _ = others.tables["parcels"].kept["shapes", "boundary"]
        assert index._overlapping == {}
    assert kept[0] == kept[1] == kept[2]


def test_a_layer_that_another_dossier_lacks_is_one_thing() -> None:
    plan = pack(OVERLAPS)
    one = project(plan, "D-1", {"parcels": [{"id": "P-1", "boundary": shape(box(0, 0, 9, 9))}]})
    two = project(plan, "D-2", {"parcels": [{"id": f"P-{n}"} for n in range(60)]})
    (missing,) = only(together(plan, [one, two])[0]).missing
    assert (missing.kind, missing.name) == ("other table", "D-2: parcels.boundary")


def test_a_fact_that_cannot_matter_whatever_stands_elsewhere_is_not_asked_for() -> None:
    plan = pack(
        f"""{VOCABULARY}
rule X "x"
  for each parcel in parcels
  must no other in parcels across dossiers satisfies other.id = parcel.id
       and (project.limit > 1 or project.limit <= 1)
  else CAR "no"
"""
    )
    first, second = (project(plan, name, parcels("P-1")) for name in ("D-1", "D-2"))
    assert verdicts(together(plan, [first, second])) == ["nonconforming"] * 2


# --- the run ------------------------------------------------------------------------------


def test_two_dossiers_of_one_id_are_an_error_of_the_run() -> None:
    plan = pack(SHARED)
    others = pooled(plan, [project(plan, "D-1", parcels("P-1"))])
    copy = project(plan, "D-1", parcels("P-2"))
    copy.path = "copies/D-1/"
    with pytest.raises(DossierTwice, match="D-1") as raised:
        others.add(copy)
    problem = raised.value.problem
    assert (problem.code, problem.severity) == ("dossier-twice", "error")
    for lang in LANGUAGES:
        assert "copies/D-1/" in problem.message[lang]
        assert problem.mend[lang]
    assert pickle.loads(pickle.dumps(raised.value)).problem == problem


def test_a_dossier_is_not_taken_for_another_of_its_id() -> None:
    plan = pack(SHARED)
    others = pooled(plan, [project(plan, "D-1", parcels("P-1"))])
    changed = project(plan, "D-1", parcels("P-1"))
    changed.digest = "of other files"
    with pytest.raises(DossierTwice):
        assess(changed, plan, others=others)


def test_parts_pooled_apart_and_pickled_say_the_same() -> None:
    plan = pack(SHARED)
    dossiers = [
        project(plan, "D-1", parcels("P-1", "P-2")),
        project(plan, "D-2", {"parcels": []}),
        project(plan, "D-3", parcels(*[f"Q-{n}" for n in range(20)], "P-2")),
        project(plan, "D-4", {}),
        project(plan, "D-5", parcels("P-2", None)),
    ]
    whole = pooled(plan, dossiers)
    parts = [
        pickle.loads(pickle.dumps(pooled(plan, some))) for some in (dossiers[:2], dossiers[2:])
    ]
    parts[0].extend(parts[1])
    again = pickle.loads(pickle.dumps(parts[0]))
    for one in dossiers:
        first = assess(one, plan, others=whole)
        assert first == assess(one, plan, others=parts[0]) == assess(one, plan, others=again)
    with pytest.raises(DossierTwice):
        parts[0].extend(parts[1])


def test_only_the_columns_that_are_asked_for_are_kept() -> None:
    plan = pack(SHARED)
    others = pooled(plan, [project(plan, "D-1", parcels("P-1") | units((1, 2)))])
    assert {name: list(table.columns) for name, table in others.tables.items()} == {
        "parcels": ["id", "vintage"]
    }


# --- the roads ------------------------------------------------------------------------------

CONDITIONS = [
    "no o in units across dossiers satisfies o.first <= u.last and o.last >= u.first"
    " and o.registry = u.registry",
    "no o in units across dossiers where o.registry = u.registry satisfies"
    " o.first between u.first and u.last",
    "every o in units across dossiers satisfies o.first != u.first or o.registry != u.registry",
    "every o in units across dossiers where o.registry = u.registry satisfies o.last < u.first",
    "some o in units across dossiers satisfies u.first = o.first and o.last > project.limit",
    "at least 2 o in units across dossiers where o.registry = u.registry satisfies"
    " o.first = u.first",
    "at least 40% of o in units across dossiers where o.registry = u.registry satisfies"
    " o.last >= 3",
    "at least 40% of o in units across dossiers satisfies o.registry = u.registry",
    "every o in units across dossiers satisfies o.registry = u.registry or o.last > 3",
    "every o in units across dossiers satisfies not (o.first = u.first) or o.last > 3",
    "(sum of o.last for o in units across dossiers where o.registry = u.registry) <= 9",
    "(count for o in units across dossiers where o.first >= u.first and o.first < u.last) <= 1",
    "(first of o.last for o in units across dossiers where o.registry = u.registry by o.first) > 2",
    "(max of o.last for o in units across dossiers where o.first = u.first) < 4",
    "(count for o in units across dossiers where o.dossier != u.registry) > 3",
    "no o in units across dossiers satisfies o.registry is not known and o.first = u.first",
    "no o in units across dossiers satisfies o.first = u.first",
    "no o in units across dossiers satisfies o.first = u.first and o.last = project.limit",
]
numbers = st.sampled_from([D(1), D(2), D("2.0"), D(3), D(4), D(5), None])
registries = st.sampled_from(["a", "b", "D-1", None])
rows = st.lists(st.tuples(numbers, numbers, registries), max_size=6)


def said(assessment: Assessment) -> Any:
    """What is compared: all but how it came about."""
    requirement = only(assessment)
    return (
        requirement.verdict,
        requirement.counts,
        requirement.missing,
        requirement.margins,
        [
            (f.subject, f.verdict, f.message, f.missing, f.values, f.origin)
            for f in requirement.findings
        ],
        assessment.lacks,
        assessment.opinion,
    )


def compiled(condition: str, row: str, table: str) -> PackPlan:
    return pack(
        f'{VOCABULARY}rule X "x"\n  for each {row} in {table}\n  must {condition}\n'
        '  else CAR "no"\n'
    )


@pytest.mark.parametrize("condition", CONDITIONS)
@settings(max_examples=25, deadline=None)
@given(dossiers=st.lists(rows, min_size=1, max_size=5), limit=numbers, absent=st.booleans())
def test_the_indexes_change_nothing(
    condition: str, dossiers: list[Any], limit: Any, absent: bool
) -> None:
    plan = compiled(condition, "u", "units")
    made = [
        project(
            plan,
            f"D-{n}",
            {"units": [{"first": a, "last": b, "registry": c} for a, b, c in some]},
            limit=limit,
        )
        for n, some in enumerate(dossiers)
    ]
    if absent:
        made.append(project(plan, "D-absent", {}))
    told = []
    for fewest in (0, 1_000_000):
        with patch.object(other_rows, "FEWEST", fewest):
            told.append([said(one) for one in together(plan, made)])
    assert told[0] == told[1]


EVERY = (
    VOCABULARY
    + """
rule X "x"
  for each parcel in parcels
  must every other in parcels across dossiers satisfies other.id != parcel.id
  else CAR "no"
"""
)


@pytest.mark.parametrize("text", [SHARED, SERIALS, OVERLAPS, EVERY])
def test_few_rows_are_gone_over(text: str) -> None:
    plan = pack(text)
    made = [
        project(
            plan,
            f"D-{n}",
            units(*((100 * n + 10 * k, 100 * n + 10 * k + 9) for k in range(5)))
            | {
                "parcels": [
                    {
                        "id": f"P-{n}-{k}",
                        "vintage": THIS_YEAR,
                        "boundary": shape(box(1000 * k, 1000 * n, 1000 * k + 500, 1000 * n + 500)),
                    }
                    for k in range(5)
                ]
            },
        )
        for n in range(6)
    ]
    taken: list[int] = []

    def counted(run: Any, node: Any) -> Any:
        found = near_of(run, node)
        assert found is not None

        def members(frame: Any, every: Any) -> Any:
            rows = list(found(frame, every))
            taken.append(len(rows))
            return rows

        return members

    near_of = other_rows.others_near
    with patch.object(other_rows, "others_near", counted):
        assert verdicts(together(plan, made)) == ["conforms"] * 6
    assert len(taken) >= 30
    assert max(taken) == 0


def test_a_dossiers_own_boundaries_are_not_measured_against_themselves() -> None:
    from guiju.geometry.index import Index
    from guiju.geometry.prepared import Layer

    own = [shape(box(10 * n, 0, 10 * n + 15, 9)) for n in range(3)]
    pool = Index(Layer([shape(box(0, 0, 9, 9)), *own, None]))
    asking = Index(Layer(own))
    assert [
        (row, [here for here, _ in met]) for row, met in pool.met(asking, range(1, 4)).items()
    ] == [(0, [0])]
    assert pool._overlapping == {}


SHAPED = [
    "no o in parcels across dossiers satisfies overlap_area(o.boundary, p.boundary) > 1 m2",
    "no o in parcels across dossiers where o.vintage = p.vintage satisfies"
    " overlap_area(p.boundary, o.boundary) > 0 m2",
    "every o in parcels across dossiers satisfies overlap_area(o.boundary, p.boundary) <= 9 m2"
    " or o.vintage != p.vintage",
    "some o in parcels across dossiers satisfies within(o.boundary, p.boundary)",
    "no o in parcels across dossiers satisfies distance(o.boundary, p.boundary) < 30 m",
    "(sum of overlap_area(o.boundary, p.boundary) for o in parcels across dossiers) <= 100 m2",
    "(min of distance(o.boundary, p.boundary) for o in parcels across dossiers) > 25 m",
    "(count for o in parcels across dossiers where overlap_area(o.boundary, p.boundary) > 0 m2)"
    " = 0",
    "at least 1 o in parcels across dossiers satisfies"
    " overlap_area(o.boundary, p.boundary) > 0 m2 and o.vintage = p.vintage",
]
BOW = polygon((0, 0), (50, 50), (50, 0), (0, 50))


@st.composite
def boundaries(draw: st.DrawFn) -> Any:
    kind = draw(st.sampled_from(["box"] * 8 + ["missing", "bow", "datum"]))
    if kind == "missing":
        return None
    if kind == "bow":
        return shape(BOW)
    x, y = (draw(st.integers(0, 12)) * 10 for _ in range(2))
    wide, high = (draw(st.integers(1, 4)) * 10 for _ in range(2))
    return shape(box(x, y, x + wide, y + high), "EPSG:4214" if kind == "datum" else "EPSG:4490")


fields = st.lists(st.tuples(boundaries(), st.sampled_from([D(1), D(2), None])), max_size=5)


@pytest.mark.parametrize("condition", SHAPED)
@settings(max_examples=25, deadline=None)
@given(dossiers=st.lists(fields, min_size=1, max_size=4))
def test_the_index_by_place_changes_nothing(condition: str, dossiers: list[Any]) -> None:
    plan = compiled(condition, "p", "parcels")
    made = [
        project(
            plan,
            f"D-{n}",
            {
                "parcels": [
                    {"id": f"P-{k}", "boundary": sides, "vintage": vintage}
                    for k, (sides, vintage) in enumerate(some)
                ]
            },
        )
        for n, some in enumerate(dossiers)
    ]
    told = []
    for fewest in (0, 1_000_000):
        with patch.object(other_rows, "FEWEST", fewest):
            told.append([said(one) for one in together(plan, made)])
    assert told[0] == told[1]


def test_a_run_takes_work_in_proportion_to_its_rows() -> None:
    def taken(count: int) -> int:
        """The calls of a run over `count` dossiers of ten rows, every tenth lacking a cell."""
        both = SHARED + SERIALS.removeprefix(VOCABULARY).replace("rule X", "rule Y")
        plan = pack(both)
        made = [
            project(
                plan,
                f"D-{n}",
                {
                    "parcels": [
                        {"id": None if n == 7 and k == 3 else f"P-{n}-{k}", "vintage": D(2024)}
                        for k in range(10)
                    ]
                }
                | units(*((1000 * n + 10 * k, 1000 * n + 10 * k + 9) for k in range(10))),
            )
            for n in range(count)
        ]
        with calls_counted() as calls:
            together(plan, made, brief=True)
        return calls.count

    # Going over all pairs takes a hundred times as many for ten times the dossiers.
    assert taken(100) < 13 * taken(10)


def test_a_missing_key_in_every_dossier_is_not_gone_over_row_by_row() -> None:
    plan = compiled("no o in units across dossiers satisfies o.first = u.last", "u", "units")

    def taken(count: int) -> int:
        made = [
            project(plan, f"D-{n}", {"units": [{"first": D(n * 9 + k)} for k in range(9)]})
            for n in range(count)
        ]
        others = pooled(plan, made)
        with calls_counted() as calls:
            found = assess(made[0], plan, others=others, brief=True)
        assert [m.name for m in only(found).missing] == [f"units[{k}].last" for k in range(9)]
        return calls.count

    assert taken(1_000) < 4 * taken(700)


def test_dates_bound_ranges_too() -> None:
    text = f"""{VOCABULARY}
table readings "Readings"
  key meter, begin
  meter : text
  begin : date
  end   : date
rule X "x"
  for each r in readings
  must no o in readings across dossiers
         satisfies o.meter = r.meter and o.begin <= r.end and r.begin <= o.end
  else CAR "no"
"""
    plan = pack(text)

    def readings(*months: tuple[int, int], meter: str = "M-1") -> Tables:
        return {
            "readings": [
                {"meter": meter, "begin": date(2024, a, 1), "end": date(2024, b, 1)}
                for a, b in months
            ]
        }

    found = together(
        plan,
        [
            project(plan, "D-1", readings((1, 3), (6, 8), *[(11, 12)] * 8)),
            project(plan, "D-2", readings((4, 6))),
            project(plan, "D-3", readings((1, 12), meter="M-2")),
        ],
    )
    assert verdicts(found) == ["nonconforming", "nonconforming", "conforms"]


def test_such_a_rule_in_words() -> None:
    plan = pack(SHARED)
    (rule,) = plan.rules
    assert rule_words(rule, "en", plan).startswith(
        "For each parcel, no project parcel of another dossier may satisfy: the id is the id of this"
        " dossier's parcel and the vintage equals the vintage of this dossier's parcel."
    )
    assert rule_words(rule, "zh", plan).startswith(
        "对每个项目地块，不得有其他项目档案的项目地块满足：id为本档案的项目地块的id，且vintage等于本档案的"
    )
    counted = compiled(
        "(count for o in units across dossiers where o.dossier != u.registry) <= 3", "u", "units"
    ).rules[0]
    assert counted.must is not None
    assert words(counted.must, "en", plan) == (
        "(the number of units of other dossiers where the id of its dossier is not the registry of"
        " this dossier's unit) is at most 3"
    )
