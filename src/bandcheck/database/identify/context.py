"""
What stands around a name and changes what the title sells: a part for the phone, a phone with a longer name, a list.
"""

from __future__ import annotations

import re

from bandcheck.database.identify.index import SpellingIndex
from bandcheck.database.identify.matches import Match, Title
from bandcheck.database.identify.spellings import NAME
from bandcheck.database.identify.title import YEAR, join
from bandcheck.database.identify.words import (
    ACCESSORIES,
    AIMED,
    CJK_ACCESSORY,
    CJK_AIMED,
    CJK_EXTRA,
    CJK_PHONE,
    EDITION_WORDS,
    EXTRAS,
    FILLERS,
    JOINERS,
    OTHER_THINGS,
    PARTS,
    PHONE_SIGNS,
    SPECS,
    STORAGE,
    SUFFIXES,
    UNITS,
)

_APART = frozenset(word for word in SUFFIXES if len(word) > 1) | {"5g"} | {str(year) for year in range(2000, 2040)}
_CJK = re.compile("[\u2e80-\u9fff]")
_MARKED = ACCESSORIES | PARTS | OTHER_THINGS
_SIZE = re.compile(r"\d+(?:gb|go|tb|гб)")
_MEASURE = re.compile(
    r"\d+(?:gb|go|mb|tb|gib|g|mp|mpx|mah|cm|mm|in|inch|zoll|hz|ghz|mhz|x|k|w|v|d|th|nd|rd|st|core|sim|pcs|er|m|p|гб|мп)"
)
_SHORT = re.compile(r"(?=.*\d)(?=.*[a-z])[a-z0-9]{2,3}")
_CODE = re.compile(r"[a-z]{1,3}\d{2,5}[a-z]{0,3}")
_MAKERS_PREFIXES = frozenset({"gt", "sm", "sgh", "lg"})
_TABLETS = frozenset({"tab", "pad", "tablet", "mediapad", "ipad"})
_LAST_WORDS = frozenset({"plus", "max", "ultra", "pro", "lite", "mini", "compact", "edge", "premium", "prime"})
"""A name that ends so has no number after it."""

_LIKE_NEW = frozenset({"like", "wie", "como", "comme", "come", "jak", "как", "als"})
_NEW = frozenset({"new", "neu", "nuevo", "nueva", "neuf", "nuovo", "novo", "nowy", "новыи", "nieuw"})
_COMMAS = frozenset("/,&")
_PAUSES = re.compile(r"[,|;:•–—]| - |\. ")


def accessory(title: Title, leading: Match | None) -> str:
    """
    The words that make a title one of something for a phone, or of no phone at all; empty if it sells a phone.

    Args:
        leading: The first name or model number in it; None where it has none.
    """
    first = leading.brand_first if leading else len(title.words)
    after = leading.after if leading else len(title.words)
    aim = _aimed(title, first)
    if aim:
        return aim
    words = title.words
    if _MARKED.isdisjoint(words) and (title.text.isascii() or not _CJK.search(title.text)):
        return ""
    sells = any(w in PHONE_SIGNS or _SIZE.fullmatch(w) for w in words) or (
        any(w in ("gb", "go", "tb", "гб") for w in words)
    )
    extra = False  # an accessory that comes along with the phone begins here
    for place, word in enumerate(words):
        if place >= after and (word in EXTRAS or "+" in title.gap(place) or "&" in title.gap(place)):
            extra = sells
        inside = leading is not None and leading.first <= place < after
        if inside or extra:
            continue
        if word in PARTS and place > after and words[place - 1] in SPECS:
            continue
        if word in ACCESSORIES or word in OTHER_THINGS or (word in PARTS and (not sells or place < first)):
            return title.said(place, place + 1)
    return _chinese(title.text, sells)


def _aimed(title: Title, first: int) -> str:
    """
    The "for" before a phone's name.
    """
    place = first - 1
    while place >= 0 and title.words[place] in FILLERS and first - place < 5:
        place -= 1
    if place > 0 and title.words[place] in EXTRAS and title.words[place - 1] in AIMED:
        place -= 1
    if place < 0 or title.words[place] not in AIMED or place + 1 >= len(title.words):
        return ""
    if title.words[place] in _LIKE_NEW and title.words[place + 1] in _NEW:
        return ""
    return title.said(place, place + 1)


def _chinese(text: str, sells: bool) -> str:
    aimed = CJK_AIMED.search(text)
    if aimed:
        return aimed.group()
    for found in CJK_ACCESSORY.finditer(text):
        along = found.start() > 0 and CJK_EXTRA.match(text[found.start() - 1])
        if not (along and (sells or CJK_PHONE.search(text))):
            return found.group()
    return ""


def goes_on(title: Title, match: Match, nr: bool, index: SpellingIndex) -> str:
    """
    The word after a name that makes another phone of it ("Redmi 2 Ultra"); empty if the name ends there.

    Args:
        nr: The phone has NR, so that "5G" after its name is no other phone.
    """
    place = match.after
    if place >= len(title.words):
        return ""
    word = title.words[place]
    if word.isalpha() and word not in SUFFIXES and word != "gen":
        return ""
    gap = title.gap(place)
    if _PAUSES.search(gap):
        return ""
    if word.isdigit():
        return title.said(place, place + 1) if _another_number(title, match, place) else ""
    if word == "gen" or title.words[place + 1 : place + 2] == ["gen"]:
        return title.said(place, min(place + 2, len(title.words)))
    if word == "5g":
        return "" if nr else title.said(place, place + 1)
    if len(word) == 1 and (gap not in ("", " ", "-") or title.gap(place + 1)[:1] in ("/", "'", "’")):
        return ""
    if title.words[place + 1 : place + 2] and title.words[place + 1] in EDITION_WORDS:
        return ""
    if word in _MAKERS_PREFIXES and _CODE.fullmatch("".join(title.words[place + 1 : place + 2])):
        return ""
    bare = not any(c.isdigit() for c in title.words[match.after - 1])
    if bare and _another_code(word, match, index):
        return title.said(place, place + 1)
    if word in SUFFIXES or (_SHORT.fullmatch(word) and not _MEASURE.fullmatch(word)):
        return title.said(place, place + 1)
    return ""


def _another_code(word: str, match: Match, index: SpellingIndex) -> bool:
    """
    Whether a short code after a name without a number belongs to it: "Blade" before "A510". A model number does not.
    """
    if word[0].isdigit():
        return any(c.isalpha() for c in word) and not _MEASURE.fullmatch(word) and len(word) <= 12
    if not _CODE.fullmatch(word) or len(word) > 5 or sum(c.isdigit() for c in word) > 3:
        return False
    stem = word.rstrip("abcdefghijklmnopqrstuvwxyz")
    found = index.find({word, stem})
    return not any(r.device in match.devices for key in (word, stem) for r in found.get(key, ()))


def _another_number(title: Title, match: Match, place: int) -> bool:
    """
    Whether the bare number after a name belongs to it: "Redmi Note" before "8". Sizes and measures do not.
    """
    word = title.words[place]
    if YEAR.fullmatch(word) or word[0] == "0":
        return True
    following = title.words[place + 1] if place + 1 < len(title.words) else ""
    behind = title.gap(place + 1)[:1]
    memory = behind in ("/", "+") and bool(_SIZE.fullmatch(following))  # 3/32GB
    if memory or following in UNITS or behind in ('"', "″", "”", "'", "’", "%"):
        return False
    last = title.words[match.after - 1]
    tablet = bool(_TABLETS.intersection(title.words[match.first : match.after]))
    if behind == "." and following[:1].isdigit() and not tablet:
        return False  # a size in inches
    if tablet or match.key.replace(" ", "").isdigit():
        return not (word in STORAGE and title.gap(place) == " ")
    return last not in _LAST_WORDS and not any(c.isdigit() for c in last)


def sibling(title: Title, match: Match, index: SpellingIndex) -> tuple[str, frozenset[str]]:
    """
    A word further on in the title that makes a recorded other phone of a name, and that phone: "Galaxy A5 black 2017".
    """
    later = _APART.intersection(title.words[match.after : match.after + 40])
    if not later:
        return "", frozenset()
    keys = {join([*title.words[match.first : match.after], word]): word for word in sorted(later)}
    found = index.find(keys.keys())
    brands = {device.partition("/")[0] for device in match.best}
    for key, word in keys.items():
        others = frozenset(
            r.device for r in found.get(key, ()) if r.what == NAME and r.device.partition("/")[0] in brands
        )
        if others and not others & match.best:
            return word, others
    return "", frozenset()


def listed(title: Title, match: Match, index: SpellingIndex) -> str:
    """
    The next member of a list of phones that shares the first one's line ("iPhone 6/6s", "Galaxy S7 S8"); empty if there
    is none.
    """
    place = match.after
    if place >= len(title.words):
        return ""
    if all(word.isalpha() or len(word) > 4 for word in title.words[place : place + 2]):
        return ""
    joined = title.words[place] in JOINERS or not _COMMAS.isdisjoint(title.gap(place))
    if title.words[place] in JOINERS:
        place += 1
    if place >= len(title.words) or len(title.words[place]) > 4:
        return ""
    word = title.words[place]
    if word.isalpha() or not (joined or _SHORT.fullmatch(word)) or _MEASURE.fullmatch(word):
        return ""
    if not any(map(str.isdigit, word)):
        return ""
    if place + 1 < len(title.words) and title.words[place + 1] in UNITS:
        return ""
    for end in range(match.after - 1, match.first, -1):
        line = title.words[match.first : end]
        keys = [
            join([*line, *title.words[place:after]]) for after in range(min(place + 3, len(title.words)), place, -1)
        ]
        found = index.find(set(keys))
        rows = next((found[k] for k in keys if any(r.what == NAME for r in found.get(k, ()))), ())
        if rows:
            return "" if any(r.device in match.devices for r in rows) else title.said(place, place + 1)
    return ""
