"""Measure how many paragraphs of PDFs come out whole, beside other readers if installed.

The sample articles are set in Helvetica, as programs set them: with space or indents between
paragraphs or neither, in one or two columns, ragged or justified with divided words, with running
heads and with a footnote in every fifth paragraph. Ragged lines with neither space nor indents
leave it open where many paragraphs end, also to a person. A paragraph counts if 95 % of its
letters match, one to one. The time is that of a page, from the bytes to the article.

    pip install pymupdf pdfminer.six
"""

import re
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path

from rapidfuzz import fuzz

from annotator.extract import extract, read_document, unpack
from annotator.fetch import read_file
from annotator.model import Document, Page
from annotator.model.document import PDF

SAMPLES = Path(__file__).parents[2] / "sample_articles"
ENGLISH = ("blog", "essay--plain", "feature", "howto", "longform", "news--newsletter", "opinion")
# The widths of the letters from the space on, in thousandths of the size: those of Helvetica.
# fmt: off
WIDTHS = (
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556,
    556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722,
    722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722,
    667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278, 556,
    556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500,
    500, 334, 260, 334, 584,
)
# fmt: on
PLAIN = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "—": "-", "–": "-", "…": "..."})
SHORTEST_HALF = 3  # letters of a word that is divided
TOP, BOTTOM, WIDTH, LEFT = 740.0, 90.0, 612.0, 60.0


@dataclass(frozen=True)
class Style:
    """How a text is set; all lengths in parts of the size."""

    name: str
    size: float
    columns: int = 1
    indent: float = 0
    space: float = 0
    is_justified: bool = False


STYLES = (
    Style("space, ragged", 11, space=0.8),
    Style("indents, justified", 10, indent=1.5, is_justified=True),
    Style("neither, ragged", 10),
    Style("2 columns, indents", 9, columns=2, indent=1.2, is_justified=True),
    Style("2 columns, space", 9, columns=2, space=0.6),
)


@dataclass
class Setter:
    """Sets paragraphs one below the other on pages."""

    style: Style
    title: str
    pages: list[list[str]] = field(default_factory=list)
    column: int = -1
    base: float = BOTTOM
    notes: list[str] = field(default_factory=list)

    def add(self, text: str, *, is_heading: bool = False, note: str = "") -> None:
        """Set a paragraph or heading, with a note at its end."""
        size = self.style.size * (1.3 if is_heading else 1)
        self.base -= self.style.space * size + (0.6 * size if is_heading else 0)
        indent = 0 if is_heading else self.style.indent * size
        lines = list(self._wrapped(text, size, indent))
        for number, words in enumerate(lines):
            is_last = number == len(lines) - 1
            if self.base - 1.25 * size < BOTTOM + 24 * len(self.notes):
                self._next_column()
            self.base -= 1.25 * size
            start = self._left() + (0 if number else indent)
            end = self._line(words, start, size, is_full=self.style.is_justified and not is_last)
            if note and is_last:
                self._text(end, self.base + 0.35 * size, 0.6 * size, note.partition(" ")[0])
                self.notes.append(note)

    def finish(self) -> list[str]:
        """Return the content of all pages."""
        self._set_notes()
        return ["\n".join(page) for page in self.pages]

    def _width(self) -> float:
        return (WIDTH - 2 * LEFT - 20 * (self.style.columns - 1)) / self.style.columns

    def _left(self) -> float:
        return LEFT + self.column * (self._width() + 20)

    def _next_column(self) -> None:
        self._set_notes()
        self.column += 1
        if not self.pages or self.column == self.style.columns:
            self.column = 0
            self.pages.append([])
            self._text(LEFT, 765, 8, f"{self.title[:50]}")
            self._text(540, 765, 8, f"{len(self.pages)}")
        self.base = TOP

    def _set_notes(self) -> None:
        for place, note in enumerate(reversed(self.notes)):
            sign, words = note.split(" ", 1)
            self._text(self._left(), BOTTOM - 8 + 12 * place, 5, sign)
            self._text(self._left() + 4, BOTTOM - 11 + 12 * place, 0.8 * self.style.size, words)
        self.notes.clear()

    def _wrapped(self, text: str, size: float, indent: float) -> Iterator[list[str]]:
        line: list[str] = []
        room = self._width() - indent
        for word in text.split():
            if _width([*line, word], size) <= room:
                line.append(word)
                continue
            half = len(word) // 2
            divides = self.style.is_justified and word.isalpha() and half >= SHORTEST_HALF
            if divides and _width([*line, f"{word[:half]}-"], size) <= room:
                yield [*line, f"{word[:half]}-"]
                line = [word[half:]]
            else:
                if line:
                    yield line
                line = [word]
            room = self._width()
        yield line

    def _line(self, words: Sequence[str], left: float, size: float, *, is_full: bool) -> float:
        gap = _width([" "], size)
        if is_full and len(words) > 1:
            rest = self._left() + self._width() - left - sum(_width([w], size) for w in words)
            gap = rest / (len(words) - 1)
        for word in words:
            self._text(left, self.base, size, word)
            left += _width([word], size) + gap
        return left - gap

    def _text(self, x: float, y: float, size: float, text: str) -> None:
        escaped = re.sub(r"([\\()])", r"\\\1", text)
        self.pages[-1].append(f"BT /F1 {size:g} Tf {x:.2f} {y:.2f} Td ({escaped}) Tj ET")


def _width(words: Sequence[str], size: float) -> float:
    return sum(WIDTHS[ord(letter) - 32] for letter in " ".join(words)) * size / 1000


def pdf_of(pages: Sequence[str]) -> bytes:
    """Return a PDF with pages of that content."""
    kids = " ".join(f"{4 + 2 * at} 0 R" for at in range(len(pages)))
    font = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"
    objects = ["<</Type/Catalog/Pages 2 0 R>>", f"<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>"]
    objects.append(font)
    for at, content in enumerate(pages):
        resources = "/MediaBox[0 0 612 792]/Resources<</Font<</F1 3 0 R>>>>"
        objects.append(f"<</Type/Page/Parent 2 0 R/Contents {5 + 2 * at} 0 R{resources}>>")
        objects.append(f"<</Length {len(content)}>>stream\n{content}\nendstream")
    data, places = "%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(f"{len(data):010} 00000 n \n")
        data += f"{number} 0 obj\n{body}\nendobj\n"
    size = len(objects) + 1
    table = f"xref\n0 {size}\n0000000000 65535 f \n{''.join(places)}trailer<</Size {size}"
    return f"{data}{table}/Root 1 0 R>>\nstartxref\n{len(data)}\n%%EOF".encode("latin-1")


def texts() -> Iterator[tuple[str, list[tuple[str, bool]]]]:
    """Yield the title of each sample article and its paragraphs, with whether they are headings."""
    for path in sorted(SAMPLES.iterdir()):
        page = read_file(path) if path.name.startswith(ENGLISH) else None
        if isinstance(page, Page):
            article = extract(page).article
            blocks = [
                (" ".join(block.text.translate(PLAIN).split()), block.kind == "heading")
                for block in article.blocks
                if block.kind in {"heading", "paragraph"}
            ]
            plain = [(text, is_one) for text, is_one in blocks if text.isascii() and text]
            yield article.title.translate(PLAIN).encode("ascii", "ignore").decode(), plain


def ours(data: bytes) -> tuple[list[str], list[str]]:
    """Return the paragraphs and the footnotes that this program reads."""
    unpacked = unpack(Document("file:///a.pdf", data, PDF))
    if not isinstance(unpacked, Document):
        raise TypeError
    article = read_document(unpacked).article
    text = [block.text for block in article.blocks if block.kind != "footnote"]
    return [article.title, *text], [b.text for b in article.blocks if b.kind == "footnote"]


def pymupdf(data: bytes) -> tuple[list[str], list[str]]:
    """Return the blocks of pymupdf."""
    document = import_module("pymupdf").open("pdf", data)
    return [block[4] for page in document for block in page.get_text("blocks")], []


def pdfminer(data: bytes) -> tuple[list[str], list[str]]:
    """Return the text boxes of pdfminer."""
    pages = import_module("pdfminer.high_level").extract_pages(BytesIO(data))
    return [box.get_text() for page in pages for box in page if hasattr(box, "get_text")], []


READERS: dict[str, Callable[[bytes], tuple[list[str], list[str]]]] = {
    "annotator": ours,
    "pymupdf": pymupdf,
    "pdfminer": pdfminer,
}


def matches(read: Sequence[str], wanted: Sequence[str]) -> tuple[int, int, int]:
    """Return how many of the wanted texts are among those read, and the numbers of both."""
    left = [plain for text in read if (plain := _letters(text))]
    count, total, truths = 0, len(left), list(filter(None, map(_letters, wanted)))
    for truth in truths:
        at = next((n for n, text in enumerate(left) if fuzz.ratio(text, truth) >= 95), None)  # noqa: PLR2004
        if at is not None:
            left.pop(at)
            count += 1
    return count, total, len(truths)


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.lower()))


def main() -> None:
    """Print a line for each style and reader."""
    print(f"{'style':20} {'reader':10} {'F1':>6} {'notes':>9} {'ms a page':>10}")
    readers = [name for name in READERS if name == "annotator" or find_spec(name)]
    for style in STYLES:
        files = []
        for title, blocks in texts():
            setter = Setter(style, title)
            setter.add(title, is_heading=True)
            notes: list[str] = []
            for number, (text, is_heading) in enumerate(blocks):
                words = f"{len(notes) + 1} See the letter of day {number}."
                has_note = not is_heading and number % 5 == 0
                notes += [words.split(" ", 1)[1]] * has_note
                setter.add(text, is_heading=is_heading, note=words if has_note else "")
            files.append((pdf_of(setter.finish()), [title, *(text for text, _ in blocks)], notes))
        for name in readers:
            _print(style.name, name, files)


def _print(style: str, name: str, files: Sequence[tuple[bytes, list[str], list[str]]]) -> None:
    good = read = wanted = notes = pages = 0
    began = time.process_time()
    results = [READERS[name](data) for data, _, _ in files]
    seconds = time.process_time() - began
    for (data, truth, known), (texts_read, notes_read) in zip(files, results, strict=True):
        one, two, three = matches(texts_read, truth)
        good, read, wanted = good + one, read + two, wanted + three
        notes += matches(notes_read, known)[0]
        pages += data.count(b"/Type/Page/")
    total = sum(len(known) for _, _, known in files)
    score = 2 * good / max(read + wanted, 1)
    print(f"{style:20} {name:10} {score:6.3f} {notes:4}/{total:<4} {1000 * seconds / pages:10.1f}")


if __name__ == "__main__":
    main()
