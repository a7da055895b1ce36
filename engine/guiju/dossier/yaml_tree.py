"""YAML without its surprises: every scalar stays the text it was written as.

Only an empty plain scalar, `~` and `null` are no value. `012`, `12:30`, `no` and `1_000`
are texts; what they mean is for the vocabulary to say. Keys given twice are reported.
"""

from __future__ import annotations

from guiju.dossier import limits
from guiju.dossier.problems import Rejected, problem, shown
from guiju.hints import Any
from guiju.record import Record
from guiju.verdicts import Origin, Problem


class Scalar(Record):
    """A text with its place; `text` None for no value."""

    text: str | None
    line: int
    column: int


class Items(Record):
    """A list."""

    items: list[Node]
    line: int
    column: int


class Pairs(Record):
    """Keys with their values, in order. `keys` holds where each key stands."""

    pairs: dict[str, Node]
    keys: dict[str, Scalar]
    line: int
    column: int


Node = Scalar | Items | Pairs

_NULLS = frozenset(("", "~", "null", "Null", "NULL"))


def origin(file: str, node: Node) -> Origin:
    """Where a node stands."""
    return Origin(file, f"{node.line}:{node.column}")


def raw(node: Node) -> Any:
    """The node as text, list and dictionary, without places."""
    match node:
        case Scalar():
            return node.text
        case Items():
            return [raw(item) for item in node.items]
        case Pairs():
            return {key: raw(value) for key, value in node.pairs.items()}


def parse(text: str, file: str, problems: list[Problem]) -> Node:
    """The tree of a YAML text with one document.

    Raises `Rejected` `yaml-broken` with the line and column where reading had to stop,
    and `yaml-too-deep`, `yaml-too-large`. Keys given twice and tags go to `problems`.
    """
    from guiju.dossier.yaml_events import parsing

    make, broken = parsing()
    parser = make(text)
    try:
        return _Builder(parser, file, problems).document()
    except broken as wrong:
        mark = getattr(wrong, "problem_mark", None) or getattr(wrong, "context_mark", None)
        detail = getattr(wrong, "problem", None) or getattr(wrong, "reason", None) or wrong
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        if "nesting depth" in str(detail):
            # libyaml 0.2.6 has a limit of its own, far above ours, and meets it while it scans.
            raise Rejected("yaml-too-deep", most=limits.MAX_DEPTH, line=line) from None
        raise Rejected("yaml-broken", detail=shown(detail), line=line, column=column) from None
    finally:
        parser.dispose()


class _Open:
    """A list or mapping that is still being read."""

    __slots__ = ("anchor", "column", "items", "key", "keys", "line", "mapping", "pairs", "size")

    def __init__(self, mapping: bool, line: int, column: int, anchor: str | None) -> None:
        self.mapping = mapping
        self.line = line
        self.column = column
        self.anchor = anchor
        self.items: list[Node] = []
        self.pairs: dict[str, Node] = {}
        self.keys: dict[str, Scalar] = {}
        self.key: Scalar | None = None
        self.size = 1


class _Builder:
    """Builds the tree from the parser's events, with its own stack: deep nesting cannot
    overflow, and an alias counts for all it stands for."""

    def __init__(self, parser: Any, file: str, problems: list[Problem]) -> None:
        self.parser = parser
        self.file = file
        self.problems = problems
        self.anchors: dict[str, tuple[Node, int]] = {}
        self.stack: list[_Open] = []
        self.root: Node | None = None
        self.nodes = 0

    def document(self) -> Node:
        documents = 0
        get = self.parser.get_event
        while self.parser.check_event():
            event = get()
            match type(event).__name__:
                case "ScalarEvent":
                    self.scalar(event)
                case "MappingStartEvent":
                    self.open(event, mapping=True)
                case "SequenceStartEvent":
                    self.open(event, mapping=False)
                case "MappingEndEvent" | "SequenceEndEvent":
                    self.close()
                case "AliasEvent":
                    self.alias(event)
                case "DocumentStartEvent":
                    documents += 1
                    if documents > 1:
                        mark = event.start_mark
                        raise Rejected(
                            "yaml-broken",
                            detail="a second document begins (`---`)",
                            line=mark.line + 1,
                            column=mark.column + 1,
                        )
        return self.root if self.root is not None else Scalar(None, 1, 1)

    def scalar(self, event: Any) -> None:
        mark = event.start_mark
        line, column = mark.line + 1, mark.column + 1
        plain = not event.style
        text = None if plain and event.value in _NULLS else event.value
        if event.tag is not None and event.tag != "!":
            self.tagged(event, line, column)
        self.put(Scalar(text, line, column), 1, event.anchor)

    def tagged(self, event: Any, line: int, column: int) -> None:
        place = Origin(self.file, f"{line}:{column}")
        self.problems.append(problem("yaml-tag", "error", place, tag=shown(event.tag)))

    def open(self, event: Any, mapping: bool) -> None:
        mark = event.start_mark
        if len(self.stack) >= limits.MAX_DEPTH:
            raise Rejected("yaml-too-deep", most=limits.MAX_DEPTH, line=mark.line + 1)
        if event.tag is not None:
            self.tagged(event, mark.line + 1, mark.column + 1)
        self.stack.append(_Open(mapping, mark.line + 1, mark.column + 1, event.anchor))

    def close(self) -> None:
        done = self.stack.pop()
        node: Node = (
            Pairs(done.pairs, done.keys, done.line, done.column)
            if done.mapping
            else Items(done.items, done.line, done.column)
        )
        self.put(node, done.size, done.anchor)

    def alias(self, event: Any) -> None:
        found = self.anchors.get(event.anchor)
        mark = event.start_mark
        if found is None:
            raise Rejected(
                "yaml-broken",
                detail=f"nothing is named `&{shown(event.anchor)}` before this",
                line=mark.line + 1,
                column=mark.column + 1,
            )
        self.put(found[0], found[1], None)

    def put(self, node: Node, size: int, anchor: str | None) -> None:
        self.nodes += size
        if self.nodes > limits.MAX_NODES:
            raise Rejected("yaml-too-large", most=limits.MAX_NODES, line=node.line)
        if anchor is not None:
            self.anchors[anchor] = (node, size)
        if not self.stack:
            self.root = node
            return
        parent = self.stack[-1]
        parent.size += size
        if not parent.mapping:
            parent.items.append(node)
        elif parent.key is None:
            parent.key = node if isinstance(node, Scalar) else Scalar("", node.line, node.column)
            if not isinstance(node, Scalar):
                self.say("yaml-key", node)
        else:
            self.pair(parent, parent.key, node)
            parent.key = None

    def pair(self, parent: _Open, key: Scalar, value: Node) -> None:
        text = key.text or ""
        if text in parent.pairs:
            first = parent.keys[text].line
            self.say("key-twice", key, key=shown(text), first=first, second=key.line)
            return
        parent.pairs[text] = value
        parent.keys[text] = key

    def say(self, code: str, node: Node, **values: object) -> None:
        self.problems.append(problem(code, "error", origin(self.file, node), **values))
