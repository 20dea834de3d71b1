from __future__ import annotations

import pytest

from bandcheck.database.files.device import read_device
from bandcheck.model.bands import Rat
from file_cases import FileCase, mask

HEAD = """\
name: One
brand: Acme
variants:
  V1:
    sources: [s]
"""
"""A device in five lines; what a test adds stands in line 6."""


FILE = FileCase("one.yaml", lambda fields: read_device(fields, "acme/one"))
read, record_of, problems_of = FILE.read, FILE.record_of, FILE.problems_of


class TestRecord:
    def test_the_least_that_a_device_says(self) -> None:
        """
        A name, a brand and one variant with a source: nothing is known, and nothing is claimed to be.
        """
        record = record_of(HEAD)

        assert ("acme/one", "One", "Acme", None, {}) == tuple(
            record[k] for k in ("id", "name", "brand", "released", "union")
        )
        expected = {
            "key": "V1",
            "file": "one.yaml",
            "line": 5,
            "models": ["V1"],
            "market": "",
            "sold_in": [],
            "like": None,
            "sources": ["s"],
            "modes": None,
            "complete": False,
            "volte": None,
            "volte_on": {},
            "evdo": None,
            "mfbi": None,
            "changes": [],
            "bands": {},
        }
        assert {"V1": expected} == record["variants"]

    def test_everything_that_a_device_can_say(self) -> None:
        """
        Each field of the README arrives where it belongs.
        """
        text = """\
name: One
brand: Acme
aliases: [Uno]
codenames: [unity]
released: "2015-03"
sources:
  s: {kind: news, title: T, url: "https://example.com/t", date: "2015", upstream: u}
variants:
  "2014811":
    models: ["2014811", HM2014811]
    market: XX
    sold_in: [XX, YY]
    like: "2014817"
    nr_modes: [sa]
    evdo: true
    mfbi: false
    volte: false
    volte_on: {xx/alpha: true}
    changes:
      - {since: "2015-07", bands: {lte: [2, 4]}, sources: [s]}
    notes: [Anything.]
conflicts:
  - about: market
    claims: [{says: XX, sources: [s]}, {says: YY, sources: [t]}]
"""
        record = record_of(text)
        variant = record["variants"]["2014811"]

        assert (["Uno"], ["unity"], "2015-03") == (record["aliases"], record["codenames"], record["released"])
        source = {"kind": "news", "title": "T", "url": "https://example.com/t", "date": "2015", "upstream": "u"}
        assert {"s": {**source, "line": 7}} == record["sources"]
        assert [{"about": "market", "claims": [["XX", ["s"]], ["YY", ["t"]]]}] == record["conflicts"]
        expected = {
            "models": ["2014811", "HM2014811"],
            "market": "XX",
            "sold_in": ["XX", "YY"],
            "like": "2014817",
            "modes": ["sa"],
            "evdo": True,
            "mfbi": False,
            "volte": False,
            "volte_on": {"xx/alpha": True},
            "sources": [],
        }
        assert expected == {k: variant[k] for k in expected}
        (change,) = variant["changes"]
        assert ("2015-07", mask(Rat.LTE, 2, 4)) == (change["since"], change["bands"]["lte"]["at_least"])

    @pytest.mark.parametrize(
        ("written", "at_least", "at_most"),
        [
            ("[2, 4]", [2, 4], [2, 4]),
            ("[]", [], []),
            ("{bands: [2, 4]}", [2, 4], [2, 4]),
            ("{at_most: [2, 4]}", [], [2, 4]),
            ("{at_most: []}", [], []),
            ("{at_least: [2, 4]}", [2, 4], None),
            ("{at_least: []}", [], None),
            ("{at_least: [2], at_most: [2, 4]}", [2], [2, 4]),
            ("{claims: [{bands: [2, 4], sources: [a]}, {bands: [4, 12], sources: [b]}]}", [4], [2, 4, 12]),
            ("{claims: [{bands: [2], sources: [a]}, {bands: [], sources: [b]}]}", [], [2]),
        ],
    )
    def test_a_rat_is_exact_bounded_or_disputed(
        self, written: str, at_least: list[int], at_most: list[int] | None
    ) -> None:
        """
        A list is both bounds; a bound that is not given is none; what all claims share is certain, the rest possible.
        """
        fact = record_of(HEAD + f"    bands: {{lte: {written}}}\n")["variants"]["V1"]["bands"]["lte"]
        expected = mask(Rat.LTE, *at_least), None if at_most is None else mask(Rat.LTE, *at_most)

        assert expected == (fact["at_least"], fact["at_most"])

    def test_a_rat_that_is_not_mentioned_has_no_fact(self) -> None:
        """
        Nobody knows is not the same as known to have none.
        """
        record = record_of(HEAD + "    bands: {gsm: [], cdma: [BC0], tdscdma: [39], umts: [8]}\n")
        expected = {
            "gsm": 0,
            "cdma": mask(Rat.CDMA, 0),
            "tdscdma": mask(Rat.TDSCDMA, 39),
            "umts": mask(Rat.UMTS, 8),
        }

        assert expected == {k: f["at_least"] for k, f in record["variants"]["V1"]["bands"].items()}

    def test_a_fact_without_sources_of_its_own_has_those_of_its_variant(self) -> None:
        """
        Sources stand beside the bands, on the claims, or on the variant; the nearest ones count.
        """
        text = (
            "    bands:\n      gsm: [900]\n      umts: {bands: [1], sources: [own]}\n"
            "      lte: {claims: [{bands: [1], sources: [a, b]}, {bands: [3], sources: [b, c]}]}\n"
        )
        facts = record_of(HEAD + text)["variants"]["V1"]["bands"]

        assert {"gsm": ["s"], "umts": ["own"], "lte": ["a", "b", "c"]} == {k: f["sources"] for k, f in facts.items()}
        assert [["lte 1", ["a", "b"]], ["lte 3", ["b", "c"]]] == facts["lte"]["claims"]

    def test_a_union_has_one_list_of_sources(self) -> None:
        """
        The merged sheet's sources are those of each of its RATs.
        """
        union = record_of(HEAD + "union: {gsm: [900], lte: [], sources: [sheet]}\n")["union"]

        assert {"gsm": ["sheet"], "lte": ["sheet"]} == {k: f["sources"] for k, f in union.items()}

    def test_a_variant_without_model_number_says_so(self) -> None:
        """
        The key is a model number unless `models` says otherwise; an empty list says that it is a word.
        """
        record = record_of(HEAD + "  china:\n    models: []\n    sources: [s]\n")

        assert [["V1"], []] == [v["models"] for v in record["variants"].values()]


class TestProblems:
    @pytest.mark.parametrize(
        ("line", "expected"),
        [
            ("market: 5", ["6 variants.V1.market: expected text, got the number 5"]),
            ("market: ''", ["6 variants.V1.market: expected text, got ''"]),
            ("market:", ["6 variants.V1.market: expected text, got nothing"]),
            ("markt: XX", ["6 variants.V1.markt: unknown field `markt`"]),
            ("colour: red", ["6 variants.V1.colour: unknown field `colour`"]),
            ("models: [2014811]", ["6 variants.V1.models[0]: expected text, got the number 2014811"]),
            ("models: 2014811", ["6 variants.V1.models: expected a list, got the number 2014811"]),
            ("models: [A, A]", ["6 variants.V1.models[1]: 'A' is listed twice"]),
            (
                "models: ['', [A]]",
                [
                    "6 variants.V1.models[0]: expected text, got ''",
                    "6 variants.V1.models[1]: expected text, got a list",
                ],
            ),
            (
                "sold_in: [us, USA]",
                [
                    "6 variants.V1.sold_in: 'USA' is not a country code",
                    "6 variants.V1.sold_in: 'us' is not a country code",
                ],
            ),
            ("sold_in: [XX, XX]", ["6 variants.V1.sold_in[1]: 'XX' is listed twice"]),
            ("sold_in: US", ["6 variants.V1.sold_in: expected a list, got 'US'"]),
            ("like: 5", ["6 variants.V1.like: expected text, got the number 5"]),
            ("evdo: yes", ["6 variants.V1.evdo: expected true or false, got 'yes'"]),
            ("volte: 1", ["6 variants.V1.volte: expected true or false, got the number 1"]),
            ("mfbi: null", ["6 variants.V1.mfbi: expected true or false, got nothing"]),
            ("nr_modes: [nsa, SA]", ["6 variants.V1.nr_modes: expected nsa or sa, got 'SA'"]),
            ("nr_modes: nsa", ["6 variants.V1.nr_modes: expected a list, got 'nsa'"]),
            ("volte_on: [xx/alpha]", ["6 variants.V1.volte_on: expected a mapping, got a list"]),
            ("volte_on: {xx/alpha: maybe}", ["6 variants.V1.volte_on.xx/alpha: expected true or false, got 'maybe'"]),
            ("notes: text", ["6 variants.V1.notes: expected a list, got 'text'"]),
            ("bands: [1]", ["6 variants.V1.bands: expected a mapping, got a list"]),
            ("bands: {lte: 4}", ["6 variants.V1.bands.lte: expected a list of lte bands, got the number 4"]),
            ("bands: {lte: B4}", ["6 variants.V1.bands.lte: expected a list of lte bands, got 'B4'"]),
            ("bands: {lte: null}", ["6 variants.V1.bands.lte: expected a list of lte bands, got nothing"]),
            ("bands: {lte: [B4]}", ["6 variants.V1.bands.lte[0]: expected a band number, got 'B4'"]),
            (
                "bands: {lte: ['4', true, null, 4.5]}",
                [
                    "6 variants.V1.bands.lte[0]: expected a band number, got '4'",
                    "6 variants.V1.bands.lte[1]: expected a band number, got true",
                    "6 variants.V1.bands.lte[2]: expected a band number, got nothing",
                    "6 variants.V1.bands.lte[3]: expected a band number, got '4.5'",
                ],
            ),
            ("bands: {lte: [4, 2]}", ["6 variants.V1.bands.lte[1]: band 2 is repeated or out of order"]),
            ("bands: {lte: [2, 2]}", ["6 variants.V1.bands.lte[1]: band 2 is repeated or out of order"]),
            (
                "bands: {lte: [-1, 0, 256]}",
                [
                    "6 variants.V1.bands.lte[0]: LTE -1 does not exist",
                    "6 variants.V1.bands.lte[1]: LTE 0 does not exist",
                    "6 variants.V1.bands.lte[2]: LTE 256 does not exist",
                ],
            ),
            ("bands: {gsm: [950]}", ["6 variants.V1.bands.gsm[0]: GSM 950 does not exist"]),
            ("bands: {gsm: [1900, 850]}", ["6 variants.V1.bands.gsm[1]: band 850 is repeated or out of order"]),
            ("bands: {cdma: [0]}", ["6 variants.V1.bands.cdma[0]: expected BC0, BC1 ..., got the number 0"]),
            (
                "bands: {cdma: [bc0, BC24]}",
                [
                    "6 variants.V1.bands.cdma[0]: expected BC0, BC1 ..., got 'bc0'",
                    "6 variants.V1.bands.cdma[1]: CDMA 24 does not exist",
                ],
            ),
            ("bands: {cdma: [BC1, BC0]}", ["6 variants.V1.bands.cdma[1]: band BC0 is repeated or out of order"]),
            ("bands: {tdscdma: [1]}", ["6 variants.V1.bands.tdscdma[0]: TD-SCDMA 1 does not exist"]),
            ("bands: {umts: [99]}", ["6 variants.V1.bands.umts[0]: UMTS 99 does not exist"]),
            ("bands: {nr: [n78]}", ["6 variants.V1.bands.nr[0]: expected a band number, got 'n78'"]),
            ("bands: {LTE: [4]}", ["6 variants.V1.bands.LTE: unknown field `LTE`"]),
            ("bands: {lte: {}}", ["6 variants.V1.bands.lte: no bands"]),
            (
                "bands: {lte: {at_most: [2], at_least: [4]}}",
                ["6 variants.V1.bands.lte.at_least: bands [4] are not in at_most"],
            ),
            ("bands: {lte: {at_most: 5}}", ["6 variants.V1.bands.lte.at_most: expected a list, got the number 5"]),
            (
                "bands: {lte: {atmost: [2]}}",
                ["6 variants.V1.bands.lte: no bands", "6 variants.V1.bands.lte.atmost: unknown field `atmost`"],
            ),
            ("bands: {lte: {bands: [2], sorces: [s]}}", ["6 variants.V1.bands.lte.sorces: unknown field `sorces`"]),
            ("bands: {lte: {claims: []}}", ["6 variants.V1.bands.lte.claims: 0 claims make no disagreement"]),
            (
                "bands: {lte: {claims: [{bands: [2], sources: [s]}]}}",
                ["6 variants.V1.bands.lte.claims: 1 claims make no disagreement"],
            ),
            (
                "bands: {lte: {claims: [{bands: [2], sources: [s]}, {sources: [s]}]}}",
                [
                    "6 variants.V1.bands.lte.claims: 1 claims make no disagreement",
                    "6 variants.V1.bands.lte.claims[1].bands: a claim without bands",
                ],
            ),
            (
                "bands: {lte: {claims: [{bands: [2]}, {bands: [B3], sources: []}]}}",
                [
                    "6 variants.V1.bands.lte.claims[0]: `sources` is missing",
                    "6 variants.V1.bands.lte.claims[1].bands[0]: expected a band number, got 'B3'",
                    "6 variants.V1.bands.lte.claims[1].sources: no source",
                ],
            ),
            ("changes: {since: '2015'}", ["6 variants.V1.changes: expected a list, got a mapping"]),
            ("changes: [{bands: {lte: [2]}, sources: [s]}]", ["6 variants.V1.changes[0]: `since` is missing"]),
            (
                "changes: [{since: 2015, bands: {lte: [2]}, sources: [s]}]",
                ["6 variants.V1.changes[0].since: expected a date as text, got the number 2015"],
            ),
            (
                "changes: [{since: '2015-02-30', bands: {lte: [2]}, sources: [s]}]",
                ["6 variants.V1.changes[0].since: '2015-02-30' is not a date that exists"],
            ),
            ("changes: [{since: '2015', sources: [s]}]", ["6 variants.V1.changes[0]: `bands` is missing"]),
            (
                "changes: [{since: '2015', bands: {lte: [4, 2]}, note: x}]",
                [
                    "6 variants.V1.changes[0]: `sources` is missing",
                    "6 variants.V1.changes[0].bands.lte[1]: band 2 is repeated or out of order",
                    "6 variants.V1.changes[0].note: unknown field `note`",
                ],
            ),
        ],
    )
    def test_what_is_wrong_in_a_variant(self, line: str, expected: list[str]) -> None:
        """
        Each structural problem of a variant is named with its line, its path and what was found.
        """
        assert expected == problems_of(f"{HEAD}    {line}\n")

    @pytest.mark.parametrize(
        ("line", "expected"),
        [
            ("released: 2015", ["6 released: expected a date as text, got the number 2015"]),
            ("released: '2015-13'", ["6 released: '2015-13' is not a date that exists"]),
            ("released: '2015-02-30'", ["6 released: '2015-02-30' is not a date that exists"]),
            ("released: 'March 2015'", ["6 released: 'March 2015' is not a date that exists"]),
            ("released: null", ["6 released: expected a date, got nothing"]),
            ("relased: '2015'", ["6 relased: unknown field `relased`"]),
            ("id: acme/one", ["6 id: unknown field `id`"]),
            ("aliases: Uno", ["6 aliases: expected a list, got 'Uno'"]),
            ("aliases: [1]", ["6 aliases[0]: expected text, got the number 1"]),
            ("codenames: [a, a]", ["6 codenames[1]: 'a' is listed twice"]),
            ("sources: []", ["6 sources: expected a mapping, got a list"]),
            ("sources: {s: x}", ["6 sources.s: expected a mapping, got 'x'"]),
            ("sources: {s: {}}", ["6 sources.s: `kind` is missing", "6 sources.s: `title` is missing"]),
            (
                "sources: {s: {kind: news, title: T, date: 2015, urL: x}}",
                [
                    "6 sources.s.date: expected a date as text, got the number 2015",
                    "6 sources.s.urL: unknown field `urL`",
                ],
            ),
            ("union: [1]", ["6 union: expected a mapping, got a list"]),
            ("union: {lte: [3]}", ["6 union: `sources` is missing"]),
            ("union: {lte: [3], sources: []}", ["6 union.sources: no source"]),
            ("union: {lte: [4, 3], sources: [s]}", ["6 union.lte[1]: band 3 is repeated or out of order"]),
            ("union: {foo: [4], sources: [s]}", ["6 union.foo: unknown field `foo`"]),
            ("conflicts: {about: x}", ["6 conflicts: expected a list, got a mapping"]),
            ("conflicts: [{about: x}]", ["6 conflicts[0].claims: 0 claims make no conflict"]),
            (
                "conflicts: [{claims: [{says: a, sources: [s]}, {says: 1}]}]",
                [
                    "6 conflicts[0]: `about` is missing",
                    "6 conflicts[0].claims[1]: `sources` is missing",
                    "6 conflicts[0].claims[1].says: expected text, got the number 1",
                ],
            ),
        ],
    )
    def test_what_is_wrong_in_a_device(self, line: str, expected: list[str]) -> None:
        """
        Each structural problem beside the variants likewise.
        """
        assert expected == problems_of(f"{HEAD}{line}\n")

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("name: One\nbrand: Acme\n", ["1: `variants` is missing"]),
            ("name: One\nbrand: Acme\nvariants: {}\n", ["3 variants: no variant"]),
            ("name: One\nbrand: Acme\nvariants: []\n", ["3 variants: expected a mapping, got a list"]),
            ("name: One\nbrand: Acme\nvariants: {V1: }\n", ["3 variants.V1: expected a mapping, got nothing"]),
            ("name: One\nbrand: Acme\nvariants: {V1: {}}\n", ["3 variants.V1.sources: no source"]),
            ("name: One\nbrand: Acme\nvariants: {V1: {sources: []}}\n", ["3 variants.V1.sources: no source"]),
            (
                "name: 1\nbrand:\nvariants: {V1: {sources: [s]}}\n",
                ["1 name: expected text, got the number 1", "2 brand: expected text, got nothing"],
            ),
            (
                "nam: One\n",
                [
                    "1: `brand` is missing",
                    "1: `name` is missing",
                    "1: `variants` is missing",
                    "1 nam: unknown field `nam`",
                ],
            ),
        ],
    )
    def test_what_a_device_cannot_be_without(self, text: str, expected: list[str]) -> None:
        """
        A name, a brand, and one variant with a source; what is missing is named by the line of what it is missing in.
        """
        assert expected == problems_of(text)

    @pytest.mark.parametrize(
        ("line", "cure"),
        [
            ("    models: [2014811]", 'Put it in quotes: "2014811".'),
            ("released: 2015", 'Put it in quotes: "2015".'),
            ("    markt: XX", "Did you mean `market`?"),
            ("    band: {lte: [4]}", "Did you mean `bands`?"),
            ("relased: '2015'", "Did you mean `released`?"),
            ("    bands: {lte: [4, 2]}", "Run: bandcheck data fmt."),
            ("    bands: {lte: [B4]}", "Write lte bands by number, without a letter."),
            ("    bands: {cdma: [0]}", "Write BC0."),
            ("    bands: {gsm: [950]}", "Expected one of GSM 450, 480, 750, 810, 850, 900, 1800, 1900."),
            ("    bands: {nr: [n1]}", "Write nr bands by number, without a letter."),
            ("    bands: {foo: []}", "Known here: cdma, gsm, lte, nr, tdscdma, umts."),
            ("sources: {s: {kind: newss, title: T}}", "Write news."),
            ("sources: {s: {kind: news, title: T, utl: x}}", "Did you mean `url`?"),
        ],
    )
    def test_a_problem_tells_its_cure(self, line: str, cure: str) -> None:
        """
        What to write instead, as exactly as can be known.
        """
        _, (problem,) = read(f"{HEAD}{line}\n")

        assert cure == problem.cure

    def test_all_problems_are_found_at_once_each_in_its_line(self) -> None:
        """
        One bad field does not hide the next.
        """
        text = """\
name: 1
brand: Acme
relased: "2015"
sources:
  s: {kind: newspaper, title: T}
union:
  lte: [7, 3]
variants:
  2014811:
    models: [2014811]
    sold_in: [us]
    sources: [s]
    bands:
      gsm: [900, 950]
      lte:
        - 3
        - B7
  V2:
    volte: maybe
conflicts:
  - about: x
    claims:
      - {says: a, sources: [s]}
"""
        expected = [
            "1 name: expected text, got the number 1",
            "3 relased: unknown field `relased`",
            "5 sources.s.kind",
            "7 union: `sources` is missing",
            "7 union.lte[1]: band 3 is repeated or out of order",
            "10 variants.2014811.models[0]: expected text, got the number 2014811",
            "11 variants.2014811.sold_in: 'us' is not a country code",
            "14 variants.2014811.bands.gsm[1]: GSM 950 does not exist",
            "17 variants.2014811.bands.lte[1]: expected a band number, got 'B7'",
            "19 variants.V2.sources: no source",
            "19 variants.V2.volte: expected true or false, got 'maybe'",
            "22 conflicts[0].claims: 1 claims make no conflict",
        ]

        assert expected == [p.split(": expected one of")[0] for p in problems_of(text)]
