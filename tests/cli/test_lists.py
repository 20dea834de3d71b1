"""
`where`, `phones`, `search`: what a list leaves out or is not sure of, it says.
"""

from __future__ import annotations

import json
import shlex
from pathlib import Path
from typing import Any

import pytest

from bandcheck.cli import main


def test_an_mvno_before_its_first_statement_is_marked(run: Any) -> None:
    """
    Whose network it sold before anybody said so is not recorded: in the table, and in the rows for programs.
    """
    _, out, _ = run("where --bands 'lte 4 12' --on 2015-12-31")
    assert "XX Mobile *" in out
    assert "* Whose network it sold on that day is not recorded" in " ".join(out.split())
    _, out, _ = run("where --bands 'lte 4 12' --on 2016-02-29")
    assert "*" not in out


@pytest.mark.parametrize(("day", "stated"), [("2015-12-31", False), ("2016-02-29", True)])
def test_rows_say_whether_the_host_is_stated(run: Any, day: str, stated: bool) -> None:
    """
    A network is its own host on any day.
    """
    _, out, _ = run(f"where --bands 'lte 4 12' --on {day} -f json")
    told = {row["carrier"]: row["host_stated"] for row in json.loads(out)["results"]}
    assert told == {"xx/alpha": True, "xx/beta": True, "xx/virtual": stated, "yy/gamma": True}
    assert ("is not recorded" in " ".join(run(f"phones -c 'XX Mobile' --on {day}")[1].split())) is not stated


@pytest.mark.parametrize("form", ["text", "jsonl", "csv", "markdown"])
def test_search_says_how_many_more_there_are(run: Any, form: str) -> None:
    """
    A list that was cut says so, on stderr, and how to see the rest; one that was not says nothing.
    """
    _, out, err = run(f"search acme --limit 2 -f {form}")
    assert "Acme" in out
    assert err == "bandcheck: 1 more look like 'acme'; --limit 3 shows them.\n"
    assert run(f"search acme --limit 3 -f {form}")[2] == ""


def test_search_as_json_counts_the_rest(run: Any) -> None:
    """
    stderr stays empty of what the answer holds.
    """
    found = [json.loads(run(f"search acme -f json --limit {n}")[1]) for n in (1, 3)]
    assert [(1, 2), (3, 0)] == [(len(one["results"]), one["more"]) for one in found]


@pytest.mark.parametrize("limit", ["0", "-1", "x", "1.5", "1e3", "²"])
def test_a_limit_is_a_count(run: Any, limit: str) -> None:
    """
    Anything else is one line, and exit 2.
    """
    code, out, err = run(f"search acme --limit={limit}")
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert "expected a whole number above 0" in err


@pytest.mark.parametrize("text", ["z", "ze", "on", "ne"])
def test_short_texts_are_found_within_names(run: Any, text: str) -> None:
    """
    Too short for the full-text index, and found all the same; names before model numbers.
    """
    code, out, _ = run(f"search {text} -f json")
    assert code == 0
    assert all(text in row["matched"].casefold() for row in json.loads(out)["results"])


def test_a_short_name_has_suggestions(run: Any) -> None:
    """
    `tw` is no phone; one that is called so with more letters is named.
    """
    code, out, err = run("check tw -c Alpha")
    assert (code, out) == (3, "")
    assert "Did you mean    Acme Two" in err


@pytest.mark.parametrize(
    "line",
    [
        "check 'Acme One' -c Alpha --on {}",
        "where 'Acme One' --on {}",
        "phones -c Alpha --on {}",
        "show Alpha --on {}",
    ],
)
@pytest.mark.parametrize("day", ["2016-02-30", "yesterday", "''"])
def test_a_day_that_does_not_exist_is_one_line(run: Any, line: str, day: str) -> None:
    """
    What came and what was expected; as JSON where that was asked for. Exit 2.
    """
    code, out, err = run(line.format(day))
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert "is not a date: expected YYYY-MM-DD, YYYY-MM or YYYY." in err
    code, out, err = run(f"{line.format(day)} -f json")
    assert (code, json.loads(out)["error"], err) == (2, "InvalidDate", "")


@pytest.mark.parametrize("line", ["check 'Acme One'", "frobnicate", "check -c Alpha --need 6g", "data", "data fmt --x"])
def test_bad_usage_is_one_line(line: str, capsys: pytest.CaptureFixture[str]) -> None:
    """
    What is wrong, and where help is; no page of usage.
    """
    with pytest.raises(SystemExit) as stop:
        main(shlex.split(line))
    said = capsys.readouterr()
    assert (stop.value.code, said.out, said.err.count("\n")) == (2, "", 1)
    assert said.err.endswith("--help\n")


@pytest.mark.parametrize("line", ["phones -c Alpha", "phones -c 'XX Mobile'", "where 'Acme One'", "where 'lte 4 12'"])
@pytest.mark.parametrize("need", ["2g", "3g", "4g", "5g"])
def test_a_need_leaves_rows_out_and_changes_none(run: Any, line: str, need: str) -> None:
    """
    What is left is told word for word as in the whole list and meets the need; what else seems to is counted.
    """
    line = line.replace("where 'lte", "where --bands 'lte")
    levels = ["wifi", "2g", "3g", "4g", "5g"]
    whole = [json.loads(row) for row in run(f"{line} --on 2020-01-01 -f jsonl")[1].splitlines()]

    code, out, err = run(f"{line} --on 2020-01-01 -f jsonl --need {need}")

    kept = [json.loads(row) for row in out.splitlines()]
    certain = [row for row in whole if levels.index(row["worst"]) >= levels.index(need)]
    left = int(err.split()[1]) if err else 0
    assert [row for row in certain if row in kept] == kept
    assert len(certain) <= len(kept) + left
    assert code == (0 if kept else 3 if left else 1)


GONE = """id: zz/gone
name: Gone
kind: network
sources: {page: {kind: news, title: It is over}}
rats:
  gsm: {since: "2001", until: "2015", sources: [page]}
  cdma: {until: "2015", sources: [page]}
  tdscdma: {until: "2015", sources: [page]}
  umts: {until: "2015", sources: [page]}
  lte: {until: "2015", sources: [page]}
  nr: {until: "2015", sources: [page]}
"""


def test_networks_that_are_off_are_left_out_and_counted(run: Any, tmp_path: Path) -> None:
    """
    A list of carriers names none whose every RAT has ended, and says how many those are; on an earlier day it is there.
    """
    (tmp_path / "gone.yaml").write_text(GONE)
    line = f"where --bands 'gsm 900' --country ZZ --overlay {tmp_path / 'gone.yaml'}"
    _, out, _ = run(f"{line} --on 2020-01-01")
    assert "Gone" not in out
    assert "Left out: 1 network switched off by then." in out
    assert "Gone" in run(f"{line} --on 2010-01-01")[1]


def test_an_end_alone_does_not_say_that_there_was_a_beginning(run: Any, tmp_path: Path) -> None:
    """
    GSM ran and was switched off; of LTE only is known that there is none.
    """
    (tmp_path / "gone.yaml").write_text(GONE)
    _, out, _ = run(f"check --bands 'gsm 900 / lte 3' -c Gone --on 2020-01-01 --overlay {tmp_path / 'gone.yaml'}")
    said = " ".join(out.split())
    assert "Gone has switched 2G off (1 Jan 2015)." in said
    assert "Gone runs no 4G since 1 Jan 2015 at the latest." in said
