"""A dossier against a pack: the assessment, as a record others can read."""

from __future__ import annotations

from guiju.assessment.assess import assess
from guiju.assessment.exits import FAIL_ON, FailOn, exit_code
from guiju.assessment.waivers import WaiverProblems, read_waivers

__all__ = ["FAIL_ON", "FailOn", "WaiverProblems", "assess", "exit_code", "read_waivers"]
