"""Writes the example project where the pack keeps it, in both languages.

python -m tests.packs.cdm_project
"""

from __future__ import annotations

from . import FOLDERS, build, write

for language, folder in FOLDERS.items():
    write(build(), language, folder)
