"""
The file of networks, row by row: one PLMN each, with the first and last snapshot of every band token.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from bandcheck.database.importers.frame import Imported, source_text, wrong_file
from bandcheck.errors import InvalidDateError
from bandcheck.model.dates import Date

EXPECTED = "a file of networks: one JSON object a line with mcc, mnc, cc, country, brand, operator, tokens and status"

MOST_TOKENS = 200
"""More than the longest row that any snapshot had, five times over."""

_NEEDED = frozenset({"mcc", "mnc", "tokens", "status", "first_listed", "last_listed"})
_KEYS = _NEEDED | {"cc", "type", "country", "brand", "operator", "notes"}
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


class Row(NamedTuple):
    """
    One PLMN.

    Attributes:
        number: The line that it stood in, from 1.

        plmn: `310-260`.

        country: ISO 3166 code in small letters.

        country_name: For people.

        brand, operator: Empty where the list has none.

        kind: `National`, `International` or `Test`.

        tokens: First and last snapshot that listed a token.

        status: What the list called it, from which snapshot on; in time order.

        first, last: The snapshots that listed the row.

        note: A remark; empty if there is none.

        rank: 0; of a row about several territories the place of this one among them.
    """

    number: int
    plmn: str
    country: str
    country_name: str
    brand: str
    operator: str
    kind: str
    tokens: dict[str, tuple[str, str]]
    status: tuple[tuple[str, str], ...]
    first: str
    last: str
    note: str
    rank: int = 0

    @property
    def key(self) -> tuple[int, str]:
        """
        What no other row has.
        """
        return self.number, self.country


def read_rows(path: Path, found: Imported) -> list[Row]:
    """
    Every row that can be read, in the order of PLMNs; what cannot is refused.

    Raises:
        DataError: No line of the file is such a row.
    """
    rows: list[Row] = []
    for number, line in enumerate(source_text(path, EXPECTED).split("\n"), 1):
        if not line.strip():
            continue
        found.read += 1
        try:
            rows += _row(number, line)
        except ValueError as error:
            found.refuse(number, line, str(error))
    if not rows:
        raise wrong_file(path, "no line of it is a network", EXPECTED)
    return sorted(rows, key=lambda row: (row.plmn, repr(row[2:])))  # whatever their order in the file


def _row(number: int, line: str) -> Iterator[Row]:
    """
    A line as a row for each place that it is about.

    Raises:
        ValueError: What was expected.
    """
    if "\ufffd" in line:
        raise ValueError("expected UTF-8")
    try:
        data = json.loads(line)
    except (ValueError, RecursionError):
        raise ValueError("expected one JSON object, whole") from None
    if not isinstance(data, dict):
        raise ValueError("expected a JSON object")
    if unknown := sorted(data.keys() - _KEYS):
        raise ValueError(f"unknown keys: {', '.join(unknown)[:60]}")
    if missing := sorted(_NEEDED - data.keys()):
        raise ValueError(f"expected the keys {', '.join(missing)}")
    texts = {key: _text(data, key) for key in ("mcc", "mnc", "cc", "type", "country", "brand", "operator", "notes")}
    if not re.fullmatch(r"\d{3}", texts["mcc"], re.A) or not re.fullmatch(r"\d{2,3}", texts["mnc"], re.A):
        raise ValueError("expected an MCC of three digits and an MNC of two or three")
    first, last = _day(data["first_listed"]), _day(data["last_listed"])
    row = Row(
        number,
        f"{texts['mcc']}-{texts['mnc']}",
        _country(texts["cc"]),
        texts["country"],
        texts["brand"],
        texts["operator"],
        texts["type"] or "National",
        dict(sorted(_tokens(data["tokens"]))),
        tuple(_status(data["status"])),
        first,
        last,
        texts["notes"],
    )
    return _places(row, texts["cc"])


def _text(data: dict[str, Any], key: str) -> str:
    value = data.get(key)
    if value is not None and not isinstance(value, str):
        raise ValueError(f"expected {key} as text")
    return " ".join((value or "").split())


def _day(value: object) -> str:
    if isinstance(value, str) and _DAY.fullmatch(value):
        try:
            return Date.parse(value).text
        except InvalidDateError:
            pass
    raise ValueError(f"expected a day such as 2016-07-11, got {str(value)[:20]!r}")


def _tokens(value: object) -> Iterator[tuple[str, tuple[str, str]]]:
    if not isinstance(value, dict):
        raise ValueError("expected tokens as an object")
    if len(value) > MOST_TOKENS:
        raise ValueError(f"{len(value)} tokens, at most {MOST_TOKENS} are read")
    for token, pair in value.items():
        if not isinstance(pair, list) or len(pair) != 2:
            raise ValueError(f"expected first and last day of {token[:20]!r}")
        first, last = _day(pair[0]), _day(pair[1])
        if last < first:
            raise ValueError(f"{token[:20]!r} ends before it begins")
        yield token, (first, last)


def _status(value: object) -> Iterator[tuple[str, str]]:
    if not isinstance(value, list):
        raise ValueError("expected status as a list")
    for pair in value:
        if not isinstance(pair, list) or len(pair) != 2 or not isinstance(pair[1], str):
            raise ValueError("expected status as pairs of day and word")
        yield _day(pair[0]), pair[1]


_TERRITORIES = {
    "bl": {
        "gp": "Guadeloupe",
        "mq": "Martinique",
        "gf": "French Guiana",
        "mf": "Saint Martin",
        "bl": "Saint Barthélemy",
    },
    "bq": {"cw": "Curaçao", "sx": "Sint Maarten", "bq": "Bonaire"},
    "yt": {"re": "Réunion", "yt": "Mayotte"},
}
"""Where one row is about several territories, by the first code that it gives: their codes and names; PLMNs are filed
under the first. A code that is not here (AU/CC/CX, GE-AB) stands for its first part alone."""


def _places(row: Row, cc: str) -> Iterator[Row]:
    """
    A row for each territory that it is about: all that it is filed under, or those that its words name.
    """
    territories = _TERRITORIES.get(row.country, {}) if len(cc) > 2 else {}
    told = f"{row.brand} {row.operator} {row.note}"
    named = {code: name for code, name in territories.items() if name in told} or territories
    for code, name in named.items():
        yield row._replace(country=code, country_name=name, rank=list(territories).index(code))
    if not territories:
        yield row


def _country(text: str) -> str:
    code = text[:2].lower()
    if text and not re.fullmatch(r"[a-z]{2}", code):
        raise ValueError("expected cc as an ISO 3166 code")
    return code
