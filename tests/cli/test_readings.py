"""
`bands`, `modem`, and `--text` and `--modem` in place of a phone's name.
"""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest

SHEET = "GSM 850/900, WCDMA B1/B8, FDD-LTE B4/B12 Cat 4 150/50 Mbps"
DUMP = '{"modem": {"generic": {"supported-bands": ["utran-1", "eutran-4", "eutran-12"]}}}'


def test_bands_prints_what_it_read_and_what_it_left_aside(run: Any) -> None:
    """
    A line for each RAT, and one for each thing ignored.
    """
    code, out, _ = run(f"bands '{SHEET}'")
    assert code == 0
    assert [line.split() for line in out.splitlines()] == [
        ["GSM", "850,", "900"],
        ["UMTS", "1,", "8"],
        ["LTE", "4,", "12"],
        ["Ignored", "'4':", "category"],
        ["Ignored", "'150/50", "Mbps':", "speed"],
    ]


def test_bands_as_json(run: Any) -> None:
    """
    The documented form.
    """
    answer = json.loads(run(f"bands '{SHEET}' -f json")[1])
    assert answer["schema"] == "bandcheck.reading/1"
    assert answer["bands"] == {"gsm": [850, 900], "cdma": [], "tdscdma": [], "umts": [1, 8], "lte": [4, 12], "nr": []}


def test_bands_reads_a_line_each_from_stdin(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    JSON lines, in the order of the texts; empty lines are none.
    """
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"LTE B4\n\nLTE B12\n")))
    code, out, _ = run("bands - -f jsonl")
    answers = [json.loads(line) for line in out.splitlines()]
    assert (code, [(a["text"], a["bands"]["lte"]) for a in answers]) == (0, [("LTE B4", [4]), ("LTE B12", [12])])


def test_a_text_without_bands_cannot_say(run: Any) -> None:
    """
    Exit 3, and what was ignored is shown.
    """
    code, out, _ = run("bands 'Nice phone, 5.5 inch'")
    assert code == 3
    assert "CAN'T SAY" in out
    assert "size" in out


def test_modem_reads_a_dump(run: Any, tmp_path: Path) -> None:
    """
    From a file, whatever its format.
    """
    (tmp_path / "dump.json").write_text(DUMP)
    code, out, _ = run(f"modem {tmp_path / 'dump.json'} -f json")
    assert (code, json.loads(out)["bands"]["lte"]) == (0, [4, 12])


@pytest.mark.parametrize("line", ["modem /nowhere/at/all", "modem {dump} --input-format nonsense", "modem {other}"])
def test_what_is_no_dump_is_one_clear_error(run: Any, tmp_path: Path, line: str) -> None:
    """
    Exit 2, one line, nothing on stdout.
    """
    (tmp_path / "dump").write_text(DUMP)
    (tmp_path / "other").write_text("hello")
    code, out, err = run(line.format(dump=tmp_path / "dump", other=tmp_path / "other"))
    assert (code, out, err.count("\n")) == (2, "", 1)


def test_a_sheet_stands_for_a_phone(run: Any) -> None:
    """
    The verdict is that of its bands; what was read is told on stderr.
    """
    code, out, err = run(f"check --text '{SHEET}' -c Alpha --on 2020-01-01 -f json")
    named = run("check --bands 'gsm 850 900 / umts 1 8 / lte 4 12' -c Alpha --on 2020-01-01 -f json")[1]
    assert code == 0
    assert json.loads(out)["outcome"] == json.loads(named)["outcome"] == "4g"
    assert err == "bandcheck: read gsm 850 900 / umts 1 8 / lte 4 12\n"


def test_a_dump_stands_for_a_phone(run: Any, tmp_path: Path) -> None:
    """
    In `where` too.
    """
    (tmp_path / "dump.json").write_text(DUMP)
    code, out, _ = run(f"where --modem {tmp_path / 'dump.json'} --on 2020-01-01 -f jsonl")
    assert code == 0
    assert {json.loads(line)["best"] for line in out.splitlines()} >= {"4g"}


def test_a_phone_is_named_one_way(run: Any) -> None:
    """
    Two descriptions are a mistake, and so is a text without any band (exit 3).
    """
    assert run("check 'Acme Two' --text 'LTE B4' -c Alpha")[0] == 2
    assert run("check --text 'hello' -c Alpha")[0] == 3


def test_show_of_an_imei_speaks_of_its_tac_alone(run: Any) -> None:
    """
    An IMEI is nowhere in the answer, in any format; nobody recorded whose TAC it is.
    """
    for form in ("text", "json"):
        code, out, err = run(f"show 490154203237518 -f {form}")
        assert code == 3
        assert "49015420" in out
        assert "490154203" not in out + err


def test_show_of_a_channel_tells_of_the_neighbours(run: Any) -> None:
    """
    EARFCN 1950 lies in band 4, and 66 holds it.
    """
    out = run("show earfcn 1950")[1]
    assert "Near B4" in out
    assert "B66: " in out


def test_show_of_a_network_names_the_mvnos_on_it(run: Any) -> None:
    """
    A PLMN is the network's; whoever sells it is named, for that day.
    """
    answer = json.loads(run("show Alpha -f json --on 2020-01-01")[1])
    shown = [json.loads(run(f"show {mvno} -f json --on 2020-01-01")[1]) for mvno in answer["hosted"]]
    assert [answer["id"] in {host["carrier"] for host in mvno["hosts"]} for mvno in shown] == [True]


def test_modem_reads_a_mask_a_line_from_stdin(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    JSON lines with their numbers; a line that is no mask is told, and the others go on.
    """
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"8\n\n80a\n")))
    code, out, err = run("modem - --input-format lte-mask-hex -f jsonl")
    answers = [json.loads(line) for line in out.splitlines()]
    assert (code, [(a["line"], a["bands"]["lte"]) for a in answers], err) == (0, [(1, [4]), (3, [2, 4, 12])], "")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"hello\n8\n")))
    code, out, err = run("modem - --input-format lte-mask-hex -f jsonl")
    assert code == 2
    assert [json.loads(line)["line"] for line in out.splitlines()] == [2]
    assert err.startswith("bandcheck: line 1: ")
