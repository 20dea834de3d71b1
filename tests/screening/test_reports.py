"""
Reports: the same facts in every format, and nothing of a listing that another program would run.
"""

from __future__ import annotations

import csv
import datetime as dt
import html.parser
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import bandcheck
from bandcheck.database.catalog import Catalog
from bandcheck.errors import FileUnusableError
from bandcheck.model.sources import Source
from bandcheck.screening import baseline
from bandcheck.screening.baseline import compare, load
from bandcheck.screening.finding import Gate
from bandcheck.screening.policy import Hardness, Waiver
from bandcheck.screening.report import ScreenReport
from bandcheck.screening.reports.cells import escaped, markdown, plain, safe_cell, web_address
from bandcheck.screening.reports.files import FORMATS, format_of, split, text_as
from bandcheck.screening.reports.page import STYLE
from bandcheck.screening.reports.said import often
from bandcheck.screening.reports.tables import COLUMNS
from screening_cases import DAY, a_policy, a_statement

HOSTILE = [
    "=HYPERLINK(1)",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    " =1",
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "a|b `c` [x](javascript:1) **d**",
    "\x1b[31mred\x07",
    "\u202egnp.exe",
    "line\nbreak",
]
PLAIN = ("Acme Two", "Acme One, A1-100")


def a_report(catalog: Catalog, *listings: Any, **more: Any) -> ScreenReport:
    """
    These listings, screened on Alpha.
    """
    return bandcheck.screen(listings or PLAIN, "Alpha", on=more.pop("on", DAY), catalog=catalog, **more)


class Page(html.parser.HTMLParser):
    """
    What a page is made of.
    """

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.text = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in ("meta", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.mark.parametrize("form", FORMATS)
def test_every_report_says_what_it_rests_on(catalog: Catalog, form: str) -> None:
    """
    Policy, data version, day, input hash, rows read and skipped, and the reasons.
    """
    report = a_report(catalog, *PLAIN, {"title": ""})
    text = text_as(form, report)

    for told in ("mvno-default", catalog.version, report.input.sha256[:16], "no title, model or model number"):
        assert told in text
    assert "2016-02-01" in text or "1 Feb 2016" in text
    assert "BC241" in text


def test_csv_is_a_row_for_each_listing(catalog: Catalog) -> None:
    """
    In columns that stay; what was skipped comes last.
    """
    report = a_report(catalog, {"title": "Acme Two", "sku": "S-1", "x": "=1"}, {"title": "", "x": "2"})
    rows = list(csv.DictReader(io.StringIO(text_as("csv", report))))
    first, last = rows

    assert list(COLUMNS) == list(first)
    assert ("1", "S-1", "Acme Two", "block", "fail") == tuple(
        first[k] for k in ("row", "sku", "title", "decision", "bands")
    )
    assert ("2", "skipped", "no title, model or model number", "2", "1") == (
        last["row"],
        last["decision"],
        last["reason_text"],
        last["rows_read"],
        last["rows_skipped"],
    )


def test_csv_with_the_columns_of_the_catalogue(catalog: Catalog) -> None:
    """
    On the left, as they came but for what a spreadsheet would run.
    """
    report = a_report(catalog, {"title": "Acme Two", "x": "=1"})
    (row,) = csv.DictReader(io.StringIO(text_as("csv", report, keep_input=True)))

    assert ["input.title", "input.x", "row"] == list(row)[:3]
    assert "'=1" == row["input.x"]


def test_json_and_jsonl_say_the_same(catalog: Catalog) -> None:
    """
    A head, then listings, then skipped rows.
    """
    report = a_report(catalog, *PLAIN, {"title": ""})
    whole = json.loads(text_as("json", report))
    head, *lines = [json.loads(line) for line in text_as("jsonl", report).splitlines()]

    assert report.to_dict() == whole
    assert json.dumps(whole, ensure_ascii=False, indent=2) + "\n" == text_as("json", report)
    assert "report" == head.pop("line")
    assert head == {key: whole[key] for key in head}
    assert whole["listings"] == [{k: v for k, v in line.items() if k != "line"} for line in lines[:2]]
    assert [{"line": "skipped", **whole["skipped"][0]}] == lines[2:]


def test_json_of_no_listing(catalog: Catalog) -> None:
    """
    As any other.
    """
    for rows in ([], [{"title": ""}]):
        report = bandcheck.screen(rows, "Alpha", on=DAY, catalog=catalog)
        assert json.dumps(report.to_dict(), ensure_ascii=False, indent=2) + "\n" == text_as("json", report)


def test_the_page_stands_alone(catalog: Catalog) -> None:
    """
    Nothing is fetched and nothing runs; it has a language, headers of rows and columns, a style for paper and one for
    the dark; and answers are words, not colours alone.
    """
    text = text_as("html", a_report(catalog))
    page = Page(text)
    tags = [tag for tag, _ in page.tags]

    assert [] == page.open
    assert {"script", "link", "img", "iframe", "form", "object"}.isdisjoint(tags)
    assert not re.search(r"url\(|@import|\son\w+=", text)
    assert ("html", {"lang": "en"}) == page.tags[0]
    assert {"col", "row"} == {a["scope"] for tag, a in page.tags if tag == "th"}
    assert len(Gate) + 3 == sum(tag == "th" and a["scope"] == "col" for tag, a in page.tags)
    assert "size: A4" in text
    assert "prefers-color-scheme: dark" in text
    assert {"✗ fail", "? unknown", "✓ pass"} <= set(re.findall(r"[✗?✓] \w+", page.text))
    assert "default-src 'none'" in text


def a_full_page(catalog: Catalog) -> str:
    """
    A page with all that a page can have: each decision, a label, a note, a skipped row, sources, waivers, changes.
    """
    soft = a_policy(gates=dict.fromkeys(Gate, Hardness.SOFT))
    hard = a_policy(min_data=1, waivers=(Waiver(Gate.BANDS, "me", "A test.", dt.date(2016, 3, 1), listing="S-9"),))
    labelled = a_report(
        catalog, {"title": "Acme One, A1-200 US version", "price": "9", "seller": "Far Trade"}, policy=soft
    )
    listed = a_report(catalog, "Zeta Phone ZP-5", policy=a_policy(gates=dict.fromkeys(Gate, Hardness.ADVISORY)))
    report = a_report(
        catalog, {"title": "Acme Two", "note": "x"}, "Acme One", {"title": "Acme One", "on": "soon"}, policy=hard
    )
    listings = (*report.listings, *a_report(catalog).listings, *labelled.listings, *listed.listings)
    report = evolve(report, listings=listings)
    assert {0, 1, 2, 3} == {screened.decision for screened in listings}
    return text_as("html", report, compare(a_report(catalog, *PLAIN, "Gone").to_dict(), report))


def rules_of(css: str) -> list[tuple[str, str, str]]:
    """
    The rules of a style sheet: where they hold, for what, and what they say.
    """
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.S)
    found = []
    for block in re.finditer(r"(@media[^{]*)\{((?:[^{}]*\{[^{}]*\})*)\s*\}|([^{}]+)\{([^{}]*)\}", css):
        where, inner, selector, body = block.groups()
        pairs = re.findall(r"([^{}]+)\{([^{}]*)\}", inner) if where else [(selector, body)]
        found += [((where or "").strip(), one.strip(), said) for one, said in pairs]
    return found


def test_the_style_means_the_page(catalog: Catalog) -> None:
    """
    Every selector names elements and classes that a page has, every medium is one, and every value is made of whole
    words: what a browser does not understand it passes over in silence.
    """
    page = Page(a_full_page(catalog))
    tags = {tag for tag, _ in page.tags}
    classes = {c for _, attrs in page.tags for c in (attrs.get("class") or "").split()}
    value = re.compile(r"var\(--\w+\)|#[0-9a-f]{3,6}|[\d.]+(rem|px|mm|em|pt|%)?(/[\d.]+)?|[a-z][a-z-]*,?|A4|16px/1\.45")
    rules = rules_of(STYLE.read_text(encoding="utf-8"))

    assert {"", "@media (prefers-color-scheme: dark)", "@media print"} == {where for where, _, _ in rules}
    for _, selector, body in rules:
        for simple in re.findall(r"[^\s,>]+", selector):
            assert simple in {":root", "@page", *tags, *(f".{c}" for c in classes)}
        for declaration in filter(None, map(str.strip, body.split(";"))):
            name, said = re.fullmatch(r"([a-z-]+): (.+)", declaration).groups()  # type: ignore[union-attr]
            assert name.strip("-")
            assert all(value.fullmatch(word) for word in said.split()), declaration


def test_the_page_can_be_walked(catalog: Catalog) -> None:
    """
    One main heading, then one a section; every link leads to a place on the page or to the web, and every place has a
    name of its own.
    """
    page = Page(a_full_page(catalog))
    names = [attrs["id"] for _, attrs in page.tags if "id" in attrs]
    inner = [str(a["href"])[1:] for tag, a in page.tags if tag == "a" and str(a["href"]).startswith("#")]
    heads = [tag for tag, _ in page.tags if re.fullmatch(r"h\d", tag)]

    assert len(names) == len(set(names))
    assert set(inner) <= set(names)
    assert {a["aria-labelledby"] for _, a in page.tags if "aria-labelledby" in a} <= set(names)
    assert ["h1", *["h2"] * (len(heads) - 1)] == heads
    assert {f"listing-{n}" for n in range(4)} <= set(inner)
    assert any(name.startswith("source-") for name in inner if name)


def test_a_title_from_the_right_turns_nothing_else(catalog: Catalog) -> None:
    """
    Wherever a title stands in a line of other text, it is set apart.
    """
    title = "\u0645\u0641\u062a\u0648\u062d Acme Two"
    text = text_as("html", a_report(catalog, title))

    assert text.count(title) == text.count(f"<bdi>{title}</bdi>") + text.count(f"“{title}”")


@pytest.mark.parametrize("form", ["html", "markdown"])
def test_listings_with_carriers_and_days_of_their_own(catalog: Catalog, form: str) -> None:
    """
    Each says which; where one carrier and day are meant for all, none does.
    """
    rows = [{"title": "Acme Two", "carrier": "Alpha"}, {"title": "Acme Two", "carrier": "Beta", "on": "2020-02-02"}]
    own = text_as(form, bandcheck.screen(rows, on=DAY, catalog=catalog))

    assert 2 <= own.count("Beta, 2 Feb 2020")
    assert "1 Feb 2016, or the day of the row" in own
    assert "day of the row" not in text_as(form, a_report(catalog))


def luminance(colour: str) -> float:
    """
    Relative luminance (WCAG 2.2).
    """
    digits = colour if len(colour) == 6 else "".join(c * 2 for c in colour)
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_contrast(catalog: Catalog) -> None:
    """
    Every colour of text on every ground: at least 4.5 to 1, by day, in the dark and on paper.
    """
    roots = re.findall(r":root \{(.*?)\}", text_as("html", a_report(catalog)), re.S)

    assert 3 == len(roots)
    for root in roots:
        colours = dict(re.findall(r"--(\w+): #(\w+);", root))
        for name in ("ink", "soft", "bad", "hold", "good", "link"):
            for ground in ("ground", "box"):
                low, high = sorted([luminance(colours[name]), luminance(colours[ground])])
                assert (high + 0.05) / (low + 0.05) >= 4.5, (name, ground)


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_listings(catalog: Catalog, form: str, text: str) -> None:
    """
    Formulas, markup and control characters of a listing come out as text.
    """
    listing = {"title": f"{text}", "sku": text, "price": text, "seller": text, "description": text}
    written = text_as(form, a_report(catalog, listing, listing), keep_input=True)

    if form == "csv":
        assert all(not cell or cell[0] not in "=+-@\t\r" for row in csv.reader(io.StringIO(written)) for cell in row)
    if form == "html":
        page = Page(written)
        assert {"script", "img"}.isdisjoint({tag for tag, _ in page.tags})
        assert not any(name.startswith("on") for _, attrs in page.tags for name in attrs)
    if form == "markdown":
        assert "<script" not in written
        assert not re.search(r"(?<!\\)\]\(javascript", written)
        assert len({line.count(" | ") for line in written.splitlines() if line.startswith("| ")}) == 1
    if form not in ("json", "jsonl"):
        assert "\x1b" not in written
        assert "\u202e" not in written


def test_links_are_web_addresses(catalog: Catalog) -> None:
    """
    A source whose address could run something is named without a link.
    """
    report = a_report(catalog)
    bad = Source("x", "news", 'A "<b>" title', "javascript:alert(1)")
    report = evolve(report, sources=dict.fromkeys(report.used_sources, bad))
    page = text_as("html", report)

    assert "javascript" not in page + text_as("markdown", report)
    assert "A &quot;&lt;b&gt;&quot; title" in page
    assert [None, None, "https://x"] == [web_address(u) for u in ("javascript:1", None, "https://x")]


@given(st.text())
def test_cells(text: str) -> None:
    """
    No cell begins like a formula; one that does not is as it was; nothing invisible is left, and nothing is markup.
    """
    cell = safe_cell(plain(text))

    assert not cell.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
    assert cell in (plain(text), f"'{plain(text)}")
    assert plain(plain(text)) == plain(text)
    assert not re.search(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", plain(text))
    assert not {"<", ">", '"', "'"} & set(escaped(text))
    assert not re.search(r"(?<!\\)[<>|`*_\[\]]", markdown(text).replace("\\\\", ""))


@given(st.text(st.characters(categories=["L", "N"]), max_size=20))
def test_harmless_text_stays(text: str) -> None:
    """
    Letters and digits of any script are not touched.
    """
    assert [text] * 3 == [plain(text), safe_cell(text), escaped(text)]


LISTED = {"sku": None, "title": "Acme Two", "decision": "hold", "gates": {}}


def whole(**more: Any) -> str:
    """
    As much of a screening as a comparison needs, with other values.
    """
    told = {"schema": "bandcheck.screen/1", "on": DAY, "data_version": "1", "policy": "p", "listings": [LISTED], **more}
    return json.dumps(told)


class TestBaseline:
    """
    What changed since an earlier screening.
    """

    DENIED = a_statement("authorisation", "denied", "2016-02-02", to="xx/alpha")

    def earlier(self, catalog: Catalog, folder: Path, *listings: Any, **more: Any) -> Path:
        path = folder / "old.json"
        path.write_text(text_as("json", a_report(catalog, *listings, **more)))
        return path

    def test_nothing_changed(self, catalog: Catalog, tmp_path: Path) -> None:
        """
        The same question the day after has the same answers.
        """
        found = compare(load(self.earlier(catalog, tmp_path)), a_report(catalog, on="2016-02-02"))

        assert ((), (), (), 2) == (found.changed, found.added, found.removed, found.unchanged)
        assert DAY == found.on

    def test_a_gate_and_its_reason(self, catalog: Catalog, tmp_path: Path) -> None:
        """
        Which gates have another answer, and why now.
        """
        old = self.earlier(catalog, tmp_path, policy=a_policy(min_data=1, horizon_months=0))
        found = compare(load(old), a_report(catalog))
        two = next(change for change in found.changed if change.screened.listing.title == "Acme Two")

        assert {Gate.BANDS: ("unknown", "fail")} == two.gates
        assert ("hold", "block") == two.decision
        assert ("No version reaches 4G on Alpha: 3G at best.",) == two.why

    def test_new_and_gone(self, catalog: Catalog, tmp_path: Path) -> None:
        """
        By SKU, else by title; several of one title in the order of rows.
        """
        old = self.earlier(catalog, tmp_path, "Acme Two", "Acme Two", {"title": "x", "sku": "S-1"}, "Acme Three")
        new = a_report(catalog, {"title": "y", "sku": "S-1"}, "Acme Two", "Zeta Phone")
        found = compare(load(old), new)

        assert ["Zeta Phone"] == [s.listing.title for s in found.added]
        assert ["Acme Two", "Acme Three"] == list(found.removed)
        assert 2 == found.unchanged

    @pytest.mark.parametrize("form", ["json", "jsonl", "markdown", "html"])
    def test_reports_tell(self, catalog: Catalog, tmp_path: Path, form: str) -> None:
        """
        In every format that has room for it.
        """
        old = load(self.earlier(catalog, tmp_path, policy=a_policy(min_data=1)))
        new = a_report(catalog)
        text = text_as(form, new, compare(old, new))

        assert "No version reaches 4G on Alpha: 3G at best." in text
        assert text != text_as(form, new)

    @pytest.mark.parametrize(
        ("text", "why"),
        [
            ("", "not JSON"),
            ("[]", "not a screening of schema bandcheck.screen/1"),
            ('{"schema": "bandcheck.report/1"}', "not a screening of schema"),
            ('{"schema": "bandcheck.screen-summary/1"}', "not a screening of schema"),
            ('{"row": 2, "decision": "hold"}\n{"row": 3}\n', "not JSON (Extra data"),
            ("[" * 200_000, "nested too deeply"),
            ('{"schema": "bandcheck.screen/1"}', "not whole: on is missing or wrong"),
            (whole(on=3), "not whole: on is"),
            (whole(listings=3), "not whole: listings is"),
            (whole(listings={"a": 1}), "not whole: listings is"),
            (whole(listings=["a"]), "not whole: listings[0] is"),
            (whole(listings=[LISTED, {**LISTED, "title": 3}]), "not whole: listings[1].title is"),
            (whole(listings=[{**LISTED, "sku": ["x"]}]), "listings[0].sku is"),
            (whole(listings=[{**LISTED, "decision": "maybe"}]), "listings[0].decision is"),
            (whole(listings=[{**LISTED, "decision": {}}]), "listings[0].decision is"),
            (whole(listings=[{**LISTED, "gates": {"bands": 3}}]), "listings[0].gates is"),
        ],
    )
    def test_files_that_are_none(self, tmp_path: Path, text: str, why: str) -> None:
        """
        One message that says what is wrong.
        """
        path = tmp_path / "old.json"
        path.write_text(text)
        with pytest.raises(FileUnusableError) as caught:
            load(path)

        assert why in caught.value.why
        assert caught.value.why.endswith("Give the JSON of an earlier screening: bandcheck screen -o OLD.json.")

    def test_the_least_that_is_one(self, catalog: Catalog, tmp_path: Path) -> None:
        """
        What is not needed may be missing: an answer that an earlier version did not give counts as unknown.
        """
        path = tmp_path / "old.json"
        path.write_text(whole())
        (change,) = compare(load(path), a_report(catalog, "Acme Two")).changed

        assert ("hold", "block") == change.decision
        assert ("unknown", "fail") == change.gates[Gate.BANDS]

    def test_one_that_does_not_end(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """
        It is not read to the end of memory.
        """
        monkeypatch.setattr(baseline, "LARGEST", 1000)
        with pytest.raises(FileUnusableError, match="larger than 0 MiB"):
            load("/dev/zero")


@pytest.mark.parametrize(
    ("name", "expected"),
    [("a.json", "json"), ("A.CSV", "csv"), ("a.md", "markdown"), ("x/a.html", "html"), ("a.jsonl", "jsonl")],
)
def test_format_of(name: str, expected: str) -> None:
    """
    By the suffix.
    """
    assert expected == format_of(name)


def test_a_suffix_that_says_nothing() -> None:
    """
    The ones that do are named.
    """
    with pytest.raises(FileUnusableError, match=r"Use one of \.csv, \.htm"):
        format_of("report.doc")


def test_split(catalog: Catalog) -> None:
    """
    A file for each decision and one for what was skipped, the catalogue's columns on the left; together all rows.
    """
    files = split(a_report(catalog, {"title": "Acme Two", "x": "7"}, "Acme One, A1-100", {"title": ""}))
    rows = {name: list(csv.DictReader(pieces)) for name, pieces in files.items()}

    assert {"list.csv": 0, "label.csv": 0, "hold.csv": 1, "block.csv": 1, "skipped.csv": 1} == {
        name: len(some) for name, some in rows.items()
    }
    assert "7" == rows["block.csv"][0]["input.x"]


def test_what_most_often_stands_in_the_way(catalog: Catalog) -> None:
    """
    Of gates that can block or hold, and are not waived: which reason, how often.
    """
    only = {**dict.fromkeys(Gate, Hardness.ADVISORY), Gate.BANDS: Hardness.HARD, Gate.VOICE: Hardness.HARD}
    waiver = Waiver(Gate.BANDS, "me", "A test.", dt.date(2016, 3, 1), listing="S-1")
    policy = a_policy(gates=only, waivers=(waiver,))
    rows = ["Acme Two", "Acme Two", {"title": "Acme Two", "sku": "S-1"}, "Acme One, A1-100"]

    assert "3 Calls not known (BC323) · 2 Below the minimum (BC241)" == often(a_report(catalog, *rows, policy=policy))
    assert "" == often(a_report(catalog, "Acme One, A1-100", policy=policy))
