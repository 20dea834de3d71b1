"""
Android's list of carriers: which PLMNs are one operator's, what else it is called, and who sells on it. It knows
identities, no bands: it adds to networks that are known, and virtual operators whose network it tells.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from bandcheck.database.importers.aosp.identities import Identity, read_identities
from bandcheck.database.importers.frame import Imported, Importer, Known, KnownCarrier
from bandcheck.database.importers.networks.identity import short, slug
from bandcheck.database.names import name_key

RULES = {
    "no-network": "An identity none of whose PLMNs is a known network's: left out, as it brings no bands.",
    "plmn": "A PLMN that Android takes for an operator's by itself: added to the network that owns the others.",
    "name": "Another name of a known network: added, where it is nobody else's.",
    "nothing-new": "An identity of a known network that brings no PLMN and no name.",
    "name-taken": "A name that another carrier answers to: not added.",
    "virtual": "An identity on another's PLMN, told by more than the PLMN: a virtual operator, hosted by the owner.",
    "several-hosts": "A virtual operator whose PLMNs are several networks' of one country: all are hosts.",
    "known-virtual": "A virtual operator that is known already: left as it is.",
    "several-countries": "A SIM for several countries, of devices or travellers: left out, as it is at home in none.",
    "part": "An identity that Android files under another one: a part of that carrier, left out.",
    "not-told-apart": "An identity on a network's PLMNs under another name: the operator or a reseller, who knows.",
    "not-for-phones": "A test, private or machine identity: left out.",
}

_SOURCE = "aosp-carriers"
_SPEAKABLE = re.compile(r"(?!.*\bdba\b)\w[\w&'.+! -]*")
"""Names as people say them; several in one, or with remarks in brackets, are none."""

_COMMON = frozenset((
    "telecom", "telekom", "telecommunications", "communications", "mobile", "mobil", "wireless", "cellular", "cable",
    "telephone", "company", "the", "and", "group", "network", "networks", "gsm", "services", "limited", "corporation",
    "partnership",
))  # fmt: skip
"""Words that many operators share."""

_ROLLOUTS = {134217771: "2025-03-14"}
"""When Android rolled a version of its list out; the file does not say. A version that is not here counts as the newest
of these: whom it lists as a seller was one then or later."""

_NO_PHONES = re.compile(
    r"\b(?:test|lab|private|iot|m2m|onstar|naas|cbrs|roaming|emergency|fwa|telematics?|smart ?meter|unknown|"
    r"your provider|mvnos?|wholesale|internal|business|reserved|kore|plintron)\b",
    re.I,
)


def read(paths: Sequence[Path], known: Known) -> Imported:
    """
    What Android's list adds to known carriers.
    """
    identities, unread, version = read_identities(paths[0])
    snapshot = _ROLLOUTS.get(version, max(_ROLLOUTS.values()))
    found = Imported(snapshot, read=len(identities) + len(unread))
    for entry in unread:
        found.refuse(entry.number, entry.came, entry.why)
    world = _World(known)
    claims = _claims(identities, world)
    plmns: dict[str, set[str]] = defaultdict(set)
    aliases: dict[str, list[str]] = defaultdict(list)
    sellers: dict[str, dict[str, Any]] = {}
    for identity in identities:
        why = _left_out(identity, world)
        if why is None:
            owner = claims.get(identity.id)
            if owner is not None:
                why = _enrich(identity, world.networks[owner], world, plmns, aliases, found.rules)
            else:
                why = _sell(identity, claims, world, sellers, found.rules, snapshot)
        if why is None:
            found.taken += 1
        else:
            found.rules[why] += 1
            found.refuse(identity.number, identity.name, f"rule {why}")
    found.files = _files(world, plmns, aliases, sellers, snapshot)
    return found


class _World:
    """
    What is known, by the keys that identities are met by.
    """

    def __init__(self, known: Known) -> None:
        self.networks = {c.id: c for c in known.carriers.values() if c.kind == "network"}
        self.owner: dict[str, str] = {}
        for carrier in self.networks.values():
            for plmn in carrier.plmns:
                self.owner.setdefault(plmn, carrier.id)
        self.names = {name_key(name): c.id for c in known.carriers.values() for name in (c.name, *c.aliases)}
        self.ids = set(known.carriers)
        self.mvnos = {c.id for c in known.carriers.values() if c.kind == "mvno"}
        self.heads: dict[str, set[str]] = defaultdict(set)
        for carrier in known.carriers.values():
            for name in (carrier.name, *carrier.aliases, carrier.id.partition("/")[2].replace("-", " ")):
                words = name.split()
                for count in range(len(words)):
                    self.heads[name_key(" ".join(words[: count + 1]))].add(carrier.id)
        self.digits = {plmn.replace("-", ""): plmn for plmn in self.owner}
        self.lengths: dict[str, set[int]] = defaultdict(set)
        self.countries: dict[str, Counter[str]] = defaultdict(Counter)
        for plmn, owner in self.owner.items():
            self.lengths[plmn[:3]].add(len(plmn) - 4)
            self.countries[plmn[:3]][owner.partition("/")[0]] += 1

    def free(self, name: str, carrier: str) -> bool:
        """
        Whether a name may be a carrier's: no other is called so, nor begins its name so (`Vodafone` is nobody's).
        """
        key = name_key(name)
        return len(key) > 2 and self.names.get(key, carrier) == carrier and self.heads.get(key, set()) <= {carrier}

    def owners(self, plmns: frozenset[str]) -> Counter[str]:
        """
        How many of some PLMNs each network owns.
        """
        return Counter(self.owner[self.digits[p]] for p in plmns if p in self.digits)

    def country(self, digits: str) -> str:
        """
        The country of most known networks under an MCC; empty if none is known.
        """
        counted = self.countries.get(digits[:3])
        return min(counted, key=lambda c: (-counted[c], c)) if counted else ""


def _bare(name: str) -> str:
    """
    A name without the country that Android tells it apart by: `T-Mobile - US`.
    """
    return re.sub(r"\s*(?: - |\()[A-Z][A-Za-z ]{1,20}\)?$", "", name).strip()


def _left_out(identity: Identity, world: _World) -> str | None:
    """
    The rule by which an identity is left out whatever it says; None if it is read.
    """
    if identity.parent is not None:
        return "part"
    if _NO_PHONES.search(identity.name):
        return "not-for-phones"
    everywhere = identity.plain | identity.narrowed
    if not world.owners(everywhere):
        return "no-network"
    return "several-countries" if len({world.country(p) for p in everywhere} - {""}) > 1 else None


def _claims(identities: Sequence[Identity], world: _World) -> dict[int, str]:
    """
    Which network each identity is, by Android's number: that which owns its PLMNs and is called so; else the one that
    owns those which need nothing else on the SIM, if nobody else is it.
    """
    claims: dict[int, str] = {}
    for identity in identities:
        if _left_out(identity, world) is not None:
            continue
        owners = world.owners(identity.plain | identity.narrowed)
        named = [o for o in owners if _is_called(world.networks[o], identity.name)]
        if named:
            claims[identity.id] = min(named, key=lambda o: (-owners[o], o))
    taken = set(claims.values())
    for identity in identities:
        owners = world.owners(identity.plain)
        if identity.id not in claims and len(owners) == 1 and _left_out(identity, world) is None:
            (owner,) = owners
            if owner not in taken:
                claims[identity.id] = owner
                taken.add(owner)
    return claims


def _is_called(carrier: KnownCarrier, name: str) -> bool:
    keys = {name_key(name), name_key(_bare(name))}
    return bool(keys & {name_key(n) for n in (carrier.name, *carrier.aliases, carrier.id.partition("/")[2])})


def _alike(name: str, carrier: KnownCarrier) -> bool:
    """
    Whether a name may be another way to write a carrier's: it has a word of it, or nearly all of its letters. A PLMN's
    former owner is called otherwise.
    """
    words = {word for word in re.findall(r"\w{3,}", name.lower()) if word not in _COMMON}
    for own in (carrier.name, *carrier.aliases):
        if words & {word for word in re.findall(r"\w{3,}", own.lower()) if word not in _COMMON}:
            return True
        if SequenceMatcher(None, name_key(name), name_key(own)).ratio() > 0.75:
            return True
    return False


def _enrich(
    identity: Identity,
    carrier: KnownCarrier,
    world: _World,
    plmns: dict[str, set[str]],
    aliases: dict[str, list[str]],
    rules: Counter[str],
) -> str | None:
    """
    Add an identity's PLMNs and name to a known network. Returns the rule by which nothing was added, or None.
    """
    before = len(plmns[carrier.id]) + len(aliases[carrier.id])
    for digits in sorted(identity.plain):
        plmn = f"{digits[:3]}-{digits[3:]}"
        fits = len(digits) - 3 in world.lengths[digits[:3]] and world.country(digits) == carrier.country
        if fits and plmn not in world.owner and f"{plmn}0" not in world.owner:
            world.owner[plmn] = carrier.id
            plmns[carrier.id].add(plmn)
            rules["plmn"] += 1
    name = short(_bare(identity.name))
    key = name_key(name)
    held = {name_key(n) for n in (carrier.name, *carrier.aliases, *aliases[carrier.id])}
    if key not in held and _SPEAKABLE.fullmatch(name) and _alike(name, carrier):
        if world.free(name, carrier.id):
            world.names[key] = carrier.id
            aliases[carrier.id].append(name)
            rules["name"] += 1
        else:
            rules["name-taken"] += 1
    return None if len(plmns[carrier.id]) + len(aliases[carrier.id]) > before else "nothing-new"


def _sell(
    identity: Identity,
    claims: Mapping[int, str],
    world: _World,
    sellers: dict[str, dict[str, Any]],
    rules: Counter[str],
    snapshot: str,
) -> str | None:
    """
    Add an identity as a virtual operator. Returns the rule by which it was not, or None.
    """
    hosts = world.owners(identity.narrowed)
    if identity.plain or not hosts or not set(hosts) & set(claims.values()):
        return "not-told-apart"
    country = world.country(min(identity.narrowed))
    name = _bare(identity.name)
    if any(_alike(name, world.networks[host]) for host in hosts):
        return "not-told-apart"
    choices = [name, f"{name} {country.upper()}"]
    holder = next((world.names[k] for k in map(name_key, choices) if k in world.names), None)
    carrier_id = f"{country}/{slug(name)}"
    if carrier_id in world.ids or (holder is not None and holder.startswith(f"{country}/")):
        return "known-virtual" if holder in world.mvnos or carrier_id in world.mvnos else "name-taken"
    called = next((n for n in choices if world.free(n, carrier_id)), None)
    if called is None or not slug(name):
        return "name-taken"
    world.names[name_key(called)] = carrier_id
    world.ids.add(carrier_id)
    rules["virtual"] += 1
    rules["several-hosts"] += len(hosts) > 1
    sellers[carrier_id] = {
        "name": called,
        "kind": "mvno",
        "hosts": [{"as_of": snapshot, "partial": True, "networks": sorted(hosts), "sources": [_SOURCE]}],
    }
    return None


def _files(
    world: _World,
    plmns: Mapping[str, set[str]],
    aliases: Mapping[str, list[str]],
    sellers: Mapping[str, dict[str, Any]],
    snapshot: str,
) -> dict[str, dict[str, Any]]:
    carriers = dict(sellers)
    for carrier_id in sorted({*plmns, *aliases}):
        if plmns.get(carrier_id) or aliases.get(carrier_id):
            carriers[carrier_id] = {
                "name": world.networks[carrier_id].name,
                "kind": "network",
                **({"aliases": aliases[carrier_id]} if aliases.get(carrier_id) else {}),
                **({"plmns": sorted(plmns[carrier_id])} if plmns.get(carrier_id) else {}),
                "plan": {},
            }
    files: dict[str, dict[str, Any]] = defaultdict(lambda: {"carriers": {}})
    for carrier_id, record in sorted(carriers.items()):
        files[f"{carrier_id.partition('/')[0]}.yaml"]["carriers"][carrier_id] = record
    source = {
        "kind": "code",
        "title": "Android: list of carrier identities",
        "url": "https://android.googlesource.com/platform/packages/providers/TelephonyProvider/",
        "date": snapshot,
    }
    return {**files, "sources.yaml": {"sources": {_SOURCE: source}}}


IMPORTER = Importer(
    name="aosp",
    about="PLMNs, names and virtual operators from Android's list of carriers",
    files=("carrier_list.textpb",),
    rules=RULES,
    read=read,
)
