"""Lines joined to a text: hyphens at their ends, scripts without spaces, letters in pieces."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence

from msgspec import Struct

from annotator.extract.documents.pdf.lines import PrintedLine
from annotator.extract.documents.pdf.rows import BETWEEN_CELLS
from annotator.model.span import Span
from annotator.model.text import clean_piece

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_HYPHENS = "\u00ad\u2010-"
_ENDS_IN_HYPHEN = re.compile(rf"(?P<word>[\w{_HYPHENS}]*\w)[{_HYPHENS}]\Z")
_LAST_LETTERS = re.compile(r"[^\W\d_]*\Z")
_FIRST_LETTERS = re.compile(r"[^\W\d_]+")
_UNSPACED = "\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef"
_ENDS_UNSPACED = re.compile(f"[{_UNSPACED}]\\Z")
_BEGINS_UNSPACED = re.compile(f"[{_UNSPACED}]")
_DASH = re.compile(r"\S[—–/]\Z")
_IN_AN_ADDRESS = re.compile(r"(?:https?://|www\.)\S*[/_=&?.-]\Z")
# TeX's oldest fonts draw an accent and a letter: "na¨ıve".
_ACCENTS = {
    "¨": "\u0308",
    "´": "\u0301",
    "ˆ": "\u0302",
    "˜": "\u0303",
    "˚": "\u030a",
    "ˇ": "\u030c",
}
_ACCENTED = re.compile(f" ?([{''.join(_ACCENTS)}]) ?([A-Za-zı])")
_LIGATURES = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st", "\u00ad": "-"}
)


class JoinedText(Struct):
    """A text of several lines, with its superscripts, and where in it a page begins."""

    text: str = ""
    raised: list[Span] = []
    pages: list[tuple[int, int]] = []

    def without_start(self, length: int) -> "JoinedText":
        """Return the text behind its first characters."""
        length += len(self.text[length:]) - len(self.text[length:].lstrip())
        return JoinedText(
            self.text[length:],
            [Span(s.start - length, s.end - length) for s in self.raised if s.start >= length],
            [(max(0, offset - length), page) for offset, page in self.pages],
        )


class KnownWords:
    """The words of a file, which say whether a hyphen at the end of a line belongs to its word."""

    def __init__(self, lines: Iterable[PrintedLine]) -> None:
        self._counts = Counter(word for line in lines for word in _WORD.findall(line.text.lower()))

    def keeps_hyphen(self, before: str, after: str) -> bool:
        """Return whether the hyphen between the end of a line and the next line stays."""
        match = _FIRST_LETTERS.match(after)
        if match is None or not match[0][0].islower():
            return True
        first, second = _LAST_LETTERS.findall(before)[0].lower(), match[0].lower()
        whole, divided = self._counts[first + second], self._counts[f"{first}-{second}"]
        if "-" in before and not whole:  # state-of-the-art
            return bool(self._counts[first] and self._counts[second])
        return not first or divided > whole


def join(lines: Sequence[PrintedLine], words: KnownWords) -> JoinedText:
    """Return the text of the lines of a paragraph."""
    pieces = JoinedText("", [], [])
    page = -1
    for line in lines:
        text, raised = _read(line)
        if not text:
            continue
        _attach(pieces, text, words)
        start = len(pieces.text)
        if line.page != page:
            pieces.pages.append((start, line.page))
            page = line.page
        pieces.text += text
        pieces.raised += [span.moved(start) for span in raised]
    return pieces


def _attach(pieces: JoinedText, text: str, words: KnownWords) -> None:
    """Bring the end of a text into the form in which the next line goes on behind it."""
    before = pieces.text
    if not before:
        return
    if match := _ENDS_IN_HYPHEN.search(before[-80:]):
        if not words.keeps_hyphen(match["word"], text):
            pieces.text = before[:-1]
        return
    is_unspaced = _ENDS_UNSPACED.search(before) and _BEGINS_UNSPACED.match(text)
    if not (is_unspaced or _DASH.search(before) or _IN_AN_ADDRESS.search(before[-200:])):
        pieces.text = f"{before} "


def _read(line: PrintedLine) -> tuple[str, list[Span]]:
    """Return the text of a line, sanitised, and its superscripts."""
    text = ""
    spans: list[Span] = []
    end = 0
    for start, stop in (*line.raised, (len(line.text), len(line.text))):
        text += _whole_letters(line.text[end:start])
        raised = _whole_letters(line.text[start:stop])
        if raised.strip():
            spans.append(Span(len(text), len(text) + len(raised)))
        text += raised
        end = stop
    lead = len(text) - len(text.lstrip())
    return text.strip(), [Span(span.start - lead, span.end - lead) for span in spans]


def _whole_letters(text: str) -> str:
    """Return a piece of text with its letters and accents joined, and ligatures apart."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", _ACCENTED.sub(_accented, text.translate(_LIGATURES)))
    text = clean_piece(text.replace(BETWEEN_CELLS, " "))
    return re.sub(r"\s+", " ", text)


def _accented(match: re.Match[str]) -> str:
    letter = "i" if match[2] == "ı" else match[2]
    whole = unicodedata.normalize("NFC", letter + _ACCENTS[match[1]])
    return whole if len(whole) == 1 else match[0]
