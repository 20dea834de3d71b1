from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

import toy_importer
from bandcheck.database.compile import check_folder
from bandcheck.database.importers.store import work_out
from toy_importer import carrier, digest, done, toy

ACME = Path(toy_importer.__file__).parent / "acme"

KILLED = """
import os, signal, sys
from pathlib import Path
from bandcheck.database.importers import store
from toy_importer import carrier, toy

point, root = sys.argv[1], Path(sys.argv[2])
def die():
    os.kill(os.getpid(), signal.SIGKILL)
written, swapped, count = Path.write_text, store._swap, []
def write_text(path, text, **how):
    count.append(path)
    if point == f"file {len(count)}":
        written(path, text[: len(text) // 2], **how)
        die()
    return written(path, text, **how)
def swap(part, folder):
    if point == "before":
        die()
    swapped(part, folder)
    die()
Path.write_text, store._swap = write_text, swap
store.write(store.work_out(toy({"xx/delta": carrier("Delta", 7), "yy/eps": carrier("Eps")}), [], root))
"""


@pytest.mark.parametrize(
    ("point", "first"),
    [("file 1", True), ("before", True), ("after", True), ("file 3", False), ("before", False), ("after", False)],
)
def test_a_kill_leaves_the_old_or_the_new(acme_copy: Path, point: str, first: bool) -> None:
    """
    Whoever reads afterwards finds one of the two, whole; the next import clears away what was left.
    """
    if not first:
        done(work_out(toy({"xx/delta": carrier()}), [], acme_copy))
    folder = acme_copy / "imported/networks"
    old = digest(folder) if not first else None
    new = toy({"xx/delta": carrier("Delta", 7), "yy/eps": carrier("Eps")})
    environment = {**os.environ, "PYTHONPATH": str(Path(toy_importer.__file__).parent)}
    command = [sys.executable, "-c", KILLED, point, str(acme_copy)]
    ended = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60)

    assert (-signal.SIGKILL, "") == (ended.returncode, ended.stderr)
    found = digest(folder) if folder.exists() else None
    assert (point == "after") == (found != old)
    assert [] == check_folder(acme_copy).problems
    done(work_out(new, [], acme_copy))
    assert ["networks"] == [p.name for p in folder.parent.iterdir()]
    done(work_out(new, [], Path(shutil.copytree(ACME, acme_copy.parent / "fresh"))))
    assert digest(acme_copy.parent / "fresh/imported") == digest(acme_copy / "imported")
