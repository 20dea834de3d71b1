"""
Reading a data file's text in a test, whatever kind of file it is.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bandcheck.database.files.fields import Fields
from bandcheck.database.files.yamlfile import read_text
from bandcheck.errors import Problem
from bandcheck.model.bands import BandSet, Rat


class FileCase:
    """
    One kind of data file.

    Attributes:
        name: What problems call the file.

        reader: Takes its fields to a record.
    """

    def __init__(self, name: str, reader: Callable[[Fields], dict[str, Any]]) -> None:
        self.name = name
        self.reader = reader

    def read(self, text: str) -> tuple[dict[str, Any], list[Problem]]:
        """
        The record and the problems of a file with this text.
        """
        problems: list[Problem] = []
        document = read_text(text.encode(), self.name, problems)
        assert document is not None, problems
        return self.reader(Fields(document, self.name, "", problems)), problems

    def record_of(self, text: str) -> dict[str, Any]:
        """
        The record of a file without a problem.
        """
        record, problems = self.read(text)
        assert [] == problems
        return record

    def problems_of(self, text: str) -> list[str]:
        """
        `line path: what is wrong` of each problem; each names the file and a cure.
        """
        _, problems = self.read(text)
        assert all(p.file == self.name and p.cure for p in problems)
        return [f"{p.line} {p.path}: {p.found}".replace(" : ", ": ") for p in sorted(problems)]


def mask(rat: Rat, *numbers: int) -> int:
    """
    Some bands of one RAT, as records have them.
    """
    return BandSet.from_numbers(rat, numbers).mask
