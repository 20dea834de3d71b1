"""
Frames and files in bulk: what comes out, in bounded pieces, whole or not at all.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import signal
import subprocess
import sys
import time

import polars as pl
import pytest

import bandcheck
from bandcheck.cli import main
from bandcheck.errors import FileUnusableError
from bandcheck.screening.bulk.batch import BatchScreener
from bandcheck.screening.bulk.files import ANSWERS, screen_file
from bandcheck.screening.bulk.frame import OUTPUTS, FrameScreener
from bandcheck.screening.bulk.front import screen_frame
from bandcheck.screening.bulk.pieces import open_catalogue
from bandcheck.screening.policy import Policy
from bandcheck.screening.report import Screened

TITLES = ("Acme One", "Acme One XM-001", "Acme Two 4G LTE", "case for Acme One", "nothing known", "")
CARRIERS = ("xx/alpha", "xx/virtual", "nowhere", "")
DAYS = ("2016-02-02", "2012-01-01", "3.5.2019", "", "soon")


def catalogue(rows):
    """
    Rows of every title, carrier and day, over and over.
    """
    return pl.DataFrame(
        {
            "sku": [f"{n:06}" for n in range(rows)],
            "title": [TITLES[n % len(TITLES)] for n in range(rows)],
            "carrier": [CARRIERS[n // 7 % len(CARRIERS)] for n in range(rows)],
            "on": [DAYS[n // 3 % len(DAYS)] for n in range(rows)],
            "price": ["=1+1" if n % 5 == 0 else "119" for n in range(rows)],
        }
    )


def told(screened):
    """
    A listing that was screened alone, as bulk has it.
    """
    if not isinstance(screened, Screened):
        return "skipped", None, None, None
    reach = screened.radio.coverage if screened.radio else None
    return screened.decision.word, screened.outcome, screened.best, reach.value if reach else None


def alone(frame, catalog):
    """
    What `bandcheck.screen` says of each row.
    """
    report = bandcheck.screen(frame.to_dicts(), on="2016-02-02", catalog=catalog)
    rows = {one.row: told(one) for one in (*report.listings, *report.skipped)}
    return [rows[row] for row in sorted(rows)]


@pytest.fixture
def file(tmp_path):
    """
    A catalogue as CSV.
    """
    path = tmp_path / "catalogue.csv"
    catalogue(600).write_csv(path)
    return path


def arguments(file, target, acme_index, *more):
    return [
        "screen",
        str(file),
        "--data",
        str(acme_index),
        "--on",
        "2016-02-02",
        "-o",
        str(target),
        "--exit-zero",
        *more,
    ]


@pytest.mark.parametrize("lazy", [False, True])
def test_frame_is_single(catalog, lazy):
    """
    A frame, lazy or not, keeps its rows and columns, and each row has the answer of `bandcheck.screen`.
    """
    frame = catalogue(600)
    asked = frame.lazy() if lazy else frame

    found = screen_frame(asked, on="2016-02-02", catalog=catalog, outputs=("decision", "outcome", "best", "coverage"))

    actual = found.collect() if isinstance(found, pl.LazyFrame) else found
    assert frame.equals(actual.select(frame.columns))
    assert alone(frame, catalog) == actual.select("decision", "outcome", "best", "coverage").rows()


def test_threads(catalog, monkeypatch):
    """
    A long frame is screened by several threads at once, which learn from each other; each row has its own answer.
    """
    frame = catalogue(600).with_columns(pl.col("title") + " " + pl.col("sku").str.slice(3))
    expected = alone(frame, catalog)
    monkeypatch.setattr("bandcheck.screening.bulk.frame._PIECE", 7)

    found = screen_frame(frame, on="2016-02-02", catalog=catalog, outputs=("decision", "outcome", "best", "coverage"))

    assert expected == found.select("decision", "outcome", "best", "coverage").rows()


def test_one_column_for_two_fields(catalog):
    """
    A column may hold the title and the carrier: each is read as what it is.
    """
    frame = pl.DataFrame({"text": ["Acme One XM-001", "xx/alpha"]})
    columns = {"title": "text", "model": "text", "carrier": "text"}

    found = screen_frame(frame, on="2016-02-02", catalog=catalog, columns=columns, outputs=("device", "skipped"))

    assert ["acme/one", None] == found["device"].to_list()
    assert ["no carrier answers to 'Acme One XM-001'", None] == found["skipped"].to_list()


def test_frame_selected_lazily(catalog):
    """
    Whoever takes one column of the answer still gets it from all columns of the question.
    """
    frame = catalogue(100)
    expected = screen_frame(frame, on="2016-02-02", catalog=catalog)["decision"]

    actual = screen_frame(frame.lazy(), on="2016-02-02", catalog=catalog).select("decision").head(50).collect()

    assert expected.head(50).to_list() == actual["decision"].to_list()


def test_frame_without_rows(catalog):
    """
    No rows: the columns of the answer, and no rows.
    """
    found = screen_frame(catalogue(0), on="2016-02-02", catalog=catalog, outputs=tuple(OUTPUTS), prefix="bc_")

    assert (0, [f"bc_{name}" for name in OUTPUTS]) == (found.height, found.columns[5:])


@pytest.mark.parametrize(
    ("frame", "question", "said"),
    [
        (pl.DataFrame({"x": ["a"]}), {}, "no column with a title"),
        (pl.DataFrame({"title": ["a"], "decision": ["b"]}), {}, "Rename it, or give a prefix"),
        (pl.DataFrame({"title": ["a"]}), {"outputs": ["colour"]}, "'colour' is no answer"),
    ],
)
def test_bad_frame(catalog, frame, question, said):
    """
    A frame that cannot be screened is one clear error.
    """
    with pytest.raises(FileUnusableError, match=said):
        screen_frame(frame, "xx/alpha", catalog=catalog, **question)


@pytest.mark.parametrize("suffix", ["parquet", "csv", "jsonl"])
def test_file_to_file(suffix, file, tmp_path, acme_index, catalog, capsys):
    """
    Every format has all rows in order, with the columns that they came with and the answers; nothing lies about.
    """
    target = tmp_path / f"out.{suffix}"

    assert 0 == main(arguments(file, target, acme_index, "--engine", "polars"))

    read = {"parquet": pl.read_parquet, "csv": lambda p: pl.read_csv(p, infer_schema=False), "jsonl": pl.read_ndjson}
    found = read[suffix](target)
    expected = screen_frame(catalogue(600), on="2016-02-02", catalog=catalog, outputs=ANSWERS)
    assert expected["decision"].to_list() == found["decision"].to_list()
    assert expected["sku"].to_list() == found["input.sku"].to_list()
    assert [str(n) for n in range(2, 602)] == [str(n) for n in found["row"].to_list()]
    assert ("'=1+1" if suffix == "csv" else "=1+1") == found["input.price"][0]
    assert {file.name, target.name, f"{target.name}.json"} == {path.name for path in tmp_path.iterdir()}
    assert "600 rows of catalogue.csv, sha256" in capsys.readouterr().err


def test_texts_that_repeat(file, tmp_path, acme_index, catalog):
    """
    Texts that repeat are written as categories, and are texts to whoever reads them.
    """
    target = tmp_path / "out.parquet"
    screener = screener_of(catalog)
    with open_catalogue(str(file)) as opened:
        (piece,) = opened.pieces()
        assert {"input.title", "input.carrier", "input.on"} == set(screener.categories(piece.frame))

        screen_file(opened, str(target), lambda: screener)

    answers = {name: OUTPUTS[name] for name in ANSWERS}
    assert {**opened.schema, **answers} == dict(pl.read_parquet_schema(target))
    assert piece.frame.equals(pl.read_parquet(target).select(piece.frame.columns))


def test_texts_that_repeat_no_more(tmp_path, catalog, monkeypatch):
    """
    Where more and more texts come, the file is written again without categories, and is the same.
    """
    first, rest = catalogue(600), catalogue(2400)
    rest = rest.with_columns(pl.col("title") + " " + pl.col("sku"))
    file = tmp_path / "catalogue.csv"
    pl.concat([first, rest]).write_csv(file)
    monkeypatch.setattr("bandcheck.screening.bulk.pieces.BLOCK", 1 << 14)
    progress = []
    with open_catalogue(str(file)) as opened:
        expected = screen_file(opened, str(tmp_path / "expected.parquet"), lambda: screener_of(catalog))
        monkeypatch.setattr("bandcheck.screening.bulk.frame._MOST_TEXTS", 500)

        actual = screen_file(
            opened, str(tmp_path / "actual.parquet"), lambda: screener_of(catalog), progress=progress.append
        )

    assert expected.counts == actual.counts
    assert 3000 == sum(progress) < sum(map(abs, progress))
    assert pl.read_parquet(tmp_path / "expected.parquet").equals(pl.read_parquet(tmp_path / "actual.parquet"))


def screener_of(catalog):
    """
    A screener of `catalogue` as it comes from a file.
    """
    columns = {name: f"input.{name}" for name in ("sku", "title", "carrier", "on", "price")}
    return FrameScreener(
        tuple(columns.values()),
        None,
        policy=Policy.load(),
        on=dt.date(2016, 2, 2),
        catalog=catalog,
        columns=columns,
        outputs=ANSWERS,
    )


def test_bad_rows(file, tmp_path, acme_index, capsys):
    """
    Rows that cannot be read stay in the answer as skipped, with why, and are told by number; the others go on.
    """
    lines = file.read_bytes().splitlines()
    lines[3] += b",and,more"
    lines[7] = lines[7].replace(b"Acme", b"\xff")
    lines[9] = b"only,two"
    file.write_bytes(b"\n".join(lines))

    assert 0 == main(arguments(file, tmp_path / "out.parquet", acme_index))

    said = capsys.readouterr().err
    found = pl.read_parquet(tmp_path / "out.parquet")
    assert list(range(2, 602)) == found["row"].to_list()
    bad = {4: "7 cells, and the header has 5", 8: "byte 0xff is not", 10: "2 cells, and the header has 5"}
    for row, why in bad.items():
        answer = found.filter(pl.col("row") == row).to_dicts()[0]
        assert ("skipped", None) == (answer["decision"], answer["input.title"])
        assert answer["skipped"].startswith(why)
        assert f"row {row} skipped: {why}" in said
    unreadable = json.loads((tmp_path / "out.parquet.json").read_text(encoding="utf-8"))["unreadable"]
    assert list(bad) == [row["row"] for row in unreadable]


def test_head_of_the_report(file, tmp_path, acme_index):
    """
    Beside the answers lies what every report has: policy, data, day, hash of the input, rows, decisions, waivers.
    """
    policy = tmp_path / "policy.yaml"
    waiver = "{gate: bands, listing: '000001', owner: me, reason: because, expires: '2030-01-01'}"
    policy.write_text(f"name: ours\nwaivers:\n  - {waiver}\n  - {waiver.replace('000001', 'no such')}\n")
    asked = ("--policy", str(policy), "-c", "xx/alpha", "--map", "on=on")
    main(arguments(file, tmp_path / "whole.json", acme_index, *asked))
    expected = json.loads((tmp_path / "whole.json").read_text(encoding="utf-8"))

    main(arguments(file, tmp_path / "out.parquet", acme_index, "--engine", "polars", *asked))

    head = json.loads((tmp_path / "out.parquet.json").read_text(encoding="utf-8"))
    shared = ("on", "carrier", "policy", "data_version", "input", "counts", "waivers")
    assert "bandcheck.screen-summary/1" == head["schema"]
    assert {key: expected[key] for key in shared} == {key: head[key] for key in shared}
    assert {"used": 1, "expired": 0, "unused": 1} == {state: len(some) for state, some in head["waivers"].items()}


def test_onto_itself(file, acme_index, capsys):
    """
    Nobody's catalogue is replaced by its answers.
    """
    before = file.read_bytes()

    assert 2 == main(arguments(file, file, acme_index, "--engine", "polars"))

    assert "is the catalogue itself" in capsys.readouterr().err
    assert before == file.read_bytes()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "the file is empty"),
        (b"x,y\n1,2\n", "no column with a title"),
        (b'title\n"Acme One\n', "a quote that never closes"),
        (b"title,title\na,b\n", "the column 'title' is there 2 times"),
    ],
)
def test_bad_files(content, said, tmp_path, acme_index, capsys):
    """
    A file that cannot be screened: one message, exit 2, no output.
    """
    file = tmp_path / "bad.csv"
    file.write_bytes(content)

    assert 2 == main(arguments(file, tmp_path / "out.parquet", acme_index, "-c", "xx/alpha"))

    assert said in capsys.readouterr().err
    assert [file] == list(tmp_path.iterdir())


def test_full_disk(file, tmp_path, acme_index):
    """
    Where no more can be written: one message, exit 2, and the file of an earlier run as it was. (A limit on the size of
    files says the same as a full disk, and needs no mount.)
    """
    target = tmp_path / "out.csv"
    target.write_text("as it was")
    script = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096));"
        "from bandcheck.cli import main; sys.exit(main(sys.argv[1:]))"
    )
    command = [sys.executable, "-c", script, *arguments(file, target, acme_index, "--engine", "polars")]

    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)

    assert (2, "as it was") == (done.returncode, target.read_text())
    assert "cannot be written" in done.stderr
    assert "Traceback" not in done.stderr
    assert {file, target} == set(tmp_path.iterdir())


def test_killed(file, tmp_path, acme_index):
    """
    A run that is killed leaves the target as it was; the next one is complete and sweeps up after it.
    """
    catalogue(400_000).write_csv(file)
    target = tmp_path / "out.parquet"
    target.write_text("as it was")
    command = [sys.executable, "-m", "bandcheck", *arguments(file, target, acme_index)]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    while not list(tmp_path.glob(".out.parquet.*.part")) and process.poll() is None:
        time.sleep(0.001)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()

    assert "as it was" == target.read_text()
    assert 0 == main(arguments(file, target, acme_index))

    skus = pl.read_parquet(target)["input.sku"]
    assert [f"{n:06}" for n in range(400_000)] == skus.to_list()
    assert {file.name, target.name, f"{target.name}.json"} == {path.name for path in tmp_path.iterdir()}


def test_long_catalogues_go_in_bulk(file, tmp_path, acme_index, monkeypatch):
    """
    From a row count on, a file into a file is screened in bulk; below it the report has its sentences.
    """
    for least, column in ((600, "input.sku"), (602, "ask_seller")):
        monkeypatch.setattr("bandcheck.cli.bulk.ROWS", least)
        main(arguments(file, tmp_path / "out.csv", acme_index))

        assert column in (tmp_path / "out.csv").read_text(encoding="utf-8").splitlines()[0].split(",")


def test_batches(acme_index, catalog):
    """
    The Arrow function gives rows of a table or batch as a frame has them, in another process too.
    """
    pa = pytest.importorskip("pyarrow", reason="the extra `dask` is not installed")
    frame = catalogue(300)
    screener = BatchScreener(on="2016-02-02", data=acme_index)
    expected = screen_frame(frame, on="2016-02-02", catalog=catalog)["reason_codes"].to_list()

    table = screener(frame.to_arrow())
    batches = list(screener.all(frame.to_arrow().to_batches(max_chunksize=77)))

    assert expected == table["reason_codes"].to_pylist()
    assert expected == pa.Table.from_batches(batches)["reason_codes"].to_pylist()
    assert screener.schema(frame.to_arrow().schema) == table.schema
