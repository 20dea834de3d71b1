"""
Everything that was stated, by the phones that it is about.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from bandcheck.model.device import Variant
from bandcheck.model.statement import Statement
from bandcheck.screening.resolve import Resolved


class Statements:
    """
    Finds the statements about a phone among thousands.

    Attributes:
        all: Every statement; where a number is given, it is the place of one of these.
    """

    def __init__(self, statements: Sequence[Statement]) -> None:
        self.all = tuple(statements)
        self._brands = _by_name((n, s.brands) for n, s in enumerate(self.all))
        self._devices = _by_name((n, s.devices) for n, s in enumerate(self.all))
        self._models = _by_name((n, s.models) for n, s in enumerate(self.all))

    def about(self, variant: Variant) -> frozenset[int]:
        """
        The numbers of those that mean a version, as `Statement.means` says.
        """
        named = (self._models.get(model, _NONE) for model in variant.models)
        brand = variant.device.partition("/")[0]
        return _NONE.union(self._brands.get(brand, _NONE), self._devices.get(variant.device, _NONE), *named)

    def of_brands(self, brands: Iterable[str]) -> frozenset[int]:
        """
        The numbers of those about all phones of some brands.
        """
        return _NONE.union(*(self._brands.get(brand, _NONE) for brand in brands))

    def of(self, phone: Resolved) -> tuple[Statement, ...]:
        """
        Those about any version that a listing may mean; if none is known, about its brand.
        """
        numbers = self.of_brands(phone.brands)
        for variant in phone.variants:
            numbers |= self.about(variant)
        return tuple(self.all[number] for number in sorted(numbers))


_NONE: frozenset[int] = frozenset()


def _by_name(named: Iterable[tuple[int, Iterable[str]]]) -> dict[str, frozenset[int]]:
    found = defaultdict(set)
    for number, names in named:
        for name in names:
            found[name].add(number)
    return {name: frozenset(numbers) for name, numbers in found.items()}
