"""
Which phone a text is about: names, numbers, traps, laws. On a made-up shop's worth of phones.
"""

from __future__ import annotations

import itertools
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import bandcheck
from bandcheck.cli import main
from bandcheck.database.catalog import Catalog
from bandcheck.database.compile import compile_folder
from bandcheck.database.identify import mend
from bandcheck.database.identify.imei import luhn, take_imeis
from bandcheck.database.identify.index import SpellingIndex
from bandcheck.database.identify.spellings import CORE, DATED, ELIDED_NAME, MODEL, NAME, PART, STEM, spellings
from bandcheck.database.identify.title import LONGEST_NAME, join, key_of, runs, tokens, words_and_edges

ACME = Path(__file__).parents[1] / "acme"

SHOP = [
    # brand, name, aliases, codenames, released, {model number: market}
    ("Xiaomi", "Redmi 2", ["红米2", "Hongmi 2"], ["wolf88"], "2015-01", {"3014811": "China Unicom", "HM3014813": ""}),
    ("Xiaomi", "Redmi 2A", [], [], "2015-03", {"3014502": ""}),
    ("Xiaomi", "Redmi 2 Prime", [], [], "2015-08", {}),
    ("Xiaomi", "Redmi Note 2", ["红米Note2"], [], "2015-08", {"3015051": ""}),
    ("Xiaomi", "Mi 4", [], [], "2014", {}),
    ("Samsung", "Galaxy S III", [], [], "2012", {"GT-I8300": ""}),
    ("Samsung", "Galaxy S7", [], [], "2016-03", {"SM-G730F": "Global", "SM-G730A": "AT&T", "SM-G730V": "Verizon"}),
    ("Samsung", "Galaxy S7 edge", [], [], "2016-03", {"SM-G735F": ""}),
    ("Samsung", "Galaxy S10+", [], [], "2019-03", {"SM-G775F": ""}),
    ("Samsung", "Galaxy Grand Prime", [], [], "2014", {"SM-G330H": ""}),
    ("Samsung", "Galaxy A5", [], [], "2014", {"SM-A200F": ""}),
    ("Samsung", "Galaxy A5 (2017)", [], [], "2017", {"SM-A220F": ""}),
    ("Samsung", "Galaxy A51", [], [], "2019", {"SM-A315F": ""}),
    ("Samsung", "Galaxy A52", [], [], "2021", {}),
    ("Samsung", "Galaxy A52 5G", [], [], "2021", {}),
    ("Samsung", "I8100 Galaxy Ace", [], [], "2011", {}),
    ("Motorola", "Moto G", [], [], "2013-11", {"XT9032": ""}),
    ("Motorola", "Moto G (2nd gen)", [], [], "2014-09", {"XT9063": ""}),
    ("Apple", "iPhone 5", [], [], "2012-09", {"A9428": "", "A9429": ""}),
    ("Apple", "iPhone 5s", [], [], "2013-09", {"A9533": ""}),
    ("Apple", "iPhone 6", [], [], "2014-09", {}),
    ("Apple", "iPhone 6s", [], [], "2015-09", {}),
    ("LG", "G3", [], [], "2014", {"LG-D955": ""}),
    ("Nokia", "3", [], [], "2017", {}),
    ("Nokia", "3.1", [], [], "2018", {"TA-9049": ""}),
    ("Nokia", "3320 (2017)", [], [], "2017-05", {}),
    ("Nokia", "3320 3G", [], [], "2017-10", {"TA-9022": ""}),
    ("ZTE", "Blade", [], [], "2010", {}),
    ("Meizu", "M2 Note", [], [], "2015", {"M571X": ""}),
]


def slug(text: str) -> str:
    words = "".join(c if c.isalnum() else " " for c in text.lower().replace("+", " plus"))
    return "-".join(words.split())


def identifier_of(brand: str, name: str) -> str:
    return f"{slug(brand)}/{slug(name)}"


def file_of(brand, name, aliases, codenames, released, models) -> str:
    variants = {
        number: {"market": market, "bands": {"gsm": [900], "lte": [3]}, "sources": ["filings"]}
        for number, market in (models or {"all": ""}).items()
    }
    for number, variant in variants.items():
        if not variant["market"]:
            del variant["market"]
        if number == "all":
            variant["models"] = []
    return json.dumps(
        {
            "name": name,
            "brand": brand,
            "aliases": aliases,
            "codenames": codenames,
            "released": released,
            "variants": variants,
        },
        ensure_ascii=False,
    )


@pytest.fixture(scope="module")
def shop_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """
    The shop, compiled.
    """
    root = tmp_path_factory.mktemp("shop")
    shutil.copytree(ACME, root / "bands")
    for one in SHOP:
        path = root / "bands" / "devices" / f"{identifier_of(one[0], one[1])}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(file_of(*one), encoding="utf-8")
    compile_folder(root / "bands", root / "shop.sqlite")
    return root / "shop.sqlite"


@pytest.fixture(scope="module")
def shop(shop_index: Path) -> Catalog:
    """
    The shop's catalog.
    """
    return Catalog.open(shop_index)


DECIDED = [
    # text, device, first model number where the text narrows to one variant, else None
    ("Redmi 2", "xiaomi/redmi-2", None),
    ("xiaomi/redmi-2", "xiaomi/redmi-2", None),
    ("XIAOMI Redmi 2 HM3014813 4G LTE Dual SIM 8GB White NEW", "xiaomi/redmi-2", "HM3014813"),
    ("3014811", "xiaomi/redmi-2", "3014811"),
    ("XIAOMI REDMI 2 3014811 unlocked", "xiaomi/redmi-2", "3014811"),
    ("Nokia 3320 (2017) 3G, TA-9022", "nokia/3320-3g", None),  # years tell no phone whose words are all there
    ("Moto G black XT9032 8GB", "motorola/moto-g", None),  # a line names its maker
    ("红米2", "xiaomi/redmi-2", None),
    ("红米2 16GB 移动4G手机", "xiaomi/redmi-2", None),
    ("wolf88", "xiaomi/redmi-2", None),
    ("Redmi 2A 8GB", "xiaomi/redmi-2a", None),
    ("Xiaomi Redmi 2 Prime grey", "xiaomi/redmi-2-prime", None),
    ("Xiaomi Redmi Note 2 16GB", "xiaomi/redmi-note-2", None),
    ("Mi4 16GB", "xiaomi/mi-4", None),
    ("Xiaomi Mi 4 used", "xiaomi/mi-4", None),
    ("Samsung Galaxy S III blue", "samsung/galaxy-s-iii", None),
    ("Samsung Galaxy S3 16GB", "samsung/galaxy-s-iii", None),
    ("samsung galaxy SIII", "samsung/galaxy-s-iii", None),
    ("Samsung Galaxy S7 32GB Gold", "samsung/galaxy-s7", None),
    ("Samsung S7", "samsung/galaxy-s7", None),
    ("SAMSUNG GALAXY S7 EDGE 32GB", "samsung/galaxy-s7-edge", None),
    ("Samsung Galaxy S7edge", "samsung/galaxy-s7-edge", None),
    ("Galaxy S10+ 128GB", "samsung/galaxy-s10-plus", None),
    ("Galaxy S10 Plus", "samsung/galaxy-s10-plus", None),
    ("Samsung Galaxy S10+ Plus 128GB", "samsung/galaxy-s10-plus", None),
    ("Galaxy S7 SM-G730A", "samsung/galaxy-s7", "SM-G730A"),
    ("Samsung G730A 32GB", "samsung/galaxy-s7", "SM-G730A"),
    ("Samsung Galaxy Grand Prime G330H/DS", "samsung/galaxy-grand-prime", "SM-G330H"),
    ("Samsung Galaxy A5 2017 gold", "samsung/galaxy-a5-2017", None),
    ("Samsung Galaxy A52 5G 128GB", "samsung/galaxy-a52-5g", None),
    ("Samsung Galaxy Ace black", "samsung/i8100-galaxy-ace", None),
    ("Moto G (2nd gen) 8GB", "motorola/moto-g-2nd-gen", None),
    ("Moto G 2nd Generation", "motorola/moto-g-2nd-gen", None),
    ("Moto G (2014)", "motorola/moto-g-2nd-gen", None),
    ("Moto G 2013", "motorola/moto-g", None),
    ("iPhone 5S 16 GB", "apple/iphone-5s", None),
    ("Apple iPhone 5 - For AT&T", "apple/iphone-5", None),
    ("A9429", "apple/iphone-5", "A9429"),
    ("LG G3 32GB", "lg/g3", None),
    ("LG D955", "lg/g3", None),
    ("Nokia 3.1 16GB", "nokia/3-1", None),
    ("Nokia 3 dual sim", "nokia/3", None),
    ("Galaxy S7 China version 32GB", "samsung/galaxy-s7", None),
    ("Xiaomi Redmi 2 China Unicom version", "xiaomi/redmi-2", "3014811"),
    ("like new iPhone 6 64GB", "apple/iphone-6", None),
    ("iPhone 6 64GB with charger and case", "apple/iphone-6", None),
]


@pytest.mark.parametrize(("text", "device", "model"), DECIDED)
def test_decided(shop: Catalog, text: str, device: str, model: str | None) -> None:
    """
    One reading fits: the device is decided, and its model numbers are those that the text leaves.
    """
    answer = shop.identifier.identify(text)
    numbers = [m for v in shop.device(device).variants for m in v.models]

    assert (True, device) == (answer.decided, answer.device)
    assert ([model] if model and model != "LG-D955" else numbers) == list(answer.models)
    assert shop.device(device).full_name == answer.name
    assert ("", "phone") == (answer.why, answer.kind)
    assert answer.candidates[0].evidence


UNDECIDED = [
    # text, kind, devices that it may be
    ("Redmi 2 Ultra", "phone", ["xiaomi/redmi-2"]),
    ("Xiaomi Redmi Note 8", "unknown", []),
    ("Galaxy S7 mini 16GB", "phone", ["samsung/galaxy-s7"]),
    ("Samsung Galaxy S7 Active", "phone", ["samsung/galaxy-s7"]),
    ("ZTE Blade A510", "phone", ["zte/blade"]),
    ("Nokia 3 2", "phone", ["nokia/3"]),
    ("Samsung Galaxy A5 2019", "phone", ["samsung/galaxy-a5", "samsung/galaxy-a5-2017"]),
    ("Samsung Galaxy A5", "phone", ["samsung/galaxy-a5", "samsung/galaxy-a5-2017"]),
    ("Moto G 8GB black", "phone", ["motorola/moto-g", "motorola/moto-g-2nd-gen"]),
    ("Samsung Galaxy A52 128GB with 5G", "phone", ["samsung/galaxy-a52"]),
    ("Xiaomi SM-G730F", "phone", ["samsung/galaxy-s7"]),
    ("Redmi 2 SM-G735F", "phone", ["samsung/galaxy-s7-edge", "xiaomi/redmi-2"]),
    ("iPhone 5 and Galaxy S7", "several", ["apple/iphone-5", "samsung/galaxy-s7"]),
    ("iPhone 6/6s", "several", ["apple/iphone-6"]),
    ("SM-G730F SM-G735F", "several", ["samsung/galaxy-s7", "samsung/galaxy-s7-edge"]),
    ("G3", "phone", []),
    ("Samsung television 55 inch", "accessory", []),
    ("Nokia", "unknown", []),
    ("a nice day out", "unknown", []),
    ("", "unknown", []),
    ("+++ --- ...", "unknown", []),
]


@pytest.mark.parametrize(("text", "kind", "devices"), UNDECIDED)
def test_undecided(shop: Catalog, text: str, kind: str, devices: list[str]) -> None:
    """
    No reading fits, or several do: nothing is decided, what it may be is told, and why it stays open.
    """
    answer = shop.identifier.identify(text)
    if text == "G3":  # a whole name: nobody else's here
        assert "lg/g3" == answer.device
        return

    assert (False, None, None, ()) == (answer.decided, answer.device, answer.name, answer.models)
    assert (kind, devices) == (answer.kind, sorted(c.device for c in answer.candidates))
    assert answer.why


@pytest.mark.parametrize(
    "template",
    [
        "case for {}",
        "{} case",
        "Tempered glass {}",
        "battery BM44 for {}",
        "LCD display {}",
        "{} screen replacement",
        "compatible with {}",
        "headphones like {}",
        "fits {}",
        "Hülle für {}",
        "Panzerglas {}",
        "Akku {}",
        "Coque {}",
        "Verre trempé pour {}",
        "Funda para {}",
        "Capa de silicone {}",
        "Custodia per {}",
        "Etui do {}",
        "Szkło hartowane {}",
        "Чехол для {}",
        "Защитное стекло {}",
        "{}手机壳",
        "适用于{}",
        "{}钢化膜",
    ],
)
@pytest.mark.parametrize(("phone", "device"), [("Redmi 2", "xiaomi/redmi-2"), ("iPhone 6", "apple/iphone-6")])
def test_accessories(shop: Catalog, template: str, phone: str, device: str) -> None:
    """
    Something for a phone is no phone, in any language; which phone it is for is told.
    """
    answer = shop.identifier.identify(template.format(phone))

    assert (False, "accessory") == (answer.decided, answer.kind)
    assert [device] == [c.device for c in answer.candidates]


@pytest.mark.parametrize(
    ("text", "device", "means"),
    [
        ("SM-G73OF", "samsung/galaxy-s7", "SMG730F"),
        ("GT-l8300", "samsung/galaxy-s-iii", "GTI8300"),
        ("Samsung GT-18300", "samsung/galaxy-s-iii", "GTI8300"),
        ("HM30l48l3", "xiaomi/redmi-2", "HM3014813"),
    ],
)
def test_look_alikes(shop: Catalog, text: str, device: str, means: str) -> None:
    """
    O for 0, I and l for 1 are seen through, and told.
    """
    answer = shop.identifier.identify(text)

    assert device == answer.device
    assert ("look-alike", means) in {(e.what, e.means) for e in answer.candidates[0].evidence}


def test_contradictions_are_told(shop: Catalog) -> None:
    """
    A foreign model number is named with the phone that it is of, a foreign brand with its name.
    """
    by_number = shop.identifier.identify("Redmi 2 SM-G735F")
    by_brand = shop.identifier.identify("Xiaomi SM-G730F")

    assert "“SM-G735F” is a model number of Samsung Galaxy S7 edge, not of “Redmi 2”" == by_number.contradictions[0]
    assert "xiaomi" in by_brand.contradictions[0]
    for text, said in (
        ("Nokia 3320 (2017) TA-9022", "“TA-9022” is a model number of Nokia 3320 3G, not of “3320 (2017)”"),
        ("Moto G (2014) XT9032", "“XT9032” is a model number of Motorola Moto G, not of “Moto G (2014)”"),
    ):
        assert (said,) == shop.identifier.identify(text).contradictions
    assert ["model number"] == [e.what for e in by_brand.candidates[0].evidence]


@pytest.mark.parametrize(
    ("text", "device", "old", "new"),
    [
        ("Samsung Galxy S7", "samsung/galaxy-s7", "galxy", "galaxy"),
        ("Xiaomi Remdi 2", "xiaomi/redmi-2", "remdi", "redmi"),
    ],
)
def test_typing_errors(shop: Catalog, text: str, device: str, old: str, new: str) -> None:
    """
    A misspelt word becomes the one word that it nearly is.
    """
    answer = shop.identifier.identify(text)

    assert device == answer.device
    assert ("spelling", old, new) in answer.candidates[0].evidence


def test_digits_are_never_mended(shop: Catalog) -> None:
    """
    A number off by one is another number.
    """
    assert [False, False] == [shop.identifier.identify(t).decided for t in ("Galxy S8", "SM-G731F")]


def test_without_rapidfuzz(shop: Catalog, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    Without the extra, names are found exactly, and an answer says that errors are not mended.
    """
    monkeypatch.setattr(mend, "available", lambda: False)
    reader = type(shop.identifier)(shop.identifier._index)

    assert "samsung/galaxy-s7" == reader.identify("Samsung Galaxy S7").device
    assert "bandcheck[identify]" in reader.identify("Samsung Galxy S7").why


IMEI = "490154203237518"


class TestImei:
    """
    An IMEI is one person's phone: its TAC is looked up, the rest is dropped at the door.
    """

    @pytest.mark.parametrize(
        "text",
        [
            IMEI,
            f"IMEI: {IMEI}",
            "49-015420-323751-8",
            "49015420 323751 8",
            f"{IMEI}00",
            "IMEI 490154 20 323751 8",
            "4901 5420 3237 518",
        ],
    )
    def test_only_the_tac_is_said(self, shop: Catalog, text: str) -> None:
        """
        No more than eight digits come out, in any field.
        """
        answer = shop.identifier.identify(text)
        said = json.dumps(answer.to_dict()) + repr(answer)

        assert not answer.decided
        assert "3237" not in said.replace("TAC49015420", "")
        if "IMEI" in text or text == IMEI:
            assert ("tac", "49015420") == (answer.kind, answer.tac)
            assert "no phone is recorded under TAC 49015420" in answer.why

    def test_not_kept(self, shop: Catalog) -> None:
        """
        Texts are kept to answer them again; an IMEI is gone by then.
        """
        seen: list[str] = []
        reader = type(shop.identifier)(shop.identifier._index)
        reader._kept = lambda text: (seen.append(text), reader._read(text))[1]
        reader.identify(f"iPhone 6, IMEI {IMEI}")

        assert ["iPhone 6, IMEI TAC49015420"] == seen

    def test_the_phone_beside_it_is_found(self, shop: Catalog) -> None:
        """
        A title with an IMEI is a title.
        """
        answer = shop.identifier.identify(f"Apple iPhone 6 64GB IMEI {IMEI}")

        assert ("apple/iphone-6", "49015420") == (answer.device, answer.tac)

    def test_check_digit(self, shop: Catalog) -> None:
        """
        Fifteen digits with a wrong check digit are no IMEI, and named as such where the text says that they are one.
        """
        assert "check digit" in shop.identifier.identify("490154203237519").why
        assert "check digit" in shop.identifier.identify("IMEI 490154203237519").why

    def test_tac_alone(self, shop: Catalog) -> None:
        """
        Eight digits by themselves are a TAC.
        """
        assert ("tac", "49015420") == (shop.identifier.identify("TAC 49015420").kind, "49015420")

    @given(st.text("0123456789", min_size=14, max_size=14))
    def test_one_check_digit_fits(self, digits: str) -> None:
        """
        Of ten last digits exactly one is right.
        """
        assert 1 == sum(luhn(digits + last) for last in "0123456789")

    @given(st.text("0123456789 -/.a", max_size=60))
    def test_no_long_run_is_left(self, text: str) -> None:
        """
        Whatever surrounds them, fourteen digits in a row do not pass.
        """
        cleaned, _ = take_imeis(text)
        longest = max((len(list(run)) for digit, run in itertools.groupby(cleaned, str.isdigit) if digit), default=0)

        assert longest < 14


NOISE = [
    "black",
    "new",
    "unlocked",
    "32gb",
    "white",
    "(renewed)",
    "fast shipping",
    "grade a",
    "2 year warranty",
    "wifi",
]
noise = st.lists(st.sampled_from(NOISE), max_size=4)
names = st.sampled_from([(text, device) for text, device, _ in DECIDED if text.isascii() and "version" not in text])


class TestLaws:
    """
    What holds for all texts.
    """

    @given(text=st.text(max_size=80))
    def test_any_text_is_answered(self, shop: Catalog, text: str) -> None:
        """
        No text is an error; a decided answer is a phone of the catalog.
        """
        answer = shop.identifier.identify(text)

        assert answer.decided == (answer.device is not None)
        assert bool(answer.why) != answer.decided
        assert answer.to_dict() == json.loads(json.dumps(answer.to_dict()))
        assert answer.device is None or shop.device(answer.device).full_name == answer.name

    @given(name=names, before=noise, after=noise)
    def test_noise_makes_no_other_phone(
        self, shop: Catalog, name: tuple[str, str], before: list[str], after: list[str]
    ) -> None:
        """
        Words of retail around a title never make it another phone's.
        """
        text, device = name
        answer = shop.identifier.identify(" ".join([*before, text, *after]))

        assert answer.device in (device, None)

    @given(name=names, after=noise.flatmap(lambda words: st.tuples(st.just(words), st.permutations(words))))
    def test_order_of_noise_does_not_matter(
        self, shop: Catalog, name: tuple[str, str], after: tuple[list[str], list[str]]
    ) -> None:
        """
        Noise in another order gives the same answer.
        """
        text, _ = name
        first, second = (shop.identifier.identify(" ".join([text, "|", *words])) for words in after)

        assert (first.device, first.models) == (second.device, second.models)

    @given(one=st.sampled_from(SHOP), other=st.sampled_from(SHOP), data=st.data())
    def test_a_number_is_never_another_phones(
        self, shop: Catalog, one: tuple, other: tuple, data: st.DataObject
    ) -> None:
        """
        With a phone's model number in it, no title is decided as a phone that does not bear it.
        """
        numbers = [n for n in one[5] if len(n) > 5]
        if not numbers:
            return
        number = data.draw(st.sampled_from(numbers))
        bearers = {identifier_of(b, n) for b, n, *_, models in SHOP if number in models}
        answer = shop.identifier.identify(f"{other[0]} {other[1]} {number}")

        assert answer.device is None or answer.device in bearers

    @given(texts=st.lists(st.one_of(st.text(max_size=30), st.sampled_from([t for t, *_ in DECIDED + UNDECIDED]))))
    def test_one_by_one_and_from_memory_alike(self, shop: Catalog, shop_index: Path, texts: list[str]) -> None:
        """
        A few questions asked of the file are answered as many are from memory.
        """
        memory = shop.identifier
        memory._index.find([str(n) for n in range(5000)])
        few = Catalog.open(shop_index).identifier

        assert memory._index.heads is not None
        assert [memory.identify(t) for t in texts[:20]] == [few.identify(t) for t in texts[:20]]

    @given(
        text=st.text("abcXYZ 019-/.+()iIgentbGB", max_size=60)
        | st.text("aeivIV 9+-éÉßйЙ红小한ﬁ²İ–\xa0\u0301", max_size=20)
    )
    def test_fast_words_are_the_tokens(self, text: str) -> None:
        """
        The fast way to split a text gives what the careful one gives, in any script.
        """
        careful = tokens(text)
        edges = [edge for t in careful for edge in (t.start, t.end)]

        assert ([t.text for t in careful], edges) == words_and_edges(text)

    @given(text=st.text(max_size=60))
    def test_tokens_stand_in_the_text(self, text: str) -> None:
        """
        Tokens are in order, apart, and within the text.
        """
        spans = [(t.start, t.end) for t in tokens(text)]
        edges = [edge for span in spans for edge in span]

        assert sorted(edges) == edges or any(t.text == "gen" for t in tokens(text))
        assert all(0 <= start < end <= len(text) for start, end in spans)


class TestTitle:
    """
    One form for all spellings.
    """

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("Galaxy S III", "galaxy s3"),
            ("GALAXY SIII", "Galaxy-S 3"),
            ("Note2", "note 2"),
            ("S10+", "S10 Plus"),
            ("Moto G (2nd Generation)", "moto g 2nd gen"),
            ("Moto G Gen 2", "moto g 2nd gen"),
            ("SM-G900F", "smg900f"),
            ("红米 2", "红米2"),
            ("ＧＡＬＡＸＹ S7", "galaxy s7"),
            ("Téléphone", "TELEPHONE"),
        ],
    )
    def test_same_key(self, one: str, other: str) -> None:
        """
        Two spellings of a name have one key.
        """
        assert key_of(one) == key_of(other)

    @pytest.mark.parametrize(
        ("one", "other"), [("A5 1", "A51"), ("Nokia 3.1", "Nokia 31"), ("S10", "S10+"), ("5", "S")]
    )
    def test_other_key(self, one: str, other: str) -> None:
        """
        Digits that are apart stay apart.
        """
        assert key_of(one) != key_of(other)

    def test_runs_are_linear(self) -> None:
        """
        Of a long title as many runs are looked up for each token, no more.
        """
        few, many = (len(list(runs(["ab"] * n))) for n in (1_000, 2_000))

        assert LONGEST_NAME * 1_000 == many - few

    def test_a_very_long_title(self, shop: Catalog) -> None:
        """
        A book is read as a line is: numbers, slashes and names in any mass.
        """
        for piece in ("1/", "a ", "iPhone 6 ", "9" * 10, "红", "SM-G730F ", "for "):
            answer = shop.identifier.identify(piece * (20_000 // len(piece)))
            assert len(answer.candidates) <= 10

    def test_join_keeps_digits_apart(self) -> None:
        """
        Only between two digits does a key have a space.
        """
        assert "tab3 7 0" == join(["tab", "3", "7", "0"])


def document(name: str, brand: str = "Samsung", models: tuple[str, ...] = (), **more: object) -> dict[str, object]:
    variants = [{"key": m, "models": [m]} for m in models]
    given_facts = {"aliases": [], "codenames": [], "released": None, "variants": variants, **more}
    return {"id": f"{slug(brand)}/{slug(name)}", "brand": brand, "name": name, **given_facts}


class TestSpellings:
    """
    Under which keys a device is found.
    """

    @pytest.mark.parametrize(
        ("facts", "expected"),
        [
            (document("Galaxy S7"), {("galaxys7", NAME), ("s7", ELIDED_NAME)}),
            (document("Samsung Galaxy S7"), {("galaxys7", NAME), ("s7", ELIDED_NAME)}),
            (document("X1", "Acme", released="2015-03"), {("x1", NAME), ("x1 2015", DATED)}),
            (document("X1 (2016)", "Acme", released="2016"), {("x1 2016", NAME), ("x1", NAME)}),
            (document("X1 5G", "Acme"), {("x1 5g", NAME), ("x1", CORE)}),
            (document("I8100 Wave", "Acme"), {("i8100wave", NAME), ("wave", CORE), ("i8100", MODEL)}),
            (
                document("Z", "Acme", models=("SM-G730F",)),
                {("z", NAME), ("smg730f", MODEL), ("g730f", PART), ("smg730", STEM), ("g730", STEM)},
            ),
            (document("Z", "Acme", models=("Mi Z9",)), {("z", NAME), ("miz9", NAME)}),
        ],
    )
    def test_keys(self, facts: dict[str, object], expected: set[tuple[str, int]]) -> None:
        """
        Names with and without what people leave out, and numbers with their parts.
        """
        assert expected == {(key, what) for key, _, what in spellings(facts)}


class TestIndex:
    """
    Few questions go to the file, many to memory.
    """

    def test_patience(self, shop_index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """
        Someone with a list gets everything into memory.
        """
        monkeypatch.setattr("bandcheck.database.identify.index._PATIENCE", 40)
        catalog = Catalog.open(shop_index)
        index = SpellingIndex(catalog._connection, catalog.device)
        asked = 0
        while index.heads is None:
            assert {"redmi2"} == set(index.find({"redmi2", "nobody"}))
            asked += 1
            if asked == 40:
                index.find({"redmi2"})
        assert 40 == asked

    def test_brands(self, shop: Catalog) -> None:
        """
        Brands are the first parts of ids, and their names in other scripts.
        """
        brands = shop.identifier._index.brands

        assert ("samsung", "xiaomi", "lg") == (brands["samsung"], brands["小米"], brands["lg"])

    def test_names(self, shop: Catalog) -> None:
        """
        A brand's names are its devices' and no others'.
        """
        assert ["LG G3"] == shop.identifier._index.names("lg")


def test_overlay_phones_are_found(shop_index: Path, tmp_path: Path) -> None:
    """
    A user's own phone is identified like any other, and one that is renamed by its new name.
    """
    own = tmp_path / "devices" / "own" / "brick.yaml"
    own.parent.mkdir(parents=True)
    own.write_text(file_of("Own", "Brick 9", [], [], "2020", {"OB-9000": ""}), encoding="utf-8")
    catalog = Catalog.open(shop_index, [tmp_path])

    assert ["own/brick", "own/brick"] == [catalog.identifier.identify(t).device for t in ("Own Brick 9", "OB-9000")]


def test_public_functions(shop: Catalog) -> None:
    """
    `identify` takes a text, `identify_many` any stream of them, one at a time.
    """
    endless = (f"Redmi 2 {n}gb" for n in itertools.count(8))
    answers = itertools.islice(bandcheck.identify_many(endless, catalog=shop), 3)

    assert ["xiaomi/redmi-2"] * 3 == [a.device for a in answers]
    assert "apple/iphone-6" == bandcheck.identify("iPhone 6", catalog=shop).device


def test_as_json(shop: Catalog) -> None:
    """
    The promised keys, in the promised shape.
    """
    answer = bandcheck.identify("Samsung Galaxy S7 SM-G730A", catalog=shop).to_dict()

    assert (True, "samsung/galaxy-s7", "Samsung Galaxy S7", ["SM-G730A"]) == tuple(
        answer[key] for key in ("decided", "device", "name", "models")
    )
    (candidate,) = answer["candidates"]
    assert {"device", "name", "models", "score", "evidence"} == candidate.keys()
    assert ["name", "brand", "model number"] == [e["what"] for e in candidate["evidence"]]
    assert 0.9 < candidate["score"] <= 1


class TestCommand:
    """
    `bandcheck identify`.
    """

    def run(self, index: Path, *words: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "bandcheck", "identify", *words, "--data", str(index)]
        return subprocess.run(command, input=stdin, capture_output=True, text=True, timeout=60, check=False)

    @pytest.mark.parametrize(
        ("text", "code", "said"),
        [
            ("Redmi 2 3014811", 0, "Xiaomi Redmi 2\n"),
            ("Redmi 2 Ultra", 3, "CAN'T SAY — “Ultra” after “Redmi 2”"),
            (IMEI, 3, "CAN'T SAY — no phone is recorded under TAC 49015420."),
        ],
    )
    def test_screens(
        self, shop_index: Path, capsys: pytest.CaptureFixture[str], text: str, code: int, said: str
    ) -> None:
        """
        Decided: the phone, exit 0. Else what it may be and why, exit 3.
        """
        found = main(["identify", text, "--data", str(shop_index)])
        printed = capsys.readouterr().out

        assert code == found
        assert said in printed
        assert "3237" not in printed

    def test_json(self, shop_index: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """
        `-f json` is the answer with its schema.
        """
        assert 0 == main(["identify", "Redmi", "2A", "-f", "json", "--data", str(shop_index)])
        answer = json.loads(capsys.readouterr().out)

        assert ("bandcheck.identification/1", "xiaomi/redmi-2a") == (answer["schema"], answer["device"])

    @pytest.mark.parametrize("form", ["text", "jsonl", "json"])
    def test_lines(self, shop_index: Path, form: str) -> None:
        """
        A text a line on stdin, an answer a line on stdout, in any format.
        """
        done = self.run(shop_index, "-", "-f", form, stdin="Redmi 2\n\nG3 case\niPhone 5s")
        if form == "text":
            devices = [None if line[0] == "?" else line.split("\t")[0] for line in done.stdout.splitlines()]
        elif form == "jsonl":
            devices = [json.loads(line)["device"] for line in done.stdout.splitlines()]
        else:
            devices = [one["device"] for one in json.loads(done.stdout)["results"]]

        assert (3, "") == (done.returncode, done.stderr)
        assert ["xiaomi/redmi-2", None, None, "apple/iphone-5s"] == devices

    def test_all_lines_decided(self, shop_index: Path) -> None:
        """
        Exit 0 where nothing stays open.
        """
        assert 0 == self.run(shop_index, "-", stdin="Redmi 2\niPhone 5s\n").returncode
