"""Lines joined to a text: hyphens at their ends, scripts without spaces, letters in pieces."""

import re
from collections import Counter
from unicodedata import normalize

from msgspec import Struct

from annotator.extract.documents.pdf.lines import Lines, PrintedLine
from annotator.extract.documents.pdf.rows import BETWEEN_CELLS
from annotator.model.span import Span
from annotator.model.text import clean_piece

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_HYPHENS = "\u00ad\u2010-"
_ENDS_IN_HYPHEN = re.compile(rf"[\w{_HYPHENS}]*\w(?=[{_HYPHENS}]\Z)")
_LAST_LETTERS, _FIRST_LETTERS = re.compile(r"[^\W\d_]*\Z"), re.compile(r"[^\W\d_]+")
_UNSPACED = "[\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]"
_ENDS_UNSPACED, _BEGINS_UNSPACED = re.compile(rf"{_UNSPACED}\Z"), re.compile(_UNSPACED)
_GOES_ON = re.compile(r"(?:\S[—–/]|(?:https?://|www\.)\S*[/_=&?.-])\Z")  # a dash, an address
# TeX's oldest fonts draw an accent and a letter: "na¨ıve".
_ACCENTS = dict(zip("¨´ˆ˜˚ˇ", "\u0308\u0301\u0302\u0303\u030a\u030c", strict=True))
_ACCENTED = re.compile(f" ?([{''.join(_ACCENTS)}]) ?([A-Za-zı])")
_LIGATURES = {
    0xAD: "-",
    **dict.fromkeys((0xF0A7, 0xF0B7, 0xF0D8, 0xF0FC), "•"),  # bullets of Wingdings
    **{0xFB00 + at: text for at, text in enumerate(("ff", "fi", "fl", "ffi", "ffl", "st", "st"))},
}


class JoinedText(Struct):
    """A text of several lines, with its superscripts, and where in it a page begins."""

    text: str = ""
    raised: list[Span] = []
    pages: list[tuple[int, int]] = []

    def without_start(self, length: int) -> "JoinedText":
        """Return the text behind its first characters."""
        length += len(self.text[length:]) - len(self.text[length:].lstrip())
        raised = [span.moved(-length) for span in self.raised if span.start >= length]
        pages = [(max(0, offset - length), page) for offset, page in self.pages]
        return JoinedText(self.text[length:], raised, pages)


class KnownWords:
    """The words of a file, which say whether a hyphen at the end of a line belongs to its word."""

    def __init__(self, lines: Lines) -> None:
        self._counts = Counter(word for line in lines for word in _WORD.findall(line.text.lower()))

    def join(self, lines: Lines) -> JoinedText:
        """Return the text of the lines of a paragraph."""
        whole = JoinedText("", [], [])
        for line in lines:
            text, raised = _read(line)
            if not text:
                continue
            whole.text = self._with_gap(whole.text, text)
            start = len(whole.text)
            if not whole.pages or whole.pages[-1][1] != line.page:
                whole.pages.append((start, line.page))
            whole.text += text
            whole.raised += [span.moved(start) for span in raised]
        return whole

    def _with_gap(self, before: str, after: str) -> str:
        """Return a text in the form in which the next line goes on behind it."""
        if match := _ENDS_IN_HYPHEN.search(before[-80:]):
            return before if self._keeps_hyphen(match[0], after) else before[:-1]
        is_unspaced = _ENDS_UNSPACED.search(before) and _BEGINS_UNSPACED.match(after)
        goes_on = not before or is_unspaced or _GOES_ON.search(before[-200:])
        return before if goes_on else f"{before} "

    def _keeps_hyphen(self, before: str, after: str) -> bool:
        match = _FIRST_LETTERS.match(after)
        if match is None:
            return True
        first, second = _LAST_LETTERS.findall(before)[0].lower(), match[0].lower()
        whole, divided = self._counts[first + second], self._counts[f"{first}-{second}"]
        if not match[0][0].islower():  # TraceMonkey
            return divided >= whole
        if "-" in before and not whole:  # state-of-the-art
            return bool(self._counts[first] and self._counts[second])
        return not first or divided > whole


def _read(line: PrintedLine) -> tuple[str, list[Span]]:
    """Return the text of a line, sanitised, and its superscripts."""
    text, end = "", 0
    spans: list[Span] = []
    for start, stop in (*line.raised, (len(line.text), len(line.text))):
        text += _whole_letters(line.text[end:start])
        raised = _whole_letters(line.text[start:stop])
        if raised.strip():
            spans.append(Span(len(text), len(text) + len(raised)))
        text, end = text + raised, stop
    lead = len(text) - len(text.lstrip())
    return text.strip(), [span.moved(-lead) for span in spans]


def _whole_letters(text: str) -> str:
    """Return a piece of text with its letters and accents joined, and ligatures apart."""
    if not text.isascii():
        text = normalize("NFC", _ACCENTED.sub(_accented, text.translate(_LIGATURES)))
    return re.sub(r"\s+", " ", clean_piece(text.replace(BETWEEN_CELLS, " ")))


def _accented(match: re.Match[str]) -> str:
    whole = normalize("NFC", ("i" if match[2] == "ı" else match[2]) + _ACCENTS[match[1]])
    return whole if len(whole) == 1 else match[0]
