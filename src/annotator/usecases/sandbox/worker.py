"""The process that extracts articles, one page after another, within limits.

A task comes as MessagePack on standard input and its answer goes to standard output,
each behind a header with its length. Whatever a page makes the parser do
happens to this process alone: if a page crashes it or exceeds a limit, the
process ends, and its exit code says why.
"""

import gc
import json
import os
import resource
import sys
from collections.abc import Callable
from pathlib import Path
from select import select
from types import TracebackType
from typing import NoReturn, cast

from annotator import codec
from annotator.errors import AnnotatorError
from annotator.extract import explain, explain_document, extract, read_document, unpack
from annotator.feeds import read_feed
from annotator.model import Document, Page
from annotator.registry import load_part
from annotator.usecases.sandbox import protocol

MAX_PAGES = 50  # of one worker: whatever a page may leave behind does not last
# A page for which all patterns are compiled that most pages need.
WARM_UP = Page(
    url="",
    html="<title>A</title><article><h1>A</h1><p>It rained all day.</p></article>"
    '<aside class="promo"><p>Subscribe</p></aside><p>Share this</p>',
)
_MEANING = "annotator.usecases.sandbox.meaning:meaning_of"  # which needs the extra `meaning`
MAX_RESIDENT = 256 << 20  # bytes; a worker that is larger after a page does not get small again


def main() -> NoReturn:
    """Answer tasks until standard input ends or this worker has done enough."""
    sys.excepthook = _give_up
    for kind in (resource.RLIMIT_FSIZE, resource.RLIMIT_CORE):  # it has nothing to write
        resource.setrlimit(kind, (0, 0))
    gc.disable()  # while a page is extracted
    if not select([sys.stdin], [], [], 0)[0]:  # no task yet, as while a page is being fetched
        extract(WARM_UP)
    for number in range(1, MAX_PAGES + 1):
        cpu_seconds, memory_bytes, length = protocol.REQUEST.unpack(_read(protocol.REQUEST.size))
        protocol.set_limits(cpu_seconds, memory_bytes)
        code, answer = answer_to(_read(length))
        is_last = number == MAX_PAGES or _resident() > MAX_RESIDENT
        _write(code, answer, is_last=is_last)
        if is_last:
            break
        del answer
        gc.collect(0)  # what is new; all that stays was moved on by the collection before
    os._exit(0)  # freeing a large tree takes seconds


def answer_to(request: bytes) -> tuple[int, bytes]:
    """Return the code and the answer for a task in MessagePack."""
    task = codec.unpack(request, protocol.Task)
    try:
        return protocol.DONE, codec.pack(_result(task))
    except AnnotatorError as error:
        return protocol.REFUSED, json.dumps([error.message, error.hint]).encode()


def _result(task: protocol.Task) -> object:
    original, choices = task.original, task.choices
    if isinstance(original, protocol.Texts):
        return cast("Callable[[protocol.Texts], object]", load_part(_MEANING))(original)
    if isinstance(original, Document):
        if task.wanted == "unpacked":
            return protocol.Unpacked(unpack(original))
        of_document = explain_document if task.wanted == "reasons" else read_document
        return of_document(original, choices=choices)
    if task.wanted == "feed":
        return read_feed(original.html, original.url)
    of_page = explain if task.wanted == "reasons" else extract
    return of_page(original, choices=choices, rules=task.rules, repeated=task.repeated)


def _resident() -> int:
    """Return how many bytes of memory this process occupies.

    The maximum that `getrusage` gives is no measure where the kernel tells the
    present: it starts at the size of the program that started this process.
    """
    try:
        pages = Path("/proc/self/statm").read_text("ascii").split()[1]
        return int(pages) * resource.getpagesize()
    except FileNotFoundError:
        unit = 1 if sys.platform == "darwin" else 1024
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


def _read(length: int) -> bytes:
    data = sys.stdin.buffer.read(length)
    if len(data) < length:  # the program has ended
        os._exit(0)
    return data


def _write(code: int, answer: bytes, *, is_last: bool) -> None:
    try:
        sys.stdout.buffer.write(protocol.ANSWER.pack(code, is_last, len(answer)) + answer)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        os._exit(0)


def _give_up(kind: type[BaseException], _: BaseException, trace: TracebackType | None) -> None:
    code, told = protocol.OUT_OF_MEMORY, ""
    if not issubclass(kind, MemoryError):
        code, told = protocol.FAILED, kind.__name__
        while trace and trace.tb_next:
            trace = trace.tb_next
        if trace:
            told += f" in {trace.tb_frame.f_code.co_name}, line {trace.tb_lineno}"
    _write(code, told.encode(), is_last=True)
    os._exit(1)
