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
        (one(HEAD.replace("denied", "certified") + ", phones: {brands: [a]}"), "expected one of granted, denied"),
        (one(HEAD), "2 statements[0]: `phones` is missing"),
        (one(HEAD + ", phones: {}"), "2 statements[0].phones: no phone is meant"),
        (one(HEAD + ", phones: {brand: [a]}"), "unknown field `brand`"),
        (one(HEAD.replace("who: Acme, ", "") + ", phones: {brands: [a]}"), "`who` is missing"),
        (one(HEAD.replace("sources: [s]", "sources: []") + ", phones: {brands: [a]}"), "no source"),
        (one(HEAD.replace("'2016-02-02'", "'2016-02-30'") + ", phones: {brands: [a]}"), "not a date that exists"),
        (one(HEAD + ", phones: {brands: [a]}, until: '2015'"), "it ends on 2015, before it begins on 2016-02-02"),
        (one(HEAD + ", phones: {brands: [a]}, country: usa"), "'usa' is not a country code"),
        (
            one(HEAD + ", phones: {brands: [a]}, carrier: xx/a"),
            "`carrier` says nothing in a statement of authorisation",
        ),
        (one(HEAD + ", phones: {brands: [a]}, fcc_ids: [A]"), "`fcc_ids` says nothing in a statement of authorisation"),
        (one(HEAD + ", phones: {brands: [a]}, says_who: x"), "unknown field `says_who`"),
        (
            one(
                "kind: certification, effect: refused, who: A, since: '2016', phones: {brands: [a]}, says: S, sources: [s]"
            ),
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
