"""What an assessment says: verdicts, findings, values with their origins.

These classes are the public record of an assessment. They are no pydantic models, so that
a check need not load pydantic; `guiju.assessment.record` builds the pydantic models of
the same classes, reads and writes them as JSON, and publishes their JSON Schema.

Numbers are exact decimals as text. A `Text` is one sentence by language.
"""

from __future__ import annotations

from guiju.hints import Literal
from guiju.record import Mutable, field

Text = dict[str, str]
"""A sentence by language, `{"en": …, "zh": …}`."""

Verdict = Literal[
    "conforms",
    "nonconforming",
    "undetermined",
    "not applicable",
    "awaiting judgement",
    "deferred",
    "waived",
    "broken",
]
VERDICTS: tuple[Verdict, ...] = (
    "nonconforming",
    "broken",
    "undetermined",
    "awaiting judgement",
    "deferred",
    "waived",
    "conforms",
    "not applicable",
)
"""From what a reader must see first to what may be read last."""

Opinion = Literal["positive", "negative", "open"]
BasisLevel = Literal["verified", "secondary", "unverified"]


ELSEWHERE = "dossier:"
"""What a file of another dossier begins with."""


class Origin(Mutable):
    """Where a value stands: `at` is a cell (`C3`), a JSON pointer, or `line:column`.
    `raw` is the text found there when it was read as something else. A file of another dossier
    of the run is `dossier:ID/file`."""

    file: str
    at: str
    sheet: str | None = None
    raw: str | None = None


class Value(Mutable):
    """A fact, a let, a formula or a sub-expression as the evaluator saw it.

    `value` None is unknown; `unit` None is a bare number or no number. A formula among the
    values of an assessment has its `derivation`. `said` are the words for an option
    or a shape.
    """

    name: str
    label: Text
    value: str | None
    unit: str | None = None
    origin: Origin | None = None
    derivation: Derivation | None = None
    said: Text | None = None


class Missing(Mutable):
    """Something an unknown result lacks.

    `kind`: fact, cell, table, row (of a table, a key without one), document, judgement,
    lookup (a key without a row), not acceptable (a row of a lookup says so), undefined (an
    operation without a result), calendar (a year without a calendar), other cell and other
    table (of another dossier of the run, whose id stands first in `name`).
    `name` is `project.start_date`, `parcels[P-07].area`, …
    """

    kind: str
    name: str
    label: Text
    origin: Origin | None = None


class Derivation(Mutable):
    """An expression with its value, and the parts it was worked out from.

    `kind` is the plan node's name; `words` the expression in words; `rows` says how many
    rows a quantifier or an aggregate went over, `said` are the words for an option
    or a shape.
    """

    kind: str
    words: Text
    value: str | None
    unit: str | None = None
    origin: Origin | None = None
    missing: list[Missing] = field(default_factory=list)
    rows: int | None = None
    parts: list[Derivation] = field(default_factory=list)
    said: Text | None = None


class Margin(Mutable):
    """How far a comparison is from its threshold, positive on the conforming side.

    `distance` is in `unit`, `share` relative to the threshold (a ratio) where that is not
    zero, `tco2e` the distance in tCO2e where the comparison is of tCO2e. `subject` is the
    row closest to failing.
    """

    words: Text
    value: str
    threshold: str
    unit: str | None
    distance: str
    share: str | None = None
    tco2e: str | None = None
    subject: str | None = None


class Finding(Mutable):
    """Something the applicant must answer.

    `subject` is the row's key, None for the project. `fingerprint` stays the same as long
    as the rule and the subject do. `baseline` says whether a baseline already held it.
    """

    rule: str
    grade: str
    verdict: Verdict
    message: Text
    subject: str | None
    fingerprint: str
    values: list[Value] = field(default_factory=list)
    missing: list[Missing] = field(default_factory=list)
    remedy: Text | None = None
    origin: Origin | None = None
    derivation: Derivation | None = None
    baseline: Literal["new", "unchanged"] | None = None


class Waiver(Mutable):
    """Who lets a finding pass, why, and from when until when. `status`: used, unused,
    expired, not yet."""

    rule: str
    subject: str | None
    who: str
    why: str
    start: str
    until: str
    status: str = "unused"


class Requirement(Mutable):
    """A rule or judgement with its verdict.

    `reason` says why it is not applicable, waived or broken. `counts` are the verdicts of
    the rows of a rule over rows, empty otherwise. `untold` is how many findings about rows are
    counted there and not among `findings`, nor what they lack. `place` is `file:line` of the rule.
    """

    id: str
    pack: str
    kind: Literal["rule", "judgement"]
    title: Text
    clause: str | None
    quoting: str | None
    basis: BasisLevel
    words: Text
    verdict: Verdict
    place: str
    reason: Text | None = None
    counts: dict[str, int] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    values: list[Value] = field(default_factory=list)
    missing: list[Missing] = field(default_factory=list)
    margins: list[Margin] = field(default_factory=list)
    amended_by: list[str] = field(default_factory=list)
    needs: list[str] = field(default_factory=list)
    question: Text | None = None
    answer: JudgementGiven | None = None
    waiver: Waiver | None = None
    derivation: Derivation | None = None
    untold: int = 0


class JudgementGiven(Mutable):
    """A person's answer: yes, no or unclear."""

    answer: Literal["yes", "no", "unclear"]
    by: str
    on: str
    because: str
    origin: Origin | None = None


class Claim(Mutable):
    """A claimed figure beside the recomputed one. `difference` is claimed minus
    recomputed; `percent` is that of the recomputed figure. `examined` is false when `rule`,
    which compares the two, does not apply to the dossier."""

    label: Text
    claimed: Value
    recomputed: Value
    difference: str | None
    percent: str | None
    tco2e: str | None
    rule: str | None = None
    examined: bool = True


class Problem(Mutable):
    """Something wrong with the dossier's files. `severity` error makes the exit code 2;
    `message` says what was found and expected, `mend` what to do."""

    code: str
    severity: Literal["error", "warning", "note"]
    message: Text
    mend: Text
    origin: Origin | None = None


class Unchecked(Mutable):
    """A clause or a part of the dossier nothing was checked against, and why. `pack` is the
    pack that leaves a clause out, none for everything else."""

    subject: str
    reason: Text
    pack: str | None = None


class FileRecord(Mutable):
    """A file of the dossier and its digest. `encoding` as decided for text files."""

    name: str
    sha256: str
    bytes: int
    encoding: str | None = None


class Document(Mutable):
    """A piece of evidence the dossier lists."""

    id: str
    kind: str
    file: str | None
    issued: str | None
    sha256: str | None
    status: Literal["held", "listed", "missing", "altered"]


class ReplacedFile(Mutable):
    """A parameter file that stood in place of the pack's own, `pack/file.csv`. `original` is
    the digest of the pack's file; `basis` is what the file itself says of its figures."""

    file: str
    sha256: str
    original: str
    lookups: list[str]
    basis: BasisLevel


class PackRecord(Mutable):
    id: str
    edition: str
    title: Text
    authority: Text
    digest: str
    grades: dict[str, Text]
    in_force: str | None = None
    until: str | None = None
    replaced: list[ReplacedFile] = field(default_factory=list)


class DossierRecord(Mutable):
    id: str
    title: str
    path: str
    digest: str
    stage: str | None
    submitted: str | None
    files: list[FileRecord] = field(default_factory=list)
    documents: list[Document] = field(default_factory=list)


class Lack(Mutable):
    """A missing thing and the rules that cannot be decided without it."""

    missing: Missing
    rules: list[str]


class Outline(Mutable):
    """A shape on the map. `key` is the row's, as subjects of findings write it, or the name
    of a fact. Each of `lines` is a ring or a line as `x,y x,y …` in units of the map, x to the
    east and y to the south; a point, or a ring too small to be drawn, is one `x,y`."""

    key: str
    lines: list[str]


class MapLayer(Mutable):
    """The shapes of a column of a table, or those of a fact. `rules` go over its rows."""

    name: str
    label: Text
    kind: Literal["polygon", "line", "point"]
    rules: list[str]
    outlines: list[Outline]


class Map(Mutable):
    """The shapes of a dossier, simplified for drawing; nothing is measured on it.

    `west`, `south`, `east` and `north` are its edges in degrees, `width` and `height` their
    size in units, `metres` the length of a unit in the middle. `far` are the keys of shapes
    that lie too far from the others to be drawn with them.
    """

    west: str
    south: str
    east: str
    north: str
    width: int
    height: int
    metres: str
    layers: list[MapLayer]
    far: list[str] = field(default_factory=list)


class Assessment(Mutable):
    """One dossier against one pack. The same inputs give the same bytes.

    `findings_file` is the name of the Parquet file that has every row with a finding, where one
    was asked for.
    """

    format: str
    engine: str
    as_of: str
    pack: PackRecord
    dossier: DossierRecord
    opinion: Opinion
    open_because: list[Text]
    counts: dict[str, int]
    requirements: list[Requirement]
    claims: list[Claim]
    values: list[Value]
    lacks: list[Lack]
    not_checked: list[Unchecked]
    problems: list[Problem]
    waivers: list[Waiver] = field(default_factory=list)
    map: Map | None = None
    findings_file: str | None = None


FORMAT = "guiju-assessment/1"
