"""The bars of the program as a user starts it: W3 (one cold check), help, parsing, the cache, the
collection of forest projects, the example with boundaries, overlaps."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from functools import partial
from importlib.util import find_spec
from pathlib import Path

from bars import (
    OUT,
    ROOT,
    Bar,
    Found,
    Listing,
    commands_in_turns,
    guiju,
    in_turns,
    median,
    milliseconds,
    python,
)
from workload import ROWS, rule_text

HERE = Path(__file__).resolve().parent
COLLECTION = ROOT / "tests" / "data" / "ca-ifm" / "projects-v0.3.json"
AFFORESTATION = ROOT / "rules" / "guiju_rules" / "ccer-14-001" / "dossiers" / "zaolin-example"
MOST_SECONDS = 3
MOST_MB = 500
MAPPING = ROOT / "rules" / "guiju_rules" / "arb-us-forest" / "mappings" / "carbonplan-v0.3.yaml"
IMPORTS = "import lark, pydantic, jinja2, rich"
GEO_IMPORTS = "import shapely, pyproj"
BARE_CLICK = """\
import click
@click.group()
def main(): pass
@main.command()
@click.argument("path")
def check(path): pass
main()
"""


def start_up(rounds: int) -> Found:
    """W3: one dossier, from the start of a process to its verdicts. The peers have less to do:
    forty rules of W1, already in their language, over one dossier of JSON, and no report."""
    peers = _cold_peers()
    imports_of = ("lark", "numpy", "pyarrow", "duckdb")
    commands = {
        "**Guiju, cached pack**, 40 rules and 2,000 rows": guiju("check", OUT / "dossier"),
        f"`{IMPORTS}`": python(IMPORTS),
        "bare Python": python("pass"),
        **{
            f"`import {name}`": python(f"import {name}")
            for name in imports_of
            if find_spec(name) is not None
        },
        **peers,
    }
    taken = dict(zip(commands, commands_in_turns(rounds, *commands.values()), strict=True))
    ours, imports, *_ = taken.values()
    rows = [
        (name, f"{time * 1000:.1f}", f"{time / imports:.2f}")
        for name, time in sorted(taken.items(), key=lambda pair: pair[1])
    ]
    return [
        Bar(
            f"cold check of 40 rules and {ROWS:,} rows, beside `{IMPORTS}`",
            milliseconds(ours),
            milliseconds(imports),
            ours / imports,
            0.5,
        ),
        Listing(
            "W3: one dossier, a cold process",
            "The peers evaluate the forty rules of W1 over one dossier, and write nothing.",
            ("case", "ms", "beside four imports"),
            rows,
        ),
    ]


COLD_ZEN = """\
import json, sys, zen
rules, facts = open(sys.argv[1]).read(), json.load(open(sys.argv[2]))
zen.compile_expression(rules).evaluate(facts)
"""
COLD_CEL = """\
import cel, json, sys
rules, facts = open(sys.argv[1]).read().splitlines(), json.load(open(sys.argv[2]))
context = cel.Context(variables=facts)
for rule in rules:
    try: cel.compile(rule).execute(context)
    except Exception: pass
"""


def _cold_peers() -> dict[str, list[str]]:
    """The commands of peers that are installed, over one dossier of W1."""
    if find_spec("numpy") is None:
        return {}
    from peers import CEL, floats, requirements, spell, zen_expression
    from reference import pack

    import data

    plan, (facts,) = pack("w1"), data.dossiers(1, seed=7)
    dossier = OUT / "one.json"
    dossier.write_text(json.dumps(floats(facts)), encoding="utf-8")
    texts = {
        "zen": zen_expression(plan),
        "cel": "\n".join(spell(must, CEL) for must in requirements(plan)),
    }
    found = {}
    for name, title, code in (("zen", "zen-engine", COLD_ZEN), ("cel", "cel-rust", COLD_CEL)):
        if find_spec(name) is not None:
            (OUT / f"w1.{name}").write_text(texts[name], encoding="utf-8")
            found[title] = [*python(code), str(OUT / f"w1.{name}"), str(dossier)]
    return found


def help_page(rounds: int) -> Found:
    ours, bare = commands_in_turns(rounds, guiju("--help"), [*python(BARE_CLICK), "--help"])
    return [
        Bar(
            "`guiju --help`, beside a bare click program",
            milliseconds(ours),
            milliseconds(bare),
            ours / bare,
            1.5,
        )
    ]


def parsing(rounds: int) -> Found:
    from guiju.diagnostics import Diagnostics
    from guiju.source import Source
    from guiju.syntax import parse

    text = rule_text(2_000)
    lines = sum(1 for line in text.splitlines() if line.strip())
    diagnostics = Diagnostics()
    parse(Source("warm.gj", text), diagnostics)
    assert not len(diagnostics)
    seconds = median(rounds // 3 + 1, lambda: parse(Source("b.gj", text), Diagnostics()))
    speed = lines / seconds
    return [
        Bar(
            "dense lines of rule text parsed a second, with positions",
            f"{speed:,.0f} lines/s",
            "8,000 lines/s",
            speed / 8_000,
            1,
            at_least=True,
        )
    ]


LOADS = 20
"""Loads timed together: one alone is too short for the clock, right after 10 ms of other work."""


def cached_pack(rounds: int) -> Found:
    """The cache saves parsing *and* checking; parsing alone is shown as well. A plan reads its
    large parts when they are asked for, so a third row reads every one of them. The text of the
    large pack is that of the bar of parsing: 35 rules over and over, so that more of it is
    equal than in a real pack."""
    from guiju.compiler import load_pack
    from guiju.compiler.build import compile_folder
    from guiju.diagnostics import Diagnostics
    from guiju.source import Source
    from guiju.syntax import parse

    bars = []
    for name in ("bench", "large"):
        pack = f"{OUT / 'packs' / name}/"
        texts = [path.read_text(encoding="utf-8") for path in sorted(Path(pack).glob("*.gj"))]
        lines = sum(text.count("\n") for text in texts)

        def parse_all(texts: list[str] = texts) -> None:
            for text in texts:
                parse(Source("b.gj", text), Diagnostics())

        def load_all(pack: str = pack) -> None:
            plan = load_pack(pack)
            for field in plan._fields:
                getattr(plan, field)

        load_all()
        parse_all()

        def load_often(pack: str = pack) -> None:
            for _ in range(LOADS):
                load_pack(pack)

        often, whole, parsed, compiled = in_turns(
            rounds, load_often, load_all, parse_all, partial(compile_folder, pack)
        )
        cached = often / LOADS
        bars += [
            Bar(
                f"loading a cached pack of {lines:,} lines{part}, beside {what} it",
                milliseconds(loaded),
                milliseconds(taken),
                taken / loaded,
                50,
                True,
            )
            for part, loaded, what, taken in (
                ("", cached, "parsing and checking", compiled),
                ("", cached, "only parsing", parsed),
                (" with all its parts", whole, "parsing and checking", compiled),
            )
        ]
    return bars


def collection(rounds: int) -> Found:
    if not (COLLECTION.exists() and MAPPING.exists()):
        print("the collection of forest projects is not in this copy", file=sys.stderr)
        return []
    single = OUT / "forest-one.json"
    first, *_ = json.loads(COLLECTION.read_text(encoding="utf-8")).items()
    single.write_text(json.dumps(dict([first])), encoding="utf-8")
    words = ("--mapping", MAPPING, "--pack", "arb-us-forest", "--force", "--format")
    many, one, alone = commands_in_turns(
        max(rounds // 3, 3),
        guiju("check", COLLECTION, *words, f"html:{OUT / 'forest.html'}"),
        guiju("check", OUT / "dossier"),
        guiju("check", single, *words, f"html:{OUT / 'forest-one.html'}"),
    )
    what = "45 forest projects with an HTML report, beside"
    return [
        Bar(
            f"{what} one cold check of 40 rules and {ROWS:,} rows without a report",
            milliseconds(many),
            milliseconds(one),
            many / one,
            3,
        ),
        Bar(
            f"{what} one of these projects alone with its HTML report",
            milliseconds(many),
            milliseconds(alone),
            many / alone,
            3,
        ),
    ]


def example(rounds: int) -> Found:
    """The bars of the made-up afforestation project are a time and a size; beside them is what
    importing the libraries of boundaries takes, which nothing that measures can be without."""
    report = f"html:{OUT / 'afforestation.html'}"
    command = guiju("check", AFFORESTATION, "--lang", "zh", "--force", "--format", report)
    whole, imports = commands_in_turns(max(rounds // 3, 3), command, python(GEO_IMPORTS))
    import resource

    # Of the children so far this is the largest; kilobytes but on macOS, which says bytes.
    largest = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    peak = largest / (1024 * 1024 if sys.platform == "darwin" else 1024)
    what = "the afforestation example whole, with boundaries and an HTML report"
    return [
        Bar(f"{what}, cold", milliseconds(whole), f"{MOST_SECONDS} s", whole / MOST_SECONDS, 1),
        Bar(
            f"the same, beside `{GEO_IMPORTS}`",
            milliseconds(whole),
            milliseconds(imports),
            whole / imports,
            6,
        ),
        Bar(f"memory at its peak, {what}", f"{peak:.0f} MB", f"{MOST_MB} MB", peak / MOST_MB, 1),
    ]


def overlapping(rounds: int) -> Found:
    import overlap

    # Before anything large stands here: a child's peak is at least that of what it was born of.
    child = python(f"import runpy; runpy.run_path({overlap.__file__!r}, run_name='__main__')")
    here = {**os.environ, "PYTHONPATH": str(Path(overlap.__file__).parent)}
    done = subprocess.run(child, capture_output=True, check=True, text=True, env=here)
    peak = float(done.stdout)
    found: Found = [
        Bar(
            f"memory at its peak, overlaps of {overlap.ROWS:,} parcels, scattered",
            f"{peak:.0f} MB",
            f"{overlap.MOST_MB} MB",
            peak / overlap.MOST_MB,
            1,
        )
    ]
    plan = overlap.compiled()
    for name, made in (("fields side by side", overlap.fields), ("scattered", overlap.scattered)):
        ours, theirs = made()
        dossier = overlap.dossier_of(ours, theirs)
        assert overlap.engine(plan, dossier) == overlap.bare(ours, theirs)
        engine, bare = in_turns(
            max(rounds // 3, 3),
            partial(overlap.engine, plan, dossier),
            partial(overlap.bare, ours, theirs),
        )
        found.append(
            Bar(
                f"overlaps of {overlap.ROWS:,} parcels with {overlap.ROWS:,} of others, {name},"
                " beside bare shapely",
                milliseconds(engine),
                milliseconds(bare),
                engine / bare,
                1.2,
            )
        )
    return found
