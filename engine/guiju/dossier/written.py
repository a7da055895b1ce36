"""Reads keys of a written mapping (`dossier.yaml`, a mapping file) and reports the rest."""

from __future__ import annotations

from collections.abc import Iterable

from guiju.dossier import yaml_tree
from guiju.dossier.naming import nearest
from guiju.dossier.problems import Severity, listed, problem, shown
from guiju.dossier.yaml_tree import Items, Node, Pairs, Scalar
from guiju.hints import Any
from guiju.verdicts import Origin, Problem


class Written:
    """A written file, its problems, and the questions readers ask of its nodes."""

    def __init__(self, file: str, problems: list[Problem]) -> None:
        self.file = file
        self.problems = problems

    def origin(self, node: Node) -> Origin:
        return yaml_tree.origin(self.file, node)

    def say(self, code: str, node: Node, /, severity: Severity = "error", **values: Any) -> None:
        """Reports something at a node."""
        self.problems.append(problem(code, severity, self.origin(node), **values))

    def unknown(
        self,
        key: Scalar,
        known: Iterable[str],
        where: str,
        code: str = "unknown-key",
        forms: Iterable[str] = (),
    ) -> None:
        """Reports a key that means nothing here, with the one most like it among the
        known names and their other forms."""
        names = list(known)
        self.say(
            code,
            key,
            key=shown(key.text or ""),
            where=where,
            nearest=nearest(key.text or "", (*names, *forms)) or "",
            known=listed([f"`{name}`" for name in names], 16),
        )

    def pairs(self, node: Node | None, where: str) -> Pairs | None:
        """A mapping, None (and reported) when it is something else than nothing."""
        if node is None or (isinstance(node, Scalar) and node.text is None):
            return None
        if isinstance(node, Pairs):
            return node
        self.say("not-a-mapping", node, where=where)
        return None

    def items(self, node: Node | None, where: str) -> list[Node]:
        """A list's members; a problem and none when it is something else."""
        if node is None or (isinstance(node, Scalar) and node.text is None):
            return []
        if isinstance(node, Items):
            return node.items
        self.say("not-a-list", node, where=where)
        return []

    def text(self, pairs: Pairs, key: str, where: str) -> str | None:
        """The text under a key, None when there is none or it is no text."""
        node = pairs.pairs.get(key)
        if node is None:
            return None
        if not isinstance(node, Scalar):
            self.say("not-a-text", node, where=f"{where}.{key}")
            return None
        return (node.text or "").strip() or None

    def whole(self, pairs: Pairs, key: str, where: str) -> int | None:
        """A whole number from 1 under a key."""
        text = self.text(pairs, key, where)
        if text is None:
            return None
        if not (text.isascii() and text.isdigit() and int(text[:9]) > 0 and len(text) < 9):
            self.say("not-a-row-number", pairs.pairs[key], where=f"{where}.{key}", text=shown(text))
            return None
        return int(text)

    def only(self, pairs: Pairs, known: Iterable[str], where: str) -> None:
        """Reports every key that is none of the known ones."""
        names = tuple(known)
        for key, scalar in pairs.keys.items():
            if key not in names:
                self.unknown(scalar, names, where)
