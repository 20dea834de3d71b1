"""
`bandcheck screen`: exits, files, what goes where, and what is said of bad input.
"""

from __future__ import annotations

import io
import json
import resource
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from bandcheck.cli import main
from bandcheck.screening.policy import DEFAULT

GOOD = "title,brand,price\nAcme Two,Acme,$119\n"  # blocked on Alpha in 2016
HELD = "title\nAcme One\n"


@pytest.fixture
def run(acme_index: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """
    Runs `bandcheck screen` in a folder of its own, on the made-up database; gives exit code, stdout and stderr.
    """
    monkeypatch.chdir(tmp_path)

    def command(line: str) -> tuple[int, str, str]:
        try:
            code = main(["screen", *shlex.split(line), "--data", str(acme_index)])
        except SystemExit as stop:
            code = int(stop.code or 0)
        told = capsys.readouterr()
        return code, told.out, told.err

    return command


def listings(text: str | bytes, name: str = "a.csv") -> None:
    """
    Write a file of listings.
    """
    Path(name).write_bytes(text if isinstance(text, bytes) else text.encode())


ALPHA = "-c Alpha --on 2016-02-01"


@pytest.mark.parametrize(
    ("text", "more", "code"),
    [
        (GOOD, "", 1),
        (HELD, "", 1),
        (GOOD, "--exit-zero", 0),
        (GOOD, "--fail-on never", 0),
        (GOOD, "--fail-on block", 1),
        (HELD, "--fail-on block", 0),
        (HELD, "--fail-on hold", 1),
        (HELD, "--fail-on label", 1),
        ("title,x\nAcme One,\n,y\n", "--fail-on block", 0),  # a skipped row weighs as one that is held
        ("title\nAcme One\n", "--policy open.yaml", 0),
        ("title,x\nAcme One,\n,y\n", "--policy open.yaml", 1),
        ("title\nAcme Two\n", "--policy soft.yaml", 0),
        ("title\nAcme Two\n", "--policy soft.yaml --fail-on label", 1),
    ],
)
def test_exits(run: Any, text: str, more: str, code: int) -> None:
    """
    1 if anything is at or above `--fail-on`, else 0.
    """
    gates = ("identity", "bands", "voice", "certification", "authorisation", "regulator", "claims", "software")
    for name, hardness in (("open", "advisory"), ("soft", "soft")):
        Path(f"{name}.yaml").write_text("gates:\n" + "".join(f"  {gate}: {hardness}\n" for gate in gates))
    listings(text)

    assert code == run(f"a.csv {ALPHA} {more}")[0]


def test_the_screen(run: Any) -> None:
    """
    The answer on stdout, how the file was read on stderr.
    """
    listings("Name;x\nAcme Two;1\n;2\n")
    code, out, err = run(f"a.csv {ALPHA}")

    assert 1 == code
    assert "BLOCK     2    Acme Two" in out
    assert "BC241 ✗ Bands" in out
    assert "Tell the seller: We cannot list “Acme Two”. No version reaches 4G" in out
    assert "bandcheck does not" in out
    assert "1 block · 0 hold · 0 label · 0 list" in out
    assert "columns: title = Name\nnot used: x (--map FIELD=COLUMN)\nrow 3 skipped: no title" in err
    assert max(map(len, out.splitlines())) <= 80


def test_ascii(run: Any) -> None:
    """
    `--ascii` leaves nothing beyond ASCII.
    """
    listings(GOOD)

    assert run(f"a.csv {ALPHA} --ascii")[1].isascii()


def test_many_listings(run: Any) -> None:
    """
    Twenty are explained, and `--all` explains the rest.
    """
    listings("title\n" + "Acme Two\n" * 25)

    assert "… 5 more with reasons (--all)" in run(f"a.csv {ALPHA}")[1]
    assert 25 == run(f"a.csv {ALPHA} --all")[1].count("BC241 ✗")


@pytest.mark.parametrize(
    ("name", "begins"),
    [("r.json", "{\n"), ("r.jsonl", '{"line": "report"'), ("r.csv", "row,sku"), ("r.md", "# Scr"), ("r.html", "<!doc")],
)
def test_output_follows_the_suffix(run: Any, name: str, begins: str) -> None:
    """
    The file has the format of its suffix, and stdout stays empty.
    """
    listings(GOOD)
    code, out, err = run(f"a.csv {ALPHA} -o {name}")

    assert (1, "") == (code, out)
    assert Path(name).read_text().startswith(begins)
    assert f"{name}: 1 block" in err
    assert {"a.csv", name} == {path.name for path in Path().iterdir()}


def test_f_wins_over_the_suffix(run: Any) -> None:
    """
    `-f` says otherwise.
    """
    listings(GOOD)
    run(f"a.csv {ALPHA} -o r.txt -f json")

    assert "bandcheck.screen/1" == json.loads(Path("r.txt").read_text())["schema"]


def test_formats_on_stdout(run: Any) -> None:
    """
    `-f` without `-o` writes to stdout.
    """
    listings(GOOD)

    assert 4 == json.loads(run(f"a.csv {ALPHA} -f json")[1])["counts"]["block"] + 3
    assert run(f"a.csv {ALPHA} -f csv --keep-input")[1].startswith("input.title,input.brand,input.price,row")


def test_stdin(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    `-` is stdin, and what it holds is seen by how it begins.
    """
    for text in (GOOD, '[{"title": "Acme Two"}]', '{"title": "Acme Two"}\n'):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
        assert 1 == json.loads(run(f"- {ALPHA} -f json")[1])["counts"]["block"]


def test_map(run: Any) -> None:
    """
    `--map` says which column is what; carrier and day may be columns.
    """
    listings("a,b,net,day\nAcme Two,x,Beta,2.2.2016\n")
    answer = json.loads(run("a.csv --map title=a --map carrier=net --map on=day -f json")[1])
    (listing,) = answer["listings"]

    assert ("Acme Two", "xx/beta", "2016-02-02") == (listing["title"], listing["carrier"], listing["on"])
    assert {"title": "a", "carrier": "net", "on": "day"} == answer["input"]["columns"]


def test_split(run: Any) -> None:
    """
    `--split` writes a file for each decision, beside the answer.
    """
    listings(GOOD)
    _, out, _ = run(f"a.csv {ALPHA} --split out/new")

    assert ["block.csv", "hold.csv", "label.csv", "list.csv", "skipped.csv"] == sorted(
        path.name for path in Path("out/new").iterdir()
    )
    assert "Acme Two" in Path("out/new/block.csv").read_text()
    assert "BLOCK" in out


def test_baseline(run: Any) -> None:
    """
    `--baseline` shows what changed, and why.
    """
    listings("title\nAcme Two\nAcme One\n")
    Path("easy.yaml").write_text("min_data: 2g\nhorizon_months: 0\n")
    run(f"a.csv {ALPHA} --policy easy.yaml -o old.json")
    _, out, _ = run(f"a.csv {ALPHA} --baseline old.json")

    assert "Changed since the screening of 2016-02-01: 2 of 2" in " ".join(out.split())
    assert "Acme Two: HOLD → BLOCK; Bands unknown → fail" in out
    assert "No version reaches 4G on Alpha: 3G at best." in out


def test_show_policy(run: Any) -> None:
    """
    The default with its explanations, or the one that is named.
    """
    Path("ours.yaml").write_text("min_data: 3g\n")

    assert (0, DEFAULT.read_text(), "") == run("--show-policy")
    assert (0, "min_data: 3g\n", "") == run("--show-policy --policy ours.yaml")


BAD = [
    (b"", "the file is empty"),
    (b"title\n", "there is no listing below the header"),
    (b"colour\nred\n", "no column with a title"),
    (b"title\ncaf\xe9\n", "byte 0xe9 is not of the file's encoding"),
    (b'title\n"Acme Two\n', "a quote that never closes"),
    (b"title,title\na,b\n", "the column 'title' is there 2 times"),
    (b",".join(b"c%d" % n for n in range(10_000)) + b"\n", "10,000 columns"),
    (b"title\n" + b"x" * 3_000_000, "line 2 is longer than"),
]


@pytest.mark.parametrize(("data", "why"), BAD)
@pytest.mark.parametrize("output", ["", "-o r.json --split parts"])
def test_bad_files(run: Any, data: bytes, why: str, output: str) -> None:
    """
    One clear line, exit 2, and no output.
    """
    listings(data)
    code, out, err = run(f"a.csv {ALPHA} {output}")

    assert (2, "") == (code, out)
    assert err.startswith("bandcheck: a.csv: ")
    assert why in err
    assert 1 == err.count("\n")
    assert ["a.csv"] == [path.name for path in Path().iterdir()]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"\xef\xbb\xbftitle\nAcme Two\n", []),
        (b"title\r\nAcme Two\r\n", []),
        (b"title,price\nAcme Two,a hundred\n", []),
        (b"title\nAcme Two\ncaf\xe9\n", [3]),
        (b"title,on\nAcme Two,2016-02-02\nAcme Two,2 Feb 2016\nAcme Two,02.02.2016\nAcme Two,2/3/2016\n", []),
    ],
)
def test_files_that_are_merely_odd(run: Any, data: bytes, expected: list[int]) -> None:
    """
    Byte order marks, line ends, prices in words, some bytes of another encoding: what can be read is.
    """
    listings(data)
    code, out, _ = run(f"a.csv {ALPHA} -f json")

    assert 1 == code
    assert expected == [skipped["row"] for skipped in json.loads(out)["skipped"]]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (f". {ALPHA}", "this is a folder"),
        (f"none.csv {ALPHA}", "cannot be read: No such file or directory"),
        (ALPHA, "name a file of listings"),
        ("a.csv -c Nobody", "No carrier answers to 'Nobody'"),
        ("a.csv -c Alpha --on 2016-02-30", "2016-02-30"),
        (f"a.csv {ALPHA} --map title", "'title' is no mapping: expected FIELD=COLUMN"),
        (f"a.csv {ALPHA} --map colour=title", "'colour' is no field of a listing"),
        (f"a.csv {ALPHA} -o r.doc", "its suffix names no format"),
        (f"a.csv {ALPHA} -o none/r.json", "cannot be written: No such file or directory"),
        (f"a.csv {ALPHA} -o . -f csv", "cannot be written: this is a folder"),
        (f"a.csv {ALPHA} -o a.csv", "this is the catalogue itself. Name another file."),
        (f"a.csv {ALPHA} --split a.csv", "cannot be made a folder: File exists"),
        (f"a.csv {ALPHA} --split a.csv/deep", "cannot be made a folder: Not a directory"),
        (f"a.csv {ALPHA} --split one/two -o one/two/list.csv", "--split writes a file of this name"),
        (f"a.csv {ALPHA} --split one/two -o none/r.json", "cannot be written: No such file or directory"),
        (f"a.csv {ALPHA} --baseline none.json", "cannot be read: No such file or directory"),
        (f"a.csv {ALPHA} --baseline .", "cannot be read: Is a directory"),
        (f"a.csv {ALPHA} --baseline a.csv", "not JSON"),
        (f"a.csv {ALPHA} --policy bad.yaml", "bad.yaml:1: min_data: expected one of 2g, 3g, 4g, 5g"),
        ("--show-policy --policy bad.yaml", "expected one of 2g, 3g, 4g, 5g"),
        (f"a.csv {ALPHA} --encoding klingon", "there is no encoding 'klingon'"),
    ],
)
def test_bad_usage(run: Any, line: str, why: str) -> None:
    """
    Exit 2, told on stderr, and nothing written.
    """
    listings(GOOD)
    Path("bad.yaml").write_text("min_data: 6g\n")
    code, out, err = run(line)

    assert (2, "") == (code, out)
    assert why in err
    assert "Traceback" not in err
    assert {"a.csv", "bad.yaml"} == {path.name for path in Path().iterdir()}


def test_rows_that_name_no_carrier(run: Any) -> None:
    """
    Without `-c` a column names the carrier; rows without one are skipped.
    """
    listings("title,carrier\nAcme Two,Alpha\nAcme Two,\n")
    answer = json.loads(run("a.csv --on 2016-02-01 -f json")[1])

    assert (1, [3]) == (len(answer["listings"]), [skipped["row"] for skipped in answer["skipped"]])


def test_a_full_disk(acme_index: Path, tmp_path: Path) -> None:
    """
    No room for the report: one line, exit 2, and the file of an earlier run as it was. A limit on the size of files
    raises the same kind of error on writing as a disk that is full.
    """
    (tmp_path / "a.csv").write_text("title\n" + "Acme Two\n" * 50)
    (tmp_path / "r.json").write_text("{}")
    command = [sys.executable, "-m", "bandcheck", "screen", "a.csv", *shlex.split(ALPHA), "-o", "r.json"]
    done = subprocess.run(
        [*command, "--data", str(acme_index)],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096)),
    )

    assert (2, "") == (done.returncode, done.stdout)
    assert "bandcheck: r.json: cannot be written: File too large." in done.stderr
    assert "{}" == (tmp_path / "r.json").read_text()
    assert {"a.csv", "r.json"} == {path.name for path in tmp_path.iterdir()}
