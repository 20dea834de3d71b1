"""
Names as keys: what counts as the same name, and which names look alike.
"""

from __future__ import annotations

import functools
import unicodedata


@functools.lru_cache(maxsize=4096)
def name_key(text: str) -> str:
    """
    A name without case, spaces and punctuation: two spellings with one key are one name.

    Letters of any script stay; `+` is `plus`, `&` goes.

    >>> name_key("Galaxy S10+"), name_key("SM-G900F"), name_key("AT&T"), name_key("红米 2")
    ('galaxys10plus', 'smg900f', 'att', '红米2')
    """
    if text.isascii():
        return "".join(c for c in text.lower().replace("+", "plus") if c.isalnum())
    folded = unicodedata.normalize("NFKC", text).casefold().replace("+", "plus")
    return "".join(c for c in folded if c.isalnum())


def trigrams(key: str) -> list[str]:
    """
    Every run of three letters of a key; the key itself if it is shorter.
    """
    return sorted({key[i : i + 3] for i in range(len(key) - 2)}) or [key]
