"""
Made-up rows of a history of networks.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

FIRST, SECOND, THIRD, LAST = "2016-07-11", "2018-05-16", "2021-03-19", "2024-09-09"
"""Snapshots of the made-up history."""

ALWAYS = [FIRST, LAST]


def network(plmn: str = "999-01", **other: Any) -> dict[str, Any]:
    """
    A row: an operational network with GSM 900 in all snapshots, but for what is given.
    """
    mcc, _, mnc = plmn.partition("-")
    return {
        "mcc": mcc,
        "mnc": mnc,
        "cc": "YY",
        "country": "Yland",
        "brand": f"Brand {mnc}",
        "operator": f"Operator {mnc} Ltd.",
        "type": "National",
        "notes": None,
        "tokens": {"GSM 900": ALWAYS},
        "status": [[FIRST, "Operational"]],
        "first_listed": FIRST,
        "last_listed": LAST,
        **other,
    }


CLOCK = network("999-99", brand="Clock", tokens={"GSM 1800": [FIRST, LAST], "GSM 900": [SECOND, THIRD]})
"""A row whose tokens name every snapshot."""


def history(folder: Path, *rows: dict[str, Any] | str, name: str = "history.jsonl") -> Path:
    """
    A file of rows, and of lines as they are.
    """
    path = folder / name
    lines = [row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path
