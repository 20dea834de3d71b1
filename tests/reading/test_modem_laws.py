"""
Laws of `read_modem` that hold for any dump: it gives back what was written, keeps identities out, and never breaks.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from bandcheck.errors import UnreadableDumpError
from bandcheck.model.bands import Band, BandSet, Rat
from bandcheck.reading.modem import INPUT_FORMATS, read_modem
from bandcheck.reading.modem.masks import DEFINED
from strategies import band_sets

DUMPS = {path.name: path.read_text(encoding="utf-8") for path in sorted(Path(__file__).with_name("dumps").iterdir())}

GSM_NAMES = {450: "g450", 480: "g480", 750: "g750", 850: "g850", 900: "egsm", 1800: "dcs", 1900: "pcs"}
NAMES = {Rat.UMTS: "utran-{}", Rat.LTE: "eutran-{}", Rat.NR: "ngran-{}", Rat.CDMA: "cdma-bc{}"}

SETTLED = BandSet.of(*(Band(rat, n) for rat in DEFINED for n in DEFINED[rat]))
NAMED = SETTLED - BandSet.everything(Rat.TDSCDMA) - BandSet.from_numbers(Rat.GSM, [810])


def names(wanted: BandSet) -> list[str]:
    return [GSM_NAMES[b.number] if b.rat is Rat.GSM else NAMES[b.rat].format(b.number) for b in wanted]


def mask_of(wanted: BandSet, rat: Rat, first: int, last: int) -> int:
    return sum(1 << (n - first) for n in wanted.numbers(rat) if first <= n <= last)


def as_json(wanted: BandSet) -> str:
    return json.dumps({"modem": {"generic": {"model": "x", "supported-bands": names(wanted)}}})


def as_text(wanted: BandSet) -> str:
    return "  Bands    |   supported: " + ", \n           |      ".join(names(wanted))


def as_key_value(wanted: BandSet) -> str:
    lines = [f"modem.generic.supported-bands.value[{n}] : {name}" for n, name in enumerate(names(wanted), 1)]
    return "\n".join(["modem.generic.state : connected", *lines])


def as_qmi(wanted: BandSet) -> str:
    lte, nr = (", ".join(map(str, wanted.numbers(rat))) for rat in (Rat.LTE, Rat.NR))
    return f"Device band capabilities retrieved:\n\tLTE bands (extended): '{lte}'\n\tNR5G bands: '{nr}'\n"


def as_list(wanted: BandSet) -> str:
    numbers = [f"{n}" for n in wanted.numbers(Rat.GSM) + wanted.numbers(Rat.UMTS)]
    numbers += [f"{100 + n}" for n in wanted.numbers(Rat.LTE)] + [f"50{n}" for n in wanted.numbers(Rat.NR)]
    return "+GTACT: 20,6,3," + ",".join(numbers)


def as_telit(wanted: BandSet) -> str:
    return f"#BND: 0,0,{mask_of(wanted, Rat.LTE, 1, 64):x},{mask_of(wanted, Rat.LTE, 65, 128):x}"


def as_huawei(wanted: BandSet) -> str:
    return f'^SYSCFGEX: ("00"),((0,"-")),(0-3),(0-4),(({mask_of(wanted, Rat.LTE, 1, 64):X},"LTE"))'


def as_cinterion(wanted: BandSet) -> str:
    low, high = mask_of(wanted, Rat.LTE, 1, 32), mask_of(wanted, Rat.LTE, 33, 64)
    return f'^SCFG: "Radio/Band/4G",("00000001-{low:08x}"),("00000002-{high:08x}"),("0","1")'


def as_ublox(wanted: BandSet) -> str:
    return f"+UBANDMASK: 0,{mask_of(wanted, Rat.LTE, 1, 64)},{mask_of(wanted, Rat.LTE, 65, 128)}"


def as_capability(wanted: BandSet) -> str:
    lists = {"lteBands": Rat.LTE, "nrBands": Rat.NR}
    return json.dumps({key: [{"band": n} for n in wanted.numbers(rat)] for key, rat in lists.items()})


def as_dumpsys(wanted: BandSet) -> str:
    lte, nr = wanted.numbers(Rat.LTE), wanted.numbers(Rat.NR)
    return f"CellIdentityLte:{{ mEarfcn=7 mBands={lte} }} CellIdentityNr:{{ mNrArfcn=7 mBands={nr} }}"


def among(*rats: Rat, last: int = 999) -> BandSet:
    return BandSet.of(*(b for b in NAMED if b.rat in rats and (b.number <= last or b.rat is Rat.GSM)))


@pytest.mark.parametrize(
    ("write", "possible"),
    [
        (as_json, NAMED),
        (as_text, NAMED),
        (as_key_value, NAMED),
        (as_qmi, among(Rat.LTE, Rat.NR)),
        (as_list, among(Rat.GSM, Rat.UMTS, Rat.LTE, Rat.NR)),
        (as_telit, among(Rat.LTE, last=128)),
        (as_huawei, among(Rat.LTE, last=64)),
        (as_cinterion, among(Rat.LTE, last=64)),
        (as_ublox, among(Rat.LTE, last=128)),
        (as_capability, among(Rat.LTE, Rat.NR)),
        (as_dumpsys, among(Rat.LTE, Rat.NR)),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
@settings(max_examples=40)
@given(data=st.data())
def test_writing_and_reading(write, possible, data):
    """
    Any band set written in a format reads as that set.
    """
    wanted = data.draw(band_sets(among=possible))
    assume(wanted)

    reading = read_modem(write(wanted))

    assert wanted == reading.bands
    assert () == reading.ignored


IDENTITIES = st.one_of(
    st.integers(10**14, 10**15 - 1).map(str),  # IMEI, IMSI
    st.integers(10**18, 10**19 - 1).map(lambda n: f"89{n}"),  # ICCID
    st.integers(10**9, 10**11).map(lambda n: f"+{n}"),  # phone number
    st.integers(0x10000000000000, 0xFFFFFFFFFFFFFF).map("{:x}".format),  # MEID
)
PLACES = ["{} ", ",{}", "\n{}\n", ":{}", "={}", "[{}]", "({})", "'{}'", "-{}", "eutran-{}", "bc-0-{}", "0x{}", '"{}"']


def told(text: str, input_format: str | None) -> str:
    """
    All that comes out of `read_modem`: the reading in every form, or the error with all it holds.
    """
    try:
        reading = read_modem(text, input_format=input_format)
    except UnreadableDumpError as error:
        return repr((error, str(error), error.args, error.__context__, error.__cause__))
    return repr((reading, str(reading), reading.found, reading.known, reading.to_dict()))


@settings(max_examples=300)
@given(
    name=st.sampled_from(sorted(DUMPS)),
    identity=IDENTITIES,
    place=st.sampled_from(PLACES),
    data=st.data(),
)
def test_identities_stay_out(name, identity, place, data):
    """
    An IMEI, IMSI, ICCID or phone number anywhere in a dump is nowhere in what is told of it.
    """
    text = DUMPS[name]
    where = data.draw(st.integers(0, len(text)))
    asked = data.draw(st.sampled_from([None, *INPUT_FORMATS]))

    out = told(text[:where] + place.format(identity) + text[where:], asked)

    assert identity not in out
    assert identity.strip("+")[:8] not in out


@given(identity=IDENTITIES, name=st.sampled_from(sorted(INPUT_FORMATS)))
def test_an_identity_taken_for_a_mask(identity, name):
    """
    Even a number that is passed off as a mask is not repeated.
    """
    assert identity.strip("+") not in told(identity.strip("+"), name)


MARKS = [*"[]{}()|:,-\"'\\\0\n ٣²", "\ud800", "-1", "1e9", "0x", "true", "null", "9" * 30, "f" * 200]
PHRASES = [
    *('"supported-bands":', '"modem":', '"lteBands":', '"band":', "modem.generic.supported-bands.value[1]:"),
    *("Bands |", "supported:", "eutran-", "utran-", "[ro.a]: [", "Device band capabilities retrieved", "LTE bands: '"),
    *("+QCFG:", "+QNWPREFCFG:", "+QNWINFO:", "+CNBP:", "^SYSCFGEX:", "^SYSCFG:", "^SCFG:", "#BND:", "+UBANDSEL:"),
    *("+UBANDMASK:", "+UACT:", '"Radio/Band/4G",', '"band",', '"LTE BAND 3"', "EUTRA bands supported : 1/2"),
    *("mBands=[", "mBand=", "CellIdentityLte", "mEarfcn=0", "mNetworkType=EDGE", "mConnectionStatus="),
    *("01, x 0000000000000001 0000000000000001", "Index GW Band Mask TDS Band Mask"),
]
WORDS = st.sampled_from(MARKS + PHRASES)
NOISE = st.lists(st.one_of(WORDS, st.text(max_size=5)), max_size=25).map("".join)


@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow])
@given(text=NOISE, asked=st.sampled_from([None, None, *INPUT_FORMATS]))
def test_any_text(text, asked):
    """
    Any text at all gives a reading or the one error, and a reading that is whole.
    """
    try:
        reading = read_modem(text, input_format=asked)
    except UnreadableDumpError:
        return

    assert reading.bands <= SETTLED
    assert set(reading.to_dict()["bands"]) == {rat.value for rat in Rat}
    assert all(0 <= one.span[0] <= one.span[1] <= len(text) for one in (*reading.found, *reading.ignored))
    assert all(known.at_least <= known.at_most for known in reading.known.values())


@settings(max_examples=150)
@given(name=st.sampled_from(sorted(DUMPS)), data=st.data())
def test_a_piece_of_a_dump(name, data):
    """
    A dump that is cut off anywhere, or whose middle is lost, gives no band that the whole does not have.
    """
    text = DUMPS[name]
    first, last = sorted(data.draw(st.tuples(st.integers(0, len(text)), st.integers(0, len(text)))))
    whole = read_modem(text)
    try:
        part = read_modem(text[:first])
        read_modem(text[:first] + text[last:])
    except UnreadableDumpError:
        return

    # A number that is cut in two is another number: only formats that close their lists can tell.
    if part.kind in ("mmcli-json", "ue-capability-json"):
        assert part.bands <= whole.bands
