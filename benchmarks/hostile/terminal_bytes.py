"""The bytes that a program writes to a terminal, counted by class, and those that are not its own.

Sequences that the screens write are listed here; every other one, and every character that a
terminal obeys or that cannot be seen, must come from a text.
"""

import base64
import binascii
import codecs
import re
from collections import Counter
from dataclasses import dataclass, field

from annotator.model.text import is_clean

CANARY = "7331"  # in every hostile sequence that has room for it

_TOKEN = re.compile(
    r"(?P<string>\x1b[\]PX^_][^\x07\x1b]*(?:\x07|\x1b\\))"  # OSC, DCS, SOS, PM, APC
    r"|(?P<csi>\x1b\[[0-?]*[ -/]*[@-~])"
    r"|(?P<escape>\x1b[ -/]*[0-Z\\^-~])"
    r"|(?P<c0>[\x00-\x1f\x7f])"
    r"|(?P<c1>[\x80-\x9f])"
    r"|(?P<bidi>[\u202a-\u202e\u2066-\u2069])"
    r"|(?P<break>[\u2028\u2029])"
    r"|(?P<surrogate>[\ud800-\udfff])"  # bytes that are not UTF-8, too
)
_CUT = re.compile(r"\x1b(?:[\]PX^_][^\x07\x1b]*\x1b?|\[[0-?]*[ -/]*|[ -/]*)$")
_MOST_IN_A_STRING = 1 << 20  # characters until a sequence counts as one that never ends
_POINTER = re.compile(r"\x1b\]22;[a-z-]+\x07$")
_COPY = re.compile(r"\x1b\]52;c;([A-Za-z0-9+/=]*)[\x07]$")
_OURS = {
    "colour": re.compile(r"\x1b\[[\d;]*m$"),
    "cursor": re.compile(r"\x1b\[(?:\d*(?:;\d*)?)[HABCD]$|\x1b\[K$"),
    "mode": re.compile(r"\x1b\[\?(?:1049|25|100[0-6]|1015|1016|2004|2026|2048|7)[hl]$"),
    "keyboard": re.compile(r"\x1b\[(?:>\d+|<)u$"),
    "question": re.compile(r"\x1b\[(?:\?\d+\$p|>q|16t|\?1;1;0S|c|\?u)$"),
}
_PLACE = ("\x1b7", "\x1b8")  # kept and gone back to, when a picture is drawn
_OUR_CONTROLS = "\r\n\t"
_NEAR = 40  # characters around what is reported


@dataclass
class Output:
    """The bytes of one session: how many of each class, and what must not be there."""

    classes: Counter[str] = field(default_factory=Counter)
    foreign: list[str] = field(default_factory=list)
    _rest: str = ""
    _decoder: codecs.IncrementalDecoder = field(
        default_factory=lambda: codecs.getincrementaldecoder("utf-8")("surrogateescape")
    )

    def feed(self, piece: bytes) -> None:
        """Count the next bytes; a sequence that is cut waits for its end."""
        text = self._rest + self._decoder.decode(piece)
        cut = _CUT.search(text)
        if cut and len(cut[0]) <= _MOST_IN_A_STRING:
            text, self._rest = text[: cut.start()], cut[0]
        else:
            self._rest = ""
        end = 0
        for found in _TOKEN.finditer(text):
            self.classes["text"] += len(text[end : found.start()].encode("utf-8", "replace"))
            end = found.end()
            name = _class_of(found)
            self.classes[name] += len(found[0].encode("utf-8", "surrogateescape"))
            if name.startswith("!"):
                near = text[max(0, found.start() - _NEAR) : found.end() + _NEAR]
                self.foreign.append(f"{name[1:]} {found[0][:_NEAR]!r} in {near!r}")
        self.classes["text"] += len(text[end:].encode("utf-8", "replace"))


def _class_of(found: re.Match[str]) -> str:
    """Return the class of a sequence or character, with `!` before it unless it is our own."""
    token, kind = found[0], str(found.lastgroup)
    if CANARY in token:
        return f"!{kind}"
    if kind == "csi":
        return next((name for name, ours in _OURS.items() if ours.match(token)), "!csi")
    if kind == "c0" and token in _OUR_CONTROLS:
        return "line end"
    if _POINTER.match(token) or token in _PLACE:
        return "mode"
    if copied := _COPY.match(token):
        return "copied" if _is_clean_base64(copied[1]) else "!copied"
    return f"!{kind}"


def _is_clean_base64(payload: str) -> bool:
    try:
        return all(map(is_clean, base64.b64decode(payload).decode().split("\t")))
    except (binascii.Error, UnicodeDecodeError):
        return False
