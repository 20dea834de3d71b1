"""
From files to listings: columns, formats, dates, and what is wrong with a file.
"""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import polars
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bandcheck.errors import FileUnusableError
from bandcheck.model.listing import Listing
from bandcheck.screening.listings.columns import FIELDS, recognise
from bandcheck.screening.listings.read import Skipped, listings_of, listings_of_values, parse_day_as_written
from bandcheck.screening.listings.table import LARGEST_DOCUMENT, open_table

EXAMPLE = "Name;Hersteller;Preis;Lagerort\nOne;Acme;119,00;B7\n"


def read(path: Path, **more: Any) -> list[Listing | Skipped]:
    """
    The rows of a file.
    """
    with open_table(str(path), more.pop("form", None), more.pop("encoding", None)) as (table, _):
        return list(listings_of(table, recognise(table.names, more, str(path))))


def refused(path: Path, **more: Any) -> str:
    """
    What is said of a file that cannot be used.
    """
    with pytest.raises(FileUnusableError) as caught:
        read(path, **more)
    assert str(path) == caught.value.path
    return caught.value.why


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["title"], {"title": "title"}),
        (["Product Name", "Brand"], {"title": "Product Name", "brand": "Brand"}),
        (["Produktname", "Modellnummer"], {"title": "Produktname", "model_number": "Modellnummer"}),
        (["nombre", "precio", "vendedor"], {"title": "nombre", "price": "precio", "seller": "vendedor"}),
        (["商品名称", "品牌", "型号"], {"title": "商品名称", "brand": "品牌", "model_number": "型号"}),
        (["НАЗВАНИЕ", "цена"], {"title": "НАЗВАНИЕ", "price": "цена"}),
        (["modèle", "état"], {"model": "modèle", "condition": "état"}),
        (["MODELE"], {"model": "MODELE"}),  # without its accent
        (["FCC_ID", "model no."], {"fcc_id": "FCC_ID", "model_number": "model no."}),
        (["name", "title"], {"title": "title"}),  # the likelier one
        (["device", "colour"], {"model": "device"}),
        (["Handle", "Title", "Body (HTML)", "Vendor", "Variant SKU", "Variant Price", "Google Shopping / MPN"],
         {"title": "Title", "description": "Body (HTML)", "brand": "Vendor", "sku": "Variant SKU",
          "price": "Variant Price", "model_number": "Google Shopping / MPN"}),
        (["title", "vendor"], {"title": "title", "seller": "vendor"}),
        (["Custom label (SKU)", "Title", "Start price", "C:Brand", "C:MPN", "C:Cellular Band"],
         {"sku": "Custom label (SKU)", "title": "Title", "price": "Start price", "brand": "C:Brand",
          "model_number": "C:MPN", "bands": "C:Cellular Band"}),
        (["product.name", "product.brand", "offer.price.amount", "offer.price.currency", "offer.seller.name"],
         {"title": "product.name", "brand": "product.brand", "price": "offer.price.amount",
          "currency": "offer.price.currency", "seller": "offer.seller.name"}),
        (["title.en", "description.de"], {"title": "title.en", "description": "description.de"}),
        (["id", "category.name", "name"], {"title": "name", "sku": "id"}),
    ],
)  # fmt: skip
def test_columns_are_recognised(names: list[str], expected: dict[str, str]) -> None:
    """
    By their names in several languages, without case, accents and punctuation.
    """
    columns = recognise(names, {}, "x.csv")

    assert expected == {field: names[place] for field, place in columns.places.items()}


def test_columns_that_somebody_names_win() -> None:
    """
    `--map` goes before recognition, and its column holds nothing else.
    """
    columns = recognise(["name", "title"], {"title": "name"}, "x.csv")

    assert ({"title": 0}, ("title",)) == (columns.places, columns.unused)


@pytest.mark.parametrize(("ask", "expected"), [(True, {"title"}), (False, {"title", "carrier", "on"})])
def test_a_column_called_carrier(ask: bool, expected: set[str]) -> None:
    """
    Where the question names a carrier, that column is what a phone is locked to; else it is the carrier.
    """
    assert expected == set(recognise(["title", "carrier", "on"], {}, "x.csv", ask).places)
    assert {"title", "carrier"} <= set(recognise(["title", "carrier", "on"], {"carrier": "carrier"}, "x", ask).places)


@pytest.mark.parametrize(
    ("names", "given", "why"),
    [
        (["colour", "size"], {}, "no column with a title, model or model number. The columns are: colour, size."),
        ([], {}, "no column with a title"),
        (["title", "title"], {}, "the column 'title' is there 2 times"),
        (["title", "x", " x"], {}, "the column 'x' is there 2 times"),
        (["title"], {"title": "name"}, "there is no column 'name' for title. The columns are: title."),
        (["title"], {"colour": "title"}, "'colour' is no field of a listing. Map one of: title,"),
        ([f"c{n}" for n in range(10_000)], {}, "10,000 columns"),
        (["\x1b[31mred"], {}, "The columns are: [31mred."),
    ],
)
def test_columns_that_cannot_be(names: list[str], given: dict[str, str], why: str) -> None:
    """
    One message that says what came and what to do.
    """
    with pytest.raises(FileUnusableError) as caught:
        recognise(names, given, "x.csv")

    assert why in caught.value.why


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.csv", b"title,brand\nOne,Acme\n"),
        ("a.csv", b"\xef\xbb\xbftitle,brand\r\nOne,Acme\r\n"),
        ("a.csv", b"title,brand\rOne,Acme\r"),
        ("a.csv", b'"title","brand"\n\n"One", "Acme"\n'.replace(b', "', b',"')),
        ("a.csv", b"title;brand\nOne;Acme\n"),
        ("a.csv", b"title|brand\nOne|Acme"),
        ("a.csv", "title,brand\nOne,Acme\n".encode("utf-16")),
        ("a.tsv", b"title\tbrand\nOne\tAcme\n"),
        ("a.json", b'[{"title": "One", "brand": "Acme"}]'),
        ("a.json", b'{"listings": [{"title": "One", "brand": "Acme"}]}'),
        ("a.jsonl", b'{"title": "One", "brand": "Acme"}\n\n'),
        ("a", b'{"title": "One", "brand": "Acme"}\n'),
        ("a", b'[{"title": "One", "brand": "Acme"}]'),
        ("a", b"title,brand\nOne,Acme\n"),
        ("a.data", b'{\n"listings": [{"title": "One", "brand": "Acme"}]}'),
    ],
)
def test_formats(tmp_path: Path, name: str, data: bytes) -> None:
    """
    The same listing, whatever the format, line ends, separator and byte order mark.
    """
    path = tmp_path / name
    path.write_bytes(data)
    (listing,) = read(path)

    assert isinstance(listing, Listing)
    assert ("One", "Acme", {"title": "One", "brand": "Acme"}) == (listing.title, listing.brand, listing.original)


def test_parquet(tmp_path: Path) -> None:
    """
    Parquet, with numbers and nothing as cells.
    """
    path = tmp_path / "a.parquet"
    polars.DataFrame({"title": ["One", None, "Two"], "price": [119.0, None, None]}).write_parquet(path)
    rows = [(row.row, row.title, row.price) for row in read(path) if isinstance(row, Listing)]

    assert [(1, "One", "119.0"), (3, "Two", "")] == rows


def test_parquet_without_polars(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    One message that says what to install.
    """
    path = tmp_path / "a.parquet"
    path.write_bytes(b"PAR1")
    monkeypatch.setitem(__import__("sys").modules, "polars", None)

    assert "Parquet needs Polars. Install it: pip install 'bandcheck[bulk]'." == refused(path)


def test_a_row_is_what_it_was(tmp_path: Path) -> None:
    """
    Row numbers count the header as 1 and empty rows; the original columns stay.
    """
    path = tmp_path / "a.csv"
    path.write_text("Name;Hersteller;Preis;Lagerort\n;;;\nOne;Acme;119,00;B7\n")
    (listing,) = read(path)

    assert isinstance(listing, Listing)
    assert (3, "119,00") == (listing.row, listing.price)
    assert {"Name": "One", "Hersteller": "Acme", "Preis": "119,00", "Lagerort": "B7"} == listing.original


@pytest.mark.parametrize(
    ("name", "data", "row", "why"),
    [
        ("a.csv", b"title,brand\nOne\nTwo,Acme\n", 2, "1 cells, and the header has 2"),
        ("a.csv", b"title,brand\nOne,Acme,x\nTwo,Acme\n", 2, "3 cells, and the header has 2"),
        ("a.csv", b"title,brand\n,Acme\nTwo,Acme\n", 2, "no title, model or model number"),
        ("a.csv", b"title,brand\nCaf\xe9,Acme\nTwo,Acme\n", 2, "byte 0xe9 is not of the file's encoding"),
        ("a.csv", b"title,brand\nO\0ne,Acme\nTwo,Acme\n", 2, "NUL"),
        ("a.csv", b'title,brand\n"One"x,Acme\nTwo,Acme\n', 2, "line 2: ',' expected after"),
        ("a.csv", b"title,on\nOne,2016-02-30\nTwo,2016-02-02\n", 2, "'2016-02-30' is not a date"),
        ("a.csv", b"title,on\nOne,2/3/2016\nTwo,2016-02-02\n", 2, "is two dates"),
        ("a.jsonl", b'nothing\n{"title": "Two"}\n', 1, "not JSON"),
        ("a.jsonl", b'[1]\n{"title": "Two"}\n', 1, "expected an object, got list"),
        ("a.json", b'[3, {"title": "Two"}]', 1, "expected an object, got int"),
        ("a.json", b'[{"title": null}, {"title": "Two"}]', 1, "no title"),
        ("a.json", b'[{"title": "x\\udce9"}, {"title": "Two"}]', 1, "byte 0xe9"),
    ],
)
def test_a_bad_row_is_told_and_the_rest_goes_on(tmp_path: Path, name: str, data: bytes, row: int, why: str) -> None:
    """
    Its number and what is wrong with it; the next one is read.
    """
    path = tmp_path / name
    path.write_bytes(data)
    bad, good = read(path)

    assert isinstance(bad, Skipped)
    assert isinstance(good, Listing)
    assert row == bad.row
    assert why in bad.why
    assert "Two" == good.title


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("a.csv", b"", "the file is empty"),
        ("a.csv", b"\n\n", "the file is empty"),
        ("a.csv", b"\xef\xbb\xbf", "the file is empty"),
        ("a.csv", b"caf\xe9,title\nx,y\n", "the header cannot be read: byte 0xe9"),
        ("a.csv", b'title,brand\nOne,"Acme\nTwo,Acme\n', "row 2, line 2: a quote that never closes"),
        ("a.csv", b'title\n"' + b"x\n" * 100_000, "row 2, line 2: a quote that never closes"),
        ("a.csv", b"title\n" + b"x" * 1_100_000, "line 2 is longer than 1,048,576 characters"),
        ("a.csv", b'"title\n', "the header cannot be read"),
        ("a.json", b"", "the file is empty"),
        ("a.json", b"{", "not JSON"),
        ("a.json", b'{"title": "One"}', "expected a list of objects"),
        ("a.json", b"[]", "no listings"),
        ("a.json", b"[" * 100_000, "not JSON"),
        ("a.json", b"[{\xff}]", "not JSON"),
        ("a.jsonl", b"", "the file is empty"),
        ("a.jsonl", b"\n", "no listings"),
        ("a.jsonl", b"x" * 1_100_000, "line 1 is longer"),
        ("a.parquet", b"PAR1 and no more", "not a Parquet file"),
        ("a.xlsx", b"PK", "workbooks are not read. Save the sheet as CSV."),
    ],
)
def test_files_that_cannot_be(tmp_path: Path, name: str, data: bytes, why: str) -> None:
    """
    One message that says what is wrong.
    """
    path = tmp_path / name
    path.write_bytes(data)

    assert why in refused(path)


def test_a_document_that_is_too_large(tmp_path: Path) -> None:
    """
    It is refused before it is in memory.
    """
    path = tmp_path / "a.json"
    with path.open("wb") as file:
        file.truncate(LARGEST_DOCUMENT + 1)  # takes no room on the disk

    assert "larger than 256 MiB, and JSON is read whole. Write JSON Lines, or CSV." == refused(path)


def test_a_folder_and_no_file(tmp_path: Path) -> None:
    """
    Neither is a file of listings.
    """
    assert "this is a folder" in refused(tmp_path)
    assert "cannot be read: No such file or directory." == refused(tmp_path / "none.csv")


@pytest.mark.parametrize("name", ["cp1252", "latin-1"])
def test_another_encoding(tmp_path: Path, name: str) -> None:
    """
    Named, it is read.
    """
    path = tmp_path / "a.csv"
    path.write_bytes("title\nCafé\n".encode(name))
    (listing,) = read(path, encoding=name)

    assert isinstance(listing, Listing)
    assert "Café" == listing.title


def test_an_encoding_that_is_none(tmp_path: Path) -> None:
    """
    Its name is told back.
    """
    path = tmp_path / "a.csv"
    path.write_text(EXAMPLE)

    assert "there is no encoding 'klingon'" in refused(path, encoding="klingon")


@pytest.mark.parametrize(
    "text",
    ["2016-02-03", "2016-2-3", "20160203", "2016/02/03", "03.02.2016", "3. 2. 2016", "3 Feb 2016", "3 February 2016",
     "Feb 3, 2016", "february 3 2016", "2016-02-03T10:00:00Z", "2016年2月3日"],
)  # fmt: skip
def test_dates(text: str) -> None:
    """
    The spellings of catalogues that mean one day.
    """
    assert "2016-02-03" == str(parse_day_as_written(text))


@pytest.mark.parametrize(
    ("text", "expected"), [("13/2/2016", "2016-02-13"), ("2/13/2016", "2016-02-13"), ("2/2/2016", "2016-02-02")]
)
def test_dates_with_slashes(text: str, expected: str) -> None:
    """
    Where only one reading is a date, or both are the same.
    """
    assert expected == str(parse_day_as_written(text))


@pytest.mark.parametrize("text", ["", "soon", "2/3/2016", "2016-13-01", "31 Feb 2016", "3 Foo 2016", "Ma 3 2016", "0"])
def test_no_dates(text: str) -> None:
    """
    Nothing is guessed.
    """
    with pytest.raises(ValueError, match="write it as 2016-02-02"):
        parse_day_as_written(text)


def test_values_of_a_program() -> None:
    """
    Mappings, titles and listings, mixed.
    """
    rows = list(listings_of_values([{"title": "One", "price": 119}, "Two", Listing(9, title="Three"), {"x": 1}], True))

    assert ["One", "Two", "Three"] == [row.title for row in rows if isinstance(row, Listing)]
    assert [Skipped(4, "no title, model or model number")] == [row for row in rows if isinstance(row, Skipped)]


def test_objects_in_objects(tmp_path: Path) -> None:
    """
    Each value has a column, down to a depth at which it stays a text; `--map` can name it.
    """
    path = tmp_path / "a.json"
    deep = {"b": {"c": {"d": {"e": 1}}}}
    path.write_text(
        json.dumps([{"product": {"name": "One"}, "price": {"amount": 9, "currency": "EUR"}, "a": deep, "x": {}}])
    )
    (listing,) = read(path)
    (mapped,) = read(path, brand="a.b.c.d")

    assert isinstance(listing, Listing)
    assert isinstance(mapped, Listing)
    assert ("One", "9", "EUR") == (listing.title, listing.price, listing.currency)
    assert {"product.name", "price.amount", "price.currency", "a.b.c.d", "x"} == set(listing.original)
    assert '{"e": 1}' == mapped.brand


cells = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=8).map(str.strip)
tables = st.lists(st.tuples(cells.filter(bool), cells), min_size=1, max_size=5)


@given(tables, st.sampled_from(",;\t|"))
def test_what_is_written_is_read(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str]], mark: str
) -> None:
    """
    Any text in any cell comes back from CSV, JSON and JSON Lines.
    """
    folder = tmp_path_factory.mktemp("t")
    out = io.StringIO()
    writer = csv.writer(out, delimiter=mark)
    writer.writerows([("title", "brand"), *rows])
    told = [{"title": title, "brand": brand} for title, brand in rows]
    files = {
        "a.csv": out.getvalue(),
        "a.json": json.dumps(told),
        "a.jsonl": "".join(f"{json.dumps(one)}\n" for one in told),
    }
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8", newline="")
        found = [(row.title, row.brand) for row in read(folder / name) if isinstance(row, Listing)]
        assert rows == found


def test_every_field_is_one_of_a_listing() -> None:
    """
    What a column can hold, a listing has.
    """
    assert set(FIELDS) <= set(Listing.__annotations__)
