"""
What listings claim, in the words of the languages that they come in.
"""

from __future__ import annotations

import re
from types import MappingProxyType


def _any(text: str) -> re.Pattern[str]:
    """
    A pattern of phrases, one a line or with semicolons between. Words of letters with spaces stand alone; Chinese ones
    anywhere.
    """
    phrases = [" ".join(p.split()) for line in text.splitlines() for p in line.split(";") if p.strip()]
    parts = []
    for phrase in sorted(phrases, key=len, reverse=True):
        body = re.escape(phrase).replace(r"\ ", r"[\s-]+")
        parts.append(body if not phrase[0].isascii() and len(phrase) <= 6 and _cjk(phrase) else rf"(?<!\w){body}(?!\w)")
    return re.compile("|".join(parts), re.I)


def _cjk(text: str) -> bool:
    return any("\u3000" <= c <= "\u9fff" for c in text)


GENERATION = re.compile(
    r"(?<![\w.+])(?P<level>[2345])\s?g(?:[\s-]?(?:lte|nr))?(?![\w+/]|\s*(?:[+/]|ram|rom|wi-?fi|wlan))|(?<!\w)(?P<lte>(?:td-|fdd-)?lte|volte)(?!\w|\s*(?::|bands?\b|b\d))",
    re.I,
)
"""A generation; not the memory of `4G+64G` or `4G RAM`, the frequency of `5G Wi-Fi`, or the
heading of `LTE B3`."""

OFFICIAL = _any("""
official; officially; authorized; authorised; authorized dealer; authorised dealer; authorized seller; official store
oficial; autorizado; offiziell; autorisiert; autorisierter händler; officiel; officielle; agréé; autorisé; ufficiale
autorizzato; oficjalny; autoryzowany; официальный; официально; авторизованный; 官方; 正规授权; 授权; 公式; 正規品
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
VERSION_OF = re.compile(
    rf"(?<!\w)(?P<name>{_NAMES})[\s-]*(?:version|edition|model|variant|spec|versión|versão|versione|ausführung)(?!\w)"
    rf"|(?<!\w)(?:versión|versão|versione|version)[\s-]+(?P<after>{_NAMES})(?!\w)|(?P<us>美版)|(?P<eu>欧版)|(?P<jp>日版)|(?P<kr>韩版)",
    re.I,
)
SHORT_VERSIONS = MappingProxyType({"us": "us", "eu": "eu", "jp": "japan", "kr": "korea"})

GLOBAL = _any("""
global version; global edition; global rom; world version; versión global; globale version; version globale
versão global; versione globale; wersja globalna; глобальная версия; 全球版
""")
