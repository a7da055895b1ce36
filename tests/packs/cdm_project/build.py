"""Draws the project: parcels, tree plots, shrubs, soil, fires, displaced grazing, facts, papers."""

from __future__ import annotations

from .reckoning import reckon
from .state import Project, Row, draw, tenths

PINE, POPLAR = "Pinus sylvestris", "Populus simonii"
STRATA = {"T1": (PINE, "500"), "T2": (POPLAR, "400")}
PLOTS = 12  # of each stratum

FACTS: dict[str, Row] = {
    "project": {
        "methodology": "大规模",
        "version": "01.0.0",
        "start_date": "2012-04-10",
        "area": "1200 ha",
        "combined_tool": "yes",
        "crediting_end": "2032-04-09",
        "archive_until": "2035-12-31",
        "fraction_stated": "yes",
    },
    "claim": {
        "start": "2018-01-01",
        "end": "2022-12-31",
        "years": "5 yr",
        "credit": "长期核证",
        "dead_baseline": "0 tCO2e",
        "litter_baseline": "0 tCO2e",
        "replaced": "0 tCO2e",
        "discounted": "扣减变化",
    },
    "t03": {
        "version": "02.1.0",
        "plot_area": "600 m2",
        "confidence": "90%",
        "precision": "10%",
        "error": "2.8 tdm/ha",
        "equation": "式二",
    },
    "t08": {
        "version": "04.0",
        "first": "no",
        "project_area": "1200 ha",
        "least_area": "0.067 ha",
        "forest_biomass": "45 tdm/ha",
        "warming": "第五次报告",
    },
    "t12": {"version": "03.1"},
    "t14": {
        "version": "04.2",
        "first": "no",
        "previous_on": "2017-08-20",
        "measured_on": "2022-08-20",
        "interval": "5 yr",
        "forest_biomass": "45 tdm/ha",
        "forest_growth": "1.2 tdm/ha/yr",
        "forest_cover": "20%",
        "elapsed": "10 yr",
    },
    "t15": {"version": "02.0", "national_biomass": "60 tdm/ha"},
    "t16": {"version": "01.1.0", "elapsed": "10"},
}

PAPERS = {
    "additionality_report": "2012-03-01",
    "boundary_survey": "2012-03-15",
    "stratification": "2017-06-30",
    "monitoring_report": "2023-02-28",
    "forest_source": "2012-02-10",
    "degradation_survey": "2011-09-30",
    "plot_records": "2022-09-15",
    "equation_source": "2017-05-20",
    "fire_records": "2022-12-31",
    "evidence": "2012-03-20",
    "soil_survey": "2011-10-15",
}


def rows(text: str) -> list[Row]:
    """Rows from a text: fields in its first line, `-` for an empty cell."""
    head, *lines = [line.split() for line in text.strip().splitlines()]
    return [dict(zip(head, ("" if c == "-" else c for c in line), strict=True)) for line in lines]


TABLES = {
    "t03_strata": """
id area mean deviation plots
T1 500 30 7.5 12
T2 400 26 8 12
""",
    "pools": """
pool project baseline
地上生物质 yes yes
地下生物质 yes yes
枯死木 yes no
枯落物 yes no
土壤有机碳 yes no
""",
    "earlier": """
number ended net credit discounted
1 2017-12-31 21480 长期核证 扣减变化
""",
    "t14_shrub_strata": """
id scenario area cyclic cover_before cover
S1 项目 200 no 6 28
B-S1 基线 900 no 3 4
B-S2 基线 300 yes 20 35
""",
    "t14_baseline": """
id area cover stock_zero kept alive apart change_zero
B1 300 2 no - - - no
B2 900 1 yes yes yes yes yes
""",
    "t14_signs": """
stratum sign
B2 裸露沙丘
B2 表土变薄
""",
    "t14_differences": """
id way recorded before before_uncertainty after after_uncertainty change change_uncertainty
D-1 两期相减 612.4 612.4 8 2858 9 - -
D-2 逐期累加 500 500 10 - - 120 20
""",
    "t12_standing": """
id volume density expansion root_shoot lost
K1 0.052 0.42 1.3 0.22 小枝
""",
    "t12_stumps": """
id height middle dbh dbh_height density root_shoot decay
U1 0.4 18 - - 0.42 0.22 中等
U2 4.6 - 16 1.3 0.42 0.22 坚实
""",
    "t12_lines": """
plot area length density
W1 0.06 100 0.40
""",
    "t12_pieces": """
plot number diameter decay
W1 1 14 坚实
W1 2 11.5 腐朽
""",
    "t12_litter": """
plot area samples frame wet sub_wet sub_dry
W1 600 4 0.25 1.9 150 96
""",
    "t16_strata": """
id area climate soil use management input wetland organic litter_stays contour disturbed again
G1 700 冷温带干 砂质土 草地 重度退化 中投入 no no yes yes 2.78 -
G2 500 冷温带干 砂质土 长期耕地 全耕 低投入 no no yes yes 100 -
""",
    "t08_fires": """
id date kind biome area tree_biomass shrub_cover customary ten_years harvested dead_wood litter
F1 2020-04-19 森林火灾 温带火 65 14 - - - - 1.9 1.0
F2 2021-10-08 剩余物用火 温带火 6 - - - - 90 - -
F3 2021-04-02 森林火灾 温带火 3 15 - - - - 2.0 1.0
""",
    "t15_displacements": """
id activity area destination claimed_zero within_capacity abandoned forest_kept drains tree_biomass shrub_biomass soc_reference factor_before factor_after
L1 放牧 400 原有牧地 yes yes - - no - - - - -
L2 放牧 120 舍饲 yes - - - no - - - - -
L3 种植 40 其他土地 no - - - no 0 1.5 34 1 0.684
""",
}  # fmt: skip


def parcels() -> list[Row]:
    """Seven parcels of pits on grassland, five ploughed on cropland."""
    pits = {"pit_length": "0.5", "pit_width": "0.5", "row_spacing": "3", "plant_spacing": "3"}
    made = []
    for number in range(1, 13):
        pit = number <= 7
        made.append(
            {
                "id": f"P{number:02d}",
                "area": "100",
                "wetland": "no",
                "organic": "no",
                "soil_stratum": "G1" if pit else "G2",
                "preparation": "穴状整地" if pit else "连续犁耕",
                **({k: v if pit else "" for k, v in pits.items()}),
                "disturbed": "2.78" if pit else "100",
            }
        )
    return made


def trees_of(plot: str, species: str) -> list[Row]:
    """Some 24 trees. The site makes all trees of a plot grow faster or slower."""
    site = draw(7, plot, "site")
    made = []
    for number in range(1, 22 + draw(6, plot, "stems")):
        key = (plot, number)
        before = 78 + 2 * site + draw(30, *key, "before")
        after = before + 32 + 8 * site + draw(14, *key, "grown")
        height = 42 + site + draw(14, *key, "height")
        taller = height + 14 + draw(10, *key, "taller")
        fate = draw(40, *key, "fate")
        stood, stands = fate != 0, fate != 1
        made.append(
            {
                "plot": plot,
                "number": str(number),
                "species": species,
                "before": "yes" if stood else "no",
                "now": "yes" if stands else "no",
                "dbh_before": tenths(before) if stood else "",
                "dbh": tenths(after if stood else 60) if stands else "",
                "height_before": tenths(height) if stood else "",
                "height": tenths(taller) if stands else "",
            }
        )
    return made


EQUATION = ("species", "kind", "a", "b", "c", "dbh_min", "dbh_max", "root_shoot", "density",
            "expansion", "origin", "nearer", "demonstrated", "paper")  # fmt: skip
EQUATIONS = [
    # Invented parameters. The poplar's roots follow the tool's own equation.
    (PINE, "生物量式", "0.12", "2.35", "0", "3", "40", "0.22", "", "", "本国", "no", "yes",
     "E-equation_source"),
    (POPLAR, "材积式", "0.00008", "1.9", "0.9", "3", "50", "", "0.38", "1.3", "本地", "no", "yes",
     "E-equation_source"),
]  # fmt: skip


def build() -> Project:
    """The project, undamaged, with its reported figures worked out."""
    tables = {name: rows(text) for name, text in TABLES.items()}
    tables["barriers"] = []
    tables["parcels"] = parcels()
    tables["t14_equations"] = [dict(zip(EQUATION, line, strict=True)) for line in EQUATIONS]
    tables["t14_strata"] = [{"id": name, "area": area} for name, (_, area) in STRATA.items()]
    tables["t14_plots"], tables["t14_trees"] = [], []
    for name, (species, _) in STRATA.items():
        for number in range(1, PLOTS + 1):
            plot = f"{name}-{number:02d}"
            tables["t14_plots"].append({"id": plot, "stratum": name, "area": "600", "coppice": ""})
            tables["t14_trees"] += trees_of(plot, species)
    project = Project({g: dict(v) for g, v in FACTS.items()}, tables, dict(PAPERS))
    reckon(project)
    return project
