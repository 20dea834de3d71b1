"""
Sierra's table of band sets (AT!BAND=?, AT!BAND?): index, name, then 64-bit masks whose kinds the heading names.
"""

from __future__ import annotations

import re

from bandcheck.reading.modem import masks
from bandcheck.reading.modem.findings import Findings

_ROW = re.compile(
    r"(?:^|(?<=\t))[ ]{0,8}[0-9A-Fa-f]{2},[ \t]{0,8}[^\t\r\n]{0,60}?[ \t,]"
    r"(?P<masks>(?:[ \t]{0,60}[0-9A-Fa-f]{16}\b){2,8})",
    re.MULTILINE,
)
_HEADING = re.compile(r"^[^\r\n]{0,200}Band Mask[^\r\n]{0,400}", re.MULTILINE)
_COLUMN = re.compile(r"\b(GW|L|TDS|NR[A-Z]{0,3})[ \t]Band[ \t]Mask(?:[ \t]([12])\b)?")
_KINDS = {
    "GW": masks.QUALCOMM_GW,
    "L": masks.LTE,
    "L1": masks.LTE,
    "L2": masks.LTE_FROM_65,
    "TDS": masks.TDSCDMA,
    "NR": masks.NR,
    "NR1": masks.NR,
    "NR2": masks.NR_FROM_65,
}


def is_sierra(text: str) -> bool:
    """
    Whether a text holds a row of that table.
    """
    return _ROW.search(text) is not None


def read_sierra(text: str, findings: Findings) -> None:
    """
    All rows together. A row called "All bands" lists what the modem has, unlike a mask with all bits set.
    """
    rows = list(_ROW.finditer(text))
    if not rows:
        return
    heading = _HEADING.search(text)
    columns = ["".join(pair) for pair in _COLUMN.findall(heading[0])] if heading else []
    for row in rows:
        start = row.start("masks")
        for place, digits in enumerate(re.finditer(r"[0-9A-Fa-f]{16}", row["masks"])):
            span = (start + digits.start(), start + digits.end())
            kind = (columns or ["GW", "L1", "L2"])[place : place + 1]
            if kind and kind[0] in _KINDS:
                findings.mask(_KINDS[kind[0]], digits[0], 16, span)
            elif int(digits[0], 16):
                findings.ignore(span, "band mask", "unknown")
                findings.note("A column of masks without a heading that tells its kind is ignored.")
