"""Builds the sdist and the wheel, installs the wheel in an environment of its own, and uses it.

What is tried here cannot be seen from a checkout: that the grammar, the units, the packs and
the report templates are in the wheel, that nothing reads a file beside the sources, and how
large a plain install is.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
import venv
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "build" / "wheel"
PACKAGES = ("engine/guiju", "rules/guiju_rules", "reports/guiju_reports")
MEGABYTES = 30
EXAMPLE = "ccer-14-001"


def main() -> None:
    shutil.rmtree(OUT, ignore_errors=True)
    run(sys.executable, "-m", "build", "--outdir", str(OUT), str(ROOT))
    wheel = next(OUT.glob("*.whl"))
    sdist = next(OUT.glob("*.tar.gz"))
    holds_everything(wheel)
    holds_the_tests(sdist)
    python = install(wheel)
    size = installed_megabytes(python)
    print(f"core install: {size:.1f} MB (at most {MEGABYTES})")
    assert size <= MEGABYTES, "the core install has grown too large"
    use(python)
    print(f"{wheel.name}: works")


def run(*command: str, codes: tuple[int, ...] = (0,), cwd: Path | None = None) -> str:
    environment = {k: v for k, v in os.environ.items() if k not in ("PYTHONPATH", "GUIJU_PACKS")}
    done = subprocess.run(
        command, cwd=cwd, env=environment, capture_output=True, encoding="utf-8", check=False
    )
    if done.returncode not in codes:
        sys.exit(f"{' '.join(command)} exited with {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout


def holds_everything(wheel: Path) -> None:
    """Every file of the three packages that is under version control is in the wheel."""
    names = set(zipfile.ZipFile(wheel).namelist())
    wanted = [
        path.relative_to((ROOT / package).parent).as_posix()
        for package in PACKAGES
        for path in (ROOT / package).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    ]
    missing = sorted(set(wanted) - names)
    assert not missing, f"not in the wheel: {missing}"
    for ending in (".lark", "pack.toml", ".gj", "units.toml", "py.typed", ".j2"):
        assert any(name.endswith(ending) for name in names), f"no *{ending} in the wheel"
    print(f"{wheel.name}: {len(wanted)} files")


def holds_the_tests(sdist: Path) -> None:
    """Whoever packages Guiju anew finds the tests, the features and the documents."""
    with tarfile.open(sdist) as archive:
        names = [name.partition("/")[2] for name in archive.getnames()]
    for wanted in ("tests/", "features/", "README.md", "LICENSE", "Makefile"):
        assert any(name.startswith(wanted) for name in names), f"no {wanted} in the sdist"


def install(wheel: Path) -> Path:
    environment = OUT / "venv"
    venv.create(environment, with_pip=True)
    python = environment / ("Scripts" if os.name == "nt" else "bin") / "python"
    run(str(python), "-m", "pip", "install", "--quiet", "--no-compile", str(wheel))
    return python


def installed_megabytes(python: Path) -> float:
    """What pip put on disk for Guiju and its dependencies, without compiled bytecode."""
    code = (
        "import os; from importlib.metadata import distributions;"
        "print(sum(os.path.getsize(f.locate()) for d in distributions()"
        " if d.name.lower() not in ('pip', 'setuptools') for f in d.files or ()"
        " if os.path.exists(f.locate()) and not str(f).endswith('.pyc')))"
    )
    return int(run(str(python), "-c", code)) / 1e6


def use(python: Path) -> None:
    """The installed program does its work in a folder far from the sources."""
    elsewhere = OUT / "elsewhere"
    elsewhere.mkdir()
    guiju = str(python.with_name("guiju"))
    assert EXAMPLE in run(guiju, "packs", cwd=elsewhere)
    code = "import guiju_rules; print(guiju_rules.__path__[0])"
    rules = Path(run(str(python), "-c", code, cwd=elsewhere).strip())
    dossiers = sorted((rules / EXAMPLE / "dossiers").iterdir())
    assert dossiers, f"{EXAMPLE} ships no example dossier"
    words = ["check", str(dossiers[0]), "--format", "text", "--format", "html:report.html"]
    assert run(guiju, *words, codes=(0, 1), cwd=elsewhere)
    assert (
        (elsewhere / "report.html")
        .read_text(encoding="utf-8")
        .lower()
        .startswith("<!doctype html>")
    )
    run(guiju, "lint", EXAMPLE, cwd=elsewhere)
    run(guiju, "schema", "assessment", cwd=elsewhere)


if __name__ == "__main__":
    main()
