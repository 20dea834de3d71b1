"""
Names as keys: what counts as the same name, and which names look alike.
"""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Iterator
from typing import Any, NamedTuple

from bandcheck.model.device import full_name

_ASCII = {code: None for code in range(128) if not chr(code).isalnum()} | {ord("+"): "plus"}


class Name(NamedTuple):
    """
    One name of a device or carrier.

    Attributes:
        key: See `name_key`; of a PLMN, `plmn:310-260`.

        variant: The key of the variant that alone is called so; empty for all.

        text: As written.

        what: `name`, `alias`, `codename`, `model` or `plmn`.
    """

    key: str
    variant: str
    text: str
    what: str


def names_of(kind: str, document: dict[str, Any]) -> list[Name]:
    """
    Every name of a `device` or `carrier`, sorted. A name that is a codename too is a name.
    """
    found: dict[tuple[str, str], Name] = {}
    for name in _device_names(document) if kind == "device" else _carrier_names(document):
        found.setdefault((name.key, name.variant), name)
    return sorted(found.values())


def _device_names(device: dict[str, Any]) -> Iterator[Name]:
    full = full_name(device["brand"], device["name"])
    for text, what in [(full, "name"), (device["name"], "name"), *((a, "alias") for a in device["aliases"])]:
        yield Name(name_key(text), "", text, what)
    for text in device["aliases"]:
        yield Name(name_key(full_name(device["brand"], text)), "", text, "alias")
    for codename in device["codenames"]:
        yield Name(name_key(codename), "", codename, "codename")
    for variant in device["variants"]:
        for model in variant["models"]:
            yield Name(name_key(model), variant["key"], model, "model")


def _carrier_names(carrier: dict[str, Any]) -> Iterator[Name]:
    for text, what in [(carrier["name"], "name"), *((a, "alias") for a in carrier["aliases"])]:
        yield Name(name_key(text), "", text, what)
    for plmn in carrier["plmns"]:
        yield Name(f"plmn:{plmn}", "", plmn, "plmn")


@functools.lru_cache(maxsize=4096)
def name_key(text: str) -> str:
    """
    A name without case, spaces and punctuation: two spellings with one key are one name.

    Letters of any script stay; `+` is `plus`, `&` goes.

    >>> name_key("Galaxy S10+"), name_key("SM-G900F"), name_key("AT&T"), name_key("红米 2")
    ('galaxys10plus', 'smg900f', 'att', '红米2')
    """
    if text.isascii():
        return text.lower().translate(_ASCII)
    folded = unicodedata.normalize("NFKC", text).casefold().replace("+", "plus")
    return "".join(c for c in folded if c.isalnum())


def trigrams(key: str) -> list[str]:
    """
    Every run of three letters of a key; the key itself if it is shorter.
    """
    return sorted({key[i : i + 3] for i in range(len(key) - 2)}) or [key]
