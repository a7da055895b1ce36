"""Shapefiles, GeoPackages and file geodatabases, read by GDAL through pyogrio.

GDAL is given copies in a folder of their own under plain names, chosen by the ending and the
first bytes of the file, so that it finds nothing else: neither another driver, nor a file
beside them, nor the network.
"""

from __future__ import annotations

import os
import warnings
from re import IGNORECASE, match
from tempfile import TemporaryDirectory

from guiju.dossier import limits
from guiju.dossier.encoding import decode
from guiju.dossier.files import Files
from guiju.dossier.layers.drawing import Layer
from guiju.dossier.naming import nearest
from guiju.dossier.problems import Rejected, listed, problem, shown
from guiju.hints import Any
from guiju.verdicts import Origin

SHAPEFILE = (".shp", ".shx", ".dbf", ".prj", ".cpg")
BESIDE = (".sbn", ".sbx", ".qix", ".qpj", ".qmd", ".qml", ".fix", ".idx", ".shp.xml")
"""Files other programs put beside a shapefile; they are hashed and not read."""

_RTREE = r'\s*CREATE\s+VIRTUAL\s+TABLE\s+(?:"(?:[^"]|"")*"|\w+)\s+USING\s+rtree\s*\('
_ENCODINGS = {
    "65001": "utf-8",
    "utf8": "utf-8",
    "936": "gb18030",
    "cp936": "gb18030",
    "gbk": "gb18030",
    "gb2312": "gb18030",
    "54936": "gb18030",
}


def read_shapefile(name: str, place: Origin, files: Files, file: str) -> Layer | None:
    """The layer of a shapefile, None when a part of it cannot be read."""
    stem, known = name[:-4], {each.lower(): each for each in files.container.names()}
    contents: dict[str, bytes] = {}
    for suffix in SHAPEFILE:
        part = known.get((stem + suffix).lower())
        if part is None:
            if suffix in (".shx", ".dbf"):
                raise Rejected("layer-part-missing", name=shown(file), part=shown(stem + suffix))
            continue
        content = files.content(part, place)
        if content is None:
            return None
        contents[suffix] = content
    for suffix in BESIDE:
        if (part := known.get((stem + suffix).lower())) is not None:
            files.hashed(part)
    if not contents[".shp"].startswith(b"\0\0\x27\x0a"):
        raise Rejected("layer-broken", name=shown(file), detail=".shp")
    encoding = _encoding(contents[".dbf"], contents.pop(".cpg", b""), file, files)
    contents[".cpg"] = b"UTF-8" if encoding == "utf-8" else b"GB18030"
    with TemporaryDirectory(prefix="guiju-") as folder:
        for suffix, content in contents.items():
            with open(os.path.join(folder, f"layer{suffix}"), "wb") as copy:
                copy.write(content)
        path = os.path.join(folder, "layer.shp")
        return _read(path, None, file, stem.rpartition("/")[2] if file != name else None)


def read_geopackage(
    name: str, place: Origin, files: Files, file: str, layer: str | None
) -> Layer | None:
    """A layer of a GeoPackage."""
    content = files.content(name, place)
    if content is None:
        return None
    if not content.startswith(b"SQLite format 3\0"):
        raise Rejected("layer-broken", name=shown(file), detail=".gpkg")
    with TemporaryDirectory(prefix="guiju-") as folder:
        path = os.path.join(folder, "layer.gpkg")
        with open(path, "wb") as copy:
            copy.write(content)
        _only_tables(path, file)
        return _read(path, _chosen(path, layer, file), file)


def read_geodatabase(
    name: str, place: Origin, files: Files, file: str, layer: str | None
) -> Layer | None:
    """A layer of a file geodatabase, which is a folder of files."""
    within = f"{name}/" if name else ""
    inside = [each for each in files.container.names() if each.startswith(within)]
    if f"{within}a00000001.gdbtable" not in inside:
        raise Rejected("layer-part-missing", name=shown(file), part="a00000001.gdbtable")
    total = 0
    with TemporaryDirectory(prefix="guiju-") as folder:
        path = os.path.join(folder, "layer.gdb")
        os.mkdir(path)
        for each in inside:
            base = each[len(within) :]
            if "/" in base or not base.isascii():
                continue
            if base.endswith(".lock"):
                files.hashed(each)
                continue
            content = files.content(each, place)
            if content is None:
                return None
            total += len(content)
            if total > limits.MAX_TABLE:
                raise Rejected(
                    "file-too-large", name=shown(file), size=total, most=limits.MAX_TABLE
                )
            with open(os.path.join(path, base), "wb") as copy:
                copy.write(content)
        return _read(path, _chosen(path, layer, file), file)


def _encoding(table: bytes, said: bytes, file: str, files: Files) -> str:
    """The encoding of a dBASE table, decided by all its bytes; a `.cpg` that says another
    one is told."""
    head = int.from_bytes(table[8:10], "little")
    body = table[32:]
    names = b"".join(
        # Names of attributes are ten bytes and a zero; what follows is no text.
        body[at : at + 11].partition(b"\0")[0] + b"\n"
        for at in range(0, max(0, head - 32), 32)
    )
    try:
        _, encoding = decode(names + table[head:].replace(b"\0", b" ").rstrip(b"\x1a"))
    except Rejected as rejected:
        raise Rejected("layer-encoding", name=shown(file), **_offset(rejected)) from None
    encoding = "utf-8" if encoding.startswith("utf-8") else encoding
    place = Origin(file, "")
    plain = said.decode("ascii", "replace").strip().lower().replace("-", "").replace("_", "")
    claimed = _ENCODINGS.get(plain)
    ascii_only = (names + table[head:]).isascii()
    if plain and claimed != encoding and not ascii_only:
        files.problems.append(
            problem(
                "layer-encoding-differs",
                "warning",
                place,
                said=shown(said.decode("ascii", "replace").strip()),
                encoding=encoding.upper(),
            )
        )
    elif not plain and encoding != "utf-8":
        files.problems.append(problem("other-encoding", "note", place, encoding=encoding.upper()))
    return encoding


def _offset(rejected: Rejected) -> dict[str, object]:
    return {"offset": rejected.values.get("offset", 0)}


def _only_tables(path: str, file: str) -> None:
    """Refuses a GeoPackage with views or tables made by programs: reading one could run on
    without end. The index `rtree` of a layer is such a table and is let pass."""
    import sqlite3

    try:
        connection = sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)
        try:
            rows = connection.execute("SELECT type, name, sql FROM sqlite_master").fetchall()
        finally:
            connection.close()
    except (sqlite3.Error, UnicodeDecodeError) as wrong:  # a damaged name is not decoded
        raise Rejected("layer-broken", name=shown(file), detail=shown(wrong)) from None
    for kind, name, sql in rows:
        made = match(r"\s*CREATE\s+VIRTUAL\s", str(sql or ""), IGNORECASE)
        index = match(_RTREE, str(sql or ""), IGNORECASE)
        virtual = made is not None and index is None
        if kind == "view" or virtual:
            raise Rejected("layer-broken", name=shown(file), detail=shown(f"{kind} {name}"))


def _chosen(path: str, layer: str | None, file: str) -> str:
    """The layer that is asked for, or the only one that has shapes."""
    import pyogrio

    try:
        found = [str(name) for name, kind in pyogrio.list_layers(path) if kind is not None]
    except Exception as wrong:  # pyogrio's and, for damaged files, several of GDAL's
        raise _failed(wrong, path, file) from None
    if layer is not None and layer in found:
        return layer
    if layer is not None:
        raise Rejected(
            "layer-not-found",
            layer=shown(layer),
            file=shown(file),
            nearest=nearest(layer, found) or "",
            known=listed(found),
        )
    if len(found) != 1:
        raise Rejected("layer-which", file=shown(file), known=listed(found))
    return found[0]


def _failed(wrong: Exception, path: str, file: str) -> Rejected:
    detail = str(wrong).replace(path, file)
    return Rejected("layer-broken", name=shown(file), detail=shown(detail))


def _read(path: str, layer: str | None, file: str, name: str | None = None) -> Layer:
    import numpy
    import shapely
    from pyogrio.raw import read

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            meta, _, wkb, data = read(
                path,
                layer=layer,
                max_features=limits.MAX_FEATURES + 1,
                datetime_as_string=True,
            )
            made = shapely.from_wkb(wkb, on_invalid="ignore")
    except Exception as wrong:  # pyogrio's and, for damaged files, several of GDAL's
        raise _failed(wrong, path, file) from None
    columns = {
        str(field): _raws(values, numpy) for field, values in zip(meta["fields"], data, strict=True)
    }
    shapes: list[Any] = list(made)
    for index, (shape, bytes_) in enumerate(zip(made, wkb, strict=True)):
        if shape is None and bytes_ is not None:
            shapes[index] = Rejected("geometry-broken", detail="WKB")
    heights = [
        int(index)
        for index in numpy.flatnonzero(shapely.has_z(made))
        if numpy.nan_to_num(shapely.get_coordinates(made[index], include_z=True)[:, 2]).any()
    ]
    crs = meta.get("crs")
    if crs is not None and "undefined" in crs.lower():
        # How a GeoPackage says that a layer has no coordinate system.
        crs = None
    nothing: list[int | None] = [None] * len(shapes)
    return Layer(file, layer or name, crs, False, columns, shapes, nothing, [], heights)


def _raws(values: Any, numpy: Any) -> list[Any]:
    """An attribute's values as raw ones: numbers in their shortest digits."""
    if values.dtype.kind == "f":
        return [
            None
            if not numpy.isfinite(value)
            else str(int(value))
            if value == int(value) and abs(value) < 1e15
            else str(value)
            for value in values
        ]
    if values.dtype.kind == "b":
        return [bool(value) for value in values]
    return [
        None if value is None else value if isinstance(value, str) else str(value)
        for value in values
    ]
