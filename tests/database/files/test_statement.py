"""
`bands/statements/**.yaml`: what can be said, and what cannot.
"""

from __future__ import annotations

from typing import Any

import pytest

from bandcheck.database.files.fields import Fields
from bandcheck.database.files.statement import read_statements
from bandcheck.database.files.yamlfile import read_text
from bandcheck.errors import Problem

HEAD = "kind: authorisation, effect: denied, who: Acme, since: '2016-02-02', says: S, sources: [s]"


MEANT = f"{HEAD}, phones: {{brands: [a]}}"
OTHERS = "effect: refused, who: A, since: '2016', phones: {brands: [a]}, says: S, sources: [s]"


def read(text: str) -> tuple[dict[str, Any], list[str]]:
    """
    The record of a file, and its problems as `line path: what is wrong`.
    """
    problems: list[Problem] = []
    document = read_text(text.encode(), "x.yaml", problems)
    assert document is not None, problems
    record = read_statements(Fields(document, "x.yaml", "", problems), "statements/xx/acme")
    assert all(problem.cure for problem in problems)
    return record, [f"{p.line} {p.path}: {p.found}" for p in sorted(problems)]


def one(written: str) -> str:
    """
    A file with one statement.
    """
    return f"statements:\n  - {{{written}}}\n"


def test_everything() -> None:
    """
    Each key has its place in the record.
    """
    record, problems = read(
        """
sources: {s: {kind: news, title: T}}
statements:
  - kind: equipment
    effect: granted
    who: The regulator
    since: "2016-02"
    until: "2018"
    phones: {brands: [acme], devices: [acme/one], models: [A1-100]}
    country: XX
    fcc_ids: [ABC123]
    says: It granted it.
    sources: [s]
notes: [A note.]
"""
    )
    (statement,) = record["statements"]

    assert [] == problems
    assert {
        "kind": "equipment",
        "effect": "granted",
        "who": "The regulator",
        "live": {"since": "2016-02", "until": "2018"},
        "phones": {"brands": ["acme"], "devices": ["acme/one"], "models": ["A1-100"]},
        "carrier": "",
        "to": "",
        "country": "XX",
        "fcc_ids": ["ABC123"],
        "says": "It granted it.",
        "sources": ["s"],
        "line": 4,
    } == statement
    assert ("statements/xx/acme", ["s"], ["A note."]) == (record["id"], list(record["sources"]), record["notes"])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("notes: [x]", "1 statements: no statement"),
        ("statements: []", "1 statements: no statement"),
        (one("kind: hearsay"), "2 statements[0].kind: expected one of certification, authorisation,"),
        (one(MEANT.replace("denied", "certified")), "expected one of granted, denied"),
        (one(HEAD), "2 statements[0]: `phones` is missing"),
        (one(HEAD + ", phones: {}"), "2 statements[0].phones: no phone is meant"),
        (one(HEAD + ", phones: {brand: [a]}"), "unknown field `brand`"),
        (one(MEANT.replace("who: Acme, ", "")), "`who` is missing"),
        (one(MEANT.replace("sources: [s]", "sources: []")), "no source"),
        (one(MEANT.replace("'2016-02-02'", "'2016-02-30'")), "not a date that exists"),
        (one(MEANT + ", until: '2015'"), "it ends on 2015, before it begins on 2016-02-02"),
        (one(MEANT + ", country: usa"), "'usa' is not a country code"),
        (
            one(MEANT + ", carrier: xx/a"),
            "`carrier` says nothing in a statement of",
        ),
        (one(MEANT + ", fcc_ids: [A]"), "`fcc_ids` says nothing in a statement of"),
        (one(MEANT + ", says_who: x"), "unknown field `says_who`"),
        (
            one(f"kind: certification, {OTHERS}"),
            "`carrier` is missing",
        ),
        (
            one(
                "kind: equipment, effect: refused, who: A, since: '2016', phones: {brands: [a]}, says: S, sources: [s]"
            ),
            "2 statements[0].country: a regulator without a country",
        ),
    ],
)
def test_problems(text: str, found: str) -> None:
    """
    Each with its line, its path and a cure.
    """
    _, problems = read(text)

    assert [found] == [found for problem in problems if found in problem][:1]
