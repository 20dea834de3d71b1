"""
Reports: the same facts in every format, and nothing of a listing that another program would run.
"""

from __future__ import annotations

import csv
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
from bandcheck.screening.baseline import compare, load
from bandcheck.screening.finding import Gate
from bandcheck.screening.report import ScreenReport
from bandcheck.screening.reports.cells import escaped, markdown, plain, safe_cell, web_address
from bandcheck.screening.reports.files import FORMATS, format_of, split_texts, text_as, write
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
    assert "report" == head.pop("line")
    assert head == {key: whole[key] for key in head}
    assert whole["listings"] == [{k: v for k, v in line.items() if k != "line"} for line in lines[:2]]
    assert [{"line": "skipped", **whole["skipped"][0]}] == lines[2:]


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
    assert "prefers-color-scheme:dark" in text
    assert {"✗ fail", "? unknown", "✓ pass"} <= set(re.findall(r"[✗?✓] \w+", page.text))
    assert "default-src 'none'" in text


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
            ('{"schema": "bandcheck.screen/1"}', "a screening that is not whole"),
            ('{"schema": "bandcheck.screen/1", "listings": [{}]}', "a screening that is not whole"),
            ('{"schema": "bandcheck.screen/1", "listings": 3}', "a screening that is not whole"),
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
    texts = split_texts(a_report(catalog, {"title": "Acme Two", "x": "7"}, "Acme One, A1-100", {"title": ""}))
    rows = {name: list(csv.DictReader(io.StringIO(text))) for name, text in texts.items()}

    assert {"list.csv": 0, "label.csv": 0, "hold.csv": 1, "block.csv": 1, "skipped.csv": 1} == {
        name: len(some) for name, some in rows.items()
    }
    assert "7" == rows["block.csv"][0]["input.x"]


def test_writing_is_all_or_nothing(tmp_path: Path) -> None:
    """
    If one file cannot be written, the others are as they were, and nothing half is left.
    """
    good, bad = tmp_path / "a.csv", tmp_path / "none" / "b.csv"
    good.write_text("before")
    with pytest.raises(FileUnusableError, match="cannot be written: No such file or directory"):
        write({str(good): "after", str(bad): "x"})

    assert "before" == good.read_text()
    assert [good] == list(tmp_path.iterdir())
    write({str(good): "after"})
    assert "after" == good.read_text()
