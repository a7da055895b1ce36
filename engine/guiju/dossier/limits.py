"""How much a dossier may hold: every reader stops at these sizes with a clear problem.

The limits keep hostile or damaged files from filling the memory. They are far above what
a real dossier needs; a file beyond them is a matter for a person, not for a longer wait.
"""

from __future__ import annotations

MIB = 1024 * 1024

MAX_WRITTEN = 16 * MIB
"""Bytes of a `dossier.yaml` or of a mapping."""

MAX_TABLE = 256 * MIB
"""Bytes of a file whose contents are read: CSV, JSON, a workbook (also its parts)."""

MAX_EVIDENCE = 8 * 1024 * MIB
"""Bytes of an evidence file, which is only hashed, in pieces."""

MAX_FIELD = MIB
"""Characters of one field of a CSV file or of one cell."""

MAX_ROWS = 5_000_000
"""Rows of one table."""

MAX_CELLS = 100_000_000
"""Cells of the columns read of one Parquet file, where a small file can hold very many."""

MAX_COLUMNS = 16_384
"""Columns of one table, as many as a sheet can have."""

MAX_DEPTH = 64
"""Levels of nesting in YAML."""

MAX_NODES = 1_000_000
"""Nodes of a YAML file once its aliases are written out."""

MAX_NUMBER = 1_000
"""Characters of one number."""

MAX_EXPONENT = 6_144
"""Power of ten of a number, as in the IEEE decimal128 format."""

MAX_MEMBERS = 10_000
"""Files in a zip."""

MAX_UNPACKED = 4 * 1024 * MIB
"""Bytes of a zip once unpacked, as its directory declares them."""

MAX_RATIO = 250
"""How many times larger a zip member of more than `RATIO_FROM` bytes may unpack. Text
tables pack up to about 100 times; a bomb starts near 1,000."""

RATIO_FROM = 8 * MIB

MAX_ALIKE = 50
"""Problems of one kind told one by one for a column; the rest are counted."""

MAX_LAYER_TEXT = 64 * MIB
"""Bytes of a layer written as text: GeoJSON, KML."""

MAX_FEATURES = 1_000_000
"""Features of one layer."""

MAX_VERTICES = 5_000_000
"""Vertices of all features of one layer."""
