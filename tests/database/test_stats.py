from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from bandcheck.database.catalog import Catalog
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


def test_networks_age(catalog: Catalog) -> None:
    """
    A network that no source saw for two years is named, with the day of the newest sighting; an MVNO has no age.
    """
    older = {"xx/alpha": "2019-12-02", "xx/beta": "2011-09-18"}
    last_day = dt.date(2024, 9, 9) + dt.timedelta(AGED_DAYS)
    days = [dt.date(2011, 9, 18), last_day, last_day + dt.timedelta(1)]

    found = [statistics(catalog, day)["aged_carriers"] for day in days]

    assert [{}, older, {**older, "yy/gamma": "2024-09-09"}] == found
