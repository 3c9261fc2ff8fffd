"""Lists, headings and quotations for which a page has no elements are read as such."""

import pytest

MORE = "It was a long walk to the mill, and on the way nobody said anything at all about the water."


def items(blocks):
    return [b.text for b in blocks if b.kind == "list_item"]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>• Oats</p><p>• Nine <b>eggs</b></p>", ["Oats", "Nine eggs"]),
        ("<p>To bring:<br>✓ oats<br>✓ eggs</p>", ["oats", "eggs"]),
        ("<p>To bring:</p><p>- oats</p><p>- eggs</p>", ["oats", "eggs"]),
        ("<div><p>▪ oats</p></div><div><p>▪ eggs</p></div>", ["oats", "eggs"]),
    ],
)
def test_lines_that_begin_with_bullets_are_items(blocks, html, expected):
    assert items(blocks(html)) == expected


def test_marks_stay_on_their_words_in_typed_items(blocks):
    (_, item) = blocks("<p>• Oats</p><p>• Nine <a href=/eggs>eggs</a> and salt</p>")
    (link,) = item.marks
    assert (link.span.of(item.text), link.href) == ("eggs", "https://herald.example/eggs")


def test_lines_around_typed_items_stay_paragraphs(blocks):
    found = blocks("<p>To bring<br>on Monday:<br>• oats<br>• eggs<br>and then<br>wait</p>")
    assert [block.text for block in found if block.kind == "paragraph"] == [
        "To bring\non Monday:",
        "and then\nwait",
    ]


def test_paragraphs_of_several_lines_stay_as_they_are_beside_typed_items(blocks):
    found = blocks("<p>The mill<br>in the valley</p><p>• oats</p><p>• eggs</p>")
    assert [b.text for b in found] == ["The mill\nin the valley", "oats", "eggs"]


@pytest.mark.parametrize(
    "html",
    [
        "<p>He asked them:</p><p>– Is it deep?</p><p>– It is deep, said my uncle.</p>",
        "<p>• A single remark</p>",
        "<p>1. Wash the oats.</p><p>2. Wait.</p>",
        "<p>- oats</p><p>- eggs</p>",
    ],
)
def test_lines_that_may_be_speech_or_a_remark_stay_paragraphs(blocks, html):
    assert not items(blocks(html))


def bold(*lines: str) -> str:
    return "".join(f"<p><strong>{line}</strong></p><p>{MORE}</p>" for line in lines)


def headings(blocks):
    return [(b.level, b.text) for b in blocks if b.kind == "heading"]


def test_bold_lines_that_divide_a_text_are_headings(blocks):
    assert headings(blocks(bold("The lower field", "The mill"))) == [
        (2, "The lower field"),
        (2, "The mill"),
    ]


def test_bold_lines_below_a_heading_are_a_level_below_it(blocks):
    html = f"<h3>The valley</h3><p>{MORE}</p>{bold('The lower field', 'The mill')}"
    assert headings(blocks(html)) == [(3, "The valley"), (4, "The lower field"), (4, "The mill")]


def test_two_bold_lines_in_a_row_and_one_above_a_picture_are_headings(blocks):
    picture = "<p><img src=/a.jpg></p>"
    html = f"<p><b>THE MILL</b></p>{bold('It stood')}<p><b>The field</b></p>{picture}<p>{MORE}</p>"
    assert [text for _, text in headings(blocks(html))] == ["THE MILL", "It stood", "The field"]


@pytest.mark.parametrize(
    "lines",
    [
        ("The lower field",),
        ("How deep was it?", "And at the mill?"),
        ("My uncle", "The miller", "My uncle", "The miller"),
        ("It was deep.", "It fell."),
    ],
)
def test_a_remark_a_question_and_a_speaker_in_bold_are_paragraphs(blocks, lines):
    assert not headings(blocks(bold(*lines)))


@pytest.mark.parametrize(
    "name", ["pullquote", "paragraph--type--citation-widget", "article__zitat", "block-quote-text"]
)
def test_a_small_box_named_after_quotations_is_one(blocks, name):
    (quote,) = blocks(f"<div class='{name}'><p>The water has no memory, and we have.</p></div>")
    assert (quote.kind, quote.quote_depth) == ("quote", 1)


@pytest.mark.parametrize("name", ["blockquote-style-1", "starts-with-double-quote", "quote-author"])
def test_a_style_of_quotations_does_not_make_one(blocks, name):
    (block,) = blocks(f"<div class='{name}'><p>The water has no memory, and we have.</p></div>")
    assert block.kind == "paragraph"
