"""Dossiers: files to typed values, each with its place.

`open_dossier` reads the first page of a folder, a zip or a `dossier.yaml`; `read` types
everything in it against a pack. `read_collection` reads every project of a file that was
not made for us, through a mapping.
"""

from __future__ import annotations

from guiju.dossier.manifest import Manifest, open_dossier
from guiju.dossier.model import Dossier, Given, TableData
from guiju.dossier.problems import UnreadableDossier
from guiju.dossier.reader import read
from guiju.hints import TYPE_CHECKING

if TYPE_CHECKING:
    from guiju.dossier.collection import read_collection
    from guiju.dossier.mapping import Mapping, open_mapping
    from guiju.dossier.others import DossierTwice, Others

__all__ = [
    "Dossier",
    "DossierTwice",
    "Given",
    "Manifest",
    "Mapping",
    "Others",
    "TableData",
    "UnreadableDossier",
    "open_dossier",
    "open_mapping",
    "read",
    "read_collection",
]


def __getattr__(name: str) -> object:
    # A plain dossier has no mapping: its modules are loaded when they are asked for.
    if name in ("Mapping", "open_mapping"):
        from guiju.dossier import mapping

        return getattr(mapping, name)
    if name == "read_collection":
        from guiju.dossier import collection

        return collection.read_collection
    if name in ("DossierTwice", "Others"):
        from guiju.dossier import others

        return getattr(others, name)
    raise AttributeError(name)
