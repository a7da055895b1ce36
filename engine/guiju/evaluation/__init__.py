"""A pack's plan over a dossier: values, verdicts, and what they rest on.

This is the reference evaluator: it defines the answer every faster road must give.
"""

from __future__ import annotations

from guiju.evaluation import (  # noqa: F401  (each module registers how its nodes compile)
    arithmetic,
    functions,
    logic,
    lookups,
    references,
    rows,
)
from guiju.evaluation.rules import Evaluator
from guiju.evaluation.run import Run
from guiju.evaluation.unknown import Lacking, Unknown
from guiju.hints import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from guiju.evaluation.expression import evaluate_expression

__all__ = ["Evaluator", "Lacking", "Run", "Unknown", "evaluate_expression"]


def __getattr__(name: str) -> Any:
    # No check evaluates an expression by itself.
    if name == "evaluate_expression":
        from guiju.evaluation.expression import evaluate_expression

        return evaluate_expression
    raise AttributeError(name)
