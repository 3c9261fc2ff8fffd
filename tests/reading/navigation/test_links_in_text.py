from annotator.model import Article, Block, Mark, Span
from annotator.reading.navigation.article_links import link_at, links_in, note_blocks

TEXT = Block(
    "paragraph",
    "See the bold site and mail us.1 Nothing is here.2",
    marks=(
        Mark("link", Span(4, 8), "https://example.org/"),
        Mark("link", Span(8, 12), "https://example.org/"),
        Mark("link", Span(22, 26), "mailto:us@example.org"),
        Mark("footnote_reference", Span(30, 31), "1"),
        Mark("footnote_reference", Span(48, 49), "2"),
    ),
)
NOTES = (
    Block("footnote", "The first note.", label="1"),
    Block("footnote", "It goes on."),
    Block("footnote", "3. A note with its number in its text."),
)
ARTICLE = Article("x", "", "", blocks=(TEXT, *NOTES))


def words(article, link):
    return link.span.of(article.text)


def test_links_come_in_order_and_parts_of_one_link_are_joined():
    found = links_in(ARTICLE, Span(0, 49))
    assert [(words(ARTICLE, link), link.href) for link in found] == [
        ("the bold", "https://example.org/"),
        ("mail", "mailto:us@example.org"),
        ("1", ""),
    ]


def test_only_links_that_overlap_the_passage_count():
    assert [words(ARTICLE, link) for link in links_in(ARTICLE, Span(11, 23))] == [
        "the bold",
        "mail",
    ]
    assert links_in(ARTICLE, Span(13, 20)) == ()


def test_a_reference_links_to_its_footnote_and_the_footnote_back():
    (reference,) = links_in(ARTICLE, Span(30, 31))
    assert ARTICLE.blocks[reference.note].text == "The first note."
    back = link_at(ARTICLE, ARTICLE.starts[1])
    assert back.back == 30


def test_a_reference_to_a_missing_footnote_is_not_a_link():
    assert link_at(ARTICLE, 48) is None


def test_a_footnote_includes_the_blocks_that_continue_it():
    assert note_blocks(ARTICLE, 1) == range(1, 3)
    assert note_blocks(ARTICLE, 3) == range(3, 4)


def test_a_footnote_can_have_its_number_in_its_text():
    text = Block("paragraph", "So.3", marks=(Mark("footnote_reference", Span(3, 4), "3"),))
    article = Article("x", "", "", blocks=(text, *NOTES))
    assert article.blocks[link_at(article, 3).note].text.startswith("3. A note")


def test_an_article_without_text_has_no_links():
    assert links_in(Article("x", "", ""), Span(0, 10)) == ()
