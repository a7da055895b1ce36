"""Diagnostics of rule sources, stage by stage: what is wrong, what to do, and why."""

from guiju.messages._checking import CHECKING
from guiju.messages._clauses import CLAUSES
from guiju.messages._syntax import SYNTAX
from guiju.messages._toml import TOML

MESSAGES: dict[str, tuple[str, str]] = {**SYNTAX, **CHECKING, **CLAUSES, **TOML}
