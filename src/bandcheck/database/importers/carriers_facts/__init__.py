"""
The importer of hand-collected facts about operators, and of a list of MVNOs with their hosts.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from bandcheck.database.importers.carriers_facts import operators, rows
from bandcheck.database.importers.carriers_facts.mvnos import Mvnos
from bandcheck.database.importers.carriers_facts.origins import Origins
from bandcheck.database.importers.frame import Imported, Importer, Known, source_text, wrong_file

Record = dict[str, Any]

_FACTS, _MVNOS = "a file of operators' facts, with `operators:`", "a list of MVNOs, with `mvnos:`"
_GENERATED = re.compile(r'^generated: "?([0-9]{4}-[0-9]{2}-[0-9]{2})"?\s*$', re.MULTILINE)

RULES = {
    "announced": "A shutdown that its source only announced, or saw begin, is marked as announced.",
    "precision": "A date is kept no more precise than its source: a week as its month, a quarter as its year.",
    "by-number": "Bands that a list names by number are taken; its bare frequencies are the importer's of networks.",
    "derived": "What was concluded from other lines, or is a remark, is not read; the lines themselves are.",
    "policies-by-hand": "A carrier that people wrote has its policies from them.",
    "hosts-by-hand": "An MVNO that people wrote has its hosts from them.",
    "hosts-by-sim": "A host known from the list of SIMs alone is that list's importer's, where it has the MVNO.",
    "circa": "A host as of about some years is one as of the last; on an undated page, of the year that saw it.",
    "same-name": "An MVNO whose name another carrier has is called by its country too.",
    "repeated": "Of several rows for one operator the first in the order of their texts is taken.",
}


def read(paths: Sequence[Path], known: Known) -> Imported:
    """
    What the facts of operators say, and with a second file the hosts of MVNOs.

    Raises:
        DataError: A file is another thing altogether.
    """
    text = source_text(paths[0], _FACTS)
    listed = rows.section(text, "operators")
    if listed is None:
        raise wrong_file(paths[0], "no `operators:` in it", _FACTS)
    generated = _GENERATED.search(text)
    found = Imported(generated[1] if generated else "1970-01-01")
    origins = Origins(_sources(text, found), "facts")
    made: dict[str, Record] = {}
    hosts: dict[str, str] = {}
    for row, came in _operators(listed, found):
        taken = operators.operator(row, came, known, origins, found)
        if taken is None:
            continue
        its_id, carrier_id, record = taken
        if carrier_id in known.carriers or record:
            hosts[its_id] = carrier_id
        if record and carrier_id in made:
            found.refuse(row, its_id, f"{carrier_id} has another row already")
        elif record:
            made[carrier_id] = record
            found.taken += 1
    sources = [origins]
    if len(paths) > 1:
        sources.append(_read_mvnos(paths[1], known, hosts, made, found))
    for carrier_id, record in sorted(made.items()):
        file = found.files.setdefault(f"{carrier_id[:2]}.yaml", {"carriers": {}})
        file["carriers"][carrier_id] = record
    records = {i: record for origin in sources for i, record in origin.records().items()}
    if records:
        found.files["sources.yaml"] = {"sources": dict(sorted(records.items()))}
    return found


def _sources(text: str, found: Imported) -> dict[str, Record]:
    listed = {}
    for number, row in enumerate(rows.section(text, "sources") or [], 1):
        key, value = rows.entry(row)
        if isinstance(value, dict) and str(value.get("url", "")).startswith(("http://", "https://")):
            listed[key] = value
        else:
            why = value if isinstance(value, str) else "a source without an address"
            found.refuse(number, f"source {key}", why)
    return listed


def _items(listed: list[str], found: Imported) -> Iterator[tuple[int, Record]]:
    """
    The rows that can be read with their numbers, counted; the others are refused.
    """
    for number, row in enumerate(listed, 1):
        found.read += 1
        value = rows.item(row)
        if isinstance(value, str):
            found.refuse(number, row.strip(), value)
        else:
            yield number, value


def _operators(listed: list[str], found: Imported) -> Iterator[tuple[int, Record]]:
    """
    Operators with their numbers, sorted by id, so that the order of rows does not matter; one row each.
    """
    came: dict[str, list[tuple[str, int, Record]]] = {}
    for number, value in _items(listed, found):
        text = json.dumps(value, sort_keys=True, ensure_ascii=False)
        came.setdefault(str(value.get("id")), []).append((text, number, value))
    for its_id, several in sorted(came.items()):
        (_, number, first), *others = sorted(several, key=lambda one: one[:2])
        for _, other, _ in others:
            found.rules["repeated"] += 1
            found.refuse(other, its_id, "another row has this operator")
        yield number, first


def _read_mvnos(path: Path, known: Known, hosts: dict[str, str], made: dict[str, Record], found: Imported) -> Origins:
    """
    Add the MVNOs of a list to the carriers made so far; returns its sources.
    """
    text = source_text(path, _MVNOS)
    listed = rows.section(text, "mvnos")
    if listed is None:
        raise wrong_file(path, "no `mvnos:` in it", _MVNOS)
    origins = Origins(_sources(text, found), "hosts")
    mvnos = Mvnos(known, hosts, origins, found)
    for number, value in _items(listed, found):
        mvnos.take(number, value)
    for carrier_id, record in mvnos.carriers().items():
        if carrier_id in made:
            found.refuse(0, carrier_id, "an MVNO of the same id as an operator")
        else:
            made[carrier_id] = record
            found.taken += 1
    return origins


IMPORTER = Importer(
    name="carriers_facts",
    about="hand-collected launches, shutdowns and policies of operators, and the hosts of MVNOs",
    files=("carriers_facts.yaml", "mvno_hosts.yaml"),
    rules=RULES,
    read=read,
)
