"""The templates' environments, and their bytecode between runs.

Compiling the templates of the HTML report takes a third as long as filling them in for 45
projects, so their bytecode is kept as compiled packs are: see `guiju.kept` for when it is
trusted. Its name says everything it depends on.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from io import BytesIO
from typing import Any

import jinja2
from jinja2 import BytecodeCache, Environment, PackageLoader, StrictUndefined
from jinja2.bccache import Bucket

import guiju
from guiju import kept
from guiju.digests import sha256


def environment(kind: str, finalize: Callable[[Any], Any], *, autoescape: bool) -> Environment:
    """The environment of a kind of report."""
    return Environment(
        loader=PackageLoader("guiju_reports"),
        autoescape=autoescape,
        undefined=StrictUndefined,
        finalize=finalize,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        bytecode_cache=_Bytecode(kind),
    )


class _Bytecode(BytecodeCache):
    def __init__(self, kind: str) -> None:
        self.kind = kind

    def load_bytecode(self, bucket: Bucket) -> None:
        content = kept.read(self._name(bucket))
        if content is not None:
            bucket.load_bytecode(BytesIO(content))

    def dump_bytecode(self, bucket: Bucket) -> None:
        kept.write(self._name(bucket), bucket.bytecode_to_string())

    def _name(self, bucket: Bucket) -> str:
        # The checksum is that of the template's text.
        versions = f"{guiju.__version__} {jinja2.__version__} {sys.version}"
        whole = f"{self.kind} {bucket.key} {bucket.checksum} {versions}"
        return sha256(whole.encode()).hexdigest()[:40] + ".template"
