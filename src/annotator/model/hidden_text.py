"""Removal of escape sequences, control characters and invisible text.

Loaded only for text with unusual characters: compiling these patterns takes longer
than most commands need for everything that they read.
"""

import re

MAX_COMBINING = 8  # marks on one letter; Vietnamese and Hebrew need three, stacked text hundreds

_LINE_BREAK = re.compile("\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")

# The characters of a payload exclude those that introduce another sequence, so that no
# character is read twice, however many introducers follow each other.
_STRING_BODY = r"[^\x07\x1b\x90\x98\x9b-\x9f\n]{0,4096}"
_ESCAPE_SEQUENCE = re.compile(
    rf"(?:\x1b\]|\x9d){_STRING_BODY}(?:\x07|\x1b\\|\x9c)"  # OSC: titles, clipboard, links
    rf"|(?:\x1b[PX^_]|[\x90\x98\x9e\x9f]){_STRING_BODY}(?:\x1b\\|\x9c)"  # DCS, SOS, PM, APC
    r"|(?:\x1b\[|\x9b)[0-?]{0,64}[ -/]{0,8}[@-~]"  # CSI: colours, movement
    r"|\x1b[ -/]{0,4}[0-~]"  # the short ones
)
_INVISIBLE = re.compile(
    "["
    "\x00-\x08\x0e-\x1f\x7f-\x9f"  # C0 but tab and newline, DEL, C1
    "\xad\u034f\u200b"  # soft hyphen, grapheme joiner, zero-width space
    "\u115f\u1160\u3164\uffa0"  # Hangul fillers: letters that show nothing
    "\u17b4\u17b5\u180b-\u180f"  # Khmer inherent vowels, Mongolian selectors
    "\u202a-\u202e\u2060-\u206f"  # directions forced on others' text, invisible operators
    "\ufeff\ufff0-\ufffb"  # byte-order mark, annotation characters
    "\ue000-\uf8ff\U000f0000-\U0010ffff"  # private use: what icon fonts leave behind
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"  # shorthand and musical controls
    "\U000e0000-\U000e0fff"  # tags, supplementary selectors
    "]+"
)
_NON_CHARACTER = re.compile(
    "[\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
    + "".join(chr((plane << 16) + low) for plane in range(1, 15) for low in (0xFFFE, 0xFFFF))
    + "]"
)
_JOINER = "[\u200c\u200d\ufe00-\ufe0f]"
_LEADING_JOINERS = re.compile(rf"(?:(?<=\s)|^){_JOINER}+", re.MULTILINE)
_MANY_JOINERS = re.compile(rf"({_JOINER}{{2}}){_JOINER}+")
_COMBINING = (
    "[\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a"
    "\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u0711\u0730-\u074a"
    "\u08d3-\u08ff\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ecd\u0f18\u0f19"
    "\u0f35\u0f37\u0f39\u0f71-\u0f84\u0f8d-\u0fbc\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20f0"
    "\u302a-\u302f\u3099\u309a\ua66f-\ua672\ua674-\ua67d\ufe20-\ufe2f]"
)
_STACKED = re.compile(f"({_COMBINING}{{{MAX_COMBINING}}}){_COMBINING}+")


def without_hidden(text: str) -> str:
    """Return `text` without escape sequences, control characters and deceptive characters."""
    text = _ESCAPE_SEQUENCE.sub("", _LINE_BREAK.sub("\n", text))
    text = _INVISIBLE.sub("", text)
    return text if text.isascii() else _clean_unicode(text)


def _clean_unicode(text: str) -> str:
    text = _NON_CHARACTER.sub("\ufffd", text)
    text = _MANY_JOINERS.sub(r"\1", _LEADING_JOINERS.sub("", text))
    return _STACKED.sub(r"\1", text)
