"""
The promise: the names that `import bandcheck` offers, and its errors.
"""

from __future__ import annotations

import ast
import importlib
import inspect
import pickle
import re
import subprocess
import sys
from importlib import metadata
from pathlib import Path

import pytest

import bandcheck
from bandcheck import errors

EXAMPLES = [
    errors.BandcheckError("anything"),
    errors.InvalidBandError("4", "a number with its RAT"),
    errors.InvalidDateError("2015-13"),
    errors.InvalidChannelError("gsm channel 600", "is two frequencies: say which band"),
    errors.UnknownThingError("x"),
    errors.UnknownDeviceError("Redmi 22", ("Xiaomi Redmi 2", "Xiaomi Redmi 2A")),
    errors.UnknownCarrierError("US Cellular Mobile", ("UScellular",)),
    errors.UnreadableDumpError("This could be of several formats", ("at", "mmcli")),
    errors.DataError((errors.Problem("a.yaml", 3, "bands.lte[2]", "band 4 twice", "Remove one."),)),
    errors.FileUnusableError("a.csv", "the file is empty."),
    errors.IndexUnusableError("/tmp/index.sqlite", "it is damaged. Build it anew."),
]
"""One of each class."""

each_example = pytest.mark.parametrize("error", EXAMPLES, ids=lambda error: type(error).__name__)


class TestNames:
    """
    What the package offers.
    """

    def test_all_is_what_loads_lazily(self):
        """
        `__all__` and the table of homes name the same things, once and in order.
        """
        assert sorted(bandcheck._HOMES) == sorted(bandcheck.__all__)
        assert len(set(bandcheck.__all__)) == len(bandcheck.__all__)

    @pytest.mark.parametrize("name", bandcheck.__all__)
    def test_name_resolves_at_home(self, name):
        """
        Each name is the very object of the module that it comes from, and that module defines it.
        """
        home = importlib.import_module(bandcheck._HOMES[name])
        found = getattr(bandcheck, name)

        assert getattr(home, name) is found
        assert home.__name__ == found.__module__

    @pytest.mark.parametrize("name", bandcheck.__all__)
    def test_name_is_explained(self, name):
        """
        `help(bandcheck.check)` says something for every public name.
        """
        assert inspect.getdoc(getattr(bandcheck, name))

    def test_type_checkers_see_the_same_names(self):
        """
        The imports for types alone name each public name, from the module that it is loaded from.
        """
        tree = ast.parse(Path(bandcheck.__file__).read_text(encoding="utf-8"))
        for_types = next(node for node in tree.body if isinstance(node, ast.If))
        typed = {alias.name: node.module for node in for_types.body for alias in node.names}

        assert typed == bandcheck._HOMES

    def test_dir_lists_them(self):
        """
        `dir(bandcheck)` has every public name, loaded or not.
        """
        assert {*bandcheck.__all__, "__version__"} <= set(dir(bandcheck))
        assert sorted(dir(bandcheck)) == dir(bandcheck)

    def test_star_import(self):
        """
        `from bandcheck import *` brings the public names and no others.
        """
        found: dict[str, object] = {}
        exec("from bandcheck import *", found)

        assert sorted(bandcheck.__all__) == sorted(found.keys() - {"__builtins__"})

    @pytest.mark.parametrize("name", ["Phone", "chekc", "_private", "__wrapped__"])
    def test_unknown_name(self, name):
        """
        Any other name is an AttributeError as of every module, so that `hasattr` and `from ... import` work.
        """
        with pytest.raises(AttributeError) as caught:
            getattr(bandcheck, name)

        assert f"module 'bandcheck' has no attribute {name!r}" == str(caught.value)
        assert not hasattr(bandcheck, name)

    def test_unknown_import(self):
        """
        Importing a name that is not there is an ImportError.
        """
        with pytest.raises(ImportError, match="cannot import name 'Phone'"):
            exec("from bandcheck import Phone")

    def test_submodules_import(self):
        """
        The lazy names do not stand in the way of the package's own modules.
        """
        code = "from bandcheck import errors; import bandcheck.model.bands as b; print(errors.__name__, b.Rat.LTE)"
        command = [sys.executable, "-c", code]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)

        assert (0, "bandcheck.errors Rat.LTE\n", "") == (done.returncode, done.stdout, done.stderr)

    def test_version(self):
        """
        The version in the code is the one that is installed, and reads like one.
        """
        assert metadata.version("bandcheck") == bandcheck.__version__
        assert re.fullmatch(r"\d+\.\d+\.\d+", bandcheck.__version__)

    def test_is_typed(self):
        """
        The package says that it carries types.
        """
        assert Path(bandcheck.__file__).with_name("py.typed").is_file()


class TestErrors:
    """
    One tree of errors, which travel between processes.
    """

    def test_every_class_has_an_example(self):
        """
        No class of the errors module is left out of these tests.
        """
        classes = {c for _, c in inspect.getmembers(errors, inspect.isclass) if issubclass(c, BaseException)}

        assert classes == {type(error) for error in EXAMPLES}

    @each_example
    def test_is_a_bandcheck_error(self, error):
        """
        `except BandcheckError` catches everything that bandcheck raises on purpose.
        """
        assert isinstance(error, bandcheck.BandcheckError)

    @pytest.mark.parametrize(
        ("name", "builtin"),
        [
            ("InvalidBandError", ValueError),
            ("InvalidDateError", ValueError),
            ("InvalidChannelError", ValueError),
            ("DataError", ValueError),
            ("UnknownDeviceError", LookupError),
            ("UnknownCarrierError", LookupError),
            ("FileUnusableError", OSError),
            ("IndexUnusableError", OSError),
        ],
    )
    def test_is_the_usual_error_too(self, name, builtin):
        """
        Who knows nothing of bandcheck catches the built-in kind.
        """
        assert issubclass(getattr(bandcheck, name), builtin)

    def test_the_public_errors(self):
        """
        Every class of the tree is public, but for the common base of the two look-ups.
        """
        classes = {type(error).__name__ for error in EXAMPLES}

        assert {"UnknownThingError"} == classes - set(bandcheck.__all__)

    @each_example
    @pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
    def test_survives_pickling(self, error, protocol):
        """
        An error comes back from a process pool as it went: class, text, arguments, attributes.
        """
        copy = pickle.loads(pickle.dumps(error, protocol))

        assert type(error) is type(copy)
        assert (str(error), error.args, vars(error)) == (str(copy), copy.args, vars(copy))

    @pytest.mark.parametrize(
        ("error", "text"),
        [
            (errors.BandcheckError("anything"), "anything"),
            (errors.InvalidBandError("4", "B4"), "'4' is not a band: expected B4."),
            (errors.InvalidDateError("x"), "'x' is not a date: expected YYYY-MM-DD, YYYY-MM or YYYY."),
            (errors.InvalidChannelError("lte channel 1", "is none: say more"), "lte channel 1 is none: say more."),
            (errors.UnknownThingError("x"), "No thing answers to 'x'."),
            (errors.UnknownDeviceError("x"), "No phone answers to 'x'."),
            (errors.UnknownDeviceError("x", ("a",)), "No phone answers to 'x'. Did you mean a?"),
            (errors.UnknownCarrierError("x", ("a", "b")), "No carrier answers to 'x'. Did you mean a · b?"),
            (errors.FileUnusableError("a.csv", "the file is empty."), "a.csv: the file is empty."),
            (errors.IndexUnusableError("a.sqlite", "it is damaged"), "a.sqlite: it is damaged"),
            (errors.DataError(()), "0 problems."),
        ],
    )
    def test_text(self, error, text):
        """
        The text says what came in and what would do, for people.
        """
        assert text == str(error)

    def test_text_of_problems(self):
        """
        A data error shows every problem in a line, then how many there are; one is not "1 problems".
        """
        first = errors.Problem("a.yaml", 3, "bands.lte[2]", "band 4 twice", "Remove one.")
        second = errors.Problem("b.yaml", 0, "", "empty file", "Write something.")

        assert (
            "a.yaml:3: bands.lte[2]: band 4 twice. Remove one.\nb.yaml: empty file. Write something.\n2 problems."
            == str(errors.DataError((first, second)))
        )
        assert "b.yaml: empty file. Write something.\n1 problem." == str(errors.DataError((second,)))

    def test_attributes(self):
        """
        A program reads the parts, not the text.
        """
        band, date = errors.InvalidBandError("4", "B4"), errors.InvalidDateError("x")
        device, index = errors.UnknownDeviceError("x", ("a",)), errors.IndexUnusableError("p", "w")
        problem = errors.Problem("a.yaml", 3, "", "found", "cure")

        assert ("4", "B4", "x") == (band.text, band.expected, date.text)
        assert ("x", ("a",)) == (device.query, device.suggestions)
        assert ("p", "w") == (index.path, index.why)
        assert (problem,) == errors.DataError([problem]).problems
        assert ("x", ()) == (errors.UnknownCarrierError("x").query, errors.UnknownCarrierError("x").suggestions)
