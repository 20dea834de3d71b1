"""
What listings claim, in the words of the languages that they come in.
"""

from __future__ import annotations

import functools
import html
import re
from collections.abc import Iterator
from types import MappingProxyType

_TAG = re.compile(r"</?[a-z][^<>\n]*>", re.I)

# "no" is "in the" in Portuguese: "funciona no 4G" denies nothing.
_DENYING = r"""
(?<!\w)(?:(?<!funciona\s)(?<!pega\s)(?<!roda\s)no|not(?![ ]only)|non|never|without|isn['’]?t|aren['’]?t|doesn['’]?t
|don['’]?t|won['’]?t|can['’]?t|cannot|lacks?|kein|keine|keinen|keiner|keines|nicht|ohne|pas|sans|sin|não|nao|sem|senza|nie|bez|не|нет|без)
(?!\w)|不是|不支持|不支援|不带|没有|未经|非|无|不
"""
_BETWEEN = r"""
(?:an?|the|any|yet|be|been|for|in|on|to|by|with|of|work|works|working|compatible|supports?|supported|sold|come|comes
|has|have|für|mit|auf|von|bei|de|en|es|para|con|com|em|avec|sur|per|su|do|для|с|на|官方|授权)(?!\w)
|(?:[2-5]\s?g|lte|volte)[^\S\n]*(?:[/&]|(?:or|and|nor|oder|und|o|ou|et|y|e|i|или|и)(?!\w))
"""
_DENIED_BEFORE = re.compile(rf"(?:{_DENYING})(?:[^\S\n]|(?<!\s)-|{_BETWEEN})*\Z", re.I | re.X)
_DENIED_AFTER = re.compile(
    r"[^\S\n]*(?:is|are|ist|wird|wird nicht)?[^\S\n]*(?:not|nicht|no|non|не)[^\S\n]+"
    r"(?:supported|available|working|possible|compatible|unterstützt|verfügbar|möglich|soportad[oa]|disponible|compatible"
    r"|supporté|supportat[oa]|поддерживается)(?!\w)|[^\S\n]*(?:unsupported(?!\w)|不支持)",
    re.I,
)
_NEAR = 60  # characters before a phrase in which a denial of it stands


class Phrases:
    """
    A pattern of what listings say. What is denied is not said: `no 4G`, `kein 5G`, `not certified by`, `5G not
    supported`, `非官方`. Tags of HTML are spaces, entities their characters; nothing reaches over the end of a line.
    """

    def __init__(self, pattern: str, stems: frozenset[str] = frozenset()) -> None:
        """
        Args:
            pattern: A regular expression, of which case does not matter.

            stems: Case-folded words of which a text has to have one, or the pattern is nowhere in it: to look for words
                takes a twentieth of the time that the pattern takes. Empty: there are no such words.
        """
        self._pattern = pattern
        self._stems = stems

    @functools.cached_property
    def pattern(self) -> re.Pattern[str]:
        """
        Compiled when the first text may have it: together they take longer than a screening of a few listings.
        """
        return re.compile(self._pattern, re.I)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """
        Every place where the text says one of them.
        """
        text = readable(text)
        folded = text.casefold()
        if self._stems and not any(stem in folded for stem in self._stems):
            return
        place = 0
        while match := self.pattern.search(text, place):
            before = text[max(0, match.start() - _NEAR) : match.start()]
            place = match.end()
            if not _DENIED_BEFORE.search(before) and not _DENIED_AFTER.match(text, place):
                yield match
            else:  # no denial goes over the end of a line, not even inside of a match
                place = text.find("\n", match.start(), place) + 1 or place

    def search(self, text: str) -> re.Match[str] | None:
        """
        The first such place; None if there is none.
        """
        return next(self.finditer(text), None)


def readable(text: str) -> str:
    """
    A text without the markup that shops export descriptions with.

    >>> readable("<p>AT&amp;T <b>certified</b></p>").split()
    ['AT&T', 'certified']
    """
    return html.unescape(_TAG.sub(" ", text)) if "<" in text or "&" in text else text


def _any(text: str) -> Phrases:
    """
    Phrases, one a line or with semicolons between. Words of letters with spaces stand alone; Chinese ones anywhere.
    """
    phrases = [" ".join(p.split()) for line in text.splitlines() for p in line.split(";") if p.strip()]
    parts = []
    for phrase in sorted(phrases, key=len, reverse=True):
        body = re.escape(phrase).replace(r"\ ", r"[\s-]+")
        parts.append(body if not phrase[0].isascii() and len(phrase) <= 6 and _cjk(phrase) else rf"(?<!\w){body}(?!\w)")
    stems = frozenset(max(phrase.casefold().split(), key=len) for phrase in phrases)
    return Phrases("|".join(parts), stems)


def _cjk(text: str) -> bool:
    return any("\u3000" <= c <= "\u9fff" for c in text)


# Chinese and Japanese set no spaces: `双卡4G手机`. They have no case either, of which `re` would look up each one's.
_LETTER = r"(?-i:[^\W\u3040-\u9fff])"
GENERATION = Phrases(
    rf"(?<!{_LETTER})(?<![.+])(?P<level>[2345])\s?g(?:[\s-]?(?:lte|nr))?"
    rf"(?!{_LETTER}|[+/]|\s*(?:[+/]|ram|rom|memory|speicher|wi-?fi|wlan|内存|运存|运行内存|闪存))"
    rf"|(?<!{_LETTER})(?P<lte>(?:td-|fdd-)?lte|volte)(?!{_LETTER}|\s*(?::|bands?\b|b\d))"
)
"""A generation; not the memory of `4G+64G` or `4G RAM`, the frequency of `5G Wi-Fi`, or the heading of `LTE B3`."""

OFFICIAL = _any("""
official; officially; authorized; authorised; authorized dealer; authorised dealer; authorized seller; official store
oficial; autorizado; offiziell; offizielle; offizieller; offizielles; autorisiert; autorisierter händler; officiel
officielle; agréé; autorisé; ufficiale; autorizzato; oficjalny; autoryzowany; официальный; официально; авторизованный
官方; 正规授权; 授权; 公式; 正規品
""")

EVERY_CARRIER = _any("""
all carriers; any carrier; every carrier; all us carriers; all networks; any network; every network; all operators
any operator; works worldwide; works anywhere; todos los operadores; todas las operadoras; todas las compañías
cualquier operador; cualquier compañía; alle netze; alle netzbetreiber; tous opérateurs; tous les opérateurs
tous réseaux; todas as operadoras; qualquer operadora; tutti gli operatori; qualsiasi operatore; wszystkie sieci
każda sieć; все операторы; всех операторов; любой оператор; 全网通; 全网络通用
""")

CERTIFIED = _any("""
carrier certified; carrier approved; network certified; network approved; certified by the carrier
approved by the carrier; certificado por el operador; homologado por el operador; vom netzbetreiber zertifiziert
certifié par l'opérateur; certificado pela operadora; homologado pela operadora; certificato dall'operatore
сертифицирован оператором; 运营商认证
""")

CERTIFYING = r"(?:certified|approved|zertifiziert|homologado|certificado|certifié|certificato)"
"""Beside a carrier's name."""

GENUINE = _any("""
genuine; authentic; 100% original; original; not fake; no fake; auténtico; original y nuevo; echt; originalware
authentique; autêntico; autentico; originale; oryginalny; оригинал; оригинальный; 正品; 真品; 原装; 正規
""")

NO_GOOGLE = _any("""
no google; no gms; without google; without gms; google not included; chinese rom; china rom; cn rom; chinese version
china version; cn version; sin google; versión china; ohne google; china-version; chinesische version; sans google
version chinoise; sem google; versão chinesa; senza google; versione cinese; bez google; wersja chińska
без google; китайская версия; 国行; 国内版; 大陆版; 中国版
""")

NO_WARRANTY = _any("""
no warranty; without warranty; international version; import; imported; grey market; gray market; sin garantía
importado; versión internacional; ohne garantie; importware; internationale version; sans garantie; importé
version internationale; sem garantia; versão internacional; senza garanzia; importato; bez gwarancji; без гарантии
水货; 港版; 无保修; 国际版
""")

USED = _any("""
refurbished; renewed; used; pre-owned; preowned; second hand; open box; reacondicionado; usado; segunda mano
gebraucht; generalüberholt; refurb; reconditionné; occasion; recondicionado; ricondizionato; usato; używany
odnowiony; восстановленный; б/у; 二手; 翻新; 中古
""")

_EUROPE = "AT BE BG CY CZ DE DK EE ES FI FR GB GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK"

_NAMES_OF = {
    "US": "us; usa; u.s.; american; united states; américaine; americana; estadounidense; amerikanische; 美国",
    "CA": "canada; canadian",
    "GB": "uk; british",
    "IN": "india; indian",
    "JP": "japan; japanese",
    "KR": "korea; korean",
    "HK": "hong kong; hk",
    "MX": "mexico; mexican",
    "BR": "brazil; brazilian",
    "AU": "australia; australian",
    _EUROPE: "eu; europe; european; europa; europäische; europea; européenne",
}

COUNTRIES = MappingProxyType(
    {name.strip(): frozenset(codes.split()) for codes, names in _NAMES_OF.items() for name in names.split(";")}
)
"""Whose version a listing says it is, and the countries of which one must be where it is sold."""

_NAMES = "|".join(re.escape(name).replace(r"\ ", r"\s") for name in sorted(COUNTRIES, key=len, reverse=True))
_VERSION = ("version", "edition", "model", "variant", "spec", "versión", "versão", "versione", "ausführung")
VERSION_OF = Phrases(
    rf"(?<!\w)(?P<name>{_NAMES})[\s-]*(?:{'|'.join(_VERSION)})(?!\w)"
    rf"|(?<!\w)(?:versión|versão|versione|version)[\s-]+(?P<after>{_NAMES})(?!\w)|(?P<us>美版)|(?P<eu>欧版)|(?P<jp>日版)|(?P<kr>韩版)",
    frozenset((*_VERSION, "美版", "欧版", "日版", "韩版")),
)
SHORT_VERSIONS = MappingProxyType({"us": "us", "eu": "eu", "jp": "japan", "kr": "korea"})

GLOBAL = _any("""
global version; global edition; global rom; world version; versión global; globale version; version globale
versão global; versione globale; wersja globalna; глобальная версия; 全球版
""")
