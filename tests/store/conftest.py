"""Puts the helpers of this folder, and those for dossiers, within reach of its tests."""

import sys
from pathlib import Path

for folder in (Path(__file__).parent, Path(__file__).parent.parent / "dossier"):
    sys.path.insert(0, str(folder))
