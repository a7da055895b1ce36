"""The document list beside each pack is the one its rules ask for, and its ledger is whole.

`GUIJU_REWRITE=1 pytest tests/packs/test_documents.py` writes the lists anew.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from guiju.compiler import load_pack
from guiju.ledger import document_list, make_ledger
from guiju.reporting.ledger_markdown import write_documents

RULES = Path(__file__).parents[2] / "rules/guiju_rules"
PACKS = sorted(folder.parent.name for folder in RULES.glob("*/pack.toml"))
LISTED = [pack for pack in PACKS if (RULES / pack / "clauses").is_dir()]
REWRITE = bool(os.environ.get("GUIJU_REWRITE"))


@pytest.mark.parametrize("pack", PACKS)
def test_the_document_list_of_a_pack_is_in_step_with_its_rules(pack: str) -> None:
    made = write_documents(load_pack(str(RULES / pack)))
    file = RULES / pack / "DOCUMENTS.md"
    if REWRITE:
        file.write_text(made, encoding="utf-8")
    assert file.read_text(encoding="utf-8") == made


@pytest.mark.parametrize("pack", PACKS)
def test_every_document_a_pack_declares_is_needed_by_a_rule(pack: str) -> None:
    plan = load_pack(str(RULES / pack))
    assert [need.name for need in document_list(plan) if not need.rules] == []


@pytest.mark.parametrize("pack", LISTED)
def test_every_clause_is_covered_and_every_cite_names_one(pack: str) -> None:
    ledger = make_ledger(str(RULES / pack))
    opened = [
        (source.id, entry.clause)
        for one in ledger.packs
        for source in one.sources
        for entry in source.clauses
        if entry.coverage == "open"
    ]
    assert opened == []
    assert [(stray.item.id, stray.cite) for stray in ledger.stray] == []
    assert [(stray.item.id, stray.cite) for stray in ledger.uncompared] == []
    assert ledger.gone == []
