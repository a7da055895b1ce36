"""YAML is read by PyYAML's half in C; it says what the whole of PyYAML says."""

from __future__ import annotations

import os
import subprocess
import sys

READ = """\
import sys
if "whole" in sys.argv: import yaml
from guiju.dossier.problems import Rejected
from guiju.dossier.yaml_tree import parse
for text in eval(sys.argv[1]):
    try:
        print(parse(text, "f", []))
    except Rejected as rejected:
        print(rejected.code, rejected.values)
import yaml
try:
    yaml.load("a: [", Loader=yaml.CSafeLoader)
except yaml.YAMLError as wrong:
    print(yaml.safe_load("b: [1, no]"), wrong.problem)
"""

TEXTS = [
    "a: 1\nb: [x, {c: 2}]\n",
    "a: &x 1\nb: *x",
    "a: \x01",
    "a: [1",
    "- a\nb: 1",
    "%YAML 9.9\n---\na: 1",
    "a: *x",
    "\ta: 1",
    "a: 'x",
    "a: b: c",
    "--- a\n--- b",
    'a: "\\q"',
    "!!python/object:x {}",
]


def told(*words: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", READ, repr(TEXTS), *words],
        capture_output=True,
        encoding="utf-8",
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path), "PYTHONUTF8": "1"},
        check=True,
    )
    return done.stdout


def test_the_half_in_c_says_what_the_whole_says_and_leaves_the_whole_intact() -> None:
    said = told()
    assert said == told("whole")
    assert said.count("yaml-broken") == 10
    assert said.splitlines()[-1].startswith("{'b': [1, False]}")
