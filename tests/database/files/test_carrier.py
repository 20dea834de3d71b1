from __future__ import annotations

import pytest

from bandcheck.database.files.carrier import read_carrier
from bandcheck.model.bands import FIELD, Rat
from file_cases import FileCase, mask

NETWORK = "name: Alpha\nkind: network\n"
MVNO = "name: Virtual\nkind: mvno\n"
LTE = NETWORK + "plan:\n  lte:\n    - "
"""A network up to its first LTE deployment, which stands in line 5."""


FILE = FileCase("alpha.yaml", lambda fields: read_carrier(fields, "xx/alpha"))
read, record_of, problems_of = FILE.read, FILE.record_of, FILE.problems_of


def span(**dates: object) -> dict[str, object]:
    """
    The dates of a fact, as records have them.
    """
    return {**dict.fromkeys(("since", "by", "after", "until", "seen", "unlisted")), "announced": False, **dates}


class TestRecord:
    def test_the_least_that_a_network_says(self) -> None:
        """
        A RAT that the plan does not mention is unknown, and so is standalone NR.
        """
        record = record_of(NETWORK + "plan: {}\n")

        assert ("xx/alpha", "Alpha", "network", {}, None, [], []) == tuple(
            record[k] for k in ("id", "name", "kind", "plan", "standalone", "hosts", "plmns")
        )

    def test_a_rat_known_to_be_none_is_not_one_that_nobody_knows(self) -> None:
        """
        `[]` is recorded, and so is `standalone: []`.
        """
        record = record_of(NETWORK + "plan: {cdma: [], nr: []}\nstandalone: []\n")

        assert ({"cdma": [], "nr": []}, []) == (record["plan"], record["standalone"])

    def test_everything_that_a_deployment_can_say(self) -> None:
        """
        Each field of the README arrives where it belongs.
        """
        text = """\
      band: 12
      by: "2015"
      after: "2014-10"
      until: "2030-01-01"
      announced: true
      seen: "2024-09-09"
      role: coverage
      extent: markets
      mfbi: [17]
      mfbi_since: "2015-08-14"
      block: {uplink_khz: [699000, 704000], downlink_khz: [729000, 734000]}
      beyond: [umts]
      sources: [s]
      note: Anything.
"""
        (found,) = record_of(LTE + text.lstrip())["plan"]["lte"]
        expected = {
            "bands": mask(Rat.LTE, 12),
            "prefer": None,
            "live": span(by="2015", after="2014-10", until="2030-01-01", announced=True, seen="2024-09-09"),
            "role": "coverage",
            "extent": "markets",
            "mfbi": mask(Rat.LTE, 17),
            "mfbi_since": "2015-08-14",
            "block": {"uplink_khz": [699000, 704000], "downlink_khz": [729000, 734000]},
            "evdo": None,
            "beyond": ["umts"],
            "sources": ["s"],
            "line": 5,
        }

        assert expected == found

    def test_a_source_may_have_stopped_listing_it(self) -> None:
        """
        After its last sighting, or in the same month.
        """
        (later,) = record_of(LTE + "{band: 4, by: '2013', seen: '2015', unlisted: '2016', sources: [s]}\n")["plan"][
            "lte"
        ]
        (same,) = record_of(LTE + "{band: 4, by: '2013-05-07', unlisted: '2013-05', sources: [s]}\n")["plan"]["lte"]

        assert span(by="2013", seen="2015", unlisted="2016") == later["live"]
        assert span(by="2013-05-07", unlisted="2013-05") == same["live"]

    @pytest.mark.parametrize(
        ("rat", "written", "bands", "prefer"),
        [
            (Rat.LTE, "band: 4", [4], None),
            (Rat.LTE, "any_of: [12, 13, 17]", [12, 13, 17], None),
            (Rat.LTE, "any_of: [12, 13, 17], prefer: 17", [12, 13, 17], 17),
            (Rat.CDMA, "band: BC0, evdo: true", [0], None),
            (Rat.CDMA, "any_of: [BC0, BC1], prefer: BC1", [0, 1], 1),
            (Rat.GSM, "band: 1900", [1900], None),
            (Rat.TDSCDMA, "band: 39", [39], None),
            (Rat.NR, "band: 261", [261], None),
        ],
    )
    def test_a_deployment_is_of_one_band_or_of_one_among_several(
        self, rat: Rat, written: str, bands: list[int], prefer: int | None
    ) -> None:
        """
        Band numbers are written as in band lists, whichever the RAT.
        """
        text = f"{NETWORK}plan: {{{rat.value}: [{{{written}, since: '2013', sources: [s]}}]}}\n"
        (found,) = record_of(text)["plan"][rat.value]

        assert (mask(rat, *bands), prefer) == (found["bands"], found["prefer"])

    def test_an_unknown_band_may_be_any(self) -> None:
        """
        `band: unknown` is every band of the RAT.
        """
        (found,) = record_of(LTE + "{band: unknown, since: '2013', sources: [s]}\n")["plan"]["lte"]

        assert FIELD[Rat.LTE] == found["bands"]

    def test_broadcasting_none_is_not_unknown(self) -> None:
        """
        `mfbi: []` is known; without it nobody knows.
        """
        text = LTE + "{band: 4, since: '2013', mfbi: [], sources: [s]}\n    - {band: 5, since: '2013', sources: [s]}\n"

        assert [0, None] == [d["mfbi"] for d in record_of(text)["plan"]["lte"]]

    def test_a_policy_says_whom_it_is_about(self) -> None:
        """
        Each condition of `phones` arrives; none at all is every phone.
        """
        text = (
            "policies:\n  - {name: N, effect: refused, since: '2022', says: X, sources: [s], phones: {volte: false, "
            "devices: [a/b], models: [M], not_devices: [c/d], without: [lte], sold_in: [XX], not_sold_in: [YY]}}\n"
            "emergency:\n  - {name: E, effect: accepted, by: '2023', says: Y, sources: [t]}\n"
        )
        record = record_of(NETWORK + "plan: {}\n" + text)
        phones = {
            "volte": False,
            "devices": ["a/b"],
            "models": ["M"],
            "not_devices": ["c/d"],
            "without": ["lte"],
            "sold_in": ["XX"],
            "not_sold_in": ["YY"],
        }
        policy = {"name": "N", "effect": "refused", "says": "X", "sources": ["s"], "line": 5}
        rule = {"name": "E", "effect": "accepted", "says": "Y", "sources": ["t"], "line": 7}

        assert [{**policy, "live": span(since="2022"), "phones": phones}] == record["policies"]
        assert [{**rule, "live": span(by="2023"), "phones": {}}] == record["emergency"]

    def test_an_mvno_has_hosts_with_or_without_a_name_for_them(self) -> None:
        """
        A host is an id, or an id with the MVNO's own name for it.
        """
        text = """\
hosts:
  - {as_of: "2016-02", networks: [xx/alpha], sources: [s]}
  - as_of: "2026"
    networks: [{carrier: xx/alpha, brand: Light}, xx/beta]
    sources: [t]
"""
        expected = [
            {"as_of": "2016-02", "networks": [["xx/alpha", ""]], "sources": ["s"], "line": 4, "partial": False},
            {
                "as_of": "2026",
                "networks": [["xx/alpha", "Light"], ["xx/beta", ""]],
                "sources": ["t"],
                "line": 5,
                "partial": False,
            },
        ]

        assert expected == record_of(MVNO + text)["hosts"]

    def test_a_plmn_keeps_its_digits(self) -> None:
        """
        MNC 26 and 026 are two; a PLMN is text.
        """
        record = record_of(NETWORK + 'plan: {}\nplmns: ["001-26", "001-026"]\n')

        assert ["001-26", "001-026"] == record["plmns"]

    def test_an_end_may_fall_into_the_year_of_the_start(self) -> None:
        """
        Coarse dates that can be in order are in order.
        """
        (found,) = record_of(LTE + "{band: 4, since: '2013', until: '2013', sources: [s]}\n")["plan"]["lte"]

        assert span(since="2013", until="2013") == found["live"]

    def test_what_is_known_of_a_rat_as_a_whole(self) -> None:
        """
        `rats` has dates and sources by RAT, and a network that has it needs no plan.
        """
        record = record_of(
            NETWORK + "rats:\n  umts: {since: '2006', until: '2022-07-01', announced: true, sources: [s]}\n"
        )
        live = span(since="2006", until="2022-07-01", announced=True)

        assert ({"umts": {"live": live, "sources": ["s"], "line": 4}}, {}) == (record["rats"], record["plan"])


class TestProblems:
    @pytest.mark.parametrize(
        ("written", "expected"),
        [
            ("umts: {sources: [s]}", ["4 rats.umts: no date"]),
            ("umts: {until: '2022'}", ["4 rats.umts: `sources` is missing"]),
            ("umts: {until: '2022', band: 1, sources: [s]}", ["4 rats.umts.band: unknown field `band`"]),
            ("3g: {until: '2022', sources: [s]}", ["4 rats.3g: unknown field `3g`", "1: `plan` is missing"]),
            ("umts: '2022'", ["4 rats.umts: expected a mapping, got '2022'", "1: `plan` is missing"]),
            (
                "umts: {since: '2022', until: '2021', sources: [s]}",
                ["4 rats.umts.until: it ends on 2021, before it begins (2022)"],
            ),
        ],
    )
    def test_the_dates_of_a_rat(self, written: str, expected: list[str]) -> None:
        """
        Each problem names the RAT and its line.
        """
        assert sorted(expected) == sorted(problems_of(f"{NETWORK}rats:\n  {written}\n"))

    def test_an_mvno_has_no_rats(self) -> None:
        """
        It has no network of its own.
        """
        hosts = "hosts: [{as_of: '2016', networks: [xx/alpha], sources: [s]}]\n"
        text = MVNO + hosts + "rats: {umts: {until: '2022', sources: [s]}}\n"

        assert ["4 rats: an MVNO has no network of its own"] == problems_of(text)

    @pytest.mark.parametrize(
        ("written", "expected"),
        [
            ("B4", ["5 plan.lte[0]: expected a mapping, got 'B4'"]),
            ("{since: '2013', sources: [s]}", ["5 plan.lte[0]: no `band`"]),
            (
                "{band: null, since: '2013', sources: [s]}",
                ["5 plan.lte[0].band: expected a band number, got nothing"],
            ),
            ("{band: B4, since: '2013', sources: [s]}", ["5 plan.lte[0].band: expected a band number, got 'B4'"]),
            (
                "{band: Unknown, since: '2013', sources: [s]}",
                ["5 plan.lte[0].band: expected a band number, got 'Unknown'"],
            ),
            ("{band: 400, since: '2013', sources: [s]}", ["5 plan.lte[0].band: LTE 400 does not exist"]),
            ("{band: [4], since: '2013', sources: [s]}", ["5 plan.lte[0].band: expected a band number, got a list"]),
            (
                "{bnd: 4, since: '2013', sources: [s]}",
                ["5 plan.lte[0]: no `band`", "5 plan.lte[0].bnd: unknown field `bnd`"],
            ),
            (
                "{band: 4, any_of: [4, 66], since: '2013', sources: [s]}",
                ["5 plan.lte[0].band: both `band` and `any_of`"],
            ),
            (
                "{any_of: [66, 4], since: '2013', sources: [s]}",
                ["5 plan.lte[0].any_of[1]: band 4 is repeated or out of order"],
            ),
            (
                "{any_of: [], since: '2013', sources: [s]}",
                ["5 plan.lte[0].any_of: fewer than two bands to choose from"],
            ),
            (
                "{any_of: [12], since: '2013', sources: [s]}",
                ["5 plan.lte[0].any_of: fewer than two bands to choose from"],
            ),
            ("{any_of: 4, since: '2013', sources: [s]}", ["5 plan.lte[0].any_of: expected a list, got the number 4"]),
            (
                "{any_of: [12, 17], prefer: 5, since: '2013', sources: [s]}",
                ["5 plan.lte[0].prefer: expected one of `any_of`, got the number 5"],
            ),
            (
                "{any_of: [12, 17], prefer: B17, since: '2013', sources: [s]}",
                ["5 plan.lte[0].prefer: expected one of `any_of`, got 'B17'"],
            ),
            (
                "{any_of: [12, 17], prefer: true, since: '2013', sources: [s]}",
                ["5 plan.lte[0].prefer: expected one of `any_of`, got true"],
            ),
            (
                "{band: 12, prefer: 12, since: '2013', sources: [s]}",
                ["5 plan.lte[0].prefer: expected one of `any_of`, got the number 12"],
            ),
            ("{band: 4, sources: [s]}", ["5 plan.lte[0]: no start"]),
            (
                "{band: 4, since: 2013, sources: [s]}",
                ["5 plan.lte[0].since: expected a date as text, got the number 2013"],
            ),
            (
                "{band: 4, since: '2013-04-31', sources: [s]}",
                ["5 plan.lte[0].since: '2013-04-31' is not a date that exists"],
            ),
            (
                "{band: 4, since: 13 March 2013, sources: [s]}",
                ["5 plan.lte[0].since: '13 March 2013' is not a date that exists"],
            ),
            ("{band: 4, since: null, sources: [s]}", ["5 plan.lte[0].since: expected a date, got nothing"]),
            ("{band: 4, since: '2013', by: '2014', sources: [s]}", ["5 plan.lte[0].by: both `since` and `by`"]),
            ("{band: 4, since: '2013', after: '2012', sources: [s]}", ["5 plan.lte[0].after: `after` without `by`"]),
            (
                "{band: 4, after: '2012', sources: [s]}",
                ["5 plan.lte[0]: no start", "5 plan.lte[0].after: `after` without `by`"],
            ),
            (
                "{band: 4, after: '2014', by: '2013', sources: [s]}",
                ["5 plan.lte[0].after: not before 2014, yet live by 2013"],
            ),
            (
                "{band: 4, since: '2013', announced: true, sources: [s]}",
                ["5 plan.lte[0].announced: an announced end without `until`"],
            ),
            (
                "{band: 4, since: '2013', until: '2014', announced: soon, sources: [s]}",
                ["5 plan.lte[0].announced: expected true or false, got 'soon'"],
            ),
            (
                "{band: 4, since: '2013', until: '2012', sources: [s]}",
                ["5 plan.lte[0].until: it ends on 2012, before it begins (2013)"],
            ),
            (
                "{band: 4, by: '2013-05', until: '2013-04-30', sources: [s]}",
                ["5 plan.lte[0].until: it ends on 2013-04-30, before it begins (2013-05)"],
            ),
            (
                "{band: 4, since: '2013', until: 2014, sources: [s]}",
                ["5 plan.lte[0].until: expected a date as text, got the number 2014"],
            ),
            (
                "{band: 4, since: '2013', seen: x, sources: [s]}",
                ["5 plan.lte[0].seen: 'x' is not a date that exists"],
            ),
            (
                "{band: 4, since: '2013', role: main, sources: [s]}",
                ["5 plan.lte[0].role: expected one of core, coverage, capacity, got 'main'"],
            ),
            (
                "{band: 4, since: '2013', extent: national, sources: [s]}",
                ["5 plan.lte[0].extent: expected one of nationwide, markets, sites, got 'national'"],
            ),
            (
                "{band: 4, since: '2013', mfbi: 12, sources: [s]}",
                ["5 plan.lte[0].mfbi: expected a list, got the number 12"],
            ),
            (
                "{band: 4, since: '2013', mfbi: [B12], sources: [s]}",
                ["5 plan.lte[0].mfbi[0]: expected a band number, got 'B12'"],
            ),
            (
                "{band: 4, since: '2013', mfbi_since: '2015', sources: [s]}",
                ["5 plan.lte[0].mfbi_since: a date without `mfbi`"],
            ),
            (
                "{band: 4, since: '2013', mfbi: [66], mfbi_since: 2015, sources: [s]}",
                ["5 plan.lte[0].mfbi_since: expected a date as text, got the number 2015"],
            ),
            (
                "{band: 4, since: '2013', block: [1, 2], sources: [s]}",
                ["5 plan.lte[0].block: expected a mapping, got a list"],
            ),
            (
                "{band: 4, since: '2013', block: {uplink_khz: [2, 1]}, sources: [s]}",
                ["5 plan.lte[0].block.uplink_khz: expected two rising numbers of kHz, got [2, 1]"],
            ),
            (
                "{band: 4, since: '2013', block: {downlink_khz: [2110.5, 2115]}, sources: [s]}",
                ["5 plan.lte[0].block.downlink_khz: expected two rising numbers of kHz, got ['2110.5', 2115]"],
            ),
            (
                "{band: 4, since: '2013', block: {uplink_khz: [1, 2, 3]}, sources: [s]}",
                ["5 plan.lte[0].block.uplink_khz: expected two rising numbers of kHz, got [1, 2, 3]"],
            ),
            (
                "{band: 4, since: '2013', block: {uplink_khz: [false, true]}, sources: [s]}",
                ["5 plan.lte[0].block.uplink_khz: expected two rising numbers of kHz, got [False, True]"],
            ),
            (
                "{band: 4, since: '2013', block: {uplink_mhz: [1, 2]}, sources: [s]}",
                ["5 plan.lte[0].block.uplink_mhz: unknown field `uplink_mhz`"],
            ),
            (
                "{band: 4, since: '2013', evdo: true, sources: [s]}",
                ["5 plan.lte[0].evdo: EV-DO belongs to CDMA, not to lte"],
            ),
            ("{band: 4, since: '2013', beyond: [4g], sources: [s]}", ["5 plan.lte[0].beyond: '4g' is not a RAT"]),
            (
                "{band: 4, since: '2013', beyond: lte, sources: [s]}",
                ["5 plan.lte[0].beyond: expected a list, got 'lte'"],
            ),
            (
                "{band: 4, by: '2013', seen: '2015', unlisted: '2014-05', sources: [s]}",
                ["5 plan.lte[0].unlisted: no longer listed on 2014-05, yet seen 2015"],
            ),
            (
                "{band: 4, by: '2013', unlisted: '2012-05', sources: [s]}",
                ["5 plan.lte[0].unlisted: no longer listed on 2012-05, yet by 2013"],
            ),
            ("{band: 4, since: '2013'}", ["5 plan.lte[0]: `sources` is missing"]),
            ("{band: 4, since: '2013', sources: s}", ["5 plan.lte[0].sources: expected a list, got 's'"]),
            ("{band: 4, since: '2013', sources: []}", ["5 plan.lte[0].sources: no source"]),
            ("{band: 4, since: '2013', sources: [s, s]}", ["5 plan.lte[0].sources[1]: 's' is listed twice"]),
        ],
    )
    def test_what_is_wrong_in_a_deployment(self, written: str, expected: list[str]) -> None:
        """
        Each structural problem of a deployment is named with its line, its path and what was found.
        """
        assert expected == problems_of(f"{LTE}{written}\n")

    @pytest.mark.parametrize(
        ("line", "expected"),
        [
            ("plan: []", ["3 plan: expected a mapping, got a list"]),
            ("plan: {lte: 4}", ["3 plan.lte: expected a list, got the number 4"]),
            ("plan: {lte: {band: 4}}", ["3 plan.lte: expected a list, got a mapping"]),
            ("plan: {lte: null}", ["3 plan.lte: expected a list, got nothing"]),
            ("plan: {LTE: []}", ["3 plan.LTE: unknown field `LTE`"]),
            (
                "plan: {cdma: [{band: 0, since: '2013', sources: [s]}]}",
                ["3 plan.cdma[0].band: expected BC0, BC1 ..., got the number 0"],
            ),
            (
                "plan: {cdma: [{any_of: [BC0, BC1], prefer: 1, since: '2013', sources: [s]}]}",
                ["3 plan.cdma[0].prefer: expected one of `any_of`, got the number 1"],
            ),
            (
                "plan: {gsm: [{band: 950, since: '2013', sources: [s]}]}",
                ["3 plan.gsm[0].band: GSM 950 does not exist"],
            ),
        ],
    )
    def test_what_is_wrong_in_a_plan(self, line: str, expected: list[str]) -> None:
        """
        Each structural problem of the plan likewise.
        """
        assert expected == problems_of(f"{NETWORK}{line}\n")

    @pytest.mark.parametrize(
        ("line", "expected"),
        [
            ("plmns: [310260]", ["4 plmns[0]: expected text, got the number 310260"]),
            (
                "plmns: ['310260', 31-0260, 310-2600, 310-2]",
                [
                    "4 plmns: '31-0260' is not a PLMN",
                    "4 plmns: '310-2' is not a PLMN",
                    "4 plmns: '310-2600' is not a PLMN",
                    "4 plmns: '310260' is not a PLMN",
                ],
            ),
            ("plmns: ['310-26', '310-26']", ["4 plmns[1]: '310-26' is listed twice"]),
            ("plmns: '310-260'", ["4 plmns: expected a list, got '310-260'"]),
            ("aliases: [1]", ["4 aliases[0]: expected text, got the number 1"]),
            ("notes: x", ["4 notes: expected a list, got 'x'"]),
            ("kinds: x", ["4 kinds: unknown field `kinds`"]),
            (
                "hosts: [{as_of: '2016', networks: [xx/beta], sources: [s]}]",
                ["4 hosts: a network operator with hosts"],
            ),
            ("standalone: {since: '2020', sources: [s]}", ["4 standalone: expected a list, got a mapping"]),
            ("standalone: [{since: '2020'}]", ["4 standalone[0]: `sources` is missing"]),
            (
                "standalone: [{since: '2020', until: '2019', sources: [s], x: y}]",
                [
                    "4 standalone[0].until: it ends on 2019, before it begins (2020)",
                    "4 standalone[0].x: unknown field `x`",
                ],
            ),
            ("standalone: null", ["4 standalone: expected a list, got nothing"]),
            ("policies: {}", ["4 policies: expected a list, got a mapping"]),
            (
                "policies: [{}]",
                [
                    "4 policies[0]: `effect` is missing",
                    "4 policies[0]: `name` is missing",
                    "4 policies[0]: `says` is missing",
                    "4 policies[0]: `sources` is missing",
                    "4 policies[0]: no start",
                ],
            ),
            (
                "policies: [{name: N, effect: denied, since: '2022', says: X, sources: [s]}]",
                ["4 policies[0].effect: expected one of accepted, conditional, refused, got 'denied'"],
            ),
            ("policies: [{name: N, effect: refused, says: X, sources: [s]}]", ["4 policies[0]: no start"]),
            (
                "policies: [{name: N, effect: refused, since: '2022', until: '2021', says: X, sources: [], why: x}]",
                [
                    "4 policies[0].sources: no source",
                    "4 policies[0].until: it ends on 2021, before it begins (2022)",
                    "4 policies[0].why: unknown field `why`",
                ],
            ),
            (
                "policies: [{name: N, effect: refused, since: '2022', says: X, sources: [s], phones: {volte: no}}]",
                ["4 policies[0].phones.volte: expected true or false, got 'no'"],
            ),
            (
                "policies: [{name: N, effect: refused, since: '2022', says: X, sources: [s], phones: [x]}]",
                ["4 policies[0].phones: expected a mapping, got a list"],
            ),
            (
                "policies: [{name: N, effect: refused, since: '2022', says: X, sources: [s], "
                "phones: {devices: a/b, without: [4g], sold_in: [us], model: [X]}}]",
                [
                    "4 policies[0].phones.devices: expected a list, got 'a/b'",
                    "4 policies[0].phones.model: unknown field `model`",
                    "4 policies[0].phones.sold_in: 'us' is not a country code",
                    "4 policies[0].phones.without: '4g' is not a RAT",
                ],
            ),
            (
                "emergency: [{name: N, effect: conditional, since: '2022', says: X, sources: [s]}]",
                ["4 emergency[0].effect: expected one of accepted, refused, got 'conditional'"],
            ),
            ("conflicts: [{about: x, claims: []}]", ["4 conflicts[0].claims: 0 claims make no conflict"]),
        ],
    )
    def test_what_is_wrong_in_a_network(self, line: str, expected: list[str]) -> None:
        """
        Each structural problem beside the plan likewise; hosts are not a network's.
        """
        assert expected == problems_of(f"{NETWORK}plan: {{}}\n{line}\n")

    @pytest.mark.parametrize(
        ("line", "expected"),
        [
            (
                "plan: {lte: []}\nhosts: [{as_of: '2016', networks: [a/b], sources: [s]}]",
                ["3 plan: an MVNO has no network of its own"],
            ),
            ("hosts: []", ["3 hosts: an MVNO without a host"]),
            ("hosts: [{networks: [a/b], sources: [s]}]", ["3 hosts[0]: `as_of` is missing"]),
            (
                "hosts: [{as_of: 2016, networks: [a/b], sources: [s]}]",
                ["3 hosts[0].as_of: expected a date as text, got the number 2016"],
            ),
            ("hosts: [{as_of: '2016', sources: [s]}]", ["3 hosts[0]: `networks` is missing"]),
            ("hosts: [{as_of: '2016', networks: [], sources: [s]}]", ["3 hosts[0].networks: no network"]),
            ("hosts: [{as_of: '2016', networks: [a/b]}]", ["3 hosts[0]: `sources` is missing"]),
            (
                "hosts: [{as_of: '2016', networks: a/b, sources: [s]}]",
                ["3 hosts[0].networks: expected a list, got 'a/b'"],
            ),
            (
                "hosts: [{as_of: '2016', networks: [5, {brand: X}, {carrier: a/b, name: Y}, [z]], sources: [s]}]",
                [
                    "3 hosts[0].networks[0]: expected a carrier id, got the number 5",
                    "3 hosts[0].networks[1]: `carrier` is missing",
                    "3 hosts[0].networks[2].name: unknown field `name`",
                    "3 hosts[0].networks[3]: expected a carrier id, got a list",
                ],
            ),
            (
                "hosts:\n  - {as_of: '2017', networks: [a/b], sources: [s]}\n"
                "  - {as_of: '2016-02', networks: [a/b], sources: [s]}",
                ["3 hosts: the statements are not in time order"],
            ),
        ],
    )
    def test_what_is_wrong_in_an_mvno(self, line: str, expected: list[str]) -> None:
        """
        Hosts are there, complete, dated and in time order; a plan is not an MVNO's.
        """
        assert expected == problems_of(f"{MVNO}{line}\n")

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("name: Alpha\nkind: network\n", ["1: `plan` is missing"]),
            ("name: Virtual\nkind: mvno\n", ["1 hosts: an MVNO without a host"]),
            ("name: Alpha\nkind: operator\nplan: {}\n", ["2 kind: expected one of network, mvno, got 'operator'"]),
            ("name: Alpha\nplan: {}\n", ["1: `kind` is missing"]),
            ("kind: network\nplan: {}\n", ["1: `name` is missing"]),
            ("kind: mvno\nname: 5\n", ["1 hosts: an MVNO without a host", "2 name: expected text, got the number 5"]),
        ],
    )
    def test_what_a_carrier_cannot_be_without(self, text: str, expected: list[str]) -> None:
        """
        A name and a kind; then a plan or hosts.
        """
        assert expected == problems_of(text)

    @pytest.mark.parametrize(
        ("line", "cure"),
        [
            ("plmns: [310260]", 'Put it in quotes: "310260".'),
            ("plmns: ['310260']", 'Write MCC-MNC with every digit: "310-260", "208-01".'),
            ("hosts: [{as_of: '2016', networks: [a/b], sources: [s]}]", "Remove them, or make it `kind: mvno`."),
            ("standalon: []", "Did you mean `standalone`?"),
            ("policies: [{name: N, effect: refuse, since: '2022', says: X, sources: [s]}]", "Write refused."),
        ],
    )
    def test_a_problem_tells_its_cure(self, line: str, cure: str) -> None:
        """
        What to write instead, as exactly as can be known.
        """
        _, (problem,) = read(f"{NETWORK}plan: {{}}\n{line}\n")

        assert cure == problem.cure

    def test_all_problems_are_found_at_once_each_in_its_line(self) -> None:
        """
        One bad field does not hide the next.
        """
        text = """\
name: Alpha
kind: netwrok
plmns: [310260, "31026"]
plan:
  gsm:
    - {band: 950, since: "2010", sources: [s]}
    - {band: 900, since: "2010", until: "2009", sources: [s]}
  lte:
    - band: B4
      since: 2013
      role: main
      sources: [s]
    - {any_of: [12, 17], prefer: 13, by: "2016-02-30"}
hosts:
  - {as_of: "2016", networks: [], sources: [s]}
policies:
  - {name: N, effect: refused, since: "2022", says: X, sources: [s], phones: {volt: false}}
"""
        expected = [
            "2 kind: expected one of network, mvno, got 'netwrok'",
            "3 plmns: '31026' is not a PLMN",
            "3 plmns[0]: expected text, got the number 310260",
            "6 plan.gsm[0].band: GSM 950 does not exist",
            "7 plan.gsm[1].until: it ends on 2009, before it begins (2010)",
            "9 plan.lte[0].band: expected a band number, got 'B4'",
            "10 plan.lte[0].since: expected a date as text, got the number 2013",
            "11 plan.lte[0].role: expected one of core, coverage, capacity, got 'main'",
            "13 plan.lte[1]: `sources` is missing",
            "13 plan.lte[1].by: '2016-02-30' is not a date that exists",
            "13 plan.lte[1].prefer: expected one of `any_of`, got the number 13",
            "14 hosts: a network operator with hosts",
            "15 hosts[0].networks: no network",
            "17 policies[0].phones.volt: unknown field `volt`",
        ]

        assert expected == problems_of(text)
