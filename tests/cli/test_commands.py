"""
The commands: exits, formats, what goes to stdout and what to stderr. On the made-up database.
"""

from __future__ import annotations

import csv
import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from bandcheck.cli import main
from bandcheck.cli.parser import _COMMANDS, _EXAMPLES
from bandcheck.matching.codes import CODES
from network_rows import CLOCK, history, network

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("check --bands 'lte 4 12' -c Alpha --on 2020-01-01", 0),
        ("check --bands 'lte 4 12' -c Alpha --on 2020-01-01 --need 4g", 0),
        ("check --bands 'lte 3' -c Alpha --on 2020-01-01 --need 4g", 1),
        ("check nobody -c Alpha", 3),
        ("check --bands 'lte 4' -c Nobody", 2),
        ("check --bands 'lte 999' -c Alpha", 2),
        ("check --bands 'lte 4' -c Alpha --on 2016-02-30", 2),
        ("check --bands 'lte 4'", 2),
        ("check -c Alpha", 2),
        ("frobnicate", 2),
        ("where --bands 'lte 4' --country ZZ", 2),
        ("where --bands 'lte 3' --need 5g", 1),
        ("phones -c Alpha --brand Nobody", 2),
        ("show nothing-like-this", 3),
        ("search qqqqqq", 3),
        ("rule BC999", 2),
        ("rule BC201", 0),
    ],
)
def test_exits(run: Any, line: str, code: int) -> None:
    """
    0 answered, 1 answered and it misses, 2 bad usage, 3 can't say.
    """
    assert run(line)[0] == code


def test_a_need_that_nobody_can_settle(run: Any) -> None:
    """
    Versions that differ leave `--need` open: exit 3.
    """
    code, out, _ = run("check 'Acme Two' -c Alpha --on 2016-06-01 -f json --need 2g")
    answer = json.loads(out)
    expected = 0 if answer["worst"] != "wifi" else 3 if answer["best"] != "wifi" else 1
    assert code == expected


def test_errors_go_to_stderr_and_as_json_to_stdout(run: Any) -> None:
    """
    stdout is data: an error is talk, unless JSON was asked for.
    """
    _, out, err = run("check --bands 'lte 4' -c Nobody")
    assert (out, err.count("\n")) == ("", 1)
    _, out, err = run("check --bands 'lte 4' -c Nobody -f json")
    assert (json.loads(out)["error"], err) == ("UnknownCarrier", "")


CHECK_KEYS = {
    "schema", "query", "on", "data_version", "outcome", "worst", "best", "headline", "results", "conflicts", "sources",
    "coverage", "confidence", "left_out",
}  # fmt: skip
RESULT_KEYS = {
    "device", "models", "market", "carrier", "via", "outcome", "worst", "best", "radio", "coverage", "rats", "voice",
    "emergency", "acceptance", "runs_out", "confidence", "reasons", "name", "variant", "brand", "headline",
    "confidence_why", "newest_fact",
}  # fmt: skip


def test_the_json_of_check(run: Any) -> None:
    """
    Its keys are a promise; every source that a reason names is there.
    """
    _, out, _ = run("check 'Acme One' -c Alpha --on 2016-02-02 -f json")
    answer = json.loads(out)
    assert answer["schema"] == "bandcheck.report/1"
    assert set(answer) == CHECK_KEYS
    for row in answer["results"]:
        assert set(row) == RESULT_KEYS
        assert set(row["rats"]) == {"gsm", "cdma", "tdscdma", "umts", "lte", "nr"}
        assert {s for reason in row["reasons"] for s in reason["sources"]} <= set(answer["sources"])


def test_an_mvno_answers_per_host(run: Any) -> None:
    """
    One host in 2016; two in 2026, each with the MVNO's name for it.
    """
    _, then, _ = run("check --bands 'lte 4 12' -c 'XX Mobile' --on 2016-03-01 -f json")
    _, now, _ = run("check --bands 'lte 4 12' -c 'XX Mobile' --on 2026-02-01 -f json")
    hosts = [[(r["carrier"], r["via"], r["brand"]) for r in json.loads(out)["results"]] for out in (then, now)]
    assert hosts == [
        [("xx/alpha", "xx/virtual", None)],
        [("xx/alpha", "xx/virtual", "Light"), ("xx/beta", "xx/virtual", "Dark")],
    ]


@pytest.mark.parametrize(
    ("command", "key", "column"),
    [
        ("where --bands 'lte 4 12' --on 2020-01-01", "results", "outcome"),
        ("phones -c Alpha --on 2020-01-01", "results", "outcome"),
        ("timeline 'Acme One' -c Alpha", "stretches", "headline"),
        ("search acme", "results", "id"),
    ],
)
def test_tables_in_every_format(run: Any, command: str, key: str, column: str) -> None:
    """
    JSON, JSON lines, CSV and Markdown hold the same rows.
    """
    rows = json.loads(run(f"{command} -f json")[1])[key]
    lines = [json.loads(line) for line in run(f"{command} -f jsonl")[1].splitlines()]
    table = list(csv.DictReader(run(f"{command} -f csv")[1].splitlines()))
    markdown = run(f"{command} -f markdown")[1].splitlines()
    assert rows
    assert lines == rows
    assert [row[column] for row in table] == [row[column] for row in rows]
    assert len(markdown) == len(rows) + 2


COMMANDS = [
    "check 'Acme One' -c Alpha --on 2016-02-02 --explain",
    "check 'Acme Two' -c 'XX Mobile' --on 2026-02-01 --explain",
    "where 'Acme One' --on 2016-02-02",
    "phones -c Alpha --on 2020-01-01",
    "timeline 'Acme One' -c Alpha",
    "show B12",
    "show n71",
    "show Alpha --on 2016-02-02",
    "show 'XX Mobile'",
    "show 'Acme One'",
    "show 'earfcn 1950'",
    "search acme",
    "rule",
    "data stats",
]


@pytest.mark.parametrize("line", COMMANDS)
def test_screens_fit_80_columns_without_colour(run: Any, line: str) -> None:
    """
    Lines stay within 80 columns (but for an address, which cannot be broken), and no colour goes into a pipe.
    """
    code, out, _ = run(line)
    assert code == 0
    assert out
    assert "\x1b" not in out
    assert [ln for ln in out.splitlines() if len(ln) > 80 and "http" not in ln] == []


@pytest.mark.parametrize("line", [line for line in COMMANDS if not line.startswith("data")])
def test_ascii(run: Any, line: str) -> None:
    """
    `--ascii` is ASCII, and no symbol is alone.
    """
    _, out, _ = run(f"{line} --ascii")
    assert out.isascii()


def test_a_word_beside_every_symbol(run: Any) -> None:
    """
    No mark stands without its word.
    """
    _, out, _ = run("check --bands 'lte 4 / umts 1' -c Alpha --on 2016-02-02")
    marks = re.findall(r"[✓✗?~] (\w*)", out)
    assert marks
    assert set(marks) <= {"yes", "no", "maybe", "unknown"}


@pytest.mark.parametrize(
    ("environment", "coloured"),
    [({}, False), ({"FORCE_COLOR": "1"}, True), ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, False)],
)
def test_colour(run: Any, monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], coloured: bool) -> None:
    """
    Colour on a terminal or by force; NO_COLOR wins.
    """
    for name in ("FORCE_COLOR", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    _, out, _ = run("check 'Acme One' -c Alpha --on 2016-02-02")
    assert ("\x1b" in out) is coloured


@pytest.mark.parametrize("code", list(CODES))
def test_every_code_is_explained(run: Any, code: str) -> None:
    """
    `bandcheck rule CODE` says what it means and why it matters.
    """
    exit_code, out, _ = run(f"rule {code}")
    assert exit_code == 0
    assert "What it means:" in out
    assert "Why it matters:" in out


@pytest.mark.parametrize("key", list(_EXAMPLES))
def test_help_shows_an_example_that_runs(
    key: str, acme: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """
    Every command's help ends with an example, and the example works on the real database.
    """
    with pytest.raises(SystemExit) as stop:
        main([*key.split(), "--help"])
    assert stop.value.code == 0
    assert _EXAMPLES[key] in " ".join(capsys.readouterr().out.split())
    example = shlex.split(_EXAMPLES[key].replace("index.sqlite", str(tmp_path / "index.sqlite")))
    if key == "data import":  # of a made-up source, into the made-up data
        example[example.index("networks_history.jsonl")] = str(history(tmp_path, network(), CLOCK))
        example += ["--into", str(acme)]
    here = os.getcwd()
    os.chdir(ROOT)
    try:
        assert main(example[1:]) == 0
    finally:
        os.chdir(here)


def test_every_command_has_an_example() -> None:
    """
    No command is without one.
    """
    assert set(_COMMANDS) - {"data"} <= set(_EXAMPLES)


def _process(*arguments: str, **settings: Any) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "bandcheck", *arguments],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        **settings,
    )


def test_as_a_module(acme_index: Path) -> None:
    """
    `python -m bandcheck` is the same command.
    """
    done = _process("check", "--bands", "lte 4 12", "-c", "Alpha", "--on", "2020-01-01", "--data", str(acme_index))
    assert (done.returncode, "GETS 4G" in done.stdout) == (0, True)


def test_a_closed_pipe_is_no_traceback(acme_index: Path) -> None:
    """
    Whoever reads us may go away: nothing on stderr.
    """
    command = (
        f"{shlex.quote(sys.executable)} -m bandcheck where --bands 'lte 4' --data {shlex.quote(str(acme_index))} | true"
    )
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, timeout=60, check=False)
    assert done.stderr == ""


def test_a_terminal_without_the_letters(acme_index: Path) -> None:
    """
    An output encoding without `—` gets a stand-in, not a traceback.
    """
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    done = _process(
        "check", "--bands", "umts 2", "-c", "Alpha", "--on", "2016-02-02", "--data", str(acme_index), env=environment
    )
    assert done.returncode == 0
    assert "NO 4G" in done.stdout


def test_what_a_check_imports(acme_index: Path) -> None:
    """
    An answer needs no YAML, and nothing of the compiler.
    """
    program = (
        "import sys; from bandcheck.cli import main\n"
        f"main(['check', '--bands', 'lte 4', '-c', 'Alpha', '--data', {str(acme_index)!r}])\n"
        "heavy = ('yaml', 'difflib', 'shutil', 'pathlib', 'bandcheck.database.compile')\n"
        "bad = [m for m in heavy if m in sys.modules]\n"
        "print(bad, file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-c", program], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.stderr.strip() == "[]"


@pytest.mark.parametrize("what", ["missing", "garbage", "folder"])
def test_a_bad_index_is_one_line(run: Any, tmp_path: Path, what: str, capsys: pytest.CaptureFixture[str]) -> None:
    """
    A missing, damaged or wrong index is one clear message and exit 2.
    """
    path = tmp_path / "index.sqlite"
    if what == "garbage":
        path.write_bytes(b"SQLite format 3\0" + bytes(range(256)) * 20)
    if what == "folder":
        path.mkdir()
    code = main(["check", "--bands", "lte 4", "-c", "Alpha", "--data", str(path)])
    said = capsys.readouterr()
    assert (code, said.out) == (2, "")
    assert said.err.startswith("bandcheck: ")
    assert "Traceback" not in said.err


def test_an_overlay_answers(run: Any, tmp_path: Path) -> None:
    """
    A shop's own phone, laid on top.
    """
    mine = tmp_path / "mine.yaml"
    mine.write_text(
        "id: shop/phone\nname: Phone\nbrand: Shop\nsources:\n  me: {kind: manufacturer, title: Me}\n"
        "variants:\n  SP-1:\n    bands: {gsm: [1900], umts: [], lte: [4, 12], nr: []}\n    sources: [me]\n"
    )
    code, out, _ = run("check SP-1 -c Alpha --on 2020-01-01 -f json", "--overlay", str(mine))
    assert (code, json.loads(out)["outcome"]) == (0, "4g")


def test_data_check_names_line_and_cure(run: Any, acme_copy: Path) -> None:
    """
    A problem is printed with its file, line, path and cure; exit 1.
    """
    bad = acme_copy / "devices" / "acme" / "bad.yaml"
    bad.write_text("name: Bad\nbrand: Acme\nvariants:\n  XM-9:\n    bands: {lte: [3, B7]}\n    sources: [nowhere]\n")
    code, out, err = run(f"data check {bad} --folder {acme_copy}")
    assert code == 1
    assert "devices/acme/bad.yaml:5: variants.XM-9.bands.lte[1]: expected a band number, got 'B7'." in out
    assert "the source 'nowhere' is not defined" in out
    assert "2 problems" in err


def test_data_check_reads_overlays_too(run: Any, acme_copy: Path, tmp_path: Path) -> None:
    """
    A file outside the data folder is checked as what it is: an overlay, with every problem.
    """
    mine = tmp_path / "mine.yaml"
    good = (
        "id: shop/phone\nname: Phone\nbrand: Shop\nsources:\n  me: {kind: manufacturer, title: Me}\n"
        "variants:\n  SP-1:\n    bands: {lte: [4, 12]}\n    sources: [me]\n"
    )
    mine.write_text(good)
    assert run(f"data check {mine} --folder {acme_copy}")[0] == 0
    mine.write_text(good.replace("[4, 12]", "[4, B12]").replace("[me]", "[you]"))
    code, out, _ = run(f"data check {mine} --folder {acme_copy}")
    assert code == 1
    assert "expected a band number, got 'B12'" in out
    assert "the source 'you' is not defined" in out


@pytest.mark.parametrize("ending", [">/dev/full", ">&-"])
def test_output_that_cannot_be_written_is_no_traceback(acme_index: Path, ending: str) -> None:
    """
    A full disk or a closed stdout: at most one line.
    """
    command = f"{shlex.quote(sys.executable)} -m bandcheck check --bands 'lte 4' -c Alpha --data {acme_index} {ending}"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, timeout=60, check=False)
    assert "Traceback" not in done.stderr
    assert done.stderr.count("\n") <= 1


def test_a_phone_and_bands_are_one_too_many(run: Any) -> None:
    """
    Which of the two is asked about? Exit 2.
    """
    assert run("check 'Acme One' --bands 'lte 4' -c Alpha")[0] == 2


def test_an_index_with_damaged_pages_is_one_line(
    acme_index: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """
    A file whose head is good and whose middle is not.
    """
    data = bytearray(acme_index.read_bytes())
    data[8192:-4096] = b"\xff" * (len(data) - 8192 - 4096)
    broken = tmp_path / "index.sqlite"
    broken.write_bytes(data)
    assert main(["check", "Acme One", "-c", "Alpha", "--data", str(broken)]) == 2
    assert capsys.readouterr().err.startswith("bandcheck: ")


def test_data_fmt_changes_nothing_when_asked_not_to(run: Any, acme_copy: Path) -> None:
    """
    `--check` and `--diff` only tell; without them the file is put right, and then stays.
    """
    path = acme_copy / "devices" / "acme" / "messy.yaml"
    path.write_text("brand: Acme\nname: Messy\nvariants:\n  XM-8:\n    sources: [a]\n    bands: {lte: [7, 3]}\n")
    before = path.read_text()
    assert run(f"data fmt --check {path}")[0] == 1
    assert "+name: Messy" in run(f"data fmt --diff {path}")[1]
    assert path.read_text() == before
    assert run(f"data fmt {path}")[0] == 0
    assert (
        path.read_text()
        == "name: Messy\nbrand: Acme\nvariants:\n  XM-8:\n    bands:\n      lte: [3, 7]\n    sources: [a]\n"
    )
    assert run(f"data fmt --check {path}")[0] == 0


def test_data_build_writes_whole_or_not_at_all(run: Any, acme_copy: Path, tmp_path: Path) -> None:
    """
    Good data gives an index; bad data leaves the old one as it was.
    """
    target = tmp_path / "built.sqlite"
    assert run(f"data build -o {target} --folder {acme_copy}")[0] == 0
    built = target.read_bytes()
    (acme_copy / "devices" / "acme" / "bad.yaml").write_text("name: 1\n")
    code, _, err = run(f"data build -o {target} --folder {acme_copy}")
    assert code == 2
    assert "bad.yaml" in err
    assert target.read_bytes() == built
    assert sorted(p.name for p in tmp_path.glob("built*")) == ["built.sqlite"]


def test_data_rules_prints_reasons(run: Any) -> None:
    """
    Every rule with its reason.
    """
    _, out, _ = run("data rules -f json")
    rules = json.loads(out)["rules"]
    assert len(rules) > 10
    assert all(rule["reason"].endswith((".", ")")) for rule in rules)
