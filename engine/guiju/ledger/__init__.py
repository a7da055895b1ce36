"""The clause ledger: the clauses of the sources against what the rules cite, both ways.

`make_ledger(folder)` compares the clause lists of a pack, and of the packs it uses, with the
cites of rules, judgements, amendments, formulas and lookups. `document_list(plan)` is the
list of documents the rules need.
"""

from __future__ import annotations

from guiju.ledger.documents import document_list
from guiju.ledger.ledger import make_ledger
from guiju.ledger.record import Ledger

__all__ = ["Ledger", "document_list", "make_ledger"]
