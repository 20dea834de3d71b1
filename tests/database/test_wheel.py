from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from bandcheck.database.catalog import Catalog

ROOT = Path(__file__).parent.parent.parent
PARTS = ("pyproject.toml", "hatch_build.py", "README.md", "LICENSE", "src", "bands")

BUILD = """
import sys
from hatchling.build import build_wheel
print(build_wheel(sys.argv[1]))
"""

ASK = """
import sys
sys.path.insert(0, sys.argv[1])
import bandcheck
assert bandcheck.__file__.startswith(sys.argv[1]), bandcheck.__file__
from bandcheck.database import index
print(bandcheck.Catalog.open().version, index.PACKAGED)
"""

pytest.importorskip("hatchling")


@pytest.fixture
def project(tmp_path: Path, acme: Path) -> Path:
    """
    A copy of what a wheel is made from, with the made-up data for speed.
    """
    copy = tmp_path / "project"
    copy.mkdir()
    for name in PARTS:
        source = ROOT / name
        if name == "bands":
            shutil.copytree(acme, copy / name)
            shutil.copy(source / "LICENSE", copy / name)
        elif source.is_dir():
            shutil.copytree(source, copy / name, ignore=shutil.ignore_patterns("__pycache__", "*.sqlite"))
        else:
            shutil.copy(source, copy / name)
    return copy


def build(project: Path, target: Path) -> subprocess.CompletedProcess[str]:
    """
    Build a wheel in a process of its own, as pip does.
    """
    target.mkdir(exist_ok=True)
    command = [sys.executable, "-c", BUILD, str(target)]
    return subprocess.run(command, cwd=project, capture_output=True, text=True, check=False, timeout=120)


def test_a_wheel_holds_the_compiled_index_and_answers_from_it(project: Path, tmp_path: Path, catalog: Catalog) -> None:
    """
    Installed without a checkout, bandcheck reads the index in its package: the same data, no YAML, no compiling.
    """
    done = build(project, tmp_path / "dist")
    assert 0 == done.returncode, done.stderr
    (wheel,) = (tmp_path / "dist").iterdir()
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        archive.extractall(tmp_path / "site")

    assert "bandcheck/index.sqlite" in names
    assert ["bandcheck/screening/default_policy.yaml"] == [name for name in names if name.endswith(".yaml")]

    cache = tmp_path / "cache"
    environment = {**os.environ, "BANDCHECK_CACHE": str(cache)}
    command = [sys.executable, "-c", ASK, str(tmp_path / "site")]
    answer = subprocess.run(
        command, cwd=tmp_path, env=environment, stdout=subprocess.PIPE, text=True, check=True, timeout=60
    )

    assert f"{catalog.version} {tmp_path}/site/bandcheck/index.sqlite\n" == answer.stdout
    assert not cache.exists()


def test_one_broken_band_fails_the_build(project: Path, tmp_path: Path) -> None:
    """
    No wheel is made, and the message names file, line and cure.
    """
    path = project / "bands/devices/acme/one.yaml"
    path.write_text(path.read_text().replace("lte: [2, 4, 12]", "lte: [2, 4, B12]"))
    done = build(project, tmp_path / "dist")

    assert 0 != done.returncode
    assert [] == list((tmp_path / "dist").iterdir())
    expected = (
        "devices/acme/one.yaml:20: variants.A1-100.bands.lte[2]: expected a band number, got 'B12'. "
        "Write lte bands by number, without a letter."
    )
    assert expected in done.stderr


def test_a_missing_data_folder_fails_the_build(project: Path, tmp_path: Path) -> None:
    """
    No wheel with an empty database is made.
    """
    shutil.rmtree(project / "bands/spectrum")
    shutil.rmtree(project / "bands/devices")
    shutil.rmtree(project / "bands/carriers")
    done = build(project, tmp_path / "dist")

    assert (True, []) == (done.returncode != 0, list((tmp_path / "dist").iterdir()))
    assert "not a data folder" in done.stderr
