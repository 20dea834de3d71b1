"""
The house rules that a reader of one module would not see broken.
"""

from __future__ import annotations

import ast
import json
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from pathlib import Path

import pytest

import bandcheck

SRC = Path(bandcheck.__file__).parent
MODULES = sorted(SRC.rglob("*.py"))

ROOMS = ("errors", "model", "reading", "matching", "database", "screening", "web", "cli")
"""From left to right. A room imports only from itself and from rooms to its left."""

FRONT = ("__init__", "__main__")
"""The public names and `python -m bandcheck`: they may import from anywhere."""

MOST_LINES = 500

PURE = ("errors", "model", "reading", "matching")


BULK = frozenset({"polars", "numpy", "pyarrow", "pandas", "dask", "distributed"})


def room(path: Path) -> str:
    return path.relative_to(SRC).parts[0].removesuffix(".py")


def each_module(rooms: tuple[str, ...] = (*ROOMS, *FRONT)) -> pytest.MarkDecorator:
    found = [path for path in MODULES if room(path) in rooms]
    return pytest.mark.parametrize("path", [pytest.param(p, id=p.relative_to(SRC).as_posix()) for p in found])


def imports(path: Path) -> Iterator[str]:
    """
    Every name that a module imports, at its top, in a function or for types alone: `bandcheck.model.bands.Rat`.
    """
    package = ("bandcheck", *path.relative_to(SRC).parent.parts)
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            home = package[: len(package) - node.level + 1] if node.level else ()
            start = ".".join([*home, *([node.module] if node.module else [])])
            yield from (f"{start}.{alias.name}" for alias in node.names)


def outside(path: Path) -> set[str]:
    """
    Top-level names of what a module imports from elsewhere.
    """
    return {name.split(".")[0] for name in imports(path)} - {"bandcheck"}


def test_all_rooms_are_known():
    """
    Every module and package of the top level has its place in the order.
    """
    found = {room(path) for path in MODULES}

    assert found <= {*ROOMS, *FRONT}
    assert {"errors", "model", "matching", "database", "cli"} <= found


@each_module(ROOMS)
def test_imports_point_one_way(path):
    """
    A room imports nothing from rooms to its right; of the front only the version.
    """
    allowed = ROOMS[: ROOMS.index(room(path)) + 1]

    ours = [name for name in imports(path) if name.split(".")[0] == "bandcheck"]
    wrong = [name for name in ours if name != "bandcheck.__version__" and name.split(".")[1] not in allowed]

    assert [] == wrong


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("import os, bandcheck.cli.text", ["os", "bandcheck.cli.text"]),
        ("from bandcheck.model.bands import Rat, Band", ["bandcheck.model.bands.Rat", "bandcheck.model.bands.Band"]),
        ("def f():\n    from bandcheck.cli import main", ["bandcheck.cli.main"]),
        ("if TYPE_CHECKING:\n    import sqlite3", ["sqlite3"]),
        ("from . import text", ["bandcheck.cli.text"]),
        ("from ..model import bands", ["bandcheck.model.bands"]),
        ("from .. import errors", ["bandcheck.errors"]),
    ],
)
def test_imports_are_seen(text, expected, tmp_path, monkeypatch):
    """
    What these tests read are all imports: in functions, for types, relative ones.
    """
    module = tmp_path / "cli" / "made_up.py"
    module.parent.mkdir()
    module.write_text(text)
    monkeypatch.setattr(sys.modules[__name__], "SRC", tmp_path)

    assert expected == list(imports(module))


@each_module()
def test_few_dependencies(path):
    """
    From outside the standard library come attrs, PyYAML and, as extras, rapidfuzz and what screens in bulk. PyYAML,
    SQLite and rapidfuzz stay in the database room, what screens in bulk in that of screening; its bar in the command.
    """
    foreign = outside(path) - sys.stdlib_module_names

    assert foreign <= {"attr", "attrs", "yaml", "rapidfuzz", *BULK, *({"tqdm"} if room(path) == "cli" else ())}
    if room(path) != "database":
        assert outside(path).isdisjoint({"yaml", "sqlite3", "rapidfuzz"})
    if room(path) != "screening":
        assert foreign.isdisjoint(BULK)


@each_module(PURE)
def test_model_and_matching_are_pure(path):
    """
    Nouns and verdicts know no files, no clock, no chance and no environment: same question, same answer.
    """
    impure = {"io", "os", "pathlib", "random", "shutil", "socket", "subprocess", "sys", "tempfile", "time", "urllib"}
    assert outside(path).isdisjoint(impure)

    nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    called = [node.func for node in nodes if isinstance(node, ast.Call)]
    names = {f.id for f in called if isinstance(f, ast.Name)} | {f.attr for f in called if isinstance(f, ast.Attribute)}
    assert names.isdisjoint({"open", "print", "input", "today", "now", "utcnow"})
    assert not any(isinstance(node, ast.Global) for node in nodes)


@each_module()
def test_short_modules(path):
    """
    A module longer than 500 lines has more than one purpose.
    """
    assert len(path.read_text(encoding="utf-8").splitlines()) <= MOST_LINES


def public(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.ClassDef]:
    """
    Public classes and functions of a module, and public methods of its public classes.
    """
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            yield node
            if isinstance(node, ast.ClassDef):
                methods = (one for one in node.body if isinstance(one, ast.FunctionDef))
                yield from (one for one in methods if not one.name.startswith("_"))


@each_module()
def test_docstrings(path):
    """
    Every module that holds anything, and every public class, function and method says what it is.
    """
    tree = ast.parse(path.read_text(encoding="utf-8"))
    missing = [f"{node.name}, line {node.lineno}" for node in public(tree) if not ast.get_docstring(node)]

    assert ast.get_docstring(tree) or not tree.body
    assert [] == missing


WATCH = """
import json, sys
seen = []
sys.addaudithook(lambda event, args: seen.append(str(args[0])) if event == "open" else None)
{statement}
opened = list(seen)
print(json.dumps([opened, sorted(sys.modules)]))
"""


HEAVY = {"yaml", "_yaml", "sqlite3", "_sqlite3", "attr", "attrs", "argparse", "inspect", "datetime"}


def watched(statement: str) -> tuple[list[Path], set[str]]:
    """
    What a statement opens in a fresh interpreter, but for modules of the standard library; and all modules then loaded.
    """
    command = [sys.executable, "-B", "-c", WATCH.format(statement=statement)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    opened, modules = json.loads(done.stdout)
    library = Path(sysconfig.get_path("stdlib")).resolve()
    paths = [Path(path).resolve() for path in opened]
    ours = [p for p in paths if "site-packages" in p.parts or not p.is_relative_to(library)]
    return [*ours, *(p for p in paths if p not in ours and p.suffix not in (".py", ".pyc"))], set(modules)


def test_importing_opens_no_file():
    """
    `import bandcheck` reads its own front and nothing else: no data, no settings, no further module of its own.
    """
    opened, modules = watched("import bandcheck")

    assert {SRC.resolve()} == {path.parent if path.suffix == ".py" else path.parents[1] for path in opened}
    assert {"__init__"} == {path.name.split(".")[0] for path in opened}
    assert {"bandcheck"} == {name for name in modules if name.split(".")[0] == "bandcheck"}


def test_importing_loads_nothing_heavy():
    """
    No YAML, no SQLite, no attrs and no command line before somebody asks for something.
    """
    _, modules = watched("import bandcheck")

    assert set() == modules & HEAVY


def test_the_watch_sees():
    """
    The two tests before this one would notice: a file that is opened, a module that is loaded.
    """
    opened, modules = watched(f"import sqlite3; open({str(SRC / 'errors.py')!r}).close()")

    assert SRC.resolve() / "errors.py" in opened
    assert "sqlite3" in modules


def test_errors_load_nothing_heavy():
    """
    Every command imports the errors; they bring no attrs.
    """
    _, modules = watched("import bandcheck.errors")

    assert set() == modules & HEAVY
