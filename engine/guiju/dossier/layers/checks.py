"""The shapes of a layer held to its coordinate system, and brought to degrees.

What cannot be a place is refused feature by feature, with what the coordinates look like:
longitude and latitude the wrong way round, a zone's number missing from eastings, metres
where degrees are declared. Nothing is turned or mended. A shape that crosses itself is kept
as it is, and noted: whether that matters is for the rules to say.
"""

from __future__ import annotations

from guiju.dossier import limits
from guiju.dossier.layers.crs import System, system, zone_code, zone_of_prefix
from guiju.dossier.layers.drawing import Layer
from guiju.dossier.problems import Rejected, Severity, listed, problem
from guiju.geometry.shape import Shape
from guiju.hints import TYPE_CHECKING, Any
from guiju.verdicts import Problem

if TYPE_CHECKING:
    from numpy import ndarray

CHINA = (73.0, 3.0, 136.0, 54.0)
"""West, south, east and north of a box around China and its seas, in degrees."""

ZONE_REACH = 600_000.0
"""Metres either side of a central meridian that an easting can lie at: a zone of 6° is
334 km wide either side at the equator."""

FAR_FROM_MERIDIAN = 3.5
"""Degrees from its central meridian beyond which coordinates are hardly in that zone."""

_KINDS = {
    "Point": "point",
    "MultiPoint": "point",
    "LineString": "line",
    "MultiLineString": "line",
    "Polygon": "polygon",
    "MultiPolygon": "polygon",
}
_WORDS = {
    "point": {"en": "point", "zh": "点"},
    "line": {"en": "line", "zh": "线"},
    "polygon": {"en": "polygon", "zh": "面"},
}
_NO_ZONE = {"en": "no zone of CGCS2000 fits", "zh": "无相应的 CGCS2000 分带"}


class Checked:
    """A layer's shapes as values: `shapes[feature]`, None where there is none to use."""

    def __init__(
        self, layer: Layer, declared: str | None, kind: str, problems: list[Problem]
    ) -> None:
        self.layer = layer
        self.kind = kind
        self.problems = problems
        self.shapes: list[Shape | None] = [None] * len(layer)
        found = self._system(declared)
        if found is not None and len(layer):
            self._check(found)

    def _say(self, code: str, severity: Severity, feature: int | None, **values: object) -> None:
        self.problems.append(problem(code, severity, self.layer.origin(feature), **values))

    def _alike(self, code: str, severity: Severity, features: list[int], **values: object) -> None:
        """One problem for all features it is true of, placed at the first."""
        numbers = listed(self.layer.numbers_of(features))
        self._say(code, severity, features[0], count=len(features), features=numbers, **values)

    # --- the coordinate system --------------------------------------------------------

    def _system(self, declared: str | None) -> System | None:
        """The system the coordinates are in, None (and told) when that is not known."""
        said = own = None
        try:
            if declared is not None:
                said = system(declared)
            if self.layer.crs is not None:
                own = system(self.layer.crs)
        except Rejected as rejected:
            if said is None or rejected.code != "crs-unknown":
                self._say(rejected.code, "error", None, **rejected.values)
                return None
            # The dossier says what the file says in words nobody knows.
            self._say("crs-own-unknown", "warning", None, used=said.name, **rejected.values)
            return said
        if said is None and own is None:
            self._say("crs-missing", "error", None)
        elif said is not None and own is not None and not said.same(own):
            if self.layer.implied:
                self._say("crs-implied", "warning", None, own=own.name, declared=said.name)
                return said
            self._say("crs-differs", "error", None, own=own.name, declared=said.name)
            return None
        return said or own

    # --- the shapes ---------------------------------------------------------------------

    def _check(self, found: System) -> None:
        import numpy
        import shapely

        usable: list[int] = []
        empty: list[int] = []
        broken: dict[str, list[int]] = {}
        other: dict[str, list[int]] = {}
        for feature, shape in enumerate(self.layer.shapes):
            if isinstance(shape, Rejected):
                broken.setdefault(shape.code, []).append(feature)
            elif shape is None or shape.is_empty:
                empty.append(feature)
            elif _KINDS.get(shape.geom_type) != self.kind:
                other.setdefault(shape.geom_type, []).append(feature)
            else:
                usable.append(feature)
        for code, features in broken.items():
            values = self.layer.shapes[features[0]].values
            self._alike(code, "error", features, **values)
        for name, features in other.items():
            drawn = _WORDS.get(_KINDS.get(name, ""), {"en": name, "zh": name})
            wanted = _WORDS[self.kind]
            self._alike("geometry-kind", "error", features, found=drawn, wanted=wanted)
        if empty:
            self._alike("geometry-empty", "warning", empty)
        if self.layer.heights:
            self._alike("z-dropped", "note", self.layer.heights)
        if self.layer.open_rings:
            self._alike("ring-not-closed", "warning", self.layer.open_rings)
        if not usable:
            return
        flat = shapely.force_2d(numpy.array([self.layer.shapes[f] for f in usable], dtype=object))
        coordinates, owners = shapely.get_coordinates(flat, return_index=True)
        if len(coordinates) > limits.MAX_VERTICES:
            self._say(
                "too-many-vertices", "error", None, count=len(coordinates), most=limits.MAX_VERTICES
            )
            return
        good = self._places(found, coordinates, owners, usable)
        degrees = coordinates
        if found.projected:
            degrees = self._degrees(found, coordinates, owners, usable, good)
        elif good.any():
            self._maybe_swapped(degrees[good[owners]], usable)
        if not good.any():
            return
        if found.projected:
            flat = shapely.set_coordinates(flat, degrees)
        self._told_invalid(flat, usable, good)
        self._values_of(flat, usable, good, found)

    def _values_of(self, flat: Any, usable: list[int], good: ndarray[Any, Any], of: System) -> None:
        import shapely

        bytes_ = shapely.to_wkb(flat, output_dimension=2, byte_order=1)
        counts = shapely.get_num_coordinates(flat)
        for index, feature in enumerate(usable):
            if good[index]:
                self.shapes[feature] = Shape(
                    bytes_[index],
                    self.kind,
                    of.geographic,
                    int(counts[index]),
                    # The decimals of metres say nothing of those of degrees.
                    None if of.projected else self.layer.decimals[feature],
                )

    def _told_invalid(self, flat: Any, usable: list[int], good: ndarray[Any, Any]) -> None:
        import shapely

        if self.kind != "polygon":
            return
        valid = shapely.is_valid(flat)
        wrong = [index for index in range(len(usable)) if good[index] and not valid[index]]
        if wrong:
            reason = _reason(str(shapely.is_valid_reason(flat[wrong[0]])))
            self._alike(
                "geometry-invalid", "note", [usable[index] for index in wrong], reason=reason
            )

    # --- where the coordinates can be --------------------------------------------------

    def _places(
        self,
        found: System,
        coordinates: ndarray[Any, Any],
        owners: ndarray[Any, Any],
        usable: list[int],
    ) -> ndarray[Any, Any]:
        """Which shapes can lie where they say; the others are told."""
        import numpy

        count = len(usable)
        low = numpy.full((count, 2), numpy.inf)
        high = numpy.full((count, 2), -numpy.inf)
        with numpy.errstate(invalid="ignore"):
            numpy.minimum.at(low, owners, coordinates)
            numpy.maximum.at(high, owners, coordinates)
        wrong: dict[tuple[str, str], list[int]] = {}
        good = numpy.ones(count, dtype=bool)
        for index in range(count):
            box = (*low[index].tolist(), *high[index].tolist())
            code = _wrong(found, box)
            if code is not None:
                good[index] = False
                wrong.setdefault(code, []).append(usable[index])
        for (code_, mend), features in wrong.items():
            index = usable.index(features[0])
            x, y = low[index].tolist()
            self._alike(
                code_,
                "error",
                features,
                x=f"{x:.12g}",
                y=f"{y:.12g}",
                crs=found.name,
                other=mend or _NO_ZONE,
            )
        return good

    def _degrees(
        self,
        found: System,
        coordinates: ndarray[Any, Any],
        owners: ndarray[Any, Any],
        usable: list[int],
        good: ndarray[Any, Any],
    ) -> ndarray[Any, Any]:
        import numpy

        degrees = found.degrees(coordinates)
        bad = ~numpy.isfinite(degrees).all(axis=1) | (abs(degrees[:, 1]) > 90)
        for index in numpy.unique(owners[bad]).tolist():
            if good[index]:
                good[index] = False
                x, y = coordinates[owners == index][0].tolist()
                self._alike(
                    "coordinates-out-of-range", "error", [usable[index]],
                    x=f"{x:.12g}", y=f"{y:.12g}", crs=found.name,
                )  # fmt: skip
        inside = degrees[good[owners]]
        if found.meridian is not None and len(inside):
            apart = float(abs(inside[:, 0] - found.meridian).max())
            if apart > FAR_FROM_MERIDIAN:
                self._say(
                    "far-from-meridian",
                    "warning",
                    None,
                    apart=f"{apart:.1f}",
                    meridian=f"{found.meridian:g}",
                    crs=found.name,
                )
        return degrees

    def _maybe_swapped(self, degrees: ndarray[Any, Any], usable: list[int]) -> None:
        """Warns of coordinates that lie outside China as written, and inside when turned."""
        x, y = degrees[:, 0], degrees[:, 1]
        west, south, east, north = CHINA
        as_written = (x >= west) & (x <= east) & (y >= south) & (y <= north)
        turned = (y >= west) & (y <= east) & (x >= south) & (x <= north)
        if turned.all() and not as_written.any():
            self._alike(
                "lonlat-maybe-swapped", "warning", usable, x=f"{x[0]:.12g}", y=f"{y[0]:.12g}"
            )


def _reason(said: str) -> dict[str, str]:
    """What the library says of an invalid shape, in words."""
    from guiju.geometry.prepared import fault_called
    from guiju.messages import LANGUAGES, message

    fault = fault_called(said)
    words: dict[str, str] = {}
    for lang in LANGUAGES:
        at = message("evaluation.fault.at", lang, place=fault.place) if fault.place else ""
        words[lang] = message(f"evaluation.fault.{fault.kind}", lang, at=at)
    return words


def _wrong(found: System, box: tuple[float, ...]) -> tuple[str, str] | None:
    """What is wrong with a shape whose coordinates span `box` (x and y, least then most),
    and the system that would suit them, if there is one."""
    left, bottom, right, top = box
    if not all(abs(each) < 1e12 for each in box):
        return "coordinates-out-of-range", ""
    small = left >= -180 and right <= 180 and bottom >= -90 and top <= 90
    if not found.projected:
        if small:
            return None
        if left >= -90 and right <= 90 and bottom >= -180 and top <= 180:
            return "lonlat-swapped", ""
        if max(abs(each) for each in box) > 1_000:
            prefix = int(right // 1_000_000)
            return "coordinates-not-degrees", zone_of_prefix(prefix) or ""
        return "coordinates-out-of-range", ""
    if small:
        return "coordinates-are-degrees", found.geographic
    if found.easting is None or found.meridian is None:
        return None
    return _zone(found, found.easting, found.meridian, left, right, bottom, top)


def _zone(
    found: System,
    easting: float,
    meridian: float,
    left: float,
    right: float,
    bottom: float,
    top: float,
) -> tuple[str, str] | None:
    """Whether eastings begin with the zone's number as the system says."""

    def near(low: float, high: float, middle: float) -> bool:
        return middle - ZONE_REACH <= low and high <= middle + ZONE_REACH

    northings = max(abs(bottom), abs(top)) <= 10_100_000
    if near(left, right, easting) and northings:
        return None
    if near(bottom, top, easting) and max(abs(left), abs(right)) <= 10_100_000:
        return "axes-swapped", ""
    declared, met = int(easting // 1_000_000), int(left // 1_000_000)
    whole = int(right // 1_000_000) == met
    china = found.geographic == "EPSG:4490"
    if declared and near(left, right, 500_000):
        return "zone-prefix-absent", (china and zone_code(meridian, None)) or ""
    if whole and 13 <= met <= 60:
        other = (china and zone_of_prefix(met)) or ""
        return ("zone-differs" if declared else "zone-prefix-given"), other
    return "coordinates-out-of-range", ""
