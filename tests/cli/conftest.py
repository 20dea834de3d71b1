"""
What the tests of commands share: running one on the made-up database.
"""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Any

import pytest

from bandcheck.cli import main


@pytest.fixture
def run(acme_index: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    """
    Runs a command on the made-up database; gives exit code, stdout and stderr.
    """

    def command(line: str, *more: str) -> tuple[int, str, str]:
        words = [*shlex.split(line), *more]
        takes_none = words[0] in ("bands", "modem") or (words[0] == "data" and words[1] != "stats")
        data = [] if takes_none else ["--data", str(acme_index)]
        try:
            code = main([*words, *data])
        except SystemExit as stop:
            code = int(stop.code or 0)
        said = capsys.readouterr()
        return code, said.out, said.err

    return command
