"""The process that cleans one page: it reads the task, answers, and ends.

The task comes as JSON on standard input, the answer goes to standard output,
and the exit code tells what the answer is. Whatever a page makes the parser
do, it happens to this process and to no other.
"""

import gc
import json
import logging
import os
import resource
import sys
import traceback
from contextlib import suppress
from types import TracebackType
from typing import NoReturn

from msgspec import Struct

from annotator.errors import AnnotatorError
from annotator.model import NO_OVERRIDES, Overrides, Page
from annotator.model.site_rules import SiteRule

DONE = 0  # the answer is what was asked for
REFUSED = 10  # it is the message and the hint of an error, for a person
OUT_OF_MEMORY = 11
FAILED = 12  # it says on a line what broke, for a report


class Task(Struct, frozen=True):
    """A page to be cleaned as its reader has chosen; or what cleaning decides, to be explained."""

    page: Page
    choices: Overrides = NO_OVERRIDES
    rules: tuple[SiteRule, ...] = ()
    is_explained: bool = False


def main() -> NoReturn:
    """Do the task on standard input, within the seconds and bytes that the arguments give."""
    logging.disable()  # readability logs whole pages
    sys.excepthook = _give_up
    gc.disable()  # the process ends with its page, and loading makes no cycles to be found
    import annotator.extract  # noqa: F401 - before the limits, so that Python may cache what it compiles

    cpu_seconds, memory_bytes = (int(argument) for argument in sys.argv[-2:])
    _limit(cpu_seconds, memory_bytes)
    _end(*answer_to(sys.stdin.buffer.read()))


def answer_to(request: bytes) -> tuple[int, bytes]:
    """Return the exit code and the answer for a task in JSON."""
    from annotator import codec
    from annotator.extract import explain, extract

    task = codec.decode(request, Task)
    do = explain if task.is_explained else extract
    try:
        return DONE, codec.encode(do(task.page, choices=task.choices, rules=task.rules))
    except AnnotatorError as error:
        return REFUSED, json.dumps([error.message, error.hint]).encode()


def _limit(cpu_seconds: int, memory_bytes: int) -> None:
    limits = {
        resource.RLIMIT_CPU: (cpu_seconds, cpu_seconds + 1),
        resource.RLIMIT_AS: (memory_bytes, memory_bytes),
        resource.RLIMIT_FSIZE: (0, 0),  # it has nothing to write
        resource.RLIMIT_CORE: (0, 0),
    }
    for kind, values in limits.items():
        with suppress(ValueError, OSError):  # macOS knows no limit of the address space
            resource.setrlimit(kind, values)


def _give_up(kind: type[BaseException], _: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, MemoryError):
        _end(OUT_OF_MEMORY, b"")
    where = traceback.extract_tb(trace, limit=-1)
    place = f" in {where[0].name}, line {where[0].lineno}" if where else ""
    _end(FAILED, f"{kind.__name__}{place}".encode())


def _end(code: int, answer: bytes) -> NoReturn:
    sys.stdout.buffer.write(answer)
    sys.stdout.buffer.flush()
    os._exit(code)  # freeing a large tree takes seconds that nobody needs
