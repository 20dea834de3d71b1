from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from bandcheck.database import compile as compiling
from bandcheck.database import index
from bandcheck.database.building import parts
from bandcheck.database.catalog import Catalog
from bandcheck.database.schema import APPLICATION_ID, SCHEMA_VERSION
from bandcheck.errors import DataError, IndexUnusableError
from bandcheck.model.bands import Rat


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """
    An empty cache folder that is not there yet.
    """
    folder = tmp_path / "cache"
    monkeypatch.setenv("BANDCHECK_CACHE", str(folder))
    return folder


@pytest.fixture
def folder(acme_copy: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """
    A copy of the made-up data that nobody has changed for an hour, nor the program: the clock goes ahead.
    """
    now = time.time() + 3600
    monkeypatch.setattr(time, "time", lambda: now)
    return acme_copy


@pytest.fixture
def no_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """
    Nowhere to write: every place that a cache could have lies below a file. That file.
    """
    file = tmp_path / "file"
    file.write_text("")
    monkeypatch.setenv("BANDCHECK_CACHE", str(file / "given"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(file / "xdg"))
    monkeypatch.setenv("TMPDIR", str(file / "tmp"))
    return file


def lte_of_one(folder: Path) -> list[int]:
    """
    The LTE bands of the made-up Acme One, as the database in a folder has them.
    """
    variant = Catalog.open(folder).device("acme/one").variants[0]
    return variant.states[0][1].bands.at_least.numbers(Rat.LTE)


def write_lte_of_one(folder: Path, bands: str) -> Path:
    """
    Change the LTE bands of the Acme One.
    """
    path = folder / "devices/acme/one.yaml"
    head, _, tail = path.read_text().partition("      lte: [")
    path.write_text(f"{head}      lte: [{bands}]{tail[tail.index(']') + 1 :]}")
    return path


def forbidden(*_: object) -> str:
    raise AssertionError("it was compiled again")


class TestCache:
    def test_a_folder_is_compiled_when_first_needed_and_then_reused(
        self, folder: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        One index appears in the cache; the next to open the folder compiles nothing.
        """
        assert [2, 4, 12] == lte_of_one(folder)
        assert [".sqlite"] == [p.suffix for p in cache.iterdir()]

        monkeypatch.setattr(compiling, "check_folder", forbidden)
        assert [2, 4, 12] == lte_of_one(folder)

    def test_an_edit_is_seen(self, folder: Path, cache: Path) -> None:
        """
        The cache is never stale.
        """
        lte_of_one(folder)
        write_lte_of_one(folder, "2, 4")

        assert [2, 4] == lte_of_one(folder)

    def test_after_an_edit_one_file_is_read(
        self, folder: Path, cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        The rest comes from the index before; the result is the one of an empty cache.
        """
        lte_of_one(folder)
        write_lte_of_one(folder, "2, 4")
        read, seen = parts._read, []
        monkeypatch.setattr(parts, "_read", lambda name, data: seen.append(name) or read(name, data))
        version = Catalog.open(folder).version

        assert ["devices/acme/one.yaml"] == seen
        monkeypatch.setenv("BANDCHECK_CACHE", str(tmp_path / "other"))
        assert version == Catalog.open(folder).version

    def test_an_edit_of_the_same_size_at_the_same_time_is_seen(self, folder: Path, cache: Path) -> None:
        """
        Two edits that share size and time of change, as on a coarse clock, are two.
        """
        now = time.time() + 60
        found = []
        for bands in ("2, 4, 12", "2, 4, 17", "2, 4, 13"):
            os.utime(write_lte_of_one(folder, bands), (now, now))
            found.append(lte_of_one(folder))

        assert [[2, 4, 12], [2, 4, 17], [2, 4, 13]] == found

    def test_an_old_edit_of_the_same_size_is_seen_by_its_time(self, folder: Path, cache: Path) -> None:
        """
        Long after, the time of change tells two contents apart, be it the earlier one.
        """
        lte_of_one(folder)
        path = write_lte_of_one(folder, "2, 4, 17")
        last_year = time.time() - 365 * 86400
        os.utime(path, (last_year, last_year))

        assert [2, 4, 17] == lte_of_one(folder)

    def test_files_that_come_and_go_are_seen(self, folder: Path, cache: Path) -> None:
        """
        A new, a removed and a renamed file change what there is.
        """
        Catalog.open(folder)
        (folder / "devices/acme/four.yaml").write_text(
            "name: Four\nbrand: Acme\nvariants: {A4: {sources: [filings]}}\n"
        )
        grown = [d.id for d in Catalog.open(folder).devices()]
        (folder / "devices/acme/four.yaml").rename(folder / "devices/acme/five.yaml")
        (folder / "devices/acme/three.yaml").unlink()
        changed = [d.id for d in Catalog.open(folder).devices()]

        assert ["acme/four", "acme/one", "acme/three", "acme/two", "zeta/phone"] == grown
        assert ["acme/five", "acme/one", "acme/two", "zeta/phone"] == changed

    def test_two_folders_do_not_share_an_index(self, folder: Path, cache: Path, tmp_path: Path) -> None:
        """
        The key is of the folder too.
        """
        other = Path(shutil.copytree(folder, tmp_path / "other"))
        lte_of_one(folder)
        write_lte_of_one(other, "2, 4")

        assert ([2, 4], [2, 4, 12]) == (lte_of_one(other), lte_of_one(folder))

    @pytest.mark.parametrize(
        "damage",
        [
            pytest.param(lambda data: b"", id="empty"),
            pytest.param(lambda data: b"garbage" * 1000, id="garbage"),
            pytest.param(lambda data: data[: len(data) // 2], id="half"),
            pytest.param(lambda data: data[:100], id="head"),
            pytest.param(lambda data: b"\0" * len(data), id="zeros"),
        ],
    )
    def test_a_damaged_index_in_the_cache_is_compiled_again(
        self, folder: Path, cache: Path, damage: Callable[[bytes], bytes]
    ) -> None:
        """
        What lies in the cache is nobody's to repair.
        """
        lte_of_one(folder)
        (path,) = cache.iterdir()
        good = path.read_bytes()
        path.write_bytes(damage(good))

        assert [2, 4, 12] == lte_of_one(folder)
        assert good == path.read_bytes()

    def test_the_cache_does_not_grow(self, folder: Path, cache: Path) -> None:
        """
        Of many edits the newest few indexes are kept, the last one among them.
        """
        for bands in ("2", "4", "5", "7", "12", "17"):
            write_lte_of_one(folder, bands)
            lte_of_one(folder)

        assert 4 == len(list(cache.iterdir()))
        assert [17] == lte_of_one(folder)
        assert 4 == len(list(cache.iterdir()))

    def test_bad_data_is_an_error_with_every_problem(self, folder: Path, cache: Path) -> None:
        """
        No older index answers in its stead, and none is written.
        """
        lte_of_one(folder)
        before = sorted(cache.iterdir())
        write_lte_of_one(folder, "4, 2, B12")

        with pytest.raises(DataError) as caught:
            Catalog.open(folder)

        assert 2 == len(caught.value.problems)
        assert before == sorted(cache.iterdir())

    def test_an_editors_lock_does_no_harm(self, folder: Path, cache: Path) -> None:
        """
        Emacs marks a file being edited by a symbolic link to nowhere, `.#one.yaml`.
        """
        (folder / "devices/acme/.#one.yaml").symlink_to("somebody@somewhere.1234")

        assert [2, 4, 12] == lte_of_one(folder)

    def test_several_processes_may_compile_at_once(self, folder: Path, cache: Path) -> None:
        """
        They find the same version, and leave one index.
        """
        script = "import sys; from bandcheck import Catalog; print(Catalog.open(sys.argv[1]).version)"
        command = [sys.executable, "-c", script, str(folder)]
        processes = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(3)]
        found = {process.communicate(timeout=60)[0].strip() for process in processes}

        assert {Catalog.open(folder).version} == found
        assert [".sqlite"] == [p.suffix for p in cache.iterdir()]


class TestWhereTheCacheIs:
    def test_a_folder_that_cannot_be_made_is_passed_over(
        self,
        folder: Path,
        tmp_path: Path,
        no_cache: Path,
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        """
        Where BANDCHECK_CACHE cannot be, the usual cache of the system is used.
        """
        monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))

        assert [2, 4, 12] == lte_of_one(folder)
        assert [".sqlite"] == [p.suffix for p in (tmp_path / "xdg/bandcheck").iterdir()]
        assert ("", "") == capsys.readouterr()

    def test_the_last_resort_is_a_private_folder_among_the_temporary_ones(
        self, folder: Path, tmp_path: Path, no_cache: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        Named after the user, and open to nobody else.
        """
        (tmp_path / "tmp").mkdir()
        monkeypatch.setenv("TMPDIR", str(tmp_path / "tmp"))
        lte_of_one(folder)
        (private,) = (tmp_path / "tmp").iterdir()

        assert private.name.startswith("bandcheck-")
        assert 0o700 == private.stat().st_mode & 0o777

    def test_a_folder_of_somebody_else_is_not_trusted(
        self, folder: Path, cache: Path, tmp_path: Path, no_cache: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        What another user could have put there is not read.
        """
        monkeypatch.setenv("BANDCHECK_CACHE", str(cache))
        lte_of_one(folder)
        monkeypatch.setattr(os, "getuid", lambda: os.stat(cache).st_uid + 1)

        assert index._cache_folder() is None

    def test_without_any_cache_the_data_is_compiled_in_memory(
        self, folder: Path, no_cache: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """
        It answers all the same, and says on stderr what would make it faster.
        """
        assert [2, 4, 12] == lte_of_one(folder)
        out, err = capsys.readouterr()

        assert ("", True) == (out, "BANDCHECK_CACHE" in err)

    @pytest.mark.parametrize(
        "error", [OSError(28, "No space left on device"), sqlite3.OperationalError("database or disk is full")]
    )
    def test_a_cache_that_cannot_be_written_does_no_harm(
        self, folder: Path, cache: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
    ) -> None:
        """
        A full disk, whoever notices it, means an index in memory.
        """

        def fail(checked: object, target: Path) -> str:
            raise error

        monkeypatch.setattr(compiling, "write_index", fail)

        assert [2, 4, 12] == lte_of_one(folder)


def patched(source: Path, target: Path, pragma: str) -> Path:
    """
    An index with another number in its head.
    """
    shutil.copy(source, target)
    connection = sqlite3.connect(target)
    connection.execute(f"PRAGMA {pragma}")
    connection.commit()
    connection.close()
    return target


class TestGivenPath:
    def test_a_compiled_index_is_opened(self, acme_index: Path) -> None:
        """
        Without its YAML, by a path of either kind.
        """
        assert Catalog.open(acme_index).version == Catalog.open(str(acme_index)).version

    def test_an_index_cannot_be_written(self, acme_index: Path) -> None:
        """
        The connection is for reading alone.
        """
        connection = index.open_file(str(acme_index))

        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            connection.execute("DELETE FROM device")

    def test_any_name_of_a_file_will_do(self, acme_index: Path, tmp_path: Path) -> None:
        """
        Characters that mean something in a URI mean nothing here.
        """
        path = tmp_path / "100%25 sure? #1.sqlite"
        shutil.copy(acme_index, path)

        assert Catalog.open(acme_index).version == Catalog.open(path).version

    def test_a_missing_file_is_one_clear_message(self, tmp_path: Path) -> None:
        """
        The error names the path and what to do.
        """
        path = str(tmp_path / "nothing.sqlite")

        with pytest.raises(IndexUnusableError) as caught:
            Catalog.open(path)

        expected = f"{path}: there is no index here. Reinstall bandcheck, or run: bandcheck data build."
        assert expected == str(caught.value)

    @pytest.mark.parametrize(
        "damage",
        [
            pytest.param(lambda data: b"", id="empty"),
            pytest.param(lambda data: b"garbage" * 1000, id="garbage"),
            pytest.param(lambda data: data[: len(data) // 2], id="half"),
            pytest.param(lambda data: data[:-4096], id="all but a page"),
            pytest.param(lambda data: data[:100], id="head"),
            pytest.param(lambda data: b"PK\x03\x04" + data, id="shifted"),
        ],
    )
    def test_a_damaged_file_is_one_clear_message(
        self, acme_index: Path, tmp_path: Path, damage: Callable[[bytes], bytes]
    ) -> None:
        """
        Garbage, an empty file or half an index is refused when it is opened, not in the middle of an answer.
        """
        path = tmp_path / "index.sqlite"
        path.write_bytes(damage(acme_index.read_bytes()))

        with pytest.raises(IndexUnusableError) as caught:
            Catalog.open(path)

        message = str(caught.value)
        assert (str(path), 1) == (caught.value.path, len(message.splitlines()))
        assert message.startswith(f"{path}: not ")
        assert message.endswith("Build it anew: bandcheck data build.")

    def test_an_index_of_a_newer_version_asks_for_an_upgrade(self, acme_index: Path, tmp_path: Path) -> None:
        """
        It is not damaged, and building it anew would lose what is new in it.
        """
        path = patched(acme_index, tmp_path / "new.sqlite", f"user_version = {SCHEMA_VERSION + 1}")

        with pytest.raises(IndexUnusableError) as caught:
            Catalog.open(path)

        why = f"the index is of version {SCHEMA_VERSION + 1}, this bandcheck reads {SCHEMA_VERSION}. Upgrade bandcheck."
        assert why == caught.value.why

    @pytest.mark.parametrize(
        "pragma", [f"user_version = {SCHEMA_VERSION - 1}", f"application_id = {APPLICATION_ID + 1}"]
    )
    def test_another_database_is_refused(self, acme_index: Path, tmp_path: Path, pragma: str) -> None:
        """
        An index of an older version, or of another program, is to be built anew.
        """
        path = patched(acme_index, tmp_path / "other.sqlite", pragma)

        with pytest.raises(IndexUnusableError) as caught:
            Catalog.open(path)

        assert "not an index of this bandcheck. Build it anew: bandcheck data build." == caught.value.why

    def test_a_folder_without_data_is_an_error(self, tmp_path: Path, cache: Path) -> None:
        """
        Not an empty database.
        """
        (tmp_path / "empty").mkdir()

        with pytest.raises(DataError, match="not a data folder"):
            Catalog.open(tmp_path / "empty")


class TestDefault:
    def test_in_a_checkout_the_data_folder_is_read(
        self, folder: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        What contributors edit is what they get.
        """
        write_lte_of_one(folder, "2, 4")
        monkeypatch.setattr(index, "CHECKOUT", str(folder))
        variant = Catalog.open().device("acme/one").variants[0]

        assert [2, 4] == variant.states[0][1].bands.at_least.numbers(Rat.LTE)

    def test_installed_the_packaged_index_is_read(
        self, acme_index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        Without a data folder beside the sources, the index in the package answers.
        """
        monkeypatch.setattr(index, "CHECKOUT", str(tmp_path / "none"))
        monkeypatch.setattr(index, "PACKAGED", str(acme_index))

        assert Catalog.open(acme_index).version == Catalog.open().version

    def test_an_installation_without_index_says_so(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """
        The message names the file that is missing.
        """
        monkeypatch.setattr(index, "CHECKOUT", str(tmp_path / "none"))
        monkeypatch.setattr(index, "PACKAGED", str(tmp_path / "index.sqlite"))

        with pytest.raises(IndexUnusableError, match="there is no index here") as caught:
            Catalog.open()

        assert str(tmp_path / "index.sqlite") == caught.value.path
