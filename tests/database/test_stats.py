from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from bandcheck.cli import main
from bandcheck.database.catalog import Catalog
from bandcheck.database.compile import compile_folder
from bandcheck.database.importers import frame
from bandcheck.database.stats import AGED_DAYS, statistics

DAY = dt.date(2026, 1, 1)


@pytest.fixture(scope="module")
def found(catalog: Catalog) -> dict[str, Any]:
    """
    The statistics of the made-up database on one day.
    """
    return statistics(catalog, DAY)


def with_overlay(index: Path, path: Path, text: str) -> dict[str, Any]:
    """
    The statistics of the made-up database with a file on top.
    """
    path.write_text(text)
    return statistics(Catalog.open(index, [path]), DAY)


def test_what_there_is(found: dict[str, Any], catalog: Catalog) -> None:
    """
    As many as the made-up files hold, counted by hand.
    """
    expected = {
        "schema": "bandcheck.stats/1",
        "data_version": catalog.version,
        "devices": 4,
        "devices_with_bands": 4,
        "variants": 7,
        "models": 9,
        "brands": 2,
        "carriers": 4,
        "networks": 3,
        "networks_with_bands": 3,
        "mvnos": 1,
        "countries": 2,
        "deployments": 13,
        "policies": 2,
        "sources": 5 + 4 + 6,
        "conflicts": 1,
    }

    assert expected == {key: found[key] for key in expected}


def test_how_sure_it_is(found: dict[str, Any]) -> None:
    """
    Every fact counts once, by its trust; every RAT of every variant is a fact or unknown.
    """
    devices = {"verified": 8, "single": 13, "imported": 0, "disputed": 1, "inferred": 20}
    carriers = {"verified": 4, "single": 9, "imported": 0, "disputed": 0, "inferred": 0}

    assert {"devices": devices, "carriers": carriers} == found["trust"]
    assert 6 * found["variants"] == sum(devices.values()) + sum(found["unknown_rats"].values())
    assert ["acme/three A3 gsm"] == found["disputed"]


def test_a_device_without_bands_is_counted_as_such(acme_index: Path, tmp_path: Path) -> None:
    """
    What is certain by rule alone, no NR before 2019, is not a sheet.
    """
    text = 'id: acme/four\nname: Four\nbrand: Acme\nreleased: "2015"\nvariants: {A4: {sources: [filings]}}\n'
    found = with_overlay(acme_index, tmp_path / "four.yaml", text)

    assert (5, 4) == (found["devices"], found["devices_with_bands"])
    assert {"gsm": 1, "cdma": 1, "tdscdma": 1, "umts": 1, "lte": 1, "nr": 0} == found["unknown_rats"]


def test_a_network_without_bands_is_counted_as_such(acme_index: Path, tmp_path: Path) -> None:
    """
    Known to run none is no plan to match with.
    """
    text = "id: zz/delta\nname: Delta\nkind: network\nplan: {gsm: []}\n"
    found = with_overlay(acme_index, tmp_path / "delta.yaml", text)

    assert (4, 3, 3, None) == (
        found["networks"],
        found["networks_with_bands"],
        found["countries"],
        found["aged_carriers"]["zz/delta"],
    )


def test_what_an_overlay_overrules_is_a_conflict(acme_index: Path, tmp_path: Path) -> None:
    """
    Both sides stay visible, and are counted.
    """
    text = "id: acme/one\nname: One\nbrand: Acme\nvariants: {A1-100: {bands: {lte: [2]}, sources: [filings]}}\n"

    assert 2 == with_overlay(acme_index, tmp_path / "one.yaml", text)["conflicts"]


def test_carriers_age(catalog: Catalog) -> None:
    """
    A carrier about which no source said anything for two years is named, with the day of the newest fact: an end that
    came counts, and whose network an MVNO sold.
    """
    older = {"xx/alpha": "2022-07-01", "xx/beta": "2022-02-22"}
    last_day = dt.date(2024, 9, 9) + dt.timedelta(AGED_DAYS)
    days = [last_day, last_day + dt.timedelta(1), dt.date(2028, 1, 16)]

    found = [statistics(catalog, day)["aged_carriers"] for day in days]

    gamma = {"yy/gamma": "2024-09-09"}
    assert [older, {**older, **gamma}, {**older, "xx/virtual": "2026-01-15", **gamma}] == found


@pytest.mark.parametrize(
    ("dates", "newest"),
    [
        ("since: '2013', until: '2023-05'", None),
        ("since: '2013', until: '2023-05', announced: true", None),
        ("since: '2013', until: '2030'", "2013-12-31"),
        ("by: '2016-07', until: '2030', seen: '2019-01-02'", "2019-01-02"),
    ],
)
def test_what_counts_as_a_fact_with_a_day(acme_index: Path, tmp_path: Path, dates: str, newest: str | None) -> None:
    """
    Nobody saw what is still to come; and a network that is all gone is history, not aged.
    """
    text = f"id: zz/delta\nname: Delta\nkind: network\nplan:\n  lte:\n    - {{band: 4, {dates}, sources: [atlas]}}\n"
    aged = with_overlay(acme_index, tmp_path / "delta.yaml", text)["aged_carriers"]

    assert newest == aged.get("zz/delta")


def test_layers_are_counted_apart(acme_index: Path, tmp_path: Path) -> None:
    """
    A fact counts for the layer that it stands in, a device or carrier for each that states something of it; what is
    certain by rule is stated by none.
    """
    text = "id: acme/one\nname: One\nbrand: Acme\nvariants: {A1-100: {bands: {lte: [2]}, sources: [filings]}}\n"
    found = with_overlay(acme_index, tmp_path / "one.yaml", text)["layers"]

    assert {
        "bands": {"devices": 4, "carriers": 3, "facts": 21, "deployments": 13},
        "one.yaml": {"devices": 1, "carriers": 0, "facts": 1, "deployments": 0},
    } == found


def test_what_importers_reported_is_told_with_its_meaning(
    acme_copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """
    Rows read, taken and refused, and how many each cleaning rule touched, with its sentence; under an overlay too.
    """
    (acme_copy / "imported" / "networks").mkdir(parents=True)
    (acme_copy / "imported" / "networks" / "summary.yaml").write_text(
        "importer: networks\nsnapshot: '2024-09-09'\nread: 12\ntaken: 9\nrefused: 3\n"
        "rules: {misspelt-token: 2, forgotten: 1}\n"
    )
    made_up = frame.Importer("networks", "", (), {"misspelt-token": "A token is read as what it means."}, _read_nothing)
    monkeypatch.setattr(frame, "importer", {"networks": made_up}.__getitem__)
    target = tmp_path / "index.sqlite"
    compile_folder(acme_copy, target)
    rules = {
        "misspelt-token": {"count": 2, "meaning": "A token is read as what it means."},
        "forgotten": {"count": 1, "meaning": ""},
    }
    expected = [
        {"importer": "networks", "snapshot": "2024-09-09", "read": 12, "taken": 9, "refused": 3, "rules": rules}
    ]

    assert expected == statistics(Catalog.open(target), DAY)["imports"]
    assert main(["data", "stats", "--data", str(target)]) == 0
    told = " ".join(capsys.readouterr().out.split())
    assert "import networks, snapshot 2024-09-09: 12 read, 9 taken, 3 refused" in told
    assert "2 misspelt-token: A token is read as what it means." in told
    delta = "id: zz/delta\nname: Delta\nkind: network\nplan: {gsm: []}\n"
    assert expected == with_overlay(target, tmp_path / "delta.yaml", delta)["imports"]


def _read_nothing(paths: Sequence[Path], known: frame.Known) -> frame.Imported:
    return frame.Imported("2024-09-09")


def test_the_screen_lists_the_aged_ones(acme_index: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """
    By id and day, under their number; counts and layers above.
    """
    assert main(["data", "stats", "--data", str(acme_index)]) == 0
    out = " ".join(capsys.readouterr().out.split())
    aged = len(statistics(Catalog.open(acme_index), dt.date.today())["aged_carriers"])

    assert f"aged carriers {aged} xx/alpha (2022-07-01), xx/beta (2022-02-22)" in out
    assert "devices 4 devices with bands 4" in out
    assert "layer bands 4 devices, 3 carriers, 22 facts, 13 deployments" in out
