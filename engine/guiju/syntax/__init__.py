"""Text into a tree of what the author wrote: `parse`.

Gone since the text: the language of the keywords, layout and comments. Still there: every
name as it was written, and the place of everything.
"""

from guiju.syntax.nodes import File
from guiju.syntax.parser import parse, parse_expression, tokenize

__all__ = ["File", "parse", "parse_expression", "tokenize"]
