"""
What can go wrong, as one tree.

    BandcheckError
    ├── InvalidBandError (ValueError)      a band, band list or channel that cannot be read
    ├── InvalidDateError (ValueError)      a date that cannot be read
    ├── InvalidChannelError (ValueError)   a channel number that means two frequencies, or no such direction
    ├── UnknownThingError (LookupError)    nothing in the data answers to that name
    │   ├── UnknownDeviceError
    │   └── UnknownCarrierError
    ├── UnreadableDumpError (ValueError)   a modem's or phone's dump that cannot be read
    ├── DataError (ValueError)             facts that do not pass the checks: all problems at once
    └── FileUnusableError (OSError)        a file that somebody named cannot be read as what it should be, or written
        └── IndexUnusableError             the compiled index is missing, damaged or of a newer version

A phone that shares no band with a carrier is an answer, not an error.
"""

from __future__ import annotations

from typing import NamedTuple


class BandcheckError(Exception):
    """
    Base of every error that bandcheck raises on purpose.

    Plain classes, not attrs: this module is imported by every command, and they cost a third.
    Arguments are positional and kept in `args`, so errors pickle back from a process pool.
    """


class InvalidBandError(BandcheckError, ValueError):
    """
    A text that is not a band, a band list or a channel number.

    Attributes:
        text: What came in, verbatim.

        expected: What would have been read, for people.
    """

    def __init__(self, text: str, expected: str) -> None:
        super().__init__(text, expected)
        self.text = text
        self.expected = expected

    def __str__(self) -> str:
        return f"{self.text!r} is not a band: expected {self.expected}."


class InvalidDateError(BandcheckError, ValueError):
    """
    A text that is not a calendar date.

    Attributes:
        text: What came in, verbatim.
    """

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text

    def __str__(self) -> str:
        return f"{self.text!r} is not a date: expected YYYY-MM-DD, YYYY-MM or YYYY."


class InvalidChannelError(BandcheckError, ValueError):
    """
    A channel number that means several frequencies, or a direction that there is not.

    Attributes:
        text: What came in, for people: `gsm channel 600`.

        why: What is wrong, and what to say instead.
    """

    def __init__(self, text: str, why: str) -> None:
        super().__init__(text, why)
        self.text = text
        self.why = why

    def __str__(self) -> str:
        return f"{self.text} {self.why}."


class UnknownThingError(BandcheckError, LookupError):
    """
    Nothing in the data answers to a name.

    Attributes:
        query: What was looked up, verbatim.

        suggestions: Up to five names that look similar, best first; empty if none does.
    """

    what = "thing"

    def __init__(self, query: str, suggestions: tuple[str, ...] = ()) -> None:
        super().__init__(query, suggestions)
        self.query = query
        self.suggestions = suggestions

    def __str__(self) -> str:
        hint = f" Did you mean {' · '.join(self.suggestions)}?" if self.suggestions else ""
        return f"No {self.what} answers to {self.query!r}.{hint}"


class UnknownDeviceError(UnknownThingError):
    """
    No phone answers to a name, model number or id. This says nothing about the phone itself.
    """

    what = "phone"


class UnknownCarrierError(UnknownThingError):
    """
    No carrier answers to a name, id or PLMN.
    """

    what = "carrier"


class UnreadableDumpError(BandcheckError, ValueError):
    """
    A dump of a modem or phone that is empty, damaged, of no known format or of one that must be named.

    The dump itself is not in the error: it may hold an IMEI or a phone number.

    Attributes:
        why: What is wrong.

        possible: Formats that it could be of, to choose one as `input_format`; empty if naming one would not help.
    """

    def __init__(self, why: str, possible: tuple[str, ...] = ()) -> None:
        super().__init__(why, possible)
        self.why = why
        self.possible = possible

    def __str__(self) -> str:
        choice = f" Say what it is by input_format (--input-format), one of: {', '.join(self.possible)}."
        return f"{self.why}.{choice if self.possible else ''}"


class Problem(NamedTuple):
    """
    One thing wrong in a data file.

    Attributes:
        file: Path as given, or relative to the data folder.

        line: Line in the file, from 1; 0 if the whole file is meant.

        path: Where in the document: `variants.2014811.bands.lte[2]`; empty for the whole.

        found: What is wrong, with what was found.

        cure: What to do about it.
    """

    file: str
    line: int
    path: str
    found: str
    cure: str

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}:" if self.line else f"{self.file}:"
        at = f" {self.path}:" if self.path else ""
        return f"{where}{at} {self.found}. {self.cure}"


class DataError(BandcheckError, ValueError):
    """
    Data that does not pass the checks.

    Attributes:
        problems: Every problem found, in the order of files and lines.
    """

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(problems)
        self.problems = tuple(problems)

    def __str__(self) -> str:
        count = len(self.problems)
        lines = [str(p) for p in self.problems]
        return "\n".join([*lines, f"{count} problem{'' if count == 1 else 's'}."])


class FileUnusableError(BandcheckError, OSError):
    """
    A file that somebody named cannot be read as what it should be, or not be written.

    Attributes:
        path: As it was named; `-` for stdin.

        why: What is wrong and what to do.
    """

    def __init__(self, path: str, why: str) -> None:
        super().__init__(path, why)
        self.path = path
        self.why = why

    def __str__(self) -> str:
        return f"{self.path}: {self.why}"


class IndexUnusableError(FileUnusableError):
    """
    The compiled index cannot be used. `path` is the index file or data folder.
    """
