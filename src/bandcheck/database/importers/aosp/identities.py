"""
Android's list of carriers: a text of nested `name { key: value }`, read by a tokenizer for this shape.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from bandcheck.database.importers.frame import source_text, wrong_file

EXPECTED = (
    "Android's list of carriers as text: carrier_id { canonical_id: 1 carrier_name: ... carrier_attribute { ... } }"
)

_TOKEN = re.compile(r'\s*(?:#[^\n]*\n\s*)*(?:(?P<word>[A-Za-z_0-9-]+)|(?P<mark>[{}:])|"(?P<text>(?:[^"\\\n]|\\.)*)")')
_TUPLE = "mccmnc_tuple"
_KEYS = frozenset(
    ["gid1", "gid2", "spn", "imsi_prefix_xpattern", "preferred_apn", "privilege_access_rule", "iccid_prefix", "plmn"]
) | {_TUPLE}
MOST_TUPLES = 500


class Identity(NamedTuple):
    """
    One carrier as Android tells SIMs apart.

    Attributes:
        number: Its place in the file, from 1.

        id: Android's number for it.

        name: As Android shows it.

        plain: PLMNs that make a SIM this carrier's by themselves, as digits: `310260`.

        narrowed: PLMNs that do so only with something else on the SIM.

        parent: Android's number of the carrier that this one belongs to; None if it belongs to none.
    """

    number: int
    id: int
    name: str
    plain: frozenset[str]
    narrowed: frozenset[str]
    parent: int | None


class Unread(NamedTuple):
    """
    An entry that cannot be read: its place, its name and why.
    """

    number: int
    came: str
    why: str


def read_identities(path: Path) -> tuple[list[Identity], list[Unread], int]:
    """
    Every entry of the list, by Android's numbers; those that cannot be read; the list's version, 0 if it says none.

    Raises:
        DataError: There is no entry that can.
    """
    found: dict[int, Identity] = {}
    unread = []
    whole = source_text(path, EXPECTED)
    version = re.search(r"^version: (\d{1,12})$", whole, re.M | re.A)
    for number, text in enumerate(_entries(whole), 1):
        try:
            identity = _identity(number, text)
            if identity.id in found:
                raise ValueError(f"canonical_id {identity.id} a second time")
            found[identity.id] = identity
        except ValueError as error:
            unread.append(Unread(number, " ".join(text.split()), str(error)))
    if not found:
        raise wrong_file(path, "no carrier_id { ... } in it", EXPECTED)
    return sorted(found.values(), key=lambda identity: identity.id), unread, int(version[1]) if version else 0


def plmn_sets(path: Path) -> list[frozenset[str]]:
    """
    The sets of PLMNs, `310-260`, that Android takes for one carrier whatever else is on the SIM.
    """
    identities, _, _ = read_identities(path)
    return [frozenset(f"{p[:3]}-{p[3:]}" for p in identity.plain) for identity in identities if len(identity.plain) > 1]


def _entries(text: str) -> Iterator[str]:
    """
    The text of each entry, from its name to the next one's.
    """
    starts = [match.start() for match in re.finditer(r"^carrier_id\b", text, re.M)]
    for start, end in itertools.pairwise([*starts, len(text)]):
        yield re.sub(r"^version:.*", "", text[start:end], flags=re.M)


def _identity(number: int, text: str) -> Identity:
    """
    Raises:
        ValueError: What was expected.
    """
    if "\ufffd" in text:
        raise ValueError("expected UTF-8")
    entry = _parsed(text)
    if len(entry) != 1 or "carrier_id" not in entry or not isinstance(entry["carrier_id"][0], dict):
        raise ValueError("expected carrier_id { ... }")
    fields = entry["carrier_id"][0]
    unknown = fields.keys() - {"canonical_id", "carrier_name", "carrier_attribute", "parent_canonical_id"}
    if unknown:
        raise ValueError(f"unknown keys: {', '.join(sorted(unknown))[:60]}")
    name = fields.get("carrier_name", [""])[0]
    if not isinstance(name, str) or not name.strip():
        raise ValueError("expected a carrier_name")
    plain: set[str] = set()
    narrowed: set[str] = set()
    for attribute in fields.get("carrier_attribute", []):
        if not isinstance(attribute, dict) or attribute.keys() - _KEYS:
            raise ValueError("expected attributes of known keys")
        plmns = attribute.get(_TUPLE, [])
        if len(plmns) > MOST_TUPLES:
            raise ValueError(f"{len(plmns)} PLMNs, at most {MOST_TUPLES} are read")
        for plmn in plmns:
            if not isinstance(plmn, str) or not re.fullmatch(r"\d{5,6}", plmn, re.A):
                raise ValueError(f"expected PLMNs of five or six digits, got {str(plmn)[:20]!r}")
        (narrowed if attribute.keys() - {_TUPLE} else plain).update(plmns)
    parent = fields.get("parent_canonical_id")
    return Identity(
        number,
        _number(fields.get("canonical_id")),
        " ".join(name.split()),
        frozenset(plain),
        frozenset(narrowed),
        None if parent is None else _number(parent),
    )


def _number(values: list[Any] | None) -> int:
    if not values or not isinstance(values[0], str) or not values[0].isdecimal() or len(values[0]) > 12:
        raise ValueError("expected a canonical_id")
    return int(values[0])


def _parsed(text: str) -> dict[str, list[Any]]:
    """
    Nested messages as dicts of lists.

    Raises:
        ValueError: It is not of that form, or ends in the middle.
    """
    root: dict[str, list[Any]] = {}
    stack = [root]
    key: str | None = None
    position, end = 0, len(text.rstrip())
    while position < end:
        match = _TOKEN.match(text, position)
        if match is None:
            raise ValueError("expected key: value or key { ... }")
        position = match.end()
        if match["mark"] == "}":
            if len(stack) == 1 or key is not None:
                raise ValueError("expected a value before }")
            stack.pop()
        elif match["mark"] == "{":
            if key is None or len(stack) > 3:
                raise ValueError("expected a key before {")
            inner: dict[str, list[Any]] = {}
            stack[-1].setdefault(key, []).append(inner)
            stack.append(inner)
            key = None
        elif match["mark"] == ":":
            if key is None:
                raise ValueError("expected a key before :")
        elif key is None and match["word"] is not None:
            key = match["word"]
        elif key is not None:
            stack[-1].setdefault(key, []).append(_unescaped(match["text"]) if match["word"] is None else match["word"])
            key = None
        else:
            raise ValueError("expected a key before a text")
    if len(stack) != 1 or key is not None:
        raise ValueError("expected the entry whole, it ends in the middle")
    return root


def _unescaped(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text)
