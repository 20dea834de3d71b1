from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bandcheck.database.catalog import Catalog
from bandcheck.database.index import open_file
from bandcheck.database.overlay import check_overlays
from bandcheck.errors import DataError, IndexUnusableError, UnknownDeviceError
from bandcheck.model.bands import BandSet, Rat
from bandcheck.model.sources import Trust

FOUR = """\
id: acme/four
name: Four
brand: Acme
sources:
  box: {kind: manufacturer, title: The box}
variants:
  A4:
    bands: {lte: [3, 7]}
    sources: [box, filings]
"""

PRIVATE = """\
id: xx/private
name: Private Net
kind: network
plan:
  lte:
    - {band: 20, since: "2020", sources: [filings]}
"""

SHOP = """\
sources:
  stock: {kind: manufacturer, title: The shop's own list}
devices:
  acme/five:
    name: Five
    brand: Acme
    variants: {A5: {bands: {lte: [3]}, sources: [stock]}}
  acme/six:
    name: Six
    brand: Acme
    variants: {A6: {bands: {lte: [4]}, sources: [stock]}}
carriers:
  xx/shop:
    name: Shop Mobile
    kind: mvno
    hosts: [{as_of: "2020", networks: [xx/alpha], sources: [stock]}]
"""


def overlay(path: Path, text: str) -> Path:
    """
    A file of the user's own, in a folder that may not be there yet.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def lte_of(catalog: Catalog, device: str, number: int = 0) -> tuple[list[int], str]:
    """
    The LTE bands of a device's variant, and the layer that says so.
    """
    variant = catalog.device(device).variants[number]
    bands = variant.states[0][1].bands
    assert bands.is_exact(Rat.LTE)
    return bands.at_least.numbers(Rat.LTE), variant.facts[Rat.LTE].layer


def one_with(lte: str) -> str:
    """
    The made-up Acme One with other LTE bands in its first variant.
    """
    variant = f"A1-100: {{bands: {{lte: {lte}}}, sources: [filings]}}"
    return f"id: acme/one\nname: One\nbrand: Acme\nvariants:\n  {variant}\n"


class TestOwnFacts:
    def test_a_phone_of_ones_own_in_one_file(self, acme_index: Path, tmp_path: Path) -> None:
        """
        The file says by `id:` what it is called; its facts may stand on sources of its own and on shared ones.
        """
        catalog = Catalog.open(acme_index, [overlay(tmp_path / "four.yaml", FOUR)])
        fact = catalog.device("acme/four").variants[0].facts[Rat.LTE]

        assert ([3, 7], "four.yaml") == lte_of(catalog, "acme/four")
        assert (("four.yaml:acme/four#box", "filings"), Trust.VERIFIED) == (fact.sources, fact.trust)
        assert ["The box", "Register of radio equipment"] == [catalog.sources[i].title for i in fact.sources]
        assert ["acme/four"] == [d.id for d, _ in catalog.find_device("acme four")]

    def test_a_private_network_in_one_file(self, acme_index: Path, tmp_path: Path) -> None:
        """
        A carrier is told from a phone by its keys.
        """
        catalog = Catalog.open(acme_index, [overlay(tmp_path / "net.yaml", PRIVATE)])
        carrier = catalog.find_carrier("private net")

        assert ("xx/private", [BandSet.parse("lte 20")]) == (carrier.id, [d.bands for d in carrier.deployments])
        assert ["net.yaml"] == [d.layer for d in carrier.deployments]

    def test_a_whole_shop_in_one_file(self, acme_index: Path, tmp_path: Path) -> None:
        """
        `devices:` and `carriers:` by id, with `sources:` for all of them.
        """
        catalog = Catalog.open(acme_index, [overlay(tmp_path / "shop.yaml", SHOP)])

        assert [([3], "shop.yaml"), ([4], "shop.yaml")] == [lte_of(catalog, f"acme/{n}") for n in ("five", "six")]
        assert "xx/shop" == catalog.find_carrier("Shop Mobile").id
        assert "The shop's own list" == catalog.sources["stock"].title

    def test_a_folder_laid_out_like_the_data(self, acme_index: Path, tmp_path: Path) -> None:
        """
        Places give the ids; a sources.yaml is shared within.
        """
        mine = tmp_path / "mine"
        overlay(mine / "devices/acme/four.yaml", FOUR.replace("id: acme/four\n", "").replace("[box,", "[box, desk,"))
        overlay(mine / "carriers/xx/private.yaml", PRIVATE.replace("id: xx/private\n", ""))
        overlay(mine / "sources.yaml", "sources: {desk: {kind: review, title: On my desk}}\n")
        catalog = Catalog.open(acme_index, [mine])

        assert ([3, 7], "mine") == lte_of(catalog, "acme/four")
        assert "Private Net" == catalog.carrier("xx/private").name
        assert "On my desk" == catalog.sources["desk"].title

    def test_everything_below_is_still_there(self, acme_index: Path, catalog: Catalog, tmp_path: Path) -> None:
        """
        An overlay adds, and the database itself stays as it was.
        """
        before = acme_index.read_bytes()
        found = Catalog.open(acme_index, [overlay(tmp_path / "four.yaml", FOUR)])

        assert ["acme/four", *[d.id for d in catalog.devices()]] == [d.id for d in found.devices()]
        assert [c.id for c in catalog.carriers()] == [c.id for c in found.carriers()]
        assert [lte_of(catalog, "acme/one", n) for n in (0, 1)] == [lte_of(found, "acme/one", n) for n in (0, 1)]
        assert before == acme_index.read_bytes()
        assert catalog.version != found.version

    def test_an_overlay_lies_on_a_folder_as_on_its_index(self, acme: Path, acme_index: Path, tmp_path: Path) -> None:
        """
        With the YAML or without it, the result is the same.
        """
        file = overlay(tmp_path / "one.yaml", one_with("[2, 4]"))

        assert Catalog.open(acme, [file]).version == Catalog.open(acme_index, [file]).version

    def test_where_an_overlay_lies_does_not_matter(self, acme_index: Path, tmp_path: Path) -> None:
        """
        The same facts have the same version, whatever the folder.
        """
        files = [overlay(tmp_path / folder / "one.yaml", one_with("[2, 4]")) for folder in ("here", "there")]

        assert 1 == len({Catalog.open(acme_index, [file]).version for file in files})


class TestOverruling:
    def test_the_users_fact_wins_and_the_databases_stays_visible(self, acme_index: Path, tmp_path: Path) -> None:
        """
        One RAT is replaced; other RATs, other variants and names are the database's.
        """
        catalog = Catalog.open(acme_index, [overlay(tmp_path / "one.yaml", one_with("[2, 4]"))])
        device = catalog.device("acme/one")
        conflict = device.conflicts[-1]

        assert ([2, 4], "one.yaml") == lte_of(catalog, "acme/one")
        assert ([3, 7, 20], "bands") == lte_of(catalog, "acme/one", 1)
        assert "bands" == device.variants[0].facts[Rat.UMTS].layer
        assert ("lte of A1-100", "overruled, bands: lte 2 4 12") == (conflict.about, conflict.claims[0][0])
        assert "Uno" in device.aliases

    def test_a_carriers_plan_is_overruled_by_rat(self, acme_index: Path, tmp_path: Path) -> None:
        """
        A complete LTE plan of one's own replaces the database's, even where it was the only use of a source.
        """
        text = (
            "id: yy/gamma\nname: Gamma\nkind: network\n"
            'plan:\n  lte:\n    - {band: 3, since: "2014", sources: [filings]}\n'
        )
        carrier = Catalog.open(acme_index, [overlay(tmp_path / "gamma.yaml", text)]).carrier("yy/gamma")

        assert [("lte 3", "gamma.yaml"), ("umts 8", "bands")] == [(str(d.bands), d.layer) for d in carrier.deployments]
        assert [("lte", "overruled, bands: lte 12 13 17")] == [(c.about, c.claims[0][0]) for c in carrier.conflicts]

    def test_a_source_that_nothing_points_at_any_more_is_no_problem_of_the_users(
        self, acme_index: Path, tmp_path: Path
    ) -> None:
        """
        Agreeing with all that a file of the database says leaves its own source without a fact; that is fine.
        """
        text = (
            "id: xx/virtual\nname: XX Mobile\nkind: mvno\n"
            'hosts: [{as_of: "2026-02", networks: [xx/beta], sources: [filings]}]\n'
        )
        carrier = Catalog.open(acme_index, [overlay(tmp_path / "virtual.yaml", text)]).carrier("xx/virtual")

        assert [(("xx/beta", ""),)] == [h.networks for h in carrier.hostings]

    def test_later_overlays_lie_on_earlier_ones(self, acme_index: Path, tmp_path: Path) -> None:
        """
        The last one given wins, and both lower facts stay visible.
        """
        first = overlay(tmp_path / "first.yaml", one_with("[2]"))
        last = overlay(tmp_path / "last.yaml", one_with("[4]"))
        catalog = Catalog.open(acme_index, [first, last])

        assert ([4], "last.yaml") == lte_of(catalog, "acme/one")
        assert ["overruled, bands: lte 2 4 12", "overruled, first.yaml: lte 2"] == [
            c.claims[0][0] for c in catalog.device("acme/one").conflicts
        ]
        assert ([2], "first.yaml") == lte_of(Catalog.open(acme_index, [last, first]), "acme/one")

    def test_overlays_of_one_name_are_two(self, acme_index: Path, tmp_path: Path) -> None:
        """
        `mine/one.yaml` and `yours/one.yaml` do not get into each other's way.
        """
        first = overlay(tmp_path / "mine/one.yaml", one_with("[2]"))
        last = overlay(tmp_path / "yours/one.yaml", one_with("[4]"))

        assert ([4], str(last)) == lte_of(Catalog.open(acme_index, [first, last]), "acme/one")

    @pytest.mark.parametrize("name", ["bands", "imported"])
    def test_an_overlay_may_be_called_like_a_layer_of_the_database(
        self, acme_index: Path, tmp_path: Path, name: str
    ) -> None:
        """
        A folder of one's own laid out like bands/ is likely to be called so.
        """
        text = one_with("[4]").replace("id: acme/one\n", "sources: {own: {kind: news, title: T}}\n")
        overlay(tmp_path / name / "devices/acme/one.yaml", text.replace("[filings]", "[own]"))
        catalog = Catalog.open(acme_index, [tmp_path / name])

        assert ([4], str(tmp_path / name)) == lte_of(catalog, "acme/one")
        assert Trust.SINGLE is catalog.device("acme/one").variants[0].facts[Rat.LTE].trust


class TestBadOverlays:
    def test_all_problems_of_all_overlays_are_found_at_once(self, acme_index: Path, tmp_path: Path) -> None:
        """
        Each with the path of its file, as given, and its line.
        """
        files = [
            overlay(tmp_path / "a.yaml", FOUR.replace("lte: [3, 7]", "lte: [3, B7]").replace("filings", "hearsay")),
            overlay(tmp_path / "b.yaml", "id: acme/four\nname: [\n"),
            overlay(tmp_path / "c.yaml", SHOP.replace("name: Six", "nam: Six").replace("xx/alpha", "xx/omega")),
            overlay(tmp_path / "d/devices/acme/Seven.yaml", FOUR.replace("id: acme/four\n", "")),
        ]
        given = [*files[:3], tmp_path / "d", tmp_path / "e.yaml"]
        expected = [
            (files[0], 8, "expected a band number, got 'B7'"),
            (files[0], 8, "the source 'hearsay' is not defined"),
            (files[1], 3, "not YAML"),
            (files[2], 9, "unknown field `nam`"),
            (files[2], 9, "`name` is missing"),
            (files[2], 16, "no carrier 'xx/omega'"),
            (files[3], 1, "the path gives no id: acme/Seven"),
            (tmp_path / "e.yaml", 0, "no such file or folder"),
        ]

        with pytest.raises(DataError) as caught:
            Catalog.open(acme_index, given)

        found = [(p.file, p.line, p.found.partition(":")[0]) for p in caught.value.problems]
        assert sorted((str(path), line, text.partition(":")[0]) for path, line, text in expected) == sorted(found)

    @pytest.mark.parametrize(
        ("text", "line", "found"),
        [
            (FOUR.replace("id: acme/four\n", ""), 1, "the path gives no id: four"),
            (FOUR.replace("acme/four", "Acme Four"), 1, "'Acme Four' is not an id"),
            (FOUR.replace("name: Four", "name: One"), 1, "the name 'Acme One' is also acme/one's"),
            (FOUR.replace("A4", "A1-200"), 1, "the model number 'A1-200' is also acme/one's"),
            (PRIVATE.replace("Private Net", "alpha"), 1, "the name 'alpha' is also xx/alpha's"),
            (SHOP.replace("acme/six", "Acme Six"), 8, "'Acme Six' is not an id"),
            ("text: Hello.\n", 1, "a file that is neither a device, a carrier, spectrum, sources nor statements"),
            ("", 1, "the file is empty"),
        ],
    )
    def test_a_lone_file_that_will_not_do(
        self, acme_index: Path, tmp_path: Path, text: str, line: int, found: str
    ) -> None:
        """
        Without an id, with a name that is taken, or without anything in it: a problem of that file.
        """
        path = overlay(tmp_path / "four.yaml", text)

        with pytest.raises(DataError) as caught:
            Catalog.open(acme_index, [path])

        assert [(str(path), line, found)] == [(p.file, p.line, p.found) for p in caught.value.problems]

    def test_a_missing_path_is_an_error(self, acme_index: Path, tmp_path: Path) -> None:
        """
        A mistyped overlay is not an empty one.
        """
        with pytest.raises(DataError, match=r"nothing\.yaml: no such file or folder"):
            Catalog.open(acme_index, [tmp_path / "nothing.yaml"])

    def test_a_missing_index_stays_a_missing_index(self, tmp_path: Path) -> None:
        """
        An overlay needs a database below.
        """
        with pytest.raises(IndexUnusableError):
            Catalog.open(tmp_path / "none.sqlite", [overlay(tmp_path / "four.yaml", FOUR)])

    def test_a_bad_overlay_changes_nothing(self, acme_index: Path, tmp_path: Path) -> None:
        """
        After the error the database opens as before.
        """
        copy = Path(shutil.copy(acme_index, tmp_path / "index.sqlite"))
        with pytest.raises(DataError):
            Catalog.open(copy, [overlay(tmp_path / "four.yaml", FOUR.replace("[3, 7]", "[7, 3]"))])

        assert acme_index.read_bytes() == copy.read_bytes()
        with pytest.raises(UnknownDeviceError):
            Catalog.open(copy).find_device("Acme Four")


@pytest.mark.parametrize(
    ("source", "refused"),
    [
        ("title: Register of radio equipment, url: https://example.com/filings", 0),
        ("title: Register of radio equipment, url: https://example.com/other", 1),
        ("title: Something else", 1),
    ],
)
def test_an_overlay_redefines_no_source(acme_index: Path, tmp_path: Path, source: str, refused: int) -> None:
    """
    The id of another source would tell facts below with a page that does not say so; written out alike it is the same.
    """
    text = f"sources:\n  filings: {{kind: regulator, {source}, date: '2022-01-15'}}\n" + SHOP.removeprefix(
        "sources:\n"
    ).replace("[stock]", "[filings]")
    path = overlay(tmp_path / "shop.yaml", text)

    found = [(p.file, p.line, p.path, p.found) for p in check_overlays(open_file(str(acme_index)), [str(path)])]
    expected = (str(path), 2, "sources.filings", "'filings' is the id of another source: Register of radio equipment")
    assert [expected] * refused == found


def test_a_second_overlay_redefines_no_source_of_the_first(acme_index: Path, tmp_path: Path) -> None:
    """
    Overlays lie on each other as they lie on the database.
    """
    first = overlay(tmp_path / "a.yaml", SHOP)
    again = SHOP.replace("The shop's own list", "Another list").replace("five", "eight").replace("six", "nine")
    second = overlay(tmp_path / "b.yaml", again.replace("Five", "Eight").replace("Six", "Nine").replace("A5", "A8"))

    with pytest.raises(DataError) as refused:
        Catalog.open(acme_index, [first, second])
    assert "sources.stock: 'stock' is the id of another source: The shop's own list" in str(refused.value)
