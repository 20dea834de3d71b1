"""
Where facts come from, and how far to trust them.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Mapping

from bandcheck.model.entity import entity


class Trust(enum.Enum):
    """
    How sure a fact is, by its sources.
    """

    VERIFIED = "verified"  # two or more independent sources agree
    SINGLE = "single"  # one source, or several with one upstream
    IMPORTED = "imported"  # taken over in bulk, nobody reviewed it
    DISPUTED = "disputed"  # sources disagree; both sides are kept
    INFERRED = "inferred"  # certain by rule, stated by nobody

    __hash__ = object.__hash__


FIRST_HAND = frozenset({"manufacturer", "operator", "regulator", "standard", "code", "news", "review"})
"""Kinds of source that saw the thing themselves; the others (`database`, `wiki`, `community`) retell."""

KINDS = (*sorted(FIRST_HAND), "community", "database", "wiki")


@entity
class Source:
    """
    A public source that facts point at.

    Attributes:
        id: What facts write.

        kind: One of `KINDS`.

        title: For people.

        url: Address; None if it has none that is known.

        date: When published, or seen; as text, None if unknown.

        upstream: What it was itself copied from; its own id if nothing. One upstream is one source.
    """

    id: str
    kind: str
    title: str
    url: str | None = None
    date: str | None = None
    upstream: str = ""

    @property
    def origin(self) -> str:
        """
        What makes two sources independent: they have different origins.
        """
        return self.upstream or self.url or self.id


@entity
class Conflict:
    """
    A point on which sources disagree.

    Attributes:
        about: What it is about.

        claims: Each side as (what it says, its sources).
    """

    about: str
    claims: tuple[tuple[str, tuple[str, ...]], ...]


def independent(ids: Iterable[str], sources: Mapping[str, Source]) -> int:
    """
    How many independent sources there are among these.
    """
    return len({sources[i].origin if i in sources else i for i in ids})
