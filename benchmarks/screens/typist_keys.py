"""What the typist types: keys of all screens, words for the fields, and what terminals send."""

from collections.abc import Iterator
from random import Random
from typing import NamedTuple

from annotator.tui.keys.groups import ALL_KEYS, BY_ID

FASTEST, SLOWEST = 300.0, 1.0  # keys a second
LONGEST = 60  # keys in a burst
MOST = 12  # keys and words in it
WHEEL = 0.3  # of what the mouse does

_NAMED = {
    "ampersand": "&",
    "apostrophe": "'",
    "asterisk": "*",
    "at": "@",
    "backspace": "\x7f",
    "colon": ":",
    "comma": ",",
    "dollar_sign": "$",
    "down": "\x1b[B",
    "end": "\x1b[F",
    "enter": "\r",
    "escape": "\x1b[27u",  # as terminals send it that tell it from the start of a sequence
    "exclamation_mark": "!",
    "f1": "\x1bOP",
    "f5": "\x1b[15~",
    "equals_sign": "=",
    "full_stop": ".",
    "greater_than_sign": ">",
    "home": "\x1b[H",
    "left": "\x1b[D",
    "left_curly_bracket": "{",
    "left_parenthesis": "(",
    "left_square_bracket": "[",
    "less_than_sign": "<",
    "minus": "-",
    "number_sign": "#",
    "pagedown": "\x1b[6~",
    "pageup": "\x1b[5~",
    "percent_sign": "%",
    "plus": "+",
    "question_mark": "?",
    "quotation_mark": '"',
    "right": "\x1b[C",
    "right_curly_bracket": "}",
    "right_parenthesis": ")",
    "right_square_bracket": "]",
    "semicolon": ";",
    "shift+down": "\x1b[1;2B",
    "shift+tab": "\x1b[Z",
    "shift+up": "\x1b[1;2A",
    "slash": "/",
    "space": " ",
    "tab": "\t",
    "underscore": "_",
    "up": "\x1b[A",
    "vertical_line": "|",
}
_FREQUENT = ("enter", "escape", "tab", "j", "k", "down", "up", "s", "x", "u")
ENTRANCES = (  # the ids of keys that lead to another screen, dialog or panel
    *("library.claims", "library.all-tags", "library.bin", "library.daily", "library.statistics"),
    *("library.inbox", "library.proposals"),
    *("library.reattach", "library.open", "library.add", "library.import", "library.export"),
    *("claims.evidence", "claims.similar", "claims.fields", "reader.contents", "reader.removed"),
    *("reader.changes", "reader.about", "reader.marks", "reader.find", "program.help"),
)
_KINDS = {"key": 55, "frequent": 25, "words": 8, "command": 5, "elsewhere": 4, "noise": 3}  # in 100
_WORDS = (
    "costs",
    "town/1",
    "kind:claim tag:costs",
    "speaker:",
    '"Mayor 1',
    "2024-02-30",
    "最后一段",
    "والنهاية",
    "e\u0301\u0301\u0301 \U0001f469\u200d\U0001f469\u200d\U0001f467",
    "/nowhere/at all.html",
    "https://127.0.0.1:9/x",
    "[/b][@click=app.quit]x",
    "0" * 40,
    "bridge 3",
    "",
)
COMMANDS = (  # typed into the palette
    *("bin", "inbox", "tags", "claims", "export", "import", "help", "statistics", "daily", "jobs"),
    "settings",
)
_NOISE = (
    b"\x1b[200~pasted\r\nlines\twith a tab\x1b[201~",
    b"\x1b[200~" + b"long " * 400 + b"\x1b[201~",
    b"\xff\xfe\xc3",  # no UTF-8
    b"\x1b[",
    b"\x1b]52;c;?\x07",
    b"\x1b[?1;2c",  # answers that nobody asked for
    b"\x1b[6;18;9t",
    b"\x1b_Gi=31;OK\x1b\\",
    b"\x1b[I",
    b"\x1b[O",
    b"\x00",
    b"\x1b\x1b\x1b",
)

MEGABYTE = b"\x1b[200~" + b"war and peace " * 75_000 + b"\x1b[201~"


class Burst(NamedTuple):
    """Keys, and the seconds between two of them."""

    keys: tuple[bytes, ...]
    gap: float


def bursts(chance: Random, count: int) -> Iterator[Burst]:
    """Yield bursts with `count` keys in all."""
    while count > 0:
        some = (key for _ in range(chance.randint(1, MOST)) for key in _some(chance))
        keys = tuple(some)[:LONGEST]
        (rate,) = chance.choices((FASTEST, FASTEST ** chance.random()), (9, 1))
        yield Burst(keys, 1 / max(SLOWEST, rate))
        count -= len(keys)


def mouse(chance: Random) -> Iterator[bytes]:
    """Yield what a terminal sends for a click or the wheel, somewhere on a screen."""
    row, column = chance.randint(1, 30), chance.randint(1, 100)
    if chance.random() < WHEEL:
        yield f"\x1b[<{chance.choice((64, 65))};{column};{row}M".encode()
        return
    for _ in range(chance.choice((1, 1, 2))):
        yield f"\x1b[<0;{column};{row}M\x1b[<0;{column};{row}m".encode()


def _some(chance: Random) -> Iterator[bytes]:
    """Yield the next keys: one, or words with the key that begins or ends them."""
    (kind,) = chance.choices([*_KINDS], [*_KINDS.values()])
    match kind:
        case "noise":
            yield chance.choice(_NOISE)
        case "command":
            yield from _typed(":" + chance.choice(COMMANDS) + "\r")
        case "words":
            yield from _typed(chance.choice(_WORDS) + chance.choice(("\r", "\t", "\x13")))
        case "elsewhere":
            yield from (bytes_of("escape") for _ in range(3))
            yield bytes_of(BY_ID[chance.choice(ENTRANCES)].keys[0])
        case "frequent":
            yield bytes_of(chance.choice(_FREQUENT))
        case _:
            yield bytes_of(chance.choice(_KEYS))


def _typed(words: str) -> Iterator[bytes]:
    return (letter.encode() for letter in words)


def bytes_of(name: str) -> bytes:
    """Return what a terminal sends for a key, by its name."""
    if name.startswith("ctrl+"):
        return bytes((ord(name[-1]) - ord("a") + 1,))
    return _NAMED.get(name, name).encode()


_APART = ("library.tour",)  # it ends these screens for others, and no program reads what it prints
_KEYS = sorted({name for key in ALL_KEYS if key.id not in _APART for name in key.keys})
