"""
What the command line takes. Only the parser of the command at hand is built.
"""

from __future__ import annotations

import argparse
import datetime as dt
import functools
import importlib
from collections.abc import Callable

from bandcheck import __version__
from bandcheck.errors import InvalidDateError

LEVELS = ("2g", "3g", "4g", "5g")

_COMMANDS: dict[str, tuple[str, str, str]] = {
    # name: (module that answers, function there, what it does)
    "check": ("answers", "check", "what a phone gets on a carrier"),
    "where": ("answers", "where", "what a phone gets on every carrier"),
    "phones": ("answers", "phones", "what every phone gets on a carrier"),
    "timeline": ("answers", "timeline", "how the answer changes with time"),
    "show": ("look", "show", "a device, carrier, band or channel number"),
    "search": ("look", "search", "find names, typing errors forgiven"),
    "rule": ("look", "rule", "what a reason code means"),
    "data": ("data", "", "check, format, build and count the data"),
}

_DATA_COMMANDS = {
    "check": ("check", "check data files: every problem with its line and cure"),
    "fmt": ("fmt", "put data files into their one form"),
    "build": ("build", "compile the data into an index"),
    "stats": ("stats", "count what there is and how sure it is"),
    "rules": ("rules", "print the rules with their reasons"),
}

_EXAMPLES = {
    "": 'bandcheck check "Redmi 2" -c "US Mobile" --on 2016-02-02',
    "check": 'bandcheck check "Redmi 2 Prime" -c "US Mobile" --on 2016-02-02',
    "where": 'bandcheck where "Redmi 2 Pro" --country US --on 2016-02-02',
    "phones": 'bandcheck phones -c "T-Mobile US" --on 2016-02-02 --need 4g --brand Xiaomi',
    "timeline": 'bandcheck timeline "Redmi 2 Prime" -c "T-Mobile US"',
    "show": "bandcheck show B4",
    "search": 'bandcheck search "redmi 2"',
    "rule": "bandcheck rule BC201",
    "data check": "bandcheck data check bands/devices/xiaomi/redmi-2.yaml",
    "data fmt": "bandcheck data fmt --diff bands/devices/xiaomi/redmi-2.yaml",
    "data build": "bandcheck data build -o index.sqlite",
    "data stats": "bandcheck data stats -f json",
    "data rules": "bandcheck data rules",
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
    _common(parser, tables=command in ("where", "phones"))
    parser.set_defaults(command=command, run=_runner(module, function))


def _sentence(about: str) -> str:
    return f"{about[0].upper()}{about[1:]}."


def _runner(module: str, function: str) -> Callable[[argparse.Namespace], int]:
    def run(options: argparse.Namespace) -> int:
        code: int = getattr(importlib.import_module(f"bandcheck.cli.{module}"), function)(options)
        return code

    return run


# argparse makes a formatter for every argument, and one without a width asks for the terminal's each time.
_FORMATTER = functools.partial(argparse.HelpFormatter, width=80)


def _parser(prog: str, about: str, example: str) -> argparse.ArgumentParser:
    epilog = f"Example: {_EXAMPLES[example]}"
    return argparse.ArgumentParser(
        prog=prog, description=about, epilog=epilog, allow_abbrev=False, formatter_class=_FORMATTER
    )


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


def _common(parser: argparse.ArgumentParser, tables: bool = False, data: bool = True) -> None:
    formats = ["text", "json", *(["jsonl", "csv", "markdown"] if tables else [])]
    parser.add_argument("-f", "--format", choices=formats, default="text", help="output format")
    parser.add_argument("--ascii", action="store_true", help="words and ASCII alone")
    parser.add_argument("--no-color", action="store_true", help="no colour, even on a terminal")
    if data:
        parser.add_argument("--data", metavar="PATH", help="another index or data folder")
        parser.add_argument(
            "--overlay", metavar="PATH", action="append", default=[], help="your own facts on top (YAML file or folder)"
        )


def _day(text: str) -> dt.date:
    from bandcheck.model.dates import parse_day

    try:
        return parse_day(text)
    except InvalidDateError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def _phone(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("device", nargs="?", metavar="DEVICE", help="name, model number or id")
    parser.add_argument("--model", metavar="M", help="only the version with this model number")
    parser.add_argument(
        "--bands",
        metavar="SPEC",
        help='all bands of a phone, instead of its name: "gsm 850 1900 / umts 2 4 / lte 2 4 12"',
    )


def _when(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--on",
        type=_day,
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
    parser.add_argument("--limit", type=int, default=10, metavar="N", help="at most so many (default: 10)")


def _rule(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("code", metavar="CODE", nargs="?", help="such as BC201; left out: all")


_ARGUMENTS: dict[str, Callable[[argparse.ArgumentParser], None]] = {
    "check": _check,
    "where": _where,
    "phones": _phones,
    "timeline": _timeline,
    "show": _show,
    "search": _search,
    "rule": _rule,
}


def _data(parser: argparse.ArgumentParser) -> None:
    commands = parser.add_subparsers(dest="data_command", metavar="COMMAND", required=True)
    for name, (function, about) in _DATA_COMMANDS.items():
        one = _subparser(commands, name, about, f"data {name}")
        one.set_defaults(run=_runner("data", function))
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
        if name in ("check", "fmt", "build"):
            one.add_argument(
                "--folder", metavar="DIR", help="the data folder (default: bands/ here or in the checkout)"
            )
        _common(one, data=name == "stats")
