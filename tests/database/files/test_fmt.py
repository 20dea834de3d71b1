from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bandcheck.database.files.fields import RAT_KEYS
from bandcheck.database.files.fmt import WIDTH, formatted
from bandcheck.database.files.tree import data_files
from bandcheck.database.files.yamlfile import Map, read_text
from bandcheck.errors import DataError, Problem

BANDS_STAND_AT = frozenset({*RAT_KEYS, "bands", "at_least", "at_most", "any_of", "mfbi"})


def read(text: str | bytes) -> Map:
    """
    A document without a problem.
    """
    problems: list[Problem] = []
    found = read_text(text if isinstance(text, bytes) else text.encode(), "x.yaml", problems)
    assert found is not None, (problems, text)
    return found


def in_order(value: Any, key: str = "") -> Any:
    """
    A value with its band lists ascending and without repeats, the only thing that formatting may change.
    """
    if isinstance(value, dict):
        return {k: in_order(v, k) for k, v in value.items()}
    if not isinstance(value, list):
        return value
    if key in BANDS_STAND_AT and value and all(type(i) is int for i in value):
        return sorted(set(value))
    if key in BANDS_STAND_AT and value and all(re.fullmatch(r"BC\d{1,2}", str(i)) for i in value):
        return sorted(set(value), key=lambda band: int(band[2:]))
    return [in_order(v) for v in value]


def assert_kept(before: str | bytes, after: str) -> None:
    """
    Formatting changed no value, and would change nothing more.
    """
    assert in_order(read(before)) == in_order(read(after))
    assert after == formatted(after.encode(), "x.yaml")


def test_every_real_file_keeps_its_facts(bands: Path) -> None:
    """
    Formatting any file of the database changes no value, and formatting it again changes nothing. Of what importers
    wrote, which is much and uniform, some hundred files are tried.
    """
    files = data_files(bands)
    imported = [path for path in files if "imported" in path.parts]
    by_hand = [path for path in files if "imported" not in path.parts]

    assert by_hand
    for path in [*by_hand, *imported[:: len(imported) // 100 + 1]]:
        before = path.read_bytes()
        assert_kept(before, formatted(before, path.name))


def test_the_made_up_data_are_in_the_one_form(acme: Path) -> None:
    """
    What is formatted stays as it is, to the byte.
    """
    files = data_files(acme)

    assert [path.read_text() for path in files] == [formatted(path.read_bytes(), path.name) for path in files]


class TestForm:
    @pytest.mark.parametrize(
        ("before", "after"),
        [
            ("brand: Acme\nname: One\n", "name: One\nbrand: Acme\n"),
            ("{name: One, brand: Acme}", "name: One\nbrand: Acme\n"),
            ("name:   'One'\n", "name: One\n"),
            ("name: '12'\n", 'name: "12"\n'),
            ("name: |-\n  One\n", "name: One\n"),
            ("name: >-\n  One\n  Two\n", "name: One Two\n"),
            ("released: 2015-10\n", 'released: "2015-10"\n'),
            ("aliases:\n- Uno\n- Eins\n", "aliases: [Uno, Eins]\n"),
            ("aliases:\n", "aliases: null\n"),
            ("aliases: []\n", "aliases: []\n"),
            ("sources:\n", "sources: null\n"),
            ("sources: {}\n", "sources: {}\n"),
            ("union: {lte: [3]}\n", "union:\n  lte: [3]\n"),
            ("a: true\nb: false\nc: -5\n", "a: true\nb: false\nc: -5\n"),
            ("\ufeffname: One\n", "name: One\n"),
            ("name: One\r\nbrand: Acme\r\n", "name: One\nbrand: Acme\n"),
            ("---\nname: One\n...\n", "name: One\n"),
            ("name: One\n\n\n\nbrand: Acme\n", "name: One\nbrand: Acme\n"),
        ],
    )
    def test_there_is_one_form(self, before: str, after: str) -> None:
        """
        Order of keys, flow or block, quotes, line ends and empty lines are not a matter of taste.
        """
        assert after == formatted(before.encode(), "x.yaml")

    @pytest.mark.parametrize(
        ("before", "after"),
        [
            ("lte: [7, 3, 20, 3]", "lte: [3, 7, 20]"),
            ("gsm: [1900, 850]", "gsm: [850, 1900]"),
            ("cdma: [BC10, BC1, BC0]", "cdma: [BC0, BC1, BC10]"),
            ("lte: {at_most: [7, 3], at_least: [3, 1]}", "lte: {at_least: [1, 3], at_most: [3, 7]}"),
            ("plan: {lte: [{any_of: [17, 12], mfbi: [5, 4]}]}", "plan: {lte: [{any_of: [12, 17], mfbi: [4, 5]}]}"),
            ("nr_modes: [sa, nsa]", "nr_modes: [sa, nsa]"),
            ("downlink_khz: [2, 1]", "downlink_khz: [2, 1]"),
            ("models: [B, A]", "models: [B, A]"),
            ("lte: [B7, B3]", "lte: [B7, B3]"),
            ("lte: [7, null, 3]", '{"lte": [7, null, 3]}'),
            ("lte: [true, 1]", "lte: [true, 1]"),
        ],
    )
    def test_band_lists_ascend_and_no_other_list_is_touched(self, before: str, after: str) -> None:
        """
        Bands are sorted and told once; what is no list of bands keeps its order, and so does one with a mistake in it.
        """
        assert json.dumps(read(after)) == json.dumps(read(formatted(before.encode(), "x.yaml")))

    def test_keys_stand_as_in_the_readme(self) -> None:
        """
        Whatever the order they were written in.
        """
        text = """\
variants:
  A:
    sources: [s]
    volte: false
    bands: {nr: [78], lte: [3], umts: [1], gsm: [900]}
    models: [A]
sources:
  s: {title: T, kind: news}
released: "2015"
brand: Acme
name: One
"""
        expected = """\
name: One
brand: Acme
released: "2015"
sources:
  s:
    kind: news
    title: T
variants:
  A:
    models: [A]
    bands:
      gsm: [900]
      umts: [1]
      lte: [3]
      nr: [78]
    volte: false
    sources: [s]
"""
        assert expected == formatted(text.encode(), "x.yaml")

    def test_names_that_people_gave_keep_their_order(self) -> None:
        """
        Variants and sources stand as written: the order is theirs to choose.
        """
        text = "sources:\n  z: {kind: news, title: T}\n  a: {kind: news, title: T}\nvariants:\n  Z: {}\n  A: {}\n"

        assert [["z", "a"], ["Z", "A"]] == [list(v) for v in read(formatted(text.encode(), "x.yaml")).values()]

    @pytest.mark.parametrize("width", [40, 150, 155, 160, 165, 400, 2000])
    def test_long_lists_are_folded(self, width: int) -> None:
        """
        A list of words beyond the width goes on in the next line; nothing but a single long word is longer.
        """
        words = [f"word-{n}" for n in range(width // 8)]
        after = formatted(json.dumps({"aliases": words}).encode(), "x.yaml")

        assert words == read(after)["aliases"]
        assert [] == [line for line in after.splitlines() if len(line) > WIDTH]

    @pytest.mark.parametrize(
        "text",
        [
            "true", "null", "no", "off", "~", "12", "012", "-1", "1.5", "2015-10-05", "", " ", " a", "a ", "a: b", "a:",
            "a #b", "#a", "- a", "[a", "{a", "a, b", "a]", "*a", "&a", "!a", "|", ">", "%a", "@a", "`a", "a`", "'a'",
            "a\\b", "a\nb", "a\tb", "a\rb", "a\x85b", "a\u2028b", "a\u2029b", "a\u00a0b", "a\ufeffb", "a\u200bb",
            "a\x7fb", "a\x00b", "a\x1bb", "a\uffffb", "é", "红米2", "😀", "?", "? a", "---", "...", "<<", "=", "a'b",
            "it's", "rock 'n' roll", '"a"', 'a "b" c',
        ],
    )  # fmt: skip
    @pytest.mark.parametrize("where", ["value", "key", "item", "inner"])
    def test_any_text_stays_what_it_is(self, text: str, where: str) -> None:
        """
        Quotes are written where they are needed, in lists, mappings and keys alike.
        """
        document = {"value": {"name": text}, "key": {text: 1}, "item": {"aliases": [text]}, "inner": {"x": {"y": text}}}
        before = json.dumps(document[where]).replace("\\ud83d\\ude00", "😀").replace("\x7f", "\\u007f")
        after = formatted(before.encode(), "x.yaml")

        assert document[where] == read(after)
        assert after == formatted(after.encode(), "x.yaml")

    def test_what_cannot_be_read_is_an_error(self) -> None:
        """
        Nothing is guessed: the problems of the file are told.
        """
        with pytest.raises(DataError) as caught:
            formatted(b"name: [One\n", "devices/acme/one.yaml")

        assert ["devices/acme/one.yaml"] == [p.file for p in caught.value.problems]


class TestComments:
    @pytest.mark.parametrize(
        ("before", "after"),
        [
            ("# top\nname: One\n", "# top\nname: One\n"),
            ("name: One  # beside\n", "name: One  # beside\n"),
            ("name: One # beside\n", "name: One  # beside\n"),
            ("name: One\n# last\n", "name: One\n# last\n"),
            ("# first\n\n# second\nname: One\n", "# first\n# second\nname: One\n"),
            ("brand: Acme  # b\n# above\nname: One\n", "# above\nname: One\nbrand: Acme  # b\n"),
            ("name: 'a # b'  # c\n", 'name: "a # b"  # c\n'),
            ('name: "a \\" # b"  # c\n', 'name: "a \\" # b"  # c\n'),
            ("name: 'it''s # b'  # c\n", 'name: "it\'s # b"  # c\n'),
            ("name: the '90s  # c\n", "name: the '90s  # c\n"),
            ("name: a#b\n", "name: a#b\n"),
            ("aliases: [Uno, Eins]  # beside\n", "aliases: [Uno, Eins]  # beside\n"),
            ("aliases:  # beside\n  - Uno\n", "aliases: [Uno]  # beside\n"),
            ("aliases:\n  - Uno  # u\n  # e\n  - Eins\n", "aliases:\n  - Uno  # u\n  # e\n  - Eins\n"),
            ("a:\n  # above\n  b: 1  # beside\n", "a:\n  # above\n  b: 1  # beside\n"),
            ("lte:\n  - 7  # seven\n  # three\n  - 3\n", "lte:\n  # three\n  - 3\n  - 7  # seven\n"),
            ("lte:\n  - 3  # a\n  - 7\n  # above\n  - 3  # b\n", "lte:\n  # above\n  - 3  # a # b\n  - 7\n"),
            ("lte: [3, 7,\n  3]  # again\n", "lte: [3, 7]  # again\n"),
            ("name: |\n  # no comment\n  a # nor this\n", 'name: "# no comment\\na # nor this\\n"\n'),
            ('name: "a\n  # b\n  c"\n', 'name: "a # b c"\n'),
        ],
    )
    def test_a_comment_stays_with_its_line(self, before: str, after: str) -> None:
        """
        Above a key, beside a value, between items, at the end; a `#` within a text is none.
        """
        assert after == formatted(before.encode(), "x.yaml")

    @pytest.mark.parametrize(
        "text",
        [
            "aliases: [Uno,  # u\n  Eins]\n",
            "aliases: [Uno,\n  # e\n  Eins]\n",
            "aliases: [Uno,\n  Eins\n  # end\n  ]\nname: One\n",
            "aliases: [Uno,\n  Eins\n  ]  # end\nname: One\n",
            "block: {a: 1,\n  b: 2\n  }  # end\nname: One\n",
            "aliases: [" + ", ".join(f"word-{n}" for n in range(40)) + "]  # beside\n",
            "lte:\n  - {band: 4,  # four\n     since: '2013'}\n  # next\n  - {band: 5}  # five\n",
            "lte:\n  -  # dash\n    band: 4\n",
            "lte:\n  - band: 4\n    # inside\n    since: '2013'\n",
            "x: {}  # empty\ny: []  # none\nz:  # null\n",
            "x:\n  y:\n    z: 1\n  # under y\n# under x\n",
            "variants:\n  A: {volte: true}  # a\n  # above b\n  B: {volte: false}  # b\n",
            "name: |  # header\n  text\nbrand: Acme  # b\n",
            "name:  # before the text\n  One\n",
            "# one\n#\n# three\nname: One\n",
        ],
    )
    def test_no_comment_is_lost_or_told_twice(self, text: str) -> None:
        """
        Wherever YAML lets one stand; and formatting again changes nothing.
        """
        after = formatted(text.encode(), "x.yaml")
        words = re.findall(r"# ?(\w[\w ]*)", text)

        assert words
        assert sorted(words) == sorted(re.findall(r"# ?(\w[\w ]*)", after))
        assert_kept(text, after)

    def test_every_line_of_the_made_up_data_can_be_commented(self, acme: Path) -> None:
        """
        A comment above and one beside each line of each file: all are kept, each once, and no value changes.
        """
        for path in data_files(acme):
            lines = path.read_text().splitlines()
            if lines[0].startswith("#"):
                lines = lines[1:]
            text = "".join(f"# above {n} .\n{line}  # beside {n} .\n" for n, line in enumerate(lines))
            after = formatted(text.encode(), path.name)

            found = re.findall(r"# (above|beside) (\d+) \.", after)
            expected = [(where, str(n)) for n in range(len(lines)) for where in ("above", "beside")]
            assert sorted(expected) == sorted(found)
            assert_kept(text, after)


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=8) | st.sampled_from(
    ["a: b", "a #b", "- x", "true", "12", "it's", 'say "a"', "BC1", "x" * 170, "two words", "a,b"]
)
KEYS = st.sampled_from(["name", "lte", "cdma", "bands", "any_of", "sources", "variants", "plan", "models"]) | TEXTS
SCALARS = st.none() | st.booleans() | st.integers(-(10**17), 10**17) | TEXTS
BAND_LISTS = st.lists(st.integers(0, 99)) | st.lists(st.integers(0, 20).map(lambda n: f"BC{n}"))
VALUES = st.recursive(
    SCALARS | BAND_LISTS,
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(KEYS, inner, max_size=8),
    max_leaves=15,
)


@given(document=st.dictionaries(KEYS, VALUES, min_size=1, max_size=5), indent=st.sampled_from([None, 1]))
def test_any_document_keeps_its_values(document: dict[str, Any], indent: int | None) -> None:
    """
    Whatever its keys and values, on one line or on many: no value changes, and formatting again changes nothing.
    """
    text = json.dumps(document, indent=indent)
    text = re.sub(r"\\ud[89ab]\w\w\\ud[c-f]\w\w", lambda m: json.loads(f'"{m[0]}"'), text)

    after = formatted(text.encode(), "x.yaml")

    assert in_order(document) == in_order(read(after))
    assert after == formatted(after.encode(), "x.yaml")


@st.composite
def commented_bands(draw: st.DrawFn, indent: int) -> str:
    """
    A list of bands, one a line, in any order and with repeats; comments above and beside some.
    """
    lines = []
    for number, band in enumerate(draw(st.lists(st.sampled_from([3, 7, 20]), min_size=1, max_size=4))):
        above, beside = draw(st.booleans()), draw(st.booleans())
        lines += [f"# above{number}"] if above else []
        lines.append(f"- {band}" + (f"  # beside{number}" if beside else ""))
    return "".join(f"{' ' * indent}{line}\n" for line in lines)


@given(lte=commented_bands(6), umts=commented_bands(6), any_of=commented_bands(8))
def test_comments_of_repeated_bands_find_their_place_at_once(lte: str, umts: str, any_of: str) -> None:
    """
    A band that is listed twice is written once, with the comments of both; formatting again changes nothing.
    """
    text = (
        f"variants:\n  A:\n    lte:\n{lte}    umts:\n{umts}plan:\n  lte:\n    - any_of:\n{any_of}      sources: [x]\n"
    )

    after = formatted(text.encode(), "x.yaml")

    assert after == formatted(after.encode(), "x.yaml")
    assert sorted(re.findall(r"(?:above|beside)\d", text)) == sorted(re.findall(r"(?:above|beside)\d", after))
