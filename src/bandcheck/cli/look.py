"""
`show`, `search`, `rule`: looking things up.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import re
import sys
from typing import Any

from bandcheck.cli import ANSWERED, CANNOT_SAY, USAGE
from bandcheck.cli.answers import catalog_of, day_of
from bandcheck.cli.rows import print_rows
from bandcheck.cli.text import Screen
from bandcheck.database.catalog import Catalog
from bandcheck.database.identify.imei import take_imeis
from bandcheck.errors import InvalidBandError, UnknownCarrierError, UnknownDeviceError
from bandcheck.matching.codes import CODES
from bandcheck.matching.plan import BEGAN
from bandcheck.model.bands import FIELD, RATS, TITLES, Band, KnownBands, Rat, numbers_in
from bandcheck.model.carrier import Carrier, Deployment
from bandcheck.model.dates import Span, say_day
from bandcheck.model.device import Device
from bandcheck.model.spectrum import OperatingBand, Relation
from bandcheck.screening.codes import SCREEN_CODES

_CHANNEL = re.compile(
    r"(?P<word>arfcn|uarfcn|earfcn|nr-?arfcn|(?:gsm|umts|lte|nr|cdma|tdscdma)\s+channel)\s*[:#]?\s*(?P<n>\d+)", re.I
)
_CHANNEL_RAT = {"arfcn": Rat.GSM, "uarfcn": Rat.UMTS, "earfcn": Rat.LTE, "nrarfcn": Rat.NR}


def show(options: argparse.Namespace) -> int:
    """
    `bandcheck show`.
    """
    text = " ".join(options.thing)
    if take_imeis(text)[1]:  # of an IMEI nothing but the TAC is said, and no error names it
        from bandcheck.cli.identify import identify

        options.text = options.thing
        return identify(options)
    catalog = catalog_of(options)
    screen = Screen(options)
    channel = _CHANNEL.fullmatch(text.strip())
    if channel is not None:
        word = channel["word"].lower().replace("-", "").split()
        rat = _CHANNEL_RAT.get(word[0]) or Rat(word[0])
        return _show_channel(catalog, rat, int(channel["n"]), options, screen)
    band = _band(text)
    if band is not None:
        if band not in catalog.spectrum:
            raise InvalidBandError(text, "a band that 3GPP or 3GPP2 defines")
        return _show_band(catalog, catalog.spectrum[band], options, screen)
    try:
        carrier = catalog.find_carrier(text)
    except UnknownCarrierError as error:
        carrier_error = error
    else:
        return _show_carrier(catalog, carrier, day_of(options), options, screen)
    try:
        found = catalog.find_device(text)
    except UnknownDeviceError as error:
        suggestions = tuple(dict.fromkeys([*error.suggestions[:3], *carrier_error.suggestions[:2]]))
        hint = f" Did you mean {' · '.join(suggestions)}?" if suggestions else ""
        if options.format == "json":
            answer = {
                "schema": "bandcheck.error/1",
                "error": "UnknownThing",
                "query": text,
                "suggestions": list(suggestions),
            }
            print(json.dumps(answer, ensure_ascii=False, indent=2))
        else:
            print(f"bandcheck: nothing answers to {text!r}.{hint}", file=sys.stderr)
        return CANNOT_SAY
    return _show_device(catalog, found[0][0], {v.key for _, v in found}, day_of(options), options, screen)


def _band(text: str) -> Band | None:
    if not re.search(r"\d|\b[IVX]+\b", text) or "/" in text:
        return None
    try:
        return Band.parse(text)
    except InvalidBandError:
        return None


def _mhz(edges: tuple[int, int] | None) -> str:
    return "none" if edges is None else f"{edges[0] / 1000:g}-{edges[1] / 1000:g} MHz"


def _show_band(catalog: Catalog, one: OperatingBand, options: argparse.Namespace, screen: Screen) -> int:
    near = _neighbours(catalog, one)
    runs = [c for c in catalog.carriers() if any(one.band in d.bands and len(d.bands) == 1 for d in c.deployments)]
    if options.format == "json":
        answer = {
            "schema": "bandcheck.band/1",
            "band": str(one.band),
            "rat": one.band.rat.value,
            "number": one.band.number,
            "names": list(one.names),
            "duplex": one.duplex,
            "uplink_khz": one.uplink_khz,
            "downlink_khz": one.downlink_khz,
            "alone": one.alone,
            "overlaps": [{"band": str(b), "relation": r.value} for b, r in near],
            "carriers": [c.id for c in runs],
        }
        print(json.dumps(answer, ensure_ascii=False, indent=2))
        return ANSWERED
    screen.line(f"{TITLES[one.band.rat]} {one.band}" if one.band.rat is Rat.LTE else str(one.band))
    screen.line()
    screen.field("Names", ", ".join(one.names) or "none recorded", 12)
    screen.field("Duplex", one.duplex.upper(), 12)
    screen.field("Uplink", _mhz(one.uplink_khz), 12)
    screen.field("Downlink", _mhz(one.downlink_khz), 12)
    screen.field("Alone", "carries service by itself" if one.alone else f"no service by itself: {one.why}", 12)
    if not one.verified:
        screen.field("Edges", "not confirmed by a second source", 12)
    for number, (band, relation) in enumerate(near):
        screen.field("Overlaps" if number == 0 else "", f"{band}: {_say_relation(one.band, relation)}", 12)
    names = ", ".join(c.name for c in runs[:12]) + (f" and {len(runs) - 12} more" if len(runs) > 12 else "")
    screen.field("Carriers", names or "none recorded", 12)
    return ANSWERED


def _neighbours(catalog: Catalog, one: OperatingBand) -> list[tuple[Band, Relation]]:
    """
    The bands that share spectrum with one.
    """
    near = ((other.band, one.relation(other)) for other in catalog.spectrum.bands.values())
    return [(band, relation) for band, relation in near if band != one.band and relation is not Relation.NONE]


def _say_relation(band: Band, relation: Relation) -> str:
    return {
        Relation.EQUAL: "the same spectrum under another number",
        Relation.SUBSET: f"holds all of {band}; with it alone only where the cell broadcasts its number",
        Relation.SUPERSET: f"lies inside {band}; with it alone only where the cell broadcasts its number",
        Relation.PARTIAL: "overlaps in part; helps only inside the overlap, where the cell broadcasts its number",
        Relation.SPACING_DIFFERS: "overlaps, but no cell can be in both: uplink and downlink lie otherwise apart",
        Relation.DOWNLINK_ONLY: "only the downlinks overlap: never one cell",
        Relation.DUPLEX_DIFFERS: "the same frequencies, paired otherwise: never one cell",
        Relation.NONE: "no overlap",
    }[relation]


def _show_channel(catalog: Catalog, rat: Rat, n: int, options: argparse.Namespace, screen: Screen) -> int:
    rows = []
    for direction in ("downlink", "uplink"):
        bands = sorted(catalog.spectrum.bands_for_channel(rat, n, direction))
        rows += [(direction, band, catalog.spectrum.frequency(rat, n, direction, band)) for band in bands]
    if options.format == "json":
        found = [
            {
                "direction": d,
                "band": str(b),
                "mhz": mhz,
                "overlaps": [
                    {"band": str(o), "relation": r.value} for o, r in _neighbours(catalog, catalog.spectrum[b])
                ],
            }
            for d, b, mhz in rows
        ]
        print(json.dumps({"schema": "bandcheck.channel/1", "rat": rat.value, "channel": n, "bands": found}, indent=2))
        return ANSWERED
    screen.line(f"{TITLES[rat]} channel {n}")
    screen.line()
    if not rows:
        mhz = catalog.spectrum.frequency(rat, n)
        screen.line(f"In no band{f'; {mhz:g} MHz on the raster' if mhz is not None else ''}.", indent=2)
    screen.table(
        ["DIRECTION", "BAND", "MHZ", "NAMES"],
        [[d, str(b), f"{mhz:g}", ", ".join(catalog.spectrum[b].names)] for d, b, mhz in rows],
    )
    for band in dict.fromkeys(b for _, b, _ in rows):
        for number, (other, relation) in enumerate(_neighbours(catalog, catalog.spectrum[band])):
            if number == 0:
                screen.line()
            screen.field(f"Near {band}" if number == 0 else "", f"{other}: {_say_relation(band, relation)}", 12)
    return ANSWERED


def _say_known(known: KnownBands, rat: Rat) -> str:
    low, high = known.at_least.numbers(rat), known.at_most.numbers(rat)
    style = "BC{}" if rat is Rat.CDMA else "{}"

    def listed(numbers: list[int]) -> str:
        return ", ".join(style.format(n) for n in numbers)

    if known.is_unknown(rat):
        return "not recorded"
    if known.is_exact(rat):
        return listed(low) or "none"
    maybe = listed([n for n in high if n not in low])
    if known.at_most.only(rat).mask and len(high) > 60:
        maybe = "any other"
    return f"{listed(low)}; possibly {maybe}" if low else f"possibly {maybe}"


def _show_device(
    catalog: Catalog, device: Device, keys: set[str], day: dt.date, options: argparse.Namespace, screen: Screen
) -> int:
    variants = [v for v in device.variants if v.key in keys]
    if options.format == "json":
        answer: dict[str, Any] = {
            "schema": "bandcheck.device/1",
            "id": device.id,
            "brand": device.brand,
            "name": device.name,
            "aliases": list(device.aliases),
            "codenames": list(device.codenames),
            "released": device.released.text if device.released else None,
            "variants": [
                {
                    "key": v.key,
                    "models": list(v.models),
                    "market": v.market or None,
                    "sold_in": list(v.sold_in),
                    "bands": {rat.value: _known_json(v.capability(day).bands, rat) for rat in RATS},
                    "trust": {rat.value: fact.trust.value for rat, fact in v.facts.items()},
                    "sources": {rat.value: list(fact.sources) for rat, fact in v.facts.items()},
                }
                for v in variants
            ],
            "conflicts": [
                {"about": c.about, "claims": [{"says": s, "sources": list(i)} for s, i in c.claims]}
                for c in device.conflicts
            ],
        }
        print(json.dumps(answer, ensure_ascii=False, indent=2))
        return ANSWERED
    also = f" ({', '.join(device.aliases)})" if device.aliases else ""
    released = f" · {device.released}" if device.released else ""
    screen.line(f"{device.full_name}{also} · {device.id}{released}")
    for variant in variants:
        screen.line()
        screen.line(
            f"{', '.join(variant.models) or variant.key}{f' · {variant.market}' if variant.market else ''}",
            indent=2,
            hang=4,
        )
        bands = variant.capability(day).bands
        for rat in RATS:
            fact = variant.facts.get(rat)
            if fact is None and rat in (Rat.CDMA, Rat.TDSCDMA):
                continue
            trust = f" [{fact.trust.value}{', merged sheet' if fact.bound else ''}]" if fact else ""
            screen.line(f"{TITLES[rat]:<10}{_say_known(bands, rat)}{trust}", indent=4, hang=14)
    for conflict in device.conflicts:
        sides = "; ".join(says for says, _ in conflict.claims)
        screen.line()
        screen.line(f"Sources disagree about {conflict.about}: {sides}.", indent=2, hang=4)
    return ANSWERED


def _known_json(known: KnownBands, rat: Rat) -> dict[str, Any] | None:
    if known.is_unknown(rat):
        return None
    unbounded = len(known.at_most.numbers(rat)) > 60
    return {"at_least": known.at_least.numbers(rat), "at_most": None if unbounded else known.at_most.numbers(rat)}


def _say_span(live: Span) -> str:
    said = [f"since {live.since}" if live.since else f"by {live.by}"] if live.since or live.by else []
    if live.after:
        said = [" ".join([*said, f"(not before {live.after})"])]
    if live.until:
        said.append(f"until {live.until}{' (announced)' if live.announced else ''}")
    if live.seen and not live.until:
        said.append(f"seen {live.seen}")
    if live.unlisted and not live.until:
        said.append(f"no longer listed {live.unlisted}")
    return ", ".join(said)


def _show_carrier(catalog: Catalog, carrier: Carrier, day: dt.date, options: argparse.Namespace, screen: Screen) -> int:
    live = [d for d in carrier.deployments if d.live.possible(day) and day >= BEGAN[d.rat]]
    hosting, stated = carrier.hosting(day)
    if options.format == "json":
        plan: dict[str, Any] = {}
        for rat in RATS:
            if rat not in carrier.recorded:
                plan[rat.value] = None
                continue
            plan[rat.value] = [
                {
                    "bands": numbers_in(rat, d.bands.mask) if d.bands.mask != FIELD[rat] else None,
                    "certain": len(d.bands) == 1 and d.live.certain(day),
                    "role": d.role,
                    "extent": d.extent,
                    "live": _say_span(d.live),
                    "trust": d.trust.value,
                    "sources": list(d.sources),
                }
                for d in live
                if d.rat is rat
            ]
        hosts = [{"carrier": n, "brand": b or None} for n, b in hosting.networks] if hosting else []
        answer = {
            "schema": "bandcheck.carrier/1",
            "id": carrier.id,
            "name": carrier.name,
            "kind": carrier.kind,
            "aliases": list(carrier.aliases),
            "plmns": list(carrier.plmns),
            "on": day.isoformat(),
            "plan": plan if carrier.kind == "network" else {},
            "hosts": hosts,
            "hosted": [mvno.id for mvno in catalog.hosted_by(carrier.id, day)],
            "policies": [
                {"name": p.name, "effect": p.effect, "says": p.says, "sources": list(p.sources)}
                for p in carrier.policies
                if p.live.possible(day)
            ],
        }
        print(json.dumps(answer, ensure_ascii=False, indent=2))
        return ANSWERED
    screen.line(f"{carrier.name} · {carrier.id} · {carrier.kind} · as of {say_day(day)}")
    if carrier.plmns:
        screen.line(f"PLMN {', '.join(carrier.plmns)}", indent=2, hang=7)
    if hosted := [mvno.name for mvno in catalog.hosted_by(carrier.id, day)]:
        names = ", ".join(hosted[:12]) + (f" and {len(hosted) - 12} more" if len(hosted) > 12 else "")
        screen.line(f"MVNOs on it, whose SIMs may carry its PLMNs: {names}", indent=2, hang=7)
    if carrier.kind == "mvno" and hosting is not None:
        for network, brand in hosting.networks:
            says = f"on {catalog.carrier(network).name}{f' as {brand}' if brand else ''}"
            screen.line(
                f"{says} (stated for {hosting.as_of}{'' if stated else ', later than asked'})", indent=2, hang=4
            )
        return ANSWERED
    for rat in RATS:
        mine = [d for d in live if d.rat is rat]
        if not mine:
            said = "off or none" if rat in carrier.recorded else "not recorded"
            if rat not in (Rat.TDSCDMA, Rat.CDMA) or rat not in carrier.recorded:
                screen.line(f"{TITLES[rat]:<10}{said}", indent=2)
            continue
        for number, deployment in enumerate(mine):
            screen.line(
                f"{TITLES[rat] if number == 0 else '':<10}".ljust(10) + _say_deployment(deployment, day),
                indent=2,
                hang=14,
            ) if number == 0 else screen.line(_say_deployment(deployment, day), indent=12, hang=14)
    for policy in carrier.policies:
        if policy.live.possible(day):
            screen.line(f"Policy ({policy.effect}): {policy.says}", indent=2, hang=4)
    return ANSWERED


def _say_deployment(deployment: Deployment, day: dt.date) -> str:
    numbers = numbers_in(deployment.rat, deployment.bands.mask)
    style = {Rat.CDMA: "BC{}", Rat.NR: "n{}"}.get(deployment.rat, "{}")
    unknown = deployment.bands.mask == FIELD[deployment.rat]
    what = "band not recorded" if unknown else " or ".join(style.format(n) for n in numbers)
    unsure = "" if len(numbers) == 1 and deployment.live.certain(day) else ", not certain"
    tags = [t for t in (deployment.role, deployment.extent) if t]
    broadcast = f", also broadcast as {deployment.mfbi}" if deployment.mfbi else ""
    role = f" ({', '.join(tags)})" if tags else ""
    return f"{what}{role}{unsure}{broadcast} · {_say_span(deployment.live)} [{deployment.trust.value}]"


def search(options: argparse.Namespace) -> int:
    """
    `bandcheck search`.
    """
    text = " ".join(options.text)
    found = catalog_of(options).search(text, limit=options.limit + _LOOK_AHEAD)
    hits, more = found[: options.limit], len(found[options.limit :])
    if options.format != "text":
        rows = [{"kind": h.kind, "id": h.id, "name": h.name, "matched": h.text, "score": h.score} for h in hits]
        print_rows(rows, options.format, {"schema": "bandcheck.search/1", "query": text, "more": more})
    elif hits:
        Screen(options).table(
            ["KIND", "NAME", "ID", "MATCHED"], [[h.kind, h.name, h.id, h.text] for h in hits], indent=0
        )
    if not hits:
        print(f"bandcheck: nothing looks like {text!r}.", file=sys.stderr)
    elif more:
        least = "at least " if more == _LOOK_AHEAD else ""
        print(
            f"bandcheck: {least}{more} more look like {text!r}; --limit {options.limit + more} shows them.",
            file=sys.stderr,
        )
    return ANSWERED if hits else CANNOT_SAY


_LOOK_AHEAD = 50  # how many beyond the limit are counted


def rule(options: argparse.Namespace) -> int:
    """
    `bandcheck rule`.
    """
    screen = Screen(options)
    codes = dict(sorted({**CODES, **SCREEN_CODES}.items()))
    wanted = [options.code.upper()] if options.code else list(codes)
    if wanted[0] not in codes:
        print(f"bandcheck: no reason code {options.code!r}. `bandcheck rule` lists them.", file=sys.stderr)
        return USAGE
    if options.format == "json":
        rows = [{"code": c, **codes[c]._asdict()} for c in wanted]
        print(json.dumps({"schema": "bandcheck.rules/1", "rules": rows}, ensure_ascii=False, indent=2))
    elif options.code:
        code = codes[wanted[0]]
        screen.line(f"{wanted[0]}  {code.title}")
        screen.line()
        screen.line(f"What it means: {code.meaning}", indent=2)
        screen.line(f"Why it matters: {code.why}", indent=2)
    else:
        screen.table(["CODE", "TITLE"], [[c, codes[c].title] for c in wanted], indent=0)
    return ANSWERED
