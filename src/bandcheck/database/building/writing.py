"""
Checked data into the tables of an index: all of them into an empty one, what differs into a copy of the base.

The tables hold documents by id, the names that lead to them, and the records as read, so that a user's facts, or a
changed file, can be laid on top without the other files.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Sequence
from typing import Any

from bandcheck.database.building.checking import Checked
from bandcheck.database.building.facts import Facts
from bandcheck.database.files.walk import references
from bandcheck.database.identify.spellings import spellings
from bandcheck.database.names import names_of
from bandcheck.database.packing import as_json
from bandcheck.database.schema import APPLICATION_ID, SCHEMA_VERSION
from bandcheck.database.spectrum_records import spectrum_of

Record = dict[str, Any]

_SCHEMA = f"""
PRAGMA application_id = {APPLICATION_ID};
PRAGMA user_version = {SCHEMA_VERSION};
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE file (name TEXT PRIMARY KEY, digest BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE record (kind TEXT, id TEXT, layer TEXT, file TEXT NOT NULL, digest BLOB NOT NULL, doc BLOB NOT NULL,
                     PRIMARY KEY (kind, id, layer)) WITHOUT ROWID;
CREATE TABLE refers (target_kind TEXT, target TEXT, kind TEXT, id TEXT,
                     PRIMARY KEY (target_kind, target, kind, id)) WITHOUT ROWID;
CREATE TABLE source (id TEXT PRIMARY KEY, doc TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE spectrum (rat TEXT PRIMARY KEY, doc TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE device (id TEXT PRIMARY KEY, brand TEXT NOT NULL, name TEXT NOT NULL, doc BLOB NOT NULL) WITHOUT ROWID;
CREATE INDEX device_brand ON device (brand);
CREATE TABLE radio (id TEXT PRIMARY KEY, doc TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE carrier (id TEXT PRIMARY KEY, kind TEXT NOT NULL, name TEXT NOT NULL, doc BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE name (row INTEGER PRIMARY KEY, kind TEXT NOT NULL, key TEXT NOT NULL, id TEXT NOT NULL,
                   variant TEXT NOT NULL, text TEXT NOT NULL, what TEXT NOT NULL);
CREATE INDEX name_key ON name (kind, key, id);
CREATE TABLE spelling (key TEXT, id TEXT, variant TEXT, what INTEGER NOT NULL,
                       PRIMARY KEY (key, id, variant)) WITHOUT ROWID;
CREATE VIRTUAL TABLE name_search USING
    fts5(key, content = name, content_rowid = row, tokenize = trigram, detail = none, columnsize = 0);
CREATE VIRTUAL TABLE name_run USING fts5vocab (name_search, row);
"""

_NOT_SEARCHED = "plmn"


def create(connection: sqlite3.Connection) -> None:
    """
    Make an empty index of an empty database.
    """
    connection.executescript(_SCHEMA)


def write(checked: Checked, connection: sqlite3.Connection) -> str:
    """
    Write what differs into an index that holds the base; all, into an empty one.

    Returns:
        The data version: of the same facts in the same layers it is the same.
    """
    facts = checked.facts
    _remove(checked, connection)
    _write_records(facts, connection)
    _write_documents(checked, connection)
    _write_names(checked, connection)
    _write_sources(checked, connection)
    connection.execute("DELETE FROM file")
    connection.executemany("INSERT INTO file VALUES (?, ?)", sorted(checked.files.items()))
    version = _version(facts)
    imports = dict(sorted(facts.every_top("import").items()))
    meta = {"data_version": version, "imports": as_json(imports), "program": checked.program}
    if facts.spectrum_changed:
        spectrum = facts.spectrum
        connection.execute("DELETE FROM spectrum")
        connection.executemany(
            "INSERT INTO spectrum VALUES (?, ?)", [(r, as_json(s)) for r, s in sorted(spectrum.items())]
        )
        meta["overlaps"] = _overlaps(spectrum)
    connection.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", sorted(meta.items()))
    connection.commit()
    return version


def _version(facts: Facts) -> str:
    """
    The digest of every fact.
    """
    height = {layer: number for number, layer in enumerate(facts.layers)}
    found = hashlib.sha256()
    rows = [(height[k.layer], *k, row.digest) for k, row in facts.rows.items() if k.kind != "import"]
    for _, *key, digest in sorted(rows):
        found.update("\x1f".join(key).encode() + digest)
    return found.hexdigest()[:12]


def _remove(checked: Checked, connection: sqlite3.Connection) -> None:
    """
    Take out of the tables what the base has of all that may differ.
    """
    base, facts = checked.facts.base, checked.facts
    touched = sorted(checked.touched) if base.rows else []
    names: list[tuple[int, str, str]] = []
    spelled: set[tuple[str, str]] = set()
    refers: set[tuple[str, str, str, str]] = set()
    sources = {key.id for key in facts.changed if key.kind == "source"}
    for one in touched:
        for record in map(base.record, base.keys_of(one)):
            refers.update((*other, *one) for other in references(record))
            sources.update(record["sources"])
        document = base.document(*one)
        if one.kind == "device" and document is not None:
            spelled.update((key, one.id) for key, _, _ in spellings(document))
        for key in {name.key for name in names_of(one.kind, document)} if document is not None else ():
            query = "SELECT row, key, what FROM name WHERE kind = ? AND key = ? AND id = ?"
            names += connection.execute(query, (one.kind, key, one.id)).fetchall()
    gone = [key for key in facts.changed if key.kind == "statement" and key in base.rows]
    sources.update(i for key in gone for i in base.record(key)["sources"])
    if facts.spectrum_changed:
        sources.update(i for record in base.every_top("spectrum").values() for i in record["sources"])

    def delete(table: str, columns: str, rows: Iterable[Sequence[object]]) -> None:
        where = " AND ".join(f"{column} = ?" for column in columns.split())
        connection.executemany(f"DELETE FROM {table} WHERE {where}", rows)

    searched = [(row, key) for row, key, what in names if what != _NOT_SEARCHED]
    connection.executemany("INSERT INTO name_search (name_search, rowid, key) VALUES ('delete', ?, ?)", searched)
    delete("name", "row", [(row,) for row, _, _ in names])
    delete("spelling", "key id", sorted(spelled))
    delete("refers", "target_kind target kind id", sorted(refers))
    delete("source", "id", [(i,) for i in sorted(sources)])
    delete("record", "kind id layer", [key for key in sorted(facts.changed) if key in base.rows])
    for table, kind in (("device", "device"), ("radio", "device"), ("carrier", "carrier")):
        delete(table, "id", [(one.id,) for one in touched if one.kind == kind])


def _write_records(facts: Facts, connection: sqlite3.Connection) -> None:
    keys = [key for key in sorted(facts.changed) if key in facts.rows]
    rows = [(*key, *facts.rows[key], facts.blobs[key]) for key in keys]
    connection.executemany("INSERT INTO record VALUES (?, ?, ?, ?, ?, ?)", rows)


def _write_documents(checked: Checked, connection: sqlite3.Connection) -> None:
    resolved = sorted(checked.resolved.items())
    for table in ("device", "carrier"):
        rows = [found.row for one, found in resolved if one.kind == table]
        connection.executemany(f"INSERT INTO {table} VALUES (?, ?, ?, ?)", rows)
    radios = [(one.id, found.radios) for one, found in resolved if one.kind == "device"]
    connection.executemany("INSERT INTO radio VALUES (?, ?)", radios)
    refers = sorted((*other, *one) for one, found in resolved for other in found.refers)
    connection.executemany("INSERT INTO refers VALUES (?, ?, ?, ?)", refers)
    spelled = sorted((key, one.id, variant, what) for one, found in resolved for key, variant, what in found.spellings)
    connection.executemany("INSERT INTO spelling VALUES (?, ?, ?, ?)", spelled)


def _write_names(checked: Checked, connection: sqlite3.Connection) -> None:
    """
    The names, and those of them that are searched.
    """
    (last,) = connection.execute("SELECT coalesce(max(row), 0) FROM name").fetchone()
    pairs = [(one, name) for one, found in sorted(checked.resolved.items()) for name in found.names]
    rows = [(n, one.kind, m.key, one.id, m.variant, m.text, m.what) for n, (one, m) in enumerate(pairs, last + 1)]
    connection.executemany("INSERT INTO name VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
    searched = [(row[0], row[2]) for row in rows if row[-1] != _NOT_SEARCHED]
    connection.executemany("INSERT INTO name_search (rowid, key) VALUES (?, ?)", searched)


def _write_sources(checked: Checked, connection: sqlite3.Connection) -> None:
    """
    The sources of single records, shared ones, and those of the spectrum.
    """
    facts = checked.facts
    found: dict[str, Record] = {}
    if facts.spectrum_changed:
        for record in facts.spectrum.values():
            found.update(record["sources"])
    for key in facts.changed:
        if key.kind == "source" and (shared := facts.top("source", key.id)) is not None:
            found[key.id] = shared
        elif key.kind == "statement" and key in facts.rows:
            found.update(facts[key]["sources"])
    for record in checked.merged.values():
        found.update(record["sources"])
    columns = ("kind", "title", "url", "date", "upstream")
    rows = [(i, as_json({k: source[k] for k in columns})) for i, source in sorted(found.items())]
    connection.executemany("INSERT OR REPLACE INTO source VALUES (?, ?)", rows)


def _overlaps(spectrum: dict[str, Record]) -> str:
    """
    `Spectrum.overlaps` as JSON: keys and masks are hexadecimal.
    """
    found = spectrum_of(spectrum).overlaps
    masks = {k: f"{getattr(found, k):x}" for k in ("alone", "low", "mmwave")}
    near = {f"{bit:x}": f"{mask:x}" for bit, mask in found.near.items()}
    return as_json({**masks, "near": near, "edges": {f"{bit:x}": edges for bit, edges in found.edges.items()}})
