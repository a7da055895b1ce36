"""`--cases DIR` runs the conformance cases of another folder of the same shape."""

from __future__ import annotations

from pathlib import Path

import pytest

SHIPPED = Path(__file__).parent / "cases"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--cases", metavar="DIR", help="run the conformance cases of this folder")


@pytest.fixture(scope="session")
def cases_folder(request: pytest.FixtureRequest) -> Path:
    """The folder whose cases are run."""
    return Path(request.config.getoption("--cases", default=None) or SHIPPED)
