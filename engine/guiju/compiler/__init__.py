"""From a pack's folder to its plan, through the cache.

`load_pack` is what runs need: the plan, from the cache when it is still good.
`check_pack` is what authors need: every diagnostic. `compile_expression` checks one
expression against given inputs.
"""

from __future__ import annotations

from guiju.hints import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from guiju.compiler.build import PackHasErrors, check_pack, compile_expression, compile_texts
    from guiju.compiler.load import load_pack, pack_digest

__all__ = [
    "PackHasErrors",
    "check_pack",
    "compile_expression",
    "compile_texts",
    "load_pack",
    "pack_digest",
]


def __getattr__(name: str) -> Any:
    # The passes bring lark and much else with them; a cached pack needs none of it.
    if name in ("load_pack", "pack_digest"):
        from guiju.compiler import load

        return getattr(load, name)
    if name in __all__:
        from guiju.compiler import build

        return getattr(build, name)
    raise AttributeError(name)
