"""
A catalogue in pieces: the rows that a table has, wherever it is cut and whatever is in it.
"""

from __future__ import annotations

import io
import itertools
from unittest import mock

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bandcheck.errors import FileUnusableError
from bandcheck.screening.bulk import pieces as module
from bandcheck.screening.bulk.pieces import KEPT, ROW, Span, last_row_end, open_catalogue, spans, well_quoted
from bandcheck.screening.listings.table import open_table

CELLS = st.sampled_from(
    [
        b"",
        b"a",
        b"Acme One",
        b'"a,b"',
        b'"a\nb"',
        b'"say ""x"""',
        b'""',
        b'5" wide',
        b'"open',
        b"\xff",
        b"a\0b",
        b"a\rb",
        "é".encode(),
    ]
)
ENDS = st.sampled_from([b"\n", b"\r\n"])
TABLES = st.builds(
    lambda rows, end, last: b"title,brand,note" + end + end.join(rows) + (end if last else b""),
    st.lists(st.lists(CELLS, min_size=0, max_size=4).map(b",".join), max_size=12),
    ENDS,
    st.booleans(),
)
CLEAN = st.builds(
    lambda rows: b"title,brand,note\n" + b"".join(b",".join(row) + b"\n" for row in rows),
    st.lists(st.lists(CELLS.filter(lambda c: c in (b"a", b'"a,b"', b'"a\nb"', b'""', b"")), min_size=3, max_size=3)),
)


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    """
    Where a catalogue is put.
    """
    return tmp_path_factory.mktemp("pieces") / "catalogue.csv"


def rows_alone(path):
    """
    The rows of a file as they are read one by one: number, cells and why not; or the error.
    """
    try:
        with open_table(str(path)) as (table, _):
            return [(row.number, row.cells, row.why) for row in table.rows]
    except FileUnusableError as error:
        return error.why


def rows_in_pieces(path, size, spans_of=lambda catalogue: [None]):
    """
    The same, read in pieces.
    """
    try:
        with mock.patch.object(module, "BLOCK", size), open_catalogue(str(path)) as catalogue:
            pieces = (catalogue.pieces(span) for span in (spans_of(catalogue) if catalogue.whole else [None]))
            return [row for piece in itertools.chain.from_iterable(pieces) for row in rows_of(piece)]
    except FileUnusableError as error:
        return error.why


def rows_of(piece):
    for place, (number, *cells) in enumerate(piece.frame.rows()):
        texts = tuple((cell or "").strip() for cell in cells)
        yield (number, (), piece.why[place]) if place in piece.why else (number, texts, "")


@given(TABLES, st.integers(20, 90))
def test_pieces_are_the_table(path, content, size):
    """
    Whatever is in a file and wherever it is cut: the same rows, the same numbers, the same complaints.
    """
    path.write_bytes(content)

    assert rows_alone(path) == rows_in_pieces(path, size)


@given(TABLES, st.integers(20, 90), st.integers(5, 200))
def test_spans_are_the_table(path, content, size, part):
    """
    A file in spans that are read apart has the same rows and numbers.
    """
    path.write_bytes(content)

    found = rows_in_pieces(path, size, lambda catalogue: spans(catalogue, part))

    expected = rows_alone(path)
    if isinstance(expected, str):
        assert expected.partition(": ")[2] == found.partition(": ")[2]
    else:
        assert [row[:2] for row in expected] == [row[:2] for row in found]


@given(CLEAN, st.integers(20, 90))
def test_clean_rows_are_not_read_by_hand(path, content, size):
    """
    Of a file without faults Polars reads every row, in several pieces.
    """
    path.write_bytes(content)

    with mock.patch.object(module.Catalogue, "_by_hand", side_effect=AssertionError):
        assert rows_alone(path) == rows_in_pieces(path, size)


@given(CLEAN)
def test_ends_of_rows(path, content):
    """
    The last row's end of any beginning of a table is where a row of the table ends.
    """
    ends = [0, *itertools.accumulate(len(row) + 1 for row in records(content))]

    for cut in range(len(content) + 1):
        assert max(end for end in ends if end <= cut) == last_row_end(content[:cut])


def records(content):
    """
    The rows of a table whose quotes are as they should be, by a walk over its characters.
    """
    row, quoted = b"", False
    for character in content:
        quoted ^= character == ord('"')
        if character == ord("\n") and not quoted:
            yield row
            row = b""
        else:
            row += bytes([character])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (b'a,"b","c ""d"" e"\n"f\n",g,h\r\n', True),
        (b'"",a\n', True),
        (b'a,5" wide\n', False),
        (b'a,5" wide 7" long\n', False),
        (b'a, "b"\n', False),
        (b'a,"b" \n', False),
        (b'a,"b\n', False),
        (b'a""b\n', False),
    ],
)
def test_quotes(text, expected):
    """
    Quotes stand around cells, or twice within them.
    """
    assert expected == well_quoted(text, ",")


@pytest.mark.parametrize(
    "content",
    [b"title;note\na;b\n", b"title\tnote\na\tb\n", b"title|note\na|b\n", b"\xef\xbb\xbftitle,note\r\na,b\r\n"],
)
def test_kinds_of_tables(path, content):
    """
    Every separator, and a byte order mark, are read by Polars.
    """
    path.write_bytes(content)

    with open_catalogue(str(path)) as catalogue:
        assert catalogue.whole is not None
        assert {ROW: [2], f"{KEPT}title": ["a"], f"{KEPT}note": ["b"]} == next(catalogue.pieces()).frame.to_dict(
            as_series=False
        )


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        ("title,note\na,b\n".encode("utf-16"), None),
        (b"title,note\na,b\n", "cp1252"),
        (b"\ntitle,note\na,b\n", None),
        (b"title,note\ra,b\r", None),
    ],
)
def test_other_tables(path, content, encoding):
    """
    What Polars would not read as it is meant is read row by row.
    """
    path.write_bytes(content)

    with open_catalogue(str(path), encoding=encoding) as catalogue:
        assert catalogue.whole is None
        assert [("a", "b")] == [cells for _, cells, _ in rows_of(next(catalogue.pieces()))]


def test_columns_without_a_name(path):
    """
    Columns that have no name are kept under their place.
    """
    path.write_bytes(b"title,, \na,b,c\n")

    with open_catalogue(str(path)) as catalogue:
        assert (f"{KEPT}title", f"{KEPT}column 2", f"{KEPT}column 3") == catalogue.kept


def test_parquet(tmp_path, monkeypatch):
    """
    Parquet keeps its types; spans have every row once.
    """
    monkeypatch.setattr(module, "_ROWS", 7)
    frame = pl.DataFrame({"title": [f"phone {n}" for n in range(40)], "price": range(40)})
    frame.write_parquet(tmp_path / "c.parquet")

    with open_catalogue(str(tmp_path / "c.parquet")) as catalogue:
        assert Span(0, 40, 1) == catalogue.whole
        found = [pl.concat(p.frame for p in catalogue.pieces(span)) for span in spans(catalogue, 300)]

    assert 1 < len(found)
    assert frame.rename(lambda name: f"{KEPT}{name}").with_row_index(ROW, 1).equals(pl.concat(found))


def test_pipe(monkeypatch):
    """
    What can be read but once is read once, and goes by its own name in errors.
    """
    monkeypatch.setattr("sys.stdin", mock.Mock(buffer=io.BytesIO()))

    with pytest.raises(FileUnusableError, match=r"^-: the file is empty"), open_catalogue("-"):
        raise AssertionError


def test_a_file_that_breaks_off(path):
    """
    A quote that never closes is one error, with the row where it opens.
    """
    path.write_bytes(b"title,note\n" + b"a,b\n" * 30 + b'"a,b\n' + b"a,b\n" * 30)

    assert rows_in_pieces(path, 32).startswith("row 32, line 32: a quote that never closes")
