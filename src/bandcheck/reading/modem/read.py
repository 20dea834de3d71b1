"""
`read_modem`: which dump is this, and what does it say.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from bandcheck.errors import UnreadableDumpError
from bandcheck.reading.modem import android, at, capabilities, modemmanager
from bandcheck.reading.modem.findings import Findings
from bandcheck.reading.modem.masks import BARE_MASKS
from bandcheck.reading.reading import BandReading


class _Format(NamedTuple):
    """
    A format of dumps that are text.

    Attributes:
        what: For people.

        fits: Whether a text looks like it.

        read: Collects what it says.
    """

    what: str
    fits: Callable[[str], object]
    read: Callable[[str, Findings], None]


_TEXT_FORMATS: Mapping[str, _Format] = {
    "mmcli-keyvalue": _Format("mmcli -K", re.compile(r"\bmodem\.generic\.").search, modemmanager.read_mmcli_key_value),
    "mmcli": _Format(
        "mmcli -m 0",
        re.compile(r"^[ \t]{0,40}(?:Bands|Modem|General|Hardware)[ \t]{0,40}\|", re.M).search,
        modemmanager.read_mmcli,
    ),
    "qmicli": _Format(
        "qmicli --dms-get-band-capabilities",
        re.compile(r"Device band capabilities retrieved|\b[Bb]ands(?: \(extended\))?:\s{0,40}'").search,
        modemmanager.read_qmicli,
    ),
    "at": _Format("answers to AT commands", at.is_at, at.read_at),
    "dumpsys": _Format("dumpsys telephony.registry", android.is_dumpsys, android.read_dumpsys),
    "getprop": _Format("getprop", android.is_getprop, android.read_getprop),
}

_JSON_FORMATS: Mapping[str, str] = {
    "mmcli-json": "mmcli -m 0 -J",
    "ue-capability-json": "UE capability, JSON of uecapabilityparser",
}

INPUT_FORMATS: Mapping[str, str] = {
    **_JSON_FORMATS,
    **{name: one.what for name, one in _TEXT_FORMATS.items()},
    **{
        name: f"a bare {bare.mask.title}, {'hexadecimal' if bare.base == 16 else 'decimal'}"
        for name, bare in BARE_MASKS.items()
    },
}
"""Names of what `read_modem` reads, each with what it is, for people."""

_EXPECTED = "what mmcli, qmicli, AT commands, uecapabilityparser, dumpsys or getprop print, or one mask and its format"

_BARE = re.compile(r"\s*['\"]?(?P<digits>(?:0[xX])?[0-9A-Fa-f]+)['\"]?\s*")
_JSON_START = re.compile(r"\s*(?:\{|\[\s*[\[{\"\]0-9])")
_MMCLI_KEYS = ("modem", "modem-list", "sim", "sms", "bearer")


def read_modem(text: str, *, input_format: str | None = None) -> BandReading:
    """
    The bands in a dump of a modem or phone: what its firmware allows, or bands that it met.

    >>> read_modem("eutran-3", input_format="lte-mask-hex")
    Traceback (most recent call last):
    bandcheck.errors.UnreadableDumpError: This is not a bare LTE mask, hexadecimal: expected one number.
    >>> str(read_modem("801C5", input_format="lte-mask-hex").bands)
    'lte 1 3 7 8 9 20'

    IMEI, IMSI, ICCID, phone numbers and all else that is not a band stay out of the reading.

    Args:
        text: The dump: `mmcli` in any of its forms, `qmicli`, AT answers, UE capability JSON, `dumpsys`, `getprop`, or
            one mask.

        input_format: One of `INPUT_FORMATS`; None: told from the text, which a bare mask cannot be.

    Returns:
        `kind` is the format, `bound` how the bands bound the phone: a modem's claims "at_most", bands met "at_least".
        Bits and masks that say nothing are in `ignored` and `notes`.

    Raises:
        UnreadableDumpError: The text is empty, damaged, of an unknown format, or could be of several.
    """
    if input_format is not None and input_format not in INPUT_FORMATS:
        raise UnreadableDumpError("There is no such input format", tuple(INPUT_FORMATS))
    text = _checked(text)
    kind = input_format or _recognise(text)
    if kind in BARE_MASKS:
        return _read_bare(text, kind)
    if kind in _JSON_FORMATS:
        return _read_json(text, kind if input_format else None)
    chosen = _TEXT_FORMATS[kind]
    if not chosen.fits(text):
        raise UnreadableDumpError(f"This does not look like {chosen.what}")
    findings = Findings()
    chosen.read(text, findings)
    return findings.reading(kind)


def _checked(text: str) -> str:
    """
    The text, if it was decoded rightly. Single NULs, which serial lines drop in, are made spaces.
    """
    if text.startswith(("\ufeff", "\ufffe")):
        text = " " + text[1:]
    nulls = text.count("\0")
    if nulls and nulls * 3 > len(text):
        raise UnreadableDumpError("This is UTF-16 that was read as something else: decode it as UTF-16")
    text = text.replace("\0", " ")
    if not text.strip():
        raise UnreadableDumpError("This is empty: expected the output of a modem or phone")
    return text


def _recognise(text: str) -> str:
    """
    The one format that a text is of. A transcript with properties beside something better is that.
    """
    if _JSON_START.match(text) or '"supported-bands"' in text:
        return "mmcli-json"
    possible = [name for name, one in _TEXT_FORMATS.items() if one.fits(text)]
    if len(possible) > 1 and "getprop" in possible:
        possible.remove("getprop")
    if len(possible) == 1:
        return possible[0]
    if possible:
        raise UnreadableDumpError("This could be of several formats", tuple(possible))
    bare = _BARE.fullmatch(text)
    if bare:
        raise UnreadableDumpError("A number alone does not tell what its bits mean", _bare_formats(bare["digits"]))
    raise UnreadableDumpError(f"This is of no known format: expected {_EXPECTED}")


def _bare_formats(digits: str) -> tuple[str, ...]:
    """
    Formats that a bare number could be of: one with letters is not decimal.
    """
    return tuple(name for name, bare in BARE_MASKS.items() if bare.base == 16 or digits.isdecimal())


def _read_bare(text: str, kind: str) -> BandReading:
    mask, base = BARE_MASKS[kind]
    bare = _BARE.fullmatch(text)
    if bare is None:
        raise UnreadableDumpError(f"This is not {INPUT_FORMATS[kind]}: expected one number")
    digits = at.from_ucs2(bare["digits"]) if kind.startswith("cinterion") else bare["digits"]
    findings = Findings()
    if not findings.mask(mask, digits, base, bare.span("digits"), asked=True):
        raise UnreadableDumpError(f"This number is not {INPUT_FORMATS[kind]}: it is too long or of another base")
    return findings.reading(kind)


def _read_json(text: str, kind: str | None) -> BandReading:
    """
    A JSON dump, whose kind its keys tell.
    """
    documents = _documents(text)
    findings = Findings()
    if kind != "mmcli-json" and (which := [one for one in documents if capabilities.is_capability(one)]):
        bounds = {capabilities.read_capabilities(one, text, findings) for one in which}
        return findings.reading("ue-capability-json", "exact" if bounds == {"exact"} else "at_least")
    is_mmcli = '"supported-bands"' in text or any(_has_key(one, _MMCLI_KEYS) for one in documents)
    if kind != "ue-capability-json" and is_mmcli:
        modemmanager.read_mmcli_json(text, findings)
        return findings.reading("mmcli-json")
    raise UnreadableDumpError("This is JSON of something else", tuple(_JSON_FORMATS))


def _has_key(document: Any, keys: tuple[str, ...]) -> bool:
    return isinstance(document, dict) and any(key in document for key in keys)


def _documents(text: str) -> list[Any]:
    """
    The JSON documents of a text, one after the other; a command before them and a prompt behind them may stay.
    """
    decoder = json.JSONDecoder(parse_int=_small_int)
    at_char, stop = 0, len(text)
    if not _JSON_START.match(text):
        at_char, stop = text.find("{"), text.rfind("}") + 1
        if not 0 <= at_char < stop:
            raise UnreadableDumpError("This is not JSON")
    found = []
    problem = ""
    at_char = _skip_space(text, at_char)
    while at_char < stop and not problem:
        try:
            document, end = decoder.raw_decode(text, at_char)
        except RecursionError:
            problem = "it is nested too deeply"
        except ValueError:
            problem = "it is cut off or damaged"
        else:
            found.append(document)
            at_char = _skip_space(text, end)
    if problem:
        # Raised here and not above, so that the error drags no copy of the text along.
        raise UnreadableDumpError(f"This looks like JSON, but {problem}")
    return found


_SPACE = re.compile(r"\s*")


def _skip_space(text: str, start: int) -> int:
    match = _SPACE.match(text, start)
    return match.end() if match else start


def _small_int(digits: str) -> int | None:
    """
    An integer; None for one so long that it is no band, which Python would refuse or be slow to read.
    """
    return int(digits) if len(digits) < 20 else None
