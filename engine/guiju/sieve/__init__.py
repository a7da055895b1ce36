"""The sieve: a plan in binary64, which decides what it can and says where it cannot.

A fast road computes in binary64 and must still give the verdicts of the reference evaluator.
So every condition is lowered to a test of three outcomes: true, false, and none. True and false
are proven: whatever rounding did, the exact decimals come to the same. None means that a value
is missing, that two sides lie closer than the error can be, or that the road cannot say it at
all. Strong Kleene logic keeps that meaning: an `and` with a false part is false whatever its
other parts are. What is left without an outcome is handed to the reference evaluator.

Nothing here knows the target. `guiju.compiled` prints a sieve as Python over objects,
`guiju.tables` as SQL over tables.
"""

from __future__ import annotations

from guiju.sieve.lower import Lowering
from guiju.sieve.rules import Sieve, sieve_of

__all__ = ["Lowering", "Sieve", "sieve_of"]
