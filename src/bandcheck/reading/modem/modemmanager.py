"""
ModemManager's and libqmi's command lines: `mmcli -J`, `mmcli -K`, plain `mmcli`, `qmicli --dms-get-band-capabilities`.

Each lists what the modem claims, which is what its firmware allows.
"""

from __future__ import annotations

import re

from bandcheck.model.bands import Rat
from bandcheck.reading.modem.findings import Findings
from bandcheck.reading.modem.names import band_of_name
from bandcheck.reading.reading import Span

_JSON_LIST = re.compile(
    r'"(?P<key>supported|current)-bands"\s{0,200}:\s{0,200}(?P<value>\[[^\]]{0,20000}\]|"[^"]{0,20000}")'
)
_JSON_WORD = re.compile(r'[^"\s,\[\]]+')
_KEY_VALUE = re.compile(
    r"modem\.generic\.(?P<key>supported|current)-bands(?:\.value\[[0-9]{1,4}\])?[ \t]{0,60}:"
    r"[ \t]{0,60}(?P<value>[^\r\n]*)"
)
_WORD = re.compile(r"[^\s,'\"]+")
_LABEL = re.compile(r"\s*(?P<label>[a-z][a-z -]{0,40}):(?P<value>.*)", re.DOTALL)
_QMI_LIST = re.compile(
    r"\b(?P<kind>(?:LTE |NR5G )?bands)(?P<extended> \(extended\))?:\s{0,40}'(?P<value>[^']{0,8000})'", re.IGNORECASE
)
_NUMBER = re.compile(r"[0-9]+")
_QMI_RATS = {"lte bands": Rat.LTE, "nr5g bands": Rat.NR}

_NOT_BANDS = {"--", "none", "(null)"}
_NO_CAPABILITY = {"any", "unknown"}


def read_mmcli_json(text: str, findings: Findings) -> None:
    """
    `mmcli -J`, of one modem or several; `modem` may stand beside `sim` or within another document.
    """
    lists = list(_JSON_LIST.finditer(text))
    for match in lists:
        _read_names(match["key"], _words(_JSON_WORD, match["value"], match.start("value")), findings)
    _missing_or_several(sum(match["key"] == "supported" for match in lists), findings)


def read_mmcli_key_value(text: str, findings: Findings) -> None:
    """
    `mmcli -K`: a line per band.
    """
    modems = 0
    for match in _KEY_VALUE.finditer(text):
        _read_names(match["key"], _words(_WORD, match["value"], match.start("value")), findings)
        modems |= match["key"] == "supported"
    _missing_or_several(modems, findings)


def read_mmcli(text: str, findings: Findings) -> None:
    """
    Plain `mmcli`: sections with labels, where a list that is long goes on below an empty label.
    """
    section = label = ""
    modems = 0
    at = 0
    for line in text.splitlines(keepends=True):
        left, bar, right = line.partition("|")
        start, at = at + len(left) + 1, at + len(line)
        if not bar:
            section = label = ""
            continue
        if left.strip():
            section, label = left.strip().lower(), ""
        match = _LABEL.fullmatch(right)
        if match:
            label = match["label"].strip()
            start, right = start + match.start("value"), match["value"]
            modems += section == "bands" and label == "supported"
        if section == "bands" and label in ("supported", "current"):
            _read_names(label, _words(_WORD, right, start), findings)
    _missing_or_several(modems, findings)


def read_qmicli(text: str, findings: Findings) -> None:
    """
    `qmicli --dms-get-band-capabilities`: names for GSM, CDMA and WCDMA, numbers for LTE; only the extended list goes
    beyond 64.
    """
    for match in _QMI_LIST.finditer(text):
        rat = _QMI_RATS.get(match["kind"].lower())
        if rat is None:
            _read_names("supported", _words(_WORD, match["value"], match.start("value")), findings)
            continue
        for number, span in _words(_NUMBER, match["value"], match.start("value")):
            if len(number) > 3:
                findings.ignore(span, "band number", "no such band")
            else:
                findings.band(rat, int(number), span, number)
        if rat is Rat.LTE:
            findings.plain_lte_list(extended=bool(match["extended"]))


def _words(pattern: re.Pattern[str], value: str, start: int) -> list[tuple[str, Span]]:
    """
    What a pattern finds in a value that begins at `start`, with its place in the dump.
    """
    return [(word[0], (start + word.start(), start + word.end())) for word in pattern.finditer(value)]


def _read_names(key: str, words: list[tuple[str, Span]], findings: Findings) -> None:
    """
    A list of names. Bands in use now are a setting: what is supported says more, and without it they prove nothing.
    """
    if key == "current":
        if words:
            findings.ignore((words[0][1][0], words[-1][1][1]), "current bands", "setting")
        return
    for word, span in words:
        band = band_of_name(word)
        if word in _NOT_BANDS:
            continue
        if band is not None:
            findings.band(*band, span, word.lower())
        elif word in _NO_CAPABILITY:
            findings.ignore(span, word, "all bands")
            findings.note("The modem does not name its bands ('any' or 'unknown').")
        else:
            findings.ignore(span, "word", "unknown")
            findings.note("A word in the band list is no band's name.")


def _missing_or_several(modems: int, findings: Findings) -> None:
    if modems == 0:
        findings.note("There is no list of supported bands; `mmcli -m 0 -J` prints one.")
    elif modems > 1:
        findings.note("Several modems are listed; the bands are those that any of them has.")
