"""The templates' environments, and their bytecode between runs.

Compiling the templates of the HTML report takes a third as long as filling them in for 45
projects, so their bytecode is kept as compiled packs are: see `guiju.kept` for when it is
trusted. Its name says everything it depends on. Sentences of the catalogue that need no
values are put into a template before it is compiled, once for each language.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from io import BytesIO
from typing import Any

import jinja2
from jinja2 import BytecodeCache, Environment, PackageLoader, StrictUndefined
from jinja2.bccache import Bucket
from jinja2.compiler import CodeGenerator, Frame
from jinja2.nodes import Expr
from jinja2.runtime import Context

import guiju
from guiju import kept
from guiju.digests import sha256


def environment(
    kind: str,
    finalize: Callable[[Any], Any],
    *,
    autoescape: bool,
    said: Callable[[str], str] | None = None,
) -> Environment:
    """The environment of a kind of report. `finalize` makes what is shown of a value; with
    `autoescape` it also escapes it. `said` gives the sentence, as it is to stand in
    the page, that `{{ say("title") }}` stands for; without it templates ask for it themselves.
    """
    made = Environment(
        loader=_Saying(said) if said else PackageLoader("guiju_reports"),
        autoescape=autoescape,
        undefined=StrictUndefined,
        finalize=finalize,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        bytecode_cache=_Bytecode(f"{kind} escaped" if autoescape else kind),
    )
    if autoescape:
        made.code_generator_class = _Escaping
    made.context_class = _Calling
    return made


class _Escaping(CodeGenerator):
    """Writes templates that leave escaping to `finalize`. Jinja would escape what that gives
    once more, which changes no markup and takes as long."""

    def _output_child_pre(self, node: Expr, frame: Frame, finalize: Any) -> None:
        self.write("environment.finalize(")

    def _output_child_post(self, node: Expr, frame: Frame, finalize: Any) -> None:
        self.write(")")


class _Calling(Context):
    """Calls what a template calls at once. Jinja would first look whether it asks for the
    context, as none of ours does: in a report over many dossiers a tenth of the time."""

    def call(self, called: Callable[..., Any], /, *values: Any, **named: Any) -> Any:
        named.pop("_loop_vars", None)
        named.pop("_block_vars", None)
        return called(*values, **named)


class _Saying(PackageLoader):
    """Loads templates with their constant sentences said."""

    def __init__(self, said: Callable[[str], str]) -> None:
        super().__init__("guiju_reports")
        self.said = said

    def get_source(
        self, environment: Environment, template: str
    ) -> tuple[str, str, Callable[[], bool] | None]:
        source, file, current = super().get_source(environment, template)

        def sentence(found: re.Match[str]) -> str:
            said = self.said(found[1])
            return found[0] if "{" in said else said  # never read as a template's own

        return re.sub(r'\{\{ say\("([a-z_.]+)"\) \}\}', sentence, source), file, current


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
        # The checksum is that of the template's text, with what was said in it.
        versions = f"{guiju.__version__} {jinja2.__version__} {sys.version}"
        whole = f"{self.kind} {bucket.key} {bucket.checksum} {versions}"
        return sha256(whole.encode()).hexdigest()[:40] + ".template"
