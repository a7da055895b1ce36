"""The modules of the benchmarks, which stand outside the packages, and of these tests."""

import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent.parent / "benchmarks")]
