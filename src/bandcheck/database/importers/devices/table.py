"""
The CSV of spec sheets: rows -> phones, each with the sheets that several copies have of it.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from bandcheck.database.importers.frame import Imported, source_text, wrong_file
from bandcheck.database.names import name_key

EXPECTED = "a CSV of spec sheets with the columns source_repo, brand, model, raw_2g, raw_3g, raw_4g and raw_5g"

COLUMNS = ("raw_2g", "raw_3g", "raw_4g", "raw_5g")
_NEEDED = ("source_repo", "brand", "model", *COLUMNS)
_KNOWN = frozenset({*_NEEDED, "licence", "variant_or_codes", "announced"})
LONGEST_CELL = 4000
"""Characters; the longest cell of a real sheet has less than half of that."""

_BRANDS = {"vivo": "vivo", "zte": "ZTE", "alcatel": "Alcatel"}
"""Brands that copies spell in several ways, by their key."""

_SPLIT_OFF = {("huawei", "honor"): "Honor", ("oppo", "realme"): "Realme"}
"""Brands that earlier copies list under the brand they came from: `Huawei Honor 9` and `Honor 9` are one phone."""

_SEPARATOR = re.compile(r",\s+|;")  # `iPhone12,1` is one
_NOTHING = re.compile(r"\s*(?:n/?a|no|-)?\s*", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#|, )([0-9]{4});")
_ALIKE = str.maketrans("АВЕКМНОРСТХавекмнорстх", "ABEKMHOPCTXABEKMHOPCTX")
"""Cyrillic letters in model numbers, and the Latin ones that they stand for."""
_MONTH = re.compile(r"\b(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\b", re.IGNORECASE)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_YEAR = re.compile(r"\b(19[89][0-9]|20[0-4][0-9])\b")


class Copy(NamedTuple):
    """
    One published copy of a spec-sheet site.

    Attributes:
        id: Its source id.

        date: The day of the copy; None if nobody says.

        whole: Whether it has every line of a cell. Where False only the first was kept.
    """

    id: str
    date: str | None
    whole: bool


COPIES = {
    "eldar-mustafayev/gsmarena-scraper": Copy("sheets-2022-03", "2022-03-29", True),
    "AdityaSidharta/shopee_data_science": Copy("sheets-2019-03", "2019-03-24", False),
    "m28406235/WebScraping_Analysis": Copy("sheets-2025-05", "2025-05-14", False),
    "aliakbar5914/phone-recommendation": Copy("sheets-2026-06", "2026-06-13", True),
    "YoderBy/phone-compare": Copy("sheets-2020-05", "2020-05-31", True),
    "fenil-dave/react-cart": Copy("sheets-2023-01", "2023-01-09", False),
    "fahim12064/gsmarena_devices_data_scrape": Copy("sheets-2025-09", "2025-09-20", False),
}
"""The copies by the repository that holds them, as `source_repo` names it before the `@`. All are of one site."""


class Row(NamedTuple):
    """
    A row of the table: one sheet, or the record that a sheet has of one of its versions.

    Attributes:
        number: Its line in the table, from 2.

        copy: Where it comes from.

        repository: `owner/name` of that.

        brand, model: As people write them.

        codes: What the sheet lists as model numbers, or the version's key.

        cells: What it prints of 2G, 3G, 4G and 5G; empty where it prints nothing.

        announced: `2013-03`; None if it says nothing.
    """

    number: int
    copy: Copy
    repository: str
    brand: str
    model: str
    codes: tuple[str, ...]
    cells: tuple[str, str, str, str]
    announced: str | None

    def says(self, column: int) -> bool:
        """
        Whether a cell, 0 for 2G, prints more than that there is nothing.
        """
        return _NOTHING.fullmatch(self.cells[column]) is None


def read_rows(path: Path, imported: Imported) -> Iterator[Row]:
    """
    The rows that say something about bands; the others are refused, each with its reason.

    Raises:
        DataError: The file is no such table.
    """
    text = source_text(path, EXPECTED)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = next(reader, [])
    except csv.Error as error:
        raise wrong_file(path, f"no CSV: {error}", EXPECTED) from None
    missing = [name for name in _NEEDED if name not in header]
    if missing:
        raise wrong_file(path, f"no column {', '.join(missing)}", EXPECTED)
    for name in header:
        if name not in _KNOWN:
            imported.refuse(1, name, "a column that is not known; it is passed over")
    if len(set(header)) != len(header):
        raise wrong_file(path, "two columns of one name", EXPECTED)
    while True:
        try:
            cells = next(reader, None)
        except csv.Error as error:
            imported.refuse(reader.line_num, str(error), "a row that ends where the table does not allow it")
            continue
        if cells is None:
            return
        if not cells:
            continue
        imported.read += 1
        row = _row(reader.line_num, dict(zip(header, cells, strict=False)), len(cells) - len(header), imported)
        if row is not None:
            yield row


def _row(number: int, cells: dict[str, str], excess: int, imported: Imported) -> Row | None:
    """
    One row, or None if it is refused.
    """
    shown = f"{cells.get('brand', '')} {cells.get('model', '')}".strip()
    if excess:
        imported.refuse(number, shown, f"{abs(excess)} cells too {'many' if excess > 0 else 'few'}")
    elif "\ufffd" in "".join(cells.values()):
        imported.refuse(number, shown, "bytes that are not UTF-8")
    elif not cells["brand"].strip() or not cells["model"].strip() or not name_key(cells["model"]):
        imported.refuse(number, shown, "no brand or no model")
    elif any(len(cell) > LONGEST_CELL for cell in cells.values()):
        longest = max(map(len, cells.values()))
        imported.refuse(number, shown, f"a cell of {longest} characters; no sheet has more than {LONGEST_CELL}")
    elif all(_NOTHING.fullmatch(cells[column]) for column in COLUMNS):
        imported.rules["no-radio"] += 1
    else:
        imported.taken += 1
        repository = cells["source_repo"].partition("@")[0].strip()
        brand, model = _brand_and_model(cells["brand"].strip(), " ".join(cells["model"].split()))
        return Row(
            number,
            COPIES.get(repository) or Copy(f"sheets-{name_key(repository)}", None, False),
            repository,
            brand,
            model,
            _codes(cells.get("variant_or_codes", "")),
            (cells["raw_2g"], cells["raw_3g"], cells["raw_4g"], cells["raw_5g"]),
            announced(cells.get("announced", "")),
        )
    return None


def _codes(text: str) -> tuple[str, ...]:
    """
    A list of model numbers. What is left of `&#1050;100`, split or whole, is K100.
    """
    text = _ENTITY.sub(lambda match: chr(int(match[1])), text).translate(_ALIKE)
    return tuple(dict.fromkeys(code.strip() for code in _SEPARATOR.split(text) if code.strip()))


def _brand_and_model(brand: str, model: str) -> tuple[str, str]:
    """
    A phone's brand and name in one spelling.
    """
    first, _, rest = model.partition(" ")
    split_off = _SPLIT_OFF.get((name_key(brand), name_key(first)))
    if split_off is not None and rest:
        return split_off, rest
    return _BRANDS.get(name_key(brand), brand), model


def announced(text: str) -> str | None:
    """
    The first date of what a sheet says: `2013, March. Released 2013, April 26` is `2013-03`.
    """
    first = text.split(".")[0]
    year = _YEAR.search(first)
    if year is None:
        return None
    month = _MONTH.search(first)
    return year.group() if month is None else f"{year.group()}-{_MONTHS.index(month.group(1)[:3].lower()) + 1:02}"
