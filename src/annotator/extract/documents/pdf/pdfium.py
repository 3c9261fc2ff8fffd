"""Opens a PDF: from its bytes to lines. The only module that knows the library for it.

The library is written in C++, and reads what strangers made. So this runs in the worker, which
has limits, and which may crash.
"""

import re
from collections.abc import Iterator
from ctypes import addressof, byref, c_double, c_int, create_string_buffer

import pypdfium2
import pypdfium2.raw as pdfium
from msgspec.json import encode
from msgspec.structs import replace
from pypdfium2 import PdfiumError

from annotator.errors import CleaningError
from annotator.extract.documents.pdf.characters import LINE_BREAK, Character, lines_of
from annotator.extract.documents.pdf.lines import OutlineEntry, PdfText, PrintedLine
from annotator.extract.documents.readers import DocumentReader
from annotator.model.document import PDF_LINES, Document
from annotator.model.text import clean_line

MAX_PAGES = 3_000
MAX_OUTLINE, MAX_DEPTH = 2_000, 8  # entries, and levels
MAX_TURNED = 300  # characters
FEW_LETTERS = 40  # of a page that is a picture; a scanner adds its name
LARGE_PICTURE = 0.5  # of the page
FARTHEST = 20_000  # points; the largest page has 14,400
_BOLD = re.compile(r"bold|black|heavy|semib|demi|medi(?!um)|cmbx|-b$|sfbx|ecbx|bx\d", re.IGNORECASE)
_BOLD_WEIGHT = 600
_HIGHEST, _BREAKING_HYPHEN = 0x10FFFF, 2
_NO_CHARACTERS = frozenset(
    {*range(32), *range(127, 160), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF} - {_BREAKING_HYPHEN}
)
# Codes without a meaning are often letters all the same; of nonsense, few are.
_PLAIN = frozenset(map(ord, " abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"))
_SPACE, _BREAKS, _DIGITS = 32, frozenset({10, 13}), range(48, 58)
_RAISED, _RAISED_SIZE = 0.25, 0.6  # of the size: where a superscript stands, and how large it is


def _unpack(document: Document) -> Document:
    text = read_pdf(document.data, document.password)
    return replace(document, data=encode(text), media_type=PDF_LINES, password="")


PDF_READER = DocumentReader(unpack=_unpack)


def read_pdf(data: bytes, password: str = "") -> PdfText:
    """Return the lines of a file. Raises `CleaningError` if it cannot be opened, and says why."""
    try:
        document = pypdfium2.PdfDocument(data, password=password or None)
    except PdfiumError as error:
        message = "This PDF cannot be opened: it is damaged or incomplete."
        hint = "Download it again."
        if error.err_code == pdfium.FPDF_ERR_PASSWORD:
            message = "This PDF is locked with a password."
            hint = "Write it into a file, and give that to add or refresh: --password-file FILE"
            hint = "The password in the file does not open it." if password else hint
        raise CleaningError(message, hint) from None
    pages = range(len(document))
    if len(pages) > MAX_PAGES:
        message = f"This PDF has {len(pages):,} pages; {MAX_PAGES:,} are the most."
        raise CleaningError(message, "Add a part of it.")
    lines: list[PrintedLine] = []
    pictures: list[int] = []
    turned, unknown = "", 0
    for number in pages:
        try:
            page = document[number]
            characters = _Characters(page)
        except PdfiumError:  # a damaged page among others
            continue
        here = lines_of(characters.main, number)
        if sum(len(line.text) for line in here) < FEW_LETTERS and _is_picture(page):
            pictures.append(number)
        turned = characters.turned if number == 0 else turned
        unknown += characters.unknown
        lines += here
        page.close()
    told = document.get_metadata_dict()
    return PdfText(
        lines=tuple(lines),
        labels=tuple(clean_line(document.get_page_label(number), 20) for number in pages),
        outline=tuple(_outline(document)),
        title=clean_line(told.get("Title", "")),
        author=clean_line(told.get("Author", "")),
        turned=turned,
        pictures=tuple(pictures),
        unknown=unknown,
    )


def _outline(document: pypdfium2.PdfDocument) -> Iterator[OutlineEntry]:
    try:
        for _, entry in zip(range(MAX_OUTLINE), document.get_toc(MAX_DEPTH), strict=False):
            target = entry.get_dest()
            page = (target.get_index() if target else None) or 0
            yield OutlineEntry(entry.level + 1, clean_line(entry.get_title()), page)
    except PdfiumError:  # what was read of a damaged one is kept
        return


def _is_picture(page: pypdfium2.PdfPage) -> bool:
    try:
        for picture in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=3):
            left, bottom, right, top = picture.get_bounds()
            area = (right - left) * (top - bottom)
            if area >= LARGE_PICTURE * page.get_width() * page.get_height():
                return True
    except PdfiumError:
        pass
    return False


_Direction = tuple[int, int]  # in which text runs: (1, 0) is from the left


class _Characters:
    """The characters of a page; `turned` is its text in other directions than most of it."""

    def __init__(self, page: pypdfium2.PdfPage) -> None:
        text_page = page.get_textpage()
        self._page = text_page.raw
        self._name, self._flags = create_string_buffer(200), c_int()
        self._matrix = pdfium.FS_MATRIX()
        self._x, self._y, self._bottom = c_double(), c_double(), c_double()
        self.unknown = 0
        ways = self._read()
        text_page.close()
        self.main = max(ways.values(), key=len, default=[])
        others = (run[:MAX_TURNED] for run in ways.values() if run is not self.main)
        self.turned = clean_line("".join(chr(one.code) for run in others for one in run))

    def _read(self) -> dict[_Direction, list[Character]]:
        """Return the characters by their direction. What concerns a run is asked once for it."""
        page, box = self._page, pdfium.FS_RECTF()
        code_of, run_of = pdfium.FPDFText_GetUnicode, pdfium.FPDFText_GetTextObject
        box_of, reference = pdfium.FPDFText_GetLooseCharBox, byref(box)
        ways: dict[_Direction, list[Character]] = {}
        runs: dict[int, tuple[float, bool, _Direction, float, bool]] = {}
        size, is_bold, direction, base, is_unknown = 0.0, False, (1, 0), 0.0, False
        characters: list[Character] = []
        last = 0
        for index in range(pdfium.FPDFText_CountChars(page)):
            code = code_of(page, index)
            if code in _BREAKS:
                characters.append(Character(LINE_BREAK))
                continue
            run = run_of(page, index)
            made_up = code == _SPACE and bool(pdfium.FPDFText_IsGenerated(page, index))
            if code in _NO_CHARACTERS or code > _HIGHEST or not (run or made_up):
                continue
            address = addressof(run.contents) if run else last
            if address != last:
                last = address
                if address not in runs:
                    runs[address] = self._run(index)
                size, is_bold, direction, base, is_unknown = runs[address]
                characters = ways.setdefault(direction, [])
            self.unknown += is_unknown and code not in _PLAIN
            box_of(page, index, reference)
            left, right = box.left, box.right
            if direction != (1, 0):
                corners = (box.left, box.bottom), (box.right, box.top)
                left, right = sorted(x * direction[0] + y * direction[1] for x, y in corners)
            if not (-FARTHEST < left < FARTHEST and -FARTHEST < right < FARTHEST):
                continue
            if code in _DIGITS and self._is_raised(index, base + _RAISED * size, direction):
                raised = base + _RAISED * size, _RAISED_SIZE * size
                characters.append(Character(code, left, right, *raised, is_bold))
            else:
                characters.append(Character(code, left, right, base, size, is_bold, made_up))
        return ways

    def _is_raised(self, index: int, least: float, direction: _Direction) -> bool:
        """Return whether a digit is drawn as a superscript, which some fonts have for notes."""
        x, y, bottom = byref(self._x), byref(self._y), byref(self._bottom)
        is_known = pdfium.FPDFText_GetCharBox(self._page, index, x, y, bottom, y)
        return bool(is_known) and direction == (1, 0) and self._bottom.value > least

    def _run(self, index: int) -> tuple[float, bool, _Direction, float, bool]:
        """Return size, weight, direction and base of a run, and if its letters have no meaning."""
        page, matrix, name = self._page, self._matrix, self._name
        length = pdfium.FPDFText_GetFontInfo(page, index, name, 200, byref(self._flags))
        font = name.raw[: max(0, min(length, 200) - 1)].decode("utf-8", "replace")
        is_bold = pdfium.FPDFText_GetFontWeight(page, index) >= _BOLD_WEIGHT
        pdfium.FPDFText_GetMatrix(page, index, byref(matrix))
        pdfium.FPDFText_GetCharOrigin(page, index, byref(self._x), byref(self._y))
        direction = _direction(matrix.a, matrix.b)
        base = self._y.value * direction[0] - self._x.value * direction[1]
        scale = matrix.b if direction[1] else matrix.d or matrix.b
        size = abs(pdfium.FPDFText_GetFontSize(page, index) * (scale or 1))
        size = round(min(max(size, 0.1), FARTHEST), 1)
        base = base if -FARTHEST < base < FARTHEST else 0.0
        is_unknown = pdfium.FPDFText_HasUnicodeMapError(page, index) == 1
        return size, is_bold or bool(_BOLD.search(font)), direction, base, is_unknown


def _direction(a: float, b: float) -> _Direction:
    """Return the nearest of the four directions along the edges of a page."""
    if abs(b) > abs(a):
        return (0, 1) if b > 0 else (0, -1)
    return (1, 0) if a >= 0 else (-1, 0)
