"""
The README says what is so.
"""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

import bandcheck
from bandcheck.cli import main
from bandcheck.cli.parser import _COMMANDS

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = [line for line in README.splitlines() if line.startswith("bandcheck ")]


@pytest.mark.parametrize("line", COMMANDS)
def test_every_command_answers(line: str, capsys: pytest.CaptureFixture[str]) -> None:
    """
    Each command that the README shows can be pasted into a shell, and answers.
    """
    lexer = shlex.shlex(line, posix=True, punctuation_chars=True)
    lexer.whitespace_split = True
    words = list(lexer)
    assert not any(set(word) <= set("();<>|&") for word in words), "the shell would take this apart"
    assert main(words[1:]) == 0
    assert capsys.readouterr().out


def test_every_command_is_shown() -> None:
    """
    No command for shoppers is missing from the README.
    """
    shown = {line.split()[1] for line in COMMANDS}
    assert set(_COMMANDS) - {"data"} == shown


def test_the_first_answer_is_the_one_that_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    """
    The README's picture of the Redmi 2 is what the command prints.
    """
    picture = re.search(r"```text\n(.*?)\n\.\.\.\n```", README, re.S)
    assert picture is not None
    main(["check", "Redmi 2", "-c", "US Mobile", "--on", "2016-02-02"])
    assert capsys.readouterr().out.startswith(picture[1])


def test_python_answers_as_shown(real_catalog: bandcheck.Catalog) -> None:
    """
    The values beside the README's Python lines.
    """
    report = bandcheck.check("Redmi 2 Pro", "US Mobile", on="2016-02-02", catalog=real_catalog)
    assert (report.outcome, report.headline) == ("4g", "4G WITH GAPS")
    phone = bandcheck.BandSet.parse("umts 1 2 5 / lte 3 7 38 39 40 41")
    assert bandcheck.check(phone, "310-260", on="2016-02-02", catalog=real_catalog).outcome == "3g"
    assert bandcheck.identify("Samsung Galaxy S5 SM-G900F 16GB", catalog=real_catalog).models == ("SM-G900F",)
    assert bandcheck.read_bands("FDD-LTE: B1/B3/B7, Cat 4").bands == bandcheck.BandSet.parse("lte 1 3 7")
    assert bandcheck.read_modem((ROOT / "examples/modem.json").read_text()).bands
    assert bandcheck.bands_for_channel("lte", 1950, catalog=real_catalog) == {bandcheck.Band.parse("B4")}
    assert bandcheck.frequency("lte", 1950, catalog=real_catalog) == 2110.0


def test_ci_runs_the_commands_of_the_readme() -> None:
    """
    `.ci/run` takes its two set-up commands from here.
    """
    lines = [line for line in README.splitlines() if line.startswith("python3 -m venv ")]
    assert len(lines) == 2
    assert "bandcheck check" in lines[0]
    assert "pytest" in lines[1]
    assert "command_of pytest" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")
