"""
What the command line takes. Only the parser of the command at hand is built.
"""

from __future__ import annotations

import argparse
import functools
import importlib
from collections.abc import Callable
from typing import NoReturn

from bandcheck import __version__

LEVELS = ("2g", "3g", "4g", "5g")

IMPORTERS = ("networks", "carriers_facts", "aosp", "devices")
"""As `importers.frame.ORDER`, which a parser of other commands need not import."""

DIFF_LIMIT = 25
"""How many changes of each kind `data diff` prints as text, where nobody says."""

_COMMANDS: dict[str, tuple[str, str, str]] = {
    # name: (module that answers, function there, what it does)
    "check": ("answers", "check", "what a phone gets on a carrier"),
    "where": ("lists", "where", "what a phone gets on every carrier"),
    "phones": ("lists", "phones", "what every phone gets on a carrier"),
    "timeline": ("lists", "timeline", "how the answer changes with time"),
    "show": ("look", "show", "a device, carrier, band or channel number"),
    "search": ("look", "search", "find names, typing errors forgiven"),
    "identify": ("identify", "identify", "which phone a listing title, model number or IMEI is about"),
    "bands": ("readings", "bands", "which bands a text speaks of"),
    "modem": ("readings", "modem", "which bands a modem's or phone's dump tells of"),
    "rule": ("look", "rule", "what a reason code means"),
    "screen": ("screen", "screen", "decide which listings of a catalogue can be published"),
    "data": ("data", "", "check, format, build and count the data"),
}

_DATA_COMMANDS = {
    "check": ("check", "check data files: every problem with its line and cure"),
    "fmt": ("fmt", "put data files into their one form"),
    "build": ("build", "compile the data into an index"),
    "stats": ("stats", "count what there is and how sure it is"),
    "rules": ("rules", "print the rules with their reasons"),
    "diff": ("diff", "what changed between two indexes or data folders, for release notes"),
    "import": ("import_source", "import a source's facts into bands/imported/NAME"),
    "new": ("new", "begin the file of a phone, carrier or MVNO"),
}

_EXAMPLES = {
    "": 'bandcheck check "Redmi 2" -c "US Mobile" --on 2016-02-02',
    "check": 'bandcheck check "Redmi 2 Prime" -c "US Mobile" --on 2016-02-02',
    "where": 'bandcheck where "Redmi 2 Pro" --country US --on 2016-02-02',
    "phones": 'bandcheck phones -c "T-Mobile US" --on 2016-02-02 --need 4g --brand Xiaomi',
    "timeline": 'bandcheck timeline "Redmi 2 Prime" -c "T-Mobile US"',
    "show": "bandcheck show B4",
    "search": 'bandcheck search "redmi 2"',
    "identify": 'bandcheck identify "XIAOMI Redmi 2 HM2014813 4G LTE Dual SIM 8GB White NEW"',
    "bands": 'bandcheck bands "GSM 850/900/1800/1900, WCDMA B1/B8, FDD-LTE B1/B3/B7 Cat4 150/50 Mbps"',
    "modem": "bandcheck modem examples/modem.json",
    "rule": "bandcheck rule BC201",
    "screen": 'bandcheck screen examples/us-mobile-2016.csv -c "US Mobile" --on 2016-02-01 --exit-zero',
    "data check": "bandcheck data check bands/devices/xiaomi/redmi-2.yaml",
    "data fmt": "bandcheck data fmt --diff bands/devices/xiaomi/redmi-2.yaml",
    "data build": "bandcheck data build -o index.sqlite",
    "data stats": "bandcheck data stats -f json",
    "data rules": "bandcheck data rules",
    "data diff": "bandcheck data diff bands bands -f markdown",
    "data import": "bandcheck data import networks networks_history.jsonl --dry-run",
    "data new": "bandcheck data new phone",
}


def parse(argv: list[str]) -> argparse.Namespace:
    """
    Read the arguments. `run` of the result does the work, and takes it.

    Raises:
        SystemExit: 2 on bad usage, 0 after help.
    """
    if argv and argv[0] in _COMMANDS and argv[0] != "data":
        command = argv[0]
        module, function, about = _COMMANDS[command]
        parser = _parser(f"bandcheck {command}", _sentence(about), command)
        _fill(parser, command, module, function)
        return parser.parse_args(argv[1:])
    parser = _parser("bandcheck", "What will this phone get on this carrier?", "")
    parser.add_argument("--version", action="version", version=f"bandcheck {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for command, (module, function, about) in _COMMANDS.items():
        one = _subparser(commands, command, about, command)
        if command == "data":
            _data(one)
        else:
            _fill(one, command, module, function)
    return parser.parse_args(argv)


def _fill(parser: argparse.ArgumentParser, command: str, module: str, function: str) -> None:
    """
    Give the parser of a command its arguments.
    """
    _ARGUMENTS[command](parser)
    _common(parser, _FORMATS.get(command, ()), data=command not in ("bands", "modem"))
    parser.set_defaults(command=command, run=_runner(module, function))
    if command == "screen":
        parser.set_defaults(format=None)  # by the suffix of the file that is written


def _sentence(about: str) -> str:
    return f"{about[0].upper()}{about[1:]}."


def _runner(module: str, function: str) -> Callable[[argparse.Namespace], int]:
    def run(options: argparse.Namespace) -> int:
        code: int = getattr(importlib.import_module(f"bandcheck.cli.{module}"), function)(options)
        return code

    return run


# argparse makes a formatter for every argument, and one without a width asks for the terminal's each time.
_FORMATTER = functools.partial(argparse.HelpFormatter, width=80)


class _Parser(argparse.ArgumentParser):
    """
    An argument parser that tells a mistake in one line.
    """

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {message.rstrip('.')}. Try: {self.prog} --help\n")


def _parser(prog: str, about: str, example: str) -> argparse.ArgumentParser:
    epilog = f"Example: {_EXAMPLES[example]}"
    return _Parser(prog=prog, description=about, epilog=epilog, allow_abbrev=False, formatter_class=_FORMATTER)


def _subparser(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], name: str, about: str, key: str
) -> argparse.ArgumentParser:
    example = f"Example: {_EXAMPLES[key]}" if key in _EXAMPLES else None
    return commands.add_parser(
        name,
        help=about,
        description=_sentence(about),
        epilog=example,
        allow_abbrev=False,
        formatter_class=_FORMATTER,
    )


_TABLES = ("jsonl", "csv", "markdown")

_FORMATS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("where", "phones", "timeline", "search"), _TABLES),
    "bands": ("jsonl",),
    "modem": ("jsonl",),
    "identify": ("jsonl",),
    "screen": ("jsonl", "csv", "markdown", "html"),
}
"""The formats of a command beside text and json."""


def _common(parser: argparse.ArgumentParser, more: tuple[str, ...] = (), data: bool = True) -> None:
    formats = ["text", "json", *more]
    parser.add_argument("-f", "--format", choices=formats, default="text", help="output format")
    parser.add_argument("--ascii", action="store_true", help="words and ASCII alone")
    parser.add_argument("--no-color", action="store_true", help="no colour, even on a terminal")
    if data:
        parser.add_argument("--data", metavar="PATH", help="another index or data folder")
        parser.add_argument(
            "--overlay", metavar="PATH", action="append", default=[], help="your own facts on top (YAML file or folder)"
        )


def _count(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 0 < int(text) < 10**9):
        raise argparse.ArgumentTypeError(f"{text!r} is not a count: expected a whole number above 0")
    return int(text)


def _phone(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("device", nargs="?", metavar="DEVICE", help="name, model number or id")
    parser.add_argument("--model", metavar="M", help="only the version with this model number")
    parser.add_argument(
        "--bands",
        metavar="SPEC",
        help='all bands of a phone, instead of its name: "gsm 850 1900 / umts 2 4 / lte 2 4 12"',
    )
    parser.add_argument("--text", metavar="TEXT", help="a listing or spec sheet, instead of its name; - reads stdin")
    parser.add_argument("--modem", metavar="FILE", help="a dump of its modem, instead of its name; - reads stdin")


def _when(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--on",
        default=None,
        metavar="DATE",
        help="the day the answer is for; of a month or year the last day (default: today)",
    )


def _need(parser: argparse.ArgumentParser, about: str) -> None:
    parser.add_argument("--need", choices=LEVELS, type=str.lower, help=about)


def _check(parser: argparse.ArgumentParser) -> None:
    _phone(parser)
    parser.add_argument("-c", "--carrier", required=True, metavar="CARRIER", help="name, id or PLMN")
    _when(parser)
    _need(parser, "exit 0 only if the phone gets this for certain, 1 if not, 3 if nobody can say")
    parser.add_argument("--explain", action="store_true", help="every reason with its sources")


def _where(parser: argparse.ArgumentParser) -> None:
    _phone(parser)
    parser.add_argument("--country", metavar="CC", help="only carriers of this country (ISO 3166, such as US)")
    _when(parser)
    _need(parser, "only carriers that give this for certain")


def _phones(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("-c", "--carrier", required=True, metavar="CARRIER", help="name, id or PLMN")
    parser.add_argument("--brand", metavar="B", help="only phones of this brand")
    _when(parser)
    _need(parser, "only phones that get this for certain in every version")


def _timeline(parser: argparse.ArgumentParser) -> None:
    _phone(parser)
    parser.add_argument("-c", "--carrier", required=True, metavar="CARRIER", help="name, id or PLMN")


def _show(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "thing", metavar="THING", nargs="+", help='"Redmi 2", us/t-mobile, 310-260, B4, n78, "earfcn 1950"'
    )
    _when(parser)


def _search(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("text", metavar="TEXT", nargs="+")
    parser.add_argument("--limit", type=_count, default=10, metavar="N", help="at most so many (default: 10)")


def _identify(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("text", metavar="TEXT", nargs="+", help="a title, number or name; - reads stdin, a text a line")


def _bands(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("text", metavar="TEXT", nargs="+", help="a listing or spec sheet; - reads stdin")
    parser.add_argument(
        "--region", metavar="CC", help="where it is sold (ISO 3166), which tells what a frequency usually means"
    )


def _modem(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="a file; - reads stdin")
    parser.add_argument("--input-format", metavar="NAME", help="what it is, where that cannot be seen; ? lists them")


def _rule(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("code", metavar="CODE", nargs="?", help="such as BC201; left out: all")


def _mapping(text: str) -> tuple[str, str]:
    field, equals, column = text.partition("=")
    if not (equals and field.strip() and column.strip()):
        raise argparse.ArgumentTypeError(f"{text!r} is no mapping: expected FIELD=COLUMN, such as title=name")
    return field.strip(), column.strip()


def _screen(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", nargs="?", metavar="FILE", help="CSV, TSV, JSON, JSONL or Parquet; - is stdin")
    parser.add_argument("-c", "--carrier", metavar="CARRIER", help="name, id or PLMN (default: a column `carrier`)")
    _when(parser)
    parser.add_argument("--policy", metavar="FILE", help="what is asked of a listing (default: see --show-policy)")
    parser.add_argument("--show-policy", action="store_true", help="print the policy and stop")
    parser.add_argument(
        "--map", type=_mapping, action="append", default=[], metavar="FIELD=COLUMN", help="which column holds a field"
    )
    parser.add_argument("--input-format", choices=("csv", "tsv", "json", "jsonl", "parquet"), help="of FILE")
    parser.add_argument("--encoding", metavar="NAME", help="of FILE (default: UTF-8, or by its byte order mark)")
    parser.add_argument("--baseline", metavar="OLD.json", help="show what changed since this screening")
    parser.add_argument("-o", "--output", metavar="FILE", help="write the report; its suffix names the format")
    parser.add_argument("--split", metavar="DIR", help="write list.csv, label.csv, hold.csv, block.csv, skipped.csv")
    parser.add_argument("--keep-input", action="store_true", help="CSV: the catalogue's own columns on the left")
    parser.add_argument("--all", action="store_true", help="every listing's reasons")
    parser.add_argument(
        "--fail-on",
        choices=("label", "hold", "block", "never"),
        default="hold",
        help="exit 1 if any listing gets this or worse (default: hold)",
    )
    parser.add_argument("--exit-zero", action="store_true", help="exit 0 whatever is found")
    parser.add_argument("--engine", choices=("polars", "dask"), help="screen in bulk: no sentences, FILE of any size")
    parser.add_argument("--scheduler", metavar="ADDRESS", help="Dask: its workers' (default: workers on this machine)")


_ARGUMENTS: dict[str, Callable[[argparse.ArgumentParser], None]] = {
    "check": _check,
    "where": _where,
    "phones": _phones,
    "timeline": _timeline,
    "show": _show,
    "search": _search,
    "identify": _identify,
    "bands": _bands,
    "modem": _modem,
    "rule": _rule,
    "screen": _screen,
}


def _data(parser: argparse.ArgumentParser) -> None:
    commands = parser.add_subparsers(dest="data_command", metavar="COMMAND", required=True)
    for name, (function, about) in _DATA_COMMANDS.items():
        one = _subparser(commands, name, about, f"data {name}")
        one.set_defaults(run=_runner("imports" if name == "import" else "data", function))
        if name in ("check", "fmt"):
            one.add_argument(
                "files", nargs="*", metavar="FILE", help="data files or folders (default: the whole folder)"
            )
        if name == "fmt":
            mode = one.add_mutually_exclusive_group()
            mode.add_argument("--check", action="store_true", help="change nothing; exit 1 if something would change")
            mode.add_argument("--diff", action="store_true", help="change nothing; print what would change")
        if name == "build":
            one.add_argument("-o", "--output", metavar="FILE", required=True, help="where to write the index")
        if name == "diff":
            one.add_argument("old", metavar="OLD", help="an index or a data folder")
            one.add_argument("new", metavar="NEW", help="likewise, the later one")
            one.add_argument(
                "--limit",
                type=_count,
                metavar="N",
                help=f"at most so many changes of each kind (default: {DIFF_LIMIT} as text, else all)",
            )
        if name == "import":
            one.add_argument("name", choices=IMPORTERS, metavar="NAME", help=", ".join(IMPORTERS))
            one.add_argument("paths", nargs="+", metavar="PATH", help="the source's files")
            one.add_argument("--dry-run", action="store_true", help="write nothing; print a diff of what would change")
            one.add_argument(
                "--into", dest="folder", metavar="DIR", help="the data folder (default: bands/ here or in the checkout)"
            )
        if name == "new":
            one.add_argument(
                "kind", choices=("phone", "carrier", "mvno"), metavar="KIND", help="phone, carrier or mvno"
            )
            one.add_argument(
                "id", nargs="?", metavar="ID", help="brand/name or country/name, which is its place; left out: print it"
            )
        if name in ("check", "fmt", "build", "new"):
            one.add_argument(
                "--folder", metavar="DIR", help="the data folder (default: bands/ here or in the checkout)"
            )
        _common(one, ("markdown",) if name == "diff" else (), data=name == "stats")
