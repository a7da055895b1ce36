"""Bytes into a source: UTF-8 and nothing else, and never more than a rule file can be."""

from __future__ import annotations

from typing import Protocol

from guiju.diagnostics import Diagnostics
from guiju.source import Source, Span
from guiju.syntax.problems import NotUtf8, TooLarge

MAX_BYTES = 4 * 1024 * 1024
_CHINESE = {"en": "GBK or GB18030", "zh": "GBK（GB18030）"}
_RESAVE = {
    "en": "open the file as {name} and save it as UTF-8, or run `iconv -f {code} -t UTF-8 FILE`",
    "zh": "请以 {name} 打开该文件，另存为 UTF-8，或运行 `iconv -f {code} -t UTF-8 文件`",
}


class Readable(Protocol):
    """A file: `pathlib.Path`, or what `importlib.resources` gives."""

    @property
    def name(self) -> str: ...

    def read_bytes(self) -> bytes: ...


def read_source(path: Readable, diagnostics: Diagnostics, name: str | None = None) -> Source | None:
    """The text of a rule file under a name, or None when it cannot be read as one.

    A file in another encoding or of a size that no rule file has is reported. Raises OSError
    when there is no file to read.
    """
    data = path.read_bytes()
    called = name or str(path)
    if len(data) > MAX_BYTES:
        span = Span(Source(called, ""), 0, 0)
        diagnostics.add(TooLarge(span, f"{len(data) / 1e6:.1f}", f"{MAX_BYTES // 1_000_000}"))
        return None
    return decode_source(data, called, diagnostics)


def decode_source(data: bytes, name: str, diagnostics: Diagnostics) -> Source | None:
    """The text of some bytes, or None with a diagnostic naming the likely encoding."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        _refuse(data, name, 0, "utf-16", "UTF-16", diagnostics)
        return None
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        _refuse(data, name, error.start, *_likely(data), diagnostics)
        return None
    # Line ends are equal; a lone carriage return never ends a line.
    return Source(name, text.replace("\r\n", "\n") if "\r" in text else text)


def _likely(data: bytes) -> tuple[str, str]:
    """The codec and the name of the encoding that a text probably has."""
    for codec, name in (("gb18030", ""), ("big5", "Big5")):
        try:
            text = data.decode(codec)
        except UnicodeDecodeError:
            continue
        if any("\u4e00" <= character <= "\u9fff" for character in text):
            return codec, name
    return "cp1252", "Windows-1252"


def _refuse(
    data: bytes, name: str, at: int, codec: str, called: str, diagnostics: Diagnostics
) -> None:
    encoding = dict.fromkeys(("en", "zh"), called) if called else _CHINESE
    mend = {
        lang: _RESAVE[lang].format(name=encoding[lang], code=codec.upper()) for lang in ("en", "zh")
    }
    # The line is shown as it was probably meant, so that its author finds it.
    text = data.decode(codec, errors="replace")
    start = len(data[:at].decode(codec, errors="replace"))
    source = Source(name, text)
    span = Span(source, start, min(start + 1, len(text)))
    diagnostics.add(NotUtf8(span, f"0x{data[at]:02X}", encoding, mend))
