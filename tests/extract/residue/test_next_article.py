"""The other articles of an endless page."""

import pytest

from annotator.extract import extract
from annotator.model import Page

NEXT = (  # longer than the first article, when it is repeated
    "The ferry to the islands sails again on Monday, after eleven weeks in the yard at Dunmere.",
    "Nobody had cancelled it; it had simply not been put back into the timetable of the autumn.",
)


def page(prose, piece, around="{}", headline="A ferry that nobody cancelled"):
    pieces = (("The flood", prose), (headline, NEXT * 4))
    articles = "".join(
        piece.format(f"<h1>{title}</h1>" + "".join(f"<p>{text}</p>" for text in texts))
        for title, texts in pieces
    )
    head = "<head><title>The flood</title></head>"
    return Page("https://herald.example/flood", f"<html>{head}{around.format(articles)}</html>")


@pytest.mark.parametrize(
    ("piece", "around"),
    [
        ("<article class=main>{}</article>", "<body>{}</body>"),
        ("<article>{}</article>", "<body><article class=endless>{}</article></body>"),
        ("<div class='story stream-item'>{}</div>", "<body><main>{}</main></body>"),
    ],
)
def test_the_next_article_with_its_own_headline_is_left_out(prose, piece, around):
    extraction = extract(page(prose, piece, around))
    assert [block.text for block in extraction.article.blocks] == list(prose)
    assert NEXT[0] in [entry.text for entry in extraction.removals if entry.rule == "next-article"]
    assert extraction.completeness.access == "full"


@pytest.mark.parametrize(
    ("piece", "around"),
    [
        ("<div class=section>{}</div>", "<body><article>{}</article></body>"),
        ("<section>{}</section>", "<body><main>{}</main></body>"),
        ("{}", "<body><main>{}</main></body>"),
    ],
)
def test_sections_with_headings_of_the_first_rank_stay(prose, piece, around):
    text = extract(page(prose, piece, around, headline="The road")).article.text
    assert NEXT[1] in text
    assert prose[3] in text


def test_two_stories_below_that_link_to_themselves_are_teasers(clean, prose):
    teasers = "".join(
        f"<article class=story><h2><a href='/b{n}'>The mill of Ost is sold {n} times</a></h2>"
        f"<p>{text}</p></article>"
        for n, text in enumerate(prose[:2])
    )
    html = clean().article
    page = f"<main><article class=own><h1>The flood</h1>{''.join(f'<p>{t}</p>' for t in prose)}"
    extraction = extract(Page(html.url, f"{page}</article>{teasers}</main>"))
    assert extraction.article.text.count(prose[0]) == 1
    assert "The mill of Ost" not in extraction.article.text
