"""Coordinate systems of layers: which are known, and back to degrees on their own datum.

WGS 84 and CGCS2000 are read in degrees and in any projection pyproj knows, with the 3° and 6°
Gauss-Krüger zones of CGCS2000 (GB/T 17278; EPSG 4491 to 4554) by number or by central
meridian; NAD83 and ETRS89 likewise. A projection is undone on its own datum, which is exact.
From one datum to another nothing is ever shifted: for Beijing 1954 and Xi'an 1980 there are
no public parameters, so layers in them are refused.
"""

from __future__ import annotations

from re import IGNORECASE, fullmatch

from guiju.dossier.naming import folded
from guiju.dossier.problems import Rejected, shown
from guiju.hints import TYPE_CHECKING, Any
from guiju.record import Record

if TYPE_CHECKING:
    from numpy import ndarray

WGS84 = "EPSG:4326"
CGCS2000 = "EPSG:4490"
MAX_WRITTEN = 4_000
"""Characters of the description of a coordinate system, as WKT."""

_NAMES = {
    "cgcs2000": CGCS2000,
    "国家2000": CGCS2000,
    "2000国家大地坐标系": CGCS2000,
    "国家大地坐标系2000": CGCS2000,
    "国家2000大地坐标系": CGCS2000,
    "wgs84": WGS84,
    "wgs1984": WGS84,
    "crs84": WGS84,
    "ogc:crs84": WGS84,
    "urn:ogc:def:crs:ogc:1.3:crs84": WGS84,
    "urn:ogc:def:crs:ogc::crs84": WGS84,
}
_DATUMS = {
    "china 2000": CGCS2000,
    "cgcs2000": CGCS2000,
    "china geodetic coordinate system 2000": CGCS2000,
    "world geodetic system 1984": WGS84,
    "wgs 1984": WGS84,
    "wgs 84": WGS84,
    "north american datum 1983": "EPSG:4269",
    "north american 1983": "EPSG:4269",
    "european terrestrial reference system 1989": "EPSG:4258",
    "etrs 1989": "EPSG:4258",
}
_SHIFTED = ("xian", "xi'an", "beijing", "new beijing", "krassovsky")


class System(Record):
    """A coordinate system. `geographic` is its system in degrees (`EPSG:4490`). The rest is
    of projected ones: `crs` is pyproj's, `shape` tells two apart; `meridian` and `easting`
    are the central meridian (degrees) and false easting (metres) of a transverse Mercator."""

    name: str
    geographic: str
    crs: Any = None
    shape: tuple[Any, ...] = ()
    meridian: float | None = None
    easting: float | None = None

    @property
    def projected(self) -> bool:
        return self.crs is not None

    def same(self, other: System) -> bool:
        """Whether coordinates mean the same places in both."""
        return self.geographic == other.geographic and self.shape == other.shape

    def degrees(self, coordinates: ndarray[Any, Any]) -> ndarray[Any, Any]:
        """Longitudes and latitudes of projected coordinates; infinite where there are none."""
        if self.crs is None:
            return coordinates
        import numpy
        from pyproj import Transformer

        back = Transformer.from_crs(self.crs, self.crs.geodetic_crs, always_xy=True)
        return numpy.column_stack(back.transform(coordinates[:, 0], coordinates[:, 1]))


def system(text: str) -> System:
    """The system a dossier or a file names, as a code (`EPSG:4528`), a name or WKT.

    Raises `Rejected`: `crs-unknown`, `crs-needs-shift`.
    """
    plain = text.strip()
    known = _NAMES.get(folded(plain))
    if known is None:
        code = fullmatch(r"(?:(?:urn:ogc:def:crs:)?epsg:(?:[\d.]*:)?)?(\d{4,6})", plain, IGNORECASE)
        if code is not None:
            plain = f"EPSG:{code[1]}"
            known = plain if plain in (WGS84, CGCS2000) else None
    if known is not None:
        return System(known, known)
    # A PROJ string may name grid files; nothing of a dossier opens one.
    if not plain or len(plain) > MAX_WRITTEN or plain.startswith("+") or _has_grid(plain):
        raise Rejected("crs-unknown", crs=shown(plain))
    return _from_pyproj(plain)


def _has_grid(text: str) -> bool:
    lower = text.lower()
    return "nadgrids" in lower or "+proj" in lower or "init=" in lower


def _from_pyproj(text: str) -> System:
    from pyproj import CRS
    from pyproj.exceptions import ProjError

    try:
        crs = CRS.from_user_input(text)
        if crs.is_compound:
            crs = crs.sub_crs_list[0]
        if crs.is_bound and crs.source_crs is not None:
            crs = crs.source_crs
        base = crs.geodetic_crs
    except ProjError:
        raise Rejected("crs-unknown", crs=shown(text)) from None
    if base is None or base.datum is None or not (crs.is_projected or crs.is_geographic):
        raise Rejected("crs-unknown", crs=shown(crs.name or text))
    code = crs.to_epsg()
    name = f"EPSG:{code}" if code is not None else shown(crs.name)
    geographic = _geographic(base, name if code is None else f"{name} {crs.name}")
    if not crs.is_projected:
        degree = base.axis_info and base.axis_info[0].unit_name.lower().startswith("degree")
        if not degree:
            raise Rejected("crs-unknown", crs=shown(crs.name))
        return System(geographic, geographic)
    return _projected(crs, name, geographic)


def _geographic(base: Any, name: str) -> str:
    """The code of a system in degrees, by its datum. A datum by a known name with another
    ellipsoid or prime meridian is not that datum."""
    datum = base.datum.name.lower().removeprefix("d_").replace("_", " ").strip()
    datum = datum.removesuffix(" ensemble")
    code = _DATUMS.get(datum)
    if code is None and datum.startswith("world geodetic system 1984"):
        code = WGS84
    ellipsoid, meridian = base.ellipsoid, base.prime_meridian
    if code is None:
        if any(word in datum for word in _SHIFTED):
            raise Rejected("crs-needs-shift", crs=shown(name), datum=shown(base.datum.name))
        raise Rejected("crs-unknown", crs=shown(f"{name} ({base.datum.name})"))
    if (
        ellipsoid is None
        or abs(ellipsoid.semi_major_metre - 6_378_137) > 0.01
        or abs(ellipsoid.inverse_flattening - 298.2572) > 0.001
        or (meridian is not None and meridian.longitude)
    ):
        raise Rejected("crs-unknown", crs=shown(f"{name} ({base.datum.name})"))
    return code


def _projected(crs: Any, name: str, geographic: str) -> System:
    operation = crs.coordinate_operation
    if operation is None:
        raise Rejected("crs-unknown", crs=shown(name))
    values = {p.name.lower(): p.value * (p.unit_conversion_factor or 1) for p in operation.params}
    unit = crs.axis_info[0].unit_conversion_factor if crs.axis_info else 1
    method = operation.method_name.lower().replace("_", " ").replace("gauss kruger", "")
    method = "transverse mercator" if "transverse mercator" in method or not method else method
    shape = (method, round(unit, 9), *sorted((k, round(v, 9)) for k, v in values.items()))
    params = {p.name.lower(): p.value for p in operation.params}
    transverse = method == "transverse mercator"
    return System(
        name,
        geographic,
        crs,
        shape,
        params.get("longitude of natural origin") if transverse else None,
        params.get("false easting") if transverse else None,
    )


def zone_code(meridian: float, prefix: int | None) -> str | None:
    """The EPSG code of the CGCS2000 zone with a central meridian; `prefix` is the zone's
    number where eastings begin with it. A 3° zone is meant where both could be.

    >>> zone_code(120, 40), zone_code(120, None), zone_code(123, 21)
    ('EPSG:4528', 'EPSG:4549', 'EPSG:4499')
    """
    whole = int(meridian)
    if whole != meridian:
        return None
    three, six = whole // 3, (whole + 3) // 6
    if prefix is None:
        if whole % 3 == 0 and 25 <= three <= 45:
            return f"EPSG:{4534 + three - 25}"
        return None
    if prefix == three and whole % 3 == 0 and 25 <= three <= 45:
        return f"EPSG:{4513 + three - 25}"
    # 6° zones: 13 (75° E) to 23 (135° E).
    if prefix == six and whole % 6 == 3 and 13 <= six <= 23:
        return f"EPSG:{4491 + six - 13}"
    return None


def zone_of_prefix(prefix: int) -> str | None:
    """The EPSG code of the zone whose number eastings begin with.

    >>> zone_of_prefix(40), zone_of_prefix(21), zone_of_prefix(99)
    ('EPSG:4528', 'EPSG:4499', None)
    """
    if 25 <= prefix <= 45:
        return f"EPSG:{4513 + prefix - 25}"
    return f"EPSG:{4491 + prefix - 13}" if 13 <= prefix <= 23 else None
