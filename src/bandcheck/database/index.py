"""
Where the compiled index is, and opening it.

An installed bandcheck has it in the package. In a checkout (or editable install) it is compiled from `bands/` when
first needed, into a cache keyed by what the files hold: never stale, never committed.
"""

from __future__ import annotations

import os
import sqlite3
import sys
from typing import Any

from bandcheck.errors import IndexUnusableError

_PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
PACKAGED = os.path.join(_PACKAGE, "index.sqlite")
CHECKOUT = os.path.join(os.path.dirname(os.path.dirname(_PACKAGE)), "bands")

_KEPT = 4  # compiled indexes that the cache holds


class Connection(sqlite3.Connection):
    """
    A connection that closes when nobody holds it any more: a catalog, its sources and reports share one.
    """

    def execute(self, *arguments: Any) -> sqlite3.Cursor:
        """
        As in sqlite3, but that a damaged file is an error of ours.

        Raises:
            IndexUnusableError: The file is damaged.
        """
        try:
            return super().execute(*arguments)
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.OperationalError | sqlite3.ProgrammingError):
                raise  # a mistake of the program, not of the file
            why = f"the index is damaged ({error}). Remove or reinstall it; in a checkout it is compiled anew."
            raise IndexUnusableError("the index", why) from None

    def __del__(self) -> None:
        self.close()


def in_memory() -> Connection:
    """
    An empty database in memory.
    """
    return sqlite3.connect(":memory:", check_same_thread=False, factory=Connection)


def open_default() -> sqlite3.Connection:
    """
    The index of this installation.

    Raises:
        IndexUnusableError: There is none, or it is damaged.

        DataError: It has to be compiled from `bands/`, and the data has problems.
    """
    if os.path.isdir(os.path.join(CHECKOUT, "spectrum")) and os.path.basename(os.path.dirname(_PACKAGE)) == "src":
        return open_folder(CHECKOUT)
    return open_file(PACKAGED)


def open_path(path: str) -> sqlite3.Connection:
    """
    The index at a path: a compiled file, or a data folder.
    """
    return open_folder(path) if os.path.isdir(path) else open_file(path)


def open_file(path: str) -> sqlite3.Connection:
    """
    A compiled index, read-only.

    Raises:
        IndexUnusableError: It is missing, damaged, or of another version.
    """
    if not os.path.isfile(path):
        raise IndexUnusableError(path, "there is no index here. Reinstall bandcheck, or run: bandcheck data build.")
    quoted = os.path.abspath(path).replace("%", "%25").replace("?", "%3f").replace("#", "%23")
    connection = None
    raw = sqlite3.Connection.execute  # its errors are told below, with the path
    try:
        connection = sqlite3.connect(
            f"file:{quoted}?mode=ro&immutable=1", uri=True, check_same_thread=False, factory=Connection
        )
        (application,) = raw(connection, "PRAGMA application_id").fetchone()
        (schema,) = raw(connection, "PRAGMA user_version").fetchone()
        found = raw(connection, "SELECT value FROM meta WHERE key = 'data_version'").fetchone()
    except sqlite3.Error as error:
        if connection is not None:
            connection.close()
        raise IndexUnusableError(
            path, f"not a readable index ({error}). Build it anew: bandcheck data build."
        ) from None
    from bandcheck.database.schema import APPLICATION_ID, SCHEMA_VERSION

    if application != APPLICATION_ID or found is None or schema != SCHEMA_VERSION:
        connection.close()
        if application == APPLICATION_ID and schema > SCHEMA_VERSION:
            why = f"the index is of version {schema}, this bandcheck reads {SCHEMA_VERSION}. Upgrade bandcheck."
        else:
            why = "not an index of this bandcheck. Build it anew: bandcheck data build."
        raise IndexUnusableError(path, why)
    return connection


def open_folder(folder: str) -> sqlite3.Connection:
    """
    The index of a data folder, compiled if its content was not compiled before.

    Raises:
        DataError: The data has problems.
    """
    cache = _cache_folder()
    if cache is None:
        return _compile_in_memory(folder)
    stamp = _stamp(folder)
    target = os.path.join(cache, f"{stamp}.sqlite")
    if os.path.isfile(target):
        try:
            return open_file(target)
        except IndexUnusableError:
            pass  # half a disk's worth of trouble: compile it again
    from pathlib import Path

    from bandcheck.database.compile import compile_folder

    try:
        compile_folder(Path(folder), Path(target), [Path(path) for path in _cached(cache)])
    except (OSError, sqlite3.Error):
        return _compile_in_memory(folder)
    _sweep(cache)
    return open_file(target)


def _stamp(folder: str) -> str:
    """
    A key of everything that the index is made from: the files' contents, and the program that compiles them.

    Contents are told apart by path, size and time of change; a file changed in the last seconds is read, as two
    changes may share a time.
    """
    import hashlib
    import time

    digest = hashlib.sha256(repr(os.path.abspath(folder)).encode())
    fresh = time.time() - 3
    here = os.path.dirname(os.path.abspath(__file__))
    for root, ending in ((folder, ".yaml"), (here, ".py"), (os.path.join(_PACKAGE, "model"), ".py")):
        for path, status in _files(root, ending):
            digest.update(f"{path}\0{status.st_size}\0{status.st_mtime_ns}\0{status.st_ino}\n".encode())
            if status.st_mtime > fresh:
                with open(path, "rb") as file:
                    digest.update(file.read())
    return digest.hexdigest()[:32]


def _files(root: str, ending: str) -> list[tuple[str, os.stat_result]]:
    """
    The files below a folder; hidden ones, such as an editor's, are none of them.
    """
    found = []
    folders = [root]
    while folders:
        with os.scandir(folders.pop()) as entries:
            for entry in entries:
                if entry.name.startswith("."):
                    continue
                if entry.is_dir(follow_symlinks=False):
                    folders.append(entry.path)
                elif entry.name.endswith(ending):
                    found.append((entry.path, entry.stat()))
    return sorted(found, key=lambda f: f[0])


def _cache_folder() -> str | None:
    """
    A folder of ours that can be written, and that nobody else can; None if there is none.
    """
    home = os.path.expanduser("~")
    temporary = os.environ.get("TMPDIR") or os.environ.get("TEMP") or "/tmp"
    given = os.environ.get("BANDCHECK_CACHE")
    base = os.environ.get("XDG_CACHE_HOME") or (os.path.join(home, ".cache") if home != "~" else "")
    private = os.path.join(temporary, f"bandcheck-{os.getuid() if hasattr(os, 'getuid') else 'cache'}")
    for folder in (given, os.path.join(base, "bandcheck") if base else None, private):
        if not folder:
            continue
        try:
            os.makedirs(folder, mode=0o700, exist_ok=True)
            owner = os.stat(folder).st_uid
        except OSError:
            continue
        if os.access(folder, os.W_OK) and (not hasattr(os, "getuid") or owner == os.getuid()):
            return folder
    return None


def _compile_in_memory(folder: str) -> sqlite3.Connection:
    """
    The index of a data folder where no cache can be written.
    """
    from pathlib import Path

    from bandcheck.database.compile import check_folder, fill_index
    from bandcheck.errors import DataError

    checked = check_folder(Path(folder))
    if checked.problems:
        raise DataError(tuple(checked.problems))
    connection = in_memory()
    fill_index(checked, connection)
    print(
        "bandcheck: no cache folder can be written; the data was compiled anew. Set BANDCHECK_CACHE.", file=sys.stderr
    )
    return connection


def _cached(cache: str) -> list[str]:
    """
    The compiled indexes that a cache holds, the newest first.
    """
    found = sorted(_files(cache, ".sqlite"), key=lambda f: f[1].st_mtime_ns, reverse=True)
    return [path for path, _ in found]


def _sweep(cache: str) -> None:
    """
    Remove all but the newest compiled indexes.
    """
    for path in _cached(cache)[_KEPT:]:
        try:
            os.unlink(path)
        except OSError:
            continue
