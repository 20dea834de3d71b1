"""
The `bandcheck` command: arguments in, answers on stdout, talk on stderr, an exit code.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from typing import NoReturn

from bandcheck.errors import BandcheckError, UnknownDeviceError

ANSWERED, MISSES, USAGE, CANNOT_SAY = 0, 1, 2, 3
CLOSED_PIPE, INTERRUPTED = 141, 130  # as if SIGPIPE or SIGINT had ended us


def main(argv: Sequence[str] | None = None) -> int:
    """
    Run one command.

    Returns:
        0 answered (and meets `--need`) · 1 answered and it does not · 2 bad usage, unknown carrier or band, bad
        file · 3 can't say.
    """
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # closed by whoever started us
            setattr(sys, name, open(os.devnull, "w"))  # noqa: SIM115 - it lives as long as the process
    thresholds = gc.get_threshold()
    gc.set_threshold(1_000_000)  # a command makes little garbage and ends; looking for it costs a twentieth of the time
    try:
        return _run(sys.argv[1:] if argv is None else argv)
    except BrokenPipeError:
        # Whoever read us has gone; nothing more to say, and nothing at exit either.
        _drop_output()
        return CLOSED_PIPE
    except OSError as error:
        _drop_output()
        print(f"bandcheck: the answer cannot be written: {error.strerror or error}.", file=sys.stderr)
        return USAGE
    except KeyboardInterrupt:
        return INTERRUPTED
    finally:
        gc.set_threshold(*thresholds)


def run() -> NoReturn:
    """
    The console script: `main`, then out at once.

    All is written and nothing of ours needs cleaning up; the interpreter's own tidying would cost a fifth of the
    time.
    """
    code = main()
    sys.stderr.flush()
    os._exit(code)


def _drop_output() -> None:
    """
    Send what is still to be written nowhere, so that closing stdout at exit does not fail again.
    """
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _run(argv: Sequence[str]) -> int:
    from bandcheck.cli.parser import parse

    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a terminal without "—" gets "?", not a traceback
    options = parse(list(argv))
    try:
        code: int = options.run(options)
    except UnknownDeviceError as error:
        from bandcheck.cli.refusal import unknown_device

        code = unknown_device(error, options)
    except BandcheckError as error:
        from bandcheck.cli.refusal import refused

        code = refused(error, options)
    sys.stdout.flush()
    return code
