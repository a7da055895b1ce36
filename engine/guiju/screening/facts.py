"""Facts that hold for all rows: a dossier, or a YAML file of facts alone."""

from __future__ import annotations

from guiju.dossier.manifest import FORMAT, Manifest, open_dossier
from guiju.dossier.model import Dossier
from guiju.dossier.naming import Names
from guiju.dossier.reader import KEYS, read
from guiju.dossier.yaml_tree import Pairs, Scalar
from guiju.plan.nodes import PackPlan, TablePlan

_LEFT = ("pack", "edition", "judgements")
"""What a dossier says that a screening has no use for."""


class Facts:
    """The facts of a screening. `evidence`: whether documents were given with them, so that
    rules may ask for theirs."""

    def __init__(self, path: str | None) -> None:
        """Raises UnreadableDossier."""
        self.path = path
        self.manifest: Manifest | None = None if path is None else open_dossier(path)
        tree = None if self.manifest is None else self.manifest.tree
        self.evidence = tree is not None and "evidence" in tree.pairs

    def dossier(self, pack: PackPlan, table: TablePlan) -> Dossier:
        """A dossier of everything but the rows that are screened."""
        manifest = self.manifest
        if manifest is None:
            return Dossier("", "", "", "", None, None, pack.id, pack.edition)
        tree = manifest.tree
        if not tree.pairs.keys() & set(KEYS):
            # Nothing but facts, by their groups.
            tree = _with(tree, facts=tree)
            tree = _only(tree, ("facts",))
        plain = {"guiju": FORMAT, "id": manifest.id, "title": manifest.title}
        given = {k: Scalar(v, 1, 1) for k, v in plain.items() if k not in tree.pairs}
        tree = _with(tree, **given)
        tree = _only(tree, tuple(key for key in tree.pairs if key not in _LEFT))
        for key in ("tables", "layers"):
            held = tree.pairs.get(key)
            if isinstance(held, Pairs):
                names: Names[TablePlan] = Names(pack.tables)
                others = [k for k in held.pairs if names.find(k.partition(".")[0]) is not table]
                tree = _with(tree, **{key: _only(held, tuple(others))})
        whole = Manifest(*(getattr(manifest, name) for name in manifest._fields))
        whole.tree, whole.problems = tree, list(manifest.problems)
        found = read(whole, pack)
        # Files the dossier has for what is not screened are no matter here.
        found.problems = [one for one in found.problems if one.code != "unused-files"]
        return found


def _with(tree: Pairs, **nodes: Scalar | Pairs) -> Pairs:
    place = Scalar(None, tree.line, tree.column)
    keys = dict.fromkeys(nodes, place)
    return tree._replace(pairs={**tree.pairs, **nodes}, keys={**keys, **tree.keys})


def _only(tree: Pairs, kept: tuple[str, ...]) -> Pairs:
    return tree._replace(
        pairs={key: tree.pairs[key] for key in kept},
        keys={key: tree.keys[key] for key in kept},
    )
