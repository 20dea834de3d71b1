"""
What all tests share: Hypothesis without deadlines, a cache of their own, the made-up database and the real one.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from bandcheck.database.catalog import Catalog
from bandcheck.database.compile import compile_folder

ACME = Path(__file__).parent / "acme"
BANDS = Path(__file__).parent.parent / "bands"

settings.register_profile("here", deadline=None)
settings.register_profile("in-ci", deadline=None, derandomize=True)
settings.load_profile("in-ci" if os.environ.get("CI") else "here")


@pytest.fixture(scope="session", autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """
    Compiled indexes go into a folder of this run, never into the user's cache. Processes that tests start inherit it.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BANDCHECK_CACHE", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(scope="session")
def acme() -> Path:
    """
    The made-up data folder. Tests that change it take `acme_copy`.
    """
    return ACME


@pytest.fixture
def acme_copy(tmp_path: Path) -> Path:
    """
    A copy of the made-up data folder, to be changed.
    """
    return Path(shutil.copytree(ACME, tmp_path / "acme"))


@pytest.fixture(scope="session")
def bands() -> Path:
    """
    The real data folder.
    """
    return BANDS


@pytest.fixture(scope="session")
def acme_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """
    The made-up data, compiled.
    """
    target = tmp_path_factory.mktemp("index") / "acme.sqlite"
    compile_folder(ACME, target)
    return target


@pytest.fixture(scope="session")
def catalog(acme_index: Path) -> Catalog:
    """
    The made-up database.
    """
    return Catalog.open(acme_index)


@pytest.fixture(scope="session")
def real_catalog() -> Catalog:
    """
    The real database.
    """
    return Catalog.open(BANDS)
