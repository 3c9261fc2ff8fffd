import pytest
from msgspec.json import decode

from annotator.errors import CleaningError
from annotator.extract import read_document, unpack
from annotator.extract.documents.pdf.lines import PdfText
from annotator.extract.documents.pdf.pdfium import read_pdf
from annotator.model import Document
from annotator.model.document import PDF, PDF_LINES
from pdf_files import make_pdf

WORDS = "A line of some words that goes from edge to edge of a page, more or less."
PAGE = [(72, 700, 20, "Eels in the river"), (72, 650, 10, WORDS), (72, 638, 10, WORDS)]


def read(data: bytes, password: str = ""):
    return read_document(unpack(Document("file:///eels.pdf", data, PDF, password=password)))


def test_a_file_becomes_lines_with_their_places():
    text = read_pdf(make_pdf([PAGE], title="Eels"))
    assert [line.text for line in text.lines] == ["Eels in the river", WORDS, WORDS]
    assert [(line.left, line.base, line.size) for line in text.lines] == [
        (72, 700, 20),
        (72, 650, 10),
        (72, 638, 10),
    ]
    assert text.title == "Eels"


def test_lines_are_stored_so_that_newer_rules_read_them_without_the_file():
    stored = unpack(Document("file:///eels.pdf", make_pdf([PAGE]), PDF, password="x"))
    assert (stored.media_type, stored.password) == (PDF_LINES, "")
    assert decode(stored.data, type=PdfText).lines[0].text == "Eels in the river"
    assert read_document(stored).article.title == "Eels in the river"


def test_stored_lines_that_are_damaged_are_refused():
    with pytest.raises(CleaningError, match="damaged"):
        read_document(Document("", b'{"lines": 1}', PDF_LINES))


def test_an_empty_password_opens_a_file_that_is_locked_for_changes():
    assert read(make_pdf([PAGE], password="")).article.title == "Eels in the river"


def test_a_locked_file_asks_for_its_password_in_a_file():
    locked = make_pdf([PAGE], password="secret")
    with pytest.raises(CleaningError, match="locked") as refused:
        read(locked)
    assert "--password-file" in refused.value.hint
    with pytest.raises(CleaningError, match="does not open it"):
        read(locked, "wrong")
    assert read(locked, "secret").article.title == "Eels in the river"


@pytest.mark.parametrize("data", [b"%PDF-1.4\n", b"%PDF-1.7\nnothing but words"])
def test_a_damaged_file_is_refused_with_what_to_do(data):
    with pytest.raises(CleaningError, match="cannot be opened") as refused:
        read(data)
    assert refused.value.hint


def test_a_scan_is_told_from_a_text_with_what_to_do():
    with pytest.raises(CleaningError, match="pictures of pages") as refused:
        read(make_pdf([[(72, 40, 8, "Scanned")]] * 3, has_pictures=True))
    assert "ocrmypdf" in refused.value.hint


def test_a_picture_among_pages_of_text_is_told():
    text = [(72, 700 - 12 * n, 10, WORDS) for n in range(30)]
    scanned = make_pdf([[]], has_pictures=True)
    assert read_pdf(scanned).pictures == (0,)
    assert read_pdf(make_pdf([text], has_pictures=True)).pictures == ()


def test_a_file_without_text_is_refused():
    with pytest.raises(CleaningError, match="no text"):
        read(make_pdf([[]]))


def test_pages_are_called_what_the_file_calls_them():
    pages = [[(72, 700, 10, f"{word} {WORDS}")] for word in ("One", "Two", "Three")]
    labels = "/Nums[0<</S/r/St 14>>2<</S/D/St 1>>]"
    article = read(make_pdf(pages, labels=labels)).article
    assert [(page.label, page.number) for page in article.page_labels] == [
        ("xiv", 1),
        ("xv", 2),
        ("1", 3),
    ]


def test_a_title_in_the_properties_counts_only_if_the_first_page_shows_it():
    assert read(make_pdf([PAGE], title="Eels in the River")).article.title == "Eels in the River"
    assert read(make_pdf([PAGE], title="Fish in the River")).article.title == "Eels in the river"
    assert read(make_pdf([PAGE], title="Microsoft Word - Draft 3")).article.title == (
        "Eels in the river"
    )


def test_nothing_in_a_file_can_control_the_terminal():
    escape = "\x1b]52;c;QQ==\x07\x1b[31m"
    page = [
        (72, 770, 8, f"Head{escape}"),
        (72, 700, 20, f"Eels{escape} in the river"),
        (72, 680, 10, f"By Ada Lund{escape}"),
        (72, 650, 10, f"{WORDS} doi:10.1000/182{escape}"),
    ]
    pages = [[*page, (72, 600 - n, 10, f"{WORDS} {n}")] for n in range(4)]
    extraction = read(make_pdf(pages, title=f"Eels in{escape} the river"))
    article = extraction.article
    said = (article.title, *article.byline, str(article.doi), article.text)
    told = (removal.text for removal in extraction.removals)
    assert not any("\x1b" in text or "\x07" in text for text in (*said, *told))
    assert "Ada Lund" in article.text
