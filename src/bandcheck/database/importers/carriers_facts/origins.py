"""
The sources of a facts file as source records: address and date from there, the words our own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from bandcheck.errors import InvalidDateError
from bandcheck.model.dates import Date

_IN_ADDRESS = re.compile(r"/(20[0-9]{2})/([01][0-9])/(?:([0-3][0-9])/)?")
_IN_TITLE = re.compile(r"\b20[0-9]{2}(?:-[01][0-9](?:-[0-3][0-9])?)?\b")
_KINDS = {"github.com": "wiki", "forums.macrumors.com": "community", "help.digi.com.my": "operator"}
"""Addresses that are no news; those on GitHub are lists made from Wikipedia's tables and Android's carrier list."""


class Origins:
    """
    The sources that taken facts point at, and what for.

    Attributes:
        listed: As in the file, by its own ids.

        used: Subjects of the facts that point at a source, by the file's id.
    """

    def __init__(self, listed: dict[str, dict[str, Any]], prefix: str) -> None:
        self.listed = listed
        self.used: dict[str, set[str]] = {}
        self._prefix = prefix

    def cite(self, ids: Iterable[str], subject: str) -> list[str]:
        """
        The ids of source records for a fact about `subject`; those that the file does not list are left out.
        """
        known = [one for one in dict.fromkeys(ids) if one in self.listed]
        for one in known:
            self.used.setdefault(one, set()).add(subject)
        return [f"{self._prefix}-{_plain(one)}" for one in known]

    def records(self) -> dict[str, dict[str, Any]]:
        """
        The source records of all facts that were taken.
        """
        return {f"{self._prefix}-{_plain(one)}": self._record(one) for one in sorted(self.used)}

    def _record(self, one: str) -> dict[str, Any]:
        row = self.listed[one]
        url, title = str(row.get("url", "")), str(row.get("title", ""))
        site = urlsplit(url).hostname or "unnamed"
        subjects = sorted(self.used[one])
        about = ", ".join(subjects[:2]) + (" and others" if len(subjects) > 2 else "")
        record = {"kind": _KINDS.get(site, "news"), "title": f"{site.removeprefix('www.')}: {about}", "url": url}
        day = _date(url, title)
        return record if day is None else {**record, "date": day}


def _plain(one: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", one.lower()).strip("-")


def _date(url: str, title: str) -> str | None:
    """
    When a page was published, by its address or by the head of its title; a date after a colon is of what it tells.
    """
    in_address = _IN_ADDRESS.search(url)
    in_title = _IN_TITLE.search(title.partition(": ")[0])
    for text in (
        "-".join(part for part in in_address.groups() if part) if in_address else None,
        in_title and in_title[0],
    ):
        try:
            if text:
                return Date.parse(text).text
        except InvalidDateError:
            continue
    return None
