"""
Dumps of modems and phones: what each format says, what is not believed, what is refused.
"""

from __future__ import annotations

import json
import pickle
from pathlib import Path

import pytest

from bandcheck.errors import UnreadableDumpError
from bandcheck.model.bands import BandSet, KnownBands, Rat
from bandcheck.reading.modem import INPUT_FORMATS, read_modem
from bandcheck.reading.modem.at import Field, split
from bandcheck.reading.modem.names import band_of_name
from bandcheck.reading.modem.read import _EXPECTED

DUMPS = Path(__file__).with_name("dumps")


UTF_16 = "This is UTF-16 that was read as something else: decode it as UTF-16"


def dump(name: str) -> str:
    return (DUMPS / name).read_text(encoding="utf-8")


def bands(text: str) -> str:
    return str(read_modem(text).bands)


@pytest.mark.parametrize(
    ("name", "kind", "bound", "expected"),
    [
        (
            "mmcli.json",
            "mmcli-json",
            "at_most",
            "gsm 850 1900 / cdma BC0 / umts 1 8 / lte 3 20 / nr 78",
        ),
        ("mmcli_nested.json", "mmcli-json", "at_most", "gsm 900 1800 / umts 8 / lte 7"),
        ("mmcli_sim.json", "mmcli-json", "at_least", "none"),
        ("mmcli.txt", "mmcli", "at_most", "gsm 850 900 / umts 5 19 / lte 5 28 / nr 41"),
        ("mmcli_old.txt", "mmcli", "at_most", "gsm 900 1900 / umts 1 4 / lte 7 28"),
        ("mmcli_keyvalue.txt", "mmcli-keyvalue", "at_most", "umts 2 / lte 2 66"),
        (
            "qmicli.txt",
            "qmicli",
            "at_most",
            "gsm 850 900 1800 / cdma BC0 / umts 1 5 19 / lte 2 4 12 66 71 / nr 41 71",
        ),
        (
            "at_log.txt",
            "at",
            "at_most",
            "gsm 850 900 1800 1900 / tdscdma 39 / umts 1 8 / lte 2 4 12 13 67",
        ),
        ("sierra.txt", "at", "at_most", "gsm 850 / tdscdma 39 / umts 1 2 8 / lte 2 4 13"),
        ("capability_full.json", "ue-capability-json", "exact", "lte 2 12 / nr 71"),
        ("capability_combos.json", "ue-capability-json", "at_least", "lte 5 30"),
        ("capability_filtered.json", "ue-capability-json", "at_least", "nr 5 77"),
        ("dumpsys.txt", "dumpsys", "at_least", "gsm 1900 / lte 4 13 66 / nr 41 77"),
        ("getprop.txt", "getprop", "at_least", "none"),
    ],
)
class TestFormats:
    """
    One dump of each format.
    """

    def test_is_recognised_and_read(self, name, kind, bound, expected):
        """
        The format is told from the text; bands and bound are those that it allows.
        """
        reading = read_modem(dump(name))

        assert (kind, bound, expected) == (reading.kind, reading.bound, str(reading.bands))

    def test_named_format(self, name, kind, bound, expected):
        """
        Naming the right format changes nothing.
        """
        assert read_modem(dump(name)).to_dict() == read_modem(dump(name), input_format=kind).to_dict()

    @pytest.mark.parametrize(
        "change", [lambda t: t.replace("\n", "\r\n"), lambda t: "\ufeff" + t, lambda t: "\n\n" + t]
    )
    def test_line_ends_and_marks(self, name, kind, bound, expected, change):
        """
        Line ends of Windows, a byte order mark and empty lines before change nothing.
        """
        assert expected == str(read_modem(change(dump(name))).bands)

    def test_spans(self, name, kind, bound, expected):
        """
        Every token points into the text, and nothing of an identity is copied out of it.
        """
        text = dump(name)
        reading = read_modem(text)

        for one in (*reading.found, *reading.ambiguous, *reading.ignored):
            assert 0 <= one.span[0] <= one.span[1] <= len(text)
        assert not any(secret in repr(reading.to_dict()) for secret in ("350000000000006", "0010100000", "89001000"))

    def test_other_formats_refuse(self, name, kind, bound, expected):
        """
        Under another format's name a dump is refused.
        """
        other = "qmicli" if kind != "qmicli" else "mmcli"

        with pytest.raises(UnreadableDumpError):
            read_modem(dump(name), input_format=other)


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ('+QCFG: "band",f,80004,1004', "gsm 850 900 1800 1900 / lte 3 13 20"),
        ('+QCFG: "band",0x10,0x4,0x20', "tdscdma 39 / umts 1 / lte 3"),
        ('+QCFG: "band",0x3,0x4', "gsm 900 1800 / lte 3"),
        ('+QCFG: "band",0xffff,0x7fffffffffffffff,0x3f', "none"),
        ('+QNWPREFCFG: "lte_band",2:4:71', "lte 2 4 71"),
        ('+QNWPREFCFG: "gw_band",0', "none"),
        ('+QNWPREFCFG: "nsa_nr5g_band",41:260', "nr 41 260"),
        ('+QNWINFO: "TDD NR5G","00101","NR5G BAND 78",636666', "nr 78"),
        ('+QNWINFO: "EDGE","00101","GSM 900",12', "gsm 900"),
        ("+CNBP: 0X0000000000480000,0X0000000000000802,0X0010", "gsm 850 / tdscdma 40 / umts 1 / lte 2 12"),
        (
            '^SYSCFGEX: ("00"),((80380,"a/b"),(3fffffff,"All")),(0-3),(0-4),((44,"c"),(7fffffffffffffff,"d"))',
            "gsm 850 900 1800 / lte 3 7",
        ),
        ('^SYSCFGEX: ("00"),((400000,"GSM, all (of them)"),(800000,"x")),(0-2),(0-4),', "umts 1 2"),
        ('^SYSCFGEX: "0302",3FFFFFFF,1,2,80044,,', "lte 3 7 20"),
        ("^SYSCFG: 2,0,400000,0,3", "umts 1"),
        ("#BND: 0,0,80A", "lte 2 4 12"),
        ("#BND: 0,0,802,2", "lte 2 12 66"),
        ("#BND: 0,0,2050", "lte 2 12"),
        ("#BND: (0-3),(0,2),(1-2050)", "gsm 850 900 1800 1900 / umts 1 5 / lte 2 12"),
        ("#BND: 5", "gsm 850 900 1800 1900"),
        ("+UBANDMASK: 0,2050,1,4", "lte 2 3 12"),
        ("+UBANDMASK: 0,2050,2", "lte 2 12 66"),
        ("+UBANDMASK: 0,2,2,1,4,64", "lte 2 3 66 71"),
        ("+UBANDMASK: 0,2,1,4,2,8", "lte 2 3"),
        ("+UACT: ,,,900,1800,1,8,101,120", "gsm 900 1800 / umts 1 8 / lte 1 20"),
        ("+UACT: ,,,(900,1800),(1,8),(101,120)", "gsm 900 1800 / umts 1 8 / lte 1 20"),
        ("+XACT: 4,2,1,2,5,104,112", "umts 2 5 / lte 4 12"),
        ("+GTACT: 20,6,3,1,8,103,166,501,5078", "umts 1 8 / lte 3 66 / nr 1 78"),
        ('^SCFG: "Radio/Band",("1"-"147")', "gsm 900 1800 / umts 1 8"),
        ('^SCFG: "Radio/Band",("1-511","0-1")', "gsm 850 900 1800 1900 / umts 1 2 5 6 8"),
        ('^SCFG: "Radio/Band","147","147"', "gsm 900 1800 / umts 1 8"),
        ('^SCFG: "Radio/Band/2G",("00000001-0000000b"),,("0","1")', "gsm 900 1800 1900"),
        ('^SCFG: "Radio/Band/2G",("0x00000004"-"0x00000014")', "gsm 900 1800"),
        ('^SCFG: "Radio/Band/4G",("00000001-00000044"),("00000002-00000020"),("0","1")', "lte 3 7 38"),
        ('^SCFG: "Radio/Band/4G","00000004","00000100"', "lte 3 41"),
        (
            '^SCFG: "Radio/Band/3G",("0x00000001"-"0x00000011") ^SCFG: "Radio/Band/4G",("0x01"-"0x04")',
            "umts 1 5 / lte 3",
        ),
        ('^SCFG: "MEopMode/Prov/Cfg","3"\r\n#BND: 0,0,4', "lte 3"),
        ("03, Home  0000000000400000 0000000000000004 0000000000000040", "umts 1 / lte 3 71"),
        ("-- EUTRA bands -- . supported : 66/12/4 .MFBI support : true", "lte 4 12 66"),
    ],
)
def test_answers(answer, expected):
    """
    Each vendor's answer, as its documents and ModemManager have it.
    """
    reading = read_modem(f"ATI\r\n{answer}\r\n\r\nOK\r\n")

    assert ("at", expected) == (reading.kind, str(reading.bands))


@pytest.mark.parametrize(
    ("text", "whys"),
    [
        ('^SYSCFGEX: "00",3FFFFFFF,1,2,7FFFFFFFFFFFFFFF,,', ["all bands", "all bands"]),
        ('+QCFG: "nwscanmode",3', ["setting"]),
        ('+QCFG: "band",(0-200),(0-7FFF),(0-3F)', ["setting"]),
        ('+QCFG: "band",0x3,0x0,0x4', ["unknown"]),
        ("#BND: 7", ["unknown"]),
        ("+XACT: 4,1,2,15,4711,x", ["no such band", "no such band", "unknown"]),
        ("+UBANDSEL: 0,333", ["unknown", "unknown"]),
        ("+CNBP: 0xZZ,0x4000", ["unknown", "unknown bits"]),
    ],
)
def test_ignored_in_answers(text, whys):
    """
    What is a wish, a setting or no band is ignored with its reason.
    """
    assert whys == [one.why for one in read_modem(text).ignored]


def test_figures_in_mhz():
    """
    u-blox's figures leave open which RAT is meant: each is possible, none certain, others are ruled out.
    """
    reading = read_modem("+UBANDSEL: 900,1800")

    assert {Rat.GSM: (900,), Rat.UMTS: (8,), Rat.LTE: (8,)} == {
        one.rat: one.candidates for one in reading.ambiguous if one.text == "900 MHz"
    }
    assert KnownBands(at_most=BandSet.parse("gsm 900 1800")) == reading.known[Rat.GSM]


def test_index_that_depends_on_the_module():
    """
    A WCDMA index with two meanings may be of either.
    """
    reading = read_modem("#BND: 0,12,4")

    assert [(Rat.UMTS, (1, 3, 5, 6, 8))] == [(one.rat, one.candidates) for one in reading.ambiguous]


def test_a_claim_bounds_from_above():
    """
    What a modem claims is possible, not certain; of a RAT that it does not name nothing is known.
    """
    known = read_modem(dump("mmcli_nested.json")).known

    assert KnownBands(at_most=BandSet.parse("B7")) == known[Rat.LTE]
    assert Rat.NR not in known


def test_a_cell_bounds_from_below():
    """
    A band that the phone met is certain, any other possible.
    """
    known = read_modem(dump("dumpsys.txt")).known

    assert BandSet.parse("B4 B13 B66") == known[Rat.LTE].at_least
    assert BandSet.everything(Rat.LTE) == known[Rat.LTE].at_most


def test_a_band_in_use_beside_a_mask():
    """
    Of a RAT whose mask says nothing, the band in use bounds nothing from above.
    """
    known = read_modem('+CNBP: 0x180,0x7fffffffffffffff\r\n+QNWINFO: "FDD LTE","00101","LTE BAND 3",1300').known

    assert KnownBands.unknown(Rat.LTE) == known[Rat.LTE]
    assert KnownBands(at_most=BandSet.parse("gsm 900 1800")) == known[Rat.GSM]


def test_channel_zero_is_no_cell():
    """
    The default that Android writes into barring information is ignored; so are cells that give no band, aloud.
    """
    reading = read_modem(dump("dumpsys.txt"))

    assert ["band of channel 0"] == [one.text for one in reading.ignored]
    assert any("mEarfcn" in note for note in reading.notes)


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("mmcli.json", "3GPP never gave"),
        ("mmcli_sim.json", "no list of supported bands"),
        ("getprop.txt", "names no bands"),
        ("at_log.txt", "nwscanmode"),
        ("capability_combos.json", "Combinations prove only"),
        ("capability_filtered.json", "asked about certain NR bands"),
    ],
)
def test_notes(name, part):
    """
    What a reader should know beside the bands is said once, in sentences.
    """
    notes = read_modem(dump(name)).notes

    assert any(part in note for note in notes)
    assert len(set(notes)) == len(notes)
    assert all(note.endswith(".") for note in notes)


def test_current_bands_prove_nothing():
    """
    Bands that are switched on are a setting, whatever else is missing.
    """
    document = json.dumps({"modem": {"generic": {"current-bands": ["utran-1"], "supported-bands": "--"}}})
    reading = read_modem(document)

    assert ("none", "at_least") == (str(reading.bands), reading.bound)
    assert [("current bands", "setting")] == [(one.text, one.why) for one in reading.ignored]


def test_a_modem_that_names_no_bands():
    """
    "any" is not all bands there are.
    """
    reading = read_modem('{"modem": {"generic": {"supported-bands": ["any"]}}}')

    assert ("none", ["all bands"]) == (str(reading.bands), [one.why for one in reading.ignored])


def test_several_modems():
    """
    Documents one after the other are read together, and that is said.
    """
    reading = read_modem(dump("mmcli_nested.json") + dump("mmcli_nested.json").replace("eutran-7", "eutran-38"))

    assert "gsm 900 1800 / umts 8 / lte 7 38" == str(reading.bands)
    assert any("Several modems" in note for note in reading.notes)


def test_prompt_around_json():
    """
    The command before a JSON document and the prompt behind it do no harm.
    """
    assert bands(dump("mmcli.json")) == bands(f"$ mmcli -m 0 -J\n{dump('mmcli.json')}\n$ ")


def test_list_of_capabilities():
    """
    Several capabilities in one document count together, and the weaker bound holds.
    """
    full, combos = json.loads(dump("capability_full.json")), json.loads(dump("capability_combos.json"))
    reading = read_modem(json.dumps({"capabilitiesList": [full, combos], "id": "x"}))

    assert ("lte 2 5 12 30 / nr 71", "at_least") == (str(reading.bands), reading.bound)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "This is empty: expected the output of a modem or phone"),
        (" \r\n\t", "This is empty: expected the output of a modem or phone"),
        ("\0\0\0", UTF_16),
        ("+CNBP: 0x180,0x4\n".encode("utf-16").decode("latin-1"), UTF_16),
        ('{"modem": {"generic": {"supported-bands": ["eutran-1"', "This looks like JSON, but it is cut off or damaged"),
        ("{" * 100_000, "This looks like JSON, but it is cut off or damaged"),
        ("[" * 100_000, "This looks like JSON, but it is nested too deeply"),
        ('{"a":' * 100_000, "This looks like JSON, but it is nested too deeply"),
        ('{"weather": "fine"}', "This is JSON of something else"),
        ("[]", "This is JSON of something else"),
        ("[1, 3, 7]", "This is JSON of something else"),
        ("hello", f"This is of no known format: expected {_EXPECTED}"),
        ("350000000000006", "A number alone does not tell what its bits mean"),
        ("0x1f", "A number alone does not tell what its bits mean"),
        ("+CNBP: 0x180\n  Bands    | supported: egsm", "This could be of several formats"),
    ],
)
def test_refused(text, why):
    """
    What cannot be read is one error that says what came and what to do.
    """
    with pytest.raises(UnreadableDumpError) as caught:
        read_modem(text)

    assert why == caught.value.why
    assert caught.value.__context__ is None


@pytest.mark.parametrize(
    ("text", "possible"),
    [
        ("0x1f", "lte-mask-hex"),
        ("15", "lte-mask-dec"),
        ("+CNBP: 0x180\n  Bands    | supported: egsm", "mmcli"),
        ('{"weather": "fine"}', "ue-capability-json"),
    ],
)
def test_what_to_pass(text, possible):
    """
    The error offers formats to choose from, and each is one.
    """
    with pytest.raises(UnreadableDumpError) as caught:
        read_modem(text)

    assert possible in caught.value.possible
    assert set(caught.value.possible) <= set(INPUT_FORMATS)
    assert possible in str(caught.value)


def test_named_json():
    """
    A text under the name of a JSON format that has none in it is refused as such.
    """
    with pytest.raises(UnreadableDumpError, match="This is not JSON"):
        read_modem("Bands | supported: egsm }", input_format="mmcli-json")


def test_letters_are_not_decimal():
    """
    A number with letters is offered no decimal format.
    """
    with pytest.raises(UnreadableDumpError) as caught:
        read_modem("1f")

    assert not any(name.endswith("-dec") for name in caught.value.possible)


def test_unknown_input_format():
    """
    A format that does not exist is refused with those that do.
    """
    with pytest.raises(UnreadableDumpError) as caught:
        read_modem("1f", input_format="morse")

    assert tuple(INPUT_FORMATS) == caught.value.possible


def test_several_formats_one_named():
    """
    A transcript of several formats is read as the one that is named.
    """
    text = "+CNBP: 0x180\n  Bands    | supported: utran-8\n"

    assert ("gsm 900 1800", "umts 8") == (
        str(read_modem(text, input_format="at").bands),
        str(read_modem(text, input_format="mmcli").bands),
    )


def test_error_survives_pickling():
    """
    The error comes back from a process pool as it went.
    """
    error = UnreadableDumpError("why", ("a", "b"))
    copy = pickle.loads(pickle.dumps(error))

    assert (error.why, error.possible, str(error)) == (copy.why, copy.possible, str(copy))


@pytest.mark.parametrize(
    ("name", "band"),
    [
        ("egsm", (Rat.GSM, 900)),
        ("EGSM", (Rat.GSM, 900)),
        ("g850", (Rat.GSM, 850)),
        ("gsm-pcs-1900", (Rat.GSM, 1900)),
        ("gsm-900-railways", (Rat.GSM, 900)),
        ("utran-19", (Rat.UMTS, 19)),
        ("wcdma-800", (Rat.UMTS, 6)),
        ("eutran-66", (Rat.LTE, 66)),
        ("eutran-xli", (Rat.LTE, 41)),
        ("eutran-iiii", None),
        ("eutran-", None),
        ("eutran-1234", None),
        ("ngran-258", (Rat.NR, 258)),
        ("cdma-bc0", (Rat.CDMA, 0)),
        ("cdma-bc16-us-2500", (Rat.CDMA, 16)),
        ("bc-3-a-system", (Rat.CDMA, 3)),
        ("bc-0-350000000000006", None),
        ("any", None),
        ("", None),
    ],
)
def test_names(name, band):
    """
    Names of ModemManager, new and old, and of libqmi.
    """
    assert band == band_of_name(name)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", [""]),
        ("a, b ,c", ["a", "b", "c"]),
        ('(1,2),"x,)y",3', ["(1,2)", '"x,)y"', "3"]),
        ("((1,2),(3)),", ["((1,2),(3))", ""]),
        (")),1", ["))", "1"]),
    ],
)
def test_split(text, parts):
    """
    Commas in brackets and quotes do not part; each part knows its place.
    """
    found = split(Field(text, 10))

    assert parts == [part.text for part in found]
    assert parts == [text[part.start - 10 :][: len(part.text)] for part in found]
