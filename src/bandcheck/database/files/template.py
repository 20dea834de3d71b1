"""
The start of a new data file: a template with placeholders, put where its facts belong.
"""

from __future__ import annotations

import re
from pathlib import Path

from bandcheck.database.files.tree import ID
from bandcheck.errors import DataError, Problem

_PLACES = {
    "phone": ("devices", "brand/name", re.compile(r"[a-z0-9-]+/.+")),
    "carrier": ("carriers", "country/name", re.compile(r"[a-z]{2}/.+")),
    "mvno": ("carriers", "country/name", re.compile(r"[a-z]{2}/.+")),
}
KINDS = tuple(_PLACES)
"""What there are templates of."""


def template(folder: Path, kind: str) -> str:
    """
    The template of a kind; each `TODO` in it is a placeholder, with an example behind it.

    Args:
        folder: A data folder with `templates/`.

        kind: One of `KINDS`.

    Raises:
        DataError: The folder has no such template.
    """
    path = folder / "templates" / f"{kind}.yaml"
    try:
        return path.read_text(encoding="utf-8")
    except OSError:
        cure = "Run this in a checkout of bandcheck, or name one with --folder."
        raise DataError((Problem(str(path), 0, "", "there is no such template", cure),)) from None


def begin(folder: Path, kind: str, record_id: str, text: str) -> Path:
    """
    Write a new file where its id belongs.

    Args:
        text: What is written: the template.

    Returns:
        Its path.

    Raises:
        DataError: Not an id; or the file is there already, and stays as it is; or it cannot be written.
    """
    group, form, shape = _PLACES[kind]
    if not ID.fullmatch(record_id) or not shape.fullmatch(record_id):
        cure = f"Write {form} in small letters, digits and hyphens: {_example(kind)}."
        raise DataError((Problem(record_id, 0, "", f"not the id of a {kind}", cure),))
    path = folder / group / f"{record_id}.yaml"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        raise DataError((Problem(str(path), 0, "", "is there already", "Edit it, or choose another id."),)) from None
    except OSError as error:
        found = f"cannot be written: {error.strerror}"
        raise DataError((Problem(str(path), 0, "", found, "Check the folder."),)) from None
    return path


def _example(kind: str) -> str:
    return "samsung/galaxy-s5" if kind == "phone" else "us/t-mobile"
