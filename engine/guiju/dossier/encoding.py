"""Bytes to text: BOM, else strict UTF-8, else strict GB18030, and nothing is replaced."""

from __future__ import annotations

from guiju.dossier.problems import Rejected

_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)


def decode(content: bytes) -> tuple[str, str]:
    """The text and the name of its encoding.

    >>> decode("面积".encode("gb18030"))
    ('面积', 'gb18030')

    Raises `Rejected` `undecodable`, with the byte offset and line of the first byte that
    is not UTF-8, when the bytes are in none of the encodings, and `binary-content` for
    bytes that decode but are no text.
    """
    for mark, name in _MARKS:
        if content.startswith(mark):
            try:
                return _text(content.decode(name)), name
            except UnicodeDecodeError as wrong:
                raise _undecodable(content, wrong.start) from None
    try:
        return _text(content.decode("utf-8")), "utf-8"
    except UnicodeDecodeError as wrong:
        offset = wrong.start
    try:
        return _text(content.decode("gb18030")), "gb18030"
    except UnicodeDecodeError as wrong:
        raise _undecodable(content, max(offset, wrong.start)) from None


def _text(text: str) -> str:
    if "\0" in text:
        raise Rejected("binary-content", offset=text.index("\0"))
    return text


def _undecodable(content: bytes, offset: int) -> Rejected:
    line = content.count(b"\n", 0, offset) + 1
    byte = f"0x{content[offset]:02X}" if offset < len(content) else "-"
    return Rejected("undecodable", offset=offset, line=line, byte=byte)
