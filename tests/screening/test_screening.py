"""A screening says of every row what a check says of it, and counts exactly."""

from __future__ import annotations

import importlib.util
import json
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from types import ModuleType

import duckdb
import pytest

from guiju.assessment import assess
from guiju.compiler import load_pack
from guiju.dossier import open_dossier, read
from guiju.plan.nodes import PackPlan
from guiju.reporting.screening import write
from guiju.screening import Asked, Screen, Screening, ScreenProblem
from guiju.screening.areas import areas_of
from guiju.screening.output import write_rows
from guiju.screening.record import NotScreened, json_schema, to_json


def _making() -> ModuleType:
    spec = importlib.util.spec_from_file_location("making", Path(__file__).with_name("making.py"))
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


making = _making()

OVER_ROWS = ["S-LAND", "S-AREA", "S-SINCE", "S-OWNER", "S-SHARE", "S-SURVEY"]


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> PackPlan:
    return load_pack(str(making.make_pack(tmp_path_factory.mktemp("packs")) / "small"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return making.write_dossier(tmp_path_factory.mktemp("dossier"), making.rows(600))


def screened(folder: Path, *packs: PackPlan, **asked: object) -> Screening:
    given = {"area": "面积(亩)", **asked}
    if not isinstance(given.get("file"), str):
        given["file"] = str(folder / "parcels.csv")
    with Screen(Asked(**given), packs) as screen:  # type: ignore[arg-type]
        return screen.run()


def written(folder: Path, file: Path, *packs: PackPlan, **asked: object) -> list[dict[str, object]]:
    given = {"file": str(folder / "parcels.csv"), "area": "面积", **asked}
    with Screen(Asked(**given), packs) as screen:  # type: ignore[arg-type]
        screen.run()
        write_rows(screen, str(file))
    with duckdb.connect() as connection:
        found = connection.execute(f"SELECT * FROM read_parquet('{file}')")
        names = [one[0] for one in found.description]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


@pytest.mark.parametrize("road", ["tables", "reference"])
def test_every_row_has_the_result_of_a_check(
    pack: PackPlan, folder: Path, tmp_path: Path, road: str
) -> None:
    facts = str(folder / "dossier.yaml")
    rows = written(folder, tmp_path / "rows.parquet", pack, facts=facts, road=road)
    assessment = assess(read(open_dossier(folder), pack), pack)
    fails: dict[str, list[str]] = {}
    open_: dict[str, list[str]] = {}
    for requirement in assessment.requirements:
        if requirement.id not in OVER_ROWS:
            continue
        for finding in requirement.findings:
            into = fails if finding.verdict == "nonconforming" else open_
            assert finding.subject is not None
            into.setdefault(finding.subject, []).append(requirement.id)
    expected = {}
    for row in rows:
        key = row["key"]
        state = "does not" if key in fails else "unknown" if key in open_ else "qualifies"
        expected[key] = (state, ", ".join(fails.get(key, [])) or None)
    assert {row["key"]: (row["small"], row["small fails"]) for row in rows} == expected
    assert {row["small"] for row in rows} == {"qualifies", "does not", "unknown"}
    assert len({row["small fails"] for row in rows}) > 10
    assert all(bool(row["small missing"]) == (row["key"] in open_) for row in rows)


def test_rules_are_counted_as_a_check_counts_them(pack: PackPlan, folder: Path) -> None:
    facts = str(folder / "dossier.yaml")
    (found,) = screened(folder, pack, facts=facts).packs
    assessment = assess(read(open_dossier(folder), pack), pack)
    by_id = {one.id: one.counts for one in assessment.requirements}
    for rule in found.rules:
        counts = by_id[rule.rule]
        assert rule.conforms == counts.get("conforms", 0)
        assert rule.nonconforming == counts.get("nonconforming", 0)
        assert rule.undetermined == counts.get("undetermined", 0)
    assert [rule.rule for rule in found.rules] == OVER_ROWS


def test_both_roads_come_to_the_same_bytes(pack: PackPlan, folder: Path) -> None:
    facts = str(folder / "dossier.yaml")
    asked = {"facts": facts, "by": ("县", "地类")}
    queries = screened(folder, pack, **asked)
    one_by_one = screened(folder, pack, road="reference", **asked)
    assert queries.road != one_by_one.road
    one_by_one.road = queries.road
    assert to_json(queries) == to_json(one_by_one)


def test_examples_are_what_a_check_says(pack: PackPlan, folder: Path) -> None:
    facts = str(folder / "dossier.yaml")
    (found,) = screened(folder, pack, facts=facts).packs
    assessment = assess(read(open_dossier(folder), pack), pack)
    findings = {
        (finding.rule, finding.subject): finding.message
        for requirement in assessment.requirements
        for finding in requirement.findings
    }
    assert found.reasons
    for reason in found.reasons:
        assert 1 <= len(reason.examples) <= 3
        for example in reason.examples:
            assert example.message == findings[reason.rule, example.subject]


def test_areas_are_added_up_exactly(pack: PackPlan, folder: Path) -> None:
    screening = screened(folder, pack, facts=str(folder / "dossier.yaml"), by=("县",))
    total = Fraction(0)
    without = 0
    for row in making.rows(600):
        text = row[1]
        if not text:
            without += 1
        elif text.endswith("hm2"):
            total += Fraction(text.removesuffix(" hm2"))
        else:
            total += Fraction(text) / 15
    assert screening.unit == "ha"
    assert screening.total.without == without > 0
    assert screening.total.area is not None
    assert abs(Fraction(screening.total.area) - total) < Fraction(1, 10**28)
    (found,) = screening.packs
    (grouping,) = found.groupings
    parts = (found.outcomes.qualifies, found.outcomes.fails, found.outcomes.unknown)
    assert sum(part.rows for part in parts) == screening.total.rows == 600
    of_groups = sum(
        Fraction(part.area or "0")
        for group in grouping.groups
        for part in (group.outcomes.qualifies, group.outcomes.fails, group.outcomes.unknown)
    )
    assert abs(of_groups - total) < Fraction(1, 10**28)
    assert {group.value for group in grouping.groups} == {"康保县", "张北县", "<b>沽源</b>", None}


@pytest.mark.parametrize(
    "cells",
    [
        ["0.1", "0.2", None],
        ["99999999999999999999999999999.123456", "0.000001", "-3"],
        ["1e30", "1e-20"],
        [],
    ],
)
def test_sums_of_areas_lose_no_digit(cells: list[str | None]) -> None:
    decimals = [None if cell is None else Decimal(cell) for cell in cells]
    areas = areas_of(decimals)
    sums = [sum(one for one in limb if one is not None) for limb in areas.limbs]
    wanted = sum((Fraction(one) for one in decimals if one is not None), Fraction(0))
    assert Fraction(areas.total(sums)) == wanted


def test_documents_are_asked_for_only_where_evidence_is_given(
    pack: PackPlan, folder: Path, tmp_path: Path
) -> None:
    (without,) = screened(folder, pack).packs
    assert [one["zh"] for one in without.documents] == ["测绘成果"]
    assert not any(gap.kind == "document" for gap in without.gaps)
    bare = making.DOSSIER.split("evidence:")[0] + "evidence: []\n"
    (tmp_path / "dossier.yaml").write_text(bare, encoding="utf-8")
    (asked,) = screened(folder, pack, facts=str(tmp_path / "dossier.yaml")).packs
    assert not asked.documents
    (gap,) = [gap for gap in asked.gaps if gap.kind == "document"]
    assert gap.rules == ["S-SURVEY"]
    assert asked.outcomes.qualifies.rows == 0
    assert gap.amount.rows == asked.outcomes.unknown.rows
    slow = screened(folder, pack, facts=str(tmp_path / "dossier.yaml"), road="reference").packs[0]
    assert slow.gaps == asked.gaps


def test_a_missing_fact_is_unknown_and_named(pack: PackPlan, folder: Path) -> None:
    (found,) = screened(folder, pack, select=("S-SINCE",)).packs
    assert found.outcomes.fails.rows == 0
    named = {gap.name: gap for gap in found.gaps}
    assert named["project.start_date"].label["zh"] == "开工日期"
    assert found.as_of is None


@pytest.mark.parametrize("rule", OVER_ROWS)
def test_without_facts_both_roads_come_to_the_same(pack: PackPlan, folder: Path, rule: str) -> None:
    # Whether a missing start date matters depends on the row.
    queries = screened(folder, pack, select=(rule,)).packs
    assert queries == screened(folder, pack, select=(rule,), road="reference").packs


def test_a_file_of_nothing_but_facts_will_do(pack: PackPlan, folder: Path, tmp_path: Path) -> None:
    (tmp_path / "facts.yaml").write_text("项目:\n  开工日期: 2021-04-01\n", encoding="utf-8")
    (bare,) = screened(folder, pack, facts=str(tmp_path / "facts.yaml")).packs
    assert [one for one in bare.problems if one.severity == "error"] == []
    assert not any(gap.kind == "fact" for gap in bare.gaps)
    (whole,) = screened(folder, pack, facts=str(folder / "dossier.yaml")).packs
    assert bare.outcomes == whole.outcomes


def test_what_was_not_screened_is_named_with_why(pack: PackPlan, folder: Path) -> None:
    (found,) = screened(folder, pack, ignore=("S-OWNER",)).packs
    assert {one.rule: one.why for one in found.not_screened} == {
        "S-OWNER": "ignored",
        "S-PROJECT": "not over rows",
        "S-PLOT": "other table",
        "S-STAKE": "judgement",
    }


def test_rows_that_qualify_under_several_packs_are_told(
    pack: PackPlan, folder: Path, tmp_path: Path
) -> None:
    strict = making.VOCABULARY + making.RULES.split("rule S-PROJECT")[0].replace("400 m2", "1 ha")
    other = load_pack(str(making.make_pack(tmp_path, "strict", strict) / "strict"))
    facts = str(folder / "dossier.yaml")
    screening = screened(folder, pack, other, facts=facts, select=("S-AREA", "S-LAND"))
    together = {tuple(one.packs): one.amount.rows for one in screening.together}
    assert set(together) == {("small",), ()}  # 12 mu is 0.8 ha, too small for the strict pack
    (both, strict_one) = screening.packs
    assert together["small",] == both.outcomes.qualifies.rows
    assert strict_one.outcomes.qualifies.rows == 0
    rows = written(folder, tmp_path / "rows.parquet", pack, other, select=("S-LAND",))
    assert [row["small"] for row in rows] == [row["strict"] for row in rows]
    same = screened(folder, pack, other, select=("S-LAND",))
    assert [one.packs for one in same.together] == [["small", "strict"], []]


def test_parquet_and_csv_come_to_the_same(pack: PackPlan, folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "parcels.parquet"
    with duckdb.connect() as connection:
        connection.execute(
            f"COPY (SELECT * FROM read_csv('{folder / 'parcels.csv'}', all_varchar=true,"
            f" nullstr='')) TO '{file}' (FORMAT parquet)"
        )
    csv_one = screened(folder, pack, by=("县",))
    parquet = screened(folder, pack, file=str(file), by=("县",))
    assert csv_one.packs[0].outcomes == parquet.packs[0].outcomes
    assert csv_one.packs[0].groupings == parquet.packs[0].groupings


def test_an_empty_table_qualifies_nowhere(pack: PackPlan, tmp_path: Path) -> None:
    making.write_table(tmp_path / "parcels.csv", [])
    screening = screened(tmp_path, pack)
    assert screening.total.rows == 0
    assert screening.packs[0].outcomes.qualifies.rows == 0
    assert write(screening, "text", "zh").endswith("\n")


@pytest.mark.parametrize(
    ("asked", "key"),
    [
        ({"by": ("乡",)}, "no-such-column"),
        ({"area": "县界"}, "no-such-column"),
        ({"area": "地类"}, "not-a-number"),
        ({"table": "trees"}, "no-such-table"),
        ({"select": ("X-",)}, "no-rule-selected"),
        ({"select": ("S-PROJECT",)}, "no-rule-over-rows"),
        ({"file": "none.csv"}, "no-such-file"),
    ],
)
def test_what_cannot_be_screened_is_said(
    pack: PackPlan, folder: Path, asked: dict[str, object], key: str
) -> None:
    with pytest.raises(ScreenProblem) as problem:
        screened(folder, pack, **asked)
    assert problem.value.key == key
    assert problem.value.message("zh") and problem.value.message("en")


def test_of_several_areas_the_one_called_so_is_added_up(pack: PackPlan, folder: Path) -> None:
    assert screened(folder, pack, area=None).area == "面积(亩)"


def test_a_table_that_fits_nothing_lists_the_candidates(pack: PackPlan, tmp_path: Path) -> None:
    (tmp_path / "parcels.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(ScreenProblem) as problem:
        screened(tmp_path, pack, area=None)
    assert problem.value.key == "no-table-fits"
    assert "parcels (地块)" in problem.value.help("en")
    assert "plots (样地)" in problem.value.help("en")


def test_the_json_keeps_to_its_schema(pack: PackPlan, folder: Path) -> None:
    from guiju.screening.record import _adapter

    screening = screened(folder, pack, by=("县",))
    text = to_json(screening)
    assert _adapter().validate_json(text) == screening
    assert json_schema()["$id"] == "urn:guiju:screening:1"
    assert json.loads(text)["format"] == "guiju-screening/1"


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_text_keeps_to_80_columns(pack: PackPlan, folder: Path, lang: str) -> None:
    from guiju.reporting.columns import width

    screening = screened(folder, pack, by=("县", "地类"))
    text = write(screening, "text", lang)  # type: ignore[arg-type]
    assert max(map(width, text.splitlines())) <= 80
    assert ("筛查" if lang == "zh" else "S-LAND") in text or "不占用湿地" in text
    assert ("湿地" if lang == "zh" else "Wetland") in text


def test_the_page_escapes_what_stands_in_the_table(pack: PackPlan, folder: Path) -> None:
    page = write(screened(folder, pack, by=("县",)), "html", "zh")
    assert "<b>沽源</b>" not in page
    assert "&lt;b&gt;沽源&lt;/b&gt;" in page
    assert "<script" not in page


def test_many_rules_that_were_not_asked_are_folded_on_the_page(
    pack: PackPlan, folder: Path
) -> None:
    screening = screened(folder, pack)
    (one,) = screening.packs
    one.not_screened = [NotScreened(f"Q-{number}", {}, "judgement") for number in range(12)]
    few_page = write(screening, "html", "en")
    one.not_screened.append(NotScreened("Q-12", {}, "judgement"))
    many_page = write(screening, "html", "en")
    assert "<details" not in few_page and "a person&#39;s judgement (12): <span" in few_page
    assert "<summary>a person&#39;s judgement (13)</summary>" in many_page
    assert "Q-12" in many_page


def test_the_same_table_gives_the_same_bytes(pack: PackPlan, folder: Path, tmp_path: Path) -> None:
    first, second = tmp_path / "1.parquet", tmp_path / "2.parquet"
    written(folder, first, pack, by=("县",))
    written(folder, second, pack, by=("县",))
    assert first.read_bytes() == second.read_bytes()
    assert to_json(screened(folder, pack)) == to_json(screened(folder, pack))


def test_a_layer_is_screened_and_goes_out_with_its_shapes(pack: PackPlan, tmp_path: Path) -> None:
    pyogrio = pytest.importorskip("pyogrio")
    features = [
        {
            "type": "Feature",
            "properties": {"小班号": f"P-{n}", "面积(亩)": area, "地类": land, "县": "康保县"},
            "geometry": {
                "type": "Polygon",
                "coordinates": [
                    [[114 + n, 41], [114.01 + n, 41], [114.01 + n, 41.01], [114 + n, 41]]
                ],
            },
        }
        for n, (area, land) in enumerate([("7.3", "荒地"), ("7.3", "湿地"), (None, "荒地")])
    ]
    file = tmp_path / "parcels.geojson"
    layer = {"type": "FeatureCollection", "features": features}
    file.write_text(json.dumps(layer, ensure_ascii=False), encoding="utf-8")
    out = tmp_path / "out.gpkg"
    asked = Asked(str(file), select=("S-LAND", "S-AREA"), by=("县",), area="面积")
    with Screen(asked, [pack]) as screen:
        screen.run()
        write_rows(screen, str(out))
    meta, _, shapes, data = pyogrio.raw.read(out)
    columns = dict(zip(meta["fields"], data, strict=True))
    assert list(columns["key"]) == ["P-0", "P-1", "P-2"]
    assert list(columns["small"]) == ["qualifies", "does not", "unknown"]
    assert columns["small fails"][1] == "S-LAND"
    assert len(shapes) == 3 and all(shapes)
    assert meta["crs"]
