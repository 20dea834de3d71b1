"""
Reports into files: all or nothing, and nothing lost that was there.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bandcheck.errors import FileUnusableError
from bandcheck.screening.reports.files import write


def test_writing_is_all_or_nothing(tmp_path: Path) -> None:
    """
    If one file cannot be written, the others are as they were, and nothing half is left.
    """
    good, bad = tmp_path / "a.csv", tmp_path / "none" / "b.csv"
    good.write_text("before")
    with pytest.raises(FileUnusableError, match="cannot be written: No such file or directory"):
        write({str(good): "after", str(bad): "x"})

    assert "before" == good.read_text()
    assert [good] == list(tmp_path.iterdir())
    write({str(good): "after"})
    assert "after" == good.read_text()


def test_writing_through_a_link(tmp_path: Path) -> None:
    """
    The link stays, and the file that it leads to is written.
    """
    target, link = tmp_path / "a.csv", tmp_path / "b.csv"
    link.symlink_to(target)
    write({str(link): "one"})
    write({str(link): "two"})

    assert link.is_symlink()
    assert "two" == target.read_text()


@pytest.mark.parametrize("name", ["a.csv", "link.csv", "hard.csv", "./a.csv"])
def test_the_catalogue_is_never_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """
    Under whatever name it goes.
    """
    monkeypatch.chdir(tmp_path)
    Path("a.csv").write_text("title")
    Path("link.csv").symlink_to("a.csv")
    Path("hard.csv").hardlink_to("a.csv")
    with pytest.raises(FileUnusableError, match="this is the catalogue itself"):
        write({"r.csv": "x", name: "x"}, ["a.csv", "-"])

    assert "title" == Path("a.csv").read_text()
    assert not Path("r.csv").exists()


def test_pipes_and_devices_stay(tmp_path: Path) -> None:
    """
    A rename would put a file in their place.
    """
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)  # not a device: who runs this as root could lose it
    with pytest.raises(FileUnusableError, match="no file but a device or a pipe"):
        write({str(pipe): "x"})

    assert pipe.is_fifo()


def test_two_reports_in_one_file(tmp_path: Path) -> None:
    """
    One would be lost.
    """
    (tmp_path / "link.csv").symlink_to("a.csv")
    with pytest.raises(FileUnusableError, match="two reports would be written into this file"):
        write({str(tmp_path / "a.csv"): "x", str(tmp_path / "link.csv"): "y"})

    assert ["link.csv"] == [path.name for path in tmp_path.iterdir()]


@pytest.mark.parametrize("name", ["x" * 300 + ".csv", "a\0b.csv"])
def test_names_that_no_file_can_have(tmp_path: Path, name: str) -> None:
    """
    One message, as of any file that cannot be written.
    """
    with pytest.raises(FileUnusableError, match="cannot be written"):
        write({str(tmp_path / name): "x"})

    assert [] == list(tmp_path.iterdir())
