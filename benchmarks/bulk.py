"""
Screening in bulk, against Polars merely copying the same table and DuckDB intersecting band lists over the same rows.

    python benchmarks/bulk.py                      # everything on ten million rows: half an hour
    python benchmarks/bulk.py file --rows 1000000  # some of it
    python benchmarks/bulk.py overlap memory gather matrix titles dask

The table is made up of the database's own names: 2,000 phones, 60 carriers whose bands are recorded, 1,000 days around
2020, some more often than others.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import duckdb
import numpy as np
import polars as pl
from measure import in_turns, show

from bandcheck.database.catalog import Catalog
from bandcheck.matching.plan import Timetable
from bandcheck.model.bands import FIELD, Rat, numbers_in
from bandcheck.screening.bulk.front import screen_frame
from bandcheck.screening.bulk.verdicts import OUTCOME, Verdicts, gathered, matrix

ON = dt.date(2020, 1, 1)
RATS = (Rat.LTE, Rat.UMTS, Rat.GSM)
BANDCHECK = str(Path(sys.executable).with_name("bandcheck"))
CHANCE = np.random.default_rng(2016)


class Bench:
    """
    What the benchmarks share: the database, a folder, a table of listings.
    """

    def __init__(self, folder: Path, rows: int, rounds: int) -> None:
        self.folder, self.rows, self.rounds = folder, rows, rounds
        self.catalog = Catalog.open()
        documents = list(self.catalog.documents("device"))
        step = max(1, len(documents) // 2000)
        self.phones = [(f"{doc['brand']} {doc['name']}", doc) for doc in documents[::step]]
        plans = {timetable.carrier.id: timetable.plan(ON) for timetable in self.networks()}
        recorded = [carrier for carrier, plan in plans.items() if all(plan.certain & FIELD[rat] for rat in RATS)]
        self.carriers = recorded[:: max(1, len(recorded) // 60)][:60]
        self.days = [ON + dt.timedelta(days=day) for day in range(-500, 500)]

    def networks(self) -> list[Timetable]:
        """
        All operators' plans.
        """
        found = (doc["id"] for doc in self.catalog.documents("carrier") if doc["kind"] == "network")
        return [self.catalog.timetable(carrier) for carrier in found]

    def table(self, rows: int, titles: list[str] | None = None) -> Path:
        """
        A catalogue of so many rows, as CSV.
        """
        path = self.folder / f"{rows}-{len(titles or ())}.csv"
        names = titles or [name for name, _ in self.phones]
        with path.open("wb") as file:
            for start in range(0, rows, 1_000_000):
                count = min(1_000_000, rows - start)
                frame = pl.DataFrame(
                    {
                        "sku": pl.Series(np.arange(start, start + count)).cast(pl.String),
                        "title": _picked(names, count),
                        "carrier": _picked(self.carriers, count),
                        "on": _picked([day.isoformat() for day in self.days], count),
                        "price": CHANCE.integers(20, 900, count),
                        "seller": _picked([f"Seller {n}" for n in range(500)], count),
                    }
                )
                frame.write_csv(file, include_header=start == 0)
        return path

    def lists(self, connection: duckdb.DuckDBPyConnection) -> None:
        """
        The recorded bands of phones by title, and of carriers by day, as tables of DuckDB.
        """
        phones = {"title": [name for name, _ in self.phones]}
        plans = [(c, day, self.catalog.timetable(c).plan(day)) for c in self.carriers for day in self.days]
        carried = {"carrier": [c for c, _, _ in plans], "on": [day.isoformat() for _, day, _ in plans]}
        for rat in RATS:
            masks = [int(doc["variants"][0]["states"][-1][1], 16) for _, doc in self.phones]
            phones[rat.value] = [numbers_in(rat, mask) for mask in masks]
            carried[rat.value] = [numbers_in(rat, plan.certain) for _, _, plan in plans]
        for name, columns in (("phones", phones), ("plans", carried)):
            frame = pl.DataFrame(columns).unique(["title"] if name == "phones" else ["carrier", "on"])  # noqa: F841
            connection.execute(f"CREATE TABLE {name} AS SELECT * FROM frame")


def _picked(values: list[str], count: int) -> pl.Series:
    """
    Values by chance, the first ones more often.
    """
    return pl.Series(values).gather((len(values) * CHANCE.random(count) ** 2).astype(np.int64))


def _screen(path: Path, target: Path, *more: str) -> Callable[[], object]:
    command = [BANDCHECK, "screen", str(path), "-o", str(target), "--exit-zero", "--engine", "polars", *more]
    return lambda: subprocess.run(command, stderr=subprocess.DEVNULL, check=True)


def _python(script: str) -> Callable[[], object]:
    return lambda: subprocess.run([sys.executable, "-c", script], check=True)


def file(bench: Bench) -> None:
    """
    A CSV into Parquet, whole processes, with one carrier and day, and with one of each a row. The names of 200 phones,
    which take no time to resolve; what resolution takes is told by `titles`.
    """
    path, target = bench.table(bench.rows, [name for name, _ in bench.phones[::12]]), bench.folder / "out.parquet"
    connection = duckdb.connect()
    bench.lists(connection)
    overlaps = ", ".join(f"len(list_intersect(p.{r.value}, c.{r.value})) > 0 AS {r.value}" for r in RATS)
    query = (
        f"COPY (SELECT t.*, {overlaps} FROM read_csv('{path}', all_varchar = true) t "
        f"LEFT JOIN phones p USING (title) LEFT JOIN plans c USING (carrier, \"on\")) TO '{target}' (FORMAT parquet)"
    )
    copy = f"import polars as pl; pl.scan_csv({str(path)!r}, infer_schema=False).sink_parquet({str(target)!r})"
    taken = in_turns(
        {
            "copy": _python(copy),
            "row": _screen(path, target),
            "one": _screen(path, target, "-c", bench.carriers[0], "--on", ON.isoformat()),
        },
        bench.rounds,
    )
    taken |= in_turns({"duckdb": lambda: connection.execute(query)}, 1)
    show(
        f"{bench.rows:,} rows, CSV to Parquet, to Polars' copy: one carrier and day",
        taken["one"] / taken["copy"],
        "1.5",
    )
    show("  a carrier and day a row", taken["row"] / taken["copy"], "1.5")
    show("  DuckDB's overlap of three RATs to it, one day", taken["duckdb"] / taken["one"], "at least 4")
    show("  a carrier and day a row", taken["duckdb"] / taken["row"], "at least 4")
    show("  DuckDB's overlap of three RATs to Polars' copy", taken["duckdb"] / taken["copy"], "")


def overlap(bench: Bench) -> None:
    """
    The decisions alone, of rows in memory, against DuckDB's overlap of the same rows: with one carrier and day, and
    with one of each a row.
    """
    names = [name for name, _ in bench.phones[::12]]
    frame = pl.read_csv(bench.table(bench.rows, names), infer_schema=False).select("title", "carrier", "on")
    titles, carrier = frame.select("title"), bench.carriers[0]
    connection = duckdb.connect()
    bench.lists(connection)
    connection.register("frame", frame)
    connection.execute("CREATE TABLE listings AS SELECT * FROM frame")
    hits = " + ".join(f"(len(list_intersect(p.{r.value}, c.{r.value})) > 0)::INT" for r in RATS)
    told = f"SELECT sum({hits}) FROM listings LEFT JOIN phones p USING (title)"
    one = f"{told} CROSS JOIN (SELECT * FROM plans WHERE carrier = '{carrier}' AND \"on\" = '{ON}') c"
    taken = in_turns(
        {
            "row": lambda: screen_frame(frame, on=ON),
            "duckdb row": lambda: connection.execute(f'{told} LEFT JOIN plans c USING (carrier, "on")').fetchall(),
            "one": lambda: screen_frame(titles, carrier, on=ON),
            "duckdb one": lambda: connection.execute(one).fetchall(),
        },
        bench.rounds,
    )
    what = f"{bench.rows:,} rows in memory: DuckDB's overlap of three RATs to nine gates"
    show(what, taken["duckdb one"] / taken["one"], "4")
    show("  a carrier and day a row", taken["duckdb row"] / taken["row"], "4")


def memory(bench: Bench) -> None:
    """
    Peak memory of the process, at a tenth of the rows and at all. It is asked for its own peak: what its parent tells
    of it begins with the parent's.
    """
    script = (
        "import sys; from bandcheck.cli import main; main(sys.argv[1:]);"
        "print(next(line.split()[1] for line in open('/proc/self/status') if line.startswith('VmHWM')))"
    )
    peaks = []
    for rows in (bench.rows // 10, bench.rows):
        path, target = bench.table(rows), bench.folder / "out.parquet"
        command = [sys.executable, "-c", script, "screen", str(path), "-o", str(target), "--exit-zero"]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        peaks.append(int(done.stdout) / 1024)
    show(f"peak memory in MB at {bench.rows:,} rows", peaks[1], "below 1000")
    show("  to that at a tenth of them", peaks[1] / peaks[0], "flat")


def gather(bench: Bench) -> None:
    """
    The outcome column in memory, against numpy's bare gather of the same codes.
    """
    planes = bench.catalog.planes
    timetables = bench.networks()
    rows = CHANCE.integers(0, len(timetables), bench.rows).astype(np.int32)
    phones = CHANCE.integers(0, len(planes.radios), bench.rows).astype(np.int32)
    days = CHANCE.integers(0, len(bench.days), bench.rows).astype(np.int32)
    table = matrix(planes, timetables, ON)
    verdicts = Verdicts(planes)
    plans = np.asarray([[verdicts.row(t.plan(day)) for day in bench.days] for t in timetables], dtype=np.int32)
    outcomes = OUTCOME[verdicts.table]
    flat, ready = table.ravel(), rows.astype(np.int64) * table.shape[1] + phones
    taken = in_turns(
        {
            "bare": lambda: np.take(flat, ready),
            "one": lambda: gathered(table, rows, phones),
            "dated": lambda: gathered(outcomes, gathered(plans, rows, days), phones),
        },
        bench.rounds * 2 + 1,
    )
    show("outcome column in memory to a bare gather, one day", taken["one"] / taken["bare"], "1.3")
    show("  a day a row", taken["dated"] / taken["bare"], "4")


def all_pairs(bench: Bench) -> None:
    """
    Every phone on every carrier on a day.
    """
    planes = bench.catalog.planes
    timetables = bench.networks()
    plans = [timetable.plan(ON) for timetable in timetables]
    connection = duckdb.connect()
    some = min(200, len(plans))  # of DuckDB's work, which grows with them evenly
    phones = {r.value: [numbers_in(r, radio.states[-1][1]) for radio in planes.radios] for r in RATS}
    carried = {r.value: [numbers_in(r, plan.certain) for plan in plans[:some]] for r in RATS}
    tables = {"p": pl.DataFrame(phones), "c": pl.DataFrame(carried)}
    for name, lists in tables.items():
        connection.register("lists", lists)
        connection.execute(f"CREATE TABLE {name} AS SELECT * FROM lists")
    overlaps = " + ".join(f"(len(list_intersect(p.{r.value}, c.{r.value})) > 0)::INT" for r in RATS)

    def as_planes() -> None:
        planes._outcomes.clear()
        for plan in plans:
            planes.outcomes(plan)

    taken = in_turns(
        {
            "planes": as_planes,
            "bytes": lambda: (planes._outcomes.clear(), matrix(planes, timetables, ON)),
            "duckdb": lambda: connection.execute(f"SELECT sum({overlaps}) FROM p, c").fetchall(),
        },
        bench.rounds * 2 + 1,
    )
    duck = taken["duckdb"] * len(plans) / some
    pairs = len(plans) * planes.count
    show(f"all {pairs:,} pairs of a day as planes: DuckDB's overlap to it", duck / taken["planes"], "at least 300")
    show("  as a byte for each pair", duck / taken["bytes"], "")


def titles(bench: Bench) -> None:
    """
    A tenth of the rows with 100,000 distinct titles, against the same with 2,000.
    """
    few, rows = [name for name, _ in bench.phones], bench.rows // 10
    noise = ("4G LTE", "Dual SIM", "64GB", "Black", "White", "NEW", "unlocked", "smartphone")
    many = [f"{few[n % len(few)]} {noise[n // len(few) % 8]} {n // 8}" for n in range(100_000)]
    more = ("-c", bench.carriers[0], "--on", ON.isoformat())
    target = bench.folder / "out.parquet"
    taken = in_turns(
        {"few": _screen(bench.table(rows), target, *more), "many": _screen(bench.table(rows, many), target, *more)}, 1
    )
    print(f"100,000 distinct titles: {(taken['many'] - taken['few']) * 10:.0f} microseconds each, once")


def dask(bench: Bench) -> None:
    """
    Two workers of Dask on this machine, started before, against one process.
    """
    from distributed import LocalCluster

    path = bench.table(bench.rows)
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=":0", silence_logs=50) as cluster:
        more = ("--engine", "dask", "--scheduler", cluster.scheduler_address)
        jobs = {
            "one": _screen(path, bench.folder / "out.parquet"),
            "dask": _screen(path, bench.folder / "parts.parquet", *more),
        }
        taken = in_turns(jobs, max(1, bench.rounds - 1))
    show(f"Dask, two workers, {bench.rows:,} rows, to one process", taken["dask"] / taken["one"], "1.6")


ALL = {
    "file": file,
    "overlap": overlap,
    "memory": memory,
    "gather": gather,
    "matrix": all_pairs,
    "titles": titles,
    "dask": dask,
}


def main() -> None:
    """
    Run what was asked for.
    """
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("which", nargs="*", choices=[*ALL, []], help="default: everything")
    parser.add_argument("--rows", type=int, default=10_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    print(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}, {time.strftime('%Y-%m-%d')}")
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder), options.rows, options.rounds)
        for which in options.which or ALL:
            ALL[which](bench)


if __name__ == "__main__":
    main()
