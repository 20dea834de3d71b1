"""
What contributors are told works.
"""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest

from bandcheck.cli import main
from bandcheck.cli.parser import parse
from bandcheck.database.catalog import Catalog
from bandcheck.database.compile import check_folder
from bandcheck.database.files.fmt import formatted

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
FILES = dict(re.findall(r"```yaml\n# bands/(\S+)\n(.*?)```", TEXT, re.S))
COMMANDS = re.findall(r"^bandcheck .*", TEXT, re.M) + re.findall(r"`(bandcheck [^`]*)`", TEXT)


@pytest.fixture
def folder(acme_copy: Path, bands: Path) -> Path:
    """
    A copy of the made-up data with every band there is.
    """
    shutil.rmtree(acme_copy / "spectrum")
    shutil.copytree(bands / "spectrum", acme_copy / "spectrum")
    return acme_copy


def test_the_walk_through_has_a_phone_and_a_carrier() -> None:
    """
    Both are there to be tried.
    """
    assert sorted(FILES) == ["carriers/xx/acme-wireless.yaml", "devices/acme/one.yaml"]


@pytest.mark.parametrize("name", sorted(FILES))
def test_the_example_is_good_data(folder: Path, name: str) -> None:
    """
    It passes the checks as part of a data folder, and is in its one form.
    """
    (folder / "devices/acme/one.yaml").unlink()
    text = FILES[name]
    (folder / name).write_text(text)

    assert [] == check_folder(folder).problems
    assert text == formatted(text.encode(), name)


def test_the_example_answers(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """
    The second version takes GSM and UMTS over from the first; the carrier's 3G is off.
    """
    for name, text in FILES.items():
        (folder / name).write_text(text)
    catalog = Catalog.open(folder)
    ((_, second),) = catalog.find_device("Acme One", "XM-001U")

    assert "gsm 850 900 1800 1900 / umts 1 2 5 8 / lte 2 4 5 12 66 71" == str(second.states[0][1].bands.at_least)
    assert main(["check", "XM-001", "-c", "Acme Wireless", "--data", str(folder)]) == 0
    assert "has switched 3G off (1 Jul 2022)" in " ".join(capsys.readouterr().out.split())


@pytest.mark.parametrize("line", COMMANDS)
def test_every_command_is_one(line: str) -> None:
    """
    The command line takes each command that is shown.
    """
    assert callable(parse(shlex.split(line)[1:]).run)


PLACES = set(re.findall(r"`((?:src|tests|bands|benchmarks)/[\w./-]+)`", TEXT))


@pytest.mark.parametrize("path", sorted(path for path in PLACES if "NAME" not in path))
def test_every_place_is_there(path: str) -> None:
    """
    Files and folders that are named exist, but for those of the walk-through.
    """
    assert (ROOT / path).exists() or path.removeprefix("bands/") in FILES


def test_the_map_names_every_module_of_the_database() -> None:
    """
    A room that the map does not know is one that a newcomer will not find.
    """
    database = ROOT / "src/bandcheck/database"
    modules = {path.stem if path.suffix else f"{path.name}/" for path in database.iterdir() if path.name[0] not in "_."}
    told = {word for row in re.findall(r"^\| (`.*?) \|", TEXT, re.M) for word in re.findall(r"`([\w/]+)`", row)}

    assert modules - {"names", "spectrum_records"} <= told
