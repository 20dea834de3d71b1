"""
UE capability as JSON, as uecapabilityparser writes it: what a phone tells the network of itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from bandcheck.model.bands import Rat
from bandcheck.reading.modem.findings import Findings
from bandcheck.reading.reading import Bound

# A phone may leave out of its answer what the network did not ask for: TS 38.331 clause 5.6.1.4 for NR.
_FULL = ("lteBands", "nrBands")
_LISTS = {"lteBands": Rat.LTE, "nrBands": Rat.NR, "nrNsaBandsEutra": Rat.NR, "nrSaBandsEutra": Rat.NR}

# Each kind of combination with the lists of components in it.
_COMBOS = {
    "lteca": {"components": Rat.LTE},
    "nrca": {"components": Rat.NR},
    "endc": {"componentsLte": Rat.LTE, "componentsNr": Rat.NR},
    "nrdc": {"componentsFr1": Rat.NR, "componentsFr2": Rat.NR},
}
_CONTAINERS = ("capabilitiesList", "capabilities")


def is_capability(document: Any) -> bool:
    """
    Whether a JSON document is, or holds, a UE capability.
    """
    return any(True for _ in _capabilities(document))


def read_capabilities(document: Any, text: str, findings: Findings) -> Bound:
    """
    The bands of the lists, and of carrier aggregation's combinations, which name only what is combined.

    Args:
        document: The JSON document; `is_capability` holds.

        text: What it was read from, for spans.

        findings: Takes what is found.

    Returns:
        "exact" if each band that occurs is in the full list of its RAT; else "at_least".
    """
    listed: set[tuple[Rat, int]] = set()
    combined: set[tuple[Rat, int]] = set()
    filtered = False
    for capability in _capabilities(document):
        for key, rat in _LISTS.items():
            bands = [(rat, number) for number in _numbers(capability.get(key), findings)]
            _found(bands, key, text, findings)
            (listed if key in _FULL else combined).update(bands)
        for key, parts in _COMBOS.items():
            components = {
                (rat, number)
                for combo in _objects(capability.get(key))
                for part, rat in parts.items()
                for number in _numbers(combo.get(part), findings)
            }
            _found(sorted(components, key=lambda one: (one[0].value, one[1])), key, text, findings)
            combined |= components
        filtered |= any(_objects(one.get("nrBands")) for one in _objects(capability.get("ueCapFilters")))
    if filtered:
        findings.note("The network asked about certain NR bands: the phone may have more than it listed.")
    if combined - listed:
        findings.note("Combinations prove only the bands that are combined: the phone may have more.")
    return "at_least" if filtered or combined - listed else "exact"


def _found(bands: Iterable[tuple[Rat, int]], key: str, text: str, findings: Findings) -> None:
    """
    Bands of one list. They stand at its name, the only place that JSON leaves to point at.
    """
    start = text.find(f'"{key}"')
    span = (start, start + len(key) + 2) if start >= 0 else (0, 0)
    for rat, number in bands:
        findings.band(rat, number, span, key, seen=True)


def _capabilities(document: Any) -> Iterator[dict[str, Any]]:
    """
    Every capability of a document: itself, those of a list, or those in a container.
    """
    for outer in [document] if isinstance(document, dict) else _objects(document):
        inner = [one for key in _CONTAINERS for one in _objects(outer.get(key))]
        for one in inner or [outer]:
            if any(isinstance(one.get(key), list) for key in (*_LISTS, *_COMBOS)):
                yield one


def _objects(value: Any) -> list[dict[str, Any]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _numbers(value: Any, findings: Findings) -> Iterator[int]:
    """
    The `band` of each object in a list.
    """
    for one in _objects(value):
        band = one.get("band")
        if isinstance(band, int) and not isinstance(band, bool) and 0 < band < 1000:
            yield band
        else:
            findings.ignore((0, 0), "band", "unknown")
            findings.note("A band that is no small number is ignored.")
