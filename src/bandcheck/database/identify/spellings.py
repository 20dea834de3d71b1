"""
Under which keys a device is found in titles, and how far each of them can be trusted.

Computed per device when the data is compiled, from the names, codenames and model numbers that it states.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from bandcheck.database.identify.title import YEAR, join, key_of, tokens
from bandcheck.database.identify.words import ELIDED, LINES

NAME, DATED, CORE, ELIDED_NAME, ELIDED_CORE, MODEL, PART, STEM, CODENAME = range(1, 10)
"""
What a key is of a device, the most telling first: its name without the brand · with the year of its release · without a
model number or edition in it · the name and that without the line that people leave out ("S7") · a model number · one
without the maker's prefix ("G900F") · the beginning that a family of model numbers shares ("SM-G900") · a codename.
"""

_CODE = re.compile(r"[a-z]{1,3}\d{3,5}[a-z]{0,3}|\d{3,4}[a-z]{2}")
"""A model number within a marketing name: I9100 Galaxy S II, Zenfone 4 Max ZC554KL."""

_EDITIONS = frozenset(
    {"5g", "4g", "3g", "lte", "cdma", "usa", "china", "india", "global", "international", "duos", "dual", "sim", "td",
     "latam", "europe", "korea", "japan", "gen", "1st", "2nd", "3rd", "4th", "att", "verizon", "sprint", "tmobile"}
)  # fmt: skip
_PREFIX = re.compile(r"(?:sm|gt|sgh|sch|sph|shv|lg|lm|hm)(?=[a-z]?\d)|(?:lg|lm)(?=[a-z]{1,2}\d{3})")
_STEM = re.compile(r"((?:sm|gt)?[a-z]\d{3,4})[a-z]{1,3}\d?")


def spellings(document: dict[str, Any]) -> list[tuple[str, str, int]]:
    """
    The keys of a device, sorted.

    Args:
        document: As the index holds it: id, brand, name, aliases, codenames, released, variants with key and models.

    Returns:
        `(key, variant, what)`; the variant is empty where all of them are meant. Of several meanings of one key for one
        variant the most telling.
    """
    best: dict[tuple[str, str], int] = {}
    for key, variant, what in _spellings(document):
        if key:
            best[key, variant] = min(what, best.get((key, variant), what))
    return sorted((key, variant, what) for (key, variant), what in best.items())


def _spellings(document: dict[str, Any]) -> Iterator[tuple[str, str, int]]:
    brand = key_of(document["brand"])
    slug = document["id"].partition("/")[0]
    year = (document["released"] or "")[:4]
    for number, text in enumerate((document["name"], *document["aliases"])):
        words = _without_brand([t.text for t in tokens(text)], brand)
        if not words:
            continue
        yield join(words), "", NAME
        if slug in LINES:
            yield join([brand, *words]), "", NAME  # "Honor 8", under Honor or under Huawei
        yearless = _yearless(words)
        if yearless != words:
            yield join(yearless), "", NAME  # sold by this name, the year is there to tell it from its namesakes
        core, codes = _core(words)
        for code in codes:
            yield code, "", MODEL
        if core and core != words:
            yield join(core), "", CORE
        for name, what in ((words, ELIDED_NAME), (yearless, ELIDED_NAME), (core, ELIDED_CORE)):
            if len(name) > 1 and name[0] in ELIDED.get(slug, ()) and len(join(name[1:])) > 1:
                yield join(name[1:]), "", what
        if number == 0 and year and not any(YEAR.fullmatch(word) for word in words):
            yield join([*yearless, year]), "", DATED
    for codename in document["codenames"]:
        yield key_of(codename), "", CODENAME
    for variant in document["variants"]:
        for model in variant["models"]:
            yield from _of_model([t.text for t in tokens(model)], variant["key"])


def _without_brand(words: list[str], brand: str) -> list[str]:
    """
    A name without the brand at its beginning; all of it where nothing else is left.
    """
    for i in range(1, min(4, len(words))):
        if join(words[:i]) == brand:
            return words[i:]
    return words


def _yearless(words: list[str]) -> list[str]:
    """
    A name without the year or generation at its end: `Moto G` of "Moto G (2014)" and "Moto G (2nd gen)".
    """
    if len(words) > 2 and words[-1] == "gen":
        return words[:-2]
    return words[:-1] if len(words) > 1 and YEAR.fullmatch(words[-1]) else words


def _core(words: list[str]) -> tuple[list[str], list[str]]:
    """
    What is left of a name without model numbers and editions, and the model numbers.
    """
    core = list(words)
    codes = []
    if len(core) > 1 and _CODE.fullmatch(core[0]) and not core[1].isdigit():
        codes.append(core.pop(0))
    if len(core) > 2 and _CODE.fullmatch(core[-1]):
        codes.append(core.pop())
    while len(core) > 1 and (core[-1] in _EDITIONS or YEAR.fullmatch(core[-1])):
        core.pop()
    return core, codes


def _of_model(words: list[str], variant: str) -> Iterator[tuple[str, str, int]]:
    """
    The keys of a model number. Some sources give a name as one ("Mi A2"): then it is one.
    """
    key = join(words)
    if len(words) > 1 and words[0] in LINES:
        yield key, variant, NAME
        return
    yield key, variant, MODEL
    short = _PREFIX.sub("", key, count=1) if _PREFIX.match(key) else key
    if short != key and len(short) > 3:
        yield short, variant, PART
    for spelling in {key, short}:
        stem = _STEM.fullmatch(spelling)
        if stem:
            yield stem[1], variant, STEM
