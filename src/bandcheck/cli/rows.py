"""
Rows in the formats for programs.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence

Row = Mapping[str, object]


def print_rows(rows: Sequence[Row], form: str, head: Mapping[str, object], key: str = "results") -> None:
    """
    The rows of a table.

    Args:
        rows: Each with the same keys.

        form: `json`, `jsonl`, `csv` or `markdown`.

        head: What stands around them in JSON; the rows are under `key` there.
    """
    if form == "json":
        print(json.dumps({**head, key: rows}, ensure_ascii=False, indent=2))
    elif form == "jsonl":
        as_line = json.JSONEncoder(ensure_ascii=False).encode
        sys.stdout.writelines(f"{as_line(row)}\n" for row in rows)
    elif form == "csv" and rows:
        import csv

        writer = csv.DictWriter(sys.stdout, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    elif form == "markdown" and rows:
        print("| " + " | ".join(rows[0]) + " |")
        print("|" + " --- |" * len(rows[0]))
        sys.stdout.writelines("| " + " | ".join(map(_cell, row.values())) + " |\n" for row in rows)


def _cell(value: object) -> str:
    return "" if value is None else str(value).replace("|", "\\|")
