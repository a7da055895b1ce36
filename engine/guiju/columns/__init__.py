"""The facts of many dossiers in columns of Arrow or Parquet: an outcome for every rule and row.

It needs numpy and pyarrow, the extra `columns`. Only outcomes come of it; findings with texts
and derivations are those of `guiju.tables`.
"""

from __future__ import annotations

try:
    import numpy  # noqa: F401
    import pyarrow  # noqa: F401
except ImportError:
    raise ImportError("pip install 'guiju[columns]'") from None

from guiju.columns.pack import CODES, ColumnStates, CompiledColumns, compile_columns

__all__ = ["CODES", "ColumnStates", "CompiledColumns", "compile_columns"]
