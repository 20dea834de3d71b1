"""
What a shop asks of its listings: a YAML file of a dozen lines.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Collection, Mapping
from os import PathLike, fspath
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from bandcheck.errors import DataError, Problem
from bandcheck.matching.verdict import OUTCOMES
from bandcheck.model.dates import parse_day
from bandcheck.model.entity import entity
from bandcheck.screening.finding import Gate

if TYPE_CHECKING:
    from bandcheck.database.files.fields import Fields

DEFAULT = Path(__file__).with_name("default_policy.yaml")
"""The policy that bandcheck comes with, with its explanations."""

MOST_MONTHS = 120


class Hardness(enum.Enum):
    """
    How much a gate's answer weighs.
    """

    HARD = "hard"  # a fail blocks, an unknown holds
    SOFT = "soft"  # a fail puts a label on
    ADVISORY = "advisory"  # told, no more

    __hash__ = object.__hash__


class Waiver(NamedTuple):
    """
    An answer of one gate that somebody takes upon himself for a while.

    Attributes:
        gate: Which gate.

        owner: Who answers for it.

        reason: Why.

        expires: The last day on which it holds.

        listing: SKU or title of the listing; empty: any.

        device: Id of the phone; empty: any. One of the two is given.

        evidence: Where more is written, such as a ticket; empty if nowhere.
    """

    gate: Gate
    owner: str
    reason: str
    expires: dt.date
    listing: str = ""
    device: str = ""
    evidence: str = ""


class Waivers(NamedTuple):
    """
    What came of a policy's waivers: used; not used and over; not used though they hold.
    """

    used: tuple[Waiver, ...]
    expired: tuple[Waiver, ...]
    unused: tuple[Waiver, ...]


@entity
class Policy:
    """
    What a shop asks of its listings.

    Attributes:
        name: What reports call it.

        min_data: The least level that a phone must reach, a place in `OUTCOMES`.

        horizon_months: For so long it must; 0 is the day alone.

        hosts: `all` or `any` of the networks that the carrier sells; or carrier ids, all of these.

        emergency: A record that emergency calls work is required.

        gates: How much each gate weighs.

        waivers: Answers that somebody takes upon himself.
    """

    name: str
    min_data: int
    horizon_months: int
    hosts: str | frozenset[str]
    emergency: bool
    gates: Mapping[Gate, Hardness]
    waivers: tuple[Waiver, ...] = ()

    @classmethod
    def load(cls, path: str | PathLike[str] | None = None) -> Policy:
        """
        Read a policy; what a file leaves out is as in the default.

        Args:
            path: None is the default policy.

        Raises:
            DataError: Every problem of the file.
        """
        if path is None:
            return _read(DEFAULT, None)
        return _read(Path(fspath(path)), cls.load())

    def horizon(self, on: dt.date) -> dt.date:
        """
        The last day for which the phone must meet the policy.
        """
        months = on.year * 12 + on.month - 1 + self.horizon_months
        year, month = divmod(months, 12)
        if year >= dt.MAXYEAR:
            return dt.date.max
        following = dt.date(year + (month == 11), (month + 1) % 12 + 1, 1)
        return min(dt.date(year, month + 1, 1) + dt.timedelta(days=on.day - 1), following - dt.timedelta(days=1))

    def waivers_by_use(self, used: Collection[Waiver], on: dt.date) -> Waivers:
        """
        Its waivers, by what came of them in a screening.

        Args:
            used: Those that met a listing.
        """
        expired = tuple(w for w in self.waivers if w.expires < on and w not in used)
        return Waivers(
            tuple(w for w in self.waivers if w in used),
            expired,
            tuple(w for w in self.waivers if w not in used and w not in expired),
        )


def _read(path: Path, base: Policy | None) -> Policy:
    from bandcheck.database.files.fields import Fields
    from bandcheck.database.files.yamlfile import read_file

    problems: list[Problem] = []
    document = read_file(path, str(path), problems)
    if document is None:
        raise DataError(tuple(problems))
    fields = Fields(document, str(path), "", problems)
    name = fields.text("name")
    level = fields.choice("min_data", OUTCOMES[1:])
    months = fields.count("horizon_months") if "horizon_months" in document else None
    if months is not None and months > MOST_MONTHS:
        fields.expected("horizon_months", f"a number up to {MOST_MONTHS}")
        months = None
    emergency = fields.choice("emergency", ("noted", "required"))
    hosts = _hosts(fields)
    gates = _gates(fields)
    waivers = tuple(waiver for one in fields.maps("waivers") if (waiver := _waiver(one)) is not None)
    fields.done()
    if problems:
        raise DataError(tuple(sorted(problems)))
    return Policy(
        name or (base.name if base else path.stem),
        OUTCOMES.index(level) if level else base.min_data if base else 0,
        months if months is not None else base.horizon_months if base else 0,
        hosts or (base.hosts if base else "all"),
        (emergency == "required") if emergency else bool(base and base.emergency),
        {**(base.gates if base else {}), **gates},
        waivers,
    )


def _hosts(fields: Fields) -> str | frozenset[str] | None:
    value = fields.mapping.get("hosts")
    if isinstance(value, list):
        found = frozenset(fields.texts("hosts"))
        if not found:
            fields.expected("hosts", "all, any, or a list of carrier ids")
        return found or None
    return fields.choice("hosts", ("all", "any"))


def _gates(fields: Fields) -> dict[Gate, Hardness]:
    found: dict[Gate, Hardness] = {}
    given = fields.map("gates")
    if given is None:
        return found
    for gate in Gate:
        hardness = given.choice(gate.value, [h.value for h in Hardness])
        if hardness is not None:
            found[gate] = Hardness(hardness)
    if found.get(Gate.SELLER, Hardness.ADVISORY) is not Hardness.ADVISORY:
        given.problem(Gate.SELLER.value, "this gate takes notes and decides nothing", "Write advisory.")
    given.done()
    return found


def _waiver(fields: Fields) -> Waiver | None:
    gate = fields.choice("gate", [gate.value for gate in Gate], required=True)
    owner, reason = fields.text("owner", required=True), fields.text("reason", required=True)
    expires = fields.date("expires", required=True)
    listing, device, evidence = fields.text("listing"), fields.text("device"), fields.text("evidence")
    if not listing and not device:
        fields.problem(
            None, "it names neither a listing nor a device", "Add `listing:` (SKU or title) or `device:` (id)."
        )
    fields.done()
    if not (gate and owner and reason and expires):
        return None
    return Waiver(Gate(gate), owner, reason, parse_day(expires), listing or "", device or "", evidence or "")
