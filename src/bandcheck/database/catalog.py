"""
Looking things up: phones and carriers by any of their names, sources, operating bands.
"""

from __future__ import annotations

import datetime as dt
import functools
import json
import sqlite3
from collections.abc import Iterator, Sequence
from os import PathLike, fspath
from typing import TYPE_CHECKING, Any

from bandcheck.database import index
from bandcheck.database.names import name_key
from bandcheck.database.packing import unpacked
from bandcheck.database.records import carrier_of, device_of, overlaps_of, source_of
from bandcheck.errors import UnknownCarrierError, UnknownDeviceError
from bandcheck.matching.plan import Timetable
from bandcheck.model.carrier import Carrier
from bandcheck.model.device import Device, Variant
from bandcheck.model.overlaps import Overlaps
from bandcheck.model.sources import Source

if TYPE_CHECKING:
    from bandcheck.database.identify.identifier import Identifier
    from bandcheck.database.phones import Phones
    from bandcheck.database.planes import PhonePlanes
    from bandcheck.database.search import Hit
    from bandcheck.model.spectrum import Spectrum
    from bandcheck.model.statement import Statement


class Catalog:
    """
    The database, open for reading. Make one with `Catalog.open`.

    Attributes:
        sources: Sources by id.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.sources = Sources(connection)
        self._connection = connection
        self._devices: dict[str, Device] = {}
        self._timetables: dict[str, Timetable] = {}

    @classmethod
    def open(cls, path: str | PathLike[str] | None = None, overlays: Sequence[str | PathLike[str]] = ()) -> Catalog:
        """
        Open the database.

        Args:
            path: A compiled index, or a data folder; None for the one that bandcheck comes with.

            overlays: Your own facts, as YAML files or folders laid out like `bands/`; later ones win over earlier
                ones, and all over the database.

        Raises:
            IndexUnusableError: The index is missing, damaged or of another version.

            DataError: A data folder or overlay has problems; all of them.
        """
        connection = index.open_default() if path is None else index.open_path(fspath(path))
        if overlays:
            from bandcheck.database.overlay import overlaid

            connection = overlaid(connection, [fspath(o) for o in overlays])
        return cls(connection)

    @functools.cached_property
    def version(self) -> str:
        """
        The data version: the same facts have the same one.
        """
        (version,) = self._connection.execute("SELECT value FROM meta WHERE key = 'data_version'").fetchone()
        return str(version)

    @functools.cached_property
    def spectrum(self) -> Spectrum:
        """
        The operating bands.
        """
        from bandcheck.database.spectrum_records import spectrum_of

        rows = self._connection.execute("SELECT rat, doc FROM spectrum")
        return spectrum_of({rat: json.loads(doc) for rat, doc in rows})

    @functools.cached_property
    def overlaps(self) -> Overlaps:
        """
        What matching needs to know of the operating bands.
        """
        (text,) = self._connection.execute("SELECT value FROM meta WHERE key = 'overlaps'").fetchone()
        return overlaps_of(json.loads(text))

    def device(self, device_id: str) -> Device:
        """
        A device by its id.

        Raises:
            UnknownDeviceError: There is none.
        """
        found = self._devices.get(device_id)
        if found is None:
            row = self._connection.execute("SELECT doc FROM device WHERE id = ?", (device_id,)).fetchone()
            if row is None:
                raise UnknownDeviceError(device_id, self.suggest("device", device_id))
            found = self._devices[device_id] = device_of(unpacked(row[0]))
        return found

    def carrier(self, carrier_id: str) -> Carrier:
        """
        A carrier by its id.

        Raises:
            UnknownCarrierError: There is none.
        """
        return self.timetable(carrier_id).carrier

    def timetable(self, carrier_id: str) -> Timetable:
        """
        A carrier's plans through time, by its id.

        Raises:
            UnknownCarrierError: There is none.
        """
        found = self._timetables.get(carrier_id)
        if found is None:
            row = self._connection.execute("SELECT doc FROM carrier WHERE id = ?", (carrier_id,)).fetchone()
            if row is None:
                raise UnknownCarrierError(carrier_id, self.suggest("carrier", carrier_id))
            found = self._timetables[carrier_id] = Timetable(carrier_of(unpacked(row[0])), self.overlaps)
        return found

    def devices(self, brand: str | None = None) -> Iterator[Device]:
        """
        Every device, in the order of ids; of one brand if given.
        """
        where, named = ("", []) if brand is None else (" WHERE brand = ?", [name_key(brand)])
        for (device_id,) in self._connection.execute(f"SELECT id FROM device{where} ORDER BY id", named).fetchall():
            yield self.device(device_id)

    def carriers(self, country: str | None = None) -> Iterator[Carrier]:
        """
        Every carrier, in the order of ids; of one country (ISO 3166) if given.
        """
        where, named = "", list[str]()
        if country is not None:  # from `us/` up to what follows a slash
            where, named = " WHERE id > ? AND id < ?", [f"{country.lower()}/", f"{country.lower()}0"]
        rows = self._connection.execute(f"SELECT id, doc FROM carrier{where} ORDER BY id", named).fetchall()
        for carrier_id, doc in rows:
            if carrier_id not in self._timetables:
                self._timetables[carrier_id] = Timetable(carrier_of(unpacked(doc)), self.overlaps)
            yield self.carrier(carrier_id)

    def hosted_by(self, carrier_id: str, on: dt.date) -> list[Carrier]:
        """
        The MVNOs that sold a network on a day, in the order of ids, as far as anybody stated by then.
        """
        ids = self._connection.execute("SELECT id FROM carrier WHERE kind = 'mvno' ORDER BY id").fetchall()
        mvnos = (self.carrier(one) for (one,) in ids)
        found = []
        for mvno in mvnos:
            hosting, stated = mvno.hosting(on)
            if hosting is not None and stated and carrier_id in {network for network, _ in hosting.networks}:
                found.append(mvno)
        return found

    def find_device(self, text: str, model: str | None = None) -> list[tuple[Device, Variant]]:
        """
        The variants that a text names: an id, a name, an alias, a codename or a model number. Exact but for case,
        spaces and punctuation.

        Args:
            model: Only the variant with this model number (or key).

        Raises:
            UnknownDeviceError: None, with suggestions.
        """
        key = name_key(text)
        rows = self._connection.execute(
            "SELECT id, variant, what FROM name WHERE kind = 'device' AND key = ?", (key,)
        ).fetchall()
        named = [row for row in rows if row[2] in ("name", "alias")]
        if key.isdigit() and len(key) < 3:
            rows = named = []  # `13` is several makers' phone, whichever of them are recorded
        if "/" in text and self._connection.execute("SELECT 1 FROM device WHERE id = ?", (text.lower(),)).fetchone():
            rows = [(text.lower(), "", "id")]
        elif named:
            rows = named
        if len(ids := {row[0] for row in rows}) > 1:
            raise UnknownDeviceError(text, tuple(self.device(i).full_name for i in sorted(ids)))
        found: list[tuple[Device, Variant]] = []
        for device_id, variant_key, _ in rows:
            device = self.device(device_id)
            found += [(device, v) for v in device.variants if not variant_key or v.key == variant_key]
        if model is not None:
            wanted = name_key(model)
            narrowed = [(d, v) for d, v in found if wanted in {name_key(m) for m in (v.key, *v.models)}]
            if found and not narrowed:
                numbers = [m for _, v in found for m in v.models[:1]]
                raise UnknownDeviceError(f"{text} {model}", tuple(numbers[:8]))
            found = narrowed
        if not found and model is None:
            found = self._named_and_numbered(text)
        if not found:
            raise UnknownDeviceError(text, self.suggest("device", text))
        return list({(d.id, v.key): (d, v) for d, v in found}.values())

    def _named_and_numbered(self, text: str) -> list[tuple[Device, Variant]]:
        """
        The variants of a name or brand with one of its model numbers behind: `Galaxy S5 SM-G900F`.
        """
        name, _, number = text.strip().rpartition(" ")
        query = "SELECT id, variant FROM name WHERE kind = 'device' AND key = ? AND what = 'model'"
        found = []
        for device_id, variant_key in self._connection.execute(query, (name_key(number),)).fetchall():
            device = self.device(device_id)
            names = (device.brand, device.name, device.full_name, *device.aliases)
            if name_key(name) in map(name_key, names):
                found += [(device, v) for v in device.variants if v.key == variant_key]
        return found

    def find_carrier(self, text: str) -> Carrier:
        """
        The carrier that a text names: an id, a name, an alias or a PLMN (`310-260`). Exact but for case, spaces and
        punctuation.

        Raises:
            UnknownCarrierError: None, or several, with suggestions.
        """
        if self._connection.execute("SELECT 1 FROM carrier WHERE id = ?", (text.lower(),)).fetchone():
            return self.carrier(text.lower())
        query = "SELECT DISTINCT id FROM name WHERE kind = 'carrier' AND key = ?"
        ids = [row[0] for row in self._connection.execute(query, (name_key(text),))]
        if not ids and (plmn := _plmn(text)):
            marks = ", ".join("?" * len(plmn))
            query = f"SELECT DISTINCT id FROM name WHERE kind = 'carrier' AND key IN ({marks})"
            ids = [row[0] for row in self._connection.execute(query, plmn)]
            networks = [i for i in ids if self.carrier(i).kind == "network"]
            ids = networks if len(networks) == 1 else ids
        if len(ids) == 1:
            return self.carrier(ids[0])
        raise UnknownCarrierError(text, tuple(ids[:5]) if ids else self.suggest("carrier", text))

    def search(self, text: str, kind: str | None = None, limit: int = 10) -> list[Hit]:
        """
        What looks like a text, best first; typing errors are forgiven.

        Args:
            kind: Only `device` or only `carrier`.
        """
        from bandcheck.database.search import search

        return search(self._connection, text, kind, limit)

    def suggest(self, kind: str, text: str) -> tuple[str, ...]:
        """
        Up to five names that look like a text.
        """
        return tuple(hit.name for hit in self.search(text, kind, limit=5))

    @functools.cached_property
    def identifier(self) -> Identifier:
        """
        Reads listing titles, model numbers, names and IMEIs; made once, and faster from its fortieth text on.
        """
        from bandcheck.database.identify.identifier import Identifier
        from bandcheck.database.identify.index import SpellingIndex

        return Identifier(SpellingIndex(self._connection, self.device))

    @functools.cached_property
    def planes(self) -> PhonePlanes:
        """
        Every variant, turned round for questions about all of them at once.
        """
        from bandcheck.database.planes import PhonePlanes

        return PhonePlanes.of_catalog(self)

    @functools.cached_property
    def phones(self) -> Phones:
        """
        Every device, for lists of what they get.
        """
        from bandcheck.database.phones import Phones

        return Phones.of_catalog(self)

    @functools.cached_property
    def carrier_ids(self) -> frozenset[str]:
        """
        The ids of all carriers.
        """
        return frozenset(carrier_id for (carrier_id,) in self._connection.execute("SELECT id FROM carrier"))

    def documents(self, kind: str, brand: str | None = None) -> Iterator[dict[str, Any]]:
        """
        Every `device` or `carrier` as the index has it, in the order of ids: for counting and comparing thousands,
        which takes a tenth of the time of making values of them.

        Args:
            brand: Only devices of this brand.
        """
        assert kind in ("device", "carrier")
        where, named = ("", []) if brand is None else (" WHERE brand = ?", [name_key(brand)])
        for (doc,) in self._connection.execute(f"SELECT doc FROM {kind}{where} ORDER BY id", named):
            yield unpacked(doc)

    def radios(self) -> Iterator[tuple[str, list[Any]]]:
        """
        Every device with the radios of its variants, each as key and `radio_fields`; in the order of ids.
        """
        rows = self._connection.execute("SELECT id, doc FROM radio ORDER BY id").fetchall()
        documents = json.loads(f"[{','.join(doc for _, doc in rows)}]")
        return zip((device for device, _ in rows), documents, strict=True)

    @functools.cached_property
    def statements(self) -> tuple[Statement, ...]:
        """
        What makers, hosts and regulators stated about selling phones, in the order of ids; those of all layers.
        """
        from bandcheck.database.records import statements_of

        rows = self._connection.execute("SELECT doc FROM record WHERE kind = 'statement' ORDER BY id, layer")
        return tuple(statement for (doc,) in rows for statement in statements_of(unpacked(doc)))

    def count(self, table: str) -> int:
        """
        How many devices, carriers or sources there are.
        """
        assert table in ("device", "carrier", "source")
        (n,) = self._connection.execute(f"SELECT count(*) FROM {table}").fetchone()
        return int(n)

    @functools.cached_property
    def imports(self) -> dict[str, dict[str, Any]]:
        """
        What each importer reported, by its name: importer, snapshot, read, taken, refused, rules. Empty without
        imported facts.
        """
        (text,) = self._connection.execute("SELECT value FROM meta WHERE key = 'imports'").fetchone()
        found: dict[str, dict[str, Any]] = json.loads(text)
        return found


class Sources(dict[str, Source]):
    """
    Sources by id, read from the index when first asked for.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        super().__init__()
        self._connection = connection

    def __missing__(self, source_id: str) -> Source:
        row = self._connection.execute("SELECT doc FROM source WHERE id = ?", (source_id,)).fetchone()
        doc: dict[str, Any] = (
            json.loads(row[0])
            if row
            else {"kind": "database", "title": source_id, "url": None, "date": None, "upstream": ""}
        )
        source = self[source_id] = source_of(source_id, doc)
        return source

    def __reduce__(self) -> tuple[type[dict[str, Source]], tuple[dict[str, Source]]]:
        """
        Pickled with every source: a report that travels to another process keeps its evidence.
        """
        for (source_id,) in self._connection.execute("SELECT id FROM source").fetchall():
            self[source_id]
        return dict, (dict(self),)

    def __contains__(self, source_id: object) -> bool:
        return isinstance(source_id, str) and bool(self[source_id])


def _plmn(text: str) -> list[str]:
    """
    The keys of a text that is a PLMN: `310-260`, `310 260` or `310260`; empty if it is none. MNC 26 and 026 differ.
    """
    digits = text.strip().replace(" ", "-")
    mcc, _, mnc = digits.partition("-")
    if not mnc:
        mcc, mnc = digits[:3], digits[3:]
    if len(mcc) == 3 and len(mnc) in (2, 3) and (mcc + mnc).isascii() and (mcc + mnc).isdigit():
        return [f"plmn:{mcc}-{mnc}"]
    return []
