"""
`bands` and `modem`: what a text or a dump says of bands.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from bandcheck.cli import ANSWERED, CANNOT_SAY, USAGE
from bandcheck.cli.text import Screen
from bandcheck.model.bands import RATS, TITLES, numbers_in
from bandcheck.model.device import Capability
from bandcheck.reading.reading import BandReading


def bands(options: argparse.Namespace) -> int:
    """
    `bandcheck bands`.
    """
    from bandcheck.reading.text import read_bands

    if options.format == "jsonl":
        texts = [line for line in _text(options).splitlines() if line.strip()]
        readings = [read_bands(text, region=options.region) for text in texts]
        for text, reading in zip(texts, readings, strict=True):
            print(json.dumps({"text": text, **reading.to_dict()}, ensure_ascii=False))
    else:
        readings = [read_bands(_text(options), region=options.region)]
        _show(readings[0], options)
    return ANSWERED if any(_says_something(reading) for reading in readings) else CANNOT_SAY


def modem(options: argparse.Namespace) -> int:
    """
    `bandcheck modem`.
    """
    if options.format == "jsonl":
        return _each_dump(options)
    reading = modem_reading(options.file, options.input_format)
    _show(reading, options)
    return ANSWERED if _says_something(reading) else CANNOT_SAY


def _each_dump(options: argparse.Namespace) -> int:
    """
    A dump a line, such as bare masks: a line of JSON for each. One that cannot be read is told with its number on
    stderr, and the others go on.
    """
    from bandcheck.errors import UnreadableDumpError
    from bandcheck.reading.modem import read_modem

    code = CANNOT_SAY
    for number, line in enumerate(_dump(options.file).splitlines(), 1):
        if not line.strip():
            continue
        try:
            reading = read_modem(line, input_format=options.input_format)
        except UnreadableDumpError as error:
            print(f"bandcheck: line {number}: {error}", file=sys.stderr)
            code = USAGE
            continue
        print(json.dumps({"line": number, **reading.to_dict()}, ensure_ascii=False))
        if code == CANNOT_SAY and _says_something(reading):
            code = ANSWERED
    return code


def modem_reading(file: str, input_format: str | None) -> BandReading:
    """
    A dump in a file, or on stdin where the file is `-`, read.

    Raises:
        SystemExit: 2; the file cannot be read.

        BandcheckError: It is no dump that can be read.
    """
    from bandcheck.reading.modem import read_modem

    return read_modem(_dump(file), input_format=input_format)


def _dump(file: str) -> str:
    """
    The text of a file or of stdin, in UTF-8 or marked UTF-16. Raises `SystemExit` if it cannot be read.
    """
    try:
        data = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    except OSError as error:
        print(f"bandcheck: {file}: {error.strerror or error}", file=sys.stderr)
        raise SystemExit(USAGE) from None
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    return data.decode(encoding, errors="replace")


def described_phone(options: argparse.Namespace) -> Capability:
    """
    The phone that `--text` or `--modem` describes; what was read is told on stderr.

    Raises:
        SystemExit: 3; no band and no technology in it.
    """
    from bandcheck.reading.phone import capability_of
    from bandcheck.reading.text import read_bands

    if options.text is not None:
        reading = read_bands(_stdin_if_dash(options.text), region=getattr(options, "country", None))
    else:
        reading = modem_reading(options.modem, None)
    if not _says_something(reading):
        print("bandcheck: CAN'T SAY — no band and no technology in it. See: bandcheck bands TEXT", file=sys.stderr)
        raise SystemExit(CANNOT_SAY)
    left = [f"{one.text!r} may be {TITLES[one.rat]} {', '.join(map(str, one.candidates))}" for one in reading.ambiguous]
    print("; ".join([f"bandcheck: read {reading.bands}", *left, *reading.notes]), file=sys.stderr)
    return capability_of(reading)


def print_reading(reading: BandReading, screen: Screen) -> None:
    """
    What was read, RAT by RAT; what is open; what was left aside, and why.
    """
    for rat in RATS:
        numbers = [f"BC{n}" if rat.value == "cdma" else str(n) for n in numbers_in(rat, reading.bands.mask)]
        if numbers:
            screen.field(TITLES[rat], ", ".join(numbers), 11)
        elif rat in reading.absent:
            screen.field(TITLES[rat], "none, it says so", 11)
        elif rat in reading.rats:
            screen.field(TITLES[rat], "named without bands", 11)
    for one in reading.ambiguous:
        prefer = "" if one.prefer is None else f"; usually {one.prefer}"
        which = ", ".join(map(str, one.candidates))
        screen.field("Open", f"{one.text!r}: {TITLES[one.rat]} {which}{prefer}", 11)
    for dropped in reading.ignored:
        screen.field("Ignored", f"{dropped.text!r}: {dropped.why}", 11)
    for note in reading.notes:
        screen.field("Note", note, 11)


def _show(reading: BandReading, options: argparse.Namespace) -> None:
    if options.format == "json":
        print(json.dumps({"schema": "bandcheck.reading/1", **reading.to_dict()}, ensure_ascii=False, indent=2))
    elif _says_something(reading):
        print_reading(reading, Screen(options))
    else:
        screen = Screen(options)
        screen.line("CAN'T SAY — no band and no technology in it.")
        print_reading(reading, screen)


def _says_something(reading: BandReading) -> bool:
    return bool(reading.known)


def _text(options: argparse.Namespace) -> str:
    return _stdin_if_dash(" ".join(options.text))


def _stdin_if_dash(text: str) -> str:
    return sys.stdin.buffer.read().decode("utf-8-sig", errors="replace") if text == "-" else text
