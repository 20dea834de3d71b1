"""
The words of listings: what says "this is a part, not a phone", what stands between, what changes a name.

Single words without case and accents, as `title.tokens` gives them; English, German, French, Spanish, Portuguese,
Italian, Polish and Russian. Chinese has no spaces, so its words are looked for in the text as it stands.
"""

from __future__ import annotations

import re
from types import MappingProxyType

from bandcheck.database.identify.title import fold


def _words(text: str) -> frozenset[str]:
    return frozenset(fold(word) for word in text.split())


ACCESSORIES = _words("""
accessories accessory adapter adapters adaptor airpods armband attrappe backcover bezel bumper bumpers cable
cables capa capas capinha carcaca carcasa carcasas cardboard cargador cargadores caricabatterie caricatore
carregador carrying case cases charger chargers chargeur charging clip coque coques cover covers cradle custodia
custodie decal digitiser digitizer displayglas displayschutz dock docking dummy earbud earbuds earphone
earphones earpiece earpods ersatzakku etui faceplate fake film flex flipcover folie folio funda fundas gehause
glassprotector grip handyhulle handyschale handytasche headphone headphones headset holder holders holster
housing huelle hulle hullen kabel kickstand klebefolie kopfhorer ladegerat ladekabel lanyard lightning magsafe
mica micas midframe mount mounts nakladka ochranne ochronne oprawa otg panzerfolie panzerglas parts pelicula
peliculas pellicola pokrowiec popsocket pouch powerbank protection protective protector protectores protectors
protege protetor repair repairs reparacion reparation reparatur replacement replica ricambio rubber schale
schutzfolie schutzglas schutzhulle selfie shell shield silicone silikon skin skins sleeve socket sparepart
sticker stickers strap straps stylus supporto szklo szkło słuchawki tasche tempered tpu trempe tripod verre
vetro vidrio vitre wallet wandhalterung wristband zubehor ładowarka акб аккумулятор бампер держатель дисплей
запчасти зарядка зарядное защитное кабель книжка корпус крышка накладка наушники пленка ремонт стекло тачскрин
чехла чехлы чехол шлеиф шлейф
""")
"""A title with one of these sells something for a phone, unless it comes along with the phone (`EXTRAS`)."""

PARTS = _words("""
accu adhesive akku amoled antenna assembly back backlight backplate bateria batteria batterie battery bildschirm
board button buttons camera cameras connector cushion display door ecran frame front glas glass jack keyboard
keypad lcd lens logic mainboard microphone motherboard oled panel pantalla pen plate port schermo screen speaker
tela touchscreen tray vibrator visor wyswietlacz батарея динамик камера модуль плата экран
""")
"""Parts that spec lines of real phones name too: they count where nothing says that a phone is sold."""

SPECS = _words("""
dual fhd hd inch inches ips mah megapixel megapixels mp mpix mpx qhd quad retina tft triple uhd vga zoll
""")
"""Before a part, they make a line of a spec sheet of it: "dual camera"."""

OTHER_THINGS = _words("""
camcorder cartridge chromebook console cpu dishwasher drone dryer dslr fernseher freezer fridge gefrierkombi
imac kombi kuhlkombi kuhlschrank laptop macbook microwave monitor motherboards notebook oven playstation printer
processor projector refrigerator router soundbar speakers television televisor toner toothbrush tv vacuum
waschmaschine washer washing xbox ноутбук телевизор
""")
"""Things that are no phone, under brands that make phones too."""

AIMED = _words("""
adapte als come comme como compatibile compatible compatibles convient dla fit fits fitting for fuer fur
geeignet jak kompatibel kompatybilny like para passend per pour similar suits versus voor vs wie для как под
совместим совместимый
""")
"""Before a phone's name: the thing is for that phone, or like it."""

EXTRAS = _words("""
and avec bez bonus brinde bundle bundled com compreso con e et extra extras free gift gifts gratis gratisowy i
inc incl included includes including inclui incluido inclus incluso incluye inkl inklusive mit no offert ohne
oraz plus regalo samt sans sem senza sin und w with without y z без и подарок с со
""")
"""Before an accessory: it comes along with the phone."""

PHONE_SIGNS = _words("""
cell cellphone cellulare celular debloque desbloqueado handy komorka liberado libre mobilephone mobiltelefon
pixels prepaid refurb refurbished renewed sealed simfree simlock smartfon smartfony smartphone smartphones
telefon telefonia telefono telemovel unbranded unlocked смартфон телефон
""")
"""What is said of a phone, seldom of a part of one; so is a storage size."""

FILLERS = _words("""
4g android brand cell cellphone cellulare celular dual electronics europe genuine handy inc lte mobile
mobiltelefon movil neu neuf new novo nowy nuevo original phone phones sim smartphone smartphones telefon
telefono the unbranded unlocked новыи смартфон телефон
""")
"""What may stand between a brand and a name."""

NOISE = _words("""
bialy bianco black blanc blanco blue bronze brown clean coral czarny fast free global gold good grade graphite
gray great green grey locked midnight mint negro nero noir ocean octa orange pearl pink preto purple quad ready
rose schwarz scratch silver space super used violet weiss white yellow
""")
"""Colours and praise, which are no misspelt names."""

SUFFIXES = _words("""
active advance air alpha athlete b beam c champ chat classic compact core cruise d deluxe edge elite emerge evo
explorer express extreme fame fe fit flex flip fold fusion g gaming go grand gt hybrid icon j join joy jr junior
k kids l legend life lite live luna m mach master max mega mini mix music n neo next note nxt p pad perx play
plus pop porsche power premier prime pro pure q quest r racing reach royale s se selfie shine shot slim special
sport sports star style stylus supreme t tab trend turbo u ultimate ultra v view vita watch wide x xcover xl
young youth z zero zoom
""")
"""
After a phone's name they make another phone of it. Where the data has that phone, its longer name is found; where it
has not, the shorter one must not pass for it.
"""

UNITS = _words("""
cali cm core cores eur gb gbp gbps ghz gib go hz inch inches kg khz mah mb mbps megapixel megapixels mhz mib mm
month months mp mpix mpx nd pack pcs polegadas pollici pouces pulgadas rd st tb th usd wh year years zoll гб
дюима дюимов дюйм мб мп
""")
"""After a number, they make it a measure."""

STORAGE = frozenset({"16", "32", "64", "128", "256", "512", "1024"})
"""Gigabytes, often written bare."""

JOINERS = _words("and und y et e i or oder o ou и или")
"""Between the members of a list."""

EDITION_WORDS = _words("version edition variant model variante versione versao wersja версия")

LINES = MappingProxyType(
    {
        "iphone": "apple",
        "ipad": "apple",
        "galaxy": "samsung",
        "mi": "xiaomi",
        "redmi": "xiaomi",
        "hongmi": "xiaomi",
        "红": "xiaomi",
        "小": "xiaomi",
        "poco": "xiaomi",
        "pocophone": "xiaomi",
        "xperia": "sony",
        "lumia": "nokia",
        "pixel": "google",
        "nexus": "",
        "zenfone": "asus",
        "moto": "motorola",
        "oneplus": "oneplus",
        "realme": "realme",
        "honor": "honor",
        "blackberry": "blackberry",
        "droid": "motorola",
        "narzo": "realme",
        "ascend": "huawei",
    }
)
"""
Product lines that everybody knows the maker of: a name that begins with one stands without its brand. Empty where
several makers share it.
"""

ELIDED = MappingProxyType(
    {
        "samsung": ("galaxy",),
        "sony": ("xperia",),
        "nokia": ("lumia",),
        "microsoft": ("lumia",),
        "motorola": ("moto",),
        "asus": ("zenfone",),
        "lg": ("optimus",),
        "huawei": ("ascend",),
        "google": ("pixel",),
        "apple": ("iphone",),
    }
)
"""Lines that people leave out after the brand: "Samsung S7"."""

BRAND_NAMES = MappingProxyType(
    {
        "三星": "samsung",
        "小米": "xiaomi",
        "红米": "xiaomi",
        "华为": "huawei",
        "荣耀": "honor",
        "魅族": "meizu",
        "苹果": "apple",
        "一加": "oneplus",
        "中兴": "zte",
        "联想": "lenovo",
        "самсунг": "samsung",
        "ксиаоми": "xiaomi",
        "хуавеи": "huawei",
        "сони": "sony",
        "нокиа": "nokia",
        "hewlettpackard": "hp",
        "sonyericsson": "sony",
        "rim": "blackberry",
    }
)
"""Brands in other scripts and words, beside their ids."""

_KIN = (
    ("xiaomi", "redmi", "poco", "black-shark"),
    ("huawei", "honor"),
    ("nokia", "microsoft", "hmd"),
    ("motorola", "lenovo"),
    ("sony", "sony-ericsson"),
    ("zte", "nubia"),
    ("alcatel", "tcl"),
    *(("google", maker) for maker in ("htc", "lg", "huawei", "samsung", "asus", "motorola")),  # Nexus, Pixel
)

KIN = MappingProxyType(
    {brand: frozenset().union(*(group for group in _KIN if brand in group)) for group in _KIN for brand in group}
)
"""Brands whose names stand together on one phone: owner and daughter, maker and commissioner."""

CARRIER_BRANDS = _words("att t-mobile verizon sprint orange vodafone o2 telstra ee three docomo kddi telenor")
"""Brands of phones that are carriers in most titles."""

ORDINARY_BRANDS = _words("cat nothing sharp yes sky one plum energizer figo star smart gigabyte")
"""Brands that are ordinary words: found elsewhere than before a name they mean nothing."""

CJK_ACCESSORY = re.compile(
    "壳|保护套|手机套|皮套|贴膜|钢化膜|保护膜|膜|电池|充电|数据线|屏幕总成|屏幕|后盖|支架|耳机|配件"
)
CJK_AIMED = re.compile("适用|适合|专用|兼容|通用")
CJK_EXTRA = re.compile("[送赠含带加]")
CJK_PHONE = re.compile("手机|全网通|双卡|移动|联通|电信|版")
