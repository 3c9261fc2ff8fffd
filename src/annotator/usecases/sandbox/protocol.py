"""Tasks and answers as they pass between the program and its workers, and the limits of these.

Both are MessagePack behind a header of fixed size; the words of an error are JSON. The
program imports this module and never the worker's, which loads the parser.
"""

import math
import resource
import sys
from struct import Struct as Layout
from typing import Literal

from msgspec import Struct

from annotator.model import NO_OVERRIDES, Original, Overrides
from annotator.model.site_rules import SiteRule
from annotator.model.text import MAX_TEXT

REQUEST = Layout(">IQQ")  # seconds of processor time, bytes of memory, bytes of the task
ANSWER = Layout(">B?Q")  # one of the codes below, whether the worker ends now, bytes of the answer

DONE = 0  # the answer is what the task asks for
REFUSED = 10  # the answer is the message and the hint of an error
OUT_OF_MEMORY = 11  # the answer is empty
FAILED = 12  # the answer says on one line what broke
LOST = 1  # the worker gave no answer

SIZE = 384  # bytes of a vector, as many as it has dimensions


class CleaningLimits(Struct, frozen=True, kw_only=True):
    """The time, memory and size that a page may take. Most need a hundredth of it."""

    wall_seconds: float = 15.0
    cpu_seconds: int = 20
    memory_bytes: int = 1 << 30
    characters: int = MAX_TEXT


class Texts(Struct, frozen=True, tag="texts"):
    """Texts whose vectors are wanted; with the vectors of `others`, those that are near the first.

    The vectors of others are `SIZE` bytes each, one after the other.
    """

    texts: tuple[str, ...]
    others: bytes = b""


class Task(Struct, frozen=True):
    """A page or document to extract with its reader's choices, to explain, or to unpack; or a feed.

    `repeated` are the lines of its site. Of texts the meaning is wanted.
    """

    original: Original | Texts
    choices: Overrides = NO_OVERRIDES
    rules: tuple[SiteRule, ...] = ()
    repeated: tuple[str, ...] = ()
    wanted: Literal["article", "reasons", "unpacked", "feed"] = "article"


class Unpacked(Struct, frozen=True):
    """The answer to a task that wants a document unpacked."""

    original: Original


class TextVectors(Struct, frozen=True):
    """The vectors of texts; or the places of the nearest others, and how near, up to 1."""

    vectors: tuple[bytes, ...] = ()
    nearest: tuple[tuple[int, float], ...] = ()


def set_limits(cpu_seconds: float, memory_bytes: int) -> None:
    """Set the limits for what is done next. The processor time until now does not count."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    until = math.ceil(used.ru_utime + used.ru_stime + cpu_seconds)
    for kind, value in ((resource.RLIMIT_CPU, until), (resource.RLIMIT_AS, memory_bytes)):
        hard = resource.getrlimit(kind)[1]  # only the superuser can raise it
        soft = value if hard == resource.RLIM_INFINITY else min(value, hard)
        try:
            resource.setrlimit(kind, (soft, hard))
        except (ValueError, OSError):
            if sys.platform != "darwin":  # macOS has no limit of the address space
                raise
