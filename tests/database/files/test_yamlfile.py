from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bandcheck.database.files import yamlfile
from bandcheck.database.files.yamlfile import MAX_BYTES, MAX_DEPTH, Map, Seq, comments_in, read_file, read_text
from bandcheck.errors import Problem

PARSERS = {"libyaml": getattr(yaml, "CSafeLoader", None), "pure": yaml.SafeLoader}
PARSERS = {name: parser for name, parser in PARSERS.items() if parser is not None}


@pytest.fixture(params=PARSERS)
def _each_parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    Runs a test on libyaml's events, and on those of PyYAML's own parser.
    """
    monkeypatch.setattr(yamlfile, "_Parser", PARSERS[request.param])


def read(text: str | bytes) -> Map | None:
    """
    A document without a problem.
    """
    problems: list[Problem] = []
    found = read_text(text if isinstance(text, bytes) else text.encode(), "x.yaml", problems)
    assert problems == []
    return found


def problems_of(text: str | bytes) -> list[Problem]:
    """
    The problems of a document that has no value.
    """
    problems: list[Problem] = []
    found = read_text(text if isinstance(text, bytes) else text.encode(), "x.yaml", problems)
    assert found is None
    return problems


@pytest.mark.usefixtures("_each_parser")
class TestValues:
    @pytest.mark.parametrize(
        ("written", "value"),
        [
            ("NO", "NO"),
            ("no", "no"),
            ("on", "on"),
            ("True", "True"),
            ("~", "~"),
            ("012", "012"),
            ("0x10", "0x10"),
            ("0b1", "0b1"),
            ("0o7", "0o7"),
            ("1.5", "1.5"),
            ("1e3", "1e3"),
            (".inf", ".inf"),
            ("1_000", "1_000"),
            ("+1", "+1"),
            ("12:30", "12:30"),
            ("2015-10-05", "2015-10-05"),
            ("=", "="),
            ("<<", "<<"),
            ("B4", "B4"),
            ("12345678901234567890", "12345678901234567890"),
            ('"12"', "12"),
            ("'12'", "12"),
            ('"true"', "true"),
            ('""', ""),
            ("''", ""),
            ('"null"', "null"),
            ("红米2", "红米2"),
            ("true", True),
            ("false", False),
            ("null", None),
            ("", None),
            ("0", 0),
            ("-7", -7),
            ("2014813", 2014813),
            ("[]", []),
            ("{}", {}),
        ],
    )
    def test_a_scalar_is_text_unless_it_is_true_false_null_or_a_decimal_integer(
        self, written: str, value: object
    ) -> None:
        """
        YAML 1.1's further readings (octal, sexagesimal, yes and no, dates, fractions) are text; so is what has quotes.
        """
        found = read(f"key: {written}")

        assert {"key": value} == found
        assert type(value) is type(found["key"]) or isinstance(found["key"], Map | Seq)

    def test_keys_are_text_whatever_they_look_like(self) -> None:
        """
        A model number of digits is a key as good as any.
        """
        expected = {"2014811": 1, "true": 2, "null": 3, "NO": 4, "A 1": 5}

        assert expected == read("2014811: 1\ntrue: 2\nnull: 3\nNO: 4\n'A 1': 5\n")

    def test_block_texts_are_read_as_yaml_has_them(self) -> None:
        """
        Literal, folded and multi-line plain texts are texts; a number in a literal is text.
        """
        text = "a: |\n  one\n  two\nb: >\n  one\n  two\nc: one\n  two\nd: |-\n  12\n"

        assert {"a": "one\ntwo\n", "b": "one two\n", "c": "one two", "d": "12"} == read(text)

    def test_lines_are_known_of_keys_and_items(self) -> None:
        """
        Mappings know the line of each key, lists that of each item, both their own; from 1.
        """
        found = read("# a comment\nname: One\n\nlist:\n  - 1\n  # another\n  - {a: 1,\n     b: 2}\n")

        assert found is not None
        assert {"name": 2, "list": 4} == found.lines
        assert (5, [5, 7]) == (found["list"].line, found["list"].lines)
        assert (7, {"a": 7, "b": 8}) == (found["list"][1].line, found["list"][1].lines)

    def test_a_byte_order_mark_is_no_part_of_the_first_key(self) -> None:
        """
        Editors that write a BOM make no difference.
        """
        assert {"name": "One"} == read(b"\xef\xbb\xbfname: One\n")

    def test_windows_line_ends_make_no_difference(self) -> None:
        """
        CR LF ends a line as LF does, and counts as one.
        """
        found = read(b"name: One\r\nbrand: Acme\r\n")

        assert found is not None
        assert ({"name": "One", "brand": "Acme"}, {"name": 1, "brand": 2}) == (dict(found), found.lines)

    def test_a_document_may_have_its_marks(self) -> None:
        """
        One `---` before and one `...` after the only document are no second document.
        """
        assert {"a": 1} == read("%YAML 1.1\n---\na: 1\n...\n")


ANCHOR = "Remove it; anchors and aliases are not read."
ALIAS = "Write the value out; aliases are not read."
TAG = "Remove it; quote the value if it is text."
SECOND = "One file, one document: remove the `---`."
START = "Start with `name: ...`; compare with bands/templates/."


@pytest.mark.usefixtures("_each_parser")
class TestRefused:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("a: 1\nb: 2\na: 3\n", [(3, "the key 'a' is already in line 1", "Remove one of the two.")]),
            ("x: {a: 1, a: 2}\n", [(1, "the key 'a' is already in line 1", "Remove one of the two.")]),
            ("1: a\n'1': b\n", [(2, "the key '1' is already in line 1", "Remove one of the two.")]),
            ("a: &x 1\n", [(1, "an anchor, &x", ANCHOR)]),
            ("a: &x [1]\n", [(1, "an anchor, &x", ANCHOR)]),
            ("a: &x {b: 1}\n", [(1, "an anchor, &x", ANCHOR)]),
            ("&x a: 1\n", [(1, "an anchor, &x", ANCHOR)]),
            ("a: 1\nb: *x\n", [(2, "an alias, *x", ALIAS)]),
            ("a: &x 1\nb: *x\n", [(1, "an anchor, &x", ANCHOR), (2, "an alias, *x", ALIAS)]),
            ("a: &x {b: 1}\nc:\n  <<: *x\n", [(1, "an anchor, &x", ANCHOR), (3, "an alias, *x", ALIAS)]),
            ("a: 1\n---\nb: 2\n", [(2, "a second document in one file", SECOND)]),
            ("a: 1\n---\n", [(2, "a second document in one file", SECOND)]),
            ("- 1\n- 2\n", [(1, "the file is not a mapping", START)]),
            ("just text\n", [(1, "the file is not a mapping", START)]),
            ("", [(1, "the file is empty", START)]),
            ("# only a comment\n", [(1, "the file is empty", START)]),
            ("---\n", [(1, "the file is empty", START)]),
            ("a: 1\n? [b]\n: 2\n", [(2, "a key that is not text", "Write keys as plain words.")]),
            ("a: 1\n{b: 2}: 3\n", [(2, "a key that is not text", "Write keys as plain words.")]),
        ],
    )
    def test_what_the_strict_yaml_has_not_is_refused_with_line_and_cure(
        self, text: str, expected: list[tuple[int, str, str]]
    ) -> None:
        """
        No repeated keys, anchors, aliases, second documents, odd keys, nor anything but a mapping at the top.
        """
        assert [Problem("x.yaml", line, "", found, cure) for line, found, cure in expected] == problems_of(text)

    @pytest.mark.parametrize(
        "text",
        [
            "a: 1\nb: !!str 1\n",
            "a: 1\nb: !!python/object/apply:os.system ['true']\n",
            "a: 1\nb: !!set {x, y}\n",
            "a: 1\nb: !mine x\n",
            "a: 1\nb: ! x\n",
            'a: 1\nb: !!binary "aGk="\n',
            "a: 1\n!!str b: 1\n",
        ],
    )
    def test_tags_are_refused(self, text: str) -> None:
        """
        Whatever a tag would make of a value: one problem, in its line.
        """
        (problem,) = problems_of(text)

        assert ("x.yaml", 2, TAG) == (problem.file, problem.line, problem.cure)
        assert problem.found.startswith("a tag, ")

    @pytest.mark.parametrize(
        ("text", "line"),
        [
            ("a: 1\nb: [1, 2\n", 3),
            ("a: 1\nb: {c: 2\n", 3),
            ("a: 1\nb: 'text\n", 3),
            ("a: 1\nb: ]\n", 2),
            ("a: b: c\n", 1),
            ("a: 1\n  b: 2\n", 2),
            ("a: 1\n\tb: 2\n", 2),
            ("a: 1\nb: @c\n", 2),
            ("a: 1\nb: `c`\n", 2),
            ('a: 1\nb: "\\q"\n', 2),
            ("%YAML 3.0\n---\na: 1\n", 1),
        ],
    )
    def test_broken_syntax_is_a_problem_near_its_line(self, text: str, line: int) -> None:
        """
        An unclosed bracket shows at the end of the file, all else where it stands.
        """
        (problem,) = problems_of(text)

        assert ("x.yaml", "Mend the syntax; compare with bands/templates/.") == (problem.file, problem.cure)
        assert problem.found.startswith("not YAML: ")
        assert line == problem.line

    @pytest.mark.parametrize("char", ["\x00", "\x01", "\x1b", "\x7f", "\ufffe"])
    def test_a_control_character_is_a_problem_in_its_line(self, char: str) -> None:
        """
        A NUL byte, an escape and their kind cannot hide in a file.
        """
        (problem,) = problems_of(f"name: Ümlaut\nbrand: 红米\nb: x{char}y\n")

        assert ("x.yaml", 3) == (problem.file, problem.line)
        assert problem.found.startswith("not YAML: ")

    @pytest.mark.parametrize(
        ("data", "line", "byte"),
        [
            ("name: One\nbrand: Ümlaut\n".encode("latin-1"), 2, "dc"),
            ("name: One\n".encode("utf-16"), 1, "ff"),
            (b"name: \xff\n", 1, "ff"),
            (b"name: \xed\xa0\x80\n", 1, "ed"),
        ],
    )
    def test_another_encoding_is_a_problem_in_its_line(self, data: bytes, line: int, byte: str) -> None:
        """
        Latin-1, UTF-16 and lone surrogates are not UTF-8.
        """
        expected = Problem("x.yaml", line, "", f"byte 0x{byte} is not UTF-8", "Save the file as UTF-8.")

        assert [expected] == problems_of(data)

    def test_aliases_that_grow_to_gigabytes_are_refused_at_the_first(self) -> None:
        """
        A billion laughs is two problems: the first anchor, and the first alias, where reading stops.
        """
        rows = ["a: &a [lol, lol, lol, lol, lol, lol, lol, lol, lol]"]
        rows += [f"{b}: &{b} [{', '.join([f'*{a}'] * 9)}]" for a, b in zip("abcdefgh", "bcdefghi", strict=True)]

        found = [(p.line, p.found) for p in problems_of("\n".join(rows))]

        assert [(1, "an anchor, &a"), (2, "an anchor, &b"), (2, "an alias, *a")] == found

    @pytest.mark.parametrize(("opening", "closing"), [("[", "]"), ("{a: ", "}")])
    def test_deep_nesting_is_refused_without_recursion(self, opening: str, closing: str) -> None:
        """
        Three thousand levels are one problem, not a RecursionError.
        """
        (problem,) = problems_of(f"a: 1\nb: {opening * 3000}{closing * 3000}\n")

        assert Problem("x.yaml", 2, "", f"nested deeper than {MAX_DEPTH} levels", "Flatten it.") == problem

    def test_nesting_up_to_the_limit_is_read(self) -> None:
        """
        The limit is the last depth that is read; one more is refused.
        """
        deep = MAX_DEPTH - 1
        found: Any = read(f"a: {'[' * deep}{']' * deep}")
        depth = 1
        while found:
            found = found["a"] if isinstance(found, Map) else found[0]
            depth += 1

        assert MAX_DEPTH == depth
        assert 1 == len(problems_of(f"a: {'[' * (deep + 1)}{']' * (deep + 1)}"))

    def test_every_problem_of_a_readable_document_is_found(self) -> None:
        """
        A repeated key, an anchor and a tag in one file are three problems.
        """
        expected = [(1, "an anchor, &x"), (2, "a tag, !mine"), (3, "the key 'a' is already in line 1")]

        assert expected == [(p.line, p.found) for p in problems_of("a: &x 1\nb: !mine 2\na: 3\n")]


@pytest.mark.usefixtures("_each_parser")
class TestFiles:
    def test_a_file_is_read_under_the_name_that_it_is_given(self, tmp_path: Path) -> None:
        """
        The name is what problems call the file; the path is only where it lies.
        """
        path = tmp_path / "one.yaml"
        path.write_text("name: One\n")
        problems: list[Problem] = []

        assert {"name": "One"} == read_file(path, "devices/acme/one.yaml", problems)
        assert [] == problems

        path.write_text("[]")

        assert read_file(path, "devices/acme/one.yaml", problems) is None
        assert ["devices/acme/one.yaml"] == [p.file for p in problems]

    def test_a_huge_file_is_refused_unread(self, tmp_path: Path) -> None:
        """
        One byte beyond 16 MiB is a problem; nothing is read.
        """
        path = tmp_path / "huge.yaml"
        path.touch()
        os.truncate(path, MAX_BYTES + 1)
        problems: list[Problem] = []

        with mock.patch.object(Path, "read_bytes", side_effect=AssertionError("it was read")):
            assert read_file(path, "huge.yaml", problems) is None

        cure = "Split it, or remove what does not belong here."
        assert [Problem("huge.yaml", 0, "", "the file is 16 MiB, at most 16 MiB are read", cure)] == problems

    @pytest.mark.parametrize(("kind", "why"), [("missing", "No such file or directory"), ("folder", "Is a directory")])
    def test_what_is_no_file_is_a_problem(self, tmp_path: Path, kind: str, why: str) -> None:
        """
        A path to nothing and a path to a folder are problems of the whole file, line 0.
        """
        path = tmp_path / kind
        if kind == "folder":
            path.mkdir()
        problems: list[Problem] = []

        assert read_file(path, "x.yaml", problems) is None
        assert [Problem("x.yaml", 0, "", f"cannot be read: {why}", "Check the path and its permissions.")] == problems


@pytest.mark.usefixtures("_each_parser")
def test_comments_are_found_and_nothing_else() -> None:
    """
    With their lines, and whether they stand alone; a `#` in a text, quoted, plain or in a block, is none.
    """
    text = """\
# 红米 top
name: "a # b"  # beside
it's: it's a#b # 'quoted'
list: [1, # one
  # alone
  'x # y'] #
block: | # header
  # no comment

  text # neither
# 😀 after the block
folded: >-
  one
  # two
last: 1
  # end"""
    expected = [
        (1, "# 红米 top", True),
        (2, "# beside", False),
        (3, "# 'quoted'", False),
        (4, "# one", False),
        (5, "# alone", True),
        (6, "#", False),
        (7, "# header", False),
        (11, "# 😀 after the block", True),
        (16, "# end", True),
    ]

    assert expected == sorted(comments_in(text))


TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Zl", "Zp"]), max_size=12)
SCALARS = st.none() | st.booleans() | st.integers(-(10**17), 10**17) | TEXTS
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4), max_leaves=12
)
DATA = st.dictionaries(TEXTS, VALUES, max_size=5)


class _Plain(yaml.SafeDumper):
    """
    Writes every value out, without anchors.
    """

    def ignore_aliases(self, data: object) -> bool:
        return True


def plain(value: object) -> object:
    """
    A value without what it knows of lines.
    """
    if isinstance(value, dict):
        return {k: plain(v) for k, v in value.items()}
    return [plain(v) for v in value] if isinstance(value, list) else value


@given(data=DATA, style=st.sampled_from(["json", "block", "flow"]))
def test_json_like_data_is_read_as_stock_yaml_reads_it(data: dict[str, Any], style: str) -> None:
    """
    On texts in quotes, integers, true, false and null, both parsers and `yaml.CSafeLoader` agree.
    """
    if style == "json":
        text = json.dumps(data, ensure_ascii=False)
    else:
        text = yaml.dump(data, Dumper=_Plain, allow_unicode=True, default_flow_style=style == "flow", sort_keys=False)
    stock = yaml.load(text, Loader=next(iter(PARSERS.values())))

    found = []
    for parser in PARSERS.values():
        with mock.patch.object(yamlfile, "_Parser", parser):
            found.append(plain(read(text)))

    assert [stock] * len(PARSERS) == found
    assert data == stock
