"""
`bandcheck data import`, on a copy of the made-up database.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from bandcheck.cli.parser import IMPORTERS
from bandcheck.database.importers.frame import ORDER
from network_rows import CLOCK, history, network


def test_it_says_what_it_read_added_and_refused(run: Any, acme_copy: Path, tmp_path: Path) -> None:
    """
    In words, with the rows that it refused; once more it changes nothing.
    """
    source = history(tmp_path, network(brand="Delta"), "{", CLOCK)
    code, out, err = run(f"data import networks {source} --into {acme_copy}")
    again = run(f"data import networks {source} --into {acme_copy}")

    assert (0, "") == (code, err)
    assert out.startswith("networks, snapshot 2024-09-09: 3 rows read, 2 taken, 1 refused\n")
    assert "refused (1)\n  row 2: {: expected one JSON object, whole\n" in out
    assert "added (2)\n  yy/clock\n  yy/delta\n" in out
    assert (acme_copy / "imported/networks/yy.yaml").exists()
    assert again[1].endswith("no change\n")


def test_a_dry_run_prints_a_diff_and_writes_nothing(run: Any, acme_copy: Path, tmp_path: Path) -> None:
    """
    A unified diff of the files.
    """
    source = history(tmp_path, network(brand="Delta"), CLOCK)
    code, out, _ = run(f"data import networks {source} --into {acme_copy} --dry-run")

    assert 0 == code
    assert "+++ imported/networks/yy.yaml\n" in out
    assert "+    name: Delta\n" in out
    assert not (acme_copy / "imported").exists()


def test_as_json_it_is_one_object(run: Any, acme_copy: Path, tmp_path: Path) -> None:
    """
    With every list in full.
    """
    source = history(tmp_path, network(brand="Delta", tokens={"UTMS 2100": ["2016-07-11", "2024-09-09"]}), "[]", CLOCK)
    code, out, _ = run(f"data import networks {source} --into {acme_copy} -f json")
    found = json.loads(out)

    assert (0, "bandcheck.import/1", True) == (code, found["schema"], found["written"])
    assert (["yy/clock", "yy/delta"], [], []) == (found["added"], found["changed"], found["removed"])
    assert [{"row": 2, "came": "[]", "why": "expected a JSON object"}] == found["refused"]
    assert 1 == found["rules"]["spelling"]["rows"]


def test_a_wrong_file_is_one_line_and_exit_2(run: Any, acme_copy: Path, tmp_path: Path) -> None:
    """
    No traceback, and the data is as it was; so it is with a missing file and with too many.
    """
    (tmp_path / "other").write_text("name: One\n")
    for files in (f"{tmp_path}/other", f"{tmp_path}/none", "a b c"):
        code, out, err = run(f"data import networks {files} --into {acme_copy}")
        assert (2, "") == (code, out)
        assert err.startswith("bandcheck: ")
        assert "Traceback" not in err
    assert not (acme_copy / "imported").exists()


def test_a_folder_that_cannot_be_written_is_one_line(run: Any, acme_copy: Path, tmp_path: Path) -> None:
    """
    Here a file stands where the folder should be.
    """
    (acme_copy / "imported").write_text("in the way")
    source = history(tmp_path, network(brand="Delta"), CLOCK)
    code, out, err = run(f"data import networks {source} --into {acme_copy}")

    assert (2, "") == (code, out)
    assert "cannot be written" in err


def test_the_parser_knows_every_importer() -> None:
    """
    In the order in which they are run.
    """
    assert ORDER == IMPORTERS
