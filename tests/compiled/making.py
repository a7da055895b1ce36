"""Small packs for objects, and what the reference evaluator says of the same facts."""

from __future__ import annotations

from datetime import date
from typing import Any

from guiju.compiled import APART, CompiledPack, compile_pack
from guiju.compiler import compile_texts
from guiju.plan.nodes import PackPlan

from ..roads.generating import MANIFEST, verdicts
from ..roads.values import AS_OF, dossier

WORDS = {
    True: "conforms",
    False: "nonconforming",
    None: "undetermined",
    APART: "not applicable",
}


def pack(facts: str, *rules: str, more: str = "") -> PackPlan:
    """A pack of facts of a group `project`, with rules of these lines."""
    text = f'facts project "P"\n{facts}\n{more}\n'
    for number, rule in enumerate(rules, 1):
        text += f'rule R-{number} "R" \n  cite "1"\n  basis verified\n  {rule}\n'
        text += '  else CAR "Not so."\n'
    return compile_texts({"1.gj": text}, MANIFEST)


def state(facts: str, rule: str, as_of: date = AS_OF, **given: Any) -> Any:
    """The outcome of one rule for one object, once it is seen that the reference evaluator says
    the same."""
    return states(facts, rule, [given], as_of)[0]


def states(facts: str, rule: str, given: list[dict[str, Any]], as_of: date = AS_OF) -> list[Any]:
    """The outcomes of one rule for several objects."""
    plan = pack(facts, rule)
    compiled = compile_pack(plan, as_of=as_of)
    found = [row[0] for row in compiled.states(given)]
    wanted = [verdicts(plan, dossier(plan, one), as_of=as_of)[0] for one in given]
    assert [WORDS[one] for one in found] == wanted
    return found


def compiled(facts: str, *rules: str) -> CompiledPack:
    return compile_pack(pack(facts, *rules), as_of=AS_OF)
