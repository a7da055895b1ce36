"""Three published suites of expression languages, and one of date computations, run as our
expressions.

`pytest tests/conformance --cases DIR` runs the files of another folder. The table is
printed with `-s` and written to `build/conformance.md`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest

from .case import Result
from .conftest import SHIPPED
from .differences import DIFFERENCES, difference
from .reasons import REASONS
from .run import read_cases, run

# How many of the shipped cases agree; more is welcome, fewer is a step back.
FLOORS = {"FEEL": 345, "CQL": 308, "CEL": 338, "dates": 21}


@pytest.fixture(scope="module")
def results(cases_folder: Path) -> list[Result]:
    cases = read_cases(cases_folder)
    assert cases, f"no case files in {cases_folder}"
    found = [run(case) for case in cases]
    table = report(found)
    print(f"\n{table}")
    target = Path("build")
    target.mkdir(exist_ok=True)
    (target / "conformance.md").write_text(table + "\n", encoding="utf-8")
    return found


def test_every_disagreement_is_a_difference_we_have_named(results: list[Result]) -> None:
    unnamed = [
        f"{r.case.suite} {r.case.name}: {r.case.expression!r} as {r.ours!r} gave {r.got!r},"
        f" expected {r.wanted!r}"
        for r in results
        if r.verdict == "disagree" and difference(r) is None
    ]
    assert unnamed == []


def test_every_case_left_out_has_a_reason_on_the_list(results: list[Result]) -> None:
    reasons = {r.reason for r in results if r.verdict == "not ours"}
    assert reasons <= set(REASONS)


def test_the_shipped_cases_agree_as_many_as_before(
    results: list[Result], cases_folder: Path
) -> None:
    if cases_folder != SHIPPED:
        pytest.skip("the floors are those of the shipped cases")
    agreeing = Counter(r.case.suite for r in results if r.verdict == "agree")
    assert {s: agreeing[s] for s, least in FLOORS.items() if agreeing[s] < least} == {}


def test_every_difference_is_explained() -> None:
    page = (Path(__file__).parent / "DIFFERENCES.md").read_text(encoding="utf-8")
    assert [d.name for d in DIFFERENCES if f"| {d.name} |" not in page] == []


def report(results: Sequence[Result]) -> str:
    """The table of the run: counts for each suite, then each reason and difference."""
    suites = list(dict.fromkeys(r.case.suite for r in results))
    lines = [
        "# Conformance",
        "",
        "`refuse`: the suite expects an error or its null, and our checker refuses the expression"
        " before any dossier is read.",
        "",
        "| suite | cases | agree | refuse | disagree, on purpose | disagree | not our feature |",
        "|---|---|---|---|---|---|---|",
    ]
    for suite in suites:
        of = [r for r in results if r.case.suite == suite]
        count = Counter(r.verdict for r in of)
        meant = sum(1 for r in of if r.verdict == "disagree" and difference(r))
        lines.append(
            f"| {suite} | {len(of)} | {count['agree']} | {count['refuse']} | {meant}"
            f" | {count['disagree'] - meant} | {count['not ours']} |"
        )
    lines += ["", "| not our feature | what it is | " + " | ".join(suites) + " |"]
    lines.append("|---|---|" + "---|" * len(suites))
    reasons = Counter((r.reason, r.case.suite) for r in results if r.verdict == "not ours")
    for name, meaning in REASONS.items():
        counts = [reasons[name, suite] for suite in suites]
        if any(counts):
            lines.append(f"| {name} | {meaning} | {' | '.join(map(str, counts))} |")
    lines += ["", "| disagree | " + " | ".join(suites) + " |", "|---|" + "---|" * len(suites)]
    disagreeing = [r for r in results if r.verdict == "disagree"]
    names = Counter((difference(r) or "unnamed", r.case.suite) for r in disagreeing)
    for name in (*(d.name for d in DIFFERENCES), "unnamed"):
        counts = [names[name, suite] for suite in suites]
        if any(counts):
            lines.append(f"| {name} | {' | '.join(map(str, counts))} |")
    return "\n".join(lines)
