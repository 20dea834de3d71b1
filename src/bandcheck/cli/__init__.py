"""
The `bandcheck` command: arguments in, answers on stdout, talk on stderr, an exit code.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from bandcheck.errors import BandcheckError, UnknownDeviceError

ANSWERED, MISSES, USAGE, CANNOT_SAY = 0, 1, 2, 3
CLOSED_PIPE = 141  # as if SIGPIPE had ended us


def main(argv: Sequence[str] | None = None) -> int:
    """
    Run one command.

    Returns:
        0 answered (and meets `--need`) · 1 answered and it does not · 2 bad usage, unknown carrier or band, bad
        file · 3 can't say.
    """
    from bandcheck.cli.parser import parse

    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a terminal without "—" gets "?", not a traceback
    try:
        try:
            options = parse(list(sys.argv[1:] if argv is None else argv))
            code: int = options.run(options)
            sys.stdout.flush()
        except UnknownDeviceError as error:
            from bandcheck.cli.refusal import unknown_device

            code = unknown_device(error, options)
            sys.stdout.flush()
        except BandcheckError as error:
            from bandcheck.cli.refusal import refused

            code = refused(error, options)
            sys.stdout.flush()
    except BrokenPipeError:
        # Whoever read us has gone; nothing more to say, and nothing at exit either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = CLOSED_PIPE
    except KeyboardInterrupt:
        code = 130
    return code
