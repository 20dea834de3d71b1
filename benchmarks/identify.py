"""
How often `identify` is right, and how fast, on titles made from the catalog and on lists of real ones.

    python benchmarks/identify.py [--data PATH] [--titles N] [--phones FILE] [--others FILE]

Made titles carry the noise of retail: case, colours, sizes, conditions, carriers, model numbers, glued and spaced
numbers. Beside them stand accessories in nine languages, names with an unknown word after them, two phones in one
title, and a brand with a foreign model number: deciding one of those is a mistake.

On 5,053 devices: precision 0.9994, recall 0.993 of 20,000 made titles (5,000 others: 5 decided). On real ones: of 4,081
titles of a price comparison site, 2,150 decided, all but a handful rightly (the site's own labels differ in 44, nearly
all of them for words that its titles have lost, such as "+"); of 32,303 titles of other things and accessories, 1.

FILES hold a title a line. Of `--phones` the share decided is printed, of `--others` (no phones) what was decided, each
of which is a mistake.
"""

from __future__ import annotations

import argparse
import collections
import gc
import random
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import bandcheck
from bandcheck.database.identify.spellings import MODEL, NAME, spellings
from bandcheck.database.identify.title import key_of
from bandcheck.model.device import Device

ROOT = Path(__file__).resolve().parents[1]

BEFORE = (
    "",
    "",
    "",
    "NEW",
    "Brand new",
    "Used",
    "Refurbished",
    "SIM free",
    "Unlocked",
    "Neu",
    "2016 model",
    "Original",
)
COLOURS = (
    "Black",
    "White",
    "Gold",
    "Rose Gold",
    "Silver",
    "Space Grey",
    "Schwarz",
    "Azul",
    "Noir",
    "黑色",
    "Midnight Blue",
)
SIZES = ("", "8GB", "16GB", "32 GB", "64GB", "128 GB", "4GB+64GB", "3/32GB")
AFTER = (
    "", "unlocked smartphone", "Dual SIM", "4G LTE", "factory unlocked", "(Renewed)", "- Verizon", "for AT&T",
    "WiFi GPS", "Android", "ohne Simlock", "libre", "débloqué", "desbloqueado", "teléfono", "смартфон", "全网通 手机",
    "5.0 inch 13MP", "w/ charger", "mobile phone", "Grade A", "no contract", "fast shipping", "2 year warranty",
)  # fmt: skip
ACCESSORIES = (
    "Case for {}", "Tempered glass screen protector for {}", "{} leather wallet flip cover",
    "Battery for {} 3000mAh", "LCD display touch screen digitizer {}", "{} charger cable", "Hülle für {} schwarz",
    "Panzerglas {}", "Akku für {}", "Coque pour {}", "Verre trempé {}", "Batterie compatible {}",
    "Funda para {} silicona", "Cristal templado {} protector", "Capa para {}", "Película de vidro {}",
    "Custodia per {}", "Vetro temperato {} pellicola", "Etui do {} pokrowiec", "Szkło hartowane dla {}",
    "Чехол для {}", "Защитное стекло на {}", "{}手机壳", "适用于{}钢化膜", "Compatible with {}",
    "Back camera flex cable {} replacement", "Car holder fits {}", "Headphones like {}",
)  # fmt: skip
UNKNOWN_SUFFIXES = ("Ultra", "Prime", "Pro", "Max", "Neo", "Zoom", "Lite", "Edge")


def noisy(name: str, chance: random.Random) -> str:
    """
    A name with the noise of retail around it.
    """
    words = [chance.choice(BEFORE), name, chance.choice(SIZES), chance.choice(COLOURS), chance.choice(AFTER)]
    title = " ".join(word for word in words if word)
    return chance.choice((title, title, title, title.upper(), title.lower()))


def respelled(name: str, chance: random.Random) -> str:
    """
    A name as people write it: "Note2", "S10 Plus", "Galaxy SIII".
    """
    if chance.random() < 0.1:
        name = name.replace("Note ", "Note")
    if chance.random() < 0.3:
        name = name.replace("+", " Plus")
    if chance.random() < 0.2:
        name = name.replace(" III", " 3").replace(" II", " 2")
    return name.replace("(", "").replace(")", "") if chance.random() < 0.5 else name


def phones(devices: list[Device], chance: random.Random) -> Iterator[tuple[str, str, str, str]]:
    """
    Endless `(title, id, kind, number)`: by name, by name and number, by number alone.
    """
    while True:
        device = chance.choice(devices)
        name = respelled(device.full_name, chance)
        numbers = [m for v in device.variants for m in v.models if len(m) > 4 and any(c.isdigit() for c in m)]
        kind = chance.choice(("name", "name", "both", "number")) if numbers else "name"
        number = chance.choice(numbers) if kind != "name" else ""
        if kind == "both":
            name = f"{name} {number}"
        elif kind == "number":
            name = f"{device.brand} {number}"
        yield noisy(name, chance), device.id, kind, number


def others(devices: list[Device], names: set[str], chance: random.Random) -> Iterator[tuple[str, str]]:
    """
    Endless `(title, kind)` that must not be decided.
    """
    while True:
        device, other = chance.choice(devices), chance.choice(devices)
        yield chance.choice(ACCESSORIES).format(device.full_name), "accessory"
        longer = f"{device.full_name} {chance.choice(UNKNOWN_SUFFIXES)}"
        if longer.lower() not in names:
            yield noisy(longer, chance), "unknown suffix"
        numbers = [m for v in other.variants for m in v.models if len(m) > 6 and any(c.isdigit() for c in m)]
        if device.brand != other.brand:
            yield f"{device.full_name} and {other.full_name}, two phones", "two phones"
            if numbers:
                yield f"{device.full_name} {chance.choice(numbers)}", "foreign number"


def seconds(job: Callable[[], object]) -> float:
    """
    How long a job takes, in processor time.
    """
    start = time.process_time()
    job()
    return time.process_time() - start


def made(catalog: bandcheck.Catalog, count: int, seed: int) -> list[str]:
    """
    Precision and recall on made titles; returns those of phones.
    """
    chance = random.Random(seed)
    devices = list(catalog.devices())
    keys = {d["id"]: {(what, key) for key, _, what in spellings(d)} for d in catalog.documents("device")}
    bearers = collections.Counter((i.partition("/")[0], *row) for i, rows in keys.items() for row in rows)
    names = {d.full_name.lower() for d in devices}
    right, wrong, told = collections.Counter(), collections.Counter(), collections.Counter()
    mistakes = []
    titles = []
    made_phones, made_others = phones(devices, chance), others(devices, names, chance)
    for _ in range(count):
        title, device, kind, number = next(made_phones)
        titles.append(title)
        answer = bandcheck.identify(title, catalog=catalog)
        brand = device.partition("/")[0]
        if kind == "name":
            shared = any(bearers[brand, *row] > 1 for row in keys[device] if row[0] == NAME)
        else:
            shared = kind == "number" and bearers[brand, MODEL, key_of(number)] > 1
        told[kind] += not shared
        if answer.decided:
            right[kind] += answer.device == device and not shared
            wrong[kind] += answer.device != device
            if answer.device != device:
                mistakes.append((title, answer.device))
    decided_others, all_others = collections.Counter(), collections.Counter()
    for _ in range(count // 4):
        title, kind = next(made_others)
        all_others[kind] += 1
        answer = bandcheck.identify(title, catalog=catalog)
        decided_others[kind] += answer.decided
        if answer.decided:
            mistakes.append((title, answer.device))
    good, bad = right.total(), wrong.total() + decided_others.total()
    print(f"{count} phones and {count // 4} others, made from {len(devices)} devices")
    print(f"precision of decided answers {good / (good + bad):.4f}   target 0.995")
    print(f"recall, of names and numbers that one phone bears {good / told.total():.4f}   target 0.95")
    for kind in told:
        print(f"    {kind:<16} right {right[kind]:6} of {told[kind]:6}, wrong {wrong[kind]}")
    for kind in all_others:
        print(f"    {kind:<16} decided {decided_others[kind]:4} of {all_others[kind]:6}, each wrong")
    for title, device in mistakes[:40]:
        print(f"    wrong: {title!r} as {device}")
    return titles


def speed(catalog: bandcheck.Catalog, titles: list[str]) -> None:
    """
    In bulk, against rapidfuzz over all names, on the same titles.
    """
    from rapidfuzz import fuzz, process

    names = [d.full_name for d in catalog.devices()]
    names += [alias for d in catalog.devices() for alias in d.aliases]
    names += [model for d in catalog.devices() for v in d.variants for model in v.models]
    sample = titles[:60]
    gc.freeze()  # all devices, which only this program has loaded: the collector need not walk them again and again
    reader = catalog.identifier
    list(reader.identify_many(titles[:200]))
    distinct = list(dict.fromkeys(titles))
    ours = seconds(lambda: collections.deque(map(reader._read, distinct), 0)) / len(distinct)
    again = seconds(lambda: collections.deque(reader.identify_many(titles[:2000] * 5), 0)) / 10_000
    print(f"identify: {1e6 * ours:.0f} µs a distinct title, {1e6 * again:.0f} µs with each title five times")
    for scorer in (fuzz.WRatio, fuzz.token_set_ratio):
        theirs = seconds(lambda s=scorer: [process.extractOne(t, names, scorer=s) for t in sample]) / len(sample)
        ratio = theirs / ours
        print(f"rapidfuzz extractOne {scorer.__name__} over {len(names)} names / identify {ratio:.0f}   target 100")


def real(catalog: bandcheck.Catalog, path: Path, phone: bool) -> None:
    """
    What is decided of a list of titles.
    """
    titles = [line.strip() for line in path.read_text(encoding="utf-8", errors="replace").splitlines() if line.strip()]
    decided = [(t, a.device) for t in titles if (a := bandcheck.identify(t, catalog=catalog)).decided]
    print(f"{path.name}: {len(decided)} of {len(titles)} decided")
    for title, device in [] if phone else decided[:20]:
        print(f"    wrong: {title!r} as {device}")


def main() -> None:
    """
    Run all of it.
    """
    parser = argparse.ArgumentParser(description="Benchmarks of identify: precision, recall, speed.")
    parser.add_argument("--data", type=Path, default=ROOT / "bands", metavar="PATH", help="an index or data folder")
    parser.add_argument("--titles", type=int, default=20_000, metavar="N", help="how many are made")
    parser.add_argument("--seed", type=int, default=1, metavar="N")
    parser.add_argument("--phones", type=Path, metavar="FILE", help="real titles of phones")
    parser.add_argument("--others", type=Path, metavar="FILE", help="real titles of other things")
    options = parser.parse_args()
    catalog = bandcheck.Catalog.open(options.data)
    speed(catalog, made(catalog, options.titles, options.seed))
    for path, phone in ((options.phones, True), (options.others, False)):
        if path is not None:
            real(catalog, path, phone)


if __name__ == "__main__":
    main()
