"""
What changed between two databases, in words: release notes are made of this.

Pure: documents in, changes out. What changed without changing a fact (sources, sightings, labels) is told in a few
words as a detail, so that nothing at all is said only where nothing at all changed.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from bandcheck.model.bands import FIELD, RATS, TITLES, Rat, numbers_in
from bandcheck.model.device import full_name

Document = dict[str, Any]
Documents = Mapping[str, Document]

GROUPS = {
    "phones_added": "Phones added",
    "phones_removed": "Phones removed",
    "phones_renamed": "Phones renamed",
    "versions": "Versions of phones",
    "phone_bands": "Bands of phones",
    "phone_functions": "Calls and modes of phones",
    "carriers_added": "Carriers added",
    "carriers_removed": "Carriers removed",
    "carriers_renamed": "Carriers renamed",
    "carrier_bands": "Bands of carriers",
    "hosts": "Hosts of MVNOs",
    "policies": "Policies of carriers",
    "details": "Details",
}
"""The groups of changes with their titles, in the order in which they are told."""

_FUNCTIONS = {"volte": "VoLTE", "nsa": "NSA 5G", "sa": "SA 5G", "evdo": "EV-DO", "mfbi": "MFBI"}


class Change(NamedTuple):
    """
    One change.

    Attributes:
        group: A key of `GROUPS`.

        id: Of the device or carrier, as it is called now (or was, if it is gone).

        name: What people call it.

        text: What changed.
    """

    group: str
    id: str
    name: str
    text: str


def differences(
    old_devices: Documents, new_devices: Documents, old_carriers: Documents, new_carriers: Documents
) -> list[Change]:
    """
    Every change between documents by id, in the order of `GROUPS` and of ids.
    """
    found = [*_devices(old_devices, new_devices), *_carriers(old_carriers, new_carriers)]
    order = {group: number for number, group in enumerate(GROUPS)}
    return sorted(found, key=lambda change: (order[change.group], change.id))


# Phones


def _devices(old: Documents, new: Documents) -> Iterator[Change]:
    gone = {i: old[i] for i in sorted(old.keys() - new.keys())}
    come = {i: new[i] for i in sorted(new.keys() - old.keys())}
    moved = _moved(gone, come)
    for device_id, device in come.items():
        if device_id not in moved.values():
            yield Change("phones_added", device_id, _full_name(device), _count(device["variants"], "version"))
    for device_id, device in gone.items():
        if device_id not in moved:
            yield Change("phones_removed", device_id, _full_name(device), _count(device["variants"], "version"))
    for before, after in [*((i, i) for i in sorted(old.keys() & new.keys())), *moved.items()]:
        if old[before] != new[after]:
            yield from _device(old[before], new[after])


def _moved(gone: Documents, come: Documents) -> dict[str, str]:
    """
    Devices that have another id now, by the model numbers that they share: old id to new.
    """
    by_model = {model: i for i, device in come.items() for model in _models(device)}
    moved: dict[str, str] = {}
    for device_id, device in gone.items():
        heirs = {by_model[model] for model in _models(device) if model in by_model} - set(moved.values())
        if len(heirs) == 1:
            moved[device_id] = heirs.pop()
    return moved


def _device(before: Document, after: Document) -> Iterator[Change]:
    """
    What changed about a phone that both have.
    """
    device_id, name = after["id"], _full_name(after)
    found = []
    for was, now in ((before["id"], device_id), (_full_name(before), name)):
        if was != now:
            found.append(Change("phones_renamed", device_id, name, f"was {was}"))
    pairs, come, gone = _matched(before["variants"], after["variants"])
    for verb, variants in (("added", come), ("removed", gone)):
        if variants:
            found.append(Change("versions", device_id, name, f"{verb}: {_labels(variants)}"))
    words: dict[tuple[str, str], list[Document]] = {}  # versions that changed alike are told together
    for was, now in pairs:
        for told in _variant(was, now):
            words.setdefault(told, []).append(now)
    every = len(after["variants"])
    for (group, text), variants in words.items():
        whose = "" if len(variants) == every and every > 1 else f"{_labels(variants)}: "
        found.append(Change(group, device_id, name, whose + text))
    facts = ("id", "brand", "name", "variants")
    if other := [key for key in after if key not in facts and before.get(key) != after[key]]:
        found.append(Change("details", device_id, name, ", ".join(other)))
    yield from found


def _matched(
    old: list[Document], new: list[Document]
) -> tuple[list[tuple[Document, Document]], list[Document], list[Document]]:
    """
    Variants that are the same, by key or by a model number; those that came; those that went.
    """
    left = {variant["key"]: variant for variant in old}
    pairs, come = [], []
    for variant in new:
        numbers = set(variant["models"])
        twin = next((k for k, v in left.items() if k == variant["key"]), None)
        twin = twin or next((k for k, v in left.items() if numbers & set(v["models"])), None)
        if twin is None:
            come.append(variant)
        else:
            pairs.append((left.pop(twin), variant))
    return pairs, come, list(left.values())


def _variant(before: Document, after: Document) -> Iterator[tuple[str, str]]:
    """
    What changed about a version, as (group, words).
    """
    was, now = _state(before), _state(after)
    told = {rat.value: text for rat in RATS if (text := _bands_changed(rat, was, now))}
    yield from (("phone_bands", text) for text in told.values())
    if _firmware(before) != _firmware(after):
        yield "phone_bands", "what firmware changes in its bands"
    for key, title in _FUNCTIONS.items():
        if before[key] != after[key]:
            yield "phone_functions", f"{title}: {_yes(after[key])} (was {_yes(before[key])})"
    for carrier in sorted(before["volte_on"].keys() | after["volte_on"].keys()):
        had, has = before["volte_on"].get(carrier), after["volte_on"].get(carrier)
        if had != has:
            yield "phone_functions", f"VoLTE on {carrier}: {_yes(has)} (was {_yes(had)})"
    facts = ("states", "facts", "volte_on", *_FUNCTIONS)
    other = [key for key in after if key not in facts and before.get(key) != after[key]]
    if any(before["facts"].get(rat) != fact for rat, fact in after["facts"].items() if rat not in told):
        other.append("sources of bands")
    if other:
        yield "details", ", ".join(other)


def _state(variant: Document) -> tuple[int, int]:
    _, low, high = variant["states"][0]
    return int(low, 16), int(high, 16)


def _firmware(variant: Document) -> list[tuple[str, str, int, int]]:
    """
    What firmware changes: from when, which RAT, at least and at most which bands.
    """
    (_, low, high), *later = [(since, int(low, 16), int(high, 16)) for since, low, high in variant["states"]]
    return [
        (since, rat.value, new_low & FIELD[rat], new_high & FIELD[rat])
        for since, new_low, new_high in later
        for rat in RATS
        if (low ^ new_low | high ^ new_high) & FIELD[rat]
    ]


def _bands_changed(rat: Rat, was: tuple[int, int], now: tuple[int, int]) -> str | None:
    """
    How what is known of a RAT's bands changed, each side as masks of at least and at most; None if it did not.
    """
    bits, title = FIELD[rat], TITLES[rat]
    low, high = was[0] & bits, was[1] & bits
    new_low, new_high = now[0] & bits, now[1] & bits
    if (low, high) == (new_low, new_high):
        return None
    if (low, high) == (0, bits):
        return f"{title} now known: {_say_known(rat, new_low, new_high)}"
    if (new_low, new_high) == (0, bits):
        return f"{title} no longer known (was {_say_known(rat, low, high)})"
    parts = (
        ("gained", new_low & ~low, ""),
        ("lost", low & ~new_high, ""),
        ("no longer certain", low & new_high & ~new_low, ""),
        ("now possible", new_high & ~high & ~new_low, "any other" if new_high == bits else ""),
        ("ruled out", high & ~new_high & ~low, "all others" if high == bits else ""),
    )
    return f"{title} " + "; ".join(f"{what} {short or _say_bands(rat, mask)}" for what, mask, short in parts if mask)


def _say_known(rat: Rat, low: int, high: int) -> str:
    if low == high:
        return _say_bands(rat, low)
    if not low:
        return f"at most {_say_bands(rat, high)}"
    return f"{_say_bands(rat, low)}, possibly {'any other' if high == FIELD[rat] else _say_bands(rat, high & ~low)}"


def _say_bands(rat: Rat, mask: int, last: str = ", ") -> str:
    words = [f"BC{n}" if rat is Rat.CDMA else str(n) for n in numbers_in(rat, mask)]
    return last.join(part for part in (", ".join(words[:-1]), *words[-1:]) if part) or "none"


def _yes(value: bool | None) -> str:
    return "not recorded" if value is None else "yes" if value else "no"


def _labels(variants: list[Document]) -> str:
    names = [v["models"][0] if v["models"] else v["market"] or v["key"] for v in variants]
    return ", ".join(names[:4]) + (f" and {len(names) - 4} more" if len(names) > 4 else "")


def _models(device: Document) -> Iterator[str]:
    return (model for variant in device["variants"] for model in variant["models"])


def _full_name(device: Document) -> str:
    return full_name(device["brand"], device["name"])


def _count(things: list[Document], what: str) -> str:
    return f"{len(things)} {what}{'' if len(things) == 1 else 's'}"


# Carriers


def _carriers(old: Documents, new: Documents) -> Iterator[Change]:
    for carrier_id in sorted(new.keys() - old.keys()):
        carrier = new[carrier_id]
        yield Change("carriers_added", carrier_id, carrier["name"], _carrier_in_short(carrier))
    for carrier_id in sorted(old.keys() - new.keys()):
        carrier = old[carrier_id]
        yield Change("carriers_removed", carrier_id, carrier["name"], _carrier_in_short(carrier))
    for carrier_id in sorted(old.keys() & new.keys()):
        if old[carrier_id] != new[carrier_id]:
            for group, text in _carrier(old[carrier_id], new[carrier_id]):
                yield Change(group, carrier_id, new[carrier_id]["name"], text)


def _carrier_in_short(carrier: Document) -> str:
    if carrier["kind"] == "mvno":
        return "MVNO"
    rats = [f"{TITLES[rat]} {_all_bands(rat, plan)}" for rat in RATS if (plan := carrier["plan"].get(rat.value))]
    return "; ".join(rats) or "no bands recorded"


def _all_bands(rat: Rat, plan: list[Document]) -> str:
    """
    The bands of a plan, those of ambiguous entries too, whenever they were on air.
    """
    known = [_mask(deployment) for deployment in plan if _mask(deployment) != FIELD[rat]]
    return _say_bands(rat, functools.reduce(int.__or__, known)) if known else "of unknown band"


def _carrier(before: Document, after: Document) -> Iterator[tuple[str, str]]:
    """
    What changed about a carrier that both have, as (group, words).
    """
    if before["name"] != after["name"]:
        yield "carriers_renamed", f"was {before['name']}"
    for rat in RATS:
        was, now = before["plan"].get(rat.value), after["plan"].get(rat.value)
        if was != now:
            yield from _plan(rat, was, now)
    if before["standalone"] != after["standalone"]:
        was, now = (_say_standalone(one["standalone"]) for one in (before, after))
        yield "carrier_bands" if was != now else "details", f"SA 5G: {now} (was {was})" if was != now else "standalone"
    told = ["name", "plan", "standalone"]
    for key, group, say in (
        ("hosts", "hosts", _say_hosting),
        ("policies", "policies", _say_policy),
        ("emergency", "policies", _say_policy),
    ):
        for text in _listed([say(one) for one in before[key]], [say(one) for one in after[key]]):
            yield group, text
            told.append(key)
    if other := [key for key in after if key not in told and before.get(key) != after[key]]:
        yield "details", ", ".join(other)


def _listed(old: list[str], new: list[str]) -> Iterator[str]:
    yield from (f"added: {text}" for text in new if text not in old)
    yield from (f"removed: {text}" for text in old if text not in new)


def _plan(rat: Rat, was: list[Document] | None, now: list[Document] | None) -> Iterator[tuple[str, str]]:
    """
    What changed about one RAT of a plan; None: nobody recorded it.
    """
    title = TITLES[rat]
    if now == []:
        yield "carrier_bands", f"{title} is known to be none"
    elif now is None:
        yield "carrier_bands", f"{title} is no longer recorded"
    gone = list(was or ())
    come = []
    for deployment in now or ():
        twin = _twin(deployment, gone)
        if twin is None:
            come.append(deployment)
            continue
        gone.remove(twin)
        dates, other = _dates_changed(twin, deployment), _others_changed(rat, twin, deployment)
        if told := [*dates, *other]:
            yield "carrier_bands", f"{title} {_say_deployment(rat, deployment)}: {', '.join(told)}"
        elif twin != deployment:
            sighted = {key: value for key, value in deployment["live"].items() if twin["live"].get(key) != value}
            seen = ", ".join(f"{key} {value}" for key, value in sighted.items()) or "sources"
            yield "details", f"{title} {_say_deployment(rat, deployment)}: {seen}"
    for deployment in come:
        wide = next((d for d in gone if not _mask(deployment) & ~_mask(d)), None)
        if wide is None:
            yield "carrier_bands", f"{title} {_say_deployment(rat, deployment)} added, {_say_live(deployment['live'])}"
        else:  # one of several candidates turned out to be it
            gone.remove(wide)
            yield "carrier_bands", f"{title} {_say_deployment(rat, deployment)}: was {_say_deployment(rat, wide)}"
    for deployment in gone:
        yield "carrier_bands", f"{title} {_say_deployment(rat, deployment)} removed ({_say_live(deployment['live'])})"


def _twin(deployment: Document, among: list[Document]) -> Document | None:
    """
    The deployment of the same bands: the one with the same start if there are several.
    """
    same = [d for d in among if d["bands"] == deployment["bands"]]
    start = _say_start(deployment["live"])
    return next((d for d in same if _say_start(d["live"]) == start), same[0] if same else None)


def _dates_changed(before: Document, after: Document) -> Iterator[str]:
    was, now = before["live"], after["live"]
    if _say_start(was) != _say_start(now):
        yield f"{_say_start(now)} (was {_say_start(was)})"
    if (ends := _say_end(now)) != (ended := _say_end(was)):
        yield f"{ends or 'no end known'} (was {ended})" if ended else ends


def _others_changed(rat: Rat, before: Document, after: Document) -> Iterator[str]:
    for key in ("prefer", "role", "extent", "mfbi", "mfbi_since", "block", "evdo", "beyond"):
        was, now = before.get(key), after.get(key)
        if was == now:
            continue
        if key == "mfbi":
            was, now = (value if value is None else _say_bands(rat, int(value, 16)) for value in (was, now))
        if key == "block":
            yield "block of spectrum changed"
        else:
            yield f"{key} {_say_value(now)} (was {_say_value(was)})"


def _say_value(value: object) -> str:
    if value is None or isinstance(value, bool):
        return _yes(value)
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _mask(deployment: Document) -> int:
    return int(deployment["bands"], 16)


def _say_deployment(rat: Rat, deployment: Document) -> str:
    mask = _mask(deployment)
    return "of unknown band" if mask == FIELD[rat] else _say_bands(rat, mask, " or ")


def _say_start(live: Document) -> str:
    after = f" (not before {live['after']})" if live.get("after") else ""
    start = next((f"{key} {live[key]}" for key in ("since", "by") if live.get(key)), "start unknown")
    return start + after


def _say_end(live: Document) -> str:
    if not live.get("until"):
        return ""
    return f"announced to end {live['until']}" if live.get("announced") else f"ended {live['until']}"


def _say_live(live: Document) -> str:
    return ", ".join(part for part in (_say_start(live), _say_end(live)) if part)


def _say_standalone(spans: list[Document] | None) -> str:
    if spans is None:
        return "not recorded"
    return "; ".join(_say_live(span["live"]) for span in spans) or "none"


def _say_hosting(hosting: Document) -> str:
    networks = ", ".join(f"{network} as {brand}" if brand else network for network, brand in hosting["networks"])
    return f"{networks} as of {hosting['as_of']}{' (perhaps others too)' if hosting['partial'] else ''}"


def _say_policy(policy: Document) -> str:
    return f"{policy['name']} ({policy['effect']}, {_say_live(policy['live'])}): {policy['says']}"
