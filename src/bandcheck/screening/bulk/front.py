"""
The function that `import bandcheck` offers for frames. Polars is imported when it is called.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from os import PathLike
from typing import TYPE_CHECKING, TypeVar

from bandcheck.database.front import as_day, default_catalog
from bandcheck.screening.bulk import USUAL
from bandcheck.screening.policy import Policy

if TYPE_CHECKING:
    import polars as pl

    from bandcheck.database.catalog import Catalog

Frame = TypeVar("Frame", "pl.DataFrame", "pl.LazyFrame")


def screen_frame(
    frame: Frame,
    carrier: str | None = None,
    *,
    policy: Policy | str | PathLike[str] | None = None,
    on: dt.date | str | None = None,
    catalog: Catalog | None = None,
    columns: Mapping[str, str] | None = None,
    outputs: Sequence[str] = USUAL,
    prefix: str = "",
) -> Frame:
    """
    Add what `bandcheck.screen` says of each row to a frame. Rows and their order stay.

    Names and titles are read once for each distinct text, and each distinct case is judged once; the rest is gathers.
    A lazy frame stays lazy, and streams.

    Args:
        frame: Columns with a title, model or model number; with a carrier and a day if they differ by row.

        carrier: As in `bandcheck.screen`. None: the column `carrier`.

        policy, on, catalog: As there.

        columns: Which column holds which field of a listing, where the names do not tell: `{"title": "product"}`.

        outputs: Which of `frame.OUTPUTS` to add.

        prefix: Goes before the names of the columns that are added.

    Raises:
        ImportError: Polars is not installed; the extra `bulk` brings it.

        FileUnusableError: No column names a phone, or a column that would be added is there.

        UnknownCarrierError, DataError, InvalidDateError: As there.
    """
    import polars as pl

    from bandcheck.screening.bulk.frame import FrameScreener

    names = frame.collect_schema().names()
    screener = FrameScreener(
        names,
        carrier,
        policy=policy if isinstance(policy, Policy) else Policy.load(policy),
        on=as_day(on),
        catalog=catalog or default_catalog(),
        columns=columns,
        outputs=outputs,
        prefix=prefix,
    )
    if isinstance(frame, pl.DataFrame):
        return screener(frame)
    return screener.lazily(frame)
