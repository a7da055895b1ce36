"""The files of one dossier while it is read: each read once, hashed, and told on failure."""

from __future__ import annotations

from guiju.digests import hexdigest, sha256
from guiju.dossier import limits
from guiju.dossier.container import Container, hash_all, inside, read_all
from guiju.dossier.encoding import decode
from guiju.dossier.problems import Rejected, problem, shown
from guiju.hints import TYPE_CHECKING, Any
from guiju.verdicts import FileRecord, Origin, Problem

if TYPE_CHECKING:
    from guiju.dossier.workbook import Workbook


class Files:
    """Reads files of a container by the names a person wrote. A file that cannot be read
    is reported once, at the place that first named it, and is None from then on."""

    def __init__(self, container: Container, problems: list[Problem]) -> None:
        self.container = container
        self.problems = problems
        self.records: dict[str, FileRecord] = {}
        self._contents: dict[str, bytes | None] = {}
        self._texts: dict[str, str | None] = {}
        self._trees: dict[str, Any] = {}
        self._workbooks: dict[str, Workbook | None] = {}

    def name(self, written: str, place: Origin) -> str | None:
        """The file's name in its one form, None when it is refused."""
        try:
            return inside(written)
        except Rejected as rejected:
            self.say(rejected, place)
            return None

    def content(self, name: str, place: Origin, most: int = limits.MAX_TABLE) -> bytes | None:
        """A file's bytes."""
        if name not in self._contents:
            try:
                content = read_all(self.container, name, most)
                self.record(name, content)
                self._contents[name] = content
            except Rejected as rejected:
                self.say(rejected, place)
                self._contents[name] = None
        return self._contents[name]

    def record(self, name: str, content: bytes) -> None:
        """Notes a file that has been read."""
        self.records[name] = FileRecord(name, hexdigest(content), len(content))

    def hashed(self, name: str) -> FileRecord:
        """A file's digest, without keeping its bytes. Raises `Rejected`."""
        if name not in self.records:
            digest, size = hash_all(self.container, name, limits.MAX_EVIDENCE)
            self.records[name] = FileRecord(name, digest, size)
        return self.records[name]

    def text(self, name: str, place: Origin) -> str | None:
        """A text file's characters."""
        if name not in self._texts:
            content = self.content(name, place)
            self._texts[name] = None if content is None else self.decoded(name, content)
        return self._texts[name]

    def decoded(self, name: str, content: bytes) -> str | None:
        """The text of bytes; the encoding is recorded, and noted when it is not UTF-8."""
        try:
            if not content.strip():
                raise Rejected("empty-file", name=shown(name))
            text, encoding = decode(content)
        except Rejected as rejected:
            line = rejected.values.get("line", 1)
            self.say(rejected, Origin(name, f"{line}:1"))
            return None
        self.records[name].encoding = encoding
        if not encoding.startswith("utf-8"):
            self.problems.append(
                problem("other-encoding", "note", Origin(name, "1:1"), encoding=encoding.upper())
            )
        return text

    def json(self, name: str, place: Origin) -> Any:
        """A JSON file's tree, `json_tree.ABSENT` when it cannot be read."""
        from guiju.dossier import json_tree

        if name not in self._trees:
            self._trees[name] = json_tree.ABSENT
            text = self.text(name, place)
            if text is not None:
                try:
                    tree, twice = json_tree.parse(text)
                except Rejected as rejected:
                    line = rejected.values.get("line", 1)
                    column = rejected.values.get("column", 1)
                    self.say(rejected, Origin(name, f"{line}:{column}"))
                else:
                    self._trees[name] = tree
                    for pointer, key in twice:
                        where = Origin(name, pointer or "/")
                        self.problems.append(
                            problem("json-key-twice", "error", where, key=shown(key))
                        )
        return self._trees[name]

    def workbook(self, name: str, place: Origin) -> Workbook | None:
        """A workbook, None when it cannot be read."""
        if name not in self._workbooks:
            self._workbooks[name] = None
            content = self.content(name, place)
            if content is not None:
                from guiju.dossier.workbook import open_workbook

                try:
                    book = open_workbook(content, name, self.problems)
                except Rejected as rejected:
                    self.say(rejected, Origin(name, "1"))
                else:
                    self._workbooks[name] = book
        return self._workbooks[name]

    def say(self, rejected: Rejected, place: Origin, **values: object) -> None:
        """Reports what was rejected."""
        self.problems.append(
            problem(rejected.code, "error", place, **{**values, **rejected.values})
        )

    def digest(self, also: str = "") -> str:
        """One SHA-256 for all files read, whatever folder or zip they stand in."""
        whole = sha256()
        for name in sorted(self.records):
            whole.update(f"{name}\0{self.records[name].sha256}\n".encode())
        if also:
            whole.update(f"\0{also}\n".encode())
        return whole.hexdigest()
