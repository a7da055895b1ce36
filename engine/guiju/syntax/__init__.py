"""Text into a tree of what the author wrote: `parse`.

Gone since the text: the language of the keywords, layout and comments. Still there: every
name as it was written, and the place of everything.
"""

from guiju.syntax.nodes import File
from guiju.syntax.parser import parse, parse_expression, tokenize
from guiju.syntax.printer import NotFormatted, format_source
from guiju.syntax.reading import decode_source, read_source

__all__ = [
    "File",
    "NotFormatted",
    "decode_source",
    "format_source",
    "parse",
    "parse_expression",
    "read_source",
    "tokenize",
]
