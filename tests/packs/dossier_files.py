"""The files of made-up dossiers, as all examples write them."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from pathlib import Path


def sheet(rows: list[dict[str, str]]) -> bytes:
    """A CSV as spreadsheet programs write it in China: UTF-8 with BOM, CRLF."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(rows[0])
    writer.writerows(row.values() for row in rows)
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def paper(title: str) -> bytes:
    """What stands for a piece of evidence."""
    zh = "本文件为虚构示例的占位材料，不含真实信息。"
    return f"{title}（占位）\n\n{zh}\nA placeholder of a made-up example.\n".encode()


def flow(row: dict[str, str]) -> str:
    """A row as a mapping of YAML on one line; empty cells are left out."""
    return "{ " + ", ".join(f"{name}: {value}" for name, value in row.items() if value) + " }"


def put(files: Mapping[str, bytes], folder: Path) -> None:
    """Writes files by their names into a folder, which is made."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
