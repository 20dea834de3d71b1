"""
The engines that work in other processes: complete and identical, also when one of them dies.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time

import polars as pl
import pytest

from bandcheck.cli import main
from bandcheck.screening.bulk.batch import BatchScreener
from bandcheck.screening.bulk.front import screen_frame
from bandcheck.screening.bulk.pieces import KEPT

TITLES = ("Acme One", "Acme One XM-001", "Acme Two 4G LTE", "case for Acme One", "nothing known", "")
CARRIERS = ("xx/alpha", "xx/virtual", "nowhere", "")


def catalogue(rows):
    """
    Rows of every title and carrier, over and over.
    """
    titles = [TITLES[n % len(TITLES)] for n in range(rows)]
    carriers = [CARRIERS[n // 7 % len(CARRIERS)] for n in range(rows)]
    return pl.DataFrame({"sku": [f"{n:06}" for n in range(rows)], "title": titles, "carrier": carriers})


def expected_of(frame, catalog):
    found = screen_frame(frame, on="2016-02-02", catalog=catalog)
    return list(zip(frame["sku"].to_list(), found["decision"].to_list(), found["reason_codes"].to_list(), strict=True))


def actual_of(folder):
    rows = pl.read_parquet(folder / "*.parquet").select(f"{KEPT}sku", "decision", "reason_codes")
    return rows.rows()


@pytest.fixture(scope="module")
def cluster():
    """
    Two worker processes on this machine.
    """
    distributed = pytest.importorskip("distributed", reason="the extra `dask` is not installed")
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, dashboard_address=":0", host="127.0.0.1", silence_logs=50
    ) as found:
        yield found


def arguments(file, target, acme_index, *more):
    asked = ["--data", str(acme_index), "--on", "2016-02-02", "--exit-zero", "--engine", "dask", *more]
    return ["screen", str(file), "-o", str(target), *asked]


@pytest.mark.parametrize("suffix", ["csv", "parquet"])
def test_dask_file(suffix, cluster, tmp_path, acme_index, catalog, monkeypatch):
    """
    By Dask a file becomes a folder of parts that has every row once, in order, with the answers of one process.
    """
    frame = catalogue(3000)
    file, target = tmp_path / f"catalogue.{suffix}", tmp_path / "out.parquet"
    frame.write_csv(file) if suffix == "csv" else frame.write_parquet(file)
    monkeypatch.setattr("bandcheck.screening.bulk.cluster.PART", max(1, file.stat().st_size // 7))

    assert 0 == main(arguments(file, target, acme_index, "--scheduler", cluster.scheduler_address))

    assert 7 <= len(list(target.iterdir())) <= 8
    assert expected_of(frame, catalog) == actual_of(target)
    first = 2 if suffix == "csv" else 1
    assert list(range(first, first + 3000)) == pl.read_parquet(target / "*.parquet")["row"].to_list()
    assert {file.name, target.name, f"{target.name}.json"} == {path.name for path in tmp_path.iterdir()}


def test_dask_bad_rows(cluster, tmp_path, acme_index, monkeypatch):
    """
    A row that cannot be read costs no more than itself: Dask and one process say the same of every row, and in the head
    of the report.
    """
    file, parts, whole = tmp_path / "catalogue.csv", tmp_path / "parts.parquet", tmp_path / "whole.parquet"
    lines = catalogue(3000).write_csv().encode().splitlines()
    lines[1000], lines[2000], lines[2001] = b"too,few", b'7,"Acme\nOne",xx/alpha', b"\xff,a,b"
    file.write_bytes(b"\n".join(lines))
    monkeypatch.setattr("bandcheck.screening.bulk.cluster.PART", file.stat().st_size // 7)

    main(arguments(file, parts, acme_index, "--scheduler", cluster.scheduler_address))
    main(arguments(file, whole, acme_index, "--engine", "polars"))

    assert pl.read_parquet(whole).equals(pl.read_parquet(parts / "*.parquet"))
    unreadable = pl.read_parquet(whole).filter(pl.col("input.sku").is_null())
    assert [1001, 2002] == unreadable["row"].to_list()
    heads = [json.loads(path.with_name(f"{path.name}.json").read_text(encoding="utf-8")) for path in (parts, whole)]
    assert heads[0] == heads[1]


def test_dask_frame(cluster, acme_index, catalog):
    """
    A Dask data frame keeps its rows, their order and its index.
    """
    dd = pytest.importorskip("dask.dataframe", reason="the extra `dask` is not installed")
    from distributed import Client

    from bandcheck.screening.bulk.cluster import screen_dask

    frame = catalogue(500)
    rows = frame.to_pandas()
    rows.index = rows.index * 3
    with Client(cluster, set_as_default=True):
        asked = screen_dask(dd.from_pandas(rows, npartitions=4), on="2016-02-02", data=acme_index)
        found = asked.compute()

    assert list(asked.columns) == list(found.columns)
    assert rows.index.to_list() == found.index.to_list()
    actual = pl.from_pandas(found[["sku", "decision", "reason_codes"]])
    assert expected_of(frame, catalog) == actual.rows()


def test_dask_worker_killed(cluster, tmp_path, acme_index, catalog, monkeypatch):
    """
    A worker that is killed in the middle of a job costs no row and doubles none.
    """
    frame = catalogue(60_000)
    file, target = tmp_path / "catalogue.csv", tmp_path / "out.parquet"
    frame.write_csv(file)
    monkeypatch.setattr("bandcheck.screening.bulk.cluster.PART", file.stat().st_size // 60)
    killed = []

    def kill():
        while not list(tmp_path.glob(".out.parquet.*.part/part-*.parquet")):
            time.sleep(0.001)
        process = next(iter(cluster.workers.values())).pid
        os.kill(process, signal.SIGKILL)
        killed.append(len(list(tmp_path.glob(".out.parquet.*.part/part-?????.parquet"))))

    killer = threading.Thread(target=kill)
    killer.start()
    code = main(arguments(file, target, acme_index, "--scheduler", cluster.scheduler_address))
    killer.join()

    assert 0 == code
    assert killed[0] < 60
    assert expected_of(frame, catalog) == actual_of(target)
    assert {file.name, target.name, f"{target.name}.json"} == {path.name for path in tmp_path.iterdir()}


def test_dask_run_killed(cluster, tmp_path, acme_index, catalog):
    """
    A run that is killed leaves no half folder; the next one is complete.
    """
    frame = catalogue(40_000)
    file, target = tmp_path / "catalogue.csv", tmp_path / "out.parquet"
    frame.write_csv(file)
    script = (
        "import sys; from bandcheck.screening.bulk import cluster; cluster.PART = 9_000;"
        "from bandcheck.cli import main; sys.exit(main(sys.argv[1:]))"
    )
    more = ("--scheduler", cluster.scheduler_address)
    command = [sys.executable, "-c", script, *arguments(file, target, acme_index, *more)]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    while not list(tmp_path.glob(".out.parquet.*.part/part-*.parquet")) and process.poll() is None:
        time.sleep(0.001)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()

    assert not target.exists()
    assert 0 == main(arguments(file, target, acme_index, *more))

    assert expected_of(frame, catalog) == actual_of(target)
    assert {file.name, target.name, f"{target.name}.json"} == {path.name for path in tmp_path.iterdir()}


@pytest.mark.filterwarnings("ignore::FutureWarning", "ignore::ResourceWarning")
def test_spark(acme_index, catalog, monkeypatch):
    """
    Spark's `mapInArrow` takes the same function.
    """
    sql = pytest.importorskip("pyspark.sql", reason="pyspark is not installed")
    monkeypatch.setenv("PYSPARK_PYTHON", sys.executable)
    frame = catalogue(500)
    screener = BatchScreener(on="2016-02-02", data=acme_index)
    spark = sql.SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").getOrCreate()
    try:
        rows = spark.createDataFrame(frame.rows(), schema=", ".join(f"{name} string" for name in frame.columns))
        names = [*frame.columns, "decision", "outcome", "worst", "best", "coverage", "reason_codes"]
        answered = rows.repartition(3).mapInArrow(screener.all, ", ".join(f"{name} string" for name in names))
        found = [(row["sku"], row["decision"], row["reason_codes"]) for row in answered.collect()]
    finally:
        spark.stop()

    assert expected_of(frame, catalog) == sorted(found, key=lambda row: row[0])


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning", "ignore::ResourceWarning")
def test_ray(acme_index, catalog):
    """
    Ray's `map_batches` takes the same function.
    """
    data = pytest.importorskip("ray.data", reason="ray is not installed")
    ray = pytest.importorskip("ray")
    frame = catalogue(500)
    screener = BatchScreener(on="2016-02-02", data=acme_index)
    ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False, configure_logging=False)
    try:
        answered = data.from_arrow(frame.to_arrow()).map_batches(screener, batch_format="pyarrow", batch_size=77)
        found = [(row["sku"], row["decision"], row["reason_codes"]) for row in answered.take_all()]
    finally:
        ray.shutdown()

    assert expected_of(frame, catalog) == sorted(found, key=lambda row: row[0])
