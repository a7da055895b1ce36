"""Layers are read where there is no network, and nothing asks for one."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import layers_making as make
import pytest
import shapely
from layers_making import PARCELS, TWO, dossier, layer_files, placemark
from making import folder, zipped

READ = """
import sys

def refuse(event, arguments):
    # `socket.__new__` alone opens nothing; connecting, binding and names do.
    if event.startswith("socket.") and event != "socket.__new__":
        raise SystemExit(f"asked for the network: {event} {arguments}")

sys.addaudithook(refuse)
sys.path[:0] = [sys.argv[1]]
from pathlib import Path
from layers_making import pack
from guiju.dossier import open_dossier, read

for folder in sys.argv[2:]:
    table = read(open_dossier(Path(folder)), pack()).tables["parcels"]
    assert all(table.columns["boundary"]), folder
    print(len(table))
"""


def test_every_format_is_read_without_a_network(tmp_path: Path) -> None:
    prefix = _cut_off()
    folders = [_folder(tmp_path, kind) for kind in ("geojson", "shp", "gpkg", "gdb", "zip", "kmz")]
    folders.append(_folder(tmp_path, "projected"))
    here = str(Path(__file__).parent)
    done = subprocess.run(
        [*prefix, sys.executable, "-c", READ, here, *map(str, folders)],
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.split() == ["2"] * len(folders)


@pytest.mark.parametrize("link", ["http://127.0.0.1:9/a.kml", "/vsicurl/http://127.0.0.1:9/a"])
def test_names_that_would_lead_to_the_network_are_refused(tmp_path: Path, link: str) -> None:
    text = f"tables: {{ parcels: 小班.csv }}\nlayers:\n  parcels: {{ file: '{link}' }}\n"
    found = dossier(tmp_path, text, {"小班.csv": PARCELS})
    assert any(problem.severity == "error" for problem in found.problems)
    assert "boundary" not in found.tables["parcels"].columns or not any(
        found.tables["parcels"].columns["boundary"]
    )


def _cut_off() -> list[str]:
    """What starts a program without any network, where the system lets us; what Python
    itself would ask for is refused anyway."""
    unshare = shutil.which("unshare")
    if unshare is None:
        return []
    allowed = subprocess.run([unshare, "-rn", "true"], capture_output=True, check=False)
    return [unshare, "-rn"] if allowed.returncode == 0 else []


def _folder(path: Path, kind: str) -> Path:
    multi = [shapely.multipolygons([shape]) for shape in TWO]
    files: dict[str, bytes | str] = {}
    name, crs = f"小班.{kind}", "EPSG:4490"
    if kind == "kmz":
        marks = [
            placemark(key, " ".join(f"{x},{y}" for x, y in shapely.get_coordinates(shape).tolist()))
            for key, shape in zip(("P-01", "P-02"), TWO, strict=True)
        ]
        link = "<NetworkLink><Link><href>http://127.0.0.1:9/a.kml</href></Link></NetworkLink>"
        kml = f"<kml xmlns='http://www.opengis.net/kml/2.2'><Document>{link}{''.join(marks)}</Document></kml>"
        files[name], crs = zipped({"doc.kml": kml.encode()}), "EPSG:4326"
    elif kind == "zip":
        inner = layer_files("shp", crs="EPSG:4528", shapes=make.projected(TWO, "EPSG:4528"))
        files[name], crs = zipped(inner), "EPSG:4528"
    elif kind == "projected":
        name, crs = "小班.gpkg", "EPSG:4528"
        files.update(layer_files("gpkg", make.projected(TWO, crs), crs=crs))
    elif kind == "gdb":
        files.update(layer_files("gdb", multi, geometry="MultiPolygon"))
    else:
        files.update(layer_files(kind))
    spec = f"{{ file: {name}, key: 小班号, crs: '{crs}' }}"
    text = f"tables: {{ parcels: 小班.csv }}\nlayers:\n  parcels: {spec}\n"
    return folder(path / kind, text, {"小班.csv": PARCELS, **files})
