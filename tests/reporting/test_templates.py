"""Templates are compiled once; bytecode in doubt is compiled anew."""

from __future__ import annotations

from guiju import kept
from guiju.reporting.templates import environment


def page(monkeypatch) -> str:
    compiled: list[str] = []
    made = environment("html", str, autoescape=True)
    inner = made._compile
    monkeypatch.setattr(
        type(made), "_compile", lambda self, *rest: compiled.append("") or inner(*rest)
    )
    made.get_template("report.html.j2")
    return "compiled" if compiled else "kept"


def test_bytecode_is_kept_and_doubtful_bytecode_is_not_run(tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("GUIJU_CACHE", str(tmp_path / "cache"))
    assert page(monkeypatch) == "compiled"
    assert page(monkeypatch) == "kept"
    (entry,) = (tmp_path / "cache").glob("*.template")
    whole = entry.read_bytes()
    entry.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    assert page(monkeypatch) == "compiled"
    assert entry.read_bytes() == whole
    entry.chmod(0o666)
    assert page(monkeypatch) == "compiled"


def test_what_is_kept_is_read_back(tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("GUIJU_CACHE", str(tmp_path / "cache"))
    assert kept.read("one") is None
    kept.write("one", b"text")
    assert kept.read("one") == b"text"
    kept.write("one", b"other text")
    assert kept.read("one") == b"other text"
    (tmp_path / "cache").chmod(0o777)
    assert kept.read("one") is None
