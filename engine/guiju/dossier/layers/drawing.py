"""A layer as its file holds it, and shapes put together from the text of coordinates."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from guiju.dossier.problems import Rejected, shown
from guiju.hints import TYPE_CHECKING, Any
from guiju.record import Mutable
from guiju.verdicts import Origin

if TYPE_CHECKING:
    from numpy import ndarray

MAX_COORDINATE = 40
"""Characters of one coordinate."""


class Layer(Mutable):
    """Features in the order of the file. `name` is the layer's within a file of several.

    `crs` is the coordinate system as the file gives it, None where it gives none; `implied`
    means that the format says it and not the file. `columns` are the attributes as raw
    values. `shapes` are shapely's, None where a feature has none, or `Rejected`. `decimals`
    see `Shape`. `open_rings` are features with a ring that does not close, `heights` those
    with heights, which are left out. `numbers` are places in the file, from 0, where some
    features are left out.
    """

    file: str
    name: str | None
    crs: str | None
    implied: bool
    columns: dict[str, list[Any]]
    shapes: list[Any]
    decimals: list[int | None]
    open_rings: list[int]
    heights: list[int]
    numbers: list[int] | None = None

    def __len__(self) -> int:
        return len(self.shapes)

    def number(self, feature: int) -> str:
        """A feature's number in the file, from 1: `#1`."""
        return f"#{(feature if self.numbers is None else self.numbers[feature]) + 1}"

    def numbers_of(self, features: list[int]) -> list[str]:
        """The numbers of features in order; three or more that follow each other as a run."""
        numbers = features if self.numbers is None else [self.numbers[f] for f in features]
        runs: list[list[int]] = []
        for number in numbers:
            if runs and runs[-1][-1] + 1 == number:
                runs[-1].append(number)
            else:
                runs.append([number])
        told = []
        for run in runs:
            if len(run) > 2:
                told.append(f"#{run[0] + 1}–#{run[-1] + 1}")
            else:
                told += [f"#{number + 1}" for number in run]
        return told

    def origin(self, feature: int | None = None, key: str = "") -> Origin:
        """The place of a feature, counted from 0: `#1 小班号=P-01` in the layer's file."""
        at = "" if feature is None else self.number(feature) + (f" {key}" if key else "")
        return Origin(self.file, at, self.name)

    def only(self, features: list[int]) -> Layer:
        """The layer with some of its features, which keep their numbers."""
        place = {feature: index for index, feature in enumerate(features)}
        return Layer(
            self.file,
            self.name,
            self.crs,
            self.implied,
            {name: [values[f] for f in features] for name, values in self.columns.items()},
            [self.shapes[f] for f in features],
            [self.decimals[f] for f in features],
            [place[f] for f in self.open_rings if f in place],
            [place[f] for f in self.heights if f in place],
            features,
        )


class Drawing:
    """The shapes of a layer, feature by feature, from the text of their coordinates."""

    def __init__(self) -> None:
        self.shapes: list[Any] = []
        self.open_rings: list[int] = []
        self.heights: list[int] = []
        self._spans: list[tuple[int, int] | None] = []
        self._longest = self._longest_with_zero = 0
        self._start()

    def _start(self) -> None:
        self._least, self._most = 1_000, -1
        self._open = self._high = False

    def add(self, shape: Any) -> None:
        """Ends a feature, whose lines and polygons were made since the one before."""
        if self._open:
            self.open_rings.append(len(self.shapes))
        if self._high:
            self.heights.append(len(self.shapes))
        self._spans.append((self._least, self._most) if self._most >= 0 else None)
        self.shapes.append(shape)
        self._start()

    def decimals(self) -> list[int | None]:
        """With how many decimals the coordinates of each feature are written.

        Most programs leave zeros at the end of a number out, so that fewer decimals say
        nothing of a single number; then it is the most of any. Where a file keeps such
        zeros, as its longest numbers tell, it is the least.
        """
        part = 0 if self._longest_with_zero == self._longest > 1 else 1
        return [None if span is None else span[part] for span in self._spans]

    def points(self, xs: list[str], ys: list[str], zs: list[str]) -> ndarray[Any, Any]:
        """The coordinates of a line. Raises `Rejected` `geometry-broken`."""
        import numpy

        try:
            found = numpy.array((list(map(float, xs)), list(map(float, ys)))).T
            if zs and any(map(float, zs)):
                self._high = True
        except (TypeError, ValueError):
            raise Rejected("geometry-broken", detail=shown(_odd([*xs, *ys, *zs]))) from None
        for texts in (xs, ys):
            counts = list(map(_decimals, texts))
            if counts:
                self._least = min(self._least, min(counts))
                self._most = max(self._most, max(counts))
                self._longest = max(self._longest, self._most)
            for text, count in zip(texts, counts, strict=True):
                if count > self._longest_with_zero and text[-1] == "0":
                    self._longest_with_zero = count
        return found

    def polygon(self, rings: list[ndarray[Any, Any]]) -> Any:
        """A polygon of its outer ring and its holes. A ring that does not close is closed,
        which adds no corner, and remembered. Raises `Rejected` `geometry-broken`."""
        import shapely

        for ring in rings:
            if len(ring) < 3:
                raise Rejected("geometry-broken", detail=f"{len(ring)} < 4")
            if tuple(ring[0]) != tuple(ring[-1]):
                self._open = True
            elif len(ring) < 4:
                raise Rejected("geometry-broken", detail=f"{len(ring)} < 4")
        if not rings:
            return None
        made = [shapely.linearrings(ring) for ring in rings]
        return shapely.polygons(made[0], made[1:] or None)


def _odd(texts: list[str]) -> str:
    for text in texts:
        try:
            float(text)
        except (TypeError, ValueError):
            return str(text)
    return ""


def _decimals(text: str) -> int:
    """How many decimals a number is written with.

    >>> _decimals("107.125"), _decimals("107"), _decimals("1.07125e2")
    (3, 0, 3)
    """
    point = text.find(".")
    if "e" in text or "E" in text:
        try:
            exponent = Decimal(text).as_tuple().exponent
        except InvalidOperation:
            return 0
        return max(0, -exponent) if isinstance(exponent, int) else 0
    return len(text) - point - 1 if point >= 0 else 0
