"""
A file as a table: a header, and rows that are cells or a reason why not.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import os
import stat
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import BinaryIO, NamedTuple

from bandcheck.errors import FileUnusableError

LARGEST_DOCUMENT = 256 * 1024 * 1024
"""Of bytes. JSON has to be read whole; what is larger goes line by line."""

FORMATS = ("csv", "tsv", "json", "jsonl", "parquet")

_SUFFIXES = {
    ".csv": "csv",
    ".txt": "csv",
    ".tsv": "tsv",
    ".tab": "tsv",
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".parquet": "parquet",
    ".pq": "parquet",
}


class Row(NamedTuple):
    """
    One row of a table.

    Attributes:
        number: Its place; the header is 1. In files without a header the first is 1.

        cells: As many as there are columns; empty if it cannot be read.

        why: Why it cannot be read, for people; empty if it can.
    """

    number: int
    cells: tuple[str, ...] = ()
    why: str = ""


class Table(NamedTuple):
    """
    A file that was opened.

    Attributes:
        names: The columns.

        rows: One after the other, read as they are taken. A file that breaks off raises FileUnusableError.

        separator: Of the cells of a table of text; empty of other formats.
    """

    names: tuple[str, ...]
    rows: Iterator[Row]
    separator: str = ""


class Input(NamedTuple):
    """
    What was screened.

    Attributes:
        name: The file, without its folder; `-` for stdin, empty for values of a program.

        sha256: Of its bytes.
    """

    name: str
    sha256: str


@contextlib.contextmanager
def open_table(
    path: str, form: str | None = None, encoding: str | None = None, *, digest: bool = True
) -> Iterator[tuple[Table, Input]]:
    """
    A file of listings, open while its rows are taken.

    Args:
        path: `-` is stdin.

        form: One of `FORMATS`; None: by the suffix, for stdin by the first character.

        encoding: Of text; None: UTF-8, or what a byte order mark says.

        digest: False leaves the hash empty, for those who reckon it while the rows are read.

    Raises:
        FileUnusableError: It is no file, cannot be read, or is of no known format.
    """
    from bandcheck.screening.listings import delimited, documents

    with _opened(path) as file:
        form = form or _form(path, file)
        try:
            source = Input(os.path.basename(path), sha256_of(file) if digest else "")
        except OSError as error:
            raise FileUnusableError(path, f"cannot be read: {error.strerror}.") from None
        if form == "parquet":
            from bandcheck.screening.listings import columnar

            yield columnar.read(path, file), source
            return
        if form == "json" and file.seek(0, os.SEEK_END) > LARGEST_DOCUMENT:
            most = LARGEST_DOCUMENT // 1024 // 1024
            raise FileUnusableError(path, f"larger than {most} MiB, and JSON is read whole. Write JSON Lines, or CSV.")
        file.seek(0)
        text = _text(path, file, encoding)
        try:
            if form in ("csv", "tsv"):
                yield delimited.read(path, text, "\t" if form == "tsv" else None), source
            else:
                yield documents.read(path, text, lines=form == "jsonl"), source
        finally:
            text.detach()


def _opened(path: str) -> BinaryIO:
    file = open_bytes(path)
    if path != "-" and file.seekable():
        return file
    text = file.read(LARGEST_DOCUMENT + 1)  # a pipe: what it says is said once
    if path != "-":
        file.close()
    if len(text) > LARGEST_DOCUMENT:
        most = LARGEST_DOCUMENT // 1024 // 1024
        raise FileUnusableError(path, f"more than {most} MiB through a pipe. Write it into a file, and name that.")
    return io.BytesIO(text)


def open_bytes(path: str) -> BinaryIO:
    """
    A file as its bytes; `-` is stdin.

    Raises:
        FileUnusableError: It is none, or cannot be read.
    """
    if path == "-":
        if sys.stdin is None:
            raise FileUnusableError(path, "stdin is closed. Name a file of listings.")
        return sys.stdin.buffer
    if os.path.isdir(path):
        raise FileUnusableError(path, "this is a folder. Name a file of listings.")
    try:
        file = Path(path).open("rb")  # noqa: SIM115 - whoever asked closes it
        if stat.S_ISCHR(os.fstat(file.fileno()).st_mode) and not file.isatty():
            file.close()
            raise FileUnusableError(path, "this is a device. Name a file of listings.")
    except FileUnusableError:
        raise
    except OSError as error:
        raise FileUnusableError(path, f"cannot be read: {error.strerror}.") from None
    return file


def _form(path: str, file: BinaryIO) -> str:
    suffix = os.path.splitext(path)[1].lower()
    if suffix in _SUFFIXES:
        return _SUFFIXES[suffix]
    start = file.read(4096)
    file.seek(0)
    if start.startswith(b"PAR1"):
        return "parquet"
    if suffix in (".xlsx", ".xls", ".ods"):
        raise FileUnusableError(path, "workbooks are not read. Save the sheet as CSV.")
    text = start.lstrip(b"\xef\xbb\xbf \t\r\n")
    if text.startswith(b"["):
        return "json"
    if text.startswith(b"{"):
        first = text.split(b"\n", 1)[0].rstrip()
        return "jsonl" if first.endswith(b"}") and b'"listings"' not in first else "json"
    return "csv"


def sha256_of(file: BinaryIO) -> str:
    """
    The hash of a file's bytes. It is left at its start.
    """
    digest = hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]
    file.seek(0)
    return digest


@contextlib.contextmanager
def hashed(path: str) -> Iterator[Callable[[], str]]:
    """
    The hash of a file, which a thread reckons meanwhile.

    Raises:
        FileUnusableError: It cannot be read.
    """
    with open_bytes(path) as file, ThreadPoolExecutor(1) as thread:
        yield thread.submit(sha256_of, file).result


def _text(path: str, file: BinaryIO, encoding: str | None) -> io.TextIOWrapper:
    """
    A file as text. Bytes that are not of the encoding become lone surrogates, which `damage` finds.
    """
    start = file.read(2)
    file.seek(0)
    if encoding is None:
        encoding = "utf-16" if start in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        return io.TextIOWrapper(file, encoding=encoding, errors="surrogateescape", newline="")
    except LookupError:
        raise FileUnusableError(path, f"there is no encoding {encoding!r}. Name one such as utf-8 or cp1252.") from None


def damage(text: str) -> str:
    """
    What is wrong with the characters of a text, for people; empty if nothing is.
    """
    for character in text:
        if "\udc80" <= character <= "\udcff":
            byte = ord(character) - 0xDC00
            return f"byte 0x{byte:02x} is not of the file's encoding; save it as UTF-8, or name --encoding"
        if character == "\0":
            return "a NUL character; save the file as text"
    return ""
