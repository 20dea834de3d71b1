from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bandcheck.database.files.fmt import written
from bandcheck.database.importers.carriers_facts import IMPORTER, read
from bandcheck.database.importers.carriers_facts.words import Subject, date, is_announced, policy, subjects
from bandcheck.database.importers.frame import Imported, Known, KnownCarrier, Refused
from bandcheck.errors import DataError

HEAD = """\
schema: made-up/0
generated: "2026-01-31"
sources:
  news: {title: Daily Aerial 2021-03, url: "https://news.example/2021/03/09/end"}
  list: {title: "Tables of codes, 2024", url: "https://lists.example/codes"}
operators:
"""
ALPHA = """\
  - id: xx.alpha
    name: Alpha Wireless (once Aleph)
    country: XX
    plmn: ["001-01", "001-02"]
"""
MVNOS = """\
sources:
  paper: {title: Bill, url: "https://paper.example/bill"}
mvnos:
"""

HELD = KnownCarrier("xx/alpha", "Alpha", "network", ("Aleph",), ("001-01",), "xx", ("bands",))
FOUND = KnownCarrier("xx/alpha", "Alpha", "network", ("Alef",), ("001-01",), "xx", ("imported/networks",))


def known(*carriers: KnownCarrier) -> Known:
    """
    A database with these carriers.
    """
    return Known({c.id: c for c in carriers})


def imported(folder: Path, operators: str, mvnos: str | None = None, world: Known | None = None) -> Imported:
    """
    What the importer makes of operators' rows, and with a second file of MVNOs' rows.
    """
    paths = [folder / "facts.yaml"]
    paths[0].write_text(HEAD + operators, encoding="utf-8")
    if mvnos is not None:
        paths.append(folder / "mvnos.yaml")
        paths[1].write_text(MVNOS + mvnos, encoding="utf-8")
    return read(paths, world or Known())


def carriers(found: Imported) -> dict[str, Any]:
    """
    Every carrier of an import, by id.
    """
    return {
        i: record
        for name, file in found.files.items()
        if name != "sources.yaml"
        for i, record in file["carriers"].items()
    }


class TestWords:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("UMTS", [Subject("umts")]),
            ("UMTS (sold as Turbo)", [Subject("umts")]),
            ("CDMA2000", [Subject("cdma")]),
            ("GSM+UMTS", [Subject("gsm"), Subject("umts")]),
            ("GSM 1900 + UMTS 1900", [Subject("gsm", (1900,)), Subject("umts", (2,))]),
            ("UMTS 2100", [Subject("umts", (1,))]),
            ("UMTS AWS (B4)", [Subject("umts", (4,))]),
            ("LTE B20+B7", [Subject("lte", (7, 20))]),
            ("LTE B3 (1800, bought from Beta)", [Subject("lte", (3,))]),
            ("LTE B66 (AWS-3)", [Subject("lte", (66,))]),
            ("TD-LTE B40 (one town)", [Subject("lte", (40,))]),
            ("LTE (TDD)", [Subject("lte")]),
            ("NR C-band (n77)", [Subject("nr", (77,))]),
            ("NR n41 (old core)", [Subject("nr", (41,))]),
            ("NR SA (trial), 12 towns", [Subject("nr", standalone=True)]),
            ("LTE 700", []),
            ("UMTS 1700", []),
            ("LTE in towns", []),
            ("VoNR", []),
            ("2G", []),
            ("CDMA 3G", []),
            ("GSM+telex", []),
            ("", []),
        ],
    )
    def test_what_a_line_is_about(self, text: str, expected: list[Subject]) -> None:
        """
        RAT, bands or neither; what is not understood to the last word is about nothing.
        """
        assert expected == subjects(text)

    @pytest.mark.parametrize(
        ("row", "expected"),
        [
            ({"date": "2021-03-09"}, "2021-03-09"),
            ({"date": "2021-03-09", "precision": "month"}, "2021-03"),
            ({"date": "2021-03-09", "precision": "week"}, "2021-03"),
            ({"date": "2021-03-09", "precision": "year"}, "2021"),
            ({"date": "2021-Q2", "precision": "quarter"}, "2021"),
            ({"date": "2021-03 (documented)"}, None),
            ({"date": "soon"}, None),
            ({"date": "2021-02-30"}, None),
            ({"date": 2021}, None),
            ({}, None),
        ],
    )
    def test_a_date_is_no_more_precise_than_its_source(self, row: dict[str, Any], expected: str | None) -> None:
        """
        Whatever is not one date is none.
        """
        assert expected == date(row)

    @pytest.mark.parametrize(
        ("status", "expected"),
        [
            ("done", False),
            ("done (one band stays)", False),
            ("done/in progress", True),
            ("done / nearly complete", True),
            ("planned", True),
            ("planned by the ministry", True),
            ("in progress", True),
            ("started", True),
            ("unverified", True),
            ("conflicting", None),
            ("no official date", None),
            ("undone", None),
            (None, None),
        ],
    )
    def test_only_an_end_that_somebody_saw_is_one(self, status: object, expected: bool | None) -> None:
        """
        Planned and begun are announced; what says neither is nothing.
        """
        assert expected is is_announced(status)

    def test_a_policy_is_told_in_our_words(self) -> None:
        """
        Effect and phones are expressed, or the policy is left out.
        """
        found = policy("no activation of phones without Alpha VoLTE")

        assert ("conditional", {"volte": False}) == (found and (found["effect"], found["phones"]))
        assert None is policy("list of phones that are let in")
        assert None is policy(None)


class TestOperators:
    def test_a_shutdown_is_the_end_of_a_rat(self, tmp_path: Path) -> None:
        """
        One that happened, one that was announced; sources are records with our own titles.
        """
        found = imported(
            tmp_path,
            ALPHA + "    shutdowns:\n"
            "      - {rat: GSM, date: '2020', status: done, precision: year, sources: [news]}\n"
            "      - {rat: UMTS, date: 2030-12-31, status: planned, sources: [list, hearsay]}\n",
        )

        assert {
            "xx/alpha-wireless": {
                "name": "Alpha Wireless",
                "kind": "network",
                "plmns": ["001-01", "001-02"],
                "rats": {
                    "gsm": {"until": "2020", "sources": ["facts-news"]},
                    "umts": {"until": "2030-12-31", "announced": True, "sources": ["facts-list"]},
                },
            }
        } == carriers(found)
        assert {
            "facts-list": {
                "kind": "news",
                "title": "lists.example: end of UMTS at Alpha Wireless",
                "url": "https://lists.example/codes",
                "date": "2024",
            },
            "facts-news": {
                "kind": "news",
                "title": "news.example: end of GSM at Alpha Wireless",
                "url": "https://news.example/2021/03/09/end",
                "date": "2021-03-09",
            },
        } == found.files["sources.yaml"]["sources"]
        assert ("2026-01-31", 1, 1, 1) == (found.snapshot, found.read, found.taken, found.rules["announced"])

    def test_launches_are_starts_of_rats_bands_or_standalone(self, tmp_path: Path) -> None:
        """
        A band that is named gives a deployment; MVNO-like words and voice give nothing.
        """
        found = imported(
            tmp_path,
            ALPHA + "    launches:\n"
            "      - {what: LTE, date: 2012-05-01, sources: [news]}\n"
            "      - {what: 'LTE B3 (1800)', date: 2013-06, sources: [news]}\n"
            "      - {what: NR SA, date: '2022', sources: [news]}\n"
            "      - {what: VoNR, date: '2023', sources: [news]}\n",
        )
        (record,) = carriers(found).values()

        assert {"lte": {"since": "2012-05-01", "sources": ["facts-news"]}} == record["rats"]
        assert {"lte": [{"band": 3, "since": "2013-06", "sources": ["facts-news"]}]} == record["plan"]
        assert [{"since": "2022", "sources": ["facts-news"]}] == record["standalone"]
        assert ["Alpha Wireless: launch of VoNR"] == [r.came for r in found.refused]

    def test_the_end_of_a_band_needs_a_sighting(self, tmp_path: Path) -> None:
        """
        A list that shows the band gives its start; without one nothing is invented.
        """
        lists = (
            "    rats:\n      UMTS:\n"
            "        - {bands: [U1], listed_from: 2016-07-11, listed_to: 2020-01-02, sources: [list]}\n"
            "        - {bands: [U2, U4], level: A, listed_from: 2016-07-11, listed_to: 2020-01-02, sources: [list]}\n"
        )
        ends = (
            "    shutdowns:\n      - {rat: UMTS 2100, date: 2019-03, status: done, sources: [news]}\n"
            "      - {rat: UMTS 1900, date: 2019-03, status: done, sources: [news]}\n"
        )
        found = imported(tmp_path, ALPHA + lists + ends)
        (record,) = carriers(found).values()
        expected = {"band": 1, "by": "2016-07-11", "until": "2019-03", "sources": ["facts-list", "facts-news"]}

        assert {"umts": [expected]} == record["plan"]
        assert ["Alpha Wireless: end of umts 2"] == [r.came for r in found.refused]

    def test_bands_that_a_list_names_by_number_are_taken(self, tmp_path: Path) -> None:
        """
        With the first and last day of the list; a key of two RATs says of neither which bands it has.
        """
        lists = (
            "    explicit_bands: {LTE: [B28, B7], LTE+UMTS: [B1], sources: [list]}\n    rats:\n      LTE:\n"
            "        - {level: E, bands: [B28, B12], listed_from: '2016', listed_to: '2024', sources: [list]}\n"
        )
        found = imported(tmp_path, ALPHA + lists)
        (record,) = carriers(found).values()

        assert {"lte": [{"band": 28, "by": "2016", "seen": "2024", "sources": ["facts-list"]}]} == record["plan"]
        assert [
            ("Alpha Wireless: LTE B7", "no list shows it on a date"),
            ("Alpha Wireless: bands of LTE+UMTS", "which RAT has them cannot be told"),
        ] == [(r.came, r.why) for r in sorted(found.refused)]

    @pytest.mark.parametrize(
        "held",
        [
            KnownCarrier("xx/ones", "Ones", "network", (), ("001-02",), "xx", ("bands",)),
            KnownCarrier("xx/ones", "alpha  WIRELESS", "network", (), (), "xx", ("imported/networks",)),
            KnownCarrier("xx/ones", "Ones", "network", ("Alpha Wireless",), (), "xx", ("bands",)),
        ],
    )
    def test_an_operator_meets_the_carrier_of_its_codes_or_name(self, tmp_path: Path, held: KnownCarrier) -> None:
        """
        It takes over that one's id and name, and gives it no codes.
        """
        others = (
            KnownCarrier("yy/alpha", "Alpha Wireless", "network", (), ("001-01",), "yy", ("bands",)),
            KnownCarrier("xx/brand", "Alpha Wireless", "mvno", (), ("001-01",), "xx", ("bands",)),
        )
        shutdown = "    shutdowns: [{rat: GSM, date: '2020', status: done, sources: [news]}]\n"
        found = carriers(imported(tmp_path, ALPHA + shutdown, world=known(held, *others)))

        assert {"xx/ones": (held.name, False)} == {i: (r["name"], "plmns" in r) for i, r in found.items()}

    def test_an_end_that_happened_goes_before_one_that_was_announced(self, tmp_path: Path) -> None:
        """
        Two dates for one thing are no date between them.
        """
        ends = (
            "    shutdowns:\n      - {rat: GSM, date: '2019', status: planned, sources: [news]}\n"
            "      - {rat: GSM, date: '2021', status: done, sources: [news]}\n"
        )
        found = imported(tmp_path, ALPHA + ends)
        (record,) = carriers(found).values()

        assert {"gsm": {"until": "2021", "sources": ["facts-news"]}} == record["rats"]
        assert ["Alpha Wireless: gsm until 2019"] == [r.came for r in found.refused]

    def test_policies_are_those_of_whoever_wrote_the_carrier(self, tmp_path: Path) -> None:
        """
        A carrier that people wrote keeps its own; another gets what can be expressed.
        """
        rules = (
            "    policies:\n      - {policy: non-VoLTE lines suspended, from: '2022', sources: [news]}\n"
            "      - {policy: only blue phones, from: '2022', sources: [news]}\n"
        )
        (record,) = carriers(imported(tmp_path, ALPHA + rules, world=known(FOUND))).values()
        (said,) = record["policies"]
        by_hand = imported(tmp_path, ALPHA + rules, world=known(HELD))

        assert ("refused", "2022", {"volte": False}) == (said["effect"], said["since"], said["phones"])
        assert ({}, 2) == (carriers(by_hand), by_hand.rules["policies-by-hand"])


class TestMvnos:
    ROWS = "  - {mvno: Virtual, country: XX, host: xx.alpha, as_of: c. 2023-24 (no date), sources: [paper]}\n"
    SHUTDOWN = "    shutdowns: [{rat: GSM, date: '2020', status: done, sources: [news]}]\n"

    def test_rows_are_statements_that_may_leave_out_networks(self, tmp_path: Path) -> None:
        """
        One a day, in time order; about some years is the last of them.
        """
        rows = self.ROWS + '  - {"mvno": "Virtual", country: XX, host: xx.beta, as_of: "2024", sources: [paper]}\n'
        rows += "  - {mvno: Virtual, country: XX, host: xx.beta, from: 2016-02, as_of: 2017-04, sources: [paper]}\n"
        beta = "  - {id: xx.beta, name: Beta, country: XX, plmn: [001-03]}\n"
        world = known(FOUND, KnownCarrier("xx/b", "B", "network", (), ("001-03",), "xx", ("bands",)))
        found = imported(tmp_path, ALPHA + beta, rows, world)

        assert {
            "xx/virtual": {
                "name": "Virtual",
                "kind": "mvno",
                "hosts": [
                    {"as_of": "2016-02", "partial": True, "networks": ["xx/b"], "sources": ["hosts-paper"]},
                    {"as_of": "2024", "partial": True, "networks": ["xx/alpha", "xx/b"], "sources": ["hosts-paper"]},
                ],
            }
        } == carriers(found)

    def test_a_name_is_without_what_explains_it(self, tmp_path: Path) -> None:
        """
        Its earlier name before a slash, the host's before a dash and brackets are none of it.
        """
        names = ("Old Virtual / Virtual", "ALTAN - Virtual", "Virtual (calls alone)")
        for name in names:
            found = imported(tmp_path, ALPHA, self.ROWS.replace("Virtual", f'"{name}"'), known(FOUND))
            assert {"xx/virtual": "Virtual"} == {i: r["name"] for i, r in carriers(found).items()}

    def test_a_network_is_no_mvno(self, tmp_path: Path) -> None:
        """
        A row about an operator's roaming does not make it an MVNO.
        """
        rows = self.ROWS.replace("Virtual", "Alef (abroad)")
        found = imported(tmp_path, ALPHA, rows, known(FOUND))

        assert [Refused(1, "Alef", "xx/alpha is a network of its own")] == found.refused

    def test_a_host_that_nobody_knows_is_no_host(self, tmp_path: Path) -> None:
        """
        The row is named with its number and the others go on.
        """
        rows = "  - {mvno: Lost, country: XX, host: xx.omega, as_of: '2024', sources: [paper]}\n" + self.ROWS
        found = imported(tmp_path, ALPHA + self.SHUTDOWN, rows)

        assert [Refused(1, "Lost on xx.omega", "the host is no network that the database has")] == found.refused
        assert {"xx/alpha-wireless", "xx/virtual"} == carriers(found).keys()

    def test_a_name_that_another_country_has_gets_its_country(self, tmp_path: Path) -> None:
        """
        Two carriers of one name could not be told apart.
        """
        other = KnownCarrier("yy/virtual", "Virtual", "mvno", (), (), "yy", ("bands",))
        found = imported(tmp_path, ALPHA, self.ROWS, known(FOUND, other))

        assert {"xx/virtual": "Virtual XX"} == {i: r["name"] for i, r in carriers(found).items()}

    @pytest.mark.parametrize(
        ("held", "rule"),
        [
            (KnownCarrier("xx/v", "Virtual", "mvno", (), (), "xx", ("bands",)), "hosts-by-hand"),
            (KnownCarrier("xx/v", "Virtual", "mvno", (), (), "xx", ("imported/aosp",)), None),
        ],
    )
    def test_what_people_wrote_stays(self, tmp_path: Path, held: KnownCarrier, rule: str | None) -> None:
        """
        An MVNO of the hand-made layer is left alone; an imported one gets the hosts.
        """
        found = imported(tmp_path, ALPHA, self.ROWS, known(FOUND, held))

        assert ([rule] if rule else []) == [r for r in found.rules if r.startswith("hosts")]
        assert (set() if rule else {"xx/v"}) == carriers(found).keys()


class TestBadInput:
    @pytest.mark.parametrize(
        ("row", "why"),
        [
            ("  - {id: xx.b, name: [\n", ""),
            ("  - {id: xx.b, id: xx.c, name: B, country: XX}\n", ""),
            ("  - just words\n", "expected `key: value` pairs"),
            ("  id: xx.b\n", "expected an item of a list, `  - key: value`"),
            ("  - {id: b, name: B, country: XX}\n", "expected an operator with `id: country.name` and `name`"),
            ("  - {id: xx.b, country: XX}\n", "expected an operator with `id: country.name` and `name`"),
            ("  - {id: xx.b, name: B, country: YY}\n", "expected country XX, got 'YY'"),
            ("  - {id: xx.b, name: B, country: XX, plan: [1]}\n", "not a key that is read"),
            ("  - {id: xx.b, name: \x07, country: XX}\n", ""),
        ],
    )
    def test_a_bad_row_is_named_and_the_others_go_on(self, tmp_path: Path, row: str, why: str) -> None:
        """
        Whatever is wrong with row 1, row 2 is taken.
        """
        found = imported(tmp_path, row + ALPHA + TestMvnos.SHUTDOWN)

        assert {"xx/alpha-wireless"} == carriers(found).keys()
        assert [1] == [r.row for r in found.refused]
        assert why in found.refused[0].why

    def test_a_fact_without_a_source_that_can_be_looked_up_is_none(self, tmp_path: Path) -> None:
        """
        One that the file does not list is none.
        """
        for sources in ("[hearsay]", "[]", "news", "[7]"):
            rows = ALPHA + f"    shutdowns: [{{rat: GSM, date: '2020', status: done, sources: {sources}}}]\n"
            found = imported(tmp_path, rows)

            assert {} == carriers(found)
            assert ["no source that the file lists"] == [r.why for r in found.refused]

    def test_a_source_without_an_address_is_none(self, tmp_path: Path) -> None:
        """
        It is refused with its number, and so is what rests on it alone.
        """
        path = tmp_path / "facts.yaml"
        path.write_text(HEAD.replace("url", "seen") + ALPHA + TestMvnos.SHUTDOWN)
        found = read([path], Known())

        assert [
            (1, "Alpha Wireless: shutdown of GSM"),
            (1, "source news"),
            (2, "source list"),
        ] == [(r.row, r.came) for r in sorted(found.refused)]

    @pytest.mark.parametrize(
        ("data", "what"),
        [
            (b"sources:\n  a: {}\n", "no `operators:` in it"),
            (b'{"id": 1}\n{"id": 2}\n', "no `operators:` in it"),
            (b"", "no `operators:` in it"),
            ("operators:\n".encode("utf-16"), "not text in UTF-8"),
        ],
    )
    def test_another_file_altogether_is_one_error(self, tmp_path: Path, data: bytes, what: str) -> None:
        """
        It names the file, what is wrong and what to give instead.
        """
        path = tmp_path / "facts.yaml"
        path.write_bytes(data)

        with pytest.raises(DataError) as raised:
            read([path], Known())

        (problem,) = raised.value.problems
        assert (str(path), what, True) == (problem.file, problem.found, bool(problem.cure))

    def test_a_wrong_second_file_is_one_error_too(self, tmp_path: Path) -> None:
        """
        The list of MVNOs is not mistaken for facts.
        """
        facts, other = tmp_path / "facts.yaml", tmp_path / "other.yaml"
        facts.write_text(HEAD + ALPHA)
        other.write_text(HEAD)

        with pytest.raises(DataError, match="no `mvnos:` in it"):
            read([facts, other], Known())

    def test_a_truncated_file_loses_its_last_row_alone(self, tmp_path: Path) -> None:
        """
        Cut anywhere in the second row, the first one stays as it was.
        """
        last = ALPHA.replace("alpha", "omega").replace("Alpha", "Omega") + TestMvnos.SHUTDOWN
        text = ALPHA + TestMvnos.SHUTDOWN + last
        whole = carriers(imported(tmp_path, text))["xx/alpha-wireless"]

        assert [whole] * len(last) == [
            carriers(imported(tmp_path, text[:-cut]))["xx/alpha-wireless"] for cut in range(1, len(last) + 1)
        ]

    def test_a_row_with_ten_thousand_lines_is_one_row(self, tmp_path: Path) -> None:
        """
        The first end counts, the others are refused.
        """
        line = "      - {rat: GSM, date: '2020', status: done, sources: [news]}\n"
        found = imported(tmp_path, ALPHA + "    shutdowns:\n" + line * 2_000)

        assert (1, 1_999) == (len(carriers(found)), len(found.refused))

    @given(order=st.randoms(use_true_random=False), twice=st.booleans())
    def test_the_order_of_rows_does_not_matter(
        self, tmp_path_factory: pytest.TempPathFactory, order: random.Random, twice: bool
    ) -> None:
        """
        Rows in any order, and repeated ones, give the same files to the byte.
        """
        folder = tmp_path_factory.mktemp("order")
        rows = [
            ALPHA.replace("alpha", name).replace("Alpha", name.title()).replace("001-0", f"00{n}-0")
            + TestMvnos.SHUTDOWN
            for n, name in enumerate(("alpha", "beta", "gamma", "delta"))
        ]
        hosts = [TestMvnos.ROWS.replace("xx.alpha", f"xx.{name}") for name in ("alpha", "beta", "gamma", "delta")]
        straight = imported(folder, "".join(rows), "".join(hosts))
        rows, hosts = rows * (1 + twice), hosts * (1 + twice)
        order.shuffle(rows)
        order.shuffle(hosts)
        shuffled = imported(folder, "".join(rows), "".join(hosts))

        assert {n: written(f) for n, f in straight.files.items()} == {n: written(f) for n, f in shuffled.files.items()}

    @given(st.text(st.characters(exclude_categories=["Cc", "Cs"]) | st.just("\n"), max_size=200))
    def test_no_text_makes_it_raise_but_a_wrong_file(self, tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
        """
        Whatever stands below `operators:`, every row is read, taken or refused.
        """
        folder = tmp_path_factory.getbasetemp()
        (folder / "facts.yaml").write_text(HEAD + "  - " + text, encoding="utf-8", errors="replace")
        found = read([folder / "facts.yaml"], Known())

        assert found.read >= found.taken


def test_every_rule_has_a_sentence() -> None:
    """
    A count without a meaning is noise.
    """
    assert [] == [name for name, sentence in IMPORTER.rules.items() if not sentence.endswith(".")]
