"""The first page of a dossier: what it is, and which pack it asks to be checked by."""

from __future__ import annotations

import os
from stat import S_ISDIR, S_ISREG

from guiju.dossier import limits, yaml_tree
from guiju.dossier.container import Archive, Container, Folder, open_archive, read_all
from guiju.dossier.files import Files
from guiju.dossier.problems import Rejected, UnreadableDossier, problem, shown
from guiju.dossier.yaml_tree import Pairs, Scalar
from guiju.record import Mutable, field
from guiju.verdicts import Origin, Problem

DOSSIER = "dossier.yaml"
FORMAT = "1"


class Manifest(Mutable):
    """A dossier whose `dossier.yaml` has been read, and nothing else.

    `id` falls back on the name of the folder or zip; `problems` are those met so far.
    """

    path: str
    file: str
    id: str
    title: str
    pack: str | None
    edition: str | None
    stage: str | None
    tree: Pairs
    files: Files
    problems: list[Problem] = field(default_factory=list)


def open_dossier(path: str | os.PathLike[str]) -> Manifest:
    """Opens a folder, a zip or a `dossier.yaml`, and reads only its `dossier.yaml`.

    Raises UnreadableDossier when there is nothing to read: no such file, a damaged zip, no
    `dossier.yaml`, broken YAML.
    """
    path = os.fspath(path)
    own_name = _name(path)
    problems: list[Problem] = []
    container, file = _container(path, problems)
    files = Files(container, problems)
    place = Origin(file, "1:1")
    try:
        content = read_all(container, file, limits.MAX_WRITTEN)
    except Rejected as rejected:
        why = rejected
        if why.code == "file-missing":
            why = Rejected("no-dossier-yaml", **{**why.values, "name": shown(own_name)})
        raise _unreadable(why, Origin(own_name, "/")) from None
    files.record(file, content)
    text = files.decoded(file, content)
    if text is None:
        raise UnreadableDossier(problems[-1])
    try:
        tree = yaml_tree.parse(text, file, problems)
    except Rejected as rejected:
        values = rejected.values
        where = Origin(file, f"{values.get('line', 1)}:{values.get('column', 1)}")
        raise _unreadable(rejected, where) from None
    if not isinstance(tree, Pairs):
        raise _unreadable(Rejected("not-a-dossier"), place)

    def text_of(key: str) -> str | None:
        node = tree.pairs.get(key)
        return (node.text or "").strip() or None if isinstance(node, Scalar) else None

    if own_name == file and os.path.isfile(path):
        name = _name(os.path.dirname(os.path.realpath(path)))
    else:
        name = os.path.splitext(own_name)[0]
    id_ = text_of("id") or name
    return Manifest(
        os.path.normpath(path),
        file,
        id_,
        text_of("title") or id_,
        text_of("pack"),
        text_of("edition"),
        text_of("stage"),
        tree,
        files,
        problems,
    )


def _name(path: str) -> str:
    return os.path.basename(os.path.abspath(path))


def _container(path: str, problems: list[Problem]) -> tuple[Container, str]:
    """Where the dossier's files are, and the name of its `dossier.yaml` there."""
    place = Origin(_name(path), "")
    try:
        mode = os.stat(path).st_mode
        if S_ISDIR(mode):
            return Folder(path), DOSSIER
        if not S_ISREG(mode):
            raise Rejected("not-a-file", name=shown(path))
        if path.lower().endswith((".yaml", ".yml")):
            folder, name = os.path.split(os.path.realpath(path))
            return Folder(folder), name
        archive = open_archive(path)
    except Rejected as rejected:
        raise _unreadable(rejected, place) from None
    except (FileNotFoundError, NotADirectoryError, ValueError):
        raise _unreadable(Rejected("no-such-file", name=shown(path)), place) from None
    except OSError as wrong:
        from guiju.messages.system import reason

        why = Rejected("file-unreadable", name=shown(path), detail=reason(wrong))
        raise _unreadable(why, place) from None
    for refused in archive.refused:
        problems.append(problem(refused.code, "error", place, **refused.values))
    if archive.recoded:
        problems.append(
            problem(
                "zip-names-recoded",
                "note",
                place,
                count=len(archive.recoded),
                example=shown(archive.recoded[0]),
            )
        )
    _enter(archive)
    return archive, DOSSIER


def _enter(archive: Archive) -> None:
    """A zip of a folder holds that folder; its files are named from within it."""
    if DOSSIER in archive.members:
        return
    inside = [n for n in archive.members if n.endswith(f"/{DOSSIER}") and n.count("/") == 1]
    if len(inside) == 1:
        archive.within(inside[0][: -len(DOSSIER)])


def _unreadable(rejected: Rejected, place: Origin) -> UnreadableDossier:
    return UnreadableDossier(problem(rejected.code, "error", place, **rejected.values))
