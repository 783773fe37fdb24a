"""gis_core as a program: `python -m gis_core COMMAND [IN.json|-] [-o OUT.json]`.

It knows nothing about the science: it reads one JSON document, hands it on and writes one back.
Exit codes and the error document are laid down in the project's contracts: 0 answered, 2 bad input.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, NoReturn

import numpy as np

from gis_core import (
    assess_document,
    coverage_document,
    inequality_document,
    plan_document,
    rank_document,
    robustness_document,
    sensitivity_document,
    weights_document,
)
from gis_core.documents import no_minus_zero, parse
from gis_core.errors import BadInput

COMMANDS: Final[Mapping[str, Callable[[Any], dict[str, Any]]]] = {
    "assess": assess_document.run,
    "coverage": coverage_document.run,
    "inequality": inequality_document.run,
    "plan": plan_document.run,
    "rank": rank_document.run,
    "robustness": robustness_document.run,
    "sensitivity": sensitivity_document.run,
    "weights": weights_document.run,
}
"""Command -> function from a parsed document to the answer, raising BadInput."""


_TOO_LARGE: Final = "the numbers are too large to compute with in double precision"


class _Arguments(argparse.ArgumentParser):
    """Arguments whose faults are bad input like any other, in one line."""

    def error(self, message: str) -> NoReturn:
        """What argparse would print with the usage and exit for."""
        raise BadInput(message)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code. Nothing but BadInput and OS errors is expected."""
    out = "-"
    try:
        given = _parser().parse_args(arguments)
        out = given.output
        if given.command not in COMMANDS:
            raise BadInput(f"unknown command {given.command!r}; known: {', '.join(COMMANDS)}")
        # What overflows is told below as one fault; warnings of numpy would be further lines on standard error.
        with np.errstate(over="ignore", invalid="ignore"):
            answer = _answer(given.command, parse(_read(given.input)))
        _write(answer, out)
    except BadInput as error:
        return _fail(error, out)
    except BrokenPipeError:
        # The reader went away; the interpreter must not complain about it again when it closes.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    return 0


def _answer(command: str, document: Any) -> dict[str, Any]:
    """What a command answers; numbers that run out of double precision are bad input wherever it happens."""
    try:
        return dict(no_minus_zero(COMMANDS[command](document)))
    except OverflowError as error:
        raise BadInput(_TOO_LARGE) from error


def _parser() -> argparse.ArgumentParser:
    """The command line of the contract."""
    parser = _Arguments(prog="python -m gis_core", description="Slum assessment and ranking, JSON to JSON.")
    parser.add_argument("command", help=f"one of: {', '.join(COMMANDS)}")
    parser.add_argument("input", nargs="?", default="-", help="JSON document; - or nothing: standard input")
    parser.add_argument("-o", dest="output", default="-", metavar="OUT.json", help="default: standard output")
    return parser


def _read(name: str) -> str:
    """The text of a file or of standard input, as UTF-8 with or without a byte order mark."""
    try:
        raw = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
        return raw.decode("utf-8-sig")
    except OSError as error:
        raise BadInput(f"cannot read {name}: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise BadInput(f"{name} is not UTF-8 text") from error


def _write(document: dict[str, Any], name: str) -> None:
    """Write the answer with full double precision; BadInput if numbers ran out of it (never NaN or Infinity)."""
    try:
        text = json.dumps(document, indent=2, allow_nan=False) + "\n"
    except ValueError as error:
        raise BadInput(_TOO_LARGE) from error
    if name == "-":
        sys.stdout.write(text)
        sys.stdout.flush()
        return
    try:
        Path(name).write_text(text, encoding="utf-8")
    except OSError as error:
        raise BadInput(f"cannot write {name}: {error.strerror or error}") from error


def _fail(error: BadInput, out: str) -> int:
    """One line on standard error, the error document on the output; returns exit code 2."""
    line = " ".join(f"{error.pointer} {error.message}".split())
    print(line.encode("ascii", "backslashreplace").decode(), file=sys.stderr)
    document = {"error": {"pointer": error.pointer, "message": error.message}}
    try:
        _write(document, out)
    except BadInput:
        # The named output cannot be written: the document still goes somewhere.
        _write(document, "-")
    return 2


def _keep_output_clean() -> None:
    """Give the answer its own standard output: the solver's library prints notes of its own to the old one."""
    answer = os.dup(1)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    sys.stdout = os.fdopen(answer, "w", encoding="utf-8")


if __name__ == "__main__":
    _keep_output_clean()
    sys.exit(main())
