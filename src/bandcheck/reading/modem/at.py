"""
Answers to AT commands that tell bands, from modems of Quectel, SIMCom, Huawei, Sierra, Telit, u-blox, Cinterion,
Intel XMM, Fibocom and Sequans; a whole terminal log will do.

An answer to `?` is the modem's setting, one to `=?` what it can be set to. Both say what firmware allows.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from bandcheck.model.bands import GSM_BANDS, Rat
from bandcheck.reading.modem import masks, sierra
from bandcheck.reading.modem.findings import Findings
from bandcheck.reading.modem.masks import Mask
from bandcheck.reading.modem.telit import THREE_G_EITHER, THREE_G_EVERYWHERE, TWO_G
from bandcheck.reading.reading import Span


class Field(NamedTuple):
    """
    A piece of an answer.

    Attributes:
        text: Without space around it.

        start: Where it begins in the dump.
    """

    text: str
    start: int

    @property
    def span(self) -> Span:
        """
        Its place in the dump.
        """
        return self.start, self.start + len(self.text)

    @property
    def bare(self) -> Field:
        """
        Without the quotes or the one pair of brackets around it.
        """
        if len(self.text) > 1 and self.text[0] + self.text[-1] in ('""', "()"):
            return _stripped(self.text[1:-1], self.start + 1)
        return self


def _stripped(text: str, start: int) -> Field:
    return Field(text.strip(), start + len(text) - len(text.lstrip()))


_MARK = re.compile(r'[(),"]')


def split(field: Field) -> list[Field]:
    """
    The parts between commas, where those in brackets or quotes do not count.

    >>> [part.text for part in split(Field('0,(1,2),"3,4"', 0))]
    ['0', '(1,2)', '"3,4"']
    """
    parts = []
    begin = depth = 0
    quoted = False
    for mark in _MARK.finditer(field.text):
        if mark[0] == '"':
            quoted = not quoted
        elif quoted:
            continue
        elif mark[0] == ",":
            if depth == 0:
                parts.append(_stripped(field.text[begin : mark.start()], field.start + begin))
                begin = mark.end()
        else:
            depth = max(0, depth + (1 if mark[0] == "(" else -1))
    parts.append(_stripped(field.text[begin:], field.start + begin))
    return parts


def _number(field: Field) -> int | None:
    """
    A short decimal number; None for anything else.
    """
    text = field.bare.text
    return int(text) if len(text) <= 5 and text.isascii() and text.isdigit() else None


def _mask(mask: Mask, field: Field, base: int, findings: Findings) -> None:
    """
    One mask; an empty field says nothing.
    """
    bare = field.bare
    if bare.text:
        findings.mask(mask, bare.text, base, bare.span)


def _quectel_band(fields: list[Field], findings: Findings) -> None:
    """
    +QCFG: "band",GSM and WCDMA,LTE,third. The third is NB-IoT's LTE bands in modules without WCDMA, else TD-SCDMA.
    """
    what = fields[0].bare.text.lower()
    if what == "nwscanmode":
        findings.ignore(fields[0].span, "nwscanmode", "setting")
        findings.note("nwscanmode says which technologies are searched, not which bands there are.")
    if what != "band":
        return
    if any("(" in field.text for field in fields):
        _limits(fields[0], findings)
        return
    kinds = [masks.QUECTEL_GW, masks.LTE]
    for mask, field in zip(kinds, fields[1:], strict=False):
        _mask(mask, field, 16, findings)
    if len(fields) > 3:
        _quectel_third(fields[1], fields[3], findings)
    _setting(findings)


def _quectel_third(first: Field, third: Field, findings: Findings) -> None:
    gsm_wcdma = masks.number_of(first.bare.text, 16)
    value = masks.number_of(third.bare.text, 16)
    if value == 0:
        return
    if value is None or gsm_wcdma is None or value > 0x3F:
        _mask(masks.LTE, third, 16, findings)
    elif gsm_wcdma > 0xF:
        _mask(masks.TDSCDMA, third, 16, findings)
    else:
        findings.ignore(third.span, "third mask", "unknown")
        findings.note("The third mask may be of NB-IoT or of TD-SCDMA: it is ignored.")


_QUECTEL_LISTS = {
    "gw_band": Rat.UMTS,
    "lte_band": Rat.LTE,
    "nr5g_band": Rat.NR,
    "nsa_nr5g_band": Rat.NR,
    "nrdc_nr5g_band": Rat.NR,
}


def _quectel_list(fields: list[Field], findings: Findings) -> None:
    """
    +QNWPREFCFG: "lte_band",1:3:5
    """
    rat = _QUECTEL_LISTS.get(fields[0].bare.text.lower())
    if rat is None:
        return
    for field in fields[1:]:
        for match in re.finditer(r"[0-9]+", field.text):
            _band(rat, match[0], (field.start + match.start(), field.start + match.end()), findings)
    _setting(findings)


_SERVING = re.compile(r"(LTE|NR5G|GSM)(?: BAND)? ?([0-9]{1,4})")
_SERVING_RATS = {"LTE": Rat.LTE, "NR5G": Rat.NR, "GSM": Rat.GSM}


def _quectel_serving(fields: list[Field], findings: Findings) -> None:
    """
    +QNWINFO: "FDD LTE","00101","LTE BAND 3",1300: a band in use.
    """
    for field in fields[2:3]:
        match = _SERVING.fullmatch(field.bare.text)
        if match:
            findings.band(_SERVING_RATS[match[1]], int(match[2]), field.span, match[0], seen=True)


def _simcom(fields: list[Field], findings: Findings) -> None:
    """
    +CNBP: GSM and WCDMA,LTE,TD-SCDMA.
    """
    for mask, field in zip((masks.QUALCOMM_GW, masks.LTE, masks.TDSCDMA), fields, strict=False):
        _mask(mask, field, 16, findings)
    _setting(findings)


def _huawei_ex(fields: list[Field], findings: Findings) -> None:
    """
    ^SYSCFGEX: order,band,roaming,domain,LTE band: each a mask, or with `=?` a list of masks with labels.
    """
    _huawei_masks(masks.QUALCOMM_GW, fields[1:2], findings)
    _huawei_masks(masks.LTE, fields[4:5], findings)


def _huawei(fields: list[Field], findings: Findings) -> None:
    """
    ^SYSCFG: mode,order,band,roaming,domain, of the years before LTE.
    """
    _huawei_masks(masks.QUALCOMM_GW, fields[2:3], findings)


def _huawei_masks(mask: Mask, fields: list[Field], findings: Findings) -> None:
    for field in fields:
        if field.text.startswith("("):
            for pair in split(field.bare):
                _mask(mask, split(pair.bare)[0], 16, findings)
        elif field.text:
            _mask(mask, field, 16, findings)
            _setting(findings)


def _telit(fields: list[Field], findings: Findings) -> None:
    """
    #BND: index of GSM bands,index of WCDMA bands,LTE mask,LTE mask from 65. With the fourth field masks are
    hexadecimal, without it decimal.
    """
    _telit_indices(fields[0], Rat.GSM, findings)
    if len(fields) > 1:
        _telit_indices(fields[1], Rat.UMTS, findings)
    has_letters = any(re.search("[a-fA-F]", field.text) for field in fields[2:])
    base = 16 if len(fields) > 3 or has_letters else 10
    for mask, field in zip((masks.LTE, masks.LTE_FROM_65), fields[2:4], strict=False):
        bare = field.bare
        low, dash, high = bare.text.rpartition("-")
        _mask(mask, Field(high, bare.start + len(low) + len(dash)), base, findings)


def _telit_indices(field: Field, rat: Rat, findings: Findings) -> None:
    """
    A set of bands by its index in Telit's list. Index 0 alone is also what modules without the RAT answer.
    """
    indices = _small_numbers(field.bare)
    if indices <= {0}:
        return
    for index in sorted(indices):
        settled = (TWO_G if rat is Rat.GSM else THREE_G_EVERYWHERE).get(index, ())
        either = () if rat is Rat.GSM else THREE_G_EITHER.get(index, ())
        for number in settled:
            findings.band(rat, number, field.span, "band index")
        if either:
            findings.one_of(rat, either, field.span, "band index")
            findings.note("What a WCDMA band index from 12 on means depends on the module.")
        if not (settled or either):
            findings.ignore(field.span, "band index", "unknown")


def _small_numbers(field: Field) -> set[int]:
    """
    The numbers of `0-5` or `0,2,5`, each below 100.
    """
    found: set[int] = set()
    for match in re.finditer(r"(?<![0-9])([0-9]{1,2})(?:-([0-9]{1,2}))?(?![0-9])", field.text):
        found.update(range(int(match[1]), int(match[2] or match[1]) + 1))
    return found


# What a nominal figure of +UBANDSEL is in each RAT, by TS 45.005, TS 25.101 and TS 36.101; which of the RATs a module
# has, and which of several bands, only its model tells.
_UBLOX_MHZ: dict[int, dict[Rat, tuple[int, ...]]] = {
    700: {Rat.LTE: (12, 13, 17, 28)},
    800: {Rat.UMTS: (6, 19), Rat.LTE: (18, 19, 20, 26, 27)},
    850: {Rat.GSM: (850,), Rat.UMTS: (5, 19), Rat.LTE: (5, 26)},
    900: {Rat.GSM: (900,), Rat.UMTS: (8,), Rat.LTE: (8,)},
    1500: {Rat.UMTS: (11, 21), Rat.LTE: (11, 21)},
    1700: {Rat.UMTS: (4, 9, 10), Rat.LTE: (4, 9, 10, 66)},
    1800: {Rat.GSM: (1800,), Rat.UMTS: (3, 9), Rat.LTE: (3, 9)},
    1900: {Rat.GSM: (1900,), Rat.UMTS: (2, 25), Rat.LTE: (2, 25)},
    2100: {Rat.UMTS: (1,), Rat.LTE: (1,)},
    2600: {Rat.UMTS: (7,), Rat.LTE: (7, 38, 41)},
}


def _ublox_mhz(fields: list[Field], findings: Findings) -> None:
    """
    +UBANDSEL: 850,1900: figures without a technology.
    """
    for field in fields:
        for part in split(field.bare):
            number = _number(part)
            meant = _UBLOX_MHZ.get(number or 0, {})
            for rat, candidates in meant.items():
                findings.one_of(rat, candidates, part.span, f"{number} MHz")
            if part.text and not meant:
                findings.ignore(part.span, "nominal MHz", "unknown")
    findings.note("u-blox names bands in MHz: which of 2G, 3G and 4G is meant, only the module's model tells.")
    _setting(findings)


def _ublox_masks(fields: list[Field], findings: Findings) -> None:
    """
    +UBANDMASK: RAT,mask[,mask from 65], again for each RAT: 0 is LTE Cat-M1, 1 NB-IoT. Decimal.
    """
    texts = [field.bare.text for field in fields]
    triples = len(fields) == 3 or (len(fields) == 6 and texts[3] == "1" and (texts[2], texts[4]) != ("1", "2"))
    step = 3 if triples else 2
    for first in range(0, len(fields) - 1, step):
        rat, *both = fields[first : first + step]
        if rat.bare.text not in ("0", "1"):
            findings.ignore(rat.span, "band mask", "unknown")
            continue
        for mask, field in zip((masks.LTE, masks.LTE_FROM_65), both, strict=False):
            _mask(mask, field, 10, findings)
    _setting(findings)


_QUOTED = re.compile(r'"([^"]*)"')


def _cinterion(fields: list[Field], findings: Findings) -> None:
    """
    ^SCFG: "Radio/Band",... in one number; "Radio/Band/4G",... a number per RAT, for 4G a second one from band 33.
    """
    name = fields[0].bare.text.lower()
    if not name.startswith("radio/band"):
        return
    rat = name.removeprefix("radio/band")
    kinds = {"": (masks.CINTERION,), "/3g": (masks.UMTS,), "/4g": (masks.LTE, masks.LTE_FROM_33)}
    for place, field in enumerate(fields[1:3]):
        tops = [from_ucs2(top) for top in _QUOTED.findall(field.text) or [field.bare.text]]
        digits = next((top for top in tops if "-" in top), tops[-1]).rpartition("-")[2]
        old_2g = not digits.lower().startswith("0x") and (masks.number_of(digits, 16) or 0) < 16
        wanted = (masks.CINTERION_2G if old_2g else masks.CINTERION_2G_IMT,) if rat == "/2g" else kinds.get(rat, ())
        is_choice = place == 1 and len(tops) > 1 and {*tops} == {"0", "1"}
        if place < len(wanted) and digits and not is_choice:
            base = 10 if rat == "" and not digits.lower().startswith("0x") else 16
            findings.mask(wanted[place], digits, base, field.span)


def from_ucs2(digits: str) -> str:
    """
    Text that the modem wrote as UCS-2 in hexadecimal (`00300078` is `0x`); any other text as it is.
    """
    if len(digits) % 4 == 0 and re.fullmatch(r"(?:00[2-7][0-9A-Fa-f])+", digits) and len(digits) > 8:
        return bytes.fromhex(digits).decode("utf-16-be")
    return digits


def _numbered(fields: list[Field], findings: Findings) -> None:
    """
    +XACT, +UACT, +GTACT: three choices, then bands: 900 is GSM's, 8 UTRA's, 108 E-UTRA's, 5078 (50 and 78) NR's.
    """
    for field in fields[3:]:
        for part in split(field.bare):
            number = _number(part)
            if number is None:
                if part.text:
                    findings.ignore(part.span, "band number", "unknown")
            elif number in GSM_BANDS:
                findings.band(Rat.GSM, number, part.span, part.bare.text)
            elif part.bare.text.startswith("50") and number > 500:
                findings.band(Rat.NR, int(part.bare.text[2:]), part.span, part.bare.text)
            elif number > 0:
                rat = Rat.LTE if number > 100 else Rat.UMTS
                findings.band(rat, number - 100 if rat is Rat.LTE else number, part.span, part.bare.text)


def _band(rat: Rat, digits: str, span: Span, findings: Findings) -> None:
    """
    A band by its digits; 0 stands for none.
    """
    if len(digits) > 3:
        findings.ignore(span, "band number", "no such band")
    elif int(digits):
        findings.band(rat, int(digits), span, digits)


def _setting(findings: Findings) -> None:
    findings.note("This is the modem's setting: bands that somebody switched off are missing.")


def _limits(field: Field, findings: Findings) -> None:
    findings.ignore(field.span, "band", "setting")
    findings.note("The answer to '=?' gives limits of numbers, not bands: ask without '=?'.")


_ANSWERS: dict[str, Callable[[list[Field], Findings], None]] = {
    "+QCFG": _quectel_band,
    "+QNWPREFCFG": _quectel_list,
    "+QNWINFO": _quectel_serving,
    "+CNBP": _simcom,
    "^SYSCFGEX": _huawei_ex,
    "^SYSCFG": _huawei,
    "#BND": _telit,
    "+UBANDSEL": _ublox_mhz,
    "+UBANDMASK": _ublox_masks,
    "+UACT": _numbered,
    "+XACT": _numbered,
    "+GTACT": _numbered,
    "^SCFG": _cinterion,
}

LONGEST_ANSWER = 10_000
"""Characters. The longest real ones, Huawei's lists and Fibocom's, have about a thousand."""

_ANSWER = re.compile("(" + "|".join(map(re.escape, _ANSWERS)) + r")[ \t]{0,3}:[ \t]{0,3}", re.IGNORECASE)
_END = re.compile(r"[\r\n]|$")

_SEQUANS = re.compile(r"EUTRA bands[^:]{0,80}supported[ \t]{0,4}:[ \t]{0,4}([0-9/]{1,400})")


def is_at(text: str) -> bool:
    """
    Whether a text holds an answer that tells bands.
    """
    return sierra.is_sierra(text) or any(kind.search(text) for kind in (_ANSWER, _SEQUANS))


def read_at(text: str, findings: Findings) -> None:
    """
    Every answer of a terminal log that tells bands.
    """
    for name, body in _answers(text):
        if len(body.text) > LONGEST_ANSWER:
            findings.ignore(body.span, "answer", "unknown")
            findings.note("An answer longer than any modem gives is ignored.")
        elif body.text:
            _ANSWERS[name](split(body), findings)
    sierra.read_sierra(text, findings)
    for match in _SEQUANS.finditer(text):
        for number in re.finditer(r"[0-9]+", match[1]):
            start = match.start(1)
            _band(Rat.LTE, number[0], (start + number.start(), start + number.end()), findings)


def _answers(text: str) -> Iterator[tuple[str, Field]]:
    """
    Name and body of each answer; a body ends with its line, or where the next answer begins.
    """
    found = list(_ANSWER.finditer(text))
    starts = [match.start() for match in found]
    for match, following in zip(found, [*starts[1:], len(text)], strict=False):
        end = _END.search(text, match.end(), following)
        body = text[match.end() : end.start() if end else following]
        yield match[1].upper(), _stripped(body, match.end())
