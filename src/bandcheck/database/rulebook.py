"""
What a rule is: a function with its reason as docstring, registered for what it is about.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from attrs import define, field

from bandcheck.errors import Problem
from bandcheck.model.spectrum import Spectrum

Record = dict[str, Any]


@define(eq=False)
class World:
    """
    What a record may refer to.

    Attributes:
        spectrum: The operating bands.

        sources: Shared sources, by id.

        devices, carriers: Records by id; a record of which only the existence is known is None.
    """

    spectrum: Spectrum
    sources: dict[str, Record] = field(factory=dict)
    devices: dict[str, Record | None] = field(factory=dict)
    carriers: dict[str, Record | None] = field(factory=dict)


DeviceRule = Callable[[Record, World], Iterator[Problem]]
WorldRule = Callable[[World], Iterator[Problem]]

DEVICE_RULES: list[DeviceRule] = []
CARRIER_RULES: list[DeviceRule] = []
STATEMENT_RULES: list[DeviceRule] = []
WORLD_RULES: list[WorldRule] = []


def device_rule(rule: DeviceRule) -> DeviceRule:
    """
    Register a rule about one device.
    """
    DEVICE_RULES.append(rule)
    return rule


def carrier_rule(rule: DeviceRule) -> DeviceRule:
    """
    Register a rule about one carrier.
    """
    CARRIER_RULES.append(rule)
    return rule


def statement_rule(rule: DeviceRule) -> DeviceRule:
    """
    Register a rule about one file of statements.
    """
    STATEMENT_RULES.append(rule)
    return rule


def world_rule(rule: WorldRule) -> WorldRule:
    """
    Register a rule about all records together.
    """
    WORLD_RULES.append(rule)
    return rule
