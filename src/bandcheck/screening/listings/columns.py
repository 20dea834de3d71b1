"""
Which column of a catalogue is what, by its name in the languages that catalogues come in.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from bandcheck.errors import FileUnusableError

_NAMES: dict[str, str] = {
    # field: names, the likeliest first; where two columns answer, the earlier name wins
    "title": """
        title; listing title; product title; item title; product name; name; item name; listing; product; item;
        titel; produkttitel; produktname; artikelbezeichnung; bezeichnung; artikel; titre; nom du produit; nom; produit;
        título; nombre del producto; nombre; producto; título do anúncio; nome do produto; nome; produto; titolo;
        prodotto; tytuł; nazwa; nazwa produktu; название; наименование; заголовок; товар; 标题; 商品标题;
        商品名称; 产品名称; 名称; 商品; 商品名; タイトル; 상품명""",
    "brand": """
        brand; brand name; manufacturer; maker; make; vendor brand; product brand; marke; hersteller; marque;
        fabricant; marca; fabricante; produttore; marka; producent; бренд; марка; производитель; 品牌; 厂商;
        ブランド; メーカー; 브랜드""",
    "model": """
        model; model name; device; device name; phone; handset; modell; modellname; modèle; modelo; nombre del modelo;
        modello; nazwa modelu; модель; 型号名称; 机型; 機種; 모델""",
    "model_number": """
        model number; model no; model code; mpn; google shopping mpn; manufacturer part number; part number;
        modellnummer; herstellernummer; numéro de modèle; référence fabricant; número de modelo; codice modello;
        numero modello; numer modelu; номер модели; код производителя; 型号; 产品型号; 型番; 모델번호""",
    "sku": """
        sku; variant sku; custom label sku; seller sku; listing id; item id; product id; offer id; asin; id;
        artikelnummer; référence; referencia; código; codice; kod; артикул; 货号; 编号; 商品编号""",
    "price": """
        price; sale price; variant price; start price; buy it now price; price amount; price value; unit price;
        amount; mrp; preis; verkaufspreis; prix; precio; preço; prezzo; cena; цена; 价格; 售价; 価格; 가격""",
    "currency": """
        currency; currency code; price currency; währung; devise; moneda; moeda; valuta; waluta; валюта; 币种; 货币;
        通貨""",
    "seller": """
        seller; sold by; merchant; vendor; shop; store; seller name; verkäufer; händler; anbieter; vendeur; vendedor;
        venditore; sprzedawca; продавец; магазин; 卖家; 店铺; 销售方; 販売元; 판매자""",
    "fulfiller": """
        fulfiller; fulfilled by; fulfilment; fulfillment; shipper; shipped by; versand durch; expédié par; enviado por;
        spedito da; wysyłka; отправитель; 发货方; 配送方; 出荷元""",
    "ships_from": "ships from; ship from; origin; versand aus; expédié de; envío desde; envio de; отправка из; 发货地",
    "condition": """
        condition; item condition; google shopping condition; state; zustand; état; estado; condizione; stan;
        состояние; 成色; 新旧; 状態""",
    "description": """
        description; product description; body html; short description; item description; details;
        bullet points; claims; features; beschreibung; produktbeschreibung; description du produit; descripción;
        descrição; descrizione; opis; описание; 描述; 商品描述; 详情; 説明; 설명""",
    "fcc_id": "fcc id; fccid; fcc; fcc number; fcc-nummer; fcc编号; fcc认证",
    "market": """
        market; region; version; variant; edition; country version; markt; variante; région; versión; mercado; região;
        regione; wersja; регион; версия; 版本; 地区; 市场; 地域""",
    "bands": """
        bands; frequency bands; network bands; lte bands; cellular band; cellular bands; frequencies; networks;
        network; frequenzbänder; bänder; netze; bandes; fréquences; bandas; frecuencias; frequências; bande;
        frequenze; pasma; częstotliwości; диапазоны; частоты; 频段; 网络频段; 网络制式; 対応バンド; 대역""",
    "note": """
        note; notes; comment; remark; remarks; bemerkung; notiz; remarque; nota; observación; uwagi; примечание;
        备注""",
    "carrier": "carrier",
    "on": "on",
}

FIELDS = tuple(_NAMES)
"""The fields of a listing that a column can hold; `on` is the day."""

NAMING = ("title", "model", "model_number")
"""A listing has at least one of these, or nobody could say which phone it is."""

MOST_COLUMNS = 1000

_SHOPIFY = "bodyhtml"  # a column that its exports alone have; there the vendor is the brand


def _key(name: str) -> str:
    """
    A column's name without case, accents, spaces and punctuation.
    """
    plain = unicodedata.normalize("NFKD", name.strip().casefold())
    return "".join(c for c in plain if c.isalnum())


def _keys(name: str) -> list[str]:
    """
    What a column may be known by, the likeliest first. eBay puts `C:` before item specifics. Of an object in an object,
    `offer.seller.name`, the whole path, then its last two parts; where the last is a language, `title.en`, what it is
    of.
    """
    parts = re.sub("^c:", "", name, flags=re.I).split(".")
    of = [parts[:-1]] if len(parts[-1]) == 2 else []
    return list(dict.fromkeys(_key("".join(some)) for some in (parts, parts[-2:], *of)))


_PLACES = {field: {_key(name): i for i, name in enumerate(names.split(";"))} for field, names in _NAMES.items()}


class Columns(NamedTuple):
    """
    Which column is what.

    Attributes:
        names: Every column, in order.

        places: The column of each field that there is.

        unused: Names of columns that hold no field.
    """

    names: tuple[str, ...]
    places: Mapping[str, int]
    unused: tuple[str, ...]


def recognise(names: Sequence[str], given: Mapping[str, str], path: str, ask: bool = False) -> Columns:
    """
    Find the columns of the fields of a listing.

    Args:
        names: The header.

        given: Columns by field, from whoever knows better; these win.

        path: What errors call the file.

        ask: The question names a carrier: a column called `carrier` is then what the phone is locked to or the like,
            and counts only where `given` says so. Likewise `on`.

    Raises:
        FileUnusableError: A column or field that is not there, the same name twice, too many columns, or nothing that
            names a phone.
    """
    names = tuple(name.strip() for name in names)
    _check(names, path)
    places: dict[str, int] = {}
    for field, name in given.items():
        if field not in _NAMES:
            raise FileUnusableError(path, f"{field!r} is no field of a listing. Map one of: {', '.join(FIELDS)}.")
        if name not in names:
            raise FileUnusableError(path, f"there is no column {name!r} for {field}. {_seen(names)}")
        places[field] = names.index(name)
    taken = set(places.values())
    keys = [_keys(name) for name in names]
    brands = {"vendor"} if any(_SHOPIFY in found for found in keys) else set()
    for field in FIELDS:
        if field in places or (ask and field in ("carrier", "on")):
            continue
        ranks = {**_PLACES[field], **({key: len(names) for key in brands} if field == "brand" else {})}
        found = [
            (nth, ranks[key], place)
            for place, tries in enumerate(keys)
            if place not in taken
            for nth, key in enumerate(tries)
            if key in ranks
        ]
        if found:
            places[field] = min(found)[2]
            taken.add(places[field])
    if not any(field in places for field in NAMING):
        hint = "Say which column names the phone: --map title=COLUMN."
        raise FileUnusableError(path, f"no column with a title, model or model number. {_seen(names)} {hint}")
    return Columns(names, places, tuple(name for place, name in enumerate(names) if place not in taken))


def _check(names: tuple[str, ...], path: str) -> None:
    if len(names) > MOST_COLUMNS:
        why = f"{len(names):,} columns; a list of listings has at most {MOST_COLUMNS:,}. Check the separator."
        raise FileUnusableError(path, why)
    for name in names:
        if name and names.count(name) > 1:
            why = f"the column {name!r} is there {names.count(name)} times. Rename or remove all but one."
            raise FileUnusableError(path, why)


def _seen(names: Sequence[str]) -> str:
    shown = [shorten(name, 40) for name in names[:12] if name]
    more = f" and {len(names) - 12} more" if len(names) > 12 else ""
    return f"The columns are: {', '.join(shown) or 'without names'}{more}."


def shorten(text: str, most: int) -> str:
    """
    A text of a file for a message: printable characters alone, and not too many.
    """
    plain = re.sub(r"\s+", " ", "".join(c if c.isprintable() else " " for c in text)).strip()
    return plain if len(plain) <= most else f"{plain[: most - 1]}…"
