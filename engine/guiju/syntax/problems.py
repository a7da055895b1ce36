"""What can be wrong with the text of a rule file, one class each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from guiju.diagnostics import Diagnostic, Severity

Bilingual = dict[str, str]
"""A value that is said in the reader's language, by language."""


@dataclass(frozen=True, slots=True)
class UnexpectedWord(Diagnostic):
    """Something stands where the grammar has no place for it."""

    code: ClassVar[str] = "unexpected-word"
    found: Bilingual
    expected: Bilingual
    after: Bilingual
    hint: Bilingual


@dataclass(frozen=True, slots=True)
class MissingPart(Diagnostic):
    """A clause or declaration ends before it is complete."""

    code: ClassVar[str] = "missing-part"
    expected: Bilingual
    after: str
    found: Bilingual
    hint: Bilingual


@dataclass(frozen=True, slots=True)
class BandCells(Diagnostic):
    """A band has more or fewer cells than its lookup has keys and values."""

    code: ClassVar[str] = "band-cells"
    cells: int
    keys: int
    values: int
    needed: int


@dataclass(frozen=True, slots=True)
class UnclosedString(Diagnostic):
    """A text in quotes does not end on its line."""

    code: ClassVar[str] = "unclosed-string"
    quote: str


@dataclass(frozen=True, slots=True)
class UnclosedBrace(Diagnostic):
    """A brace of an interpolated text has no partner."""

    code: ClassVar[str] = "unclosed-brace"
    brace: str


@dataclass(frozen=True, slots=True)
class StrayCharacter(Diagnostic):
    """A character that means nothing in the language."""

    code: ClassVar[str] = "stray-character"
    character: str
    hint: Bilingual


@dataclass(frozen=True, slots=True)
class ImpossibleDate(Diagnostic):
    """A date that no calendar has."""

    code: ClassVar[str] = "impossible-date"
    text: str
    reason: Bilingual


@dataclass(frozen=True, slots=True)
class BidiCharacter(Diagnostic):
    """A character that changes the direction of text, so that people read another rule."""

    code: ClassVar[str] = "bidi-character"
    point: str
    name: str


@dataclass(frozen=True, slots=True)
class InvisibleCharacter(Diagnostic):
    """A character that nobody sees, so that two equal names differ."""

    code: ClassVar[str] = "invisible-character"
    point: str
    name: str


@dataclass(frozen=True, slots=True)
class LookalikeCharacter(Diagnostic):
    """A name holds letters of another script that look like the ones people expect."""

    code: ClassVar[str] = "lookalike-character"
    word: str
    letter: str
    point: str
    script: Bilingual
    plain: str


@dataclass(frozen=True, slots=True)
class TooDeep(Diagnostic):
    """An expression is nested deeper than anyone can read."""

    code: ClassVar[str] = "too-deep"
    limit: int


@dataclass(frozen=True, slots=True)
class TooManyErrors(Diagnostic):
    """The rest of the file was not read, because too much of it is wrong."""

    code: ClassVar[str] = "too-many-errors"
    limit: int


@dataclass(frozen=True, slots=True)
class TooLarge(Diagnostic):
    """A rule file is larger than a rule file can be."""

    code: ClassVar[str] = "too-large"
    size: str
    limit: str


@dataclass(frozen=True, slots=True)
class NotUtf8(Diagnostic):
    """A rule file is in another encoding than UTF-8."""

    code: ClassVar[str] = "not-utf8"
    byte: str
    encoding: Bilingual
    mend: Bilingual


@dataclass(frozen=True, slots=True)
class EmptyFile(Diagnostic):
    """A rule file declares nothing."""

    code: ClassVar[str] = "empty-file"
    severity: ClassVar[Severity] = "warning"
