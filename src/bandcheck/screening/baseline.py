"""
What changed since an earlier screening, and why.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from os import PathLike, fspath
from pathlib import Path
from typing import Any, NamedTuple

from bandcheck.errors import FileUnusableError
from bandcheck.model.entity import entity
from bandcheck.screening.decision import Decision
from bandcheck.screening.finding import Gate
from bandcheck.screening.report import SCHEMA, Screened, ScreenReport

Key = tuple[str, int]

LARGEST = 1024**3
"""Of bytes: a screening of a million listings, which bulk would have made."""

_ASK = "Give the JSON of an earlier screening: bandcheck screen -o OLD.json."


class Change(NamedTuple):
    """
    One listing that has another answer than before.

    Attributes:
        screened: As it is now.

        decision: Before and now.

        gates: Of each gate with another answer, before and now.

        why: The reasons of these gates, now.
    """

    screened: Screened
    decision: tuple[str, str]
    gates: Mapping[Gate, tuple[str, str]]
    why: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """
        As under `changed` in JSON.
        """
        listing = self.screened.listing
        return {
            "row": listing.row,
            "sku": listing.sku or None,
            "title": listing.name,
            "decision": list(self.decision),
            "gates": {gate.value: list(answers) for gate, answers in self.gates.items()},
            "why": list(self.why),
        }


@entity
class Comparison:
    """
    A screening beside an earlier one. Listings are the same by SKU, else by title; where several have one title, in
    the order of rows.

    Attributes:
        on: The day of the earlier one.

        data_version: Of its facts.

        policy: Its policy's name.

        changed: Listings with another decision or another answer of a gate.

        added: Listings that it did not have.

        removed: Titles that are no more.

        unchanged: How many listings have the same answers.
    """

    on: str
    data_version: str
    policy: str
    changed: tuple[Change, ...]
    added: tuple[Screened, ...]
    removed: tuple[str, ...]
    unchanged: int

    def to_dict(self) -> dict[str, Any]:
        """
        As under `baseline` in JSON.
        """
        return {
            "on": self.on,
            "data_version": self.data_version,
            "policy": self.policy,
            "changed": [change.to_dict() for change in self.changed],
            "added": [{"row": s.row, "sku": s.listing.sku or None, "title": s.listing.name} for s in self.added],
            "removed": list(self.removed),
            "unchanged": self.unchanged,
        }


def load(path: str | PathLike[str]) -> dict[str, Any]:
    """
    The JSON of an earlier screening.

    Raises:
        FileUnusableError: It cannot be read, or is something else.
    """
    name = fspath(path)
    try:
        with Path(name).open("rb") as file:
            data = file.read(LARGEST + 1)
        if len(data) > LARGEST:
            raise FileUnusableError(name, f"larger than {LARGEST // 1024**2:,} MiB. {_ASK}")
        found = json.loads(data)
    except FileUnusableError:
        raise
    except OSError as error:
        raise FileUnusableError(name, f"cannot be read: {error.strerror}.") from None
    except RecursionError:
        raise FileUnusableError(name, f"not JSON that can be read: nested too deeply. {_ASK}") from None
    except ValueError as error:
        raise FileUnusableError(name, f"not JSON ({error}). {_ASK}") from None
    if not isinstance(found, dict) or found.get("schema") != SCHEMA:
        raise FileUnusableError(name, f"not a screening of schema {SCHEMA}. {_ASK}")
    if wrong := next(_wrong(found), None):
        raise FileUnusableError(name, f"a screening that is not whole: {wrong} is missing or wrong. {_ASK}")
    return found


def _wrong(found: Mapping[str, Any]) -> Iterator[str]:
    """
    What of an earlier screening is not as a comparison needs it.
    """
    for key in ("on", "data_version", "policy"):
        if not isinstance(found.get(key), str):
            yield key
    rows = found.get("listings")
    if not isinstance(rows, list):
        yield "listings"
        return
    for number, row in enumerate(rows):
        if not isinstance(row, dict):
            yield f"listings[{number}]"
            continue
        gates = row.get("gates")
        fits = {
            "title": isinstance(row.get("title"), str),
            "sku": row.get("sku") is None or isinstance(row["sku"], str),
            "decision": row.get("decision") in [decision.word for decision in Decision],
            "gates": isinstance(gates, dict) and all(isinstance(answer, str) for answer in gates.values()),
        }
        yield from (f"listings[{number}].{key}" for key, fit in fits.items() if not fit)


def compare(old: Mapping[str, Any], new: ScreenReport) -> Comparison:
    """
    A screening beside an earlier one.

    Args:
        old: The earlier one's JSON, as `load` gives it.
    """
    before = _by_key((row["sku"] or row["title"], row) for row in old["listings"])
    now = _by_key((s.listing.sku or s.listing.name, s) for s in new.listings)
    changed = [change for key, s in now.items() if key in before and (change := _change(before[key], s)) is not None]
    return Comparison(
        on=old["on"],
        data_version=old["data_version"],
        policy=old["policy"],
        changed=tuple(changed),
        added=tuple(s for key, s in now.items() if key not in before),
        removed=tuple(row["title"] for key, row in before.items() if key not in now),
        unchanged=len(now.keys() & before.keys()) - len(changed),
    )


def _by_key(named: Iterable[tuple[str, Any]]) -> dict[Key, Any]:
    seen: dict[str, int] = {}
    found = {}
    for name, thing in named:
        seen[name] = seen.get(name, 0) + 1
        found[name, seen[name]] = thing
    return found


def _change(before: Mapping[str, Any], now: Screened) -> Change | None:
    gates = {}
    for gate, finding in now.findings.items():
        answers = before["gates"].get(gate.value, "unknown"), finding.answer.value
        if answers[0] != answers[1]:
            gates[gate] = answers
    decision = before["decision"], now.decision.word
    if not gates and decision[0] == decision[1]:
        return None
    why = tuple(now.findings[gate].reasons[0].text for gate in gates)
    return Change(now, decision, gates, why)
