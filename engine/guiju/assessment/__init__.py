"""A dossier against a pack: the assessment, as a record others can read."""

from __future__ import annotations

from guiju.assessment.assess import assess, formula_values
from guiju.hints import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from guiju.assessment.waivers import WaiverProblems, read_waivers

__all__ = ["WaiverProblems", "assess", "formula_values", "read_waivers"]


def __getattr__(name: str) -> Any:
    # Few runs have waivers, and every run pays for what is imported.
    if name in ("WaiverProblems", "read_waivers"):
        from guiju.assessment import waivers

        return getattr(waivers, name)
    raise AttributeError(name)
