"""
One record in several layers, in a test.
"""

from __future__ import annotations

from bandcheck.database.compile import Checked, check_trees
from bandcheck.database.files.tree import Tree, read_document
from bandcheck.database.files.yamlfile import read_text
from bandcheck.database.records import carrier_of, device_of
from bandcheck.errors import Problem
from bandcheck.model.carrier import Carrier
from bandcheck.model.device import Device

SPECTRUM = """
rat: lte
sources: {table: {kind: standard, title: T}}
bands:
  - {number: 3, duplex: fdd, sources: [table]}
  - {number: 4, duplex: fdd, sources: [table]}
  - {number: 7, duplex: fdd, sources: [table]}
  - {number: 20, duplex: fdd, sources: [table]}
"""

HEAD = "name: One\nbrand: Acme\nsources: {own: {kind: news, title: T}}\n"
NETWORK = "name: Alpha\nkind: network\nsources: {own: {kind: news, title: T}}\n"


def checked(name: str, **layers: str) -> Checked:
    """
    One well-formed file in several layers, lowest first, merged and checked.
    """
    problems: list[Problem] = []
    trees = [Tree("bands")]
    document = read_text(SPECTRUM.encode(), "spectrum/lte.yaml", problems)
    assert document is not None
    read_document(document, "spectrum/lte.yaml", trees[0], problems)
    for layer, text in layers.items():
        trees.append(Tree(layer))
        document = read_text(text.encode(), name, problems)
        assert document is not None, problems
        read_document(document, name, trees[-1], problems)
    found = check_trees(trees, problems)
    assert [] == found.problems
    return found


def device_of_layers(**layers: str) -> Device:
    """
    One device that several layers have.
    """
    (document,) = checked("devices/acme/one.yaml", **layers).devices.values()
    return device_of(document)


def carrier_of_layers(**layers: str) -> Carrier:
    """
    One carrier that several layers have.
    """
    (document,) = checked("carriers/xx/alpha.yaml", **layers).carriers.values()
    return carrier_of(document)


def conflicts_of(thing: Device | Carrier) -> list[tuple[str, list[str]]]:
    """
    What is said to be in conflict: about what, and who says what.
    """
    return [(c.about, [says for says, _ in c.claims]) for c in thing.conflicts]
