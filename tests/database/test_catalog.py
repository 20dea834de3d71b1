from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bandcheck.database.catalog import Catalog
from bandcheck.database.names import name_key, trigrams
from bandcheck.errors import UnknownCarrierError, UnknownDeviceError


def variants_of(catalog: Catalog, text: str, model: str | None = None) -> list[tuple[str, str]]:
    """
    The variants that a text names, as (device, variant).
    """
    return [(device.id, variant.key) for device, variant in catalog.find_device(text, model)]


ONE = [("acme/one", "A1-100"), ("acme/one", "A1-200")]


@pytest.fixture
def crowded(acme_index: Path, tmp_path: Path) -> Catalog:
    """
    The made-up database with a second phone called One, a second owner of a code name, an MVNO with its host's PLMN.
    """
    overlay = tmp_path / "crowd.yaml"
    overlay.write_text(
        """\
devices:
  zeta/one:
    name: One
    brand: Zeta
    codenames: [unity]
    variants: {Z1: {sources: [filings]}}
  zeta/unity:
    name: Unity
    brand: Zeta
    codenames: [unity]
    variants: {ZU: {sources: [filings]}}
carriers:
  xx/echo:
    name: Echo
    kind: mvno
    plmns: ["001-01"]
    hosts: [{as_of: "2020", networks: [xx/alpha], sources: [filings]}]
  xx/foxtrot:
    name: Foxtrot
    kind: network
    plmns: ["999-05"]
    plan: {}
"""
    )
    return Catalog.open(acme_index, [overlay])


class TestFindDevice:
    @pytest.mark.parametrize(
        "text",
        [
            "acme/one",
            "ACME/One",
            "Acme One",
            "acme one",
            "ACME-ONE",
            "  Acme   One ",
            "acmeone",
            "One",
            "Uno",
            "Acme Uno",
            "acme uno!",
            "アクメ1",
            "ｱｸﾒ１",
            "unity",
        ],
    )
    def test_a_device_answers_to_its_id_its_names_and_its_code_names(self, catalog: Catalog, text: str) -> None:
        """
        With or without the brand, whatever the case, spaces, punctuation and width of letters: all variants.
        """
        assert ONE == variants_of(catalog, text)

    @pytest.mark.parametrize(
        ("text", "variant"),
        [
            ("A1-100", ("acme/one", "A1-100")),
            ("a1100", ("acme/one", "A1-100")),
            ("A1 200", ("acme/one", "A1-200")),
            ("20150102", ("acme/two", "20150102")),
            ("A2-3", ("acme/two", "20150103")),
            ("zp5", ("zeta/phone", "ZP-5")),
        ],
    )
    def test_a_model_number_means_its_variant(self, catalog: Catalog, text: str, variant: tuple[str, str]) -> None:
        """
        In any of its spellings.
        """
        assert [variant] == variants_of(catalog, text)

    @pytest.mark.parametrize(
        ("text", "model", "expected"),
        [
            ("Acme One", "A1-200", ONE[1:]),
            ("Acme One", "a1 200", ONE[1:]),
            ("Uno", "A1100", ONE[:1]),
            ("A1-100", "A1-100", ONE[:1]),
        ],
    )
    def test_a_model_number_narrows(
        self, catalog: Catalog, text: str, model: str, expected: list[tuple[str, str]]
    ) -> None:
        """
        Of the variants that a name means the one with that number.
        """
        assert expected == variants_of(catalog, text, model)

    def test_a_model_number_of_another_device_is_an_error(self, catalog: Catalog) -> None:
        """
        The error names the numbers that the device has.
        """
        with pytest.raises(UnknownDeviceError) as caught:
            catalog.find_device("Acme One", "ZP-5")

        assert ("Acme One ZP-5", ("A1-100", "A1-200")) == (caught.value.query, caught.value.suggestions)

    def test_a_name_of_several_brands_is_an_error_that_names_them(self, crowded: Catalog) -> None:
        """
        None of them is taken silently; with its brand each is found.
        """
        with pytest.raises(UnknownDeviceError) as caught:
            crowded.find_device("one")

        assert ("Acme One", "Zeta One") == caught.value.suggestions
        assert [[*ONE], [("zeta/one", "Z1")]] == [variants_of(crowded, f"{brand} one") for brand in ("acme", "zeta")]

    def test_a_name_wins_over_a_code_name(self, crowded: Catalog) -> None:
        """
        What one phone is called and others are called by developers alone means the one.
        """
        assert [("zeta/unity", "ZU")] == variants_of(crowded, "Unity")

    @pytest.mark.parametrize(
        ("text", "first"),
        [
            ("Acme Onne", "Acme One"),
            ("Acme On", "Acme One"),
            ("acme/onne", "Acme One"),
            ("Zeta Fone", "Zeta Phone"),
            ("A1-101", "Acme One"),
            ("Acme Tow", "Acme Two"),
        ],
    )
    def test_a_near_miss_is_a_suggestion_and_never_a_guess(self, catalog: Catalog, text: str, first: str) -> None:
        """
        A typing error is an error, with what was likely meant first.
        """
        with pytest.raises(UnknownDeviceError) as caught:
            catalog.find_device(text)

        assert (text, first) == (caught.value.query, caught.value.suggestions[0])

    @pytest.mark.parametrize("text", ["", " ", "?!", "qqqqqq", "/", "xx/alpha", "\x00", "' OR 1=1 --"])
    def test_nonsense_is_nothing(self, catalog: Catalog, text: str) -> None:
        """
        An empty text, punctuation or a carrier is no phone.
        """
        with pytest.raises(UnknownDeviceError) as caught:
            catalog.find_device(text)

        assert text == caught.value.query


class TestFindCarrier:
    @pytest.mark.parametrize(
        ("text", "carrier"),
        [
            ("xx/alpha", "xx/alpha"),
            ("XX/Alpha", "xx/alpha"),
            ("Alpha", "xx/alpha"),
            ("ALPHA wireless", "xx/alpha"),
            ("alpha-wireless", "xx/alpha"),
            ("XX Mobile", "xx/virtual"),
            ("xxmobile", "xx/virtual"),
            ("XXcellular", "xx/beta"),
            ("XX Cellular", "xx/beta"),
            ("Virtual", "xx/virtual"),
            ("001-01", "xx/alpha"),
            ("999-05", "yy/gamma"),
            ("99905", "yy/gamma"),
        ],
    )
    def test_a_carrier_answers_to_its_id_its_names_and_its_plmns(
        self, catalog: Catalog, text: str, carrier: str
    ) -> None:
        """
        Whatever the case, spaces and punctuation.
        """
        assert carrier == catalog.find_carrier(text).id

    @pytest.mark.parametrize(
        ("text", "carrier"),
        [
            ("001-26", "xx/alpha"),
            ("00126", "xx/alpha"),
            ("001 26", "xx/alpha"),
            (" 001-26 ", "xx/alpha"),
            ("001-026", "xx/beta"),
            ("001026", "xx/beta"),
            ("001 026", "xx/beta"),
        ],
    )
    def test_mnc_26_is_not_026(self, catalog: Catalog, text: str, carrier: str) -> None:
        """
        Two PLMNs that differ by a zero are two carriers.
        """
        assert carrier == catalog.find_carrier(text).id

    @pytest.mark.parametrize("text", ["001-1", "01-01", "001-260", "001-26-0", "1-26", "001/26", "٠٠١-٢٦"])
    def test_another_number_is_nobodys(self, catalog: Catalog, text: str) -> None:
        """
        Zeros are neither added nor left out.
        """
        with pytest.raises(UnknownCarrierError):
            catalog.find_carrier(text)

    def test_a_plmn_that_an_mvno_shares_is_the_networks(self, crowded: Catalog) -> None:
        """
        The code on air belongs to the network that sends it.
        """
        assert "xx/alpha" == crowded.find_carrier("001-01").id

    def test_a_plmn_of_two_networks_is_an_error_that_names_them(self, crowded: Catalog) -> None:
        """
        None of them is taken silently.
        """
        with pytest.raises(UnknownCarrierError) as caught:
            crowded.find_carrier("999-05")

        assert {"xx/foxtrot", "yy/gamma"} == set(caught.value.suggestions)

    @pytest.mark.parametrize(
        ("text", "suggested"),
        [
            ("XX Mobil", "XX Mobile"),
            ("XX Mobiles", "XX Mobile"),
            ("XX Celular", "Beta"),
            ("Alfa Wireless", "Alpha"),
            ("xx/alpa", "Alpha"),
        ],
    )
    def test_a_near_miss_is_a_suggestion_and_never_a_guess(self, catalog: Catalog, text: str, suggested: str) -> None:
        """
        XX Mobile is not XXcellular, and neither is taken for a name that is almost theirs.
        """
        with pytest.raises(UnknownCarrierError) as caught:
            catalog.find_carrier(text)

        assert (text, suggested) == (caught.value.query, caught.value.suggestions[0])
        assert f"No carrier answers to {text!r}. Did you mean {' · '.join(caught.value.suggestions)}?" == str(
            caught.value
        )

    @pytest.mark.parametrize("text", ["", " ", "%", "_", "qqqqqq", "acme/one", "plmn:001-26", "plmn00126"])
    def test_nonsense_is_nothing(self, catalog: Catalog, text: str) -> None:
        """
        Neither wild cards nor inner spellings of the index are names.
        """
        with pytest.raises(UnknownCarrierError):
            catalog.find_carrier(text)


NAMES = ["Alpha", "Alpha Wireless", "Beta", "XXcellular", "XX Mobile", "Virtual", "xx/alpha", "001-26", "001026"]
KEYS = {
    "alpha": "xx/alpha",
    "alphawireless": "xx/alpha",
    "beta": "xx/beta",
    "xxcellular": "xx/beta",
    "xxmobile": "xx/virtual",
    "virtual": "xx/virtual",
    "gamma": "yy/gamma",
}
PLMNS = {"00101": "xx/alpha", "00126": "xx/alpha", "001026": "xx/beta", "99905": "yy/gamma"}


@st.composite
def near_names(draw: st.DrawFn) -> str:
    """
    A name with a few letters left out, put in or changed in case.
    """
    text = list(draw(st.sampled_from(NAMES)))
    for _ in range(draw(st.integers(0, 3))):
        at = draw(st.integers(0, len(text)))
        text[at : at + draw(st.integers(0, 1))] = draw(st.text("aeilXx -/0126", max_size=1))
    word = "".join(text)
    return draw(st.sampled_from([word, word.upper(), word.lower(), f" {word}"]))


@given(text=near_names() | st.text(max_size=8))
@example(text="XX cellular ")
@example(text="xx/beta")
def test_a_carrier_is_found_by_exactly_its_names(catalog: Catalog, text: str) -> None:
    """
    Whatever the text: a carrier that is found is called that, and what nobody is called is an error.
    """
    ids = {f"xx/{name}" for name in ("alpha", "beta", "virtual")} | {"yy/gamma"}
    plmn = re.fullmatch(r"([0-9]{3})[- ]?([0-9]{2,3})", text.strip())
    expected = text.lower() if text.lower() in ids else KEYS.get(name_key(text))
    if expected is None and plmn is not None:
        expected = PLMNS.get(plmn[1] + plmn[2])

    if expected is None:
        with pytest.raises(UnknownCarrierError) as caught:
            catalog.find_carrier(text)
        assert text == caught.value.query
    else:
        assert expected == catalog.find_carrier(text).id


class TestSearch:
    @pytest.mark.parametrize(
        ("text", "kind", "found"),
        [
            ("Acme One", "device", "acme/one"),
            ("acme onw", "device", "acme/one"),
            ("amce one", "device", "acme/one"),
            ("zeta", "device", "zeta/phone"),
            ("phone", "device", "zeta/phone"),
            ("2015010", "device", "acme/two"),
            ("A1", "device", "acme/one"),
            ("アクメ", "device", "acme/one"),
            ("ア", "device", "acme/one"),
            ("wireles", "carrier", "xx/alpha"),
            ("XX cel", "carrier", "xx/beta"),
            ("vrtual", "carrier", "xx/virtual"),
        ],
    )
    def test_typing_errors_and_parts_of_names_are_forgiven(
        self, catalog: Catalog, text: str, kind: str, found: str
    ) -> None:
        """
        The likeliest comes first, in any script, however short.
        """
        hits = catalog.search(text)

        assert (kind, found) == (hits[0].kind, hits[0].id)

    def test_a_hit_says_what_it_is_called_and_which_name_matched(self, catalog: Catalog) -> None:
        """
        By an alias: its name, the alias, and 1 for the same name.
        """
        (hit,) = catalog.search("uno", limit=1)

        assert ("device", "acme/one", "Uno", "Acme One", 1.0) == (hit.kind, hit.id, hit.text, hit.name, hit.score)

    def test_hits_come_in_order_and_each_thing_once(self, catalog: Catalog) -> None:
        """
        Best first, however many of its names match.
        """
        hits = catalog.search("acme")
        scores = [hit.score for hit in hits]

        assert ["acme/one", "acme/three", "acme/two"] == sorted(hit.id for hit in hits)
        assert sorted(scores, reverse=True) == scores

    def test_only_one_kind_if_asked(self, catalog: Catalog) -> None:
        """
        A search for carriers finds no phones.
        """
        assert {"device", "carrier"} == {hit.kind for text in ("acme", "alpha") for hit in catalog.search(text)}
        assert [] == catalog.search("acme", "carrier")
        assert {"carrier"} == {hit.kind for hit in catalog.search("alpha", "carrier")}

    def test_no_more_than_asked(self, catalog: Catalog) -> None:
        """
        `limit` counts things, not names.
        """
        assert [3, 2, 1, 0] == [len(catalog.search("acme", limit=n)) for n in (10, 2, 1, 0)]

    @given(text=st.text(max_size=30))
    @example(text='"')
    @example(text="a*b OR c")
    @example(text="NEAR(x y)")
    @example(text="x" * 5000)
    def test_any_text_can_be_searched(self, catalog: Catalog, text: str) -> None:
        """
        No text is a query of the index's own language; what is found has a score from 0 to 1.
        """
        assert [] == [hit for hit in catalog.search(text) if not 0 < hit.score <= 1]


class TestNameKey:
    @pytest.mark.parametrize(
        ("text", "key"),
        [
            ("Galaxy S10+", "galaxys10plus"),
            ("SM-G900F", "smg900f"),
            ("AT&T", "att"),
            ("红米 2", "红米2"),
            ("Straße", "strasse"),
            ("ＸＰ－５", "xp5"),
            ("Ⅱ", "ii"),
            ("...", ""),
        ],
    )
    def test_a_key_is_a_name_without_case_spaces_and_punctuation(self, text: str, key: str) -> None:
        """
        Two spellings with one key are one name; a plus is part of it.
        """
        assert key == name_key(text)

    @given(text=st.text(max_size=12))
    def test_a_key_is_its_own_key(self, text: str) -> None:
        """
        Taking the key twice changes nothing.
        """
        assert name_key(text) == name_key(name_key(text))

    def test_trigrams_are_the_runs_of_three(self) -> None:
        """
        Each once; of a shorter key the key itself.
        """
        assert [["abc", "bcd"], ["aaa"], ["ab"], [""]] == [trigrams(key) for key in ("abcd", "aaaa", "ab", "")]


class TestListing:
    def test_devices_come_in_order_and_by_brand(self, catalog: Catalog) -> None:
        """
        A brand is a name: case does not matter.
        """
        assert ["acme/one", "acme/three", "acme/two", "zeta/phone"] == [d.id for d in catalog.devices()]
        assert [["zeta/phone"], []] == [[d.id for d in catalog.devices(brand)] for brand in ("ZETA", "omega")]

    def test_carriers_come_in_order_and_by_country(self, catalog: Catalog) -> None:
        """
        A country is its ISO code, in any case.
        """
        assert ["xx/alpha", "xx/beta", "xx/virtual", "yy/gamma"] == [c.id for c in catalog.carriers()]
        assert [["yy/gamma"], ["yy/gamma"], []] == [[c.id for c in catalog.carriers(cc)] for cc in ("YY", "yy", "ZZ")]

    def test_counts(self, catalog: Catalog) -> None:
        """
        Devices and carriers, as many as are listed.
        """
        assert (4, 4) == (catalog.count("device"), catalog.count("carrier"))

    def test_an_id_that_nobody_has_is_an_error(self, catalog: Catalog) -> None:
        """
        Look-ups by id are exact.
        """
        with pytest.raises(UnknownDeviceError):
            catalog.device("Acme One")
        with pytest.raises(UnknownCarrierError):
            catalog.carrier("Alpha")

    def test_a_source_is_found_by_its_id(self, catalog: Catalog) -> None:
        """
        Shared ones by their own, those of a file with the file before.
        """
        shared, own = catalog.sources["almanac-2015"], catalog.sources["xx/beta#beta-list"]

        assert ("database", "almanac", "2015-12-01") == (shared.kind, shared.origin, shared.date)
        assert ("operator", "https://example.com/beta/phones") == (own.kind, own.origin)
