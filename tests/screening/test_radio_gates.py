"""
BC1 to BC3: which radio, does it reach the minimum, can it call.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from bandcheck.database.catalog import Catalog
from bandcheck.screening.finding import Gate
from screening_cases import VIRTUAL, a_case, a_policy, found, said

ONE, TWO, ZETA = "Acme One, A1-100", "Acme Two", "Zeta Phone ZP-5"


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        (ONE, ("pass", "BC110")),
        ("Acme One", ("unknown", "BC111")),  # two radios
        (TWO, ("unknown", "BC111")),  # three numbers, one sheet: agreeing on unknown is no agreement
        ("Acme One, 20150101", ("fail", "BC114")),
        ("Acme Four", ("unknown", "BC112")),
        ("Case for Acme One", ("unknown", "BC113")),
        ("Acme One / Zeta Phone", ("unknown", "BC115")),
    ],
)
def test_identity(catalog: Catalog, title: str, expected: tuple[str, str]) -> None:
    """
    One version passes, a contradiction fails, and whatever leaves it open is unknown.
    """
    assert expected == said(a_case(catalog, title), Gate.IDENTITY)


def test_a_model_number_of_its_own_column_settles_it(catalog: Catalog) -> None:
    """
    The number narrows the name, and is not asked for again.
    """
    case = a_case(catalog, "Acme One", model_number="A1-200")

    assert ("A1-200",) == case.phone.models
    assert ("pass", "BC110") == said(case, Gate.IDENTITY)


def test_versions_that_agree_need_no_number(catalog: Catalog) -> None:
    """
    Where every version has the same known answer, it does not matter which one it is.
    """
    case = a_case(catalog, "Acme One", carrier="xx/beta", on="2023-01-01")

    assert {"wifi"} == {r.verdict.outcome for r in case.radio.now.results}  # type: ignore[union-attr]
    assert ("pass", "BC110") == said(case, Gate.IDENTITY)


def test_the_question_names_the_numbers(catalog: Catalog) -> None:
    """
    What the seller is asked for is one of the numbers that are possible.
    """
    asks = found(a_case(catalog, TWO), Gate.IDENTITY).asks

    assert ("the model number on the box, one of 20150101, 20150102, 20150103",) == asks


@pytest.mark.parametrize(
    ("title", "on", "changes", "expected"),
    [
        (ONE, "2016-02-01", {}, ("pass", "BC240")),
        (TWO, "2016-02-01", {}, ("fail", "BC241")),  # no LTE band in common, in any version
        ("Acme One", "2016-02-01", {}, ("unknown", "BC243")),  # one version yes, one no
        ("Acme Four", "2016-02-01", {}, ("unknown", "BC243")),
        ("Acme Three", "2016-02-01", {}, ("fail", "BC241")),  # known to have no LTE
        ("Acme Three", "2016-02-01", {"min_data": 2}, ("pass", "BC240")),
        ("Acme Three", "2021-01-01", {"min_data": 3}, ("fail", "BC241")),
        ("Acme Three", "2021-01-01", {"min_data": 2}, ("fail", "BC242")),  # UMTS ends on 2022-07-01
        ("Acme Three", "2021-01-01", {"min_data": 2, "horizon_months": 17}, ("pass", "BC240")),
        ("Acme Three", "2021-01-01", {"min_data": 2, "horizon_months": 18}, ("fail", "BC242")),
        (ZETA, "2021-06-01", {"min_data": 4}, ("pass", "BC240")),
    ],
)
def test_bands(catalog: Catalog, title: str, on: str, changes: dict[str, int], expected: tuple[str, str]) -> None:
    """
    Below the minimum in every version fails, now or before the horizon; above it in every version passes.
    """
    assert expected == said(a_case(catalog, title, on=on, policy=a_policy(**changes)), Gate.BANDS)


@pytest.mark.parametrize(
    ("hosts", "expected"),
    [
        ("all", ("fail", "BC241")),
        ("any", ("pass", "BC240")),
        (frozenset({"xx/alpha"}), ("pass", "BC240")),
        (frozenset({"xx/beta"}), ("fail", "BC241")),
        (frozenset({"yy/gamma"}), ("unknown", "BC244")),
    ],
)
def test_bands_on_several_hosts(catalog: Catalog, hosts: str | frozenset[str], expected: tuple[str, str]) -> None:
    """
    The policy says on which of an MVNO's networks the phone has to reach the minimum. Beta refuses it, without VoLTE.
    """
    case = a_case(catalog, ONE, carrier=VIRTUAL, on="2026-02-01", policy=a_policy(hosts=hosts, horizon_months=0))

    assert expected == said(case, Gate.BANDS)


def test_the_network_that_fails_is_named(catalog: Catalog) -> None:
    """
    Where one of several networks fails, the reason and the label are about that one.
    """
    policy = a_policy(horizon_months=0)
    finding = found(a_case(catalog, ONE, carrier=VIRTUAL, on="2026-02-01", policy=policy), Gate.BANDS)

    assert "No version reaches 4G on Beta: Wi-Fi only." == finding.reasons[0].text
    assert "On XX Mobile this phone gets Wi-Fi only, not 4G." == finding.label


@pytest.mark.parametrize("title", [ONE, TWO, "Acme One", "Acme Three", ZETA])
@pytest.mark.parametrize("level", [1, 2, 3])
def test_a_higher_minimum_is_never_easier(catalog: Catalog, title: str, level: int) -> None:
    """
    What passes at a level passes below it; what fails below fails above.
    """
    order = ["fail", "unknown", "pass"]
    lower, higher = (
        order.index(found(a_case(catalog, title, policy=a_policy(min_data=n)), Gate.BANDS).answer.value)
        for n in (level, level + 1)
    )
    assert higher <= lower


@pytest.mark.parametrize(
    ("title", "carrier", "on", "expected"),
    [
        (ONE, "xx/alpha", "2016-02-01", ("pass", "BC320")),
        (TWO, "xx/alpha", "2016-02-01", ("unknown", "BC323")),
        ("Acme Four", "xx/alpha", "2016-02-01", ("unknown", "BC323")),
        (ZETA, "xx/alpha", "2026-02-01", ("pass", "BC320")),  # VoLTE
        (ONE, "xx/beta", "2023-01-01", ("fail", "BC321")),
        (ONE, "xx/beta", "2021-01-01", ("fail", "BC322")),
    ],
)
def test_voice(catalog: Catalog, title: str, carrier: str, on: str, expected: tuple[str, str]) -> None:
    """
    Calls work, do not, end before the horizon, or nobody can say.
    """
    assert expected == said(a_case(catalog, title, carrier=carrier, on=on), Gate.VOICE)


def test_emergency_calls_that_nobody_recorded(catalog: Catalog) -> None:
    """
    They are told beside a pass; a policy can ask for a record.
    """
    noted = found(a_case(catalog, ONE), Gate.VOICE)
    required = said(a_case(catalog, ONE, policy=a_policy(emergency=True)), Gate.VOICE)

    assert "BC325" in [reason.code for reason in noted.reasons]
    assert ("unknown", "BC325") == required


EMERGENCY = """
emergency:
  - {since: "2015", name: Emergency calls, effect: EFFECT, phones: {models: [A1-100]}, says: S, sources: [xx-times]}
"""


@pytest.mark.parametrize(
    ("effect", "title", "expected"),
    [
        ("refused", ONE, ("fail", "BC324")),
        ("accepted", ONE, ("pass", "BC320")),
        ("refused", "Acme One", ("unknown", "BC325")),  # one version of two
        ("refused", "Acme One, A1-200", ("pass", "BC320")),
    ],
)
def test_recorded_emergency_calls(
    acme: Path, tmp_path: Path, effect: str, title: str, expected: tuple[str, str]
) -> None:
    """
    A record that they do not work fails, whatever the calls do.
    """
    alpha = (acme / "carriers/xx/alpha.yaml").read_text() + EMERGENCY.replace("EFFECT", effect)
    overlay = tmp_path / "carriers/xx/alpha.yaml"
    overlay.parent.mkdir(parents=True)
    overlay.write_text(alpha)
    catalog = Catalog.open(acme, [tmp_path])

    assert expected == said(a_case(catalog, title), Gate.VOICE)


@pytest.mark.parametrize(
    ("on", "months", "expected"),
    [
        ("2016-02-02", 24, "2018-02-02"),
        ("2016-02-29", 12, "2017-02-28"),
        ("2016-01-31", 1, "2016-02-29"),
        ("2016-12-31", 2, "2017-02-28"),
        ("2016-12-15", 0, "2016-12-15"),
        ("2016-12-15", 1, "2017-01-15"),
        ("9999-12-31", 24, "9999-12-31"),
    ],
)
def test_horizon(on: str, months: int, expected: str) -> None:
    """
    So many months later, on the last day of a month that is too short.
    """
    assert expected == str(a_policy(horizon_months=months).horizon(dt.date.fromisoformat(on)))


def test_an_end_that_nobody_dates_exactly(acme: Path, tmp_path: Path) -> None:
    """
    A network that may be off at the horizon: works today, open for later.
    """
    alpha = (acme / "carriers/xx/alpha.yaml").read_text().replace('until: "2022-07-01"', 'until: "2022"')
    overlay = tmp_path / "carriers/xx/alpha.yaml"
    overlay.parent.mkdir(parents=True)
    overlay.write_text(alpha)
    case = a_case(
        Catalog.open(acme, [tmp_path]),
        "Acme Three",
        on="2020-07-01",
        policy=a_policy(min_data=2),
    )
    bands, voice = found(case, Gate.BANDS), found(case, Gate.VOICE)

    assert ("unknown", "3G on Alpha today; whether still on 1 Jul 2022 is open.") == (
        bands.answer.value,
        bands.reasons[0].text,
    )
    assert "pass" == voice.answer.value
