"""Letters that run to the left are drawn as UAX 9 says, and keep their places in the text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.reading.layout.engine import LINE_END, LINE_START, Cell, Layout
from annotator.reading.layout.text_width import cell_width
from annotator.reading.layout.visual_order import VisualOrder, visual_order
from builders import make_article

bidi = pytest.importorskip("bidi")

ARABIC = "قال رئيس البلدية (عمر) إن التكاليف انخفضت بنسبة 9٪ في عام 2023، أي 1.4 مليون."
HEBREW = "ראש העיר אמר [בכעס] שהמחיר ירד ב-12.5% מאז שנת 2019, לפי ה-New York Times (עמ' 3)."
PERSIAN = "او می‌خواهد کتاب‌های «تازه» را در ۱۲ روز بخواند؛ گفت: https://example.org/fa"
ENGLISH = "The mayor (عمر البلدي) said שלום, twice."
LETTERS = "abcAB אבגד ابتثپچ 012345 ١٢٣ ۱۲۳ .,:;!?-+/%$€()[]{}<>«»\"'&*"


def _drawn(text: str, *, is_rtl: bool, forms: bool = True) -> str:
    pieces = visual_order(text, is_rtl=is_rtl)
    if forms:
        return "".join(shown for _, _, shown in pieces)
    return "".join(text[start:end] for start, end, _ in pieces)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("שלום (עולם) 123 abc", "abc 123 (םלוע) םולש"),
        ("המחיר ירד ב-12.5% [אז]", "[זא] 12.5%-ב דרי ריחמה"),
        ("בשנת 2019–2020 New York", "New York 2020–2019 תנשב"),
    ],
)
def test_hebrew_with_numbers_brackets_and_latin_letters_is_drawn_from_the_right(text, shown):
    assert _drawn(text, is_rtl=True) == shown


def test_arabic_within_english_is_drawn_within_it():
    assert _drawn("It said (אב ג) so.", is_rtl=False) == "It said (ג בא) so."


@pytest.mark.parametrize("is_rtl", [True, False])
@given(text=st.text(LETTERS, min_size=1, max_size=40))
def test_the_order_is_that_of_the_reference(is_rtl, text):
    text = f"{text}|"  # spaces at the end of a line are another matter
    direction = "R" if is_rtl else "L"
    order = [text[start:end] for start, end, _ in visual_order(text, is_rtl=is_rtl)]
    assert "".join(order) == bidi.get_display(text, base_dir=direction)


@pytest.mark.parametrize("text", [ARABIC, HEBREW, PERSIAN, ENGLISH])
def test_every_letter_is_drawn_once_and_as_wide_as_before(text):
    pieces = visual_order(text, is_rtl=text is not ENGLISH)
    assert sorted(place for start, end, _ in pieces for place in range(start, end)) == [
        *range(len(text))
    ]
    for start, end, shown in pieces:
        assert cell_width(shown) == cell_width(text[start:end]), text[start:end]


def test_letters_get_the_form_of_their_place_in_the_word():
    assert _drawn("سلام", is_rtl=True) == "\ufee1\ufe8e\ufee0\ufeb3"
    assert _drawn("پنج", is_rtl=True) == "\ufe9e\ufee8\ufb58"
    assert _drawn("דג", is_rtl=True) == "גד"


def test_the_non_joiner_parts_letters_and_is_not_drawn():
    joined, parted = _drawn("میخ", is_rtl=True), _drawn("می‌خ", is_rtl=True)
    assert joined == "\ufea6\ufbff\ufee3"
    assert parted == "\ufea5\ufbfd\ufee3"


def test_accents_stay_on_their_letters():
    assert _drawn("שָׁלוֹם", is_rtl=True) == "ם" + "וֹ" + "ל" + "שָׁ"
    assert _drawn("بَيْت", is_rtl=True) == "\ufe96" + "\ufef4\u0652" + "\ufe91\u064e"


@pytest.mark.parametrize("text", [ARABIC, HEBREW, PERSIAN, ENGLISH])
@pytest.mark.parametrize("width", [20, 40, 100])
def test_a_letter_is_found_where_it_is_drawn(text, width):
    article = make_article(f"{text} {text}")
    order = VisualOrder()
    layout = Layout(article, width, order=order)
    for offset in range(len(article.text)):
        start, end = layout.grapheme(offset)
        place = layout.place(start)
        if any(part.start <= start < part.end for part in layout.row(place.line).fragments):
            assert layout.offset_at(place) == start
            assert end > start


def test_a_line_begins_at_the_right_and_ends_at_the_left():
    article = make_article("ראש העיר אמר שהמחיר ירד")
    layout = Layout(article, 40, order=VisualOrder())
    line = layout.place(0).line
    [part] = layout.row(line).fragments
    assert layout.place(0).column == layout.width - 1
    assert layout.offset_at(Cell(line, layout.width + 9)) == 0
    assert layout.offset_at(Cell(line, 0)) == layout.offset_at(Cell(line, LINE_END))
    assert layout.offset_at(Cell(line, LINE_START)) == 0
    assert layout.place(part.end - 1).column == part.column


def test_a_text_that_runs_to_the_right_is_as_it_was():
    article = make_article("Costs fell by nine percent. She said “très bien” – and left.")
    plain, ordered = Layout(article, 30), Layout(article, 30, order=VisualOrder())
    places = range(len(article.text))
    assert [ordered.place(at) for at in places] == [plain.place(at) for at in places]
    cells = [Cell(line, column) for line in range(plain.height) for column in range(35)]
    assert [ordered.offset_at(cell) for cell in cells] == [plain.offset_at(cell) for cell in cells]
