"""The workload of the start-up bar: a pack of 40 rules and a dossier with 2,000 parcels.

The rules are of the kinds real packs have: 35 on the facts of a project (limits, dates,
options, one recomputed claim) and 5 on every parcel. Four parcels miss one each. Everything is
made from a seed, so that two runs measure the same thing.
"""

from __future__ import annotations

import random
from pathlib import Path

ROWS = 2_000

MANIFEST = """\
id = "bench"
edition = "1"
language = "en"
in_force = 2020-01-01
title = { en = "The workload of the benchmarks", zh = "性能测试用规则包" }
authority = { en = "none", zh = "无" }
default_unknown = "CL"
[findings]
CAR = { en = "Corrective action request", zh = "不符合", weight = 3 }
CL = { en = "Clarification request", zh = "澄清要求", weight = 2 }
FAR = { en = "Forward action request", zh = "进一步行动要求", weight = 1 }
"""

VOCABULARY = """\
facts project "The project" zh "项目"
  area "Area" : ha
  start_date "Start date" : date
  submitted_on "Submitted on" : date
  valid_from "Valid from" : date
  valid_to "Valid to" : date
  planted_on "Planted on" : date
  monitored_on "Monitored on" : date
  title_date "Date of the land title" : date
  crediting_years "Crediting period" : yr
  method "Method" : text
  country "Country" : text
  verifier "Verifier" : text
  main_share "Share of the main species" : %
  forest "Forest" : one of broadleaf, conifer, mixed
  land_class "Land class" : one of cropland, grassland, degraded, wetland, urban
  status "Status" : one of submitted, registered, draft
  has_title "Holds the title" : yes/no
  has_consent "Has consent" : yes/no
  natural_forest "Natural forest" : yes/no
  replanted "Replanted" : yes/no
  audited "Audited" : yes/no
  double_counted "Counted elsewhere" : yes/no
  sold "Sold" : yes/no
  price "Price" : number
  gwp_ch4 "GWP of methane" : number
  density "Trees" : 株/ha
  mean_dbh "Mean diameter" : cm
  mean_height "Mean height" : m
  carbon_fraction "Carbon fraction" : tC/tdm
  root_shoot "Root-to-shoot ratio" : number
  survival "Survival" : %
  fertiliser "Nitrogen fertiliser" : kg/ha
  distance "Transport distance" : km
  trips "Trips" : integer

facts claim "The claim" zh "申报"
  baseline "Baseline stock" : tCO2e
  stock "Project stock" : tCO2e
  leakage "Leakage" : tCO2e
  buffer "Buffer" : %
  risk "Risk score" : number
  uncertainty "Uncertainty" : %
  deduction "Deduction" : %
  removals "Claimed removals" : tCO2e

table parcels "Parcels" zh "地块"
  key id
  id "Parcel" : text
  area "Area" : ha
  land_class "Land class" : one of cropland, grassland, degraded, wetland, urban
  planted_on "Planted on" : date
  slope "Slope" : number
  survival "Survival" : %

formula net_removals "Net removals" : tCO2e
  cite "5.1"
  = (claim.stock - claim.baseline - claim.leakage) * (1 - claim.buffer)
"""

FACT_RULES: tuple[tuple[str, str], ...] = (
    ("area within limits", "project.area between 0.05 ha and 500000 ha"),
    ("start before submission", "project.start_date <= project.submitted_on"),
    (
        "submitted within three years",
        "project.submitted_on <= project.start_date + 3 years month end up",
    ),
    ("length of the crediting period", "project.crediting_years between 20 yr and 60 yr"),
    ("valid at submission", "project.submitted_on between project.valid_from and project.valid_to"),
    ("approved method", 'project.method is in {"AR-ACM0003", "AR-AMS0007", "VM0047", "VM0042"}'),
    ("eligible country", 'project.country is in {"FR", "CN", "BR", "KE", "ID", "VN", "PE"}'),
    ("title or consent", "project.has_title or project.has_consent"),
    ("no natural forest cleared", "not (project.natural_forest and not project.replanted)"),
    ("not counted twice", "not project.double_counted"),
    ("buffer share", "claim.buffer between 10% and 60%"),
    ("buffer by risk", "claim.risk <= 30 or claim.buffer >= 20%"),
    ("claim follows from the stocks", "claim.removals within 2% of net_removals"),
    ("baseline below project", "claim.baseline < claim.stock"),
    ("leakage not negative", "claim.leakage >= 0 tCO2e"),
    ("share of leakage", "claim.leakage / (claim.stock - claim.baseline) <= 0.4"),
    (
        "uncertainty deduction",
        "claim.uncertainty <= 10% or claim.deduction >= claim.uncertainty - 10%",
    ),
    ("survival", "project.survival between 75% and 100%"),
    (
        "density by forest",
        "project.density >= (if project.forest is broadleaf then 800 株/ha"
        " else if project.forest is conifer then 1100 株/ha else 900 株/ha)",
    ),
    ("diameter plausible", "project.mean_dbh > 0 cm and project.mean_dbh < 150 cm"),
    ("slenderness", "project.mean_height / project.mean_dbh between 20 and 200"),
    ("carbon fraction", "project.carbon_fraction between 0.43 tC/tdm and 0.55 tC/tdm"),
    (
        "root-to-shoot by biome",
        'not (project.country is in {"BR", "ID", "PE"}) or project.root_shoot <= 0.37',
    ),
    ("planted after the start", "project.planted_on >= project.start_date - 365 days"),
    (
        "monitored after planting",
        "project.monitored_on >= project.planted_on + 1 year month end up"
        " and project.monitored_on <= project.planted_on + 5 years month end down",
    ),
    ("accredited verifier", 'project.verifier is in {"V01", "V02", "V03", "V04", "V05"}'),
    ("audited if large", "project.area <= 1000 ha or project.audited"),
    ("status", "project.status is in {submitted, registered}"),
    ("land class eligible", "not (project.land_class is in {wetland, urban})"),
    (
        "cropland held long enough",
        "project.land_class is not cropland or"
        " project.start_date >= project.title_date + 5 years month end up",
    ),
    ("gwp", "project.gwp_ch4 = 28 or project.gwp_ch4 = 27.9"),
    ("fertiliser", 'project.fertiliser <= 50 kg/ha or project.method = "VM0042"'),
    ("transport", "project.distance * project.trips < 200000 km"),
    ("price if sold", "not project.sold or project.price > 0"),
    (
        "mix of species",
        "project.main_share <= 70% or (project.forest is conifer and project.main_share <= 80%)",
    ),
)

ROW_RULES: tuple[tuple[str, str], ...] = (
    ("parcel within limits", "parcel.area between 0.05 ha and 20 ha"),
    ("parcel eligible", "not (parcel.land_class is in {wetland, urban})"),
    ("parcel planted after the start", "parcel.planted_on >= project.start_date"),
    ("parcel not too steep", "parcel.slope <= 40"),
    ("parcel survives", "parcel.survival >= 70%"),
)


def write_pack(folder: Path) -> Path:
    """The pack of 40 rules."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "pack.toml").write_text(MANIFEST, encoding="utf-8")
    (folder / "1-vocabulary.gj").write_text(VOCABULARY, encoding="utf-8")
    rules = [_rule(f"B-{n:02}", *rule) for n, rule in enumerate(FACT_RULES, start=1)]
    rules += [
        _rule(f"B-{n:02}", *rule, over="parcel in parcels")
        for n, rule in enumerate(ROW_RULES, start=len(FACT_RULES) + 1)
    ]
    (folder / "2-rules.gj").write_text("\n".join(rules), encoding="utf-8")
    return folder


def write_large_pack(folder: Path, lines: int = 5_000) -> Path:
    """A pack with the rule text of the bar of parsing."""
    folder.mkdir(parents=True, exist_ok=True)
    manifest = MANIFEST.replace('id = "bench"', 'id = "large"')
    (folder / "pack.toml").write_text(manifest, encoding="utf-8")
    (folder / "1-vocabulary.gj").write_text(VOCABULARY, encoding="utf-8")
    (folder / "2-rules.gj").write_text(rule_text(lines), encoding="utf-8")
    return folder


def _rule(rule_id: str, title: str, must: str, over: str = "") -> str:
    each = f"  for     each {over}\n" if over else ""
    who = " of parcel {parcel.id}" if over else ""
    return (
        f'rule {rule_id} "{title}" zh "要求 {rule_id}"\n'
        f'  cite    "3 ({rule_id[2:]})"\n'
        f"  basis   secondary\n"
        f"{each}"
        f"  must    {must}\n"
        f'  else    CAR "The requirement “{title}”{who} is not met." zh "不符合“{rule_id}”。"\n'
        f'  unknown CL  "The facts for “{title}”{who} are missing." zh "缺少“{rule_id}”的资料。"\n'
    )


DOSSIER = """\
guiju: 1
id: {id}
title: The dossier of the benchmarks
pack: bench
edition: "1"
stage: verification
submitted: 2026-05-12
facts:
  project:
    area: 12000.5
    start_date: 2023-06-01
    submitted_on: 2026-05-12
    valid_from: 2025-01-01
    valid_to: 2027-12-31
    planted_on: 2023-09-15
    monitored_on: 2026-02-01
    title_date: 2010-04-30
    crediting_years: 40
    method: AR-ACM0003
    country: CN
    verifier: V03
    main_share: 62.5
    forest: mixed
    land_class: degraded
    status: submitted
    has_title: yes
    has_consent: no
    natural_forest: no
    replanted: no
    audited: yes
    double_counted: no
    sold: yes
    price: 57.30
    gwp_ch4: 27.9
    density: 1650
    mean_dbh: 14.2
    mean_height: 9.1
    carbon_fraction: 0.47
    root_shoot: 0.26
    survival: 88.4
    fertiliser: 12.5
    distance: 140
    trips: 320
  claim:
    baseline: 120345.20
    stock: 512998.75
    leakage: 18250
    buffer: 20
    risk: 24
    uncertainty: 14.2
    deduction: 5
    removals: 299522.84
tables:
  parcels: {{ file: parcels.csv }}
"""


def write_dossier(folder: Path, rows: int = ROWS) -> Path:
    """The dossier with its parcels; four of them miss one requirement each."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "dossier.yaml").write_text(DOSSIER.format(id=folder.name), encoding="utf-8")
    chance = random.Random(20261122)
    lines = ["id,area,land_class,planted_on,slope,survival"]
    for number in range(rows):
        area = chance.randrange(20, 1800) / 100
        land = chance.choice(("cropland", "grassland", "degraded"))
        year, month = chance.choice((2023, 2024)), chance.randrange(6, 13)
        day = f"{year}-{month:02}-{chance.randrange(1, 29):02}"
        slope = chance.randrange(0, 400) / 10
        survival = chance.randrange(700, 1000) / 10
        match number:
            case 411:
                area = 20.01
            case 912:
                land = "wetland"
            case 1413:
                day = "2023-05-31"
            case 1914:
                survival = 69.9
        lines.append(f"P-{number:05},{area},{land},{day},{slope},{survival}")
    (folder / "parcels.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def rule_text(lines: int) -> str:
    """Dense rule text of about so many lines: the 40 rules over and over."""
    rules: list[str] = []
    count = 0
    while count < lines:
        for title, must in FACT_RULES:
            rule = _rule(f"B-{len(rules):05}", title, must)
            rules.append(rule)
            count += rule.count("\n")
    return "\n".join(rules)
