"""
Coverage-guided fuzzing of the three readers: no text may crash one, hang it, or lose a token.

    pip install atheris
    python benchmarks/fuzz.py bands|modem|identify [-max_total_time=1200 -timeout=10 -max_len=2000 CORPUS ...]

What comes after the reader's name is libFuzzer's. A failure is written to a file, whose bytes belong into a test.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable

import atheris

with atheris.instrument_imports(include=["bandcheck.reading", "bandcheck.database.identify"]):
    import bandcheck.database.identify.identifier  # noqa: F401
    from bandcheck.reading.modem import INPUT_FORMATS, read_modem
    from bandcheck.reading.reading import BandReading
    from bandcheck.reading.text import read_bands

from bandcheck.database.catalog import Catalog
from bandcheck.errors import UnreadableDumpError

_COLUMNS = (None, "2g", "3g", "4g", "5g")
_FORMATS = (*(None,) * 8, *INPUT_FORMATS)


def bands(data: bytes) -> None:
    """
    Every letter and digit of the text is in exactly one token.
    """
    text = data[1:].decode("utf-8", "replace")
    reading = read_bands(text, generation=_COLUMNS[data[0] % len(_COLUMNS)])
    last = 0
    for start, end in sorted([*_spans(reading), *reading.words]):
        assert last <= start < end, "tokens overlap"
        assert not any(c.isalnum() for c in text[last:start]), "a token is lost"
        last = end
    assert not any(c.isalnum() for c in text[last:]), "the last token is lost"
    json.dumps(reading.to_dict())
    assert all(known.at_least <= known.at_most for known in reading.known.values())


def modem(data: bytes) -> None:
    """
    A dump reads, or is refused by the one error; nothing of it but band names comes out.
    """
    text = data[1:].decode("utf-8" if data[0] & 128 else "latin-1", "replace")
    try:
        reading = read_modem(text, input_format=_FORMATS[data[0] % len(_FORMATS)])
    except UnreadableDumpError:
        return
    assert all(0 <= start <= end <= len(text) for start, end in _spans(reading))
    assert all(sum(c.isdigit() for c in one.text) <= 6 for one in (*reading.found, *reading.ignored))
    json.dumps(reading.to_dict())


def identify(data: bytes) -> None:
    """
    A decided answer names a device, an undecided one says why.
    """
    answer = CATALOG.identifier.identify(data.decode("utf-8", "replace"))
    assert answer.device if answer.decided else answer.why
    json.dumps(answer.to_dict())


def _spans(reading: BandReading) -> list[tuple[int, int]]:
    return [*(x.span for x in reading.found), *(x.span for x in reading.ambiguous), *(x.span for x in reading.ignored)]


TARGETS: dict[str, Callable[[bytes], None]] = {"bands": bands, "modem": modem, "identify": identify}

if __name__ == "__main__":
    if len(sys.argv) < 2 or sys.argv[1] not in TARGETS:
        raise SystemExit(f"usage: {sys.argv[0]} {'|'.join(TARGETS)} [libFuzzer's options]")
    target = TARGETS[sys.argv.pop(1)]
    if target is identify:
        CATALOG = Catalog.open()
    atheris.Setup(sys.argv, lambda data: target(data) if data else None)
    atheris.Fuzz()
