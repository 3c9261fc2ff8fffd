"""Plain text gets titles, headings, lists and paragraphs like any other source."""

from hypothesis import given
from hypothesis import strategies as st

from annotator.extract import extract
from annotator.model import PLAIN_TEXT, Block, Page

METERED = """\
Cheap Batteries Will Not Build the Grid

Battery containers at the storage yard in February. (Ilse Vander/Northlight)

Storage has become the easy part, and the wires have not.

Sign in here to read more.

Storage has become the easy part, and the wires have not.

A t first glance, the yard looks like  the answer to a question that engineers have asked.

For most of this winter, however, it was not allowed to do what it had been built for.

You have 1 article remaining.
You have 2 articles remaining.
Exit mobile version
"""


def clean(text, *, url=""):
    return extract(Page(url, text, PLAIN_TEXT))


def blocks(text):
    return clean(f"A title\n\n{text}").article.blocks


def test_title_caption_deck_and_paragraphs_are_distinguished():
    article = clean(METERED).article
    assert article.title == "Cheap Batteries Will Not Build the Grid"
    assert article.blocks[0] == Block(
        "image",
        "Battery containers at the storage yard in February.",
        credit="Ilse Vander/Northlight",
    )
    assert [block.kind for block in article.blocks[1:]] == ["paragraph"] * 3


def test_residue_goes_into_the_ledger():
    removals = clean(METERED).removals
    assert [(entry.step, entry.text, entry.before) for entry in removals] == [
        ("sign_in", "Sign in here to read more.", 2),
        ("repeated", "Storage has become the easy part, and the wires have not.", 2),
        ("meter", "You have 1 article remaining.", 4),
        ("meter", "You have 2 articles remaining.", 4),
        ("footer", "Exit mobile version", 4),
    ]


def test_a_meter_does_not_make_a_complete_text_paywalled():
    completeness = clean(METERED * 3).completeness
    assert completeness.access == "full"
    assert "You have 1 article remaining." in completeness.evidence[0]


def test_split_words_are_repaired_and_blanks_folded():
    assert "At first glance, the yard looks like the answer" in clean(METERED).article.text


def test_wrapped_lines_become_one_paragraph():
    text = (
        "The river had risen in the night, and by morning the lower field\n"
        "was a lake with the fence posts standing in it like a row\n"
        "of teeth."
    )
    assert [block.text for block in blocks(text)] == [text.replace("\n", " ")]


def test_short_lines_are_verse():
    text = "The water came,\nthe water went,\nand left us all\nits fine cement."
    assert [block.text for block in blocks(text)] == [text]


def test_long_lines_without_blank_lines_between_are_paragraphs():
    first = "The river had risen in the night, and by morning the lower field was a lake. " * 2
    second = "My uncle looked at it for a while, then went back to make the coffee. " * 2
    assert [b.text for b in blocks(f"{first}\n{second}")] == [first.strip(), second.strip()]


def test_lists_keep_their_numbers_and_depth():
    found = blocks("Before the list.\n\n1. one\n2. two\n   - inner\n\n* star")
    assert [(b.text, b.ordinal, b.depth) for b in found if b.kind == "list_item"] == [
        ("one", 1, 1),
        ("two", 2, 1),
        ("inner", None, 2),
        ("star", None, 1),
    ]


def test_a_short_line_between_paragraphs_is_a_heading():
    first = "It took nine days to fall, and when it had fallen the field was grey with silt. " * 2
    second = "Nobody in the valley could remember the water as high as that, they all said. " * 2
    found = blocks(f"{first}\n\nWhat the mill knew\n\n{second}")
    assert [(b.kind, b.level) for b in found] == [
        ("paragraph", 0),
        ("heading", 2),
        ("paragraph", 0),
    ]


def test_an_underlined_first_line_is_the_title():
    article = clean("The flood\n=========\n\nIt rained for nine days.").article
    assert article.title == "The flood"
    assert article.text == "It rained for nine days."


def test_fields_at_the_top_are_read():
    text = "Title: The flood\nAuthor: Ann Lee\nDate: 2024-05-03\nSource: The Herald\n\nIt rained."
    article = clean(text).article
    assert (article.title, article.byline) == ("The flood", ("Ann Lee",))
    assert (article.published, article.site_name) == ("2024-05-03", "The Herald")
    assert article.text == "It rained."


def test_a_colon_in_the_first_line_does_not_make_it_a_field():
    assert clean("Source: unknown\n\nIt rained for nine days.").article.title == "Source: unknown"


def test_byline_and_date_under_the_title_are_metadata():
    sentence = "It rained for nine days, and then it stopped for good."
    article = clean(f"The flood\n\nBy Ann Lee\n\nMay 3, 2024\n\n{sentence}").article
    assert (article.byline, article.published) == (("Ann Lee",), "2024-05-03")
    assert article.text == sentence


def test_a_text_that_starts_with_a_paragraph_is_titled_by_its_file():
    text = "It rained for nine days, and then it stopped.\n\nNobody had seen it coming."
    article = clean(text, url="file:///home/ann/the_flood.txt").article
    assert article.title == "the flood"
    assert len(article.blocks) == 2


def test_a_single_paragraph_is_not_a_title():
    article = clean("It rained for nine days").article
    assert (article.title, article.text) == ("", "It rained for nine days")


def test_an_empty_text_has_no_blocks():
    extraction = clean("")
    assert extraction.article.blocks == ()
    assert extraction.completeness.access == "partial"


def test_a_source_that_was_cut_is_partial():
    extraction = extract(Page("", METERED * 4, PLAIN_TEXT, is_truncated=True))
    assert extraction.completeness.access == "partial"


def test_escape_sequences_are_removed():
    assert (
        clean("Title\n\nred \x1b[31mtext\x1b[0m and \x07more").article.text == "red text and more"
    )


PIECES = st.text(alphabet=st.sampled_from("abc de.,\n -*1)"), max_size=120)


@given(PIECES)
def test_no_letter_of_a_text_is_lost(text):
    extraction = clean(text)
    article = extraction.article
    shown = [article.title, *(block.text for block in article.blocks)]
    taken = [entry.text for entry in extraction.removals]
    letters = sorted(character for character in text if character.isalpha())
    assert sorted(c for c in "".join([*shown, *taken]) if c.isalpha()) == letters


@given(PIECES)
def test_cleaning_a_cleaned_text_changes_nothing(text):
    once = clean(f"A title\n\n{text}").article
    paragraphs = [block.text for block in once.blocks if block.kind == "paragraph"]
    again = clean("\n\n".join(["A title", "Its first words.", *paragraphs])).article
    assert {block.text for block in again.blocks} <= {"Its first words.", *paragraphs}
