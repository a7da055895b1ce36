"""The message catalogue: every sentence a person reads, in English and Chinese.

Each module of this package is one chapter of the catalogue and holds `MESSAGES`, a
dictionary from a message's key to its `(English, Chinese)` pair. A message is reached
as `message("chapter.key", lang, **values)`; `{name}` in it shows a value. Chapters are
imported when first needed.
"""

from __future__ import annotations

from guiju.hints import Literal

Lang = Literal["en", "zh"]
LANGUAGES: tuple[Lang, ...] = ("en", "zh")

_chapters: dict[str, dict[str, tuple[str, str]]] = {}


def _chapter(name: str) -> dict[str, tuple[str, str]]:
    if name not in _chapters:
        # `importlib` would take longer to load than the chapter.
        chapter = __import__(f"guiju.messages.{name}", fromlist=["MESSAGES"])
        _chapters[name] = chapter.MESSAGES
    return _chapters[name]


def has_message(key: str) -> bool:
    """Whether the catalogue holds a message under `chapter.key`."""
    chapter, _, rest = key.partition(".")
    return rest in _chapter(chapter)


def message(key: str, lang: Lang, /, **values: object) -> str:
    """The sentence under `chapter.key` in a language, with its values filled in.

    Raises KeyError for a key the catalogue lacks: that is a mistake in the engine.
    """
    chapter, _, rest = key.partition(".")
    template = _chapter(chapter)[rest][LANGUAGES.index(lang)]
    return template.format_map(values) if values else template


def bilingual(key: str, /, **values: object) -> dict[str, str]:
    """The sentence in every language, as `{"en": …, "zh": …}`."""
    return {lang: message(key, lang, **values) for lang in LANGUAGES}
