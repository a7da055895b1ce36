"""What the checking stage finds wrong, one class each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from guiju.diagnostics import Diagnostic, Severity
from guiju.messages import Lang, message
from guiju.source import Span

Words = dict[str, str]


# --- names ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class UnknownName(Diagnostic):
    code: ClassVar[str] = "unknown-name"
    name: str
    suggestion: Words


@dataclass(frozen=True, slots=True)
class UnknownField(Diagnostic):
    code: ClassVar[str] = "unknown-field"
    name: str
    owner: str
    suggestion: Words


@dataclass(frozen=True, slots=True)
class UnknownOption(Diagnostic):
    code: ClassVar[str] = "unknown-option"
    name: str
    options: str


@dataclass(frozen=True, slots=True)
class UnknownFunction(Diagnostic):
    code: ClassVar[str] = "unknown-function"
    name: str
    suggestion: Words


@dataclass(frozen=True, slots=True)
class UnknownUnitName(Diagnostic):
    code: ClassVar[str] = "unknown-unit"
    name: str
    suggestion: Words


@dataclass(frozen=True, slots=True)
class UnknownDocument(Diagnostic):
    code: ClassVar[str] = "unknown-document"
    name: str
    suggestion: Words


@dataclass(frozen=True, slots=True)
class UnknownGrade(Diagnostic):
    code: ClassVar[str] = "unknown-grade"
    name: str
    grades: str


@dataclass(frozen=True, slots=True)
class UnknownRule(Diagnostic):
    code: ClassVar[str] = "unknown-rule"
    name: str
    suggestion: Words


@dataclass(frozen=True, slots=True)
class UnknownPrefix(Diagnostic):
    code: ClassVar[str] = "unknown-prefix"
    name: str


@dataclass(frozen=True, slots=True)
class NameTaken(Diagnostic):
    code: ClassVar[str] = "name-taken"
    name: str
    earlier: Span | None = None

    def others(self) -> tuple[Span, ...]:
        return (self.earlier,) if self.earlier else ()


@dataclass(frozen=True, slots=True)
class UnusedName(Diagnostic):
    code: ClassVar[str] = "unused-name"
    severity: ClassVar[Severity] = "warning"
    name: str


@dataclass(frozen=True, slots=True)
class Cycle(Diagnostic):
    code: ClassVar[str] = "cycle"
    path: str


# --- types and units -----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class TypeMismatch(Diagnostic):
    code: ClassVar[str] = "type-mismatch"
    found: Words
    expected: Words


@dataclass(frozen=True, slots=True)
class UnitMismatch(Diagnostic):
    code: ClassVar[str] = "unit-mismatch"
    left: str
    right: str
    hint: Words


@dataclass(frozen=True, slots=True)
class WrongArgumentCount(Diagnostic):
    code: ClassVar[str] = "wrong-argument-count"
    function: str
    found: int
    expected: str


@dataclass(frozen=True, slots=True)
class BadPattern(Diagnostic):
    code: ClassVar[str] = "bad-pattern"
    pattern: str


@dataclass(frozen=True, slots=True)
class MustBeConstant(Diagnostic):
    code: ClassVar[str] = "must-be-constant"


@dataclass(frozen=True, slots=True)
class NoRowInScope(Diagnostic):
    code: ClassVar[str] = "no-row-in-scope"
    name: str
    table: str


@dataclass(frozen=True, slots=True)
class ShiftWithoutMonthEnd(Diagnostic):
    code: ClassVar[str] = "month-end-unsaid"
    severity: ClassVar[Severity] = "warning"


@dataclass(frozen=True, slots=True)
class DurationsDiffer(Diagnostic):
    code: ClassVar[str] = "durations-differ"
    left: str
    right: str


@dataclass(frozen=True, slots=True)
class MisplacedAcross(Diagnostic):
    code: ClassVar[str] = "across-misplaced"
    found: Words


@dataclass(frozen=True, slots=True)
class NotAcross(Diagnostic):
    code: ClassVar[str] = "not-across"
    name: str
    table: str
    found: Words


# --- clauses -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class MissingClause(Diagnostic):
    code: ClassVar[str] = "missing-clause"
    clause: Words
    item: str


@dataclass(frozen=True, slots=True)
class RepeatedClause(Diagnostic):
    code: ClassVar[str] = "repeated-clause"
    clause: Words


@dataclass(frozen=True, slots=True)
class MisplacedClause(Diagnostic):
    code: ClassVar[str] = "misplaced-clause"
    clause: Words
    item: Words


@dataclass(frozen=True, slots=True)
class MissingTranslation(Diagnostic):
    code: ClassVar[str] = "missing-translation"
    severity: ClassVar[Severity] = "warning"
    language: Words
    tag: str
    count: int = 1
    """Texts of the file that lack it; the first is shown."""

    def message(self, lang: Lang) -> str:
        if self.count == 1:
            return Diagnostic.message(self, lang)
        return message(f"diagnostics.{self.code}.several", lang, **self._values(lang))


# --- proofs --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class AlwaysTrue(Diagnostic):
    code: ClassVar[str] = "always-true"
    severity: ClassVar[Severity] = "warning"


@dataclass(frozen=True, slots=True)
class AlwaysFalse(Diagnostic):
    code: ClassVar[str] = "always-false"
    severity: ClassVar[Severity] = "warning"


@dataclass(frozen=True, slots=True)
class Unreachable(Diagnostic):
    code: ClassVar[str] = "unreachable"
    severity: ClassVar[Severity] = "warning"


@dataclass(frozen=True, slots=True)
class BandGap(Diagnostic):
    code: ClassVar[str] = "band-gap"
    gap: str


@dataclass(frozen=True, slots=True)
class BandOverlap(Diagnostic):
    code: ClassVar[str] = "band-overlap"
    where: str
    earlier: Span

    def others(self) -> tuple[Span, ...]:
        return (self.earlier,)


@dataclass(frozen=True, slots=True)
class BandsUnproved(Diagnostic):
    code: ClassVar[str] = "bands-unproved"
    severity: ClassVar[Severity] = "warning"
    count: int


@dataclass(frozen=True, slots=True)
class EmptyRange(Diagnostic):
    code: ClassVar[str] = "empty-range"
    low: str
    high: str


@dataclass(frozen=True, slots=True)
class AmendedGrade(Diagnostic):
    code: ClassVar[str] = "amended-grade"
    name: str
    kept: str


@dataclass(frozen=True, slots=True)
class AmendmentsClash(Diagnostic):
    code: ClassVar[str] = "amendments-clash"
    name: str
    other: str


@dataclass(frozen=True, slots=True)
class UnsafeDirection(Diagnostic):
    code: ClassVar[str] = "unsafe-direction"
    found: Words


# --- lookup files --------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class LookupFileMissing(Diagnostic):
    code: ClassVar[str] = "lookup-file-missing"
    file: str
    reason: Words


@dataclass(frozen=True, slots=True)
class LookupFileUnreadable(Diagnostic):
    code: ClassVar[str] = "lookup-file-unreadable"
    file: str
    reason: Words


@dataclass(frozen=True, slots=True)
class LookupColumnMissing(Diagnostic):
    code: ClassVar[str] = "lookup-column-missing"
    column: str
    file: str
    found: str


@dataclass(frozen=True, slots=True)
class LookupCellUnreadable(Diagnostic):
    code: ClassVar[str] = "lookup-cell-unreadable"
    file: str
    line: int
    column: str
    text: str
    expected: Words


@dataclass(frozen=True, slots=True)
class LookupKeyRepeated(Diagnostic):
    code: ClassVar[str] = "lookup-key-repeated"
    key: str
    place: str
    earlier: str


@dataclass(frozen=True, slots=True)
class LookupWithoutRows(Diagnostic):
    code: ClassVar[str] = "lookup-without-rows"
    name: str


# --- clause lists --------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ClauseListUnknown(Diagnostic):
    code: ClassVar[str] = "clause-list-unknown"
    name: str
    suggestion: Words


@dataclass(frozen=True, slots=True)
class ClauseListUnreadable(Diagnostic):
    code: ClassVar[str] = "clause-list-unreadable"
    reason: Words


@dataclass(frozen=True, slots=True)
class ClauseColumnUnknown(Diagnostic):
    code: ClassVar[str] = "clause-column-unknown"
    column: str
    suggestion: Words


@dataclass(frozen=True, slots=True)
class ClauseColumnMissing(Diagnostic):
    code: ClassVar[str] = "clause-column-missing"
    column: str
    found: str


@dataclass(frozen=True, slots=True)
class ClauseCellMissing(Diagnostic):
    code: ClassVar[str] = "clause-cell-missing"
    column: str


@dataclass(frozen=True, slots=True)
class ClauseCellWrong(Diagnostic):
    code: ClassVar[str] = "clause-cell-wrong"
    column: str
    text: str
    expected: str


@dataclass(frozen=True, slots=True)
class ClauseRepeated(Diagnostic):
    code: ClassVar[str] = "clause-repeated"
    name: str
    earlier: Span

    def others(self) -> tuple[Span, ...]:
        return (self.earlier,)


# --- pack.toml -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ManifestProblem(Diagnostic):
    code: ClassVar[str] = "pack-toml"
    reason: Words
