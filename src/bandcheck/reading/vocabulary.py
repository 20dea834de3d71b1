"""
The words of spec sheets and listings, as data: technologies, units, and what makes a number something else than a band.

All words are folded as the lexer folds a text: small letters, no accents.
"""

from __future__ import annotations

from typing import Literal, TypeVar

from bandcheck.model.bands import Rat
from bandcheck.reading.reading import Why

T = TypeVar("T")


def _each(words: str, meaning: T) -> dict[str, T]:
    """
    The same meaning for all these words.
    """
    return dict.fromkeys(words.split(), meaning)


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


Kind = Literal[
    "number",  # value: the integer
    "decimal",  # value: None
    "dotted",  # 850.900: value: the integers
    "range",  # value: (prefix, first, last)
    "band",  # value: (prefix, number)
    "roman",  # value: the integer
    "name",  # AWS: value: its key in frequencies
    "head",  # a technology: value: (RAT, duplex, weak)
    "duplex",  # value: fdd or tdd
    "mode",  # value: sa or nsa
    "bands",  # the word band
    "filler",  # a word that does not part a technology from its list
    "and",
    "no",
    "for",
    "unit",  # value: mhz, or why a number with it is no band
    "cue",  # a word before a number: value: why that is no band
    "foreign",  # another field: value: why its numbers are no bands
    "many",  # Quad-band: value: how many
    "sim",
    "model",
    "noise",  # value: why
    "glued",  # 784g: value: (number, kind, value, where the rest begins)
    "word",
    "line",
    "dash",
    "open",
    "close",
    "money",
]

GSM = (Rat.GSM, None, "")
CDMA = (Rat.CDMA, None, "")
EVDO = (Rat.CDMA, None, "evdo")
TDSCDMA = (Rat.TDSCDMA, None, "")
UMTS = (Rat.UMTS, None, "")
HSPA = (Rat.UMTS, None, "speed")
LTE = (Rat.LTE, None, "")
LTE_FDD = (Rat.LTE, "fdd", "")
LTE_TDD = (Rat.LTE, "tdd", "")
NR = (Rat.NR, None, "")

HEADS: dict[str, tuple[Rat, str | None, str]] = {
    **_each("gsm geran p-gsm r-gsm gsm-r t-gsm", GSM),
    **_each("gprs edge egprs", (Rat.GSM, None, "speed")),
    **_each("cdma cdma2000 cdmaone cdma1x cdma-1x cdma2000-1x is-95 is95 1xrtt 1x-rtt 1x", CDMA),
    **_each("evdo ev-do 1xevdo 1xev-do 1x-evdo 1x-ev-do evdv hrpd cdma-evdo cdma2000-evdo ev", EVDO),
    **_each("tdscdma td-scdma tds-cdma tdscdma-hsdpa td-hsdpa td-hspa td-hsupa scdma s-cdma", TDSCDMA),
    **_each("umts wcdma w-cdma utra utran utra-fdd umts-fdd wcdma-fdd fdd-wcdma", UMTS),
    **_each("hspa hsdpa hsupa hspaplus hspap dc-hspa dc-hsdpa dchspa dchsdpa dc-hsupa hsxpa dc-hspaplus", HSPA),
    **_each("lte eutra e-utra eutran e-utran eutran lte-a ltea lte-advanced 4g-lte 4glte lte-m", LTE),
    **_each("cat-m cat-m1 catm1 emtc nb-iot nbiot cat-nb1 cat-nb2 catnb1", LTE),
    **_each("fdd-lte lte-fdd fddlte ltefdd fd-lte lte-fd fddlte4g 4g-fdd", LTE_FDD),
    **_each("tdd-lte lte-tdd tddlte ltetdd td-lte lte-td tdlte ltetd 4g-tdd", LTE_TDD),
    **_each("nr 5g-nr 5gnr nr5g nr-fr1 nr-fr2 nrtdd nrfdd nr-tdd nr-fdd 5g-sub6", NR),
    **_each("ca_ dc_", (Rat.LTE, None, "combination")),
    **_each("xlte lte-only", LTE),
    **{
        f"{number}{space}{letter}": (rat, None, "weak")
        for number, rat in enumerate((Rat.GSM, Rat.UMTS, Rat.LTE, Rat.NR), 2)
        for space in ("", " ")
        for letter in "gг"
    },
}
"""Technologies. `weak`: a generation, which a technology beside it makes precise; `speed`: often followed by Mbps or a
class instead of bands; `evdo`: CDMA with EV-DO; `combination`: bands that work together, in 3GPP's notation."""

GENERATIONS = {"2g": Rat.GSM, "3g": Rat.UMTS, "4g": Rat.LTE, "5g": Rat.NR}
"""What a bare list in the column of a spec sheet is about."""

COLUMNS = {"2g": (Rat.GSM, Rat.CDMA), "3g": (Rat.UMTS, Rat.TDSCDMA), "4g": (Rat.LTE,), "5g": (Rat.NR,)}
"""What a phone lacks when the column of a spec sheet says `N/A`."""

DUPLEX = {"fdd": "fdd", "tdd": "tdd", "td": "tdd"}

MODES = {"sa": "sa", "nsa": "nsa", "standalone": "sa", "non-standalone": "nsa"}

BANDS = _set(
    "b band bands bd bde bandes bande banda bandas pasmo pasma pasm bander frequenzband frequenzbander fbands"
    " frequency frequencies freq freqs frecuencia frecuencias frequencia frequencias frequence frequences"
    " frequenz frequenzen frequenza frequenze czestotliwosc czestotliwosci"
    " диапазон диапазоны диапазонах диапазона частота частоты частот частотах полоса полосы бэнд бэнды"
    " 频段 频率 频带 頻段 頻率 頻帶 バンド 周波数 주파수 밴드"
)
"""Words for a band, which stand between a technology and its list."""

FILLERS = _set(
    "network networks netz netze red redes reseau reseaux rede rete сеть сети сетях 网络 網絡 制式 模式 主卡 副卡"
    " 支持 supports support supported mode modo modalita tryb режим режиме technology tecnologia technologie"
    " on at in en na de di du des do da per pour para the las les los den auf an dans nas nos el la con mit com avec"
    " mobile cellular celular only operating compatible main primary plus advanced pro up to type single"
    " sub6 sub-6 sub6ghz sub-6ghz mmwave mmw mm-wave rev a rel99 r99"
)
"""Words that do not part a technology from its list."""

AND = _set("and or y e et und ou oder o sowie oraz lub ed или и 和 及 與 与 或")
"""Words between the last two members of a list."""

NO = _set(
    "no not none non without sans sin sem senza ohne kein keine nein nicht pas n-a нет без не brak bez nao nie"
    " unsupported missing lacks lack lacking except excluding fehlt ausser кроме 不支持 不含 无 無 没有 非対応"
)
"""Words that say that something is not there; `n-a` is N/A as the lexer folds it."""

SUPPORTED = ("support", "availab", "includ", "listed", "soport", "suport", "unterstutz", "obslug", "поддерж")
"""How words for `supported` begin."""

BRACELETS = _set("mi smart fit color honor huawei redmi realme amazfit xiaomi galaxy")
"""Words before a `Band` that is worn: `Mi Band 4`."""

LONGEST_ASIDE = 80
"""Characters that may stand between a heading and a list that is no neighbour of its."""

UNITS: dict[str, str] = {
    **_each("mhz mghz mhzs мгц 兆赫", "mhz"),
    **_each("ghz ггц", "ghz"),
    **_each("khz кгц hz гц", "frequency range"),
    **_each("mbps kbps gbps mbp bps mbs kbs mbit mbits kbit kbits gbit gbits мбит кбит гбит мбитс", "speed"),
    **_each("mbitps mbitsps kbitps kbitsps gbitps gbitsps", "speed"),
    **_each("gb mb tb kb go mo gib mib гб мб g gr kg grams oz k l", "size"),
    **_each("inch inches in zoll pulgadas pouces polegadas cali дюйм дюйма дюймов 英寸 寸", "size"),
    **_each("mm cm см ft ml px pixels ppi dpi p", "size"),
    **_each("mp mpx mpix mpixel mpixels megapixel megapixels мп мпикс fps 万像素 万", "camera"),
    **_each("mah wh w v dbm db dbi ma мач мач mw watt 毫安", "power"),
    **_each("usd eur gbp inr rub pln cny rmb aud cad руб zl euro euros dollars 元 円", "price"),
    **_each("qam", "modulation"),
    **_each("bit core cores nm ядра ядер", "chipset"),
    **_each("m", "bandwidth"),
    **_each("st nd rd th pcs pc x pin days day h hrs hours year years min s ms sec times", "count"),
    **_each("ff", "SIM"),
}
"""Words behind a number. `mhz` and `ghz` leave it a frequency; the others say why it is no band."""

CUES: dict[str, Why] = {
    **_each("cat category categories kategorie categoria catm catnb class klasse clase classe ue", "category"),
    **_each("android ios version ver release rel r miui emui windows os", "release"),
    **_each("snapdragon helio dimensity exynos kirin mediatek qualcomm adreno mali cortex", "chipset"),
    **_each("msm sdm mtk unisoc tensor sd cpu gpu ddr ddr2 ddr3 ddr4 lpddr3 lpddr4", "chipset"),
    **_each("max maximum dl ul download upload downlink uplink speed speeds velocidad vitesse", "speed"),
    **_each("tx rx 上行 下行", "frequency range"),
    **_each("mimo", "antenna"),
    **_each("id ids sku imei model modell modelo modele 型号", "model number"),
    **_each("slot slots", "SIM"),
    **_each("usb type-c hdmi", "short range"),
    **_each("ram rom", "size"),
    **_each("price", "price"),
}
"""Words before a number that say why it is no band."""

FOREIGN: dict[str, Why] = {
    **_each("gps a-gps agps gnss glonass beidou bds galileo qzss navic irnss sbas compass 北斗 глонасс", "satellite"),
    **_each("wi-fi wifi wlan bluetooth bt ble nfc zigbee uwb 802 lora wifi6 wifi5 蓝牙 无线", "short range"),
}
"""Other fields, whose numbers and band letters are their own (BeiDou B1, Wi-Fi 5G)."""

NAMES = {
    **_each("aws aws-1 aws1", "aws"),
    **_each("aws-3 aws3", "aws-3"),
    **_each("egsm e-gsm", "egsm"),
    **{name: name for name in ("aws-4", "pcs", "dcs", "clr", "imt", "apt", "smr", "wcs", "cbrs", "c-band")},
}
"""Names that are bands by themselves -> their key in `frequencies`."""

GSM_NAMES = _set("egsm dcs pcs")
"""Names that are GSM's if a frequency follows and nothing else is said: `DCS1800`."""

QUAD = (850, 900, 1800, 1900)
"""What Quad-band GSM is."""

MANY = {
    **_each("quad quadband quad-band quadri quadribande quadri-bande cuatribanda 四频 四頻", 4),
    **_each("tri triband tri-band tribanda tri-bande tribande 三频 三頻", 3),
    **_each("dual dualband dual-band doppelband 双频 雙頻", 2),
}
"""Counts of bands; those without a `band` of their own need one behind them (`Quad Core` is none)."""

_ROMAN = (
    "i ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi xvii xviii xix xx xxi xxii xxiii xxiv xxv xxvi xxvii xxviii"
    " xxix xxx xxxi xxxii xxxiii xxxiv xxxv xxxvi xxxvii xxxviii xxxix xl xli"
)

ROMAN = {numeral: number for number, numeral in enumerate(_ROMAN.split(), 1)}
"""Numerals as UTRA's bands are written (TS 25.101), and E-UTRA's at times."""
