"""
How far imported phones can be trusted: the same phone on two copies of the spec sheets, read separately and compared.

    python benchmarks/accuracy.py SHEETS.csv [--list]

For each pair of copies that have a phone of one name the importer's own reading of one copy is held against that of the
other, RAT by RAT: the same bands, bounds that agree (one within the other), or a contradiction. The hand-made phones
are a further "copy": their facts rest on other sources where these are named in brackets. `--list` prints every
contradiction. Copies of one site agreeing shows that reading and merging are right, not that the site is.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from pathlib import Path

from bandcheck.database.catalog import Catalog
from bandcheck.database.importers.devices.sheet import Sheet, read_sheet
from bandcheck.database.importers.devices.table import read_rows
from bandcheck.database.importers.frame import Imported
from bandcheck.database.names import name_key
from bandcheck.model.bands import FIELD, RATS, TITLES, BandSet, Rat
from bandcheck.model.device import Variant

Bounds = tuple[int, int | None]


def main() -> None:
    """
    Read the table, compare, print.
    """
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[1])
    parser.add_argument("sheets", type=Path)
    parser.add_argument("--list", action="store_true", help="print every contradiction")
    args = parser.parse_args()
    phones: dict[tuple[str, str], dict[str, list[Sheet]]] = defaultdict(lambda: defaultdict(list))
    names: dict[tuple[str, str], str] = {}
    for row in read_rows(args.sheets, Imported("")):
        key = name_key(row.brand), name_key(row.model)
        names[key] = f"{row.brand} {row.model}"
        phones[key][row.copy.id].append(read_sheet(row, Counter()))
    tally: dict[Rat, Counter[str]] = {rat: Counter() for rat in RATS}
    wrong: list[str] = []
    for key, copies in sorted(phones.items()):
        ordered = sorted(copies)
        for n, one in enumerate(ordered):
            for other in ordered[n + 1 :]:
                for rat in RATS:
                    a, b = _lines(copies[one], rat), _lines(copies[other], rat)
                    if a and b:
                        found = _compared(a, b)
                        tally[rat][found] += 1
                        if found == "contradiction":
                            wrong.append(f"{names[key]}, {TITLES[rat]}: {one} {_said(a)} / {other} {_said(b)}")
    _print("two copies of one phone", tally)
    hand, listed = _against_people(phones)
    _print("a copy and the hand-made phone, by model number", hand)
    if args.list:
        print("\n".join(["", *wrong, *listed]))


def _lines(sheets: list[Sheet], rat: Rat) -> set[Bounds]:
    return {line.bounds for sheet in sheets for line in sheet.lines.get(rat, ())}


def _compared(one: set[Bounds], other: set[Bounds]) -> str:
    """
    `same` if a line of one is a line of the other, `within` if the bands of one lie within the other's, else
    `contradiction`. A copy that kept only the first line of a cell can do no better.
    """
    if one & other:
        return "same"
    highs = [_together(one), _together(other)]
    if None in highs:
        return "within"
    a, b = (high or 0 for high in highs)
    return "within" if a & b in (a, b) else "contradiction"


def _together(lines: set[Bounds]) -> int | None:
    high = 0
    for _, one in lines:
        if one is None:
            return None
        high |= one
    return high


def _said(lines: set[Bounds]) -> str:
    return " | ".join("?" if high is None else str(BandSet(high)) or "none" for _, high in sorted(lines, key=repr))


def _against_people(phones: dict[tuple[str, str], dict[str, list[Sheet]]]) -> tuple[dict[Rat, Counter[str]], list[str]]:
    """
    Sheets' lines for single model numbers against the hand-made variants with these numbers that have a source which is
    no copy of the sheets.
    """
    catalog = Catalog.open()
    people: dict[str, Variant] = {
        name_key(number): variant
        for device in catalog.devices()
        for variant in device.variants
        for number in variant.models
    }
    tally: dict[Rat, Counter[str]] = {rat: Counter() for rat in RATS}
    wrong = []
    for copies in phones.values():
        for sheets in copies.values():
            for sheet in sheets:
                for rat, lines in sheet.lines.items():
                    for line in lines:
                        for number in line.models:
                            variant = people.get(name_key(number))
                            fact = None if variant is None else variant.facts.get(rat)
                            if variant is None or fact is None or not _independent(catalog, fact.sources):
                                continue
                            known = variant.states[0][1].bands
                            low, high = known.at_least.mask & FIELD[rat], known.at_most.mask & FIELD[rat]
                            found = _compared({(low, high)}, {line.bounds})
                            tally[rat][found] += 1
                            if found == "contradiction":
                                said = f"{_said({(low, high)})} {list(fact.sources)} / {_said({line.bounds})}"
                                wrong.append(f"{number}, {TITLES[rat]}: {said}")
    return tally, wrong


def _independent(catalog: Catalog, sources: tuple[str, ...]) -> bool:
    return any(catalog.sources[source].upstream != "gsmarena" for source in sources)


def _print(title: str, tally: dict[Rat, Counter[str]]) -> None:
    print(f"{title}:")
    for rat, counts in tally.items():
        total = sum(counts.values())
        if total:
            parts = ", ".join(f"{counts[k]} {k}" for k in ("same", "within", "contradiction"))
            print(f"  {TITLES[rat]:10} {total:5} compared: {parts} ({100 * counts['same'] / total:.1f} % the same)")


if __name__ == "__main__":
    main()
