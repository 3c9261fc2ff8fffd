"""Opens a PDF: from its bytes to lines. The only module that knows the library for it.

The library is written in C++, and reads what strangers made. So this runs in the worker, which
has limits, and which may crash.
"""

import ctypes
import re
from collections import Counter
from collections.abc import Iterator

import pypdfium2
import pypdfium2.raw as pdfium
from msgspec.structs import replace

from annotator.errors import CleaningError
from annotator.extract.documents.pdf.characters import LINE_BREAK, Character, lines_of
from annotator.extract.documents.pdf.lines import OutlineEntry, PdfText, PrintedLine, to_json
from annotator.extract.documents.readers import DocumentReader
from annotator.model.document import PDF_LINES, Document
from annotator.model.text import clean_line

MAX_PAGES = 3_000
MAX_OUTLINE = 2_000  # entries
MAX_DEPTH = 8  # of the outline
MAX_TURNED = 300  # characters
FEW_LETTERS = 40  # of a page that is a picture; a scanner adds its name
LARGE_PICTURE = 0.5  # of the page
_BOLD = re.compile(r"bold|black|heavy|semib|demi|medi(?!um)|cmbx|-b$|sfbx|ecbx|bx\d", re.IGNORECASE)
_BOLD_WEIGHT = 600
_HIGHEST, _SURROGATES = 0x10FFFF, range(0xD800, 0xE000)
_SPACE = 32
_DIGITS = range(48, 58)
_RAISED, _RAISED_SIZE = 0.25, 0.6  # of the size: where a superscript stands, and how large it is
_NO_CHARACTERS = frozenset({0, 0xFFFE, 0xFFFF})
_BREAKS = frozenset({10, 13})
_LOCKED = "This PDF is locked with a password."


def _unpack(document: Document) -> Document:
    text = read_pdf(document.data, document.password)
    return replace(document, data=to_json(text), media_type=PDF_LINES, password="")


PDF_READER = DocumentReader(unpack=_unpack)


def read_pdf(data: bytes, password: str = "") -> PdfText:
    """Return the lines of a file. Raises `CleaningError` if it cannot be opened, and says why."""
    try:
        document = pypdfium2.PdfDocument(data, password=password or None)
    except pypdfium2.PdfiumError as error:
        if error.err_code == pdfium.FPDF_ERR_PASSWORD:
            if password:
                raise CleaningError(_LOCKED, "The password in the file does not open it.") from None
            raise CleaningError(
                _LOCKED,
                "Write it into a file, and give that: annotator add SOURCE --password-file FILE",
            ) from None
        raise CleaningError(
            "This PDF cannot be opened: it is damaged or incomplete.", "Download it again."
        ) from None
    count = len(document)
    if count > MAX_PAGES:
        raise CleaningError(
            f"This PDF has {count:,} pages; {MAX_PAGES:,} are the most.", "Add a part of it."
        )
    lines: list[PrintedLine] = []
    pictures: list[int] = []
    turned = ""
    for number in range(count):
        try:
            page = document[number]
        except pypdfium2.PdfiumError:  # a damaged page among others
            continue
        here, other = _lines(page, number)
        turned = turned or (other if number == 0 else "")
        if sum(len(line.text) for line in here) < FEW_LETTERS and _is_picture(page):
            pictures.append(number)
        lines += here
        page.close()
    told = document.get_metadata_dict()
    return PdfText(
        lines=tuple(lines),
        labels=tuple(clean_line(document.get_page_label(n), 20) for n in range(count)),
        outline=tuple(_outline(document)),
        title=clean_line(told.get("Title", "")),
        author=clean_line(told.get("Author", "")),
        turned=turned,
        pictures=tuple(pictures),
    )


def _outline(document: pypdfium2.PdfDocument) -> Iterator[OutlineEntry]:
    try:
        for number, entry in enumerate(document.get_toc(max_depth=MAX_DEPTH)):
            if number >= MAX_OUTLINE:
                return
            target = entry.get_dest()
            page = target.get_index() if target else None
            yield OutlineEntry(entry.level + 1, clean_line(entry.get_title()), page or 0)
    except pypdfium2.PdfiumError:  # what was read of a damaged one is kept
        return


def _is_picture(page: pypdfium2.PdfPage) -> bool:
    whole = page.get_width() * page.get_height()
    for picture in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        try:
            left, bottom, right, top = picture.get_bounds()
        except pypdfium2.PdfiumError:
            continue
        if (right - left) * (top - bottom) >= LARGE_PICTURE * whole:
            return True
    return False


def _lines(page: pypdfium2.PdfPage, number: int) -> tuple[list[PrintedLine], str]:
    """Return the lines of a page, and its text that runs in another direction."""
    try:
        text_page = page.get_textpage()
    except pypdfium2.PdfiumError:
        return [], ""
    by_direction = _Characters(text_page.raw).read()
    text_page.close()
    if not by_direction:
        return [], ""
    main = Counter({way: len(run) for way, run in by_direction.items()}).most_common(1)[0][0]
    turned = "".join(
        chr(character.code)
        for way, run in by_direction.items()
        if way != main
        for character in run[:MAX_TURNED]
    )
    return lines_of(by_direction[main], number), clean_line(turned)


_Direction = tuple[int, int]


class _Characters:
    """The characters of a page: what concerns a run of text is asked once for the run."""

    def __init__(self, text_page: pdfium.FPDF_TEXTPAGE) -> None:
        self._page = text_page
        self._runs: dict[int, tuple[float, bool, _Direction, float]] = {}
        self._name = ctypes.create_string_buffer(200)
        self._flags = ctypes.c_int()
        self._matrix = pdfium.FS_MATRIX()
        others = [ctypes.c_double() for _ in range(3)]
        self._bottom = ctypes.c_double()
        self._edges = [ctypes.byref(edge) for edge in (*others[:2], self._bottom, others[2])]
        self._x, self._y = ctypes.c_double(), ctypes.c_double()

    def read(self) -> dict[_Direction, list[Character]]:
        """Return the characters by the direction in which their text runs, as (1, 0)."""
        page, box = self._page, pdfium.FS_RECTF()
        reference = ctypes.byref(box)
        code_of, run_of = pdfium.FPDFText_GetUnicode, pdfium.FPDFText_GetTextObject
        box_of, is_made_up = pdfium.FPDFText_GetLooseCharBox, pdfium.FPDFText_IsGenerated
        by_direction: dict[_Direction, list[Character]] = {}
        size, is_bold, direction, base = 0.0, False, (1, 0), 0.0
        characters: list[Character] = []
        last = 0
        for index in range(pdfium.FPDFText_CountChars(page)):
            code = code_of(page, index)
            if code in _BREAKS:
                characters.append(Character(LINE_BREAK))
                continue
            if code in _NO_CHARACTERS or code > _HIGHEST or code in _SURROGATES:
                continue
            run = run_of(page, index)
            if run:
                address = ctypes.addressof(run.contents)
                if address != last:
                    last = address
                    size, is_bold, direction, base = self._run(address, index)
                    characters = by_direction.setdefault(direction, [])
            made_up = code == _SPACE and bool(is_made_up(page, index))
            if not run and not made_up:
                continue
            box_of(page, index, reference)
            left, right = box.left, box.right
            if direction != (1, 0):
                left, right = sorted(
                    x * direction[0] + y * direction[1]
                    for x, y in ((box.left, box.bottom), (box.right, box.top))
                )
            if code in _DIGITS and self._is_raised(index, base + _RAISED * size, direction):
                raised = base + _RAISED * size, _RAISED_SIZE * size
                characters.append(Character(code, left, right, *raised, is_bold))
                continue
            characters.append(Character(code, left, right, base, size, is_bold, made_up))
        return by_direction

    def _is_raised(self, index: int, least: float, direction: _Direction) -> bool:
        """Return whether a digit is drawn as a superscript, which some fonts have for notes."""
        edges = self._edges
        if direction != (1, 0) or not pdfium.FPDFText_GetCharBox(self._page, index, *edges):
            return False
        return self._bottom.value > least

    def _run(self, address: int, index: int) -> tuple[float, bool, _Direction, float]:
        """Return size, weight, direction and base line of a run of text."""
        run = self._runs.get(address)
        if run is None:
            page, matrix = self._page, self._matrix
            length = pdfium.FPDFText_GetFontInfo(
                page, index, self._name, 200, ctypes.byref(self._flags)
            )
            name = self._name.raw[: max(0, min(length, 200) - 1)].decode("utf-8", "replace")
            weight = pdfium.FPDFText_GetFontWeight(page, index)
            pdfium.FPDFText_GetMatrix(page, index, ctypes.byref(matrix))
            pdfium.FPDFText_GetCharOrigin(page, index, ctypes.byref(self._x), ctypes.byref(self._y))
            direction = _direction(matrix.a, matrix.b)
            base = self._y.value * direction[0] - self._x.value * direction[1]
            scale = abs(matrix.d) or abs(matrix.b) or 1
            if direction[1]:
                scale = abs(matrix.b) or 1
            size = round(pdfium.FPDFText_GetFontSize(page, index) * scale, 1)
            is_bold = weight >= _BOLD_WEIGHT or bool(_BOLD.search(name))
            run = self._runs[address] = size, is_bold, direction, base
        return run


def _direction(a: float, b: float) -> _Direction:
    """Return the nearest of the four directions along the edges of a page."""
    if abs(b) > abs(a):
        return (0, 1) if b > 0 else (0, -1)
    return (1, 0) if a >= 0 else (-1, 0)
