"""What keeps a screening from being made."""

from __future__ import annotations

from guiju.messages import Lang, has_message, message


class ScreenProblem(Exception):
    """Ends a screening. `key` is a message of the `screening` chapter, which may have a
    `.help`. A value may be a dictionary of texts by language."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self.key, self.values = key, values

    def __str__(self) -> str:
        return self.message("en")

    def message(self, lang: Lang) -> str:
        return message(f"screening.{self.key}", lang, **self._said(lang))

    def help(self, lang: Lang) -> str:
        key = f"screening.{self.key}.help"
        return message(key, lang, **self._said(lang)) if has_message(key) else ""

    def _said(self, lang: Lang) -> dict[str, object]:
        return {
            name: value[lang] if isinstance(value, dict) else value
            for name, value in self.values.items()
        }
