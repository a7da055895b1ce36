"""The events of a YAML text, from PyYAML's half in C without its half in Python.

Importing `yaml` takes 9 ms, a sixth of a check: its reader, scanner and resolver in Python
compile large patterns, and none of them is used where libyaml is there. The half in C needs
the classes of marks, tokens, events, nodes and errors only, so it is given a package that
holds just those. Where libyaml is missing, or that half should ask for more, all of PyYAML is
imported.
"""

from __future__ import annotations

import sys

from guiju.hints import Any

_ERRORS = (
    ("scanner", "ScannerError"),
    ("parser", "ParserError"),
    ("composer", "ComposerError"),
    ("constructor", "ConstructorError"),
    ("emitter", "EmitterError"),
    ("serializer", "SerializerError"),
    ("representer", "RepresenterError"),
)
_found: list[tuple[Any, Any]] = []


def parsing() -> tuple[Any, Any]:
    """The class of a parser, which has `check_event`, `get_event` and `dispose`, and the
    class of what it raises."""
    if not _found:
        _found.append(_in_c() or _whole())
    return _found[0]


def _whole() -> tuple[Any, Any]:
    import yaml

    return getattr(yaml, "CSafeLoader", yaml.SafeLoader), yaml.YAMLError


def _in_c() -> tuple[Any, Any] | None:
    """The parser of libyaml, None when it cannot be had without all of PyYAML."""
    if "yaml" in sys.modules:
        return None
    from importlib.machinery import PathFinder

    found = PathFinder.find_spec("yaml")
    if found is None or found.submodule_search_locations is None:
        return None
    package: Any = type(sys)("yaml")
    package.__path__ = found.submodule_search_locations
    sys.modules["yaml"] = package
    try:
        from yaml import error, events, nodes, tokens  # noqa: F401

        for module, name in _ERRORS:
            setattr(package, module, _Holding(name, error.MarkedYAMLError))
        package.reader = _Holding("ReaderError", _reader_error(error.YAMLError))
        from yaml._yaml import CParser
    except (ImportError, AttributeError):
        sys.modules.pop("yaml._yaml", None)
        return None
    finally:
        # Who imports `yaml` later gets the whole of it, with these very classes of errors.
        del sys.modules["yaml"]
    return CParser, error.YAMLError


class _Holding:
    """Stands for a module with one class."""

    def __init__(self, name: str, held: type) -> None:
        setattr(self, name, held)


def _reader_error(base: type) -> type:
    def remember(self: Any, name: str, position: int, character: Any, *said: str) -> None:
        self.reason = said[-1]
        self.args = (f"{said[-1]} ({character!r} at {position})",)

    return type("ReaderError", (base,), {"__init__": remember})
