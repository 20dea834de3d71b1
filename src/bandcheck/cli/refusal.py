"""
What is printed when there is no answer: one clear message, in the format that was asked for.
"""

from __future__ import annotations

import argparse
import json
import sys
from typing import Any

from bandcheck.cli import CANNOT_SAY, USAGE
from bandcheck.cli.text import to_ascii, wrap
from bandcheck.errors import BandcheckError, DataError, UnknownCarrierError, UnknownDeviceError

SCHEMA = "bandcheck.error/1"


def refused(error: BandcheckError, options: argparse.Namespace) -> int:
    """
    An error that the user can mend: one line, exit 2.
    """
    extra: dict[str, Any] = {}
    if isinstance(error, UnknownCarrierError):
        extra = {"query": error.query, "suggestions": list(error.suggestions)}
    if isinstance(error, DataError):
        extra = {"problems": [p._asdict() for p in error.problems]}
    if options.format in ("json", "jsonl"):
        _json(error, extra)
    else:
        print(f"bandcheck: {error}", file=sys.stderr)
    return USAGE


def unknown_device(error: UnknownDeviceError, options: argparse.Namespace) -> int:
    """
    A phone that nobody recorded: not a no, exit 3.
    """
    if options.format in ("json", "jsonl"):
        _json(error, {"query": error.query, "suggestions": list(error.suggestions)})
        return CANNOT_SAY
    carrier = getattr(options, "carrier", None)
    target = f' -c "{carrier}"' if carrier else ""
    lines = [
        f'CAN\'T SAY — no phone called "{error.query}" in the data.',
        'This is not a "no". The phone may exist; there are no facts about it here.',
        "",
    ]
    if error.suggestions:
        lines += wrap(" · ".join(error.suggestions), "  Did you mean    ", " " * 18)
    command = options.command if options.command in ("check", "where", "timeline") else "check"
    lines.append(f"  Know its bands? bandcheck {command}{target} \\")
    lines.append('                    --bands "gsm 850 900 1800 1900 / umts 1 2 4 5 / lte 2 4 12"')
    lines.append("  Add it          bandcheck data new phone BRAND/NAME (see CONTRIBUTING.md)")
    text = "\n".join(lines)
    if options.ascii:
        text = to_ascii(text)
    print(text, file=sys.stderr)
    return CANNOT_SAY


def _json(error: BandcheckError, extra: dict[str, Any]) -> None:
    kind = type(error).__name__.removesuffix("Error")
    print(json.dumps({"schema": SCHEMA, "error": kind, "message": str(error), **extra}, ensure_ascii=False, indent=2))
