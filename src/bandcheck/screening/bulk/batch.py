"""
One function from an Arrow batch to an Arrow batch, for every engine that works in other processes: Dask, Spark, Ray.
"""

from __future__ import annotations

import datetime as dt
import functools
import pickle
from collections.abc import Iterable, Iterator, Mapping, Sequence
from os import PathLike, fspath
from typing import TYPE_CHECKING, Any, TypeVar

from bandcheck.database.catalog import Catalog
from bandcheck.database.front import as_day
from bandcheck.screening.bulk import USUAL
from bandcheck.screening.policy import Policy

if TYPE_CHECKING:
    import pyarrow as pa

    from bandcheck.screening.bulk.frame import FrameScreener

Batch = TypeVar("Batch", "pa.Table", "pa.RecordBatch")


class BatchScreener:
    """
    Screens Arrow tables or record batches: `screener(batch)` has the rows of the batch in their order, and the columns
    of the answer. Pure, and small to send: each process opens the database once, and keeps what it learns.
    """

    def __init__(
        self,
        carrier: str | None = None,
        *,
        policy: Policy | str | PathLike[str] | None = None,
        on: dt.date | str | None = None,
        data: str | PathLike[str] | None = None,
        overlays: Sequence[str | PathLike[str]] = (),
        columns: Mapping[str, str] | None = None,
        outputs: Sequence[str] = USUAL,
        prefix: str = "",
    ) -> None:
        """
        Args:
            on: As in `screen_frame`; None is the day on which this is made, for all processes.

            data, overlays: As `path` and `overlays` of `Catalog.open`. Paths that every process can open.

            carrier, policy, columns, outputs, prefix: As in `screen_frame`.

        Raises:
            DataError: The policy has problems.

            InvalidDateError: No such day.
        """
        loaded = policy if isinstance(policy, Policy) else Policy.load(policy)
        opened = None if data is None else fspath(data), tuple(fspath(overlay) for overlay in overlays)
        settings = {
            "policy": loaded,
            "on": as_day(on),
            "columns": dict(columns or {}),
            "outputs": tuple(outputs),
            "prefix": prefix,
        }
        self._work = pickle.dumps((opened, carrier, settings))

    def __call__(self, batch: Batch) -> Batch:
        """
        A table or record batch with its answers. Texts of the answer are plain strings.
        """
        import polars as pl
        import pyarrow as pa

        frame = pl.DataFrame(pl.from_arrow(batch))
        screened = self.of_frames(tuple(batch.schema.names))(frame)
        table = (
            screened.drop(frame.columns)
            .with_columns(pl.all().cast(pl.String))
            .to_arrow(compat_level=pl.CompatLevel.oldest())
        )
        # The columns of the question go out as they came in, to the byte.
        texts = [table.column(n).cast(pa.string()) for n in range(table.num_columns)]
        one_piece = isinstance(batch, pa.RecordBatch)
        added: list[Any] = [_joined(text) for text in texts] if one_piece else texts
        arrays = [*batch.columns, *added]
        return type(batch).from_arrays(arrays, schema=self.schema(batch.schema))

    def schema(self, schema: pa.Schema) -> pa.Schema:
        """
        The columns of an answer to a batch with these.
        """
        import pyarrow as pa

        _, _, settings = pickle.loads(self._work)
        for output in settings["outputs"]:
            schema = schema.append(pa.field(f"{settings['prefix']}{output}", pa.string()))
        return schema

    def of_frames(self, names: tuple[str, ...]) -> FrameScreener:
        """
        This process's screener of frames with these columns.
        """
        return _screener(self._work, names)

    def all(self, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """
        One batch after the other: what Spark's `mapInArrow` takes.
        """
        return map(self, batches)


def _joined(text: pa.ChunkedArray) -> pa.Array:
    """
    The pieces of a column as one array.
    """
    import pyarrow as pa

    return pa.concat_arrays([pa.array([], text.type), *text.chunks])


@functools.lru_cache(maxsize=4)
def _screener(work: bytes, names: tuple[str, ...]) -> FrameScreener:
    """
    What a process keeps: the screener of a piece of work on batches with these columns.
    """
    from bandcheck.screening.bulk.frame import FrameScreener

    (path, overlays), carrier, settings = pickle.loads(work)
    return FrameScreener(names, carrier, catalog=_catalog(path, overlays), **settings)


@functools.lru_cache(maxsize=4)
def _catalog(path: str | None, overlays: tuple[str, ...]) -> Catalog:
    return Catalog.open(path, overlays)
